#pragma once

#include "models/stage/op_item.h"

#include <QVariant>

namespace inceptoscope {

/// The module on stage: its ops as boxes in a grid of branches and steps, and where each
/// branch's channels land in the concatenation.
class StageModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(int module READ module NOTIFY moduleChanged)
    Q_PROPERTY(QString name READ name NOTIFY moduleChanged)
    Q_PROPERTY(QString title READ title NOTIFY moduleChanged)
    Q_PROPERTY(QString kindText READ kindText NOTIFY moduleChanged)
    Q_PROPERTY(QString drawn READ drawn NOTIFY moduleChanged)
    Q_PROPERTY(QString about READ about NOTIFY moduleChanged)
    Q_PROPERTY(bool auxiliary READ auxiliary NOTIFY moduleChanged)
    Q_PROPERTY(int columns READ columns NOTIFY moduleChanged)
    Q_PROPERTY(int levels READ levels NOTIFY moduleChanged)
    Q_PROPERTY(bool joins READ joins NOTIFY moduleChanged)
    Q_PROPERTY(int barLevel READ barLevel NOTIFY moduleChanged)
    Q_PROPERTY(bool shortcut READ shortcut NOTIFY moduleChanged)
    Q_PROPERTY(QList<inceptoscope::OpItem*> ops READ ops NOTIFY moduleChanged)
    Q_PROPERTY(inceptoscope::OpItem* output READ output NOTIFY moduleChanged)
    Q_PROPERTY(inceptoscope::OpItem* join READ join NOTIFY moduleChanged)
    Q_PROPERTY(QVariantList segments READ segments NOTIFY moduleChanged)
    Q_PROPERTY(QString inputText READ inputText NOTIFY moduleChanged)
    Q_PROPERTY(QString inputShape READ inputShape NOTIFY moduleChanged)
    Q_PROPERTY(QString outputText READ outputText NOTIFY moduleChanged)
    Q_PROPERTY(QString outputShape READ outputShape NOTIFY moduleChanged)
    Q_PROPERTY(QVariantList sources READ sources NOTIFY moduleChanged)
    Q_PROPERTY(QVariantList targets READ targets NOTIFY moduleChanged)
    Q_PROPERTY(inceptoscope::OpItem* opened READ opened NOTIFY openedChanged)
    Q_PROPERTY(QString question READ question NOTIFY moduleChanged)
    Q_PROPERTY(QString departure READ departure NOTIFY moduleChanged)
    Q_PROPERTY(QString macsText READ macsText NOTIFY moduleChanged)
    Q_PROPERTY(QString paramsText READ paramsText NOTIFY moduleChanged)
    Q_PROPERTY(QString timeText READ timeText NOTIFY timeChanged)
    Q_PROPERTY(bool complete READ complete NOTIFY picturesChanged)

public:
    using QObject::QObject;

    [[nodiscard]] int module() const { return int(m_module); }
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString title() const;
    /// What it is called besides its title: "Mixed_5b · Inception-A · module A (figure 5)".
    [[nodiscard]] QString kindText() const;
    [[nodiscard]] QString drawn() const; ///< where a paper draws it; mostly not empty
    [[nodiscard]] QString about() const; ///< a sentence or two for a newcomer
    [[nodiscard]] bool auxiliary() const;
    [[nodiscard]] int columns() const { return int(m_layout.columns); }
    [[nodiscard]] int levels() const { return int(m_layout.levels); }
    [[nodiscard]] bool joins() const { return m_layout.joins; } ///< ends in a concatenation
    /// The level of a concatenation in the middle of the module; -1 where there is none.
    [[nodiscard]] int barLevel() const { return m_layout.barLevel ? int(*m_layout.barLevel) : -1; }
    /// The module's input is added to what comes out at the end.
    [[nodiscard]] bool shortcut() const { return m_layout.shortcut; }
    [[nodiscard]] QList<OpItem*> ops() const { return m_ops; }
    /// The concatenation, or the last op where there is none.
    [[nodiscard]] OpItem* output() const { return m_output; }
    /// The concatenation of the branches, at the end or before; null where there is none.
    [[nodiscard]] OpItem* join() const { return m_join; }
    /// {branch, name, offset, channels, node}, in the order of the concatenation.
    [[nodiscard]] QVariantList segments() const { return m_segments; }
    [[nodiscard]] QString inputText() const;
    [[nodiscard]] QString inputShape() const;
    [[nodiscard]] QString outputText() const;
    [[nodiscard]] QString outputShape() const;
    [[nodiscard]] QString macsText() const;
    [[nodiscard]] QString paramsText() const;
    [[nodiscard]] QString timeText() const;
    /// The modules that inputText() and outputText() name: {module, title}.
    [[nodiscard]] QVariantList sources() const { return m_sources; }
    [[nodiscard]] QVariantList targets() const { return m_targets; }
    /// The op whose maps fill the stage; null while the module does.
    [[nodiscard]] OpItem* opened() const { return m_opened; }
    /// What comparing this module with another answers; empty where there is no such question.
    [[nodiscard]] QString question() const;
    /// What this module does otherwise than the one that its article draws; mostly empty.
    [[nodiscard]] QString departure() const { return m_departure; }
    /// Every op has its maps.
    [[nodiscard]] bool complete() const;

    /// The module's ops, a line each.
    Q_INVOKABLE QString csv() const;
    Q_INVOKABLE void openOp(int node);
    Q_INVOKABLE void closeOp();

    Q_INVOKABLE inceptoscope::OpItem* find(int node) const;

    void show(std::shared_ptr<const Network> network, ModuleId module);
    /// Dims all ops but these, on this stage and on those to come; empty: none.
    void point(std::vector<NodeId> nodes);
    /// Takes what the snapshot holds of this module.
    void apply(const RunSnapshot& snapshot);

Q_SIGNALS:
    void moduleChanged();
    void timeChanged();
    void picturesChanged();
    void openedChanged();

private:
    [[nodiscard]] const Module* graphModule() const;
    void buildSegments();
    void findNeighbours();
    void dim();

    std::shared_ptr<const Network> m_network;
    ModuleId m_module = 0;
    ModuleLayout m_layout;
    QList<OpItem*> m_ops;
    OpItem* m_output = nullptr;
    OpItem* m_join = nullptr;
    OpItem* m_opened = nullptr;
    QVariantList m_sources;
    QVariantList m_targets;
    std::vector<NodeId> m_pointed;
    QString m_departure;
    QVariantList m_segments;
    double m_milliseconds = -1;
};

} // namespace inceptoscope
