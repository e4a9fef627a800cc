#include "models/costs_model.h"

#include "models/format.h"

#include <algorithm>

namespace inceptoscope {

namespace {

std::vector<double> measured(const std::vector<CostPart>& parts, const RunSnapshot& snapshot)
{
    std::vector<double> result;
    for (const CostPart& part : parts) {
        double sum = 0;
        for (const NodeId node : part.nodes)
            sum += std::max(0.0, snapshot.opMilliseconds[node]);
        result.push_back(sum);
    }
    return result;
}

} // namespace

void CostsModel::setArea(int area)
{
    if (area == m_area || area < Macs || area > Time)
        return;
    m_area = area;
    build();
}

void CostsModel::setSelected(int part)
{
    if (part == m_selected || part >= int(m_parts.size()))
        return;
    m_selected = part;
    Q_EMIT selectedChanged();
}

int CostsModel::moduleOf(int part) const
{
    if (part <= 0 || part >= int(m_parts.size()))
        return -1;
    return int(m_parts[size_t(part)].module);
}

void CostsModel::show(std::shared_ptr<const Network> network)
{
    m_network = std::move(network);
    m_parts = breakdown(m_network->graph);
    m_milliseconds.clear();
    m_selected = -1;
    build();
    Q_EMIT selectedChanged();
}

void CostsModel::apply(const RunSnapshot& snapshot)
{
    const bool known = snapshot.complete && snapshot.totalMilliseconds > 0;
    if (!m_network || !known)
        return;
    m_milliseconds = measured(m_parts, snapshot);
    build();
}

void CostsModel::build()
{
    Icicle chart;
    chart.columnWidths = {1.0, 1.2, 1.1, 1.8};
    const bool time = m_area == Time && hasTimes();
    const auto valueOf = [&](size_t i) {
        return time               ? m_milliseconds[i]
               : m_area == Params ? double(m_parts[i].cost.params)
                                  : double(m_parts[i].cost.macs);
    };
    const double whole = m_parts.empty() ? 0 : valueOf(0);
    for (size_t i = 0; i < m_parts.size(); ++i) {
        const CostPart& part = m_parts[i];
        const double value = valueOf(i);
        const QString share = whole > 0 ? formatPercent(value / whole) : QString();
        chart.cells.push_back(
            {.label = withTimesSigns(QString::fromStdString(part.label)),
             .valueText = share,
             .value = value,
             .parent = part.parent,
             .level = int(part.level) - 1,
             .kind = part.level == PartLevel::Op ? int(part.kind) : -1,
             .tip = QStringLiteral("%1\n%2 · %3 · %4")
                        .arg(
                            QString::fromStdString(part.name), formatMacs(part.cost.macs),
                            formatParams(part.cost.params), share)});
    }
    for (size_t kind = 0; kind < opKindCount; ++kind) {
        const std::string_view name = kindName(OpKind(kind));
        chart.legend.push_back(
            {withTimesSigns(QString::fromUtf8(name.data(), qsizetype(name.size()))),
             markOf(int(kind))});
    }
    m_icicle = std::make_shared<const Chart>(std::move(chart));
    Q_EMIT chartsChanged();
}

} // namespace inceptoscope
