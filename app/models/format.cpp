#include "models/format.h"

#include "models/gradient_words.h"

#include <QRegularExpression>

#include <cmath>
#include <utility>

namespace inceptoscope {

namespace {

QString times(const Extent& e)
{
    return QStringLiteral("%1×%2").arg(e.h).arg(e.w);
}

QString withDecimals(double v)
{
    return QString::number(v, 'f', std::abs(v) < 9.995 ? 2 : 1);
}

/// What is told in it is so many times its milliseconds.
std::pair<double, QString> timeUnit(double milliseconds)
{
    if (milliseconds < 0.0995)
        return {1e3, QStringLiteral("µs")};
    if (milliseconds >= 999.5)
        return {1e-3, QStringLiteral("s")};
    return {1, QStringLiteral("ms")};
}

QString paddingText(const Padding& p)
{
    if (p.left == p.right && p.top == p.bottom && p.left == p.top)
        return p.left == 0 ? QStringLiteral("no padding") : QStringLiteral("pad %1").arg(p.left);
    if (p.left == p.right && p.top == p.bottom)
        return QStringLiteral("pad %1×%2").arg(p.top).arg(p.left);
    if (p.left == p.top && p.right == p.bottom)
        return QStringLiteral("pad %1 before, %2 after").arg(p.left).arg(p.right);
    return QStringLiteral("pad l%1 r%2 t%3 b%4").arg(p.left).arg(p.right).arg(p.top).arg(p.bottom);
}

/// Silent about what is usual: stride 1, and at stride 1 the padding that keeps the size.
QString window(const Extent& kernel, const Extent& stride, const Padding& padding)
{
    const bool unit = stride == Extent{1, 1};
    const bool same = padding == Padding::symmetric(kernel.h / 2, kernel.w / 2);
    if (unit && same)
        return {};
    const bool square = stride.h == stride.w;
    const QString steps = square ? QStringLiteral("stride %1").arg(stride.h)
                                 : QStringLiteral("stride ") + times(stride);
    return unit ? paddingText(padding) : steps + QStringLiteral(", ") + paddingText(padding);
}

} // namespace

QString formatCount(uint64_t value)
{
    if (value < 1000)
        return QString::number(value);
    static constexpr std::array units = {"K", "M", "G", "T"};
    double v = double(value) / 1e3;
    size_t unit = 0;
    while (v >= 999.95 && unit + 1 < units.size()) {
        v /= 1e3;
        ++unit;
    }
    return withDecimals(v) + QChar(0xA0) + QLatin1String(units[unit]);
}

QString formatMacs(uint64_t macs)
{
    return formatCount(macs) + QStringLiteral("\u00A0MACs");
}

QString formatParams(uint64_t params)
{
    return formatCount(params) + QStringLiteral("\u00A0params");
}

QString formatBytes(uint64_t bytes)
{
    if (bytes < 1024)
        return QStringLiteral("%1\u00A0B").arg(bytes);
    static constexpr std::array units = {"KiB", "MiB", "GiB", "TiB"};
    double v = double(bytes) / 1024;
    size_t unit = 0;
    while (v >= 1023.95 && unit + 1 < units.size()) {
        v /= 1024;
        ++unit;
    }
    return withDecimals(v) + QChar(0xA0) + QLatin1String(units[unit]);
}

QString formatDigits(double value)
{
    const double size = std::abs(value);
    const int decimals = size < 0.9995 ? 3 : size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    // What is rounded to nothing has no sign.
    const bool negative = value < 0 && size >= 0.0005;
    return (negative ? QStringLiteral("−") : QString()) + QString::number(size, 'f', decimals);
}

QString formatDay(QDate day)
{
    return QLocale(QLocale::English)
        .toString(
            day, day.year() == QDate::currentDate().year() ? QStringLiteral("d MMM")
                                                           : QStringLiteral("d MMM yyyy"));
}

QString formatMilliseconds(double milliseconds)
{
    if (milliseconds < 0)
        return QStringLiteral("–");
    const auto [factor, unit] = timeUnit(milliseconds);
    const double value = milliseconds * factor;
    return (factor > 1 ? QString::number(value, 'f', 0) : withDecimals(value)) + QChar(0xA0) + unit;
}

QString formatMilliseconds(double milliseconds, double spread)
{
    const double size = spread * timeUnit(milliseconds).first;
    const int decimals = size < 0.995 ? 2 : size < 9.95 ? 1 : 0;
    return QStringLiteral("%1 ±%2").arg(
        formatMilliseconds(milliseconds), QString::number(size, 'f', decimals));
}

QString formatPercent(double share)
{
    if (std::isnan(share))
        return QStringLiteral("NaN");
    return QString::number(share * 100.0, 'f', 1) + QStringLiteral("\u00A0%");
}

QString formatValue(double value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    const QString text =
        std::isinf(value) ? QStringLiteral("∞") : QString::number(std::abs(value), 'g', 4);
    return (value < 0 ? QStringLiteral("−") : QString()) + text;
}

QString formatNotFinite(double nan, double infinite)
{
    QStringList counts;
    if (nan > 0)
        counts << QStringLiteral("%1 NaN").arg(nan, 0, 'f', 0);
    if (infinite > 0)
        counts << QStringLiteral("%1 infinite").arg(infinite, 0, 'f', 0);
    return counts.join(QStringLiteral(", "));
}

QString formatShape(const Shape& shape)
{
    if (shape.h == 1 && shape.w == 1)
        return QString::number(shape.c);
    return QStringLiteral("%1 × %2×%3").arg(shape.c).arg(shape.h).arg(shape.w);
}

QString withTimesSigns(QString text)
{
    static const QRegularExpression between(QStringLiteral("(?<=[0-9n])x(?=[0-9n])"));
    return text.replace(between, QStringLiteral("×"));
}

QString opTitle(const Op& op)
{
    return std::visit(
        Overloaded{
            [](const Input&) { return QStringLiteral("Input"); },
            [](const Conv2d& o) {
                return times(o.kernel) +
                       (o.groups > 1 ? QStringLiteral(" depthwise") : QStringLiteral(" conv"));
            },
            [](const Pool2d& o) {
                return times(o.kernel) + (o.kind == PoolKind::Max
                                              ? QStringLiteral(" max pool")
                                              : QStringLiteral(" average pool"));
            },
            [](const AdaptiveAvgPool2d& o) {
                return o.out == Extent{1, 1} ? QStringLiteral("Global average pool")
                                             : QStringLiteral("Average pool to ") + times(o.out);
            },
            [](const Lrn&) { return QStringLiteral("LRN"); },
            [](const Concat&) { return QStringLiteral("Filter concatenation"); },
            [](const Add& o) {
                return o.scale == 1.0F
                           ? QStringLiteral("x + residual")
                           : QStringLiteral("x + %1 × residual").arg(double(o.scale), 0, 'f', 2);
            },
            [](const FullyConnected&) { return QStringLiteral("Linear"); },
            [](const BatchNorm&) { return QStringLiteral("Batch norm"); },
            [](const Softmax&) { return QStringLiteral("Softmax"); },
            [](const L2Normalize&) { return QStringLiteral("L2 normalisation"); },
            [](const GradientOp& o) { return gradientTitle(o); },
        },
        op);
}

QString opDetail(const Op& op)
{
    return std::visit(
        Overloaded{
            [](const Input&) { return QString(); },
            [](const Conv2d& o) {
                QString detail = window(o.kernel, o.stride, o.padding);
                if (o.activation == Activation::Relu)
                    return detail;
                const QString linear = QStringLiteral("linear");
                return detail.isEmpty() ? linear : detail + QStringLiteral(", ") + linear;
            },
            [](const Pool2d& o) { return window(o.kernel, o.stride, o.padding); },
            [](const AdaptiveAvgPool2d&) { return QString(); },
            [](const Lrn& o) { return QStringLiteral("over %1 channels").arg(o.size); },
            [](const Concat&) { return QString(); },
            [](const Add& o) {
                return o.activation == Activation::Relu ? QStringLiteral("then ReLU")
                                                        : QStringLiteral("no ReLU");
            },
            [](const FullyConnected& o) {
                return o.activation == Activation::Relu ? QStringLiteral("with ReLU") : QString();
            },
            [](const BatchNorm&) { return QString(); },
            [](const Softmax&) { return QString(); },
            [](const L2Normalize&) { return QString(); },
            [](const GradientOp&) { return QString(); },
        },
        op);
}

QString opSentence(const Op& op)
{
    return std::visit(
        Overloaded{
            [](const Input&) { return QStringLiteral("The picture as the network gets it."); },
            [](const Conv2d& o) {
                return o.kernel == Extent{1, 1}
                           ? QStringLiteral("Mixes the channels at each pixel on its own.")
                           : QStringLiteral("Looks for one pattern a channel in windows of %1.")
                                 .arg(times(o.kernel));
            },
            [](const Pool2d& o) {
                return (o.kind == PoolKind::Max ? QStringLiteral("Keeps the largest value")
                                                : QStringLiteral("Takes the mean value")) +
                       QStringLiteral(" in each window of ") + times(o.kernel) +
                       QStringLiteral(", channel by channel.");
            },
            [](const AdaptiveAvgPool2d&) {
                return QStringLiteral("Takes the mean of each channel over all pixels.");
            },
            [](const Lrn&) {
                return QStringLiteral("Damps values whose neighbouring channels are strong too.");
            },
            [](const Concat&) {
                return QStringLiteral("Puts the branches' channels side by side.");
            },
            [](const Add&) {
                return QStringLiteral("Adds what the branches found to what came in unchanged.");
            },
            [](const FullyConnected&) {
                return QStringLiteral("Weighs every input value for each of its outputs.");
            },
            [](const BatchNorm&) {
                return QStringLiteral(
                    "Shifts and scales each channel by what was usual in training.");
            },
            [](const Softmax&) { return QStringLiteral("Turns scores into probabilities."); },
            [](const L2Normalize&) {
                return QStringLiteral("Keeps the vector's direction and makes its length one.");
            },
            [](const GradientOp& o) { return gradientSentence(o); },
        },
        op);
}

} // namespace inceptoscope
