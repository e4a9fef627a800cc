#pragma once

#include "models/stage/module_item.h"

#include <QTimer>
#include <QVariant>

namespace inceptoscope {

/// The network from input to classifier, one item a module, and which one is current.
class OverviewModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString title READ title NOTIFY networkChanged)
    Q_PROPERTY(QString summary READ summary NOTIFY networkChanged)
    Q_PROPERTY(QList<inceptoscope::ModuleItem*> modules READ modules NOTIFY networkChanged)
    Q_PROPERTY(QList<inceptoscope::ModuleItem*> auxiliaries READ auxiliaries NOTIFY networkChanged)
    /// {title, article, first, count}: neighbouring modules that belong together.
    Q_PROPERTY(QVariantList groups READ groups NOTIFY networkChanged)
    Q_PROPERTY(QStringList groupShares READ groupShares NOTIFY sharesChanged)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
    Q_PROPERTY(int position READ position NOTIFY currentChanged)
    Q_PROPERTY(bool playing READ playing NOTIFY playingChanged)
    Q_PROPERTY(QString shareOf READ shareOf NOTIFY sharesChanged)

public:
    explicit OverviewModel(QObject* parent = nullptr);

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString summary() const; ///< "22 layers · 7.00 M params · 1.58 G MACs"
    [[nodiscard]] QList<ModuleItem*> modules() const { return m_modules; }
    [[nodiscard]] QList<ModuleItem*> auxiliaries() const { return m_auxiliaries; }
    [[nodiscard]] QVariantList groups() const { return m_groups; }
    /// "31.2 % of MACs", for each group.
    [[nodiscard]] QStringList groupShares() const { return m_groupShares; }
    [[nodiscard]] int current() const { return int(m_current); }
    void setCurrent(int module);
    /// Of the current module among modules(); for an auxiliary head, of what feeds it.
    [[nodiscard]] int position() const;
    [[nodiscard]] bool playing() const { return m_play.isActive(); }
    [[nodiscard]] QString shareOf() const { return m_shareOf; } ///< "time" or "MACs"

    Q_INVOKABLE void step(int by);
    /// To the first module of the current group, or of the group before or after it.
    Q_INVOKABLE void stepGroup(int by);
    Q_INVOKABLE void toFirst();
    Q_INVOKABLE void toLast();
    /// Starts to step on its own, from the start when it stands at the end; or stops.
    Q_INVOKABLE void togglePlay();
    Q_INVOKABLE void stopPlay();

    /// How the groups fit into a strip: {groups: [{x, width, small}], modules: [{x, y, width,
    /// height, small}], width}. `metrics` has what StripMetrics has, and `headings`, the
    /// width of each group's heading.
    Q_INVOKABLE QVariantMap strip(const QVariantMap& metrics) const;

    void show(std::shared_ptr<const Network> network);
    void apply(const RunSnapshot& snapshot);
    void setPlayInterval(int milliseconds) { m_play.setInterval(milliseconds); }

Q_SIGNALS:
    void networkChanged();
    void currentChanged();
    void playingChanged();
    void sharesChanged();

private:
    void buildGroups();
    void playOn();
    void setShares(const RunSnapshot* snapshot);

    std::shared_ptr<const Network> m_network;
    QList<ModuleItem*> m_modules;
    QList<ModuleItem*> m_auxiliaries;
    QVariantList m_groups;
    QStringList m_groupShares;
    ModuleId m_current = 0;
    QTimer m_play;
    QString m_shareOf;
};

} // namespace inceptoscope
