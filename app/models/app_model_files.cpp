// What AppModel does with files, drops and the clipboard.
#include "models/app_model.h"

#include "engine/engine.h"
#include "file_name.h"

#include <QClipboard>
#include <QGuiApplication>

namespace inceptoscope {

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
    connect(&m_live, &LiveModel::pausedOn, this, &AppModel::showPicture);
    connect(&m_live, &LiveModel::stopped, this, [this] {
        showPicture(m_live.still(), m_live.stillTitle());
    });
    connect(&m_opener, &OpenModel::chosen, this, &AppModel::open);
    connect(&m_live, &LiveModel::failed, this, [this](const QString& sentence) {
        m_messages.report(Messages::About::Picture, sentence);
    });
}

void AppModel::showPicture(const QImage& picture, const QString& title)
{
    if (picture.isNull())
        return;
    if (m_engine)
        m_engine->setPicture(picture, title);
    else
        m_run.setPicture(picture, title);
}

void AppModel::usePicture(const LoadedPicture& picture)
{
    m_live.setStill(picture.image, picture.title);
    if (m_live.active()) {
        m_live.stop(); // and so to this picture
        return;
    }
    if (!m_snapshot)
        m_run.setPicture(picture.image, picture.title);
    showPicture(picture.image, picture.title);
}

void AppModel::open(const QString& kind, const QUrl& file)
{
    if (kind == QLatin1String("picture"))
        m_pictures.open(file);
    else if (kind == QLatin1String("video"))
        openVideo(file);
    else if (kind == QLatin1String("weights"))
        openWeights(file);
    else
        openLabels(file);
}

QString AppModel::localPath(const QUrl& url, const QString& otherwise)
{
    QString path = localFileText(url);
    if (path.isEmpty())
        m_messages.say(tr("Only files on this computer can be opened. %1").arg(otherwise));
    return path;
}

void AppModel::openVideo(const QUrl& url)
{
    const QString path = localPath(url, tr("Save the video first, then open it."));
    if (path.isEmpty())
        return;
    m_messages.dismiss();
    m_live.startFile(path);
}

void AppModel::openWeights(const QUrl& url)
{
    const QString path = localPath(url, tr("Save the weights first."));
    if (!path.isEmpty())
        m_weights.open(path);
}

void AppModel::openLabels(const QUrl& url)
{
    const QString path = localPath(url, tr("Save the labels first."));
    if (path.isEmpty())
        return;
    m_messages.dismiss();
    if (m_engine)
        m_engine->setLabels(path);
}

bool AppModel::drop(const QList<QUrl>& urls)
{
    return !urls.isEmpty() && take(offered(urls.front()));
}

void AppModel::paste()
{
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    if (data && !take(offered(*data)))
        m_messages.say(
            tr("The clipboard holds no picture. Copy a picture or a picture file, then paste."));
}

bool AppModel::take(const Offered& offered)
{
    switch (offered.kind) {
    case Offered::Kind::Nothing:
        return false;
    case Offered::Kind::Image:
        m_pictures.openImage(offered.image, tr("Pasted picture"));
        break;
    case Offered::Kind::Picture:
        m_pictures.open(offered.url);
        break;
    case Offered::Kind::Video:
        openVideo(offered.url);
        break;
    case Offered::Kind::Weights:
        openWeights(offered.url);
        break;
    case Offered::Kind::Labels:
        openLabels(offered.url);
        break;
    case Offered::Kind::Address:
        m_places.open(offered.address);
        break;
    }
    return true;
}

} // namespace inceptoscope
