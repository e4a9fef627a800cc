#pragma once

#include "live_source/frame_picture.h"
#include "live_source/frame_source.h"

#include <memory>

class QVideoFrame;
class QVideoSink;

namespace inceptoscope {

/// What camera and video file share: the newest video frame becomes a picture when one is wanted.
class VideoSource : public FrameSource
{
    Q_OBJECT

public:
    VideoSource();
    ~VideoSource() override;

protected:
    void wanted() override;
    [[nodiscard]] QVideoSink* sink() { return m_sink.get(); }
    /// A frame has come since the start.
    [[nodiscard]] bool hasFrames() const { return m_frames > 0; }
    void setPixelHints(const PixelHints& hints) { m_hints = hints; }

private:
    void take(const QVideoFrame& frame);

    std::unique_ptr<QVideoSink> m_sink;
    std::unique_ptr<QVideoFrame> m_newest; ///< null once it was handed out
    quint64 m_frames = 0;
    PixelHints m_hints;
};

/// Must come before the first use of Qt Multimedia: its FFmpeg backend needs no further packages,
/// unlike the other one. What a person has set in the environment stays.
void chooseMediaBackend();

} // namespace inceptoscope
