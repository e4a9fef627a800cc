#pragma once

#include "weights/torch/pickle.h"

#include <set>
#include <string>
#include <vector>

namespace inceptoscope {

/// Tensors that belong together in a pickle: a state_dict, or a module that was saved whole.
struct TorchPart
{
    std::string name; ///< the way to it, "model.state_dict"; empty for the pickle itself
    std::vector<std::pair<std::string, PickleId>> tensors = {}; ///< each a Call, by its key
    size_t matrices = 0; ///< tensors of two dimensions or more: a network has some
};

/// Which of them is meant.
struct TorchRequest
{
    std::string part = {};           ///< its name or the last of it, or "ema"; empty: any
    std::set<std::string> keys = {}; ///< what the network needs; empty: nobody knows
};

/// What was chosen, and sentences about the choice.
struct TorchChoice
{
    TorchPart part;
    bool asRequested = false; ///< it is what TorchRequest::part names
    std::vector<std::string> notes = {};
    std::vector<std::string> choices = {}; ///< what else there is
};

/// The part to read: as requested; else, of those with the most of the network's keys, one that
/// is no moving average, under a usual name ("state_dict", "model", ...), the largest. An
/// optimiser's state is never a part. Objects of any class are looked through, and modules that
/// were saved whole (TorchScript's too) give the keys of their state_dict. Throws Error(BadInput)
/// that says what the pickle holds where it has no tensors of a network.
[[nodiscard]] TorchChoice
chooseTorchPart(const Pickle& pickle, const std::string& path, const TorchRequest& request);

/// True for names such as "model_ema" and "swa_model": averages over a training's steps.
[[nodiscard]] bool namesAverage(std::string_view name);

/// True where `key`, or what stands behind one of its dots, is one of `keys`.
[[nodiscard]] bool endsInOneOf(std::string_view key, const std::set<std::string>& keys);

} // namespace inceptoscope
