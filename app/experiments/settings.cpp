#include "experiments/settings.h"

#include "ascii.h"
#include "error.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace inceptoscope {

namespace {

const std::vector<std::string> switchWords = {"no", "yes"};

std::string joined(const std::vector<std::string>& words)
{
    std::string list;
    for (const std::string& word : words)
        list += (list.empty() ? "" : ", ") + word;
    return list;
}

std::string range(const ExperimentSetting& setting)
{
    if (setting.isChoice())
        return "one of " + joined(setting.choices);
    const bool whole = setting.step == std::floor(setting.step);
    return (whole ? "a whole number from " : "a number from ") + setting.text(setting.least) +
           " to " + setting.text(setting.most) +
           (setting.step == 1 ? "" : " in steps of " + setting.text(setting.step));
}

[[noreturn]] void refuse(const ExperimentSetting& setting, const std::string& text)
{
    throw Error(
        ErrorKind::Usage,
        "--set " + setting.name + "=" + text + ": " + setting.name + " takes " + range(setting));
}

} // namespace

bool ExperimentSetting::isSwitch() const
{
    return choices == switchWords;
}

std::string ExperimentSetting::text(double value) const
{
    if (isChoice())
        return choices.at(size_t(std::lround(value)));
    return ascii::general(value, 10);
}

std::string ExperimentSetting::shown(double value) const
{
    // A slider's steps gather rounding errors.
    constexpr double exact = 1e9;
    const auto it = std::ranges::find_if(words, [&](const auto& word) {
        return std::round(word.first * exact) == std::round(value * exact);
    });
    return it != words.end() ? it->second : text(value) + unit;
}

double ExperimentSetting::parse(const std::string& word) const
{
    if (isChoice()) {
        std::string lower = ascii::lower(word);
        if (isSwitch() && (lower == "1" || lower == "on" || lower == "true"))
            lower = "yes";
        if (isSwitch() && (lower == "0" || lower == "off" || lower == "false"))
            lower = "no";
        const auto it = std::ranges::find_if(
            choices, [&](const std::string& choice) { return ascii::lower(choice) == lower; });
        if (it == choices.end())
            refuse(*this, word);
        return double(it - choices.begin());
    }
    double value = 0;
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (problem != std::errc() || end != word.data() + word.size() || !std::isfinite(value) ||
        value < least || value > most)
        refuse(*this, word);
    const double steps = (value - least) / step;
    if (std::abs(steps - std::round(steps)) > 1e-6)
        refuse(*this, word);
    return value;
}

ExperimentSetting switchSetting(std::string name, std::string title, bool standard)
{
    return {
        .name = std::move(name),
        .title = std::move(title),
        .standard = standard ? 1.0 : 0.0,
        .choices = switchWords};
}

ExperimentSetting withTitles(ExperimentSetting choice, const std::vector<std::string>& titles)
{
    for (size_t i = 0; i < titles.size(); ++i)
        choice.words[double(i)] = titles[i];
    return choice;
}

ExperimentSetting choiceSetting(
    std::string name, std::string title, std::vector<std::string> choices, size_t standard)
{
    ExperimentSetting setting{.name = std::move(name), .title = std::move(title)};
    setting.most = double(choices.size() - 1);
    setting.standard = double(standard);
    setting.choices = std::move(choices);
    return setting;
}

uint32_t SettingValues::whole(const std::string& name) const
{
    return uint32_t(std::lround(m_values.at(name)));
}

SettingValues standardValues(const std::vector<ExperimentSetting>& settings)
{
    SettingValues values;
    for (const ExperimentSetting& setting : settings)
        values.set(setting.name, setting.standard);
    return values;
}

static Error unknownSetting(
    const std::string& assignment, const std::string& experiment, const std::string& name,
    const std::vector<std::string>& known)
{
    std::string text = "--set " + assignment + ": the experiment " + experiment;
    text += known.empty() ? " has no settings"
                          : " has no setting \"" + name + "\"; it has: " + joined(known);
    return {ErrorKind::Usage, text};
}

SettingValues settingValues(
    const std::string& experiment, const std::vector<ExperimentSetting>& settings,
    const std::vector<std::string>& assignments)
{
    SettingValues values = standardValues(settings);
    std::vector<std::string> known;
    known.reserve(settings.size());
    for (const ExperimentSetting& setting : settings)
        known.push_back(setting.name);
    for (const std::string& assignment : assignments) {
        const size_t equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0)
            throw Error(
                ErrorKind::Usage, "--set " + assignment + ": it takes NAME=VALUE such as n=7");
        const std::string name = assignment.substr(0, equals);
        const auto it = std::ranges::find(settings, name, &ExperimentSetting::name);
        if (it == settings.end())
            throw unknownSetting(assignment, experiment, name, known);
        values.set(name, it->parse(assignment.substr(equals + 1)));
    }
    return values;
}

} // namespace inceptoscope
