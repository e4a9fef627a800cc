// What AppModel does for "Why this class?": the engine's studies, on the picture on show.
#include "models/app_model.h"

#include "engine/engine.h"
#include "file_name.h"

namespace inceptoscope {

void AppModel::connectEvidence()
{
    connect(
        &m_evidence, &EvidenceModel::wanted, this,
        [this](quint64 number, EvidenceStudy study, std::shared_ptr<EvidenceProgress> progress) {
            study.weights = fileBytes(m_snapshot->weights.spec);
            m_engine->study(
                StudyKind::Evidence, number, evidenceJob(std::move(study), std::move(progress)));
        });
    connect(&m_evidence, &EvidenceModel::cancelWanted, this, [this] {
        m_engine->cancelStudy(StudyKind::Evidence);
    });
    connect(&m_evidence, &EvidenceModel::frameStudyWanted, m_engine, &Engine::studyFrames);
    connect(
        m_engine, &Engine::studyDone, &m_evidence,
        qOverload<quint64, const StudyResult&, const QString&>(&EvidenceModel::apply));
    // It is asked for once somebody looks at it, and there is a device.
    const auto look = [this] {
        m_evidence.setLookedAt(m_canStudy && m_snapshot && view() == QLatin1String("modules"));
    };
    connect(this, &AppModel::viewChanged, this, look);
    connect(this, &AppModel::snapshotShown, this, look);
}

} // namespace inceptoscope
