#pragma once

#include "experiments/grouped.h"
#include "experiments/report.h"
#include "graph/builder.h"

#include <functional>
#include <string_view>

/// What several experiments are made of. Private to experiments/.
namespace inceptoscope {

using Body = std::function<Tensor(const Tensor& x)>;

/// What its nodes are called: those of a trained network's module get its weights.
struct ModuleNaming
{
    std::string name = "module";
    std::string separator = "/";
    ConvStyle style = {};
};

/// A network of one module behind an input of this shape, written down by `body`.
[[nodiscard]] Network oneModule(
    const std::string& title, const Shape& input, const Body& body,
    const ModuleNaming& naming = {});

/// A module of a network alone, on its own input.
[[nodiscard]] Network cutOut(const Network& network, ModuleId module);
/// A network's modules from the first to this one.
[[nodiscard]] Network upTo(const Network& network, ModuleId last);

/// A network of the family, made once. From any thread.
[[nodiscard]] const Network& familyNetwork(std::string_view id);
/// A choice among networks, by id for scripts and by title for people.
[[nodiscard]] ExperimentSetting networkSetting(
    std::string name, std::string title, const std::vector<std::string>& ids, size_t standard = 0);
/// Ascending.
[[nodiscard]] std::vector<ModuleId> modulesOf(const Graph& graph, ModuleKind kind);

/// With its counts; of a network of the family without its auxiliary heads.
[[nodiscard]] ExperimentSide side(std::string title, Network network);
[[nodiscard]] ExperimentSide wholeSide(std::string title, Network network);

/// Pixels of the input that a value in the middle of the node sees: the longer side.
[[nodiscard]] uint32_t middleField(const Graph& graph, NodeId id);

/// "macs" and "params" of the second side to the first; of further sides "macs 3" and so on.
void addCostRatios(ExperimentReport& report);

/// The modules of the trained network that experiments can stand at, with their input.
struct StandAt
{
    std::string module;
    Shape input;
};
[[nodiscard]] const std::vector<StandAt>& depths();
/// "at": a choice among them.
[[nodiscard]] ExperimentSetting depthSetting(const std::string& standard = "inception3a");
[[nodiscard]] const StandAt& depthOf(const SettingValues& values);

/// "28 %", "33.3 %".
[[nodiscard]] std::string percent(double value, int decimals = 0);
/// "1.3x faster here", "no faster here", "1.2x slower here"; empty where it isn't known.
[[nodiscard]] std::string speedText(const Ratio& timeOfSubject);
/// " (one run each)" where that is all there was time for; else empty.
[[nodiscard]] std::string runsText(const ExperimentReport& report);
[[nodiscard]] bool isFaster(const Ratio& timeOfSubject);
/// GFLOP/s of a side's median; 0 where unknown.
[[nodiscard]] double gigaflops(const ExperimentSide& side);

/// The verdict on "fewer MACs, hence faster", of the second side against the first. `paper` says
/// what is counted ("28 % fewer MACs"); `counted` whether that is as claimed.
[[nodiscard]] ExperimentVerdict
costVerdict(const ExperimentReport& report, const std::string& paper, bool counted);

} // namespace inceptoscope
