#pragma once

#include "zoo/network.h"

#include <array>
#include <map>
#include <optional>
#include <string>

namespace inceptoscope {

/// How weights want their pictures, where they say so: the normalisation belongs to the weights,
/// not to the network. Written as pairs of texts, in a weights file's metadata or by a person:
///
///     channel_order   RGB or BGR
///     input_range     1 (pixels run 0..1) or 255
///     input_mean      one number, or three, in channel_order; subtracted
///     input_std       one number, or three, in channel_order; divided by after that
///     input_size      pixels of the network's square input: 224, or 3,224,224
///     resize          pixels of the picture's shorter side before the centre is cropped
///     crop_fraction   the same as a fraction, input_size / resize (timm's crop_pct)
///
/// Lists may stand in brackets. Range, mean and std belong together: where one is given, those
/// that aren't are 1 (255 beside a mean or std above 1), 0 and 1.
struct InputOptions
{
    std::optional<ChannelOrder> order = std::nullopt;
    std::optional<float> range = std::nullopt;
    std::optional<std::array<float, 3>> mean = std::nullopt;
    std::optional<std::array<float, 3>> deviation = std::nullopt;
    std::optional<uint32_t> inputSize = std::nullopt;
    std::optional<uint32_t> resize = std::nullopt;
    std::optional<double> cropFraction = std::nullopt;

    [[nodiscard]] bool operator==(const InputOptions&) const = default;
};

/// Takes the pairs above and leaves others alone. Throws Error(BadInput): one sentence that
/// begins with `where` and names key, value and what was expected.
[[nodiscard]] InputOptions
inputOptions(const std::map<std::string, std::string>& pairs, const std::string& where);

/// True for the keys above.
[[nodiscard]] bool isInputOption(const std::string& key);

/// What a network of that square input does with these options. A mean that isn't replaced
/// follows its channels into another order. Throws Error(BadInput) that begins with `where` for a
/// picture smaller than the input.
[[nodiscard]] Preprocessing withOptions(
    Preprocessing preprocessing, const InputOptions& options, uint32_t input,
    const std::string& where);

/// "BGR, 0..255, minus (104, 117, 123); shorter side 256".
[[nodiscard]] std::string describe(const Preprocessing& preprocessing);

} // namespace inceptoscope
