#pragma once

#include "live_source/video_source.h"

#include <memory>

class QFile;
class QMediaPlayer;

namespace inceptoscope {

/// A video file, without sound, over and over.
class FileSource : public VideoSource
{
    Q_OBJECT

public:
    /// File names that are taken for videos, by their suffix.
    [[nodiscard]] static bool looksLikeVideo(const QString& name);

    explicit FileSource(const QString& path);
    ~FileSource() override;

    [[nodiscard]] QString title() const override;
    void start() override;
    void setPaused(bool paused) override;

private:
    QString m_path;                ///< as fileText() has it
    std::unique_ptr<QFile> m_file; ///< open while it plays
    std::unique_ptr<QMediaPlayer> m_player;
};

} // namespace inceptoscope
