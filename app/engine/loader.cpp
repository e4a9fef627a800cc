#include "engine/loader.h"

#include "engine/labels.h"
#include "engine/open_network.h"
#include "error.h"
#include "file_name.h"
#include "weights/open_weights.h"

#include <algorithm>
#include <filesystem>

namespace inceptoscope {

namespace {

/// Changes when a file is written anew; empty for what isn't one.
std::string versionOf(const std::string& spec)
{
    std::error_code error;
    const std::string path = splitWeights(spec).file;
    const auto size = isSynthetic(spec) ? 0 : std::filesystem::file_size(path, error);
    const auto written = std::filesystem::last_write_time(path, error);
    if (isSynthetic(spec) || error)
        return {};
    return std::to_string(size) + "," + std::to_string(written.time_since_epoch().count());
}

} // namespace

Faults::Faults()
    : m_fault(qgetenv("INCEPTOSCOPE_FAULT").toStdString())
{
}

void Faults::atDevice() const
{
    if (m_fault == "no_device")
        throw Error(ErrorKind::NoDevice, "no Vulkan device (INCEPTOSCOPE_FAULT)");
}

DeviceLimits Faults::deviceLimits() const
{
    if (m_fault == "small_device")
        return {.memoryBytes = 16U << 20U, .fp16 = false};
    return {};
}

void Faults::atSession()
{
    if (m_fault != "out_of_memory")
        return;
    m_fault.clear();
    throw Error(ErrorKind::OutOfMemory, "out of device memory (INCEPTOSCOPE_FAULT)");
}

void Faults::atRun()
{
    if (m_fault != "device_lost")
        return;
    m_fault.clear();
    throw Error(ErrorKind::DeviceLost, "the device was lost (INCEPTOSCOPE_FAULT)");
}

void Loader::ensureDevice()
{
    m_faults.atDevice();
    if (m_device)
        return;
    if (!m_instance)
        m_instance.emplace();
    m_device.emplace(*m_instance, m_deviceSpec, m_faults.deviceLimits());
    m_deviceName = describeDevice(m_device->info());
    constexpr uint64_t most = uint64_t(1) << 30;
    m_usualKeptMemory = std::min(most, m_device->availableBytes() / 4);
}

void Loader::open(const std::string& id, const std::string& weights, const Progress& progress)
{
    ensureDevice();
    Loaded next;
    next.id = id;
    next.spec = weights;
    next.version = versionOf(weights);
    if (auto kept = takeKept(next)) {
        keep();
        m_loaded = std::move(*kept);
        keepWithinBudget();
        return;
    }
    if (!progress(QStringLiteral("Reading the weights"), -1))
        throw Error(ErrorKind::Cancelled, "loading was cancelled");
    OpenedNetwork opened = openNetwork({.network = id, .weights = weights});
    next.network = std::make_shared<const Network>(std::move(opened.network));
    next.ownLabels = std::move(opened.labels);
    next.labels = next.ownLabels;
    next.state = weightsState(weights);
    if (!opened.notes.empty())
        next.state.note = QString::fromStdString(opened.notes.front());
    next.hasAuxiliary = opened.hasAuxiliary;
    next.state.auxiliary = opened.hasAuxiliary;
    makeSession(next, *opened.weights, progress);
    keep();
    m_loaded = std::move(next);
    keepWithinBudget();
}

void Loader::ensureSession(const Progress& progress)
{
    ensureDevice();
    const bool auxiliary = m_auxiliary && m_loaded.hasAuxiliary;
    if (!m_loaded || (m_loaded.session && m_loaded.auxiliary == auxiliary))
        return;
    m_loaded.live.reset();
    m_loaded.session.reset();
    m_loaded.times.clear();
    makeSession(m_loaded, *openWeights(m_loaded.spec, m_loaded.network->graph), progress);
}

std::optional<Loaded> Loader::takeKept(const Loaded& wanted)
{
    const auto it = std::find_if(m_kept.begin(), m_kept.end(), [&](const Loaded& kept) {
        return kept.id == wanted.id && kept.spec == wanted.spec && kept.version == wanted.version &&
               kept.auxiliary == (m_auxiliary && kept.hasAuxiliary);
    });
    if (it == m_kept.end())
        return std::nullopt;
    Loaded taken = std::move(*it);
    m_kept.erase(it);
    return taken;
}

void Loader::keep()
{
    m_loaded.live.reset(); // its pictures are quickly made anew
    if (!m_loaded.session)
        return;
    m_loaded.labels = m_loaded.ownLabels;
    m_kept.remove_if(
        [&](const Loaded& kept) { return kept.id == m_loaded.id && kept.spec == m_loaded.spec; });
    m_kept.push_front(std::move(m_loaded));
    m_loaded = {};
}

void Loader::keepWithinBudget()
{
    while (!m_kept.empty() && keptBytes() > m_keptMemory.value_or(m_usualKeptMemory))
        m_kept.pop_back();
}

uint64_t Loader::keptBytes() const
{
    uint64_t bytes = 0;
    for (const Loaded& kept : m_kept)
        bytes += kept.session->deviceBytes();
    return bytes;
}

void Loader::setKeptMemory(std::optional<uint64_t> bytes)
{
    m_keptMemory = bytes;
    keepWithinBudget();
}

MemoryState Loader::memory() const
{
    MemoryState state;
    state.keptNetworks = int(m_kept.size());
    state.kept = keptBytes();
    state.budget = m_keptMemory.value_or(m_usualKeptMemory);
    if (!m_loaded.session)
        return state;
    const Session& session = *m_loaded.session;
    const uint64_t live = m_loaded.live ? m_loaded.live->deviceBytes() : 0;
    state.weights = session.weightBytes();
    state.activations = session.activationBytes();
    state.other = session.deviceBytes() + live - state.weights - state.activations;
    return state;
}

void Loader::setAuxiliary(bool on)
{
    if (on && m_loaded && !m_loaded.hasAuxiliary)
        throw Error(
            ErrorKind::BadInput, "weights: " + m_loaded.state.title.toStdString() +
                                     " has no tensors for the auxiliary heads");
    m_auxiliary = on;
}

void Loader::setLabels(const QString& path)
{
    const std::string where = labelsAt(path);
    if (!m_loaded)
        throw Error(ErrorKind::BadInput, where + " names classes, but no weights are in use yet");
    const Graph& graph = m_loaded.network->graph;
    if (!graph.logits())
        throw Error(
            ErrorKind::BadInput,
            where + " names classes, but " + m_loaded.network->title + " has none");
    std::shared_ptr<const ClassLabels> labels = readLabels(path);
    requireAsMany(*labels, graph[*graph.logits()].shape.c, where);
    m_loaded.labels = std::move(labels);
    m_loaded.live.reset(); // it has the old ones
}

void Loader::makeSession(Loaded& into, const TensorSource& weights, const Progress& progress)
{
    for (;;) {
        try {
            return tryMakeSession(into, weights, progress);
        } catch (const Error& error) {
            const bool room = !m_kept.empty() || (&into != &m_loaded && m_loaded.session);
            if (error.kind() != ErrorKind::OutOfMemory || !room)
                throw;
        }
        // All don't fit: what was used longest ago makes room first, the loaded one at last, which
        // comes back when it is next needed.
        if (!m_kept.empty()) {
            m_kept.pop_back();
        } else {
            m_loaded.live.reset();
            m_loaded.session.reset();
        }
    }
}

void Loader::tryMakeSession(Loaded& into, const TensorSource& weights, const Progress& progress)
{
    m_faults.atSession();
    const QString what = QStringLiteral("Loading ") + QString::fromStdString(into.network->title);
    into.auxiliary = m_auxiliary && into.hasAuxiliary;
    // Seconds where the driver has none in its cache, else too short to be read.
    if (!progress(QStringLiteral("Compiling shaders, once for this device"), -1))
        throw Error(ErrorKind::Cancelled, "loading was cancelled");
    into.session = std::make_unique<Session>(
        *m_device, into.network->graph, weights,
        SessionOptions{.auxiliary = into.auxiliary, .network = into.network->title},
        [&](double fraction) { return progress(what, fraction); });
}

Pipelines& Loader::studyPipelines()
{
    // The whole family has about half as many; each takes some hundred kilobytes.
    constexpr size_t most = 400;
    if (!m_studyPipelines || m_studyPipelines->count() > most)
        m_studyPipelines.emplace(*m_device);
    return *m_studyPipelines;
}

void Loader::dropDevice()
{
    m_kept.clear();
    m_loaded.live.reset();
    m_loaded.session.reset();
    m_loaded.times.clear();
    m_studyPipelines.reset();
    m_device.reset();
    m_instance.reset();
}

QString describeDevice(const DeviceInfo& info)
{
    return QStringLiteral("%1, Vulkan %2, %3")
        .arg(
            QString::fromStdString(info.name), QString::fromStdString(info.apiVersion),
            QString::fromStdString(info.type));
}

WeightsState weightsState(const std::string& spec)
{
    const QString text = fileText(spec);
    if (isSynthetic(spec))
        return {text, QStringLiteral("random weights"), false};
    return {text, shownFileName(text), true};
}

} // namespace inceptoscope
