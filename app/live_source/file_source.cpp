#include "live_source/file_source.h"

#include "file_name.h"

#include <QFile>
#include <QFileInfo>
#include <QMediaFormat>
#include <QMediaMetaData>
#include <QMediaPlayer>
#include <QUrl>
#include <QVideoSink>

#include <algorithm>
#include <fcntl.h>
#include <filesystem>

namespace inceptoscope {

namespace {

/// A container of the usual kinds. Bare streams (of JPEGs, say) tell no frame rate, and Qt 6.4's
/// player divides by it: it would end the program.
bool isContainer(QFile& file)
{
    const QByteArray head = file.peek(189);
    const QByteArray box = head.mid(4, 4); // MP4, QuickTime
    static const QList<QByteArray> boxes{"ftyp", "moov", "mdat", "free", "skip", "wide"};
    static const QList<QByteArray> starts{
        QByteArray("\x1A\x45\xDF\xA3"),     // Matroska, WebM
        QByteArray("OggS"),                 //
        QByteArray("\x30\x26\xB2\x75"),     // ASF: WMV
        QByteArray("\x00\x00\x01\xBA", 4)}; // MPEG program stream
    const bool transport =
        head.size() == 189 && head.at(0) == '\x47' && head.at(188) == '\x47'; // MPEG-TS
    const bool avi = head.startsWith("RIFF") && head.mid(8, 4) == "AVI ";
    return avi || transport || boxes.contains(box) ||
           std::any_of(starts.begin(), starts.end(), [&](const QByteArray& start) {
               return head.startsWith(start);
           });
}

} // namespace

bool FileSource::looksLikeVideo(const QString& name)
{
    static const QStringList suffixes{"avi", "m4v", "mkv", "mov",  "mp4", "mpeg", "mpg",
                                      "mts", "ogv", "ts",  "webm", "wmv", "3gp"};
    return suffixes.contains(QFileInfo(name).suffix().toLower());
}

FileSource::FileSource(const QString& path)
    : m_path(path)
{
}

FileSource::~FileSource() = default;

QString FileSource::title() const
{
    return shownFileName(m_path);
}

void FileSource::start()
{
    const std::string path = fileBytes(m_path);
    std::error_code fault;
    const bool isFile = std::filesystem::is_regular_file(path, fault); // opening a pipe would wait
    const int descriptor = isFile ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : -1;
    m_file = std::make_unique<QFile>();
    if (descriptor < 0 || !m_file->open(descriptor, QIODevice::ReadOnly, QFile::AutoCloseHandle)) {
        Q_EMIT failed(
            std::filesystem::exists(path, fault)
                ? tr("%1 can't be read. Check its permissions.").arg(title())
                : tr("%1 was not found. Check its name and folder: %2")
                      .arg(title(), shownFolder(m_path)));
        return;
    }
    const auto unplayable = [this] {
        Q_EMIT failed(
            tr("%1 is not a video that can be played. Choose an MP4, WebM, MKV or AVI file.")
                .arg(title()));
    };
    if (!isContainer(*m_file)) {
        unplayable();
        return;
    }
    const std::optional<ChromaSampling> chroma = jpegSampling(*m_file);
    setPixelHints({.chroma = std::nullopt, .blueFirst = m_file->peek(4) == "RIFF"});
    m_player = std::make_unique<QMediaPlayer>();
    m_player->setVideoSink(sink());
    connect(m_player.get(), &QMediaPlayer::errorOccurred, this, unplayable);
    connect(m_player.get(), &QMediaPlayer::mediaStatusChanged, this, [=, this] {
        const auto status = m_player->mediaStatus();
        const bool loaded =
            status == QMediaPlayer::LoadedMedia || status == QMediaPlayer::BufferedMedia;
        if (loaded && !m_player->hasVideo()) // music, say
            unplayable();
        const auto codec = m_player->metaData().value(QMediaMetaData::VideoCodec);
        if (codec.value<QMediaFormat::VideoCodec>() == QMediaFormat::VideoCodec::MotionJPEG)
            setPixelHints({.chroma = chroma, .blueFirst = false});
        if (status == QMediaPlayer::EndOfMedia)
            m_player->play();
    });
    // Its name as it is: a URL would lose what is no UTF-8.
    m_player->setSource(QUrl::fromLocalFile(QStringLiteral("/proc/self/fd/%1").arg(descriptor)));
    m_player->play();
}

void FileSource::setPaused(bool paused)
{
    if (m_player)
        paused ? m_player->pause() : m_player->play();
}

} // namespace inceptoscope
