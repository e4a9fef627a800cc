#pragma once

#include "models/costs/cost_charts.h"
#include "models/costs/cost_table.h"
#include "models/items/chart_item.h"

#include <QObject>

namespace inceptoscope {

/// What every part of the network costs, counted and measured, as the Costs view shows it. One
/// part is selected in table and charts alike.
class CostsModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(inceptoscope::CostTable* table READ table CONSTANT)
    Q_PROPERTY(inceptoscope::ChartPtr icicle READ icicle NOTIFY chartsChanged)
    Q_PROPERTY(inceptoscope::ChartPtr roofline READ roofline NOTIFY chartsChanged)
    Q_PROPERTY(inceptoscope::ChartPtr bars READ bars NOTIFY chartsChanged)
    Q_PROPERTY(int area READ area WRITE setArea NOTIFY chartsChanged)
    Q_PROPERTY(bool hasTimes READ hasTimes NOTIFY chartsChanged)
    Q_PROPERTY(bool hasPeaks READ hasPeaks NOTIFY chartsChanged)
    Q_PROPERTY(QString peaksText READ peaksText NOTIFY chartsChanged)
    Q_PROPERTY(int selected READ selected WRITE setSelected NOTIFY selectedChanged)
    Q_PROPERTY(int selectedDot READ selectedDot NOTIFY selectedChanged)
    Q_PROPERTY(int selectedBar READ selectedBar NOTIFY selectedChanged)
    Q_PROPERTY(QStringList selectedFacts READ selectedFacts NOTIFY selectedChanged)

public:
    using QObject::QObject;

    [[nodiscard]] CostTable* table() { return &m_table; }
    [[nodiscard]] ChartPtr icicle() const { return m_icicle; }
    [[nodiscard]] ChartPtr roofline() const { return m_roofline; }
    [[nodiscard]] ChartPtr bars() const { return m_bars; }
    [[nodiscard]] int area() const { return int(m_area); } ///< a CostArea
    void setArea(int area);
    [[nodiscard]] bool hasTimes() const { return m_costs.hasTimes(); }
    [[nodiscard]] bool hasPeaks() const { return m_peaks.fmaGflops > 0; }
    /// "FMA 71.2 GFLOP/s, read 12.3 GB/s: memory is what holds below 5.8 FLOP/byte".
    [[nodiscard]] QString peaksText() const;
    [[nodiscard]] int selected() const { return m_selected; } ///< index of a part; -1: none
    void setSelected(int part);
    [[nodiscard]] int selectedDot() const { return indexOf(m_partOfDot, m_selected); }
    /// The group that the selected part is, or belongs to.
    [[nodiscard]] int selectedBar() const;
    /// See partFacts(); of the whole network while nothing is selected.
    [[nodiscard]] QStringList selectedFacts() const;
    [[nodiscard]] const CostedNetwork& costs() const { return m_costs; }

    Q_INVOKABLE void selectDot(int dot) { setSelected(partOf(m_partOfDot, dot)); }
    Q_INVOKABLE void selectBar(int row) { setSelected(partOf(m_partOfBar, row)); }
    /// Module of a part; -1 where there is none or it is the network.
    Q_INVOKABLE int moduleOf(int part) const;
    /// Tab-separated, for a spreadsheet.
    [[nodiscard]] Q_INVOKABLE QString tableText() const { return m_table.tsv(); }
    void selectModule(int module);

    void show(std::shared_ptr<const Network> network);
    void apply(const RunSnapshot& snapshot);
    void setPeaks(const DevicePeaks& peaks);

Q_SIGNALS:
    void chartsChanged();
    void selectedChanged();

private:
    [[nodiscard]] static int indexOf(const std::vector<int>& parts, int part);
    [[nodiscard]] static int partOf(const std::vector<int>& parts, int index);
    void build(const std::vector<std::vector<double>>& runs);
    void buildIcicle();

    std::shared_ptr<const Network> m_network;
    std::vector<std::vector<double>> m_runs;
    CostedNetwork m_costs;
    DevicePeaks m_peaks;
    CostTable m_table;
    ChartPtr m_icicle;
    ChartPtr m_roofline;
    ChartPtr m_bars;
    std::vector<int> m_partOfDot;
    std::vector<int> m_partOfBar;
    CostArea m_area = CostArea::Macs;
    int m_selected = -1;
};

} // namespace inceptoscope
