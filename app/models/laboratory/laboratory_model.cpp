#include "models/laboratory/laboratory_model.h"

#include "engine/study_job.h"
#include "error.h"
#include "models/format.h"
#include "models/laboratory/report_text.h"
#include "models/save/table_text.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr int measuringDelay = 150;

QString shownText(const std::string& text)
{
    return withTimesSigns(QString::fromStdString(text));
}

const ExperimentSetting* settingNamed(const Experiment& experiment, const QString& name)
{
    const auto it =
        std::ranges::find(experiment.settings, name.toStdString(), &ExperimentSetting::name);
    return it == experiment.settings.end() ? nullptr : &*it;
}

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
            {"title", shownText(one.title)},
            {"chapter", shownText(one.chapter)},
            {"claim", shownText(one.claim)}};
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
    return shownText(experiment().title);
}

QString LaboratoryModel::claim() const
{
    return shownText(experiment().claim);
}

QString LaboratoryModel::source() const
{
    return shownText(experiment().source);
}

QVariantList LaboratoryModel::settings() const
{
    QVariantList list;
    for (const ExperimentSetting& setting : experiment().settings) {
        QStringList choices;
        for (const std::string& choice : setting.choices)
            choices << QString::fromStdString(choice);
        list << QVariantMap{
            {"name", QString::fromStdString(setting.name)},
            {"title", capitalised(shownText(setting.title))},
            {"least", setting.least},
            {"most", setting.most},
            {"step", setting.step},
            {"choices", choices},
            {"isSwitch", setting.isSwitch()}};
    }
    return list;
}

bool LaboratoryModel::standard() const
{
    return m_values == standardValues(experiment().settings);
}

QVariantList LaboratoryModel::sideRows() const
{
    return inceptoscope::sideRows(m_report);
}

QStringList LaboratoryModel::sideTitles() const
{
    QStringList titles;
    for (const ExperimentSide& side : m_report.sides)
        titles << shownText(side.title);
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
    return capitalised(shownText(m_report.verdict.text));
}

QString LaboratoryModel::outcome() const
{
    if (!m_report.verdict.holds)
        return QStringLiteral("open");
    return *m_report.verdict.holds ? QStringLiteral("holds") : QStringLiteral("fails");
}

QString LaboratoryModel::inputText() const
{
    return m_report.input.empty() ? QString() : tr("On %1").arg(shownText(m_report.input));
}

double LaboratoryModel::value(const QString& name) const
{
    return settingNamed(experiment(), name) != nullptr ? m_values[name.toStdString()] : 0.0;
}

QString LaboratoryModel::valueText(const QString& name) const
{
    const ExperimentSetting* setting = settingNamed(experiment(), name);
    return setting != nullptr
               ? QString::fromStdString(setting->text(m_values[setting->name]) + setting->unit)
               : QString();
}

void LaboratoryModel::setValue(const QString& name, double value)
{
    const ExperimentSetting* setting = settingNamed(experiment(), name);
    if (setting == nullptr)
        return;
    // A slider's steps gather rounding errors.
    const double steps = std::round((value - setting->least) / setting->step);
    const double exact = std::clamp(
        std::round((setting->least + steps * setting->step) * 1e6) / 1e6, setting->least,
        setting->most);
    if (exact == m_values[setting->name])
        return;
    m_values.set(setting->name, exact);
    recount();
    Q_EMIT valuesChanged();
}

void LaboratoryModel::reset()
{
    if (standard())
        return;
    m_values = standardValues(experiment().settings);
    recount();
    Q_EMIT valuesChanged();
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

QString LaboratoryModel::setText() const
{
    QStringList parts;
    for (const ExperimentSetting& setting : experiment().settings) {
        const double value = m_values[setting.name];
        if (value != setting.standard)
            parts << QString::fromStdString(setting.name + "=" + setting.text(value));
    }
    return parts.join(u',');
}

QString LaboratoryModel::take(const QString& id, const QString& set)
{
    const Experiment* asked = nullptr;
    SettingValues values;
    try {
        asked = &experimentNamed(id.toStdString());
        values = settingsIn(*asked, set.toStdString());
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    const bool other = asked != m_experiment;
    if (!other && values == m_values)
        return {};
    m_experiment = asked;
    m_values = values;
    if (other)
        Q_EMIT experimentChanged();
    recount();
    Q_EMIT valuesChanged();
    return {};
}

void LaboratoryModel::recount()
{
    m_problem.clear();
    try {
        m_report = countExperiment(experiment(), m_values);
    } catch (const Error& error) {
        m_report = {};
        m_report.values = m_values;
        m_problem = QString::fromUtf8(error.what());
    }
    m_due = m_problem.isEmpty() && (experiment().timed || experiment().measure);
    m_number = nextStudyNumber(); // what is under way is of other settings
    showSides();
    ++m_revision;
    Q_EMIT reportChanged();
    if (m_lookedAt && m_due)
        m_delay.start();
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

void LaboratoryModel::setLookedAt(bool on)
{
    if (on == m_lookedAt)
        return;
    m_lookedAt = on;
    if (on && m_due) {
        setMeasuring(true);
        m_delay.start();
    } else if (!on) {
        m_delay.stop();
        if (m_measuring)
            Q_EMIT cancelWanted();
        setMeasuring(false);
    }
}

void LaboratoryModel::measureAgain()
{
    recount();
}

void LaboratoryModel::measure()
{
    if (!m_lookedAt || !m_due)
        return;
    // A whole network takes seconds on a processor: few runs, and more of what is small.
    constexpr uint64_t large = 2'000'000'000;
    uint64_t macs = 0;
    for (const ExperimentSide& side : m_report.sides)
        macs += side.cost.macs;
    setMeasuring(true);
    Q_EMIT wanted(
        m_number,
        {.experiment = experiment().id, .report = m_report, .runs = macs > large ? 1U : 5U});
}

void LaboratoryModel::apply(quint64 number, const StudyResult& result, const QString& problem)
{
    if (number != m_number)
        return; // of settings that are no more
    m_due = false;
    setMeasuring(false);
    m_problem = problem;
    if (result) {
        m_report = *std::static_pointer_cast<const ExperimentReport>(result);
        showSides();
    }
    ++m_revision;
    Q_EMIT reportChanged();
}

void LaboratoryModel::setMeasuring(bool on)
{
    if (on == m_measuring)
        return;
    m_measuring = on;
    Q_EMIT measuringChanged();
}

} // namespace inceptoscope
