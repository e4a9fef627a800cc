#pragma once

#include "graph/builder.h"
#include "zoo/network.h"

#include <string>

/// What several networks of the family have in common. Private to zoo/.
namespace inceptoscope {

/// The size that a network is asked for.
struct Size
{
    uint32_t input = 224; ///< rows and columns
    uint32_t classes = 1000;
};

/// No bias, batch normalisation with eps 1e-3: all TensorFlow networks and their ports.
[[nodiscard]] ConvStyle tensorflowStyle(bool gamma = true);

/// What a row of a paper's table is called: "inception_3a" in checkpoints, "inception3a" for short,
/// "Inception 3a" for people.
struct RowNames
{
    explicit RowNames(const std::string& row, const std::string& kind = "Inception")
        : name("inception_" + row)
        , alias("inception" + row)
        , title(kind + " " + row)
    {
    }
    std::string name;
    std::string alias;
    std::string title;
};

/// A module of one op, which has the module's name.
[[nodiscard]] Tensor convModule(
    const Tensor& x, const ModuleHeading& heading, uint32_t channels, uint32_t kernel,
    const ConvOptions& options = {});
[[nodiscard]] Tensor maxPoolModule(
    const Tensor& x, const ModuleHeading& heading, uint32_t kernel,
    const PoolOptions& options = {});

/// Average over each map, linear classifier, softmax: three modules of one op each.
struct HeadNames
{
    std::string_view pool = "avgpool";
    std::string_view fc = "fc";
};
struct Classifier
{
    Tensor logits;
    Tensor probabilities;
};
[[nodiscard]] Classifier classify(const Tensor& x, const HeadNames& names, uint32_t classes);
[[nodiscard]] Tensor globalPoolModule(const Tensor& x, std::string_view name);
/// Linear layer and softmax on what is already a vector.
[[nodiscard]] Classifier
linearAndSoftmax(const Tensor& x, std::string_view fcName, uint32_t classes);
[[nodiscard]] Tensor softmaxModule(const Tensor& logits);

/// Pixels in -1..1: (p / 255 - 0.5) / 0.5.
[[nodiscard]] Preprocessing inceptionPreprocessing(uint32_t resize);

/// `resize` of a network for its own input, scaled for another.
[[nodiscard]] uint32_t scaledResize(uint32_t resize, uint32_t ownInput, uint32_t input);

} // namespace inceptoscope
