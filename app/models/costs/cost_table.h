#pragma once

#include "models/costs/costed_network.h"

#include <QAbstractListModel>
#include <QVariant>

namespace inceptoscope {

/// Parts of one level as a table: a row a part, sorted and filtered as asked for.
class CostTable : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(int level READ level WRITE setLevel NOTIFY shapeChanged)
    Q_PROPERTY(int sortColumn READ sortColumn NOTIFY shapeChanged)
    Q_PROPERTY(bool descending READ descending NOTIFY shapeChanged)
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY shapeChanged)
    /// Of MACs or time, among the rows that are shown: what a whole bar stands for.
    Q_PROPERTY(double largestShare READ largestShare NOTIFY shapeChanged)
    Q_PROPERTY(int count READ count NOTIFY shapeChanged)
    /// Why there is no row: "No module matches “3×3”, but 20 ops do."; empty where there are some.
    Q_PROPERTY(QString emptyText READ emptyText NOTIFY shapeChanged)
    /// Of those that the filter finds, whatever level is shown.
    Q_PROPERTY(int matchingOps READ matchingOps NOTIFY shapeChanged)
    /// Among the rows: the column of names should be as wide.
    Q_PROPERTY(QString longestName READ longestName NOTIFY shapeChanged)
    /// {title, unit, tip, number, wide}, one a column; wide ones are left out where room is scarce.
    Q_PROPERTY(QVariantList columns READ columns CONSTANT)

public:
    enum Role
    {
        PartRole = Qt::UserRole + 1, ///< index of the part
        CellsRole,                   ///< a text for each column
        KindRole,                    ///< index of the mark; -1: none
        MacsShareRole,               ///< 0..1
        TimeShareRole                ///< negative while unknown
    };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int level() const { return int(m_level); } ///< a PartLevel
    void setLevel(int level);
    [[nodiscard]] int sortColumn() const { return m_sortColumn; } ///< -1: order of execution
    [[nodiscard]] bool descending() const { return m_descending; }
    [[nodiscard]] QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] int matchingOps() const { return int(matching(PartLevel::Op).size()); }
    [[nodiscard]] double largestShare() const;
    [[nodiscard]] QString longestName() const;
    [[nodiscard]] QVariantList columns() const;

    /// Largest first, then smallest first, then in the order of execution again; names the other
    /// way round.
    Q_INVOKABLE void sortBy(int column);
    Q_INVOKABLE int partAt(int row) const; ///< -1: no such row
    /// The row of a part, or of what it belongs to; -1 where none of these is shown.
    Q_INVOKABLE int rowOf(int part) const;
    /// What is shown, in full precision: bytes, counts, milliseconds, shares from 0 to 1.
    Q_INVOKABLE QString csv() const { return text(u','); }
    Q_INVOKABLE QString tsv() const { return text(u'\t'); }

    /// `costs` must outlive the table; call it whenever they have changed.
    void show(const CostedNetwork* costs);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void shapeChanged();

private:
    void rebuild();
    [[nodiscard]] std::vector<int> matching(PartLevel level) const;
    [[nodiscard]] QString text(QChar separator) const;

    const CostedNetwork* m_costs = nullptr;
    PartLevel m_level = PartLevel::Module;
    int m_sortColumn = -1;
    bool m_descending = true;
    QString m_filter;
    std::vector<int> m_rows; ///< parts
};

/// A file of all parts of a network, a line each, as CostTable::csv() writes them, with level and
/// parent besides.
[[nodiscard]] QString costsCsv(const CostedNetwork& costs);

} // namespace inceptoscope
