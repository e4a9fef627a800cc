#include "models/laboratory/laboratory_side.h"

#include "engine/run_snapshot.h"
#include "models/format.h"

namespace inceptoscope {

void LaboratorySide::show(const ExperimentSide& side)
{
    m_title = withTimesSigns(QString::fromStdString(side.title));
    m_field = side.whole ? tr("sees %1 pixels of the picture").arg(side.receptiveField)
                         : tr("sees %1×%1 pixels of its input").arg(side.receptiveField);
    m_cost = side.cost;
    m_receptiveField = side.receptiveField;
    m_drawn = !side.whole;
    if (m_drawn) {
        m_stage.show(side.network, 1);
        if (side.snapshot)
            m_stage.apply(*side.snapshot);
    }
    m_real = side.real.has_value();
    m_realText = withTimesSigns(QString::fromStdString(side.realText));
    if (m_real) {
        m_realStage.show(side.real->network, side.real->module);
        m_realStage.apply(*side.real->snapshot);
    }
    Q_EMIT changed();
}

} // namespace inceptoscope
