#pragma once

#include "graph/graph.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inceptoscope {

enum class ChannelOrder : uint32_t
{
    Rgb,
    Bgr
};

/// How a picture becomes the network's input tensor: the shorter side is resized to
/// `resize` pixels (area filter when it shrinks, bilinear when it grows), the centre is cropped to
/// the input size, and value = (pixel / 255 * range - mean[channel]) * scale[channel], channels in
/// `order`.
struct Preprocessing
{
    uint32_t resize = 256;
    ChannelOrder order = ChannelOrder::Rgb;
    float range = 255.0F;                   ///< pixels run 0..range
    std::array<float, 3> mean = {0, 0, 0};  ///< in the order of `order`
    std::array<float, 3> scale = {1, 1, 1}; ///< in the order of `order`
};

/// A network of the family: written down once, in one file of this folder.
struct Network
{
    std::string id;      ///< "googlenet": what scripts and files call it
    std::string title;   ///< "GoogLeNet (Inception v1)"
    std::string family;  ///< "Inception v1": variants of one design
    uint32_t year = 0;   ///< of the paper
    std::string paper;   ///< citation with the table or figure it follows
    std::string follows; ///< what the definition follows where paper and code disagree
    /// Where paper and code differ, or the paper with itself: a sentence each.
    std::vector<std::string> differences;
    std::string status; ///< what one must know before trusting it: "never trained"; mostly empty
    Preprocessing preprocessing;
    Graph graph;
    /// Auxiliary logits by name ("loss1/classifier"); their modules have kind Auxiliary.
    std::vector<NodeId> auxiliaryLogits;
    /// What a network without classes ends in; its graph then has neither logits nor
    /// probabilities.
    std::optional<NodeId> embedding = std::nullopt;
};

/// What may differ from the published network.
struct NetworkOptions
{
    /// Replaces the network's own square input; the picture is then resized by the same factor,
    /// and layers behind a flattening get the weights that fit.
    std::optional<uint32_t> inputSize = std::nullopt;
    uint32_t classes = 1000;
};

/// Ids of all networks, in the order of publication; variants follow what they vary.
[[nodiscard]] std::vector<std::string> networkIds();

/// Throws Error(Usage) that lists the known ids when `id` is none of them, or names the size when
/// it doesn't fit (too small, or sides that meet at a concatenation round differently).
[[nodiscard]] Network makeNetwork(std::string_view id, const NetworkOptions& options = {});

} // namespace inceptoscope
