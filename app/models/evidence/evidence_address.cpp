// A question that an address names: asked once something has run.
#include "models/evidence/evidence_model.h"

#include <algorithm>

namespace inceptoscope {

void EvidenceModel::askOnceAvailable(const QString& methodId, std::optional<int> classIndex)
{
    const auto& all = inceptoscope::methods();
    const auto it = std::ranges::find(all, methodId.toStdString(), &MethodFacts::id);
    if (it == all.end())
        return;
    setMethod(int(it - all.begin()));
    m_waits = true;
    m_waitingClass = classIndex;
    askWhatWaits();
}

void EvidenceModel::askWhatWaits()
{
    if (!m_waits || !available() || (!m_waitingClass && m_snapshot->top.empty()))
        return;
    m_waits = false;
    ask(m_waitingClass ? *m_waitingClass : m_snapshot->top.front().index);
}

} // namespace inceptoscope
