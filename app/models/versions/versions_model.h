#pragma once

#include "models/items/chart_item.h"
#include "models/measuring_progress.h"
#include "models/versions/difference_figure.h"
#include "models/versions/measured_file.h"
#include "models/versions/version_charts.h"

#include <QObject>
#include <QSize>

#include <map>

namespace inceptoscope {

/// All networks side by side: counted at once, measured one after the other when asked for.
class VersionsModel : public QObject
{
    Q_OBJECT
    /// 0: table and chart, 1: what changed between two, 2: two modules.
    Q_PROPERTY(int tab READ tab WRITE setTab NOTIFY tabChanged)
    Q_PROPERTY(QVariantList header READ header NOTIFY rowsChanged)
    /// See versionCells(), sorted.
    Q_PROPERTY(QVariantList rows READ rows NOTIFY rowsChanged)
    Q_PROPERTY(int sortColumn READ sortColumn NOTIFY rowsChanged)
    Q_PROPERTY(bool descending READ descending NOTIFY rowsChanged)
    Q_PROPERTY(QString footnotes READ footnotes NOTIFY rowsChanged)
    Q_PROPERTY(QStringList selected READ selected NOTIFY selectedChanged)
    Q_PROPERTY(bool released READ released WRITE setReleased NOTIFY rowsChanged)
    Q_PROPERTY(int inputSize READ inputSize WRITE setInputSize NOTIFY rowsChanged)
    Q_PROPERTY(int chartKind READ chartKind WRITE setChartKind NOTIFY chartChanged)
    Q_PROPERTY(inceptoscope::ChartPtr chart READ chart NOTIFY chartChanged)
    Q_PROPERTY(QList<int> chartSelected READ chartSelected NOTIFY selectedChanged)
    Q_PROPERTY(bool running READ running NOTIFY progressChanged)
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged)
    Q_PROPERTY(QString before READ before WRITE setBefore NOTIFY differenceChanged)
    Q_PROPERTY(QString after READ after WRITE setAfter NOTIFY differenceChanged)
    /// See versionDifference().
    Q_PROPERTY(QVariantList difference READ difference NOTIFY differenceChanged)
    /// {label, before, after, change}: of the whole networks.
    Q_PROPERTY(QVariantList totals READ totals NOTIFY differenceChanged)

public:
    explicit VersionsModel(QObject* parent = nullptr);

    [[nodiscard]] int tab() const { return m_tab; }
    void setTab(int tab);
    [[nodiscard]] QVariantList header() const { return versionHeader(m_released); }
    [[nodiscard]] QVariantList rows() const { return m_shown; }
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] bool descending() const { return m_descending; }
    [[nodiscard]] QString footnotes() const;
    [[nodiscard]] QStringList selected() const { return m_selected; } ///< ids, two at the most
    [[nodiscard]] bool released() const { return m_released; }
    void setReleased(bool released);
    [[nodiscard]] int inputSize() const { return m_inputSize; } ///< 0: each network's own
    void setInputSize(int side);
    [[nodiscard]] int chartKind() const { return int(m_chartKind); } ///< a VersionChart
    void setChartKind(int kind);
    [[nodiscard]] ChartPtr chart() const { return m_chart; }
    [[nodiscard]] QList<int> chartSelected() const;
    [[nodiscard]] bool running() const { return m_progress.running(); }
    /// 0..1; negative while it waits.
    [[nodiscard]] double progress() const;
    /// "Measuring Inception-v3, 3 of 12, about 20 s left", or what it waits for.
    [[nodiscard]] QString progressText() const;
    [[nodiscard]] QString before() const { return m_before; }
    void setBefore(const QString& id);
    [[nodiscard]] QString after() const { return m_after; }
    void setAfter(const QString& id);
    [[nodiscard]] QVariantList difference() const;
    [[nodiscard]] QVariantList totals() const;
    [[nodiscard]] const std::vector<VersionRow>& versions() const { return m_rows; }

    /// Measures all networks, or those that aren't measured yet at this input.
    Q_INVOKABLE void measure();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void sortBy(int column); ///< again: the other way round
    Q_INVOKABLE void toggle(const QString& id);
    /// A point or bar of the chart was picked.
    Q_INVOKABLE void toggleInChart(int index);
    /// To the tab that says what changed between the two selected.
    Q_INVOKABLE void showDifference();
    /// What changed as a figure: see FigureModel. In the colours of the theme.
    Q_INVOKABLE QSize differenceSize() const;
    Q_INVOKABLE QVariant differenceContent(const QString& suffix, int scale, bool dark) const;
    /// All versions as a file of comma-separated values.
    Q_INVOKABLE QString csv() const;

    void setCanMeasure(bool can) { m_canMeasure = can; }
    /// From now on results are kept in this file, and those of earlier starts are read from it once
    /// the device is known.
    void keepIn(const QString& path);
    void setDevice(const QString& device, const QString& driver);
    void addResult(const std::shared_ptr<const ComparisonResult>& result);
    void setProgress(const QString& network, double fraction);
    /// What it waits for, as waitingText() says it.
    void setWaiting(const QString& text);
    void finish(quint64 number);

Q_SIGNALS:
    void tabChanged();
    void rowsChanged();
    void chartChanged();
    void selectedChanged();
    void progressChanged();
    void differenceChanged();
    /// Entries and input size are filled in.
    void comparisonWanted(const inceptoscope::ComparisonRequest& request);
    void cancelWanted();
    /// Results can't be kept, or what was kept can't be used: one sentence.
    void keepingFailed(const QString& sentence);

private:
    void countAll();
    void rebuild();
    [[nodiscard]] std::vector<const VersionRow*> sorted() const;
    [[nodiscard]] const VersionRow* row(const QString& id) const;
    [[nodiscard]] DifferenceFigure differenceFigure() const;
    /// "times measured on 30 Nov": of those on show that were kept; empty without any.
    [[nodiscard]] QString keptText() const;

    int m_tab = 0;
    std::vector<VersionRow> m_rows; ///< in the order of publication
    /// By id and input size: what was measured stays.
    std::map<std::pair<std::string, int>, std::shared_ptr<const ComparisonResult>> m_results;
    std::optional<MeasuredFile> m_kept;
    QDateTime m_start = QDateTime::currentDateTime(); ///< what is older was kept
    QVariantList m_shown;
    int m_sortColumn = 0;
    bool m_descending = false;
    QStringList m_selected;
    bool m_released = false;
    int m_inputSize = 0;
    VersionChart m_chartKind = VersionChart::AccuracyByMacs;
    ChartPtr m_chart;
    std::vector<int> m_chartRows;
    bool m_canMeasure = false;
    quint64 m_number = 0; ///< of the last comparison that was asked for
    MeasuringProgress m_progress;
    QString m_measuredNow;      ///< the network's name
    size_t m_place = 0;         ///< of it among those to measure
    std::vector<double> m_work; ///< in MACs, of all of these up to each
    QString m_before = QStringLiteral("inception_v3");
    QString m_after = QStringLiteral("inception_v4");
};

} // namespace inceptoscope
