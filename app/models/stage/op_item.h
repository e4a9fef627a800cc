#pragma once

#include "cost/cost.h"
#include "engine/run_snapshot.h"
#include "models/stage/module_layout.h"

#include <QObject>
#include <QVariantMap>

namespace inceptoscope {

/// One op box on stage: its place in the drawing, its text, and, once the device delivers
/// them, its time and its maps.
class OpItem : public QObject
{
    Q_OBJECT
    Q_PROPERTY(int node READ node CONSTANT)
    Q_PROPERTY(QString name READ name CONSTANT)
    Q_PROPERTY(QString title READ title CONSTANT)
    Q_PROPERTY(QString detail READ detail CONSTANT)
    Q_PROPERTY(QString sentence READ sentence CONSTANT)
    Q_PROPERTY(QString note READ note CONSTANT)
    Q_PROPERTY(QString shapeText READ shapeText CONSTANT)
    Q_PROPERTY(QString sizeText READ sizeText CONSTANT)
    Q_PROPERTY(int channels READ channels CONSTANT)
    Q_PROPERTY(QString macsText READ macsText CONSTANT)
    Q_PROPERTY(QString paramsText READ paramsText CONSTANT)
    Q_PROPERTY(double macsShare READ macsShare CONSTANT)
    Q_PROPERTY(int branch READ branch CONSTANT)
    Q_PROPERTY(int column READ column CONSTANT)
    Q_PROPERTY(int columns READ columns CONSTANT)
    Q_PROPERTY(int level READ level CONSTANT)
    Q_PROPERTY(int levels READ levels CONSTANT)
    Q_PROPERTY(bool bar READ bar CONSTANT)
    Q_PROPERTY(bool shortcut READ shortcut CONSTANT)
    Q_PROPERTY(bool shared READ shared CONSTANT)
    Q_PROPERTY(QList<int> sources READ sources CONSTANT)
    Q_PROPERTY(QString timeText READ timeText NOTIFY timeChanged)
    Q_PROPERTY(double timeShare READ timeShare NOTIFY timeChanged)
    Q_PROPERTY(bool hasPicture READ hasPicture NOTIFY pictureChanged)
    Q_PROPERTY(bool scores READ scores CONSTANT)
    Q_PROPERTY(int revision READ revision NOTIFY pictureChanged)
    /// Something else is meant at the moment.
    Q_PROPERTY(bool dimmed READ dimmed NOTIFY dimmedChanged)

public:
    OpItem(const Graph& graph, LayoutCell cell, QObject* parent = nullptr);

    [[nodiscard]] int node() const { return int(m_cell.node); }
    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString detail() const { return m_detail; }
    [[nodiscard]] QString sentence() const { return m_sentence; }
    /// What the article has in its place: "5×5 in the article"; mostly empty.
    [[nodiscard]] QString note() const { return m_note; }
    [[nodiscard]] QString shapeText() const;
    [[nodiscard]] QString sizeText() const; ///< "28×28"
    [[nodiscard]] int channels() const { return int(m_shape.c); }
    [[nodiscard]] QString macsText() const;   ///< empty where the convention counts none
    [[nodiscard]] QString paramsText() const; ///< empty without parameters
    [[nodiscard]] double macsShare() const { return m_macsShare; } ///< of its module, 0..1
    [[nodiscard]] int branch() const { return int(m_cell.branch); }
    [[nodiscard]] int column() const { return int(m_cell.column); }
    [[nodiscard]] int columns() const { return int(m_cell.columns); }
    [[nodiscard]] int level() const { return int(m_cell.level); }
    [[nodiscard]] int levels() const { return int(m_cell.levels); }
    [[nodiscard]] bool bar() const { return m_cell.bar; }
    [[nodiscard]] bool shortcut() const { return m_cell.shortcut; }
    [[nodiscard]] bool shared() const { return m_cell.shared; }
    [[nodiscard]] QList<int> sources() const;
    [[nodiscard]] QString timeText() const;
    [[nodiscard]] double milliseconds() const { return m_milliseconds; } ///< negative: unknown
    [[nodiscard]] double timeShare() const { return m_timeShare; }       ///< of its module, 0..1
    [[nodiscard]] bool hasPicture() const { return picture() != nullptr; }
    /// A linear layer or a softmax: one number a channel, shown as bars rather than as maps.
    [[nodiscard]] bool scores() const { return m_scores; }
    [[nodiscard]] int revision() const { return m_revision; } ///< of what score() tells
    [[nodiscard]] bool dimmed() const { return m_dimmed; }
    /// "red" of the network's input, "class 12, banjo" of scores, "channel 12" of all others.
    [[nodiscard]] QString channelName(int channel) const;
    /// The scores from the highest down, `rank` from 0: {channel, name, fullName, value, text,
    /// from, to}, the last two where its bar starts and ends, 0..1; empty before they are known.
    Q_INVOKABLE QVariantMap score(int rank) const;

    [[nodiscard]] const Shape& shape() const { return m_shape; }
    [[nodiscard]] const OpPicture* picture() const;
    [[nodiscard]] std::shared_ptr<const ModulePictures> pictures() const { return m_pictures; }

    /// "channel 12: 0.00 … 3.21, mean 0.40, 38.2 % zeros".
    Q_INVOKABLE QString channelSummary(int channel) const;

    /// What is known of each channel, a line each: scores from the highest down.
    Q_INVOKABLE QString table(const QString& separator) const;

    void setPictures(std::shared_ptr<const ModulePictures> pictures);
    void setLabels(std::shared_ptr<const ClassLabels> labels);
    void setNote(const QString& note) { m_note = note; } ///< before views see it
    /// The network whose input this op is.
    void setInputOf(std::shared_ptr<const Network> network) { m_inputOf = std::move(network); }
    void setTime(double milliseconds, double share);
    void setDimmed(bool dimmed);

Q_SIGNALS:
    void timeChanged();
    void pictureChanged();
    void dimmedChanged();

private:
    void rank();

    LayoutCell m_cell;
    Shape m_shape;
    bool m_scores = false;
    Cost m_cost;
    double m_macsShare = 0;
    QString m_name;
    QString m_title;
    QString m_detail;
    QString m_sentence;
    QString m_note;
    bool m_probabilities = false;
    QString m_unit; ///< what a number of it is called: "class", "unit"
    double m_milliseconds = -1;
    double m_timeShare = 0;
    std::shared_ptr<const ModulePictures> m_pictures;
    std::shared_ptr<const ClassLabels> m_labels; ///< null while unknown
    std::shared_ptr<const Network> m_inputOf;    ///< null for all but the input
    std::vector<int> m_order;                    ///< channels from the highest score down
    double m_lowest = 0;                         ///< of the bars' range, zero included
    double m_highest = 0;
    int m_revision = 0;
    bool m_dimmed = false;
};

} // namespace inceptoscope
