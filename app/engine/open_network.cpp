#include "engine/open_network.h"

#include "engine/labels.h"
#include "error.h"
#include "file_name.h"
#include "shown_text.h"
#include "weights/class_count.h"
#include "weights/layer_weights.h"
#include "weights/open_weights.h"
#include "weights/sharded.h"
#include "zoo/input_options.h"

#include <algorithm>

namespace inceptoscope {

namespace {

using Pairs = std::map<std::string, std::string>;

Pairs inputPairs(const Pairs& all)
{
    Pairs result;
    std::ranges::copy_if(all, std::inserter(result, result.end()), [](const auto& pair) {
        return isInputOption(pair.first);
    });
    return result;
}

/// Made anew where the weights have another number of classes or another input than the
/// published network. The weights are opened for the graph they are read for.
void fitToWeights(
    OpenedNetwork& opened, const NetworkRequest& request, std::optional<uint32_t> inputSize = {})
{
    NetworkOptions options{.inputSize = inputSize};
    const Graph& published = opened.network.graph;
    const auto outputs =
        published.logits() ? published[*published.logits()].shape.c : options.classes;
    options.classes = classCount(published, *opened.weights).value_or(outputs);
    if (!options.inputSize && options.classes == outputs)
        return;
    opened.network = makeNetwork(request.network, options);
    opened.weights = openWeights(request.weights, opened.network.graph);
}

void readInputOptions(OpenedNetwork& opened, const NetworkRequest& request)
{
    const std::string file = "weights: " + opened.weights->describe();
    Pairs theirs = inputPairs(opened.weights->metadata());
    for (const auto& [key, value] : request.input) {
        if (!isInputOption(key))
            throw Error(
                ErrorKind::Usage,
                "--preprocess: there is no \"" + key +
                    "\"; known are channel_order, input_range, input_mean, input_std, "
                    "input_size, resize and crop_fraction");
        theirs.erase(key);
    }
    Pairs all = request.input;
    all.insert(theirs.begin(), theirs.end());
    if (all.empty())
        return;
    (void)inputOptions(theirs, file); // a sentence that names the file
    const std::string who = request.input.empty() ? file : "--preprocess";
    const InputOptions options = inputOptions(all, who);
    const Graph& graph = opened.network.graph;
    if (options.inputSize && *options.inputSize != graph[graph.input()].shape.h) {
        try {
            fitToWeights(opened, request, options.inputSize);
        } catch (const Error& error) {
            throw Error(ErrorKind::BadInput, who + ": " + error.what());
        }
    }
    opened.network.preprocessing =
        withOptions(opened.network.preprocessing, options, graph[graph.input()].shape.h, who);
    opened.inputSource = theirs.empty()          ? "--preprocess"
                         : request.input.empty() ? "the file's metadata"
                                                 : "the file's metadata and --preprocess";
}

std::string counted(const ClassLabels& labels, size_t classes)
{
    return std::to_string(labels.names.size()) + " classes, the weights have " +
           std::to_string(classes);
}

/// Names that don't fit are worth a note and no more: the network runs without.
void findLabels(OpenedNetwork& opened, const NetworkRequest& request)
{
    const Graph& graph = opened.network.graph;
    const size_t classes = graph.logits() ? graph[*graph.logits()].shape.c : 0;
    // What random weights answer has no name: their class 285 is no cat.
    opened.labels = opened.trained ? usualLabels(classes) : usualLabels(0);
    if (!request.labels.empty() && classes > 0) {
        opened.labels = readLabels(fileText(request.labels));
        requireAsMany(*opened.labels, classes, "--labels: " + request.labels);
        return;
    }
    if (!opened.trained || classes == 0)
        return;
    try {
        const auto found =
            labelsWith(fileText(splitWeights(request.weights).file), opened.weights->metadata());
        if (found && size_t(found->names.size()) != classes)
            opened.notes.push_back(
                "weights: " + opened.weights->describe() + ": the labels from " +
                found->source.toStdString() + " name " + counted(*found, classes) +
                "; they are left out");
        else if (found)
            opened.labels = found;
    } catch (const Error& error) {
        opened.notes.push_back(std::string(error.what()) + "; these labels are left out");
    }
}

/// The share of a network's tensors that weights have.
double fittingShare(const WeightReport& report, size_t needed)
{
    const size_t lacking = report.missing.size() + report.misshapen.size();
    return needed == 0 ? 0 : 1 - double(lacking) / double(needed);
}

/// Why tensors may be missing that one would expect, where something is known of it.
std::string reasonFor(const WeightReport& report, const OpenedNetwork& opened)
{
    if (namesShard(opened.weights->describe()))
        return "; it is one of several files: give the index beside it (....index.json)";
    // What can't be put together is told by its own note.
    for (const std::string& about : opened.weights->notes())
        if (about.find("\"" + report.missing.front() + "\"") != std::string::npos)
            return "; " + about;
    return {};
}

std::string lacking(const WeightReport& report, const OpenedNetwork& opened)
{
    const std::string name = "weights: " + opened.weights->describe();
    const std::vector<TensorInfo>& all = opened.weights->tensors();
    if (report.matched == 0 && !all.empty())
        return name + " holds none of the " + std::to_string(report.missing.size()) +
               " tensors of " + opened.network.id + " under their names (it begins with \"" +
               shown(all.front().key) + "\", the network with \"" + report.missing.front() + "\")";
    const size_t others = report.missing.size() - 1;
    return name + " has no tensor " + report.missing.front() +
           (others > 0 ? " and lacks " + std::to_string(others) + " more" : "") +
           ", which the network needs";
}

std::string whyNot(const WeightReport& report, const OpenedNetwork& opened)
{
    const std::string name = "weights: " + opened.weights->describe();
    // Only where most of it is this network; of another one everything differs.
    const bool mostly = fittingShare(report, parameters(opened.network.graph, false).size()) > 0.5;
    if (mostly && !report.differences.empty()) {
        const size_t others = report.differences.size() - 1;
        return name + " computes something else than the network: " + report.differences.front() +
               (others == 0 ? "" : ", and " + std::to_string(others) + " more difference") +
               (others > 1 ? "s" : "");
    }
    if (!report.misshapen.empty())
        return name + ": " + report.misshapen.front();
    return report.missing.empty() ? name : lacking(report, opened) + reasonFor(report, opened);
}

void requireWeights(OpenedNetwork& opened, const NetworkRequest& request)
{
    const WeightReport report = inspect(opened.network.graph, *opened.weights);
    opened.hasAuxiliary = report.auxiliary;
    if (report.complete())
        return;
    std::string sentence = whyNot(report, opened);
    const std::string closest = closestNetwork(request.weights);
    if (!closest.empty() && closest != request.network)
        sentence += "; it looks like weights of " + closest + " (--network " + closest + ")";
    throw Error(ErrorKind::BadInput, sentence);
}

} // namespace

OpenedNetwork openForInspection(const NetworkRequest& request)
{
    OpenedNetwork opened{
        .network = makeNetwork(request.network), .spec = request.weights, .weights = nullptr};
    opened.weights = openWeights(request.weights, opened.network.graph);
    opened.trained = !isSynthetic(request.weights);
    if (opened.trained)
        fitToWeights(opened, request);
    readInputOptions(opened, request);
    for (const std::string& choice : opened.weights->choices())
        opened.notes.push_back("weights: " + opened.weights->describe() + ": " + choice);
    findLabels(opened, request);
    return opened;
}

OpenedNetwork openNetwork(const NetworkRequest& request)
{
    OpenedNetwork opened = openForInspection(request);
    requireWeights(opened, request);
    return opened;
}

std::string closestNetwork(const std::string& weights)
{
    constexpr double enough = 0.9;
    std::string best;
    double share = enough;
    if (isSynthetic(weights))
        return best;
    for (const std::string& id : networkIds()) {
        OpenedNetwork opened{.network = makeNetwork(id), .weights = nullptr};
        opened.weights = openWeights(weights, opened.network.graph);
        fitToWeights(opened, {.network = id, .weights = weights});
        const Graph& graph = opened.network.graph;
        const WeightReport report = inspect(graph, *opened.weights);
        constexpr double less =
            1e-3; // of two with the same tensors, the one that computes the same
        const double found = fittingShare(report, parameters(graph, false).size()) -
                             (report.differences.empty() ? 0 : less);
        if (found >= share && (best.empty() || found > share)) {
            best = id;
            share = found;
        }
    }
    return best;
}

} // namespace inceptoscope
