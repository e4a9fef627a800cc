#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace inceptoscope {

/// By name, their contents.
using FolderFiles = std::map<std::string, std::string>;

/// Throws where writeOutputFolder() can't work or would take something away: Error(Usage) for a
/// folder that isn't empty and holds anything but files of these names, or lacks the one called
/// `marker`; Error(Io) with the system's reason where it can't be made. Makes the folders that it
/// is to lie in. Sweeps (sweepTemporaries).
void requireOutputFolder(
    const std::filesystem::path& folder, const FolderFiles& files, const std::string& marker);

/// Writes the files into a folder beside it, which then takes its place in one step; an earlier
/// one is replaced. Where folders can't be exchanged (a mount point, the current folder, some file
/// systems) the files are, one by one. Throws as above.
void writeOutputFolder(
    const std::filesystem::path& folder, const FolderFiles& files, const std::string& marker);

} // namespace inceptoscope
