// What AppModel does for the Laboratory view: the engine's studies, on the picture on show.
#include "models/app_model.h"

#include "engine/engine.h"
#include "file_name.h"
#include "models/measuring_progress.h"
#include "zoo/network.h"

namespace inceptoscope {

void AppModel::connectLaboratory()
{
    connect(
        &m_laboratory, &LaboratoryModel::wanted, this,
        [this](quint64 number, ExperimentStudy study) {
            study.weights = fileBytes(m_weights.usual(QStringLiteral("googlenet_bn")));
            if (m_snapshot)
                study.picture = m_snapshot->picture;
            study.atHand = weightsAtHand();
            study.style = style();
            m_engine->study(StudyKind::Experiment, number, studyJob(std::move(study)));
        });
    connect(&m_laboratory, &LaboratoryModel::cancelWanted, this, [this] {
        m_engine->cancelStudy(StudyKind::Experiment);
    });
    connect(m_engine, &Engine::studyProgress, this, [this](StudyKind kind, double fraction) {
        if (kind == StudyKind::Experiment)
            m_laboratory.setProgress(fraction);
        else if (kind == StudyKind::Pair)
            m_pair.setProgress(fraction);
    });
    connect(m_engine, &Engine::measuringChanged, this, [this](const MeasuringState& state) {
        const auto tell = [&](auto& model, StudyKind kind) {
            const QString text = waitingText(state, kind);
            if (state.measured == kind || !text.isEmpty())
                model.setWaiting(text);
        };
        tell(m_versions, StudyKind::Comparison);
        tell(m_pair, StudyKind::Pair);
        tell(m_laboratory, StudyKind::Experiment);
    });
    connect(m_engine, &Engine::studyDone, &m_laboratory, &LaboratoryModel::apply);
    connect(m_engine, &Engine::studyPart, &m_laboratory, &LaboratoryModel::applyPart);
    // Opened or fetched meanwhile.
    const auto weigh = [this] { m_laboratory.setWeightsAtHand(weightsAtHand()); };
    connect(this, &AppModel::viewChanged, this, weigh);
    connect(&m_weights, &WeightsChoice::rememberedChanged, this, weigh);
    connect(&m_fetch, &WeightsFetch::fetched, this, weigh);
    weigh();
    // It is measured once somebody looks at it, and the picture is there.
    const auto look = [this] {
        m_laboratory.setLookedAt(
            m_canStudy && m_snapshot && m_snapshot->complete &&
            view() == QLatin1String("laboratory"));
    };
    connect(this, &AppModel::viewChanged, this, look);
    connect(this, &AppModel::snapshotShown, this, look);
    connect(m_engine, &Engine::deviceReady, this, look);
    connect(&m_pictures, &Pictures::nameChanged, &m_laboratory, &LaboratoryModel::measureAgain);
    connect(&m_settings, &Settings::styleChanged, &m_laboratory, &LaboratoryModel::measureAgain);
}

WeightsAtHand AppModel::weightsAtHand() const
{
    WeightsAtHand atHand;
    for (const std::string& id : networkIds())
        if (const auto spec = m_weights.trained(QString::fromStdString(id)))
            atHand[id] = fileBytes(*spec);
    return atHand;
}

} // namespace inceptoscope
