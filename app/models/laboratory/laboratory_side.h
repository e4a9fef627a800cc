#pragma once

#include "experiments/report.h"
#include "models/stage/stage_model.h"

namespace inceptoscope {

/// One side of an experiment, drawn as a module is on stage.
class LaboratorySide : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString field READ field NOTIFY changed)
    Q_PROPERTY(double macs READ macs NOTIFY changed)
    Q_PROPERTY(double params READ params NOTIFY changed)
    Q_PROPERTY(int receptiveField READ receptiveField NOTIFY changed)
    /// A module that can be drawn, not a whole network.
    Q_PROPERTY(bool drawn READ drawn NOTIFY changed)
    Q_PROPERTY(inceptoscope::StageModel* stage READ stage CONSTANT)
    /// The same module inside a trained network, with the picture's maps; where `real`.
    Q_PROPERTY(bool real READ real NOTIFY changed)
    /// What these maps are, or why there are none.
    Q_PROPERTY(QString realText READ realText NOTIFY changed)
    Q_PROPERTY(inceptoscope::StageModel* realStage READ realStage CONSTANT)

public:
    using QObject::QObject;

    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString field() const { return m_field; } ///< "sees 5×5 pixels of its input"
    [[nodiscard]] double macs() const { return double(m_cost.macs); }
    [[nodiscard]] double params() const { return double(m_cost.params); }
    [[nodiscard]] int receptiveField() const { return int(m_receptiveField); }
    [[nodiscard]] bool drawn() const { return m_drawn; }
    [[nodiscard]] StageModel* stage() { return &m_stage; }
    [[nodiscard]] bool real() const { return m_real; }
    [[nodiscard]] QString realText() const { return m_realText; }
    [[nodiscard]] StageModel* realStage() { return &m_realStage; }

    void show(const ExperimentSide& side);

Q_SIGNALS:
    void changed();

private:
    QString m_title;
    QString m_field;
    Cost m_cost;
    uint32_t m_receptiveField = 0;
    bool m_drawn = false;
    StageModel m_stage;
    bool m_real = false;
    QString m_realText;
    StageModel m_realStage;
};

} // namespace inceptoscope
