#pragma once

#include "models/folder/folder_model.h"

#include <QImage>
#include <QUrl>

namespace inceptoscope {

class Settings;

/// The open dialog's knowledge of folders, of the kind of file that is looked for, and of the file
/// that is chosen in them.
class OpenModel : public FolderModel
{
    Q_OBJECT
    /// "picture", "video", "weights" or "labels".
    Q_PROPERTY(QString kind READ kind NOTIFY kindChanged)
    /// What is asked for: "Open a picture".
    Q_PROPERTY(QString title READ title NOTIFY kindChanged)
    /// Lists files of that kind only, as their names say it.
    Q_PROPERTY(bool allFiles READ allFiles WRITE setAllFiles NOTIFY folderChanged)
    /// Of the file that is looked at: a small picture of it, and its size and date, or why it can't
    /// be shown.
    Q_PROPERTY(QImage preview READ preview NOTIFY looked)
    Q_PROPERTY(QString facts READ facts NOTIFY looked)

public:
    explicit OpenModel(Settings& settings, QObject* parent = nullptr);

    [[nodiscard]] QString kind() const { return m_kind; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] bool allFiles() const { return m_allFiles; }
    void setAllFiles(bool all);
    [[nodiscard]] QImage preview() const { return m_preview; }
    [[nodiscard]] QString facts() const { return m_facts; }

    /// In the folder where the last file of that kind was opened from.
    Q_INVOKABLE void begin(const QString& kind);
    /// At a file of the folder, or what was typed for one; empty: at none.
    Q_INVOKABLE void look(const QString& typed);
    /// Opens a file of the folder, or what was typed: a path, with "~" too, or a file: URL. The
    /// answer says why that can't be; it is empty where chosen() was emitted, or where it was a
    /// folder, which was entered.
    Q_INVOKABLE QString choose(const QString& typed);

Q_SIGNALS:
    void kindChanged();
    void looked();
    void chosen(const QString& kind, const QUrl& file);

protected:
    [[nodiscard]] bool lists(const QString& name) const override;

private:
    [[nodiscard]] QString pathFrom(const QString& typed) const;

    Settings& m_settings; ///< knows the folder of each kind
    QString m_kind;
    bool m_allFiles = false;
    QImage m_preview;
    QString m_facts;
    quint64 m_ticket = 0; ///< of the last file that was looked at
};

} // namespace inceptoscope
