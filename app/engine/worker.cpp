#include "engine/worker.h"

#include "error.h"

namespace inceptoscope {

Engine::Worker::Worker(Engine& engine, const QString& device)
    : m_engine(engine)
    , m_loader(device.toStdString())
    , m_runner(
          [this](std::shared_ptr<const RunSnapshot> snapshot) {
              emitLater([&engine = m_engine, snapshot = std::move(snapshot)] {
                  Q_EMIT engine.snapshotReady(snapshot);
              });
          },
          [this](std::shared_ptr<const ChannelData> channel) {
              emitLater([&engine = m_engine, channel = std::move(channel)] {
                  Q_EMIT engine.channelReady(channel);
              });
          })
    , m_studies(studyResults())
    , m_thread([this] { loop(); })
{
}

Engine::Worker::~Worker()
{
    m_queue.stop();
    m_thread.join();
}

void Engine::Worker::open(const std::string& network, const std::string& weights)
{
    m_queue.post(JobTag::Open, [=, this] { load(network, weights); });
}

void Engine::Worker::setPicture(const QImage& picture, const QString& title)
{
    m_queue.post(JobTag::Picture, [=, this] {
        m_runner.setPicture(picture, title);
        m_live.reset();
        useFrameStudy(nullptr);
        m_runWanted = true;
    });
    m_queue.remove(JobTag::Frame);
}

void Engine::Worker::showFrame(const LivePicture& picture)
{
    m_queue.post(JobTag::Frame, [=, this] {
        m_live = picture;
        m_runWanted = true;
    });
}

void Engine::Worker::setKeptMemory(std::optional<uint64_t> bytes)
{
    m_queue.post(JobTag::KeptMemory, [=, this] {
        m_loader.setKeptMemory(bytes);
        reportMemory();
    });
}

void Engine::Worker::setStage(const StageRequest& stage)
{
    m_queue.post(JobTag::Stage, [=, this] { m_runner.setStage(stage); });
}

void Engine::Worker::setStyle(const FeatureMapStyle& style)
{
    m_queue.post(JobTag::Style, [=, this] { m_runner.setStyle(style); });
}

void Engine::Worker::setAuxiliary(bool on)
{
    m_queue.post(JobTag::Auxiliary, [=, this] {
        m_loader.setAuxiliary(on);
        m_runWanted = true;
    });
}

void Engine::Worker::requestChannel(NodeId node, uint32_t channel)
{
    m_queue.post(JobTag::Channel, [=, this] { m_runner.requestChannel(node, channel); });
}

void Engine::Worker::setLabels(const QString& path)
{
    m_queue.post(JobTag::Labels, [=, this] {
        // Caught here: a run under way, in which this may be done, goes on.
        try {
            m_loader.setLabels(path);
        } catch (const Error& error) {
            emitLater([&engine = m_engine, sentence = QString::fromUtf8(error.what())] {
                Q_EMIT engine.failed(sentence);
            });
            return;
        }
        m_runner.nameClasses(m_loader.loaded());
        emitLater([&engine = m_engine, path] { Q_EMIT engine.labelsLoaded(path); });
    });
}

void Engine::Worker::rerun()
{
    m_queue.post(JobTag::Rerun, [this] {
        m_loader.loaded().times.clear();
        m_runWanted = true;
    });
}

void Engine::Worker::measurePeaks()
{
    m_queue.post(JobTag::Peaks, [this] {
        openDevice();
        setWork(DeviceWork::Peaks);
        m_peaks = best(m_peaks, inceptoscope::measurePeaks(m_loader.device()));
        emitLater([&engine = m_engine, peaks = devicePeaks(m_peaks)] {
            Q_EMIT engine.peaksReady(peaks);
        });
    });
}

void Engine::Worker::cancel()
{
    m_queue.remove(JobTag::Open);
    m_queue.post(JobTag::Cancel, [this] { m_runWanted = false; });
}

void Engine::Worker::loop()
{
    step([this] { openDevice(); });
    while (!m_queue.stopped()) {
        // Runs wait until all requests are in: forty pictures in a row are one run.
        if (const auto job = nextJob())
            step(*job);
        else if (m_runWanted)
            step([this] { run(); });
        else if (m_studies.pending() && untilStudies().count() <= 0)
            step([this] { stepStudies(); });
        if (!m_runWanted)
            step([this] { m_runner.refresh(m_loader.loaded()); });
        if (!m_studies.pending())
            setWork(DeviceWork::Nothing);
    }
    useFrameStudy(nullptr);
    m_loader.dropDevice();
}

void Engine::Worker::step(const Step& job)
{
    QString sentence;
    m_inFrame = false;
    try {
        job();
        return;
    } catch (const Error& error) {
        sentence = QString::fromUtf8(error.what());
        if (error.kind() == ErrorKind::Cancelled)
            return clearProgress();
        if (error.kind() == ErrorKind::DeviceLost) {
            m_runner.forget();
            useFrameStudy(nullptr);
            m_loader.dropDevice();
            sentence += QStringLiteral("; the next run opens it again");
        }
    } catch (const std::bad_alloc&) {
        sentence = QStringLiteral("out of memory: the computer has too little for this");
    } catch (const std::exception& error) {
        sentence = QString::fromUtf8(error.what());
    }
    m_runWanted = false;
    clearProgress();
    const bool live = m_inFrame;
    if (live)
        m_live.reset();
    emitLater([&engine = m_engine, sentence, live] {
        live ? Q_EMIT engine.frameFailed(sentence) : Q_EMIT engine.failed(sentence);
    });
}

void Engine::Worker::openDevice()
{
    try {
        m_loader.ensureDevice();
    } catch (const Error& error) {
        m_runWanted = false;
        emitLater([&engine = m_engine, sentence = QString::fromUtf8(error.what())] {
            Q_EMIT engine.deviceFailed(sentence);
        });
        throw Error(ErrorKind::Cancelled, error.what());
    }
    if (!m_announced)
        emitLater([&engine = m_engine, device = m_loader.deviceName(),
                   driver = QString::fromStdString(m_loader.device().info().driver)] {
            Q_EMIT engine.deviceReady(device, driver);
        });
    m_announced = true;
}

void Engine::Worker::load(const std::string& network, const std::string& weights)
{
    openDevice();
    setWork(DeviceWork::Loading);
    // A run that this request cut short goes on with the old network if loading fails.
    const bool runAfterwards = m_runWanted;
    useFrameStudy(nullptr); // its memory may be needed
    try {
        m_loader.open(network, weights, [this](const QString& what, double fraction) {
            return reportProgress(what, fraction);
        });
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::DeviceLost)
            throw;
        clearProgress();
        if (error.kind() != ErrorKind::Cancelled)
            emitLater([&engine = m_engine, sentence = QString::fromUtf8(error.what())] {
                Q_EMIT engine.failed(sentence);
            });
        // Where the old session made room in vain, a run brings it back.
        m_runWanted = runAfterwards || (m_loader.loaded() && !m_loader.loaded().session);
        return;
    }
    m_runner.forget();
    m_runWanted = true;
    clearProgress();
    emitLater([&engine = m_engine, state = m_loader.loaded().state] {
        Q_EMIT engine.weightsLoaded(state);
    });
}

