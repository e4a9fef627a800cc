#pragma once

#include "cost/cost.h"
#include "engine/measured_times.h"
#include "experiments/settings.h"
#include "zoo/network.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace inceptoscope {

struct RunSnapshot;

/// A module inside the trained network that it belongs to, with the maps of what the network makes
/// of the picture up to there.
struct RealModule
{
    std::shared_ptr<const Network> network;
    ModuleId module = 0;
    std::shared_ptr<const RunSnapshot> snapshot;
};

/// One of the things that an experiment sets against each other.
struct ExperimentSide
{
    std::string title; ///< "two 3x3"
    /// Its graph with a title: one module behind the input, or a network of the family.
    std::shared_ptr<const Network> network;
    bool whole = false; ///< a network of the family, run on the picture itself
    Cost cost;          ///< without auxiliary heads
    /// Pixels of the graph's input that a value in the middle of its output sees, the longer side;
    /// of a network, of its last grid.
    uint32_t receptiveField = 0;
    Shape output;        ///< likewise
    MeasuredTimes times; ///< unknown until measured
    Ratio timeRatio;     ///< to the first side, run in turns; unknown for the first one
    /// Complete, with the maps of its module; null until measured.
    std::shared_ptr<const RunSnapshot> snapshot = nullptr;
    /// In place of maps of its own, which random weights would make.
    std::optional<RealModule> real = {};
    std::string realText = {}; ///< what these are, or why there are none; empty: not asked for
};

/// A table of counts: a row of numbers and words each.
struct ExperimentTable
{
    using Cell = std::variant<double, std::string>;
    std::vector<std::string> columns;
    std::vector<std::vector<Cell>> rows;
};

/// Something that was counted or measured beside the sides.
struct ExperimentFigure
{
    std::string name;  ///< key in JSON: "fewer_macs_percent"
    std::string title; ///< for people
    std::variant<double, std::string, std::vector<double>, ExperimentTable> value;
    std::string unit = {};
    int decimals = 2;
};

struct ExperimentCurve
{
    std::string title;
    std::vector<double> x;
    std::vector<double> y;
};

/// Curves over one axis.
struct ExperimentPlot
{
    std::string title;
    std::string xTitle;
    std::string yTitle;
    std::vector<ExperimentCurve> curves;
    bool logX = false;
    bool logY = false;
    /// What stands at x = 1, 2, ...; empty where the numbers say it.
    std::vector<std::string> xNames = {};
};

struct ExperimentVerdict
{
    std::string text;          ///< "holds: 28 % fewer MACs, 1.3x faster here"
    std::optional<bool> holds; ///< none where it can't be decided here
};

/// What came of an experiment with its settings: counted first, measured later, judged each time.
struct ExperimentReport
{
    SettingValues values = {};
    std::vector<ExperimentSide> sides = {};
    std::vector<std::pair<std::string, double>> ratios = {}; ///< by name, in their order
    std::vector<ExperimentFigure> figures = {};
    std::vector<ExperimentPlot> plots = {};
    /// Module of the trained network whose input the sides get of the picture; empty: a pattern.
    std::string at = {};
    /// What a setting's value turned out to be: the name of a class, by the setting's name.
    std::map<std::string, std::string> meant = {};
    std::string input = {};  ///< what they got, for people
    std::string device = {}; ///< empty until measured
    bool measured = false;
    ExperimentVerdict verdict = {};

    void add(ExperimentFigure figure) { figures.push_back(std::move(figure)); }
    void ratio(std::string name, double value) { ratios.emplace_back(std::move(name), value); }
    /// Throws std::out_of_range for one that isn't there.
    [[nodiscard]] double ratioOf(const std::string& name) const;
    /// The figure of that name where it is a number.
    [[nodiscard]] std::optional<double> number(const std::string& name) const;
};

} // namespace inceptoscope
