#include "live_source/video_source.h"

#include <QVideoFrame>
#include <QVideoSink>

namespace inceptoscope {

VideoSource::VideoSource()
{
    chooseMediaBackend();
    m_sink = std::make_unique<QVideoSink>();
    connect(m_sink.get(), &QVideoSink::videoFrameChanged, this, &VideoSource::take);
}

VideoSource::~VideoSource() = default;

void VideoSource::take(const QVideoFrame& frame)
{
    if (!frame.isValid())
        return;
    ++m_frames;
    m_newest = std::make_unique<QVideoFrame>(frame);
    if (isWanted())
        wanted();
}

void VideoSource::wanted()
{
    if (!m_newest)
        return;
    const QImage picture = pictureOf(*m_newest, m_hints);
    m_newest.reset();
    if (picture.isNull())
        Q_EMIT failed(tr("%1 has pixels of a kind that can't be shown. Convert it to H.264 with "
                         "4:2:0 colour.")
                          .arg(title()));
    else
        deliver([&](QImage& image) { paintFrame(picture, image); });
}

void chooseMediaBackend()
{
    if (!qEnvironmentVariableIsSet("QT_MEDIA_BACKEND"))
        qputenv("QT_MEDIA_BACKEND", "ffmpeg");
}

} // namespace inceptoscope
