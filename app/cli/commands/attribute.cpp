#include "ascii.h"
#include "attribution/class_place.h"
#include "attribution/find_evidence.h"
#include "attribution/named_class.h"
#include "attribution/overlay.h"
#include "cli/attribute_report.h"
#include "cli/command.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/png_file.h"
#include "cli/progress.h"
#include "cli/run_input.h"
#include "cli/run_options.h"
#include "engine/measuring_site.h"
#include "engine/picture.h"
#include "error.h"
#include "gradient/gradient.h"
#include "models/colormaps.h"

#include <QGuiApplication>

#include <algorithm>

namespace inceptoscope {

namespace {

struct AttributeOptions
{
    RunOptions run;
    RunInput input;
    std::string className;
    std::string method = "grad-cam";
    std::string at;
    std::optional<uint32_t> window;
    std::optional<uint32_t> stride;
    std::string out;
    bool json = false;

    [[nodiscard]] Method chosen() const
    {
        return std::ranges::find(methods(), method, &MethodFacts::id)->method;
    }
    [[nodiscard]] bool endsWith(std::string_view suffix) const
    {
        return ascii::lower(out).ends_with(suffix);
    }
    [[nodiscard]] bool isPicture() const { return endsWith(".png"); }
};

[[noreturn]] void refuse(const std::string& why)
{
    throw Error(ErrorKind::Usage, "attribute: " + why);
}

void requireMatching(const AttributeOptions& options)
{
    requireOne(options.input, "attribute");
    if (!options.isPicture() && !options.endsWith(".safetensors"))
        refuse(
            "-o: \"" + options.out +
            "\" ends in neither .png (the map over the picture) nor .safetensors (its values)");
    if (options.isPicture() && !options.input.isPicture())
        refuse(
            "a map is laid over a picture: with --input-tensor, -o FILE.safetensors is expected");
    if (!options.at.empty() && options.chosen() != Method::GradCam)
        refuse("--at belongs to --method grad-cam; the others have their own place");
    if ((options.window || options.stride) && options.chosen() != Method::Occlusion)
        refuse("--window and --stride belong to --method occlusion");
    requireFp32(options.run, "attribute");
}

/// Where Grad-CAM is asked, in the request.
void place(const Graph& graph, const AttributeOptions& options, EvidenceRequest& request)
{
    if (options.at.empty())
        return;
    if (normalised(options.at) == "all")
        refuse("--at: one module was expected; with --json all modules' branches are told");
    const Tap tap = tapsNamed(graph, {options.at}, true, "--at").front();
    const Shape& shape = graph[tap.node].shape;
    if (graph.isAuxiliary(tap.node))
        refuse("--at: " + tap.name + " is part of an auxiliary head, which no score depends on");
    if (shape.pixels() == 1)
        refuse(
            "--at: " + tap.name + " has one place only (" + toString(shape) +
            "), so that there is no map of it");
    if (tap.node != *graph.logits() && !influences(graph, *graph.logits())[tap.node])
        refuse("--at: no score depends on " + tap.name);
    request.at = tap.node;
    request.atName = tap.name;
}

EvidenceRequest requestOf(const OpenedNetwork& opened, const AttributeOptions& options)
{
    const Graph& graph = opened.network.graph;
    const NodeId logits = requireClasses(graph, opened.network.title, "--network");
    EvidenceRequest request{
        .method = options.chosen(), .window = options.window, .stride = options.stride};
    if (!options.className.empty())
        request.classIndex =
            classNamed(options.className, *opened.labels, graph[logits].shape.c, "--class");
    place(graph, options, request);
    if (options.json && request.method == Method::GradCam)
        request.modules = evidenceModules(graph);
    return request;
}

int write(Device& device, const AttributeOptions& options, const QImage& picture)
{
    const OpenedNetwork opened = openNetwork(options.run);
    const Graph& graph = opened.network.graph;
    const Shape& input = graph[graph.input()].shape;
    const EvidenceRequest request = requestOf(opened, options);
    const EvidenceSubject subject{picture, tensorOf(options.input, input)};
    Evidence evidence;
    {
        Progress progress(
            std::string(factsOf(request.method).title) + " of " + opened.network.title);
        const MeasuringSite site = siteOn(device, progress);
        evidence = findEvidence(site, opened, subject, request);
    }
    if (options.isPicture()) {
        const bool both = factsOf(evidence.method).isSigned;
        writePng(
            laidOver(
                seenBy(opened.network.preprocessing, input, picture).image, overInput(evidence),
                *colormap(both ? "diverging" : "magma"), both),
            options.out);
    } else {
        std::map<std::string, std::string> metadata = evidenceMetadata(evidence, opened);
        metadata["weights"] = opened.weights->describe();
        metadata["device"] = device.info().name;
        metadata["version"] = INCEPTOSCOPE_VERSION;
        writeEvidence(options.out, evidence, metadata);
    }
    if (!options.json) {
        note(options.out + ": " + evidenceSentence(evidence, opened));
        return 0;
    }
    Json json = evidenceJson(evidence, opened);
    json["output"] = options.out;
    writeJson(json);
    return 0;
}

int run(const AttributeOptions& options)
{
    requireMatching(options);
    return runOnInput(
        options.input, options.out, options.run.device,
        [&](Device& device, const QImage& picture) { return write(device, options, picture); });
}

} // namespace

void addAttribute(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<AttributeOptions>();
    CLI::App* command = app.add_subcommand(
        "attribute", "Show which parts of a picture speak for a class, as a picture or a map");
    addRunInput(*command, options->input);
    addRunOptions(*command, options->run);
    addLabelsOption(*command, options->run);
    command->add_option(
        "--class", options->className,
        "Class by number or by name; without it the one that scores most");
    std::vector<std::string> ids;
    for (const MethodFacts& facts : methods())
        ids.emplace_back(facts.id);
    command->add_option("--method", options->method, "How to ask")
        ->check(CLI::IsMember(ids))
        ->capture_default_str();
    command->add_option(
        "--at", options->at,
        "Of grad-cam: module or module/branch; without it the last module with a map");
    command->add_option(
        "--window", options->window,
        "Of occlusion: side of the square that is covered with the mean colour (the input tensor's "
        "0), in pixels of the network's input; without it a seventh of that");
    command->add_option(
        "--stride", options->stride, "Of occlusion: pixels from square to square; without it half");
    command
        ->add_option(
            "-o,--output", options->out,
            "File to write: .png lays the map over the picture, .safetensors holds its values")
        ->required();
    command->add_flag(
        "--json", options->json, "Print the score and what the method tells besides, as JSON");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
