#pragma once

#include <QObject>
#include <QStringList>
#include <QVariantList>

namespace inceptoscope {

/// A folder that somebody looks through, to save into or to open from. Names are what fileText()
/// makes of them.
class FolderModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString folder READ folder WRITE setFolder NOTIFY folderChanged)
    Q_PROPERTY(QStringList folders READ folders NOTIFY folderChanged)
    Q_PROPERTY(QStringList files READ files NOTIFY folderChanged)
    Q_PROPERTY(int others READ others NOTIFY folderChanged)
    Q_PROPERTY(QVariantList places READ places CONSTANT)

public:
    explicit FolderModel(QObject* parent = nullptr)
        : QObject(parent)
    {
    }

    [[nodiscard]] QString folder() const { return m_folder; }
    void setFolder(const QString& folder); ///< "~" is the home folder
    /// What is in the folder, hidden ones left out, in the order of a dictionary, 2 before 10.
    [[nodiscard]] QStringList folders() const { return m_folders; }
    [[nodiscard]] QStringList files() const { return m_files; }
    /// How many files are in it that aren't listed.
    [[nodiscard]] int others() const { return m_others; }
    /// {title, path}: where people keep things.
    [[nodiscard]] QVariantList places() const;

    Q_INVOKABLE void enter(const QString& name);
    Q_INVOKABLE void up();

Q_SIGNALS:
    void folderChanged();

protected:
    /// Looks anew at what is in the folder.
    void lookThrough();
    [[nodiscard]] QString pathOf(const QString& name) const;
    /// Whether such a file is listed.
    [[nodiscard]] virtual bool lists(const QString& name) const;

private:
    QString m_folder;
    QStringList m_folders;
    QStringList m_files;
    int m_others = 0;
};

/// `path` with the home folder for its "~", and without a slash at its end.
[[nodiscard]] QString expandedPath(const QString& path);
/// A folder that is there: "pictures", "documents" or "videos", else the home folder.
[[nodiscard]] QString usualFolder(const QString& kind);

} // namespace inceptoscope
