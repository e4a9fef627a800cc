#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inceptoscope {

/// Names of classes, in the order of a network's outputs; an empty one is unknown.
using ClassNames = std::vector<std::string>;

constexpr size_t mostClassNameBytes = 4U << 20;
constexpr size_t mostClassNames = 100'000;

/// Reads names as people keep them: one a line ("n01440764 tench, Tinca tinca" too, the synset is
/// left out), a JSON array, a JSON object from index to name (also to [synset, name], as
/// Keras' ImageNet index) or from name to index, or a model's configuration that holds one of
/// these ("id2label", "label2id", "label_names"). In UTF-8, or in UTF-16 behind a byte order mark.
/// At most mostClassNameBytes and mostClassNames, whose control characters are replaced. Throws
/// Error(BadInput): one sentence that begins with `where`.
[[nodiscard]] ClassNames parseClassNames(std::string_view text, const std::string& where);

/// The same for a model's configuration (Hugging Face's config.json) that may name classes or may
/// not, or only as LABEL_0, LABEL_1 ...; nothing then.
[[nodiscard]] std::optional<ClassNames>
parseConfigNames(std::string_view text, const std::string& where);

/// Why so many are refused: "250000 class names, at most 100000 are read".
[[nodiscard]] std::string tooManyClassNames(size_t count);
/// Why a text of so many bytes is refused.
[[nodiscard]] std::string tooLongForClassNames(uint64_t bytes);

/// The key of a weights file's metadata that holds class names: "labels", "id2label" or
/// "class_names", the first that is there; nullptr where none is. A single line that isn't JSON is
/// a remark and no list of names.
[[nodiscard]] const char* classNamesKey(const std::map<std::string, std::string>& metadata);

} // namespace inceptoscope
