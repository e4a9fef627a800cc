#pragma once

#include "cost/breakdown.h"
#include "engine/run_snapshot.h"
#include "models/items/chart_item.h"

#include <QObject>

namespace inceptoscope {

/// What every part of the network costs, counted and measured, as the Costs view shows it.
class CostsModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(inceptoscope::ChartPtr icicle READ icicle NOTIFY chartsChanged)
    Q_PROPERTY(int area READ area WRITE setArea NOTIFY chartsChanged)
    Q_PROPERTY(bool hasTimes READ hasTimes NOTIFY chartsChanged)
    Q_PROPERTY(int selected READ selected WRITE setSelected NOTIFY selectedChanged)

public:
    enum Area
    {
        Macs,
        Params,
        Time
    };
    Q_ENUM(Area)

    using QObject::QObject;

    [[nodiscard]] ChartPtr icicle() const { return m_icicle; }
    [[nodiscard]] int area() const { return m_area; } ///< an Area: what the icicle's cells measure
    void setArea(int area);
    [[nodiscard]] bool hasTimes() const { return !m_milliseconds.empty(); }
    [[nodiscard]] int selected() const { return m_selected; } ///< index of a part; -1: none
    void setSelected(int part);
    [[nodiscard]] const std::vector<CostPart>& parts() const { return m_parts; }

    /// Module of the selected part; -1 where there is none or it is the network.
    Q_INVOKABLE int moduleOf(int part) const;

    void show(std::shared_ptr<const Network> network);
    void apply(const RunSnapshot& snapshot);

Q_SIGNALS:
    void chartsChanged();
    void selectedChanged();

private:
    void build();

    std::shared_ptr<const Network> m_network;
    std::vector<CostPart> m_parts;
    std::vector<double> m_milliseconds; ///< by part; empty until a run is complete
    ChartPtr m_icicle;
    int m_area = Macs;
    int m_selected = -1;
};

} // namespace inceptoscope
