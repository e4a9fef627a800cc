#pragma once

#include <QImage>
#include <QObject>
#include <QString>

#include <array>

namespace inceptoscope {

/// What every live picture is brought to.
inline constexpr QSize liveFrameSize{640, 480};

/// Moving pictures. A frame is made only when one is wanted, and then the newest there is: never a
/// queue of them.
class FrameSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What the window calls it: a camera's or file's name.
    [[nodiscard]] virtual QString title() const = 0;
    virtual void start() = 0;
    virtual void setPaused(bool paused) = 0;
    /// Asks for the next frame; frame() comes once for it, at once or later.
    void want();

Q_SIGNALS:
    /// Of liveFrameSize, in Format_RGBX8888.
    void frame(const QImage& frame);
    /// It can't go on: one sentence.
    void failed(const QString& sentence);

protected:
    /// A frame was asked for: make it if there is a new one.
    virtual void wanted() = 0;
    [[nodiscard]] bool isWanted() const { return m_wanted; }
    /// Makes a frame with `paint` in memory that nobody reads any more, and hands it out.
    template <class Paint> void deliver(const Paint& paint)
    {
        QImage& image = unusedImage();
        paint(image);
        m_wanted = false;
        Q_EMIT frame(image);
    }

private:
    [[nodiscard]] QImage& unusedImage();

    bool m_wanted = false;
    std::array<QImage, 4> m_images; ///< in use here and there: those on the way, and what is shown
};

/// Fits `picture` into a frame, its middle where the proportions differ.
void paintFrame(const QImage& picture, QImage& frame);

} // namespace inceptoscope
