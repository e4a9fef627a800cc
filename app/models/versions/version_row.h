#pragma once

#include "engine/comparison.h"
#include "models/versions/version_facts.h"

#include <QString>
#include <QStringList>
#include <QVariant>

namespace inceptoscope {

/// One network of the comparison: counted, and measured once it was its turn.
struct VersionRow
{
    std::shared_ptr<const Network> network; ///< at the size that was asked for; null: impossible
    VersionFacts facts;                     ///< of it, or of the published network
    std::string error;                      ///< why it can't be made or measured
    std::shared_ptr<const ComparisonResult> result; ///< null while it isn't measured

    [[nodiscard]] bool measured() const { return result && result->measured(); }
    [[nodiscard]] uint64_t bytes() const; ///< on the device; counted while it isn't measured
    [[nodiscard]] QString name() const { return QString::fromStdString(facts.title); }
};

/// What the table of versions shows of each network, in order.
enum class VersionColumn
{
    Name,
    Year,
    Input,
    Layers,
    Params,
    Macs,
    Memory,
    Time,
    Ratio,
    Gflops,
    Top1,
    Top5
};
constexpr int versionColumns = int(VersionColumn::Top5) + 1;

[[nodiscard]] VersionRow versionRow(const std::string& id, std::optional<uint32_t> inputSize);

/// The network whose time others are given as multiples of.
constexpr const char* versionReference = "googlenet";

/// {title, tip, numeric}, one a column.
[[nodiscard]] QVariantList versionHeader(bool released);
/// What rows are sorted by; nothing where a row has none, which then comes last.
[[nodiscard]] std::optional<double>
sortKey(const VersionRow& row, VersionColumn column, bool released);
/// {id, name, error, measured, cells: [{text, tip, weak}]}.
[[nodiscard]] QVariantMap versionCells(const VersionRow& row, bool released);
/// One line a row, numbers as they are.
[[nodiscard]] QString versionCsv(const std::vector<const VersionRow*>& rows);
/// Marks behind a figure: "*" for the subset of pictures, "†" where it isn't quite this network's.
[[nodiscard]] QString footnoteMarks(const AccuracyFigure& figure);

} // namespace inceptoscope
