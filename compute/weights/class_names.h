#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace inceptoscope {

/// Names of classes, in the order of a network's outputs; an empty one is unknown.
using ClassNames = std::vector<std::string>;

/// Reads names as people keep them: one a line ("n01440764 tench, Tinca tinca" too, the synset is
/// left out), a JSON array, or a JSON object from index to name (also to [synset, name], as
/// Keras' ImageNet index) or from name to index. At most 4 MiB and 100,000 names, whose control
/// characters are replaced. Throws Error(BadInput): one sentence that begins with `where`.
[[nodiscard]] ClassNames parseClassNames(std::string_view text, const std::string& where);

/// The key of a weights file's metadata that holds class names: "labels", "id2label" or
/// "class_names", the first that is there; nullptr where none is. A single line that isn't JSON is
/// a remark and no list of names.
[[nodiscard]] const char* classNamesKey(const std::map<std::string, std::string>& metadata);

} // namespace inceptoscope
