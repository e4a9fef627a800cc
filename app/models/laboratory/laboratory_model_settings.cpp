#include "models/laboratory/laboratory_model.h"

#include "error.h"
#include "models/laboratory/report_text.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

const ExperimentSetting* settingNamed(const Experiment& experiment, const QString& name)
{
    const auto it =
        std::ranges::find(experiment.settings, name.toStdString(), &ExperimentSetting::name);
    return it == experiment.settings.end() ? nullptr : &*it;
}

} // namespace

QVariantList LaboratoryModel::settings() const
{
    QVariantList list;
    for (const ExperimentSetting& setting : experiment().settings) {
        QStringList choices;
        for (size_t i = 0; i < setting.choices.size(); ++i)
            choices << reportText(setting.shown(double(i)));
        list << QVariantMap{
            {"name", QString::fromStdString(setting.name)},
            {"title", capitalised(reportText(setting.title))},
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

double LaboratoryModel::value(const QString& name) const
{
    return settingNamed(experiment(), name) != nullptr ? m_values[name.toStdString()] : 0.0;
}

QString LaboratoryModel::valueText(const QString& name) const
{
    const ExperimentSetting* setting = settingNamed(experiment(), name);
    if (setting == nullptr)
        return {};
    const QString shown = reportText(setting->shown(m_values[setting->name]));
    const auto meant = m_report.meant.find(setting->name);
    return meant == m_report.meant.end()
               ? shown
               : tr("%1 (%2)").arg(shown, QString::fromStdString(meant->second));
}

QString LaboratoryModel::closedText(const std::string& setting, size_t choice) const
{
    if (!experiment().closed)
        return {};
    return capitalised(reportText(experiment().closed(setting, choice, m_values, m_atHand)));
}

QStringList LaboratoryModel::closed(const QString& name) const
{
    const ExperimentSetting* setting = settingNamed(experiment(), name);
    QStringList reasons;
    for (size_t i = 0; setting != nullptr && i < setting->choices.size(); ++i)
        reasons << closedText(setting->name, i);
    return reasons;
}

void LaboratoryModel::setWeightsAtHand(const WeightsAtHand& atHand)
{
    if (atHand == m_atHand)
        return;
    m_atHand = atHand;
    recount(true);
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
    recount(true);
    Q_EMIT valuesChanged();
}

void LaboratoryModel::reset()
{
    if (standard())
        return;
    m_values = standardValues(experiment().settings);
    recount(true);
    Q_EMIT valuesChanged();
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
    recount(!other);
    Q_EMIT valuesChanged();
    return {};
}

} // namespace inceptoscope
