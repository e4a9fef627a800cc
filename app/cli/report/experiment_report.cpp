#include "cli/report/experiment_report.h"

#include "ascii.h"

#include <cmath>

namespace inceptoscope {

namespace {

constexpr int timeDigits = 6;
constexpr int figureDigits = 9;

Json settingJson(const ExperimentSetting& setting)
{
    Json json{{"name", setting.name}, {"title", setting.title}};
    if (setting.isChoice()) {
        json["choices"] = setting.choices;
        json["titles"] = Json::array();
        for (size_t i = 0; i < setting.choices.size(); ++i)
            json["titles"].push_back(setting.shown(double(i)));
        json["default"] = setting.text(setting.standard);
        return json;
    }
    json["least"] = setting.least;
    json["most"] = setting.most;
    json["step"] = setting.step;
    json["default"] = setting.standard;
    return json;
}

Json valueJson(const ExperimentSetting& setting, double value)
{
    if (setting.isSwitch())
        return value > 0.5;
    if (setting.isChoice())
        return setting.text(value);
    if (value == std::floor(value))
        return int64_t(value);
    return value;
}

/// Whole numbers as such, whatever their size.
Json numberJson(double value)
{
    if (!std::isfinite(value))
        return nullptr;
    if (value == std::floor(value) && std::abs(value) < 9e15)
        return int64_t(value);
    return rounded(value, figureDigits);
}

Json cellJson(const ExperimentTable::Cell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return *text;
    return numberJson(std::get<double>(cell));
}

Json tableJson(const ExperimentTable& table)
{
    Json rows = Json::array();
    for (const auto& cells : table.rows) {
        Json row = Json::object();
        for (size_t i = 0; i < table.columns.size(); ++i)
            row[table.columns[i]] = cellJson(cells[i]);
        rows.push_back(std::move(row));
    }
    return rows;
}

Json figureJson(const ExperimentFigure& figure)
{
    if (const auto* number = std::get_if<double>(&figure.value))
        return numberJson(*number);
    if (const auto* text = std::get_if<std::string>(&figure.value))
        return *text;
    if (const auto* table = std::get_if<ExperimentTable>(&figure.value))
        return tableJson(*table);
    Json list = Json::array();
    for (const double value : std::get<std::vector<double>>(figure.value))
        list.push_back(numberJson(value));
    return list;
}

Json sideJson(const ExperimentSide& side)
{
    const bool measured = side.times.runs > 0;
    const auto known = [&](double value) {
        return measured ? Json(rounded(value, timeDigits)) : Json(nullptr);
    };
    return {
        {"title", side.title},
        {"macs", side.cost.macs},
        {"params", side.cost.params},
        {"activation_bytes", side.cost.activationBytes},
        {"weight_bytes", side.cost.weightBytes},
        {"receptive_field", side.receptiveField},
        {"output", {side.output.c, side.output.h, side.output.w}},
        {"median_ms", known(side.times.median)},
        {"min_ms", known(side.times.fastest)},
        {"max_ms", known(side.times.slowest)},
        {"runs", side.times.runs}};
}

std::string numberText(double value, int decimals)
{
    if (value == std::floor(value) && std::abs(value) >= 10'000)
        return ascii::fixed(value, 0);
    if (value != 0 && std::abs(value) < 1e-3)
        return ascii::general(value, 3);
    return ascii::fixed(value, decimals);
}

std::string cellText(const ExperimentTable::Cell& cell, int decimals)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return *text;
    return numberText(std::get<double>(cell), decimals);
}

std::string indented(const std::string& text)
{
    std::string result;
    bool begins = true;
    for (const char c : text) {
        if (begins && c != '\n')
            result += "  ";
        begins = c == '\n';
        result += c;
    }
    return result;
}

std::string figureText(const ExperimentFigure& figure)
{
    const std::string unit = figure.unit.empty() ? "" : " " + figure.unit;
    if (const auto* number = std::get_if<double>(&figure.value))
        return figure.title + ": " + numberText(*number, figure.decimals) + unit + "\n";
    if (const auto* text = std::get_if<std::string>(&figure.value))
        return figure.title + ": " + *text + "\n";
    if (const auto* list = std::get_if<std::vector<double>>(&figure.value)) {
        std::string all;
        for (const double value : *list)
            all += (all.empty() ? "" : ", ") + numberText(value, figure.decimals);
        return figure.title + ": " + all + unit + "\n";
    }
    const auto& table = std::get<ExperimentTable>(figure.value);
    std::vector<std::string> header;
    for (size_t i = 0; i < table.columns.size(); ++i) {
        const bool number = !table.rows.empty() && std::holds_alternative<double>(table.rows[0][i]);
        header.push_back((number ? ">" : "") + table.columns[i]);
    }
    std::vector<int> decimals(table.columns.size(), 0);
    for (const auto& cells : table.rows)
        for (size_t i = 0; i < cells.size(); ++i)
            if (const auto* number = std::get_if<double>(&cells[i]))
                if (*number != std::floor(*number))
                    decimals[i] = figure.decimals;
    Table lines(header);
    for (const auto& cells : table.rows) {
        std::vector<std::string> line;
        for (size_t i = 0; i < cells.size(); ++i)
            line.push_back(cellText(cells[i], decimals[i]));
        lines.add(line);
    }
    return figure.title + unit + ":\n" + indented(lines.text());
}

/// "label = -1  (class that the loss asks for: what the network says)".
std::string valueLine(const ExperimentSetting& setting, const ExperimentReport& report)
{
    const double value = report.values[setting.name];
    const std::string text = setting.text(value);
    const std::string shown = setting.shown(value);
    return setting.name + " = " + text + "  (" + setting.title +
           (shown == text + setting.unit ? "" : ": " + shown) + ")\n";
}

/// "; -1: what the network says": where one value means something of its own.
std::string wordsText(const ExperimentSetting& setting)
{
    if (setting.isChoice() || setting.words.size() > 2)
        return {};
    std::string text;
    for (const auto& [value, word] : setting.words)
        if (!word.starts_with(setting.text(value)))
            text += "; " + setting.text(value) + ": " + word;
    return text;
}

std::string sidesText(const ExperimentReport& report)
{
    Table table(
        {"SIDE", ">MACS", ">PARAMS", ">ACTIVATIONS KiB", ">SEES px", ">MEDIAN ms", ">MIN ms",
         ">MAX ms", ">RUNS"});
    for (const ExperimentSide& side : report.sides) {
        const bool measured = side.times.runs > 0;
        const auto time = [&](double value) {
            return measured ? ascii::fixed(value, 3) : std::string("-");
        };
        table.add(
            {side.title, std::to_string(side.cost.macs), std::to_string(side.cost.params),
             ascii::fixed(double(side.cost.activationBytes) / 1024, 1),
             std::to_string(side.receptiveField), time(side.times.median), time(side.times.fastest),
             time(side.times.slowest), std::to_string(side.times.runs)});
    }
    return table.text();
}

} // namespace

Json experimentListJson()
{
    Json list = Json::array();
    for (const Experiment& experiment : experiments()) {
        Json settings = Json::array();
        for (const ExperimentSetting& setting : experiment.settings)
            settings.push_back(settingJson(setting));
        list.push_back(
            {{"id", experiment.id},
             {"title", experiment.title},
             {"chapter", experiment.chapter},
             {"claim", experiment.claim},
             {"source", experiment.source},
             {"settings", settings}});
    }
    return list;
}

std::string experimentListText()
{
    std::string text;
    std::string chapter;
    for (const Experiment& experiment : experiments()) {
        if (experiment.chapter != chapter) {
            chapter = experiment.chapter;
            text += (text.empty() ? "" : "\n") + chapter + "\n";
        }
        text += "  " + experiment.id + "\n      " + experiment.claim + "\n";
        for (const ExperimentSetting& setting : experiment.settings)
            text += "      --set " + setting.name + "=" + setting.text(setting.standard) + "  " +
                    setting.title + wordsText(setting) + "\n";
    }
    return text;
}

Json experimentJson(const Experiment& experiment, const ExperimentReport& report)
{
    Json json{{"id", experiment.id}, {"claim", experiment.claim}, {"source", experiment.source}};
    json["set"] = Json::object();
    for (const ExperimentSetting& setting : experiment.settings)
        json["set"][setting.name] = valueJson(setting, report.values[setting.name]);
    json["device"] = report.measured ? Json(report.device) : Json(nullptr);
    json["input"] = report.input;
    json["sides"] = Json::array();
    for (const ExperimentSide& side : report.sides)
        json["sides"].push_back(sideJson(side));
    json["ratios"] = Json::object();
    for (const auto& [name, value] : report.ratios)
        json["ratios"][name] = rounded(value, figureDigits);
    json["figures"] = Json::object();
    for (const ExperimentFigure& figure : report.figures)
        json["figures"][figure.name] = figureJson(figure);
    json["verdict"] = report.verdict.text;
    json["holds"] = report.verdict.holds ? Json(*report.verdict.holds) : Json(nullptr);
    return json;
}

std::string experimentText(const Experiment& experiment, const ExperimentReport& report)
{
    std::string text =
        experiment.title + "\n" + experiment.claim + "\n(" + experiment.source + ")\n\n";
    for (const ExperimentSetting& setting : experiment.settings)
        text += valueLine(setting, report);
    if (!experiment.settings.empty())
        text += "\n";
    if (!report.input.empty())
        text += "On " + report.input + "\n";
    if (report.measured)
        text += report.device + "\n";
    if (!report.sides.empty())
        text += sidesText(report);
    if (!report.ratios.empty()) {
        text += "\nRatios to the first side:";
        for (const auto& [name, value] : report.ratios)
            text += " " + name + " " + numberText(value, 3) + ";";
        text.back() = '\n';
    }
    for (const ExperimentFigure& figure : report.figures)
        text += figureText(figure);
    return text + "\n" + report.verdict.text + "\n";
}

} // namespace inceptoscope
