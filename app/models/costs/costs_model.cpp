#include "models/costs/costs_model.h"

#include "models/format.h"

#include <algorithm>

namespace inceptoscope {

void CostsModel::setArea(int area)
{
    if (area == int(m_area) || area < 0 || area > int(CostArea::Time))
        return;
    m_area = CostArea(area);
    buildIcicle();
    Q_EMIT chartsChanged();
}

QString CostsModel::peaksText() const
{
    if (!hasPeaks())
        return {};
    return QStringLiteral("FMA %1 GFLOP/s, read %2 GB/s: below %3 FLOP/byte memory is what holds")
        .arg(
            formatDigits(m_peaks.fmaGflops), formatDigits(m_peaks.readGBs),
            formatDigits(Roofs{m_peaks.fmaGflops, m_peaks.readGBs}.ridge()));
}

void CostsModel::setSelected(int part)
{
    if (part == m_selected || part < -1 || part >= int(m_costs.parts.size()))
        return;
    m_selected = part;
    Q_EMIT selectedChanged();
}

int CostsModel::selectedBar() const
{
    for (int p = m_selected; p > 0; p = m_costs.parts[size_t(p)].parent)
        if (const int row = indexOf(m_partOfBar, p); row >= 0)
            return row;
    return -1;
}

QStringList CostsModel::selectedFacts() const
{
    return partFacts(m_costs, std::max(0, m_selected));
}

int CostsModel::moduleOf(int part) const
{
    if (part <= 0 || part >= int(m_costs.parts.size()))
        return -1;
    return int(m_costs.parts[size_t(part)].module);
}

void CostsModel::selectModule(int module)
{
    const auto it =
        std::find_if(m_costs.parts.begin(), m_costs.parts.end(), [&](const CostPart& p) {
            return p.level == PartLevel::Module && int(p.module) == module;
        });
    setSelected(it == m_costs.parts.end() ? -1 : int(it - m_costs.parts.begin()));
}

void CostsModel::show(std::shared_ptr<const Network> network)
{
    m_network = std::move(network);
    m_selected = -1;
    build({});
}

void CostsModel::apply(const RunSnapshot& snapshot)
{
    // Half a run's times would make the first modules look like all the work.
    if (!m_network || !snapshot.complete || snapshot.totalMilliseconds <= 0)
        return;
    build(
        snapshot.runMilliseconds.empty() ? std::vector<std::vector<double>>{snapshot.opMilliseconds}
                                         : snapshot.runMilliseconds);
}

void CostsModel::setPeaks(const DevicePeaks& peaks)
{
    m_peaks = peaks;
    if (m_network)
        build(m_runs);
}

int CostsModel::indexOf(const std::vector<int>& parts, int part)
{
    const auto it = std::find(parts.begin(), parts.end(), part);
    return it == parts.end() ? -1 : int(it - parts.begin());
}

int CostsModel::partOf(const std::vector<int>& parts, int index)
{
    return index >= 0 && size_t(index) < parts.size() ? parts[size_t(index)] : -1;
}

void CostsModel::build(const std::vector<std::vector<double>>& runs)
{
    m_runs = std::vector<std::vector<double>>(runs);
    m_costs = costed(m_network, m_runs, m_peaks);
    m_partOfDot.clear();
    m_partOfBar.clear();
    m_roofline = std::make_shared<const Chart>(costRoofline(m_costs, &m_partOfDot));
    m_bars = std::make_shared<const Chart>(costBars(m_costs, &m_partOfBar));
    buildIcicle();
    m_table.show(&m_costs);
    Q_EMIT chartsChanged();
    Q_EMIT selectedChanged();
}

void CostsModel::buildIcicle()
{
    m_icicle = std::make_shared<const Chart>(costIcicle(m_costs, m_area));
}

} // namespace inceptoscope
