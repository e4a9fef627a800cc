#include "engine/worker.h"

#include "engine/measuring_site.h"
#include "error.h"

namespace inceptoscope {

namespace {

/// Live pictures have stopped, or are paused, when no frame has come for so long.
constexpr std::chrono::milliseconds liveIsOver(1000);

JobTag tagOf(StudyKind kind)
{
    switch (kind) {
    case StudyKind::Evidence:
        return JobTag::Evidence;
    case StudyKind::Pair:
        return JobTag::Pair;
    case StudyKind::Experiment:
        return JobTag::Experiment;
    case StudyKind::Comparison:
        break;
    }
    return JobTag::Comparison;
}

} // namespace

void Engine::Worker::compare(ComparisonRequest request)
{
    m_queue.post(JobTag::Comparison, [this, request = std::move(request)] {
        m_studies.compare(request);
        reportMeasuring();
    });
}

void Engine::Worker::measurePair(ModulePairRequest request)
{
    m_queue.post(JobTag::Pair, [this, request = std::move(request)] {
        m_studies.pair(request);
        reportMeasuring();
    });
}

void Engine::Worker::study(StudyKind kind, quint64 number, StudyJob job)
{
    m_queue.post(tagOf(kind), [this, kind, number, job = std::move(job)] {
        m_studies.study(kind, number, job);
        reportMeasuring();
    });
}

void Engine::Worker::cancelStudy(StudyKind kind)
{
    m_queue.post(tagOf(kind), [this, kind] {
        m_studies.cancel(kind);
        reportMeasuring();
    });
}

/// How long studies wait for the next live frame: one after the other they would begin in vain.
std::chrono::milliseconds Engine::Worker::untilStudies() const
{
    using std::chrono::milliseconds;
    const auto since = std::chrono::steady_clock::now() - m_lastFrame;
    return m_live ? liveIsOver - std::chrono::duration_cast<milliseconds>(since) : milliseconds(0);
}

std::optional<JobQueue::Job> Engine::Worker::nextJob()
{
    if (!m_runWanted && m_studies.pending() && untilStudies().count() > 0) {
        setWork(DeviceWork::Live);
        return m_queue.takeWithin(untilStudies());
    }
    return m_queue.take(!m_runWanted && !m_studies.pending());
}

void Engine::Worker::setWork(DeviceWork work)
{
    m_work = work;
    reportMeasuring();
}

void Engine::Worker::reportMeasuring()
{
    MeasuringState state{.work = m_work, .measured = {}, .waiting = m_studies.waiting()};
    if (const auto next = m_studies.next()) {
        if (m_work == DeviceWork::Study)
            state.measured = next;
        else
            state.waiting.insert(state.waiting.begin(), *next);
    }
    if (!state.measured && state.waiting.empty())
        state = {};
    if (state == m_measuring)
        return;
    m_measuring = state;
    emitLater([&engine = m_engine, state] { Q_EMIT engine.measuringChanged(state); });
}

void Engine::Worker::studyFrames(std::shared_ptr<FrameStudy> study)
{
    m_queue.post(JobTag::FrameStudy, [this, study = std::move(study)] { useFrameStudy(study); });
}

void Engine::Worker::useFrameStudy(std::shared_ptr<FrameStudy> study)
{
    if (m_frameStudy && m_frameStudy != study)
        m_frameStudy->release();
    m_frameStudy = std::move(study);
}

/// A frame that comes meanwhile waits: else none would ever be answered.
FrameResult Engine::Worker::askOfFrame(const QImage& frame)
{
    if (!m_frameStudy)
        return {};
    const MeasuringSite site{
        .device = m_loader.device(),
        .goOn = [this](double) { return !m_queue.interruptsFrame(); },
        .makeRoom = [this] { m_loader.dropKept(); }};
    FrameResult result;
    try {
        result.study = m_frameStudy->study(site, frame);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Cancelled)
            return {};
        if (error.kind() == ErrorKind::DeviceLost)
            throw;
        result.problem = QString::fromUtf8(error.what());
        useFrameStudy(nullptr);
    }
    return result;
}

Studies::Publish Engine::Worker::studyResults()
{
    return {
        .row =
            [this](std::shared_ptr<const ComparisonResult> row) {
                emitLater([&engine = m_engine, row = std::move(row)] {
                    Q_EMIT engine.comparisonRow(row);
                });
            },
        .progress =
            [this, last = QString(), percent = -1](const QString& what, double fraction) mutable {
                if (what == last && int(fraction * 200) == percent)
                    return;
                last = what;
                percent = int(fraction * 200);
                emitLater([&engine = m_engine, what, fraction] {
                    Q_EMIT engine.comparisonProgress(what, fraction);
                });
            },
        .finished =
            [this](quint64 number, bool complete) {
                emitLater([&engine = m_engine, number, complete] {
                    Q_EMIT engine.comparisonFinished(number, complete);
                });
            },
        .pair =
            [this](std::shared_ptr<const ModulePairResult> pair) {
                emitLater([&engine = m_engine, pair = std::move(pair)] {
                    Q_EMIT engine.pairReady(pair);
                });
            },
        .study =
            [this](quint64 number, StudyResult result, const std::string& problem) {
                emitLater([&engine = m_engine, number, result = std::move(result),
                           problem = QString::fromStdString(problem)] {
                    Q_EMIT engine.studyDone(number, result, problem);
                });
            },
        .studyPart =
            [this](quint64 number, StudyResult part) {
                emitLater([&engine = m_engine, number, part = std::move(part)] {
                    Q_EMIT engine.studyPart(number, part);
                });
            },
        .studyProgress =
            [this, last = StudyKind::Evidence,
             percent = -1](StudyKind kind, double fraction) mutable {
                if (kind == last && int(fraction * 200) == percent)
                    return;
                last = kind;
                percent = int(fraction * 200);
                emitLater([&engine = m_engine, kind, fraction] {
                    Q_EMIT engine.studyProgress(kind, fraction);
                });
            }};
}

/// One step of what is measured beside the network on show. Requests go before it.
void Engine::Worker::stepStudies()
{
    try {
        openDevice();
    } catch (const Error&) {
        m_studies.giveUp();
        throw;
    }
    setWork(DeviceWork::Study);
    m_studies.step(
        m_loader.device(), m_loader.studyPipelines(),
        [this] {
            const bool goOn = between();
            if (goOn) // the network on show stays on show: another module, another channel
                m_runner.refresh(m_loader.loaded());
            return goOn;
        },
        [this] {
            m_madeRoom = m_madeRoom || m_loader.loaded().session != nullptr;
            m_loader.dropSession();
            m_runner.forget();
        });
    if (m_studies.pending() || !m_madeRoom)
        return;
    m_madeRoom = false;
    m_runWanted = true; // brings the network on show back
}

} // namespace inceptoscope
