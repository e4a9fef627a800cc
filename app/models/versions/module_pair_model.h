#pragma once

#include "engine/module_pair.h"
#include "models/figure/pair_figure.h"
#include "models/measuring_progress.h"
#include "models/stage/stage_model.h"

#include <QTimer>
#include <QVariant>

namespace inceptoscope {

/// One of the two: which module of which network, and its drawing on the common input.
class PairSideModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString network READ network WRITE setNetwork NOTIFY chosen)
    Q_PROPERTY(QString module READ module WRITE setModule NOTIFY chosen)
    /// {name, title, detail, section}: modules of the network that can be compared.
    Q_PROPERTY(QVariantList modules READ modules NOTIFY chosen)
    Q_PROPERTY(int networkIndex READ networkIndex NOTIFY chosen)
    Q_PROPERTY(int moduleIndex READ moduleIndex NOTIFY chosen)
    Q_PROPERTY(inceptoscope::StageModel* stage READ stage CONSTANT)
    Q_PROPERTY(bool built READ built NOTIFY stageShown)
    Q_PROPERTY(QString title READ title NOTIFY stageShown)
    Q_PROPERTY(QString error READ error NOTIFY stageShown)
    Q_PROPERTY(QString note READ note NOTIFY stageShown)

public:
    explicit PairSideModel(QObject* parent = nullptr);

    [[nodiscard]] QString network() const;
    void setNetwork(const QString& id);
    [[nodiscard]] QString module() const { return m_module; }
    void setModule(const QString& name);
    [[nodiscard]] QVariantList modules() const;
    [[nodiscard]] int networkIndex() const;
    [[nodiscard]] int moduleIndex() const;
    [[nodiscard]] StageModel* stage() { return &m_stage; }
    [[nodiscard]] bool built() const { return m_alone != nullptr; }
    [[nodiscard]] QString title() const; ///< "Inception 3a of GoogLeNet (Inception v1)"
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] QString note() const { return m_note; }

    /// The module's input in its network.
    [[nodiscard]] Shape ownInput() const;
    [[nodiscard]] const Network* whole() const { return m_network.get(); }
    [[nodiscard]] const Network* alone() const { return m_alone.get(); }
    [[nodiscard]] const MeasuredTimes& times() const { return m_times; }
    [[nodiscard]] PairFigure::Side figure() const;
    void choose(const QString& network, const QString& module);
    /// Builds and draws the module on this input; nothing is measured yet.
    void show(const Shape& input);
    void apply(const ModulePairSide& side);

Q_SIGNALS:
    void chosen();
    void stageShown();

private:
    [[nodiscard]] std::optional<ModuleId> moduleId() const;

    std::shared_ptr<const Network> m_network;
    QString m_module;
    std::shared_ptr<const Network> m_alone; ///< null where it can't stand on the input
    StageModel m_stage;
    QString m_error;
    QString m_note;
    MeasuredTimes m_times;
    std::shared_ptr<const RunSnapshot> m_snapshot; ///< null before it is measured
};

/// Two modules side by side on the same input: drawn, costed, measured.
class ModulePairModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QVariantList networks READ networks CONSTANT)
    Q_PROPERTY(inceptoscope::PairSideModel* first READ first CONSTANT)
    Q_PROPERTY(inceptoscope::PairSideModel* second READ second CONSTANT)
    /// Whose input both get: 0 the first's, 1 the second's.
    Q_PROPERTY(int inputOf READ inputOf WRITE setInputOf NOTIFY changed)
    Q_PROPERTY(QStringList inputChoices READ inputChoices NOTIFY changed)
    Q_PROPERTY(QString inputText READ inputText NOTIFY resultChanged)
    /// {label, first, second, change}.
    Q_PROPERTY(QVariantList differences READ differences NOTIFY resultChanged)
    Q_PROPERTY(bool measuring READ measuring NOTIFY progressChanged)
    /// 0..1; negative while it waits.
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
    /// "Measuring, about 20 s left", or what it waits for.
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged)
    /// It was cancelled, and could be measured.
    Q_PROPERTY(bool cancelled READ cancelled NOTIFY progressChanged)

public:
    explicit ModulePairModel(QObject* parent = nullptr);

    [[nodiscard]] QVariantList networks() const; ///< {id, title, detail}
    [[nodiscard]] PairSideModel* first() { return m_sides[0]; }
    [[nodiscard]] PairSideModel* second() { return m_sides[1]; }
    [[nodiscard]] int inputOf() const { return m_inputOf; }
    void setInputOf(int side);
    [[nodiscard]] QStringList inputChoices() const; ///< "192 × 28×28, as in the first"
    [[nodiscard]] QString inputText() const;
    [[nodiscard]] QVariantList differences() const;
    [[nodiscard]] bool measuring() const { return m_progress.running(); }
    [[nodiscard]] double progress() const;
    [[nodiscard]] QString progressText() const;
    [[nodiscard]] bool cancelled() const { return m_cancelled; }

    /// Compares a module with what is worth comparing it to: the naive one of its place, else the
    /// next of its network.
    void compareWith(const QString& network, const QString& module);
    Q_INVOKABLE void swap();
    /// What is there stays.
    Q_INVOKABLE void cancel();
    /// Of the figure, in units of the drawing; see FigureModel.
    Q_INVOKABLE QSize figureSize() const;
    Q_INVOKABLE QVariant content(const QString& suffix, int scale) const;

    /// What is looked at is measured, unless it is already.
    void setLookedAt(bool on);
    /// The pictures of the maps are to look otherwise, or it was cancelled.
    Q_INVOKABLE void measureAgain();
    void setProgress(double fraction);
    /// What it waits for, as waitingText() says it.
    void setWaiting(const QString& text);
    void apply(const std::shared_ptr<const ModulePairResult>& result);

Q_SIGNALS:
    void changed();
    void resultChanged();
    void progressChanged();
    void cancelWanted();
    /// Picture, style and weights are to be filled in.
    void pairWanted(const inceptoscope::ModulePairRequest& request);

private:
    void choose(
        const QString& firstNetwork, const QString& firstModule, const QString& secondNetwork,
        const QString& secondModule);
    void rebuild();
    void measure();
    [[nodiscard]] Shape input() const;
    [[nodiscard]] PairFigure figure() const;

    std::array<PairSideModel*, 2> m_sides;
    int m_inputOf = 0;
    bool m_lookedAt = false;
    bool m_cancelled = false;
    MeasuringProgress m_progress;
    bool m_wanted = false;
    quint64 m_number = 0;
    QTimer m_delay; ///< choices in a row are one measurement
    QString m_inputSource;
    Ratio m_ratio; ///< of times, the second to the first
};

} // namespace inceptoscope
