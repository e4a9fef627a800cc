#pragma once

#include "models/messages/messages.h"
#include "models/picture/picture_loader.h"

#include <QUrl>

#include <functional>

namespace inceptoscope {

/// The picture that the window is about: opened in the background, the newest wins, and one that
/// can't be read leaves what was there, or at a start the bundled one stands in for it.
class Pictures : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool decoding READ decoding NOTIFY decodingChanged)

public:
    explicit Pictures(Messages& messages, QObject* parent = nullptr);

    [[nodiscard]] bool decoding() const { return m_decoding > 0; }
    /// The picture on show, or that is being opened, as addresses name it (samples.h); empty where
    /// it has no name, such as a pasted one.
    [[nodiscard]] QString name() const { return m_name; }

    Q_INVOKABLE void open(const QUrl& url);
    void openImage(const QImage& image, const QString& title);

Q_SIGNALS:
    void opened(const inceptoscope::LoadedPicture& picture);
    void nameChanged();
    void decodingChanged();

private:
    /// `standIn`: in place of one that couldn't be opened, so that its message stays.
    void decode(std::function<LoadedPicture()> load, const QString& name, bool standIn = false);
    void decoded(const LoadedPicture& picture);
    void refuse(const QString& sentence);
    void setName(const QString& name);

    Messages& m_messages;
    QString m_name;
    QString m_openedName; ///< of the last one that could be opened
    bool m_haveOne = false;
    bool m_standIn = false;
    int m_decoding = 0;
    quint64 m_ticket = 0;
};

} // namespace inceptoscope