void Engine::Worker::run()
{
    if (!m_loader.loaded() || !(m_live || m_runner.hasPicture())) {
        m_runWanted = false;
        return;
    }
    m_inFrame = m_live.has_value();
    setWork(m_live ? DeviceWork::Live : DeviceWork::Run);
    openDevice();
    m_loader.ensureSession(
        [this](const QString& what, double fraction) { return reportProgress(what, fraction); });
    clearProgress();
    m_loader.faults().atRun();
    if (m_live) {
        m_runWanted = false;
        m_runner.runFrame(
            m_loader.loaded(), m_loader.deviceName(), *m_live,
            [this](const QImage& frame) { return askOfFrame(frame); });
        m_lastFrame = std::chrono::steady_clock::now();
    } else if (m_runner.run(
                   m_loader.loaded(), m_loader.deviceName(), [this] { return between(); })) {
        m_runWanted = false;
    }
    reportMemory();
}

void Engine::Worker::reportMemory()
{
    const MemoryState memory = m_loader.memory();
    if (memory == m_memory)
        return;
    m_memory = memory;
    emitLater([&engine = m_engine, memory] { Q_EMIT engine.memoryChanged(memory); });
}

bool Engine::Worker::between()
{
    if (m_queue.interruptsRun())
        return false;
    while (const auto job = m_queue.takeLight())
        (*job)();
    return true;
}

bool Engine::Worker::reportProgress(const QString& what, double fraction)
{
    const int percent = fraction < 0 ? -1 : int(fraction * 100);
    if (what != m_progressWhat || percent != m_progressPercent)
        emitLater([&engine = m_engine, what, fraction] { Q_EMIT engine.progress(what, fraction); });
    m_progressWhat = what;
    m_progressPercent = percent;
    return !m_queue.interruptsLoading();
}

void Engine::Worker::clearProgress()
{
    if (m_progressWhat.isEmpty())
        return;
    m_progressWhat.clear();
    emitLater([&engine = m_engine] { Q_EMIT engine.progress(QString(), 0); });
}

void Engine::Worker::emitLater(Step signal) const
{
    QMetaObject::invokeMethod(&m_engine, std::move(signal), Qt::QueuedConnection);
}

} // namespace inceptoscope
