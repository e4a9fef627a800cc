#include "cli/attribute_report.h"

#include "ascii.h"
#include "cost/cost.h"
#include "engine/labels.h"
#include "weights/safetensors/safetensors.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr int digits = 9;

std::string labelOf(const Evidence& evidence, const OpenedNetwork& opened)
{
    const Graph& graph = opened.network.graph;
    return classLabel(*opened.labels, evidence.classIndex, graph[*graph.logits()].shape.c)
        .toStdString();
}

Json modulesJson(const Evidence& evidence, const Graph& graph)
{
    Json modules = Json::array();
    for (const ModuleEvidence& module : evidence.modules) {
        Json json{
            {"name", graph.modules()[module.module].name},
            {"evidence", rounded(module.evidence, digits)},
            {"exact", module.exact},
            {"branches", Json::array()}};
        const std::vector<Branch> branches = graph.branches(module.module);
        for (size_t i = 0; i < module.branches.size(); ++i)
            json["branches"].push_back(
                {{"name", module.branches[i].name},
                 {"evidence", rounded(module.branches[i].evidence, digits)},
                 {"channels", graph[branches[i].output].shape.c},
                 {"macs", cost(graph, branches[i]).macs}});
        if (!module.branches.empty())
            json["rest"] = rounded(module.rest, digits);
        modules.push_back(std::move(json));
    }
    return modules;
}

Json mapJson(const PlaneMap& map)
{
    double sum = 0;
    for (const float value : map.values)
        sum += double(value);
    const auto [least, most] = std::ranges::minmax_element(map.values);
    return {
        {"shape", {1, 1, map.h, map.w}},
        {"min", rounded(double(*least), digits)},
        {"max", rounded(double(*most), digits)},
        {"mean", rounded(sum / double(map.values.size()), digits)}};
}

std::string percent(double share)
{
    return ascii::fixed(100 * share, 2) + " %";
}

} // namespace

std::string classText(const Evidence& evidence, const OpenedNetwork& opened)
{
    const std::string label = labelOf(evidence, opened);
    return std::to_string(evidence.classIndex) + (label.empty() ? "" : " (" + label + ")");
}

std::map<std::string, std::string>
evidenceMetadata(const Evidence& evidence, const OpenedNetwork& opened)
{
    std::map<std::string, std::string> result{
        {"class", std::to_string(evidence.classIndex)},       {"label", labelOf(evidence, opened)},
        {"method", std::string(factsOf(evidence.method).id)}, {"at", evidence.at},
        {"score", ascii::general(evidence.score, digits)},    {"network", opened.network.id}};
    if (evidence.method == Method::Cam)
        result["bias"] = ascii::general(evidence.bias, digits);
    if (const auto& grid = evidence.occlusion) {
        result["window"] = std::to_string(grid->window);
        result["stride"] = std::to_string(grid->stride);
        result["fill"] = "0";
    }
    if (const auto& check = evidence.completeness) {
        result["baseline"] = "black";
        result["baseline_score"] = ascii::general(check->baselineScore, digits);
        result["sum"] = ascii::general(check->sum, digits);
        result["difference"] = ascii::general(check->difference, digits);
        result["steps"] = std::to_string(check->steps);
    }
    return result;
}

Json evidenceJson(const Evidence& evidence, const OpenedNetwork& opened)
{
    Json json{
        {"network", opened.network.id},
        {"class", evidence.classIndex},
        {"label", labelOf(evidence, opened)},
        {"score", rounded(evidence.score, digits)},
        {"method", factsOf(evidence.method).id},
        {"source", factsOf(evidence.method).source},
        {"at", evidence.at},
        {"map", mapJson(evidence.map)}};
    if (evidence.method == Method::Cam)
        json["bias"] = rounded(evidence.bias, digits);
    if (const auto& grid = evidence.occlusion)
        json["occlusion"] = {
            {"window", grid->window},
            {"stride", grid->stride},
            {"fill", 0},
            {"runs", grid->positions()}};
    if (const auto& check = evidence.completeness)
        json["completeness"] = {
            {"baseline", "black"},
            {"baseline_score", rounded(check->baselineScore, digits)},
            {"difference", rounded(check->difference, digits)},
            {"sum", rounded(check->sum, digits)},
            {"error", rounded(check->error(), 4)},
            {"steps", check->steps}};
    if (!evidence.modules.empty())
        json["modules"] = modulesJson(evidence, opened.network.graph);
    return json;
}

std::string evidenceSentence(const Evidence& evidence, const OpenedNetwork& opened)
{
    std::string text = std::string(factsOf(evidence.method).title) + " at " + evidence.at +
                       " for class " + classText(evidence, opened) + ", score " +
                       ascii::general(evidence.score, 6);
    if (const auto& check = evidence.completeness)
        text +=
            "; the attributions add up to " + ascii::general(check->sum, 6) +
            ", the scores of the picture and of a black one differ by " +
            ascii::general(check->difference, 6) + " (" + percent(check->error()) + " off, " +
            std::to_string(check->steps) + " steps)" +
            (check->error() > completenessBound ? ": more than " + percent(completenessBound) +
                                                      ", so don't take single pixels at their word"
                                                : "");
    if (const auto& grid = evidence.occlusion)
        text += "; squares of " + std::to_string(grid->window) + " pixels, every " +
                std::to_string(grid->stride);
    return text;
}

void writeEvidence(
    const std::string& path, const Evidence& evidence,
    const std::map<std::string, std::string>& metadata)
{
    const Shape& input = evidence.input;
    std::vector<NamedTensor> tensors{
        {.key = "map",
         .shape = {1, 1, evidence.map.h, evidence.map.w},
         .data = evidence.map.values}};
    if (!evidence.inputGradient.empty())
        tensors.push_back(
            {.key = "d/input",
             .shape = {1, input.c, input.h, input.w},
             .data = evidence.inputGradient});
    if (!evidence.attributions.empty())
        tensors.push_back(
            {.key = "attributions",
             .shape = {1, input.c, input.h, input.w},
             .data = evidence.attributions});
    writeSafetensors(path, tensors, metadata);
}

} // namespace inceptoscope
