#include "models/costs/cost_table.h"

#include "models/costs/cost_columns.h"
#include "models/format.h"

#include <algorithm>

namespace inceptoscope {

namespace {

bool isName(size_t column)
{
    return column == 0 || column + 1 == costColumns().size();
}

bool less(const QVariant& a, const QVariant& b)
{
    if (a.typeId() == QMetaType::QString)
        return a.toString().compare(b.toString(), Qt::CaseInsensitive) < 0;
    return a.toDouble() < b.toDouble();
}

QString field(const QVariant& value, QChar separator)
{
    QString text = value.typeId() == QMetaType::Double ? QString::number(value.toDouble(), 'g', 6)
                                                       : value.toString();
    if (text.contains(separator) || text.contains(u'"') || text.contains(u'\n'))
        text = u'"' + text.replace(u'"', QLatin1String("\"\"")) + u'"';
    return text;
}

/// What the filter looks through. An op by its own kernel: the kind "5x5, 7x7 conv" would find one
/// by the other's size.
QString searched(const CostedNetwork& costs, size_t part)
{
    const CostColumn& name = costColumns().front();
    QStringList texts{
        name.text(costs, part), name.value(costs, part).toString(),
        costColumns().back().text(costs, part)};
    if (costs.parts[part].level == PartLevel::Op) {
        const QString title = opTitle(costs.network->graph[costs.parts[part].nodes.front()].op);
        QString typed = title;
        typed.replace(QChar(0xD7), u'x');
        const OpKind kind = costs.parts[part].kind;
        texts << title << typed;
        if (kind != OpKind::Small && kind != OpKind::Large && kind != OpKind::Pointwise)
            texts << QString::fromUtf8(kindName(kind).data(), qsizetype(kindName(kind).size()));
    }
    return texts.join(u'\n');
}

QStringList header()
{
    QStringList keys;
    for (const CostColumn& column : costColumns())
        keys << column.key;
    return keys;
}

QStringList fields(const CostedNetwork& costs, int part, QChar separator)
{
    QStringList result;
    for (const CostColumn& column : costColumns())
        result << field(column.value(costs, size_t(part)), separator);
    return result;
}

} // namespace

void CostTable::setLevel(int level)
{
    if (level == int(m_level) || level < 0 || level >= int(partLevelCount))
        return;
    m_level = PartLevel(level);
    rebuild();
}

void CostTable::setFilter(const QString& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    rebuild();
}

QString CostTable::emptyText() const
{
    if (!m_rows.empty() || !m_costs)
        return {};
    const std::string_view name = levelName(m_level);
    const QString level = QString::fromUtf8(name.data(), qsizetype(name.size()));
    const QString none = tr("No %1 matches “%2”").arg(level, m_filter.trimmed());
    // Sizes of kernels and kinds of ops are known of ops alone.
    const int ops = matchingOps();
    return ops == 0   ? none + u'.'
           : ops == 1 ? tr("%1, but one op does.").arg(none)
                      : tr("%1, but %2 ops do.").arg(none).arg(ops);
}

double CostTable::largestShare() const
{
    double largest = 1e-9;
    for (const int part : m_rows)
        largest =
            std::max({largest, m_costs->macsShare(size_t(part)), m_costs->timeShare(size_t(part))});
    return largest;
}

QString CostTable::longestName() const
{
    QString longest;
    for (const int part : m_rows)
        if (QString name = costColumns().front().text(*m_costs, size_t(part));
            name.size() > longest.size())
            longest = std::move(name);
    return longest;
}

QVariantList CostTable::columns() const
{
    QVariantList list;
    for (size_t i = 0; i < costColumns().size(); ++i) {
        const CostColumn& column = costColumns()[i];
        list.append(QVariantMap{
            {"title", column.title},
            {"tip", column.tip},
            {"wide", column.wide},
            {"number", !isName(i)}});
    }
    return list;
}

void CostTable::sortBy(int column)
{
    if (column < 0 || column >= int(costColumns().size()))
        return;
    const bool first = !isName(size_t(column)); // numbers start with the largest
    if (column != m_sortColumn) {
        m_sortColumn = column;
        m_descending = first;
    } else if (m_descending == first) {
        m_descending = !first;
    } else {
        m_sortColumn = -1;
    }
    rebuild();
}

int CostTable::partAt(int row) const
{
    return row >= 0 && row < count() ? m_rows[size_t(row)] : -1;
}

int CostTable::rowOf(int part) const
{
    for (int p = part; m_costs && p >= 0; p = m_costs->parts[size_t(p)].parent) {
        const auto it = std::find(m_rows.begin(), m_rows.end(), p);
        if (it != m_rows.end())
            return int(it - m_rows.begin());
    }
    return -1;
}

void CostTable::show(const CostedNetwork* costs)
{
    m_costs = costs;
    rebuild();
}

std::vector<int> CostTable::matching(PartLevel level) const
{
    std::vector<int> rows;
    for (size_t i = 0; m_costs && i < m_costs->parts.size(); ++i) {
        if (m_costs->parts[i].level != level)
            continue;
        bool matches = true;
        const QString all = searched(*m_costs, i);
        for (const QString& word : m_filter.split(u' ', Qt::SkipEmptyParts))
            matches = matches && all.contains(word, Qt::CaseInsensitive);
        if (matches)
            rows.push_back(int(i));
    }
    return rows;
}

void CostTable::rebuild()
{
    std::vector<int> rows = matching(m_level);
    if (m_sortColumn >= 0) {
        const CostColumn& column = costColumns()[size_t(m_sortColumn)];
        std::stable_sort(rows.begin(), rows.end(), [&](int a, int b) {
            const QVariant x = column.value(*m_costs, size_t(a));
            const QVariant y = column.value(*m_costs, size_t(b));
            return m_descending ? less(y, x) : less(x, y);
        });
    }
    // The same rows with other figures keep their delegates, and with these the keyboard's place.
    if (rows == m_rows) {
        if (!rows.empty())
            Q_EMIT dataChanged(index(0), index(count() - 1));
    } else {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    Q_EMIT shapeChanged();
}

int CostTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant CostTable::data(const QModelIndex& index, int role) const
{
    const int part = partAt(index.row());
    if (part < 0)
        return {};
    const auto i = size_t(part);
    switch (role) {
    case PartRole:
        return part;
    case KindRole:
        return m_costs->parts[i].level == PartLevel::Op ? int(m_costs->parts[i].kind) : -1;
    case MacsShareRole:
        return m_costs->macsShare(i);
    case TimeShareRole:
        return m_costs->timeShare(i);
    case CellsRole: {
        QStringList cells;
        for (const CostColumn& column : costColumns())
            cells << column.text(*m_costs, i);
        return cells;
    }
    default:
        return {};
    }
}

QHash<int, QByteArray> CostTable::roleNames() const
{
    return {
        {PartRole, "part"},
        {CellsRole, "cells"},
        {KindRole, "kind"},
        {MacsShareRole, "macsShare"},
        {TimeShareRole, "timeShare"}};
}

QString CostTable::text(QChar separator) const
{
    QString result = header().join(separator) + u'\n';
    for (const int part : m_rows)
        result += fields(*m_costs, part, separator).join(separator) + u'\n';
    return result;
}

QString costsCsv(const CostedNetwork& costs)
{
    QString result = QStringLiteral("network,level,parent,") + header().join(u',') + u'\n';
    for (size_t i = 0; i < costs.parts.size(); ++i) {
        const CostPart& part = costs.parts[i];
        const std::string_view level = levelName(part.level);
        const QString parent =
            part.parent < 0 ? QString()
                            : costColumns().front().value(costs, size_t(part.parent)).toString();
        result += QString::fromStdString(costs.network->id) + u',' +
                  QString::fromUtf8(level.data(), qsizetype(level.size())) + u',' +
                  field(parent, u',') + u',' + fields(costs, int(i), u',').join(u',') + u'\n';
    }
    return result;
}

} // namespace inceptoscope
