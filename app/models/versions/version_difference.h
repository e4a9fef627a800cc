#pragma once

#include "cost/cost.h"
#include "engine/comparison.h"

#include <QStringList>
#include <QVariant>

namespace inceptoscope {

/// Modules of a network that stand at the same place of the family's common plan: stem, Inception
/// modules on the first grid, reduction, those on the second grid, and so on, head.
struct VersionStage
{
    QString key;           ///< "Stem", "Inception 1", "Reduction 1", ..., "Head": what is compared
    QString design;        ///< "Inception-A", or several designs: "Inception-A, Inception-ResNet-A"
    QString drawn;         ///< where papers draw it; may be empty
    int count = 0;         ///< modules
    QString grid;          ///< of what goes in, "35×35"; of the first where they differ
    uint32_t channels = 0; ///< that come out at its end
    QString widths;        ///< "256, 288": what comes out of each module, without repetitions
    QStringList kernels;   ///< of convolutions: "1×1", "1×7"; in order of their first use
    int branches = 0;      ///< of the first module
    bool residual = false;
    Cost cost;
    double milliseconds = -1; ///< negative while it isn't measured
};

[[nodiscard]] std::vector<VersionStage>
versionStages(const Network& network, const MeasuredTimes* times = nullptr);

/// What became of a stage: "3 → 4 modules; grid 28×28 → 35×35; new kernels 1×7, 7×1". Either may
/// be null, but not both.
[[nodiscard]] QString changeOf(const VersionStage* before, const VersionStage* after);

/// Stage by stage, for the view: {key, before: {...}, after: {...}, change, macs, params, time}.
/// Times may be null where a network isn't measured.
[[nodiscard]] QVariantList versionDifference(
    const Network& before, const MeasuredTimes* timesBefore, const Network& after,
    const MeasuredTimes* timesAfter);

/// "+3.2 M (×1.5)" from one value to the other; "same" where they are equal.
[[nodiscard]] QString differenceText(uint64_t before, uint64_t after);
/// The factor is that of runs in turns where it is known, otherwise the quotient of the times.
[[nodiscard]] QString
timeDifferenceText(double before, double after, const QString& factorInTurns = {});
/// "2.80 ±0.21": the median and half of the spread.
[[nodiscard]] QString ratioText(const Ratio& ratio);
/// "49.1 ms ±2.0", "2.37 s ±1.0": the same, both in the median's unit.
[[nodiscard]] QString timesText(const MeasuredTimes& times);

} // namespace inceptoscope
