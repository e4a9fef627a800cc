#pragma once

#include "cli/output.h"
#include "models/costs/costed_network.h"

#include <QImage>

namespace inceptoscope {

/// A network as it was costed and measured for a report.
struct ReportedNetwork
{
    CostedNetwork costs;
    Shape input;
    uint32_t layers = 0; ///< with weights, on the longest path
    WeightsState weights;
    std::vector<ClassScore> top; ///< most probable first; none without a classifier
};

/// All that a report tells, plain data.
struct Report
{
    QString version; ///< of the program
    QString device;  ///< its one-line description
    QString driver;
    QString date; ///< ISO 8601, UTC
    QString pictureTitle;
    QImage picture; ///< small, upright
    int runs = 0;
    DevicePeaks peaks;
    std::vector<ReportedNetwork> networks;
};

/// One XHTML document that needs nothing beside it: figures are SVG inside, the picture a data URI.
[[nodiscard]] QString reportHtml(const Report& report);
/// Everything in numbers: {"version","device","driver","date","picture","runs","peaks":{...},
/// "networks":[{"id","title","input":[3,H,W],"layers","weights":{...},"params","macs",...,
/// "top":[...],"parts":[{"level","name","parent","macs",...}]}]}.
[[nodiscard]] Json reportJson(const Report& report);
/// A line for each network.
[[nodiscard]] QString networksCsv(const Report& report);
/// The tables of the README, in Markdown.
[[nodiscard]] QString reportMarkdown(const Report& report);

/// Cells of the table of networks, a row each; the first row is the header.
[[nodiscard]] std::vector<QStringList> networkTable(const Report& report);

} // namespace inceptoscope
