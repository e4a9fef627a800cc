#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace inceptoscope {

/// A slider, a switch or a choice of an experiment.
struct ExperimentSetting
{
    std::string name;  ///< as --set takes it: "channels"
    std::string title; ///< "channels of the input"
    double least = 0;
    double most = 1;
    double step = 1;
    double standard = 0;
    std::string unit = {};
    /// Words for the values 0, 1, ...: a choice. Of a switch: "no", "yes".
    std::vector<std::string> choices = {};

    /// What people read where a value means more than its number or the word that scripts use:
    /// "what the network says" for -1.
    std::map<double, std::string> words = {};

    [[nodiscard]] bool isChoice() const { return !choices.empty(); }
    [[nodiscard]] bool isSwitch() const;
    /// "64", "0.25", "inception3a".
    [[nodiscard]] std::string text(double value) const;
    /// What people read: its words, or the number with its unit.
    [[nodiscard]] std::string shown(double value) const;
    /// The value that is written so. Throws Error(Usage), one sentence with what would do.
    [[nodiscard]] double parse(const std::string& text) const;
};

/// A choice whose entries people read as `titles`.
[[nodiscard]] ExperimentSetting
withTitles(ExperimentSetting choice, const std::vector<std::string>& titles);
[[nodiscard]] ExperimentSetting switchSetting(std::string name, std::string title, bool standard);
[[nodiscard]] ExperimentSetting choiceSetting(
    std::string name, std::string title, std::vector<std::string> choices, size_t standard = 0);

/// Trained weights that are here, as --weights takes them, by the network's id.
using WeightsAtHand = std::map<std::string, std::string>;

/// A value for each setting of an experiment, by name.
class SettingValues
{
public:
    [[nodiscard]] double operator[](const std::string& name) const { return m_values.at(name); }
    [[nodiscard]] uint32_t whole(const std::string& name) const;
    [[nodiscard]] bool on(const std::string& name) const { return m_values.at(name) > 0.5; }
    void set(const std::string& name, double value) { m_values[name] = value; }
    bool operator==(const SettingValues&) const = default;

private:
    std::map<std::string, double> m_values;
};

[[nodiscard]] SettingValues standardValues(const std::vector<ExperimentSetting>& settings);

/// The standard values but for what `assignments` ("n=7") say. Throws Error(Usage) for what is no
/// NAME=VALUE, an unknown name, or a value out of range; `experiment` is for the message.
[[nodiscard]] SettingValues settingValues(
    const std::string& experiment, const std::vector<ExperimentSetting>& settings,
    const std::vector<std::string>& assignments);

} // namespace inceptoscope
