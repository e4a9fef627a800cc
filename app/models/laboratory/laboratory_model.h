#pragma once

#include "experiments/experiment.h"
#include "experiments/study.h"
#include "models/laboratory/laboratory_side.h"
#include "models/measuring_progress.h"

#include <QTimer>

namespace inceptoscope {

/// The laboratory: a claim, its sides, its sliders, what came of it.
class LaboratoryModel : public QObject
{
    Q_OBJECT
    /// {id, title, chapter, claim}, by chapter.
    Q_PROPERTY(QVariantList experiments READ experimentList CONSTANT)
    Q_PROPERTY(QString current READ current WRITE setCurrent NOTIFY experimentChanged)
    Q_PROPERTY(int index READ index NOTIFY experimentChanged)
    Q_PROPERTY(QString title READ title NOTIFY experimentChanged)
    Q_PROPERTY(QString claim READ claim NOTIFY experimentChanged)
    Q_PROPERTY(QString source READ source NOTIFY experimentChanged)
    /// {name, title, least, most, step, choices, isSwitch}; what they stand at: value().
    Q_PROPERTY(QVariantList settings READ settings NOTIFY experimentChanged)
    /// Counts up whenever a value or what follows from it changes.
    Q_PROPERTY(int revision READ revision NOTIFY reportChanged)
    Q_PROPERTY(bool standard READ standard NOTIFY reportChanged)
    Q_PROPERTY(QList<inceptoscope::LaboratorySide*> sides READ sides NOTIFY sidesChanged)
    /// {label, texts}: a row for each measure, a text for each side.
    Q_PROPERTY(QVariantList sideRows READ sideRows NOTIFY reportChanged)
    Q_PROPERTY(QStringList sideTitles READ sideTitles NOTIFY reportChanged)
    /// {title, text}.
    Q_PROPERTY(QVariantList figures READ figures NOTIFY reportChanged)
    /// {title, columns, rows}.
    Q_PROPERTY(QVariantList tables READ tables NOTIFY reportChanged)
    Q_PROPERTY(int chartCount READ chartCount NOTIFY reportChanged)
    Q_PROPERTY(QString verdict READ verdict NOTIFY reportChanged)
    /// "holds", "fails", "open".
    Q_PROPERTY(QString outcome READ outcome NOTIFY reportChanged)
    Q_PROPERTY(QString inputText READ inputText NOTIFY reportChanged)
    Q_PROPERTY(bool measuring READ measuring NOTIFY measuringChanged)
    /// 0..1; negative while it waits.
    Q_PROPERTY(double progress READ progress NOTIFY measuringChanged)
    /// "Measuring, about 20 s left", or what it waits for.
    Q_PROPERTY(QString progressText READ progressText NOTIFY measuringChanged)
    /// It was cancelled, and could be measured.
    Q_PROPERTY(bool cancelled READ cancelled NOTIFY measuringChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY reportChanged)

public:
    explicit LaboratoryModel(QObject* parent = nullptr);

    [[nodiscard]] QVariantList experimentList() const;
    [[nodiscard]] QString current() const;
    void setCurrent(const QString& id); ///< with its standard settings; unknown ones are ignored
    [[nodiscard]] int index() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString claim() const;
    [[nodiscard]] QString source() const;
    [[nodiscard]] QVariantList settings() const;
    [[nodiscard]] int revision() const { return m_revision; }
    [[nodiscard]] bool standard() const;
    [[nodiscard]] QList<LaboratorySide*> sides() const { return m_sides; }
    [[nodiscard]] QVariantList sideRows() const;
    [[nodiscard]] QStringList sideTitles() const;
    [[nodiscard]] QVariantList figures() const;
    [[nodiscard]] QVariantList tables() const;
    [[nodiscard]] int chartCount() const { return int(m_report.plots.size()); }
    [[nodiscard]] QString verdict() const;
    [[nodiscard]] QString outcome() const;
    [[nodiscard]] QString inputText() const;
    [[nodiscard]] bool measuring() const { return m_progress.running(); }
    [[nodiscard]] double progress() const;
    [[nodiscard]] QString progressText() const;
    [[nodiscard]] bool cancelled() const { return m_cancelled; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] const ExperimentReport& report() const { return m_report; }

    Q_INVOKABLE double value(const QString& name) const;
    Q_INVOKABLE QString valueText(const QString& name) const;
    /// Of each choice of a setting why it can't be taken now, a sentence; empty where it can.
    Q_INVOKABLE QStringList closed(const QString& name) const;
    Q_INVOKABLE void setValue(const QString& name, double value);
    Q_INVOKABLE void reset();
    /// What is counted stays.
    Q_INVOKABLE void cancel();
    Q_INVOKABLE QVariant chart(int index) const; ///< a ChartPtr
    Q_INVOKABLE QString csv() const;

    /// "n=7,channels=16": what differs from the standard settings; for addresses.
    [[nodiscard]] QString setText() const;
    /// The other way; returns what is wrong with it, a sentence, and changes nothing then.
    QString take(const QString& experiment, const QString& set);
    /// Trained weights that experiments can be tried with.
    void setWeightsAtHand(const WeightsAtHand& atHand);
    /// What is looked at is measured, unless it is already.
    void setLookedAt(bool on);
    Q_INVOKABLE void measureAgain();
    void setProgress(double fraction);
    /// What it waits for, as waitingText() says it.
    void setWaiting(const QString& text);
    void apply(quint64 number, const StudyResult& result, const QString& problem);
    /// What is known so far; more follows.
    void applyPart(quint64 number, const StudyResult& part);

Q_SIGNALS:
    void experimentChanged();
    void valuesChanged();
    void reportChanged();
    void sidesChanged();
    void measuringChanged();
    /// Picture, weights and style are to be filled in.
    void wanted(quint64 number, const inceptoscope::ExperimentStudy& study);
    void cancelWanted();

private:
    [[nodiscard]] const Experiment& experiment() const { return *m_experiment; }
    [[nodiscard]] QString closedText(const std::string& setting, size_t choice) const;
    /// Sides that stay the same keep what was measured of them, where `keep`.
    void recount(bool keep = false);
    void showSides();
    void measure();
    void setMeasuring(bool on);

    const Experiment* m_experiment;
    SettingValues m_values;
    WeightsAtHand m_atHand;
    ExperimentReport m_report;
    QList<LaboratorySide*> m_sides;
    QString m_problem;
    QTimer m_delay; ///< a slider that moves is one measurement
    quint64 m_number = 0;
    int m_revision = 0;
    bool m_lookedAt = false;
    bool m_due = false; ///< the report on show isn't measured
    bool m_cancelled = false;
    MeasuringProgress m_progress;
};

} // namespace inceptoscope
