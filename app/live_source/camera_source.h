#pragma once

#include "live_source/video_source.h"

#include <QStringList>

#include <memory>

class QCamera;
class QMediaCaptureSession;

namespace inceptoscope {

/// A camera of this computer.
class CameraSource : public VideoSource
{
    Q_OBJECT

public:
    /// Names of the cameras, the system's default one first. Takes a moment the first time.
    [[nodiscard]] static QStringList cameras();

    /// By its name; where it isn't there any more, start() fails.
    explicit CameraSource(const QString& name);
    ~CameraSource() override;

    [[nodiscard]] QString title() const override { return m_name; }
    void start() override;
    void setPaused(bool paused) override;

private:
    QString m_name;
    std::unique_ptr<QCamera> m_camera;
    std::unique_ptr<QMediaCaptureSession> m_session;
};

} // namespace inceptoscope
