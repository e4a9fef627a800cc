#pragma once

#include "engine/run_snapshot.h"
#include "models/search/search_rank.h"

#include <QAbstractListModel>
#include <QVariantList>

namespace inceptoscope {

class AppModel;

/// What the search finds, the best first. Its index is made in the background; until it is there,
/// commands are found.
class SearchModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    /// Each {id, title, words, keys}: what the window can do at the moment.
    Q_PROPERTY(QVariantList commands READ commands WRITE setCommands NOTIFY commandsChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role
    {
        TitleRole = Qt::UserRole,
        DetailRole,
        KindRole,
        KeysRole
    };

    explicit SearchModel(AppModel& app);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString& query);
    [[nodiscard]] QVariantList commands() const { return m_commands; }
    void setCommands(const QVariantList& commands);
    [[nodiscard]] int count() const { return int(m_hits.size()); }
    [[nodiscard]] bool ready() const { return !m_indexing && m_network != nullptr; }

    /// Sees to it that the index is of what is shown now.
    Q_INVOKABLE void prepare();
    /// Goes to a hit, or has its command run.
    Q_INVOKABLE void choose(int row);

Q_SIGNALS:
    void queryChanged();
    void commandsChanged();
    void countChanged();
    void commandChosen(const QString& id);

private:
    void find();
    void setEntries(const SearchEntries& index);

    AppModel& m_app;
    QString m_query;
    QVariantList m_commands;
    SearchEntries m_index; ///< all but commands
    SearchEntries m_entries;
    QList<SearchText> m_texts;
    QList<int> m_hits;
    std::shared_ptr<const Network> m_network; ///< that the index is of
    std::shared_ptr<const ClassLabels> m_labels;
    bool m_indexing = false;
};

} // namespace inceptoscope
