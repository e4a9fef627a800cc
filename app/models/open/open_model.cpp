#include "models/open/open_model.h"

#include "file_name.h"
#include "live_source/file_source.h"
#include "models/format.h"
#include "models/offered.h"
#include "models/picture/picture_loader.h"
#include "models/settings.h"
#include "weights_store/weights_names.h"

#include <QFutureWatcher>
#include <QImageReader>
#include <QLocale>
#include <QtConcurrentRun>

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace inceptoscope {

namespace {

constexpr int previewPixels = 512; ///< of the longer side

bool looksLikePicture(const QString& name)
{
    static const QList<QByteArray> suffixes = QImageReader::supportedImageFormats();
    return suffixes.contains(name.section(u'.', -1).toLower().toUtf8());
}

/// "2.1 MiB, 12 March 2026 14:03"; empty where nothing of it can be known.
QString sizeAndDate(const std::filesystem::path& path)
{
    std::error_code error;
    const uint64_t bytes = std::filesystem::file_size(path, error);
    if (error)
        return {};
    const auto changed = std::filesystem::last_write_time(path, error);
    if (error)
        return formatBytes(bytes);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::file_clock::to_sys(changed).time_since_epoch());
    const QDateTime when = QDateTime::fromSecsSinceEpoch(seconds.count());
    return QStringLiteral("%1, %2").arg(
        formatBytes(bytes), QLocale().toString(when, QStringLiteral("d MMMM yyyy HH:mm")));
}

struct Seen
{
    QImage preview;
    QString facts;
};

Seen lookAt(const QString& path, bool picture)
{
    Seen seen{{}, sizeAndDate(fileBytes(path))};
    if (!picture)
        return seen;
    const LoadedPicture loaded = loadPicture(path);
    if (loaded.image.isNull()) {
        seen.facts = loaded.error;
        return seen;
    }
    const QSize size = loaded.image.size();
    // A larger picture was made smaller while it was decoded.
    if (std::max(size.width(), size.height()) < largestPictureSide)
        seen.facts.prepend(OpenModel::tr("%1 × %2 pixels, ").arg(size.width()).arg(size.height()));
    seen.preview =
        std::max(size.width(), size.height()) <= previewPixels
            ? loaded.image
            : loaded.image.scaled(
                  previewPixels, previewPixels, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return seen;
}

} // namespace

OpenModel::OpenModel(Settings& settings, QObject* parent)
    : FolderModel(parent)
    , m_settings(settings)
{
}

QString OpenModel::title() const
{
    if (m_kind == QLatin1String("video"))
        return tr("Open a video");
    if (m_kind == QLatin1String("weights"))
        return tr("Open weights");
    return m_kind == QLatin1String("labels") ? tr("Open labels") : tr("Open a picture");
}

bool OpenModel::lists(const QString& name) const
{
    return m_allFiles || (m_kind == QLatin1String("video")     ? FileSource::looksLikeVideo(name)
                          : m_kind == QLatin1String("weights") ? looksLikeWeights(name)
                          : m_kind == QLatin1String("labels")  ? looksLikeLabels(name)
                                                               : looksLikePicture(name));
}

void OpenModel::setAllFiles(bool all)
{
    if (all == m_allFiles)
        return;
    m_allFiles = all;
    lookThrough();
}

void OpenModel::begin(const QString& kind)
{
    m_kind = kind;
    m_allFiles = false;
    look({});
    Q_EMIT kindChanged();
    const QString last = m_settings.openFolder(kind);
    std::error_code error;
    const QString usual = usualFolder(
        kind == QLatin1String("picture") ? QStringLiteral("pictures")
        : kind == QLatin1String("video") ? QStringLiteral("videos")
                                         : QStringLiteral("documents"));
    const bool there = !last.isEmpty() && std::filesystem::is_directory(fileBytes(last), error);
    setFolder(there ? last : usual);
    lookThrough(); // it may hold something else by now
}

QString OpenModel::pathFrom(const QString& typed) const
{
    if (typed.startsWith(QLatin1String("file:"), Qt::CaseInsensitive))
        return localFileText(QUrl(typed.trimmed()));
    const QString path = files().contains(typed) ? typed : expandedPath(typed);
    return path.startsWith(u'/') ? path : pathOf(path);
}

void OpenModel::look(const QString& typed)
{
    const quint64 ticket = ++m_ticket;
    m_preview = {};
    m_facts.clear();
    Q_EMIT looked();
    const QString path = typed.isEmpty() ? QString() : pathFrom(typed);
    std::error_code error;
    if (path.isEmpty() || !std::filesystem::is_regular_file(fileBytes(path), error))
        return;
    auto* watcher = new QFutureWatcher<Seen>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, ticket] {
        watcher->deleteLater();
        if (ticket != m_ticket)
            return; // another is looked at by now
        const Seen seen = watcher->result();
        m_preview = seen.preview;
        m_facts = seen.facts;
        Q_EMIT looked();
    });
    watcher->setFuture(QtConcurrent::run(lookAt, path, m_kind == QLatin1String("picture")));
}

QString OpenModel::choose(const QString& typed)
{
    if (typed.trimmed().isEmpty())
        return tr("Choose a file, or type its name.");
    const QString path = pathFrom(typed);
    if (path.isEmpty())
        return tr("Only files on this computer can be opened. Save it first.");
    std::error_code error;
    const auto status = std::filesystem::status(fileBytes(path), error);
    if (std::filesystem::is_directory(status)) {
        setFolder(path);
        return {};
    }
    if (!std::filesystem::exists(status))
        return tr("There is no %1 in %2.").arg(shownFileName(path), shownFolder(path));
    if (!std::filesystem::is_regular_file(status))
        return tr("%1 is not a file that can be opened, but a device or a pipe.")
            .arg(shownFileName(path));
    m_settings.rememberOpenFolder(
        m_kind, path.left(std::max<qsizetype>(1, path.lastIndexOf(u'/'))));
    Q_EMIT chosen(m_kind, fileUrl(path));
    return {};
}

} // namespace inceptoscope
