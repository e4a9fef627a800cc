#include "weights/layer_weights.h"

#include "cli/command.h"
#include "cli/output.h"
#include "error.h"
#include "weights/open_weights.h"
#include "zoo/network.h"

namespace inceptoscope {

namespace {

struct Options
{
    std::string file;
    std::string network;
    bool json = false;
};

std::unique_ptr<TensorSource> openSource(const Options& options, const Network* network)
{
    if (network != nullptr)
        return openWeights(options.file, network->graph);
    if (isSynthetic(options.file))
        throw Error(
            ErrorKind::Usage,
            "weights inspect: " + options.file + " depends on the network; add --network ID");
    return openWeightsFile(options.file);
}

Json mappingJson(const Network& network, const WeightReport& report)
{
    return {{"network", network.id},     {"complete", report.complete()},
            {"matched", report.matched}, {"auxiliary", report.auxiliary},
            {"missing", report.missing}, {"misshapen", report.misshapen},
            {"unused", report.unused}};
}

std::string listed(const std::string& title, const std::vector<std::string>& names)
{
    std::string text;
    if (!names.empty())
        text = title + " (" + std::to_string(names.size()) + "):\n";
    for (const std::string& name : names)
        text += "  " + name + "\n";
    return text;
}

std::string mappingText(const Network& network, const WeightReport& report)
{
    std::string text = "\n" + network.title + ": ";
    text += report.complete() ? "these weights fit" : "these weights don't fit";
    text += "; " + std::to_string(report.matched) + " tensors are used, auxiliary heads " +
            (report.auxiliary ? "included" : "not included") + "\n";
    text += listed("missing", report.missing);
    text += listed("of another shape", report.misshapen);
    return text + listed("unused", report.unused);
}

Json inspectJson(const TensorSource& source)
{
    Json json{{"file", source.describe()}, {"metadata", source.metadata()}};
    Json tensors = Json::array();
    for (const TensorInfo& info : source.tensors())
        tensors.push_back(
            {{"key", info.key}, {"dtype", dtypeName(info.dtype)}, {"shape", info.shape}});
    json["tensors"] = std::move(tensors);
    json["notes"] = source.notes();
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
    std::string text = source.describe() + ": " + std::to_string(source.tensors().size()) +
                       " tensors, " + std::to_string(elements) + " values\n";
    for (const auto& [key, value] : source.metadata())
        text.append(key).append(": ").append(value).append("\n");
    return text + "\n" + table.text();
}

int inspectFile(const Options& options)
{
    std::optional<Network> network;
    if (!options.network.empty())
        network = makeNetwork(options.network);
    const auto source = openSource(options, network ? &*network : nullptr);
    std::optional<WeightReport> report;
    if (network)
        report = inspect(network->graph, *source);
    if (options.json) {
        Json json = inspectJson(*source);
        if (report)
            json["mapping"] = mappingJson(*network, *report);
        writeJson(json);
    } else {
        writeOutput(
            inspectText(*source) + (report ? mappingText(*network, *report) : "") +
            listed("notes", source->notes()));
    }
    return 0;
}

} // namespace

void addWeights(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("weights", "Weights files: what is there, what fits");
    command->require_subcommand(1);

    CLI::App* inspected = command->add_subcommand(
        "inspect", "Say what a weights file holds and how it maps onto a network");
    inspected->add_option("FILE", options->file, "Weights file")->required();
    inspected->add_option("--network", options->network, "Network to map it onto");
    inspected->add_flag("--json", options->json, "Print JSON");
    inspected->callback(
        [options, &action] { action = [options] { return inspectFile(*options); }; });

    addWeightsList(*command, action);
    addWeightsFetch(*command, action);
}

} // namespace inceptoscope
