#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace inceptoscope {

/// What the program keeps for itself between starts, such as caches: never worth a failed run.

/// What stands at `path` where a file belongs, in a sentence: "PATH is a folder, not a file, and
/// is passed over". Empty for a file, and where there is nothing.
[[nodiscard]] std::string stateObjection(const std::filesystem::path& path);

/// The file's bytes; nothing where it isn't there, isn't a file, is larger or can't be read. Never
/// waits, as opening a pipe would.
[[nodiscard]] std::optional<std::string>
readStateFile(const std::filesystem::path& path, uint64_t largest);

/// Writes it in one step, its folder too. Throws Error(Io), also where something else stands there.
void writeStateFile(const std::filesystem::path& path, std::string_view content);

} // namespace inceptoscope
