#pragma once

#include "engine/run_snapshot.h"
#include "weights/tensor_source.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace inceptoscope {

/// A network with weights, as a person asks for it.
struct NetworkRequest
{
    std::string network;
    std::string weights;     ///< as --weights takes it
    std::string labels = {}; ///< as --labels takes it
    /// As --preprocess takes it (input_options.h); goes before what the file says.
    std::map<std::string, std::string> input = {};
};

/// A network made for its weights: with their number of classes, their names for these, their
/// preprocessing.
struct OpenedNetwork
{
    Network network;
    std::string spec = {}; ///< what was opened: a file, or synthetic[:SALT]
    std::unique_ptr<TensorSource> weights;
    std::shared_ptr<const ClassLabels> labels = nullptr; ///< of none where nobody knows them
    std::string inputSource = "the network";             ///< who says how pictures are prepared
    std::vector<std::string> notes = {}; ///< sentences on what the file has and can't be used
    bool trained = false;
    bool hasAuxiliary = false; ///< the weights include the auxiliary heads
};

/// Makes the network and opens its weights; they may not fit yet. Throws Error(Usage) for an
/// unknown network or input options that don't suit it, Error(Io | BadInput) for a bad file.
[[nodiscard]] OpenedNetwork openForInspection(const NetworkRequest& request);

/// The same, and throws Error(BadInput) for weights that don't fit, before anything is made of
/// them; the sentence says which network they would fit.
[[nodiscard]] OpenedNetwork openNetwork(const NetworkRequest& request);

/// The network whose weights a file holds, or nearly holds (nine tenths of the tensors); empty
/// where it is none of ours, or the rule "synthetic", which fits all.
[[nodiscard]] std::string closestNetwork(const std::string& weights);

} // namespace inceptoscope
