#include "models/laboratory/laboratory_model.h"

#include "engine/study_job.h"
#include "error.h"
#include "models/laboratory/report_text.h"
#include "models/save/table_text.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr int measuringDelay = 150;

} // namespace

LaboratoryModel::LaboratoryModel(QObject* parent)
    : QObject(parent)
    , m_experiment(&experimentNamed("two-3x3"))
    , m_values(standardValues(m_experiment->settings))
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(measuringDelay);
    connect(&m_delay, &QTimer::timeout, this, &LaboratoryModel::measure);
    recount();
}

QVariantList LaboratoryModel::experimentList() const
{
    QVariantList list;
    for (const Experiment& one : inceptoscope::experiments())
        list << QVariantMap{
            {"id", QString::fromStdString(one.id)},
            {"title", reportText(one.title)},
            {"chapter", reportText(one.chapter)},
            {"claim", reportText(one.claim)}};
    return list;
}

QString LaboratoryModel::current() const
{
    return QString::fromStdString(experiment().id);
}

int LaboratoryModel::index() const
{
    return int(&experiment() - inceptoscope::experiments().data());
}

void LaboratoryModel::setCurrent(const QString& id)
{
    const auto& all = inceptoscope::experiments();
    const auto it = std::ranges::find(all, id.toStdString(), &Experiment::id);
    if (it == all.end() || &*it == m_experiment)
        return;
    m_experiment = &*it;
    m_values = standardValues(m_experiment->settings);
    Q_EMIT experimentChanged();
    recount();
}

QString LaboratoryModel::title() const
{
    return reportText(experiment().title);
}

QString LaboratoryModel::claim() const
{
    return reportText(experiment().claim);
}

QString LaboratoryModel::source() const
{
    return reportText(experiment().source);
}

QVariantList LaboratoryModel::sideRows() const
{
    return inceptoscope::sideRows(m_report);
}

QStringList LaboratoryModel::sideTitles() const
{
    QStringList titles;
    for (const ExperimentSide& side : m_report.sides)
        titles << reportText(side.title);
    return titles;
}

QVariantList LaboratoryModel::figures() const
{
    return figureRows(m_report);
}

QVariantList LaboratoryModel::tables() const
{
    return figureTables(m_report);
}

QVariant LaboratoryModel::chart(int index) const
{
    if (index < 0 || size_t(index) >= m_report.plots.size())
        return QVariant::fromValue(ChartPtr());
    return QVariant::fromValue(chartOf(m_report.plots[size_t(index)]));
}

QString LaboratoryModel::verdict() const
{
    return capitalised(reportText(m_report.verdict.text));
}

QString LaboratoryModel::outcome() const
{
    if (!m_report.verdict.holds)
        return QStringLiteral("open");
    return *m_report.verdict.holds ? QStringLiteral("holds") : QStringLiteral("fails");
}

QString LaboratoryModel::inputText() const
{
    return m_report.input.empty() ? QString() : tr("On %1").arg(reportText(m_report.input));
}

QString LaboratoryModel::csv() const
{
    QString text = tableLine(QStringList{QStringLiteral("figure")} + sideTitles(), u',');
    for (const QVariant& row : sideRows()) {
        const QVariantMap map = row.toMap();
        text += tableLine(QStringList{map["label"].toString()} + map["texts"].toStringList(), u',');
    }
    for (const QVariant& row : figures()) {
        const QVariantMap map = row.toMap();
        text += tableLine({map["title"].toString(), map["text"].toString()}, u',');
    }
    return text;
}

void LaboratoryModel::recount(bool keep)
{
    m_problem.clear();
    try {
        ExperimentReport counted = countExperiment(experiment(), m_values);
        if (keep)
            keepTimes(m_report, counted);
        m_report = std::move(counted);
    } catch (const Error& error) {
        m_report = {};
        m_report.values = m_values;
        m_problem = QString::fromUtf8(error.what());
    }
    // Chosen already, by an address or with another network: what is counted stands.
    for (const ExperimentSetting& setting : experiment().settings)
        if (setting.isChoice() && m_problem.isEmpty())
            m_problem = closedText(setting.name, m_values.whole(setting.name));
    m_due = m_problem.isEmpty() && (experiment().timed || experiment().measure);
    m_number = nextStudyNumber(); // what is under way is of other settings
    m_cancelled = false;
    showSides();
    ++m_revision;
    Q_EMIT reportChanged();
    if (m_lookedAt && m_due)
        m_delay.start();
    if (measuring())
        m_progress.begin();
    setMeasuring(m_lookedAt && m_due);
}

/// Objects stay where there are as many as before: a slider moves the figures, not the drawings.
void LaboratoryModel::showSides()
{
    const auto count = qsizetype(m_report.sides.size());
    const bool other = count != m_sides.size();
    while (m_sides.size() > count)
        m_sides.takeLast()->deleteLater();
    while (m_sides.size() < count)
        m_sides << new LaboratorySide(this);
    for (qsizetype i = 0; i < count; ++i)
        m_sides[i]->show(m_report.sides[size_t(i)]);
    if (other)
        Q_EMIT sidesChanged();
}

} // namespace inceptoscope
