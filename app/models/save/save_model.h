#pragma once

#include "models/folder/folder_model.h"
#include "models/save/save_content.h"

#include <QFutureWatcher>
#include <QImage>

class QQuickItem;

namespace inceptoscope {

class Settings;

/// The save dialog's knowledge of names, and the writing itself, which goes on in the thread pool.
/// Also the clipboard, for what can be copied as well as saved.
class SaveModel : public FolderModel
{
    Q_OBJECT
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(QString saved READ saved NOTIFY savedChanged)

public:
    explicit SaveModel(Settings& settings, QObject* parent = nullptr);
    ~SaveModel() override;

    [[nodiscard]] bool busy() const { return m_watcher.isRunning(); }
    /// "NAME is saved in FOLDER.", until it is dismissed or another file is saved.
    [[nodiscard]] QString saved() const;

    /// The folder for a kind of thing, "pictures" or "documents": where the last of them went.
    Q_INVOKABLE void goTo(const QString& kind);
    Q_INVOKABLE QString nameFromTitle(const QString& title) const;
    Q_INVOKABLE QString withSuffix(const QString& name, const QString& suffix) const;
    /// Why no file of that name can be written into the folder; empty where it can.
    Q_INVOKABLE QString objection(const QString& name) const;
    Q_INVOKABLE bool exists(const QString& name) const;
    /// Writes a SaveContent; the answer is written() or refused().
    Q_INVOKABLE void write(const QString& name, const QVariant& content);
    Q_INVOKABLE void showInFolder();
    Q_INVOKABLE void dismiss();

    /// Rows of maps as comma-separated values, `titles` in front: one column a key.
    Q_INVOKABLE QString
    csv(const QVariantList& rows, const QStringList& keys, const QStringList& titles) const;
    Q_INVOKABLE void copyText(const QString& text);
    Q_INVOKABLE void copyImage(const QImage& image);
    /// What is on screen of an item, in the screen's own pixels.
    Q_INVOKABLE QImage pictureOf(QQuickItem* item) const;
    /// PNG of a picture as it is.
    Q_INVOKABLE QVariant imageContent(const QImage& image) const;
    Q_INVOKABLE QVariant textContent(const QString& text) const;

Q_SIGNALS:
    void busyChanged();
    void savedChanged();
    void written();
    void refused(const QString& sentence);
    void copied(const QString& what);     ///< "Picture copied"
    void failed(const QString& sentence); ///< of something else than writing

private:
    void onWritten();

    Settings& m_settings; ///< knows the folder of each kind
    QString m_kind;
    QString m_path; ///< that is being written
    QString m_saved;
    QFutureWatcher<QString> m_watcher; ///< of an error, empty for none
};

} // namespace inceptoscope
