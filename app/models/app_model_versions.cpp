// What AppModel does for the Versions view: the engine's studies, with the picture on show.
#include "models/app_model.h"

#include "engine/engine.h"
#include "file_name.h"

namespace inceptoscope {

void AppModel::connectVersions()
{
    connect(&m_versions, &VersionsModel::comparisonWanted, this, [this](ComparisonRequest request) {
        if (m_snapshot)
            request.picture = m_snapshot->picture;
        m_engine->compare(std::move(request));
    });
    connect(&m_versions, &VersionsModel::cancelWanted, m_engine, &Engine::cancelComparison);
    connect(m_engine, &Engine::comparisonRow, &m_versions, &VersionsModel::addResult);
    connect(m_engine, &Engine::comparisonProgress, &m_versions, &VersionsModel::setProgress);
    connect(m_engine, &Engine::comparisonFinished, &m_versions, &VersionsModel::finish);
    connect(m_engine, &Engine::deviceReady, &m_versions, &VersionsModel::setDevice);
    connect(&m_versions, &VersionsModel::keepingFailed, &m_messages, &Messages::say);
}

void AppModel::connectPair()
{
    connect(&m_pair, &ModulePairModel::pairWanted, this, [this](ModulePairRequest request) {
        for (ModuleChoice& module : request.modules) {
            const QString id = QString::fromStdString(module.network);
            module.weights = fileBytes(m_weights.usual(id));
        }
        if (m_snapshot)
            request.picture = m_snapshot->picture;
        request.style = style();
        m_engine->measurePair(std::move(request));
    });
    connect(&m_pair, &ModulePairModel::cancelWanted, m_engine, &Engine::cancelPair);
    connect(m_engine, &Engine::pairReady, &m_pair, &ModulePairModel::apply);
    // A pair is measured once somebody looks at it.
    const auto look = [this] {
        m_pair.setLookedAt(
            m_canStudy && view() == QLatin1String("versions") && m_versions.tab() == 2);
    };
    connect(m_engine, &Engine::deviceReady, this, [this, look] {
        m_canStudy = true;
        look();
    });
    connect(this, &AppModel::viewChanged, this, look);
    connect(&m_versions, &VersionsModel::tabChanged, this, look);
    connect(&m_settings, &Settings::styleChanged, &m_pair, &ModulePairModel::measureAgain);
}

void AppModel::compareModule()
{
    m_pair.compareWith(networkId(), m_stage.name());
    m_versions.setTab(2);
    setView(QStringLiteral("versions"));
}

} // namespace inceptoscope
