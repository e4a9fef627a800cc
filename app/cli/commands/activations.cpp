#include "cli/command.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/run_input.h"
#include "cli/run_options.h"
#include "error.h"
#include "weights/safetensors/safetensors.h"

#include <QGuiApplication>

#include <algorithm>

namespace inceptoscope {

namespace {

struct ActivationsOptions
{
    RunOptions run;
    RunInput input;
    std::vector<std::string> taps;
    bool auxiliary = false;
    std::string out;
};

/// Vectors behind a flattening have two dimensions, everything else four.
std::vector<uint64_t> tapShape(const Node& node)
{
    const bool vector =
        std::holds_alternative<FullyConnected>(node.op) || std::holds_alternative<Softmax>(node.op);
    if (vector)
        return {1, node.shape.c};
    return {1, node.shape.c, node.shape.h, node.shape.w};
}

void writeTaps(
    Session& session, const Graph& graph, const std::vector<Tap>& taps, const std::string& path,
    const std::map<std::string, std::string>& metadata)
{
    std::vector<TensorInfo> tensors;
    tensors.reserve(taps.size());
    for (const Tap& tap : taps)
        tensors.push_back(
            {.key = tap.name, .dtype = DType::F32, .shape = tapShape(graph[tap.node])});
    writeSafetensors(path, tensors, metadata, [&](size_t i) { return session.read(taps[i].node); });
}

int write(Device& device, const ActivationsOptions& options, const QImage& picture)
{
    OpenedNetwork opened = openNetwork(options.run);
    const Graph& graph = opened.network.graph;
    std::vector<Tap> taps = tapsNamed(graph, options.taps, opened.hasAuxiliary);
    const bool auxiliary =
        options.auxiliary || std::any_of(taps.begin(), taps.end(), [&](const Tap& tap) {
            return graph.isAuxiliary(tap.node);
        });
    if (taps.empty())
        taps = defaultTaps(graph, auxiliary);

    const std::vector<float> tensor = tensorOf(options.input, graph[graph.input()].shape);
    const std::string source = opened.weights->describe();
    const auto session = makeSession(
        device, opened,
        {.auxiliary = auxiliary, .timeOps = false, .precision = options.run.precision});
    feed(*session, picture, tensor, opened.network.preprocessing);
    session->run();
    writeTaps(
        *session, graph, taps, options.out,
        {{"network", opened.network.id},
         {"weights", source},
         {"device", device.info().name},
         {"precision", precisionName(options.run.precision)},
         {"version", INCEPTOSCOPE_VERSION}});
    note(options.out + ": " + std::to_string(taps.size()) + " tensors");
    return 0;
}

int run(const ActivationsOptions& options)
{
    requireOne(options.input, "activations");
    return runOnInput(
        options.input, options.out, options.run.device,
        [&](Device& device, const QImage& picture) { return write(device, options, picture); });
}

} // namespace

void addActivations(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<ActivationsOptions>();
    CLI::App* command = app.add_subcommand(
        "activations", "Run a network and write its activations as safetensors, float32, NCHW");
    addRunInput(*command, options->input);
    addRunOptions(*command, options->run);
    command
        ->add_option(
            "--tap", options->taps,
            "Module, module/branch, op, logits, probabilities or all; can be given several "
            "times; without it: logits, probabilities, every module and every branch")
        ->allow_extra_args(false);
    command->add_flag(
        "--auxiliary", options->auxiliary,
        "Run the auxiliary heads too (a tap that names one does)");
    command->add_option("-o,--output", options->out, "File to write")->required();
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
