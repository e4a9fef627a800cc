#include "cli/report/report_data.h"
#include "models/costs/cost_columns.h"
#include "models/format.h"

namespace inceptoscope {

namespace {

Json jsonOf(const QVariant& value)
{
    switch (value.typeId()) {
    case QMetaType::Double:
        return rounded(value.toDouble(), 6);
    case QMetaType::ULongLong:
        return value.toULongLong();
    case QMetaType::QString:
        return value.toString().toStdString();
    default:
        return nullptr;
    }
}

Json partsOf(const CostedNetwork& costs)
{
    Json parts = Json::array();
    for (size_t i = 0; i < costs.parts.size(); ++i) {
        const CostPart& part = costs.parts[i];
        Json row{{"level", std::string(levelName(part.level))}};
        row["parent"] = part.parent < 0 ? Json(nullptr) : Json(part.parent);
        for (const CostColumn& column : costColumns())
            row[column.key.toStdString()] = jsonOf(column.value(costs, i));
        if (part.level == PartLevel::Op)
            row["kind"] = std::string(kindName(part.kind));
        row["why"] = whyText(costs.whys[i]).toStdString();
        parts.push_back(std::move(row));
    }
    return parts;
}

Json networkJson(const ReportedNetwork& network)
{
    const CostedNetwork& costs = network.costs;
    const Cost& cost = costs.parts.front().cost;
    const PartTime& time = costs.times.front();
    Json top = Json::array();
    for (const ClassScore& score : network.top)
        top.push_back(
            {{"index", score.index},
             {"label", score.label.toStdString()},
             {"probability", rounded(double(score.probability), 7)}});
    return {
        {"id", costs.network->id},
        {"title", costs.network->title},
        {"input", {network.input.c, network.input.h, network.input.w}},
        {"layers", network.layers},
        {"weights",
         {{"source", network.weights.title.toStdString()}, {"trained", network.weights.trained}}},
        {"params", cost.params},
        {"macs", cost.macs},
        {"weight_bytes", cost.weightBytes},
        {"read_bytes", cost.readBytes},
        {"written_bytes", cost.activationBytes},
        {"flop_per_byte", rounded(cost.intensity(), 6)},
        {"median_ms", rounded(time.milliseconds, 6)},
        {"min_ms", rounded(time.fastest, 6)},
        {"max_ms", rounded(time.slowest, 6)},
        {"gflops", rounded(gflops(cost, time.milliseconds), 6)},
        {"top", top},
        {"parts", partsOf(costs)}};
}

QString plain(QString text)
{
    return text.replace(QChar(0xA0), u' ');
}

} // namespace

std::vector<QStringList> networkTable(const Report& report)
{
    std::vector<QStringList> rows{
        {"Network", "Input", "Layers", "Params", "MACs", "Weights", "Read", "Written", "FLOP/byte",
         "Time", "Fastest to slowest", "GFLOP/s"}};
    for (const ReportedNetwork& network : report.networks) {
        const CostedNetwork& costs = network.costs;
        const Cost& cost = costs.parts.front().cost;
        const PartTime& time = costs.times.front();
        rows.push_back(
            {QString::fromStdString(costs.network->title),
             QStringLiteral("%1×%2").arg(network.input.h).arg(network.input.w),
             QString::number(network.layers), formatCount(cost.params), formatCount(cost.macs),
             formatBytes(cost.weightBytes), formatBytes(cost.readBytes),
             formatBytes(cost.activationBytes), formatDigits(cost.intensity()),
             formatMilliseconds(time.milliseconds),
             QStringLiteral("%1 to %2")
                 .arg(formatMilliseconds(time.fastest), formatMilliseconds(time.slowest)),
             formatDigits(gflops(cost, time.milliseconds))});
    }
    return rows;
}

Json reportJson(const Report& report)
{
    Json networks = Json::array();
    for (const ReportedNetwork& network : report.networks)
        networks.push_back(networkJson(network));
    return {
        {"version", report.version.toStdString()},
        {"device", report.device.toStdString()},
        {"driver", report.driver.toStdString()},
        {"date", report.date.toStdString()},
        {"picture", report.pictureTitle.toStdString()},
        {"runs", report.runs},
        {"peaks",
         {{"fma_gflops", rounded(report.peaks.fmaGflops, 5)},
          {"fma_spread", rounded(report.peaks.fmaSpread, 3)},
          {"read_gbs", rounded(report.peaks.readGBs, 5)},
          {"read_spread", rounded(report.peaks.readSpread, 3)},
          {"copy_gbs", rounded(report.peaks.copyGBs, 5)}}},
        {"networks", networks}};
}

QString networksCsv(const Report& report)
{
    QString text = QStringLiteral("network,input,layers,params,macs,weight_bytes,read_bytes,"
                                  "written_bytes,flop_per_byte,median_ms,min_ms,max_ms,gflops,"
                                  "weights,trained\n");
    for (const ReportedNetwork& network : report.networks) {
        Json json = networkJson(network);
        QStringList cells{
            QString::fromStdString(network.costs.network->id), QString::number(network.input.h)};
        for (const char* key :
             {"layers", "params", "macs", "weight_bytes", "read_bytes", "written_bytes",
              "flop_per_byte", "median_ms", "min_ms", "max_ms", "gflops"})
            cells << QString::fromStdString(json[key].dump());
        cells << u'"' + QString(network.weights.title).replace(u'"', QLatin1String("\"\"")) + u'"'
              << (network.weights.trained ? QStringLiteral("yes") : QStringLiteral("no"));
        text += cells.join(u',') + u'\n';
    }
    return text;
}

QString reportMarkdown(const Report& report)
{
    QString text;
    for (const QStringList& row : networkTable(report)) {
        const bool header = text.isEmpty();
        text +=
            QStringLiteral("| ") + plain(row.join(QStringLiteral(" | "))) + QStringLiteral(" |\n");
        if (header) {
            text += QStringLiteral("|---|");
            for (qsizetype i = 1; i < row.size(); ++i)
                text += QStringLiteral("---:|");
            text += u'\n';
        }
    }
    text +=
        QStringLiteral("\nBatch 1, fp32, median of %1 runs, one op after the other, on %2, %3; ")
            .arg(report.runs)
            .arg(report.driver, report.date.left(10));
    text += QStringLiteral("its peaks: FMA %1 GFLOP/s, read %2 GB/s.\n")
                .arg(formatDigits(report.peaks.fmaGflops), formatDigits(report.peaks.readGBs));
    return text;
}

} // namespace inceptoscope
