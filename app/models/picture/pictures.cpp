#include "models/picture/pictures.h"

#include "models/picture/samples.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

#include <utility>

namespace inceptoscope {

Pictures::Pictures(Messages& messages, QObject* parent)
    : QObject(parent)
    , m_messages(messages)
{
}

void Pictures::open(const QUrl& url)
{
    const QString path = picturePath(url);
    if (path.isEmpty()) {
        m_messages.say(
            tr("Only files on this computer can be opened. Save the picture first, then open it."));
        return;
    }
    decode(
        [path, title = sampleTitle(url)] {
            LoadedPicture picture = loadPicture(path);
            if (!title.isEmpty())
                picture.title = title;
            return picture;
        },
        pictureName(url));
}

void Pictures::openImage(const QImage& image, const QString& title)
{
    decode([image, title] { return fromImage(image, title); }, {});
}

void Pictures::setName(const QString& name)
{
    if (name != std::exchange(m_name, name))
        Q_EMIT nameChanged();
}

void Pictures::decode(std::function<LoadedPicture()> load, const QString& name, bool standIn)
{
    m_standIn = standIn;
    setName(name);
    const quint64 ticket = ++m_ticket;
    auto* watcher = new QFutureWatcher<LoadedPicture>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, ticket] {
        watcher->deleteLater();
        --m_decoding;
        Q_EMIT decodingChanged();
        // One that was opened later wins, also when this one took longer.
        if (ticket == m_ticket)
            decoded(watcher->result());
    });
    ++m_decoding;
    Q_EMIT decodingChanged();
    watcher->setFuture(QtConcurrent::run(std::move(load)));
}

void Pictures::decoded(const LoadedPicture& picture)
{
    if (!picture.error.isEmpty()) {
        refuse(picture.error);
        return;
    }
    m_haveOne = true;
    m_openedName = m_name;
    if (!m_standIn)
        m_messages.report(Messages::About::Picture, {});
    Q_EMIT opened(picture);
}

void Pictures::refuse(const QString& sentence)
{
    setName(m_openedName);
    if (m_standIn)
        return; // the picture that it stands in for was already reported
    m_messages.report(Messages::About::Picture, sentence);
    // A start on a broken picture still has something to show.
    if (!std::exchange(m_haveOne, true)) {
        const QUrl sample = pictureUrl(photographSample);
        decode(
            [path = picturePath(sample)] { return loadPicture(path); }, pictureName(sample), true);
    }
}

} // namespace inceptoscope
