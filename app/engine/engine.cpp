#include "engine/engine.h"

#include "engine/worker.h"
#include "file_name.h"

namespace inceptoscope {

Engine::Engine(const QString& device, QObject* parent)
    : QObject(parent)
    , m_worker(std::make_unique<Worker>(*this, device))
{
}

Engine::~Engine() = default;

void Engine::open(const QString& networkId, const QString& weightsSpec)
{
    m_worker->open(networkId.toStdString(), fileBytes(weightsSpec));
}

void Engine::setPicture(const QImage& picture, const QString& title)
{
    m_worker->setPicture(picture, title);
}

void Engine::showFrame(const QImage& frame, const QString& title, const LiveState& state)
{
    m_worker->showFrame({frame, title, state});
}

void Engine::setKeptMemory(std::optional<quint64> bytes)
{
    m_worker->setKeptMemory(bytes);
}

void Engine::setStage(const StageRequest& stage)
{
    m_worker->setStage(stage);
}

void Engine::setStyle(const FeatureMapStyle& style)
{
    m_worker->setStyle(style);
}

void Engine::setAuxiliary(bool on)
{
    m_worker->setAuxiliary(on);
}

void Engine::requestChannel(NodeId node, quint32 channel)
{
    m_worker->requestChannel(node, channel);
}

void Engine::setLabels(const QString& path)
{
    m_worker->setLabels(path);
}

void Engine::rerun()
{
    m_worker->rerun();
}

void Engine::measurePeaks()
{
    m_worker->measurePeaks();
}

void Engine::cancel()
{
    m_worker->cancel();
}

void Engine::compare(ComparisonRequest request)
{
    m_worker->compare(std::move(request));
}

void Engine::cancelComparison()
{
    m_worker->cancelStudy(StudyKind::Comparison);
}

void Engine::measurePair(ModulePairRequest request)
{
    m_worker->measurePair(std::move(request));
}

void Engine::cancelPair()
{
    m_worker->cancelStudy(StudyKind::Pair);
}

void Engine::study(StudyKind kind, quint64 number, StudyJob job)
{
    m_worker->study(kind, number, std::move(job));
}

void Engine::cancelStudy(StudyKind kind)
{
    m_worker->cancelStudy(kind);
}

void Engine::studyFrames(std::shared_ptr<FrameStudy> study)
{
    m_worker->studyFrames(std::move(study));
}

} // namespace inceptoscope
