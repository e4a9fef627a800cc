#include "models/versions/version_row.h"

#include "error.h"
#include "models/format.h"
#include "models/versions/version_difference.h"

#include <QLocale>

#include <algorithm>

namespace inceptoscope {

namespace {

QString text(const std::string& s)
{
    return QString::fromStdString(s);
}

/// Everything that sources say, the figure on show first.
QString accuracyTip(const VersionRow& row, bool released)
{
    const NetworkAccuracy& accuracy = *row.facts.accuracy;
    QStringList lines;
    const AccuracyFigure* shown = row.facts.figure(released);
    if (shown == nullptr)
        lines
            << (accuracy.none.empty() || released
                    ? QStringLiteral("No released ImageNet weights are known")
                    : QStringLiteral("None published: ") + text(accuracy.none));
    const auto& figures = released ? accuracy.released : accuracy.published;
    for (const AccuracyFigure& figure : figures) {
        lines << text(citation(figure)) + footnoteMarks(figure);
        if (!figure.note.empty())
            lines << QStringLiteral("† ") + text(figure.note);
        if (figure.gmacs)
            lines << QStringLiteral("printed beside it: %1 G multiply-adds").arg(*figure.gmacs);
    }
    if (std::ranges::any_of(figures, &AccuracyFigure::subset))
        lines << QStringLiteral("* ") + text(AccuracyTable::bundled().subset());
    return lines.join(u'\n');
}

QVariantMap cell(const QString& text, const QString& tip = {}, bool weak = false)
{
    return {{"text", text}, {"tip", tip}, {"weak", weak}};
}

QVariantMap memoryCell(const VersionRow& row)
{
    if (row.measured())
        return cell(
            formatBytes(row.bytes()), QStringLiteral("on the device: weights %1, activations %2")
                                          .arg(
                                              formatBytes(row.result->weightBytes),
                                              formatBytes(row.result->activationBytes)));
    return cell(
        formatBytes(row.bytes()),
        QStringLiteral("counted only: weights %1, activations %2, without a device's padding")
            .arg(
                formatBytes(row.facts.cost.weightBytes),
                formatBytes(row.facts.cost.activationBytes)),
        true);
}

QVariantMap timeCell(const VersionRow& row)
{
    if (!row.error.empty())
        return cell(QStringLiteral("can't"), text(row.error), true);
    if (!row.measured())
        return cell(QStringLiteral("counted only"), QStringLiteral("not measured yet"), true);
    const MeasuredTimes& times = row.result->times;
    return cell(
        timesText(times),
        QStringLiteral("Median of %1 runs after a warm-up, from %2 to %3, op after op on\n%4%6.\n"
                       "The weights are %5; times don't depend on them.")
            .arg(times.runs)
            .arg(
                formatMilliseconds(times.fastest), formatMilliseconds(times.slowest),
                row.result->device,
                row.result->weights.trained ? QStringLiteral("trained") : QStringLiteral("random"),
                row.result->when.isValid()
                    ? QStringLiteral(", measured %1")
                          .arg(formatDay(row.result->when.toLocalTime().date()))
                    : QString()));
}

QVariantMap ratioCell(const VersionRow& row)
{
    if (!row.measured())
        return cell(QStringLiteral("–"), {}, true);
    const Ratio& ratio = row.result->ratio;
    if (!ratio.known())
        return cell(
            QStringLiteral("–"),
            QStringLiteral("GoogLeNet couldn't be run beside it: its input doesn't fit, or there "
                           "is too little memory for both"),
            true);
    if (row.result->reference == row.facts.id)
        return cell(QStringLiteral("1"), QStringLiteral("What the others are compared with"));
    return cell(
        ratioText(ratio),
        QStringLiteral("From %1 to %2 in %3 turns: GoogLeNet, this network, GoogLeNet, ... so that "
                       "a device that slows down for a while slows both.")
            .arg(formatDigits(ratio.least), formatDigits(ratio.most))
            .arg(row.result->times.runs));
}

QVariantMap gflopsCell(const VersionRow& row)
{
    if (!row.measured())
        return cell(QStringLiteral("–"), {}, true);
    return cell(
        QString::number(gflops(row.facts.cost.macs, row.result->times.median), 'f', 1),
        QStringLiteral("two floating point operations a multiply-add"));
}

QVariantMap accuracyCell(const VersionRow& row, VersionColumn column, bool released)
{
    const QString tip = accuracyTip(row, released);
    const AccuracyFigure* figure = row.facts.figure(released);
    if (figure != nullptr) {
        const auto& value = column == VersionColumn::Top1 ? figure->top1 : figure->top5;
        if (value)
            return cell(QString::number(*value, 'f', 1) + footnoteMarks(*figure), tip);
    }
    return cell(QStringLiteral("–"), tip, true);
}

QVariantMap cellOf(const VersionRow& row, VersionColumn column, bool released)
{
    const VersionFacts& facts = row.facts;
    switch (column) {
    case VersionColumn::Name:
        return cell(row.name(), text(facts.status));
    case VersionColumn::Year:
        return cell(QString::number(facts.year));
    case VersionColumn::Input:
        return cell(QStringLiteral("%1×%1").arg(facts.input));
    case VersionColumn::Layers:
        return cell(
            QString::number(facts.layers),
            QStringLiteral("convolutions and linear layers on the longest path"));
    case VersionColumn::Params:
        return cell(
            formatCount(facts.cost.params),
            QLocale(QLocale::English).toString(qulonglong(facts.cost.params)));
    case VersionColumn::Macs:
        return cell(
            formatCount(facts.cost.macs),
            QLocale(QLocale::English).toString(qulonglong(facts.cost.macs)));
    case VersionColumn::Memory:
        return memoryCell(row);
    case VersionColumn::Time:
        return timeCell(row);
    case VersionColumn::Ratio:
        return ratioCell(row);
    case VersionColumn::Gflops:
        return gflopsCell(row);
    case VersionColumn::Top1:
    case VersionColumn::Top5:
        return accuracyCell(row, column, released);
    }
    return {};
}

QString csvField(QString field)
{
    if (!field.contains(u',') && !field.contains(u'"') && !field.contains(u'\n'))
        return field;
    return u'"' + field.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString number(const std::optional<double>& value)
{
    return value ? QString::number(*value, 'g', 8) : QString();
}

} // namespace

uint64_t VersionRow::bytes() const
{
    return measured() ? result->weightBytes + result->activationBytes
                      : facts.cost.weightBytes + facts.cost.activationBytes;
}

VersionRow versionRow(const std::string& id, std::optional<uint32_t> inputSize)
{
    VersionRow row;
    try {
        row.network = std::make_shared<const Network>(makeNetwork(id, {.inputSize = inputSize}));
        row.facts = versionFacts(*row.network);
    } catch (const Error& error) {
        row.error = error.what();
        row.facts = versionFacts(makeNetwork(id));
    }
    return row;
}

QVariantList versionHeader(bool released)
{
    const auto column = [](const char* title, const char* tip, bool numeric = true) {
        return QVariantMap{
            {"title", QString::fromUtf8(title)},
            {"tip", QString::fromUtf8(tip)},
            {"numeric", numeric}};
    };
    const char* accuracy =
        released ? "Accuracy of released weights on ImageNet: one crop, one model"
                 : "As papers print it: ImageNet, one crop, one model; hover a figure for its "
                   "source";
    return {
        column("Network", "In the order of publication", false),
        column("Year", "Of the paper"),
        column("Input", "Pixels of the square input"),
        column("Depth", "Layers with weights on the longest path"),
        column("Params", "Trainable parameters, without auxiliary heads"),
        column("MACs", "Multiply-adds of convolutions and linear layers"),
        column("Memory", "Weights and activations"),
        column("Time", "Measured on this device: median and half the spread of several runs"),
        column(
            "× GoogLeNet", "How many times GoogLeNet's time, measured in turns with it, and half "
                           "the spread of the turns: steadier than milliseconds"),
        column("GFLOP/s", "What the device reaches on it"),
        column("Top-1 %", accuracy),
        column("Top-5 %", accuracy)};
}

std::optional<double> sortKey(const VersionRow& row, VersionColumn column, bool released)
{
    const VersionFacts& facts = row.facts;
    const AccuracyFigure* figure = facts.figure(released);
    const auto measured = [&](double value) {
        return row.measured() ? std::optional(value) : std::nullopt;
    };
    switch (column) {
    case VersionColumn::Name:
        return std::nullopt; // the order of publication
    case VersionColumn::Year:
        return facts.year;
    case VersionColumn::Input:
        return facts.input;
    case VersionColumn::Layers:
        return facts.layers;
    case VersionColumn::Params:
        return double(facts.cost.params);
    case VersionColumn::Macs:
        return double(facts.cost.macs);
    case VersionColumn::Memory:
        return double(row.bytes());
    case VersionColumn::Time:
        return measured(row.measured() ? row.result->times.median : 0);
    case VersionColumn::Ratio:
        return row.measured() && row.result->ratio.known() ? std::optional(row.result->ratio.median)
                                                           : std::nullopt;
    case VersionColumn::Gflops:
        return measured(row.measured() ? gflops(facts.cost.macs, row.result->times.median) : 0);
    case VersionColumn::Top1:
        return figure == nullptr ? std::nullopt : figure->top1;
    case VersionColumn::Top5:
        return figure == nullptr ? std::nullopt : figure->top5;
    }
    return std::nullopt;
}

QVariantMap versionCells(const VersionRow& row, bool released)
{
    QVariantList cells;
    for (int column = 0; column < versionColumns; ++column)
        cells.append(cellOf(row, VersionColumn(column), released));
    return {{"id", text(row.facts.id)},         {"name", row.name()},
            {"status", text(row.facts.status)}, {"error", text(row.error)},
            {"measured", row.measured()},       {"cells", cells}};
}

QString versionCsv(const std::vector<const VersionRow*>& rows)
{
    QString csv = QStringLiteral(
        "network,title,year,input_size,layers,params,macs,weight_bytes,activation_bytes,"
        "device,device_weight_bytes,device_activation_bytes,runs,median_ms,min_ms,max_ms,gflops,"
        "reference,ratio,ratio_min,ratio_max,"
        "published_top1,published_top5,published_source,released_top1,released_top5,"
        "released_source,note\n");
    for (const VersionRow* row : rows) {
        const VersionFacts& f = row->facts;
        const ComparisonResult* r = row->measured() ? row->result.get() : nullptr;
        QStringList fields{
            text(f.id),
            text(f.title),
            QString::number(f.year),
            QString::number(f.input),
            QString::number(f.layers),
            QString::number(f.cost.params),
            QString::number(f.cost.macs),
            QString::number(f.cost.weightBytes),
            QString::number(f.cost.activationBytes),
            r ? r->device : QString(),
            r ? QString::number(r->weightBytes) : QString(),
            r ? QString::number(r->activationBytes) : QString(),
            r ? QString::number(r->times.runs) : QString()};
        for (const double value :
             {r ? r->times.median : 0.0, r ? r->times.fastest : 0.0, r ? r->times.slowest : 0.0,
              r ? gflops(f.cost.macs, r->times.median) : 0.0})
            fields << (r ? QString::number(value, 'g', 6) : QString());
        const bool ratio = r && r->ratio.known();
        fields << (ratio ? text(r->reference) : QString());
        for (const double value :
             {ratio ? r->ratio.median : 0.0, ratio ? r->ratio.least : 0.0,
              ratio ? r->ratio.most : 0.0})
            fields << (ratio ? QString::number(value, 'g', 6) : QString());
        for (const bool released : {false, true}) {
            const AccuracyFigure* figure = f.figure(released);
            fields << (figure ? number(figure->top1) : QString())
                   << (figure ? number(figure->top5) : QString())
                   << (figure ? text(citation(*figure)) : QString());
        }
        QString note = text(row->error.empty() ? f.accuracy->none : row->error);
        if (const AccuracyFigure* figure = f.figure(false); figure && figure->subset)
            note = text(AccuracyTable::bundled().subset());
        fields << note;
        for (QString& field : fields)
            field = csvField(field);
        csv += fields.join(u',') + u'\n';
    }
    return csv;
}

QString footnoteMarks(const AccuracyFigure& figure)
{
    return (figure.subset ? QStringLiteral("*") : QString()) +
           (figure.note.empty() ? QString() : QStringLiteral("†"));
}

} // namespace inceptoscope
