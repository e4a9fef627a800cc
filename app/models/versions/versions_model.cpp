#include "models/versions/versions_model.h"

#include "models/format.h"

#include <algorithm>

namespace inceptoscope {

VersionsModel::VersionsModel(QObject* parent)
    : QObject(parent)
{
    countAll();
}

void VersionsModel::setTab(int tab)
{
    if (tab == m_tab || tab < 0 || tab > 2)
        return;
    m_tab = tab;
    Q_EMIT tabChanged();
}

/// A network costs a few milliseconds to count, nothing to keep.
void VersionsModel::countAll()
{
    const auto side = m_inputSize > 0 ? std::optional(uint32_t(m_inputSize)) : std::nullopt;
    m_rows.clear();
    for (const std::string& id : networkIds()) {
        VersionRow row = versionRow(id, side);
        if (const auto it = m_results.find({id, m_inputSize}); it != m_results.end())
            row.result = it->second;
        if (row.result && row.error.empty())
            row.error = row.result->error;
        m_rows.push_back(std::move(row));
    }
    rebuild();
}

void VersionsModel::rebuild()
{
    m_shown.clear();
    for (const VersionRow* row : sorted())
        m_shown.append(versionCells(*row, m_released));
    VersionsChart chart = versionsChart(m_rows, m_chartKind, m_released);
    m_chart = std::make_shared<const Chart>(std::move(chart.chart));
    m_chartRows = std::move(chart.indices);
    Q_EMIT rowsChanged();
    Q_EMIT chartChanged();
    Q_EMIT selectedChanged();
    Q_EMIT differenceChanged();
}

std::vector<const VersionRow*> VersionsModel::sorted() const
{
    std::vector<const VersionRow*> rows;
    for (const VersionRow& row : m_rows)
        rows.push_back(&row);
    const auto column = VersionColumn(m_sortColumn);
    if (column == VersionColumn::Name) {
        if (m_descending)
            std::ranges::reverse(rows);
        return rows;
    }
    std::ranges::stable_sort(rows, [&](const VersionRow* a, const VersionRow* b) {
        const auto x = sortKey(*a, column, m_released);
        const auto y = sortKey(*b, column, m_released);
        if (!x || !y)
            return x.has_value() && !y.has_value(); // unknown ones last
        return m_descending ? *x > *y : *x < *y;
    });
    return rows;
}

const VersionRow* VersionsModel::row(const QString& id) const
{
    const auto it = std::ranges::find_if(
        m_rows, [&](const VersionRow& r) { return r.facts.id == id.toStdString(); });
    return it == m_rows.end() ? nullptr : &*it;
}

QString VersionsModel::footnotes() const
{
    QStringList notes;
    const auto any = [&](auto predicate) {
        return std::ranges::any_of(m_rows, [&](const VersionRow& r) {
            const AccuracyFigure* figure = r.facts.figure(m_released);
            return figure != nullptr && predicate(*figure);
        });
    };
    if (any([](const AccuracyFigure& f) { return f.subset; }))
        notes << QStringLiteral("* ") + QString::fromStdString(AccuracyTable::bundled().subset());
    if (any([](const AccuracyFigure& f) { return !f.note.empty(); }))
        notes << QStringLiteral("† not quite this network's figure: hover it for the reason");
    if (m_inputSize > 0)
        notes << QStringLiteral("accuracies are those at each network's own input size, not at %1")
                     .arg(m_inputSize);
    if (const QString kept = keptText(); !kept.isEmpty())
        notes << kept + QStringLiteral("; “Measure all” measures anew");
    return notes.join(QStringLiteral("  ·  "));
}

void VersionsModel::setReleased(bool released)
{
    if (released == m_released)
        return;
    m_released = released;
    rebuild();
}

void VersionsModel::setInputSize(int side)
{
    if (side == m_inputSize || side < 0)
        return;
    cancel();
    m_inputSize = side;
    countAll();
}

void VersionsModel::setChartKind(int kind)
{
    if (kind == int(m_chartKind) || kind < 0 || kind > int(VersionChart::Time))
        return;
    m_chartKind = VersionChart(kind);
    rebuild();
}

QList<int> VersionsModel::chartSelected() const
{
    QList<int> indices;
    for (size_t i = 0; i < m_chartRows.size(); ++i) {
        const std::string& id = m_rows[size_t(m_chartRows[i])].facts.id;
        if (m_selected.contains(QString::fromStdString(id)))
            indices << int(i);
    }
    return indices;
}

void VersionsModel::keepIn(const QString& path)
{
    m_kept.emplace(path);
}

void VersionsModel::setDevice(const QString& device, const QString& driver)
{
    m_canMeasure = true;
    if (!m_kept)
        return;
    const QString problem = m_kept->read();
    if (!problem.isEmpty())
        Q_EMIT keepingFailed(problem);
    for (const auto& result : m_kept->of(device, driver)) {
        const int side = result->inputSize ? int(*result->inputSize) : 0;
        m_results.try_emplace({result->entry.network, side}, result);
    }
    countAll();
}

QString VersionsModel::keptText() const
{
    QDate first;
    QDate last;
    for (const VersionRow& row : m_rows) {
        if (!row.measured() || !row.result->when.isValid() || row.result->when >= m_start)
            continue;
        const QDate day = row.result->when.toLocalTime().date();
        first = first.isNull() ? day : std::min(first, day);
        last = last.isNull() ? day : std::max(last, day);
    }
    if (first.isNull())
        return {};
    return first == last ? QStringLiteral("times measured on %1").arg(formatDay(first))
                         : QStringLiteral("times measured from %1 to %2")
                               .arg(formatDay(first), formatDay(last));
}

void VersionsModel::addResult(const std::shared_ptr<const ComparisonResult>& result)
{
    const int side = result->inputSize ? int(*result->inputSize) : 0;
    m_results[{result->entry.network, side}] = result;
    if (const QString problem = m_kept ? m_kept->add(result) : QString(); !problem.isEmpty()) {
        m_kept.reset(); // said once
        Q_EMIT keepingFailed(problem);
    }
    if (side != m_inputSize)
        return;
    for (VersionRow& row : m_rows) {
        if (row.facts.id != result->entry.network)
            continue;
        row.error = result->error;
        row.result = result;
    }
    rebuild();
}

void VersionsModel::sortBy(int column)
{
    if (column < 0 || column >= versionColumns)
        return;
    m_descending = column == m_sortColumn && !m_descending;
    m_sortColumn = column;
    rebuild();
}

void VersionsModel::toggle(const QString& id)
{
    if (row(id) == nullptr)
        return;
    if (!m_selected.removeOne(id))
        m_selected.append(id);
    while (m_selected.size() > 2)
        m_selected.removeFirst();
    if (m_selected.size() == 2) {
        // From the older to the younger, whichever was picked first.
        const bool inOrder = row(m_selected[0]) < row(m_selected[1]);
        m_before = m_selected[inOrder ? 0 : 1];
        m_after = m_selected[inOrder ? 1 : 0];
        Q_EMIT differenceChanged();
    }
    Q_EMIT selectedChanged();
}

void VersionsModel::toggleInChart(int index)
{
    if (index >= 0 && index < int(m_chartRows.size()))
        toggle(QString::fromStdString(m_rows[size_t(m_chartRows[size_t(index)])].facts.id));
}

QString VersionsModel::csv() const
{
    return versionCsv(sorted());
}

} // namespace inceptoscope
