#include "models/save/save_model.h"

#include "charts/export.h"
#include "charts/save_bytes.h"
#include "file_name.h"
#include "models/save/file_names.h"
#include "models/save/show_in_folder.h"
#include "models/save/table_text.h"
#include "models/settings.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QQuickItem>
#include <QQuickWindow>
#include <QtConcurrentRun>

#include <cmath>

namespace inceptoscope {

namespace {

QString writeContent(const QString& path, const std::function<QByteArray()>& bytes)
{
    try {
        const QByteArray made = bytes();
        if (!made.isEmpty())
            return saveBytes(path, made);
    } catch (const std::bad_alloc&) { // NOLINT(bugprone-empty-catch): said below
    }
    return SaveModel::tr("There isn't enough memory for it at that size.");
}

} // namespace

SaveModel::SaveModel(Settings& settings, QObject* parent)
    : FolderModel(parent)
    , m_settings(settings)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &SaveModel::onWritten);
}

SaveModel::~SaveModel()
{
    m_watcher.waitForFinished(); // what was asked for is there, all of it
}

QString SaveModel::saved() const
{
    return m_saved.isEmpty()
               ? QString()
               : tr("%1 is saved in %2.").arg(shownFileName(m_saved), shownFolder(m_saved));
}

void SaveModel::goTo(const QString& kind)
{
    m_kind = kind;
    const QString last = m_settings.saveFolder(kind);
    setFolder(QFileInfo(last).isDir() ? last : usualFolder(kind));
    lookThrough(); // it may hold something else by now
}

QString SaveModel::nameFromTitle(const QString& title) const
{
    return inceptoscope::nameFromTitle(title);
}

QString SaveModel::withSuffix(const QString& name, const QString& suffix) const
{
    return inceptoscope::withSuffix(name, suffix);
}

QString SaveModel::objection(const QString& name) const
{
    return nameObjection(folder(), name);
}

bool SaveModel::exists(const QString& name) const
{
    return !name.isEmpty() && QFileInfo(pathOf(name)).isFile();
}

void SaveModel::write(const QString& name, const QVariant& content)
{
    if (busy())
        return;
    const QString objection = this->objection(name);
    const auto bytes = content.value<SaveContent>().bytes;
    if (!objection.isEmpty() || !bytes) {
        Q_EMIT refused(objection.isEmpty() ? tr("There is nothing to save yet.") : objection);
        return;
    }
    m_path = pathOf(name);
    m_watcher.setFuture(QtConcurrent::run(writeContent, m_path, bytes));
    Q_EMIT busyChanged();
}

void SaveModel::onWritten()
{
    Q_EMIT busyChanged();
    const QString problem = m_watcher.result();
    if (!problem.isEmpty()) {
        Q_EMIT refused(problem);
        return;
    }
    m_settings.rememberSaveFolder(m_kind, folder());
    m_saved = m_path;
    lookThrough();
    Q_EMIT savedChanged();
    Q_EMIT written();
}

void SaveModel::showInFolder()
{
    if (!m_saved.isEmpty())
        inceptoscope::showInFolder(
            m_saved, this, [this](const QString& sentence) { Q_EMIT failed(sentence); });
}

void SaveModel::dismiss()
{
    m_saved.clear();
    Q_EMIT savedChanged();
}

QString
SaveModel::csv(const QVariantList& rows, const QStringList& keys, const QStringList& titles) const
{
    QString text = tableLine(titles, u',');
    for (const QVariant& row : rows) {
        QStringList fields;
        for (const QString& key : keys)
            fields << row.toMap()[key].toString();
        text += tableLine(fields, u',');
    }
    return text;
}

void SaveModel::copyText(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT copied(tr("Table copied"));
}

void SaveModel::copyImage(const QImage& image)
{
    if (image.isNull())
        return;
    QGuiApplication::clipboard()->setImage(image);
    Q_EMIT copied(tr("Picture copied"));
}

QImage SaveModel::pictureOf(QQuickItem* item) const
{
    if (!item || !item->window())
        return {};
    const QImage whole = item->window()->grabWindow();
    const double ratio = whole.devicePixelRatio();
    const QRectF area = item->mapRectToScene(item->boundingRect());
    const QRect pixels = QRectF(area.topLeft() * ratio, area.size() * ratio).toAlignedRect();
    QImage part = whole.copy(pixels.intersected(whole.rect()));
    part.setDevicePixelRatio(1);
    return part;
}

QVariant SaveModel::imageContent(const QImage& image) const
{
    return QVariant::fromValue(SaveContent{[image] { return toPng(image); }});
}

QVariant SaveModel::textContent(const QString& text) const
{
    return QVariant::fromValue(SaveContent{[bytes = text.toUtf8()] { return bytes; }});
}

} // namespace inceptoscope
