#pragma once

#include "weights/torch/torch_parts.h"

namespace inceptoscope {

/// All parts of a pickle, and what was seen that is none.
struct TorchFindings
{
    std::vector<TorchPart> parts;
    bool optimizer = false; ///< an optimiser's state
    size_t arrays = 0;      ///< NumPy's arrays among texts
    size_t quantised = 0;   ///< quantised tensors
    size_t nestedSaves = 0; ///< tensors that Python's own pickle wrote
};

/// Looks through dictionaries, lists and objects, each once, eight levels deep. Throws
/// Error(BadInput) for modules nested without end.
[[nodiscard]] TorchFindings findTorchParts(const Pickle& pickle, const std::string& path);

} // namespace inceptoscope
