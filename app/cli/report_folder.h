#pragma once

#include <QByteArray>
#include <QString>

#include <map>
#include <string>

namespace inceptoscope {

/// Throws Error(Usage) where `folder` holds anything but an earlier report, Error(Io) where it
/// can't be made: before anything long is begun.
void requireReportFolder(const std::string& folder);

/// Writes the files into a folder beside it, which then takes its place: all of them are there
/// or none. An earlier report is replaced. Throws Error(Io).
void writeReportFolder(const std::string& folder, const std::map<QString, QByteArray>& files);

} // namespace inceptoscope
