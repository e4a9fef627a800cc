#pragma once

#include "weights/match/layer_flow.h"

#include <optional>
#include <vector>

namespace inceptoscope {

/// Which part of one flow is which part of another.
struct LayerMatch
{
    /// As the nodes of `ours`: the index of the same part in `theirs`; one to one.
    std::vector<std::optional<size_t>> partner;
    /// Layers of `ours` that had a counterpart, but one whose input is made otherwise: other
    /// branches, or joined in another order. They have no partner.
    std::vector<std::pair<size_t, size_t>> otherwiseFed;
};

/// Finds the layers of one network in another by their shapes and surroundings, whatever they
/// are called: both flows are coloured together by repeated refinement (Weisfeiler and Lehman:
/// a part's colour stands for its own kind and shape and for the colours of its operands, in
/// their order, and of its readers), parts whose colour is unique on both sides are the same, and
/// what is found so anchors the next search. A wide surrounding decides before a narrow one, so
/// that a head that is missing or has another number of classes leaves the rest as it was; such
/// a layer of the same place and kernel, but with another number of outputs, is a partner too.
[[nodiscard]] LayerMatch matchLayers(const LayerFlow& ours, const LayerFlow& theirs);

} // namespace inceptoscope
