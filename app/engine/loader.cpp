#include "engine/loader.h"

#include "engine/open_network.h"
#include "error.h"
#include "weights/open_weights.h"

#include <QFileInfo>

namespace inceptoscope {

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
}

void Loader::open(const std::string& id, const std::string& weights, const Progress& progress)
{
    ensureDevice();
    if (!progress(QStringLiteral("Reading the weights"), -1))
        throw Error(ErrorKind::Cancelled, "loading was cancelled");
    OpenedNetwork opened = openNetwork({.network = id, .weights = weights});
    Loaded next;
    next.network = std::make_shared<const Network>(std::move(opened.network));
    next.weights = std::move(opened.weights);
    next.labels = std::move(opened.labels);
    next.state = weightsState(weights);
    if (!opened.notes.empty())
        next.state.note = QString::fromStdString(opened.notes.front());
    next.hasAuxiliary = opened.hasAuxiliary;
    try {
        makeSession(next, progress);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::OutOfMemory || !m_loaded.session)
            throw;
        // Both don't fit: the old session makes room, and comes back when it is next needed.
        m_loaded.session.reset();
        makeSession(next, progress);
    }
    m_loaded.session.reset(); // before the graph it refers to
    m_loaded = std::move(next);
}

void Loader::ensureSession(const Progress& progress)
{
    ensureDevice();
    const bool auxiliary = m_auxiliary && m_loaded.hasAuxiliary;
    if (!m_loaded || (m_loaded.session && m_loaded.auxiliary == auxiliary))
        return;
    m_loaded.session.reset();
    makeSession(m_loaded, progress);
}

void Loader::setAuxiliary(bool on)
{
    if (on && m_loaded && !m_loaded.hasAuxiliary)
        throw Error(
            ErrorKind::BadInput,
            "weights: " + m_loaded.weights->describe() + " has no tensors for the auxiliary heads");
    m_auxiliary = on;
}

void Loader::makeSession(Loaded& into, const Progress& progress)
{
    m_faults.atSession();
    const QString what = QStringLiteral("Loading ") + QString::fromStdString(into.network->title);
    into.auxiliary = m_auxiliary && into.hasAuxiliary;
    into.session = std::make_unique<Session>(
        *m_device, into.network->graph, *into.weights,
        SessionOptions{.auxiliary = into.auxiliary, .network = into.network->title},
        [&](double fraction) { return progress(what, fraction); });
}

void Loader::dropDevice()
{
    m_loaded.session.reset();
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
    const QString text = QString::fromStdString(spec);
    if (isSynthetic(spec))
        return {text, QStringLiteral("random weights"), false};
    return {text, QFileInfo(text).fileName(), true};
}

} // namespace inceptoscope
