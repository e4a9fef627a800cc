// What AppModel does with files, drops and the clipboard.
#include "models/app_model.h"

#include "engine/engine.h"
#include "file_name.h"
#include "live_source/file_source.h"
#include "models/picture/samples.h"
#include "weights_store/weights_names.h"

#include <QClipboard>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QGuiApplication>
#include <QMimeData>
#include <QtConcurrentRun>

namespace inceptoscope {

namespace {

/// A path as fileText() has it, or what QFile opens; empty for what is not on this computer.
QString localPath(const QUrl& url)
{
    if (url.scheme() == QLatin1String("qrc"))
        return QLatin1Char(':') + url.path();
    return localFileText(url);
}

bool looksLikeLabels(const QString& fileName)
{
    static const QStringList suffixes = {"txt", "json", "labels", "names"};
    return suffixes.contains(QFileInfo(fileName).suffix().toLower());
}

} // namespace

void AppModel::connectLive()
{
    connect(
        &m_live, &LiveModel::frame, this,
        [this](const QImage& frame, const QString& title, const LiveState& state) {
            if (m_engine)
                m_engine->showFrame(frame, title, state);
            else
                m_run.setPicture(frame, title);
        });
    const auto show = [this](const QImage& picture, const QString& title) {
        if (picture.isNull())
            return;
        if (m_engine)
            m_engine->setPicture(picture, title);
        else
            m_run.setPicture(picture, title);
    };
    connect(&m_live, &LiveModel::pausedOn, this, show);
    connect(&m_live, &LiveModel::stopped, this, [this, show] {
        show(m_live.still(), m_live.stillTitle());
    });
    connect(&m_live, &LiveModel::failed, this, [this](const QString& sentence) {
        m_pictureError = sentence;
        showErrors();
    });
}

void AppModel::openVideo(const QUrl& url)
{
    const QString path = localPath(url);
    if (path.isEmpty()) {
        showMessage(
            tr("Only files on this computer can be opened. Save the video first, then open it."),
            true);
        return;
    }
    dismissMessage();
    m_live.startFile(path);
}

void AppModel::openPicture(const QUrl& url)
{
    const QString path = localPath(url);
    if (path.isEmpty()) {
        showMessage(
            tr("Only files on this computer can be opened. Save the picture first, then open it."),
            true);
        return;
    }
    decode([path] { return loadPicture(path); }, inceptoscope::pictureName(url));
}

void AppModel::setPictureName(const QString& name)
{
    if (name == std::exchange(m_pictureName, name))
        return;
    Q_EMIT pictureNameChanged();
}

void AppModel::decode(std::function<LoadedPicture()> load, const QString& name, bool standIn)
{
    m_standIn = standIn;
    setPictureName(name);
    const quint64 ticket = ++m_pictureTicket;
    auto* watcher = new QFutureWatcher<LoadedPicture>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, ticket] {
        watcher->deleteLater();
        --m_decoding;
        Q_EMIT decodingChanged();
        // A picture opened later wins, also when this one took longer.
        if (ticket == m_pictureTicket)
            usePicture(watcher->result());
    });
    ++m_decoding;
    Q_EMIT decodingChanged();
    watcher->setFuture(QtConcurrent::run(std::move(load)));
}

void AppModel::usePicture(const LoadedPicture& picture)
{
    if (!picture.error.isEmpty()) {
        setPictureName(m_usedPictureName);
        if (m_standIn)
            return; // the picture that it stands in for was already reported
        m_pictureError = picture.error;
        showErrors();
        // A start on a broken picture still has something to show.
        if (!std::exchange(m_havePicture, true))
            decode(
                [] { return loadPicture(QString::fromLatin1(bundledPicture)); },
                QString::fromLatin1(firstSample), true);
        return;
    }
    m_havePicture = true;
    m_usedPictureName = m_pictureName;
    if (!m_standIn) {
        m_pictureError.clear();
        showErrors();
    }
    m_live.setStill(picture.image, picture.title);
    if (m_live.active()) {
        m_live.stop(); // and so to this picture
        return;
    }
    if (!m_snapshot)
        m_run.setPicture(picture.image, picture.title);
    if (m_engine)
        m_engine->setPicture(picture.image, picture.title);
    else
        m_run.setPicture(picture.image, picture.title);
}

void AppModel::openWeights(const QUrl& url)
{
    const QString path = localPath(url);
    if (path.isEmpty()) {
        showMessage(tr("Only files on this computer can be opened. Save the weights first."), true);
        return;
    }
    openWeightsNamed(path);
}

void AppModel::openWeightsNamed(const QString& spec)
{
    dismissMessage();
    openSpec(spec);
}

void AppModel::openLabels(const QUrl& url)
{
    const QString path = localPath(url);
    if (path.isEmpty()) {
        showMessage(tr("Only files on this computer can be opened. Save the labels first."), true);
        return;
    }
    dismissMessage();
    if (m_engine)
        m_engine->setLabels(path);
}

void AppModel::forgetWeights()
{
    m_settings.forgetWeights(networkId());
    Q_EMIT rememberedChanged();
    dismissMessage();
    openFirst({defaultWeights(networkId())});
}

void AppModel::onFetched(const QString& networkId, const QString& path)
{
    dismissMessage();
    if (networkId == this->networkId())
        openSpec(path);
    else
        showMessage(
            tr("The weights of %1 are there now; it opens with them from now on.").arg(networkId),
            false);
}

bool AppModel::drop(const QList<QUrl>& urls)
{
    if (urls.isEmpty())
        return false;
    if (looksLikeWeights(urls.front().path()))
        openWeights(urls.front());
    else if (looksLikeLabels(urls.front().path()))
        openLabels(urls.front());
    else if (FileSource::looksLikeVideo(urls.front().path()))
        openVideo(urls.front());
    else
        openPicture(urls.front());
    return true;
}

void AppModel::paste()
{
    if (const QMimeData* data = QGuiApplication::clipboard()->mimeData())
        pasteFrom(*data);
}

void AppModel::pasteFrom(const QMimeData& data)
{
    if (data.hasImage()) {
        const QImage image = qvariant_cast<QImage>(data.imageData());
        decode([image] { return fromImage(image, QStringLiteral("Pasted picture")); }, {});
    } else if (data.hasUrls()) {
        drop(data.urls());
    } else if (data.hasText() && looksLikeAddress(data.text().trimmed())) {
        m_places.open(data.text());
    } else if (data.hasText() && QFileInfo::exists(data.text().trimmed())) {
        drop({QUrl::fromLocalFile(data.text().trimmed())});
    } else if (data.hasText() && QUrl(data.text().trimmed()).isLocalFile()) {
        drop({QUrl(data.text().trimmed())});
    } else {
        showMessage(
            tr("The clipboard holds no picture. Copy a picture or a picture file, then paste."),
            true);
    }
}

} // namespace inceptoscope
