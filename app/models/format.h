#pragma once

#include "graph/graph.h"

#include <QDate>
#include <QString>

namespace inceptoscope {

/// "86.7 M", "110.7 K", "1.58 G", "640": two decimals below ten, one above.
[[nodiscard]] QString formatCount(uint64_t value);
[[nodiscard]] QString formatMacs(uint64_t macs);     ///< "86.7 M MACs"
[[nodiscard]] QString formatParams(uint64_t params); ///< "110.7 K params"
/// What tensors and memory take: "812 B", "432.7 KiB", "26.7 MiB"; of 1024 and 1024² bytes.
[[nodiscard]] QString formatBytes(uint64_t bytes);
/// "1.84 ms", "86 µs", "1.20 s"; a dash while unknown (negative).
[[nodiscard]] QString formatMilliseconds(double milliseconds);
/// "49.1 ms ±2.0", "2.37 s ±1.0": the spread in the unit of its time.
[[nodiscard]] QString formatMilliseconds(double milliseconds, double spread);
[[nodiscard]] QString formatDay(QDate day);        ///< "30 Nov"; with its year if another's
[[nodiscard]] QString formatPercent(double share); ///< "12.3 %"; "NaN"
/// Three significant digits: "0.251", "49.1", "1280".
[[nodiscard]] QString formatDigits(double value);
/// A value of a feature map in four significant digits, always with a sign column.
[[nodiscard]] QString formatValue(double value);
/// How many of a map's values are none: "12 NaN, 3 infinite"; empty where all are finite.
[[nodiscard]] QString formatNotFinite(double nan, double infinite);
[[nodiscard]] QString formatShape(const Shape& shape); ///< "192 × 28×28", "1000" for a vector

/// "7x7" and "1xn" as they are printed: "7×7", "1×n".
[[nodiscard]] QString withTimesSigns(QString text);

/// "3×3 conv", "3×3 max pool", "LRN", "Linear".
[[nodiscard]] QString opTitle(const Op& op);
/// What the title leaves out and is not the usual: "stride 2, pad 3"; often empty.
[[nodiscard]] QString opDetail(const Op& op);
/// One plain sentence for a reader who sees this op for the first time.
[[nodiscard]] QString opSentence(const Op& op);

} // namespace inceptoscope
