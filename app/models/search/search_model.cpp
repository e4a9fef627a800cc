#include "models/search/search_model.h"

#include "models/app_model.h"
#include "models/search/search_index.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace inceptoscope {

SearchModel::SearchModel(AppModel& app)
    : QAbstractListModel(&app)
    , m_app(app)
{
}

int SearchModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> SearchModel::roleNames() const
{
    return {{TitleRole, "title"}, {DetailRole, "detail"}, {KindRole, "kind"}, {KeysRole, "keys"}};
}

QVariant SearchModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_hits.size())
        return {};
    const SearchEntry& entry = m_entries[m_hits[index.row()]];
    switch (role) {
    case TitleRole:
        return entry.title;
    case DetailRole:
        return entry.detail;
    case KindRole:
        return kindTitle(entry.kind);
    case KeysRole:
        return entry.keys;
    default:
        return {};
    }
}

void SearchModel::setQuery(const QString& query)
{
    if (query == m_query)
        return;
    m_query = query;
    Q_EMIT queryChanged();
    find();
}

void SearchModel::setCommands(const QVariantList& commands)
{
    m_commands = commands;
    Q_EMIT commandsChanged();
    setEntries(m_index);
}

void SearchModel::prepare()
{
    const auto network = m_app.network();
    const auto labels = m_app.labels();
    if (m_indexing || (network == m_network && labels == m_labels))
        return;
    m_indexing = true;
    auto* watcher = new QFutureWatcher<SearchEntries>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, network, labels] {
        watcher->deleteLater();
        m_indexing = false;
        m_network = network;
        m_labels = labels;
        m_index = watcher->result();
        setEntries(m_index);
        prepare(); // another network may have come meanwhile
    });
    watcher->setFuture(
        QtConcurrent::run([network, labels] { return searchIndex(network, labels); }));
}

void SearchModel::setEntries(const SearchEntries& index)
{
    SearchEntries entries;
    for (const QVariant& command : std::as_const(m_commands)) {
        const QVariantMap map = command.toMap();
        entries << SearchEntry{
            .kind = SearchKind::Command,
            .title = map["title"].toString(),
            .detail = {},
            .words = map["words"].toString(),
            .keys = map["keys"].toString(),
            .command = map["id"].toString(),
            .target = {}};
    }
    QList<SearchText> texts;
    entries += index;
    texts.reserve(entries.size());
    for (const SearchEntry& entry : std::as_const(entries))
        texts << searchText(entry);
    beginResetModel();
    m_entries = entries;
    m_texts = texts;
    m_hits = searchHits(m_entries, m_texts, m_query);
    endResetModel();
    Q_EMIT countChanged();
}

void SearchModel::find()
{
    beginResetModel();
    m_hits = searchHits(m_entries, m_texts, m_query);
    endResetModel();
    Q_EMIT countChanged();
}

void SearchModel::choose(int row)
{
    if (row < 0 || row >= m_hits.size())
        return;
    const SearchEntry entry = m_entries[m_hits[row]];
    if (!entry.command.isEmpty())
        Q_EMIT commandChosen(entry.command);
    else
        m_app.messages()->say(m_app.places()->go(entry.target));
}

} // namespace inceptoscope
