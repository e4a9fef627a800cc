#include "live_source/camera_source.h"

#include <QCamera>
#include <QCameraDevice>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QTimer>

#include <algorithm>
#include <cstdlib>

namespace inceptoscope {

namespace {

/// A camera that is on and delivers nothing is taken for a broken one.
constexpr int patienceMilliseconds = 8000;

/// The smallest format that fills a frame, at a speed that looks live.
QCameraFormat bestFormat(const QCameraDevice& device)
{
    QCameraFormat best;
    const auto cost = [](const QCameraFormat& format) {
        const QSize size = format.resolution();
        const bool fills =
            size.width() >= liveFrameSize.width() && size.height() >= liveFrameSize.height();
        const int difference =
            std::abs(size.width() * size.height() - liveFrameSize.width() * liveFrameSize.height());
        return difference + (fills ? 0 : 100'000'000) +
               (format.maxFrameRate() < 15 ? 10'000'000 : 0);
    };
    for (const QCameraFormat& format : device.videoFormats())
        if (best.isNull() || cost(format) < cost(best))
            best = format;
    return best;
}

} // namespace

QStringList CameraSource::cameras()
{
    chooseMediaBackend();
    QStringList names;
    const QCameraDevice usual = QMediaDevices::defaultVideoInput();
    if (!usual.isNull())
        names << usual.description();
    for (const QCameraDevice& device : QMediaDevices::videoInputs())
        if (!names.contains(device.description()))
            names << device.description();
    return names;
}

CameraSource::CameraSource(const QString& name)
    : m_name(name)
{
}

CameraSource::~CameraSource() = default;

void CameraSource::start()
{
    const QList<QCameraDevice> devices = QMediaDevices::videoInputs();
    const auto it = std::find_if(devices.begin(), devices.end(), [&](const QCameraDevice& device) {
        return device.description() == m_name;
    });
    if (it == devices.end()) {
        Q_EMIT failed(
            tr("The camera %1 isn't there. Connect it, and choose it again.").arg(m_name));
        return;
    }
    m_camera = std::make_unique<QCamera>(*it);
    const QCameraFormat format = bestFormat(*it);
    if (!format.isNull())
        m_camera->setCameraFormat(format);
    connect(
        m_camera.get(), &QCamera::errorOccurred, this, [this](QCamera::Error, const QString& why) {
            Q_EMIT failed(
                tr("The camera %1 can't be used (%2). Close other programs that use it, and "
                   "check that you may read it (group \"video\").")
                    .arg(m_name, why.isEmpty() ? tr("no reason given") : why));
        });
    m_session = std::make_unique<QMediaCaptureSession>();
    m_session->setCamera(m_camera.get());
    m_session->setVideoSink(sink());
    m_camera->start();
    QTimer::singleShot(patienceMilliseconds, this, [this] {
        if (!hasFrames())
            Q_EMIT failed(tr("The camera %1 delivers no pictures. Close other programs that use "
                             "it, or choose another one.")
                              .arg(m_name));
    });
}

void CameraSource::setPaused(bool paused)
{
    if (m_camera)
        m_camera->setActive(!paused);
}

} // namespace inceptoscope
