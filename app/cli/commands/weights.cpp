#include "weights/layer_weights.h"

#include "cli/command.h"
#include "cli/output.h"
#include "cli/run_options.h"
#include "error.h"
#include "shown_text.h"
#include "weights/open_weights.h"
#include "weights/value_check.h"
#include "zoo/input_options.h"

namespace inceptoscope {

namespace {

struct WeightsOptions
{
    RunOptions run = {.network = {}}; ///< without a device
    bool json = false;
};

uint32_t classesOf(const Network& network)
{
    return network.graph.logits() ? network.graph[*network.graph.logits()].shape.c : 0;
}

Json inputJson(const OpenedNetwork& opened)
{
    const Preprocessing& p = opened.network.preprocessing;
    const Graph& graph = opened.network.graph;
    std::array<double, 3> mean{};
    std::array<double, 3> deviation{};
    for (size_t c = 0; c < 3; ++c) {
        mean.at(c) = rounded(p.mean.at(c), 7);
        deviation.at(c) = rounded(1 / double(p.scale.at(c)), 7);
    }
    return {
        {"size", graph[graph.input()].shape.h},
        {"resize", p.resize},
        {"channel_order", p.order == ChannelOrder::Bgr ? "BGR" : "RGB"},
        {"range", rounded(p.range, 7)},
        {"mean", mean},
        {"std", deviation},
        {"from", opened.inputSource}};
}

Json mappingJson(const OpenedNetwork& opened, const WeightReport& report)
{
    Json labels = nullptr;
    if (!opened.labels->names.isEmpty())
        labels = {
            {"count", opened.labels->names.size()}, {"from", opened.labels->source.toStdString()}};
    return {
        {"network", opened.network.id},
        {"complete", report.complete()},
        {"matched", report.matched},
        {"auxiliary", report.auxiliary},
        {"classes", classesOf(opened.network)},
        {"labels", labels},
        {"input", inputJson(opened)},
        {"missing", report.missing},
        {"misshapen", report.misshapen},
        {"differences", report.differences},
        {"unused", report.unused}};
}

std::string listed(const std::string& title, const std::vector<std::string>& names)
{
    std::string text;
    if (!names.empty())
        text = title + " (" + std::to_string(names.size()) + "):\n";
    for (const std::string& name : names)
        text += "  " + shownLine(name) + "\n";
    return text;
}

std::string labelText(const OpenedNetwork& opened)
{
    const uint32_t classes = classesOf(opened.network);
    if (classes == 0)
        return "none, the network ends in an embedding";
    const ClassLabels& labels = *opened.labels;
    if (labels.names.isEmpty())
        return std::to_string(classes) + ", without names (--labels FILE gives them)";
    return std::to_string(classes) + ", " + labels.names.front().toStdString() + " to " +
           labels.names.back().toStdString() + ", from " + labels.source.toStdString();
}

std::string mappingText(const OpenedNetwork& opened, const WeightReport& report)
{
    const Graph& graph = opened.network.graph;
    std::string text = "\n" + opened.network.title + ": ";
    text += report.complete() ? "these weights fit" : "these weights don't fit";
    text += "; " + std::to_string(report.matched) + " tensors are used, auxiliary heads " +
            (report.auxiliary ? "included" : "not included") + "\n";
    text += "classes: " + labelText(opened) + "\n";
    text += "input: " + toString(graph[graph.input()].shape) + " " +
            describe(opened.network.preprocessing) + ", from " + opened.inputSource + "\n";
    text += listed("missing", report.missing);
    text += listed("of another shape", report.misshapen);
    text += listed("computed otherwise", report.differences);
    return text + listed("unused", report.unused);
}

Json inspectJson(const TensorSource& source, const std::vector<std::string>& notes)
{
    Json json{{"file", source.describe()}, {"metadata", source.metadata()}};
    Json tensors = Json::array();
    for (const TensorInfo& info : source.tensors())
        tensors.push_back(
            {{"key", info.key}, {"dtype", dtypeName(info.dtype)}, {"shape", info.shape}});
    json["tensors"] = std::move(tensors);
    json["bad_values"] = Json::array();
    for (const BadValues& bad : findBadValues(source))
        json["bad_values"].push_back(
            {{"key", bad.key},
             {"of", bad.of},
             {"nan", bad.nan},
             {"infinite", bad.infinite},
             {"negative_variances", bad.negative}});
    json["notes"] = notes;
    return json;
}

std::string inspectText(const TensorSource& source)
{
    uint64_t elements = 0;
    Table table({"TENSOR", "DTYPE", ">SHAPE"});
    for (const TensorInfo& info : source.tensors()) {
        elements += info.elements();
        table.add({info.key, std::string(dtypeName(info.dtype)), toString(info.shape)});
    }
    std::string text = shownLine(source.describe()) + ": " +
                       std::to_string(source.tensors().size()) + " tensors, " +
                       std::to_string(elements) + " values\n";
    for (const auto& [key, value] : source.metadata())
        text += shown(key) + ": " + shown(value) + "\n";
    std::vector<std::string> bad;
    for (const BadValues& tensor : findBadValues(source))
        bad.push_back(describe(tensor));
    return text + "\n" + table.text() + listed("\nnothing can be computed with the values of", bad);
}

int inspectMapped(const WeightsOptions& options)
{
    const OpenedNetwork opened = openForInspection(networkRequest(options.run));
    const TensorSource& source = *opened.weights;
    const WeightReport report = inspect(opened.network.graph, source);
    std::vector<std::string> notes = source.notes();
    notes.insert(notes.end(), opened.notes.begin(), opened.notes.end());
    const std::string closest = report.complete() ? "" : closestNetwork(options.run.weights);
    if (!closest.empty() && closest != opened.network.id)
        notes.push_back("these look like weights of " + closest + ": --network " + closest);
    if (options.json) {
        Json json = inspectJson(source, notes);
        json["mapping"] = mappingJson(opened, report);
        writeJson(json);
    } else {
        writeOutput(inspectText(source) + mappingText(opened, report) + listed("notes", notes));
    }
    return 0;
}

int inspectFile(const WeightsOptions& options)
{
    const std::string& file = options.run.weights;
    if (!options.run.network.empty())
        return inspectMapped(options);
    if (isSynthetic(file))
        throw Error(
            ErrorKind::Usage,
            "weights inspect: " + file + " depends on the network; add --network ID");
    const auto source = openWeightsFile(file);
    const std::string closest = closestNetwork(file);
    std::vector<std::string> notes = source->choices();
    for (const std::string& sentence : source->notes())
        notes.push_back(sentence);
    if (options.json) {
        Json json = inspectJson(*source, notes);
        json["looks_like"] = closest.empty() ? Json(nullptr) : Json(closest);
        writeJson(json);
    } else {
        const std::string like =
            closest.empty() ? "these are the weights of none of the networks"
                            : "these look like weights of " + closest + ": --network " + closest;
        writeOutput(inspectText(*source) + listed("notes", notes) + "\n" + like + "\n");
    }
    return 0;
}

} // namespace

void addWeights(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<WeightsOptions>();
    CLI::App* command = app.add_subcommand("weights", "Weights files: what is there, what fits");
    command->require_subcommand(1);

    CLI::App* inspected = command->add_subcommand(
        "inspect", "Say what a weights file holds and how it maps onto a network");
    inspected->add_option("FILE", options->run.weights, "Weights file, or FILE#PART")->required();
    inspected->add_option("--network", options->run.network, "Network to map it onto");
    addLabelsOption(*inspected, options->run);
    inspected->add_flag("--json", options->json, "Print JSON");
    inspected->callback(
        [options, &action] { action = [options] { return inspectFile(*options); }; });

    addWeightsList(*command, action);
    addWeightsFetch(*command, action);
}

} // namespace inceptoscope
