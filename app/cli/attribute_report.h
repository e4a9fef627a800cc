#pragma once

#include "attribution/evidence.h"
#include "cli/output.h"
#include "engine/open_network.h"

#include <map>
#include <string>
#include <vector>

namespace inceptoscope {

/// "281 (tabby, tabby cat)", "201".
[[nodiscard]] std::string classText(const Evidence& evidence, const OpenedNetwork& opened);

/// What a safetensors file says of its map.
[[nodiscard]] std::map<std::string, std::string>
evidenceMetadata(const Evidence& evidence, const OpenedNetwork& opened);

/// The same as JSON, with what the map holds, integrated gradients' check, and each branch's
/// evidence.
[[nodiscard]] Json evidenceJson(const Evidence& evidence, const OpenedNetwork& opened);

/// One sentence for people, which says so where the attributions don't add up.
[[nodiscard]] std::string evidenceSentence(const Evidence& evidence, const OpenedNetwork& opened);

/// Writes map, gradient and attributions, those that there are.
void writeEvidence(
    const std::string& path, const Evidence& evidence,
    const std::map<std::string, std::string>& metadata);

} // namespace inceptoscope
