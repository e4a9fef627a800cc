#include "ascii.h"
#include "cli/ascent_request.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/png_file.h"
#include "cli/progress.h"
#include "cli/qt_application.h"
#include "cli/run_options.h"
#include "error.h"
#include "visualization/growth.h"

#include <QGuiApplication>

namespace inceptoscope {

namespace {

struct VisualizeOptions
{
    RunOptions run;
    std::string channel;
    std::optional<uint32_t> size;
    uint32_t steps = 256;
    GrowthOptions growth;
    std::string out;
    bool json = false;
};

void report(
    const VisualizeOptions& options, const OpenedNetwork& opened, uint32_t side, double before,
    double after)
{
    if (!options.json)
        return note(
            options.out + ": " + options.channel + " from " + ascii::general(before, 4) + " to " +
            ascii::general(after, 4) + " in " + std::to_string(options.steps) + " steps");
    writeJson(
        {{"network", opened.network.id},
         {"channel", options.channel},
         {"size", side},
         {"steps", options.steps},
         {"seed", options.growth.seed},
         {"before", rounded(before, 6)},
         {"after", rounded(after, 6)},
         {"output", options.out}});
}

int grow(Device& device, const VisualizeOptions& options, const ChannelName& name)
{
    OpenedNetwork opened = openNetwork(options.run);
    const Graph& graph = opened.network.graph;
    Shape input = graph[graph.input()].shape;
    input.h = options.size.value_or(input.h);
    input.w = options.size.value_or(input.w);
    const AscentGraph target =
        ascentGraph(graph, targetNamed(graph, name, opened.hasAuxiliary, "--channel"), input);
    opened.network.graph = target.graph;
    const auto session = makeSession(device, opened, ascentOptions(target, opened.network.title));
    Growth growth(target, opened.network.preprocessing, options.growth);
    growth.begin(*session);
    Progress progress("Growing " + options.channel);
    const double before = growth.score(*session);
    for (uint32_t i = 0; i < options.steps; ++i) {
        (void)growth.step(*session);
        progress.update(double(i + 1) / double(options.steps));
    }
    const double after = growth.score(*session);
    writePng(growth.picture(), options.out);
    report(options, opened, input.h, before, after);
    return 0;
}

int run(const VisualizeOptions& options)
{
    const ChannelName name = parseChannel(options.channel, "--channel");
    if (!name.channel)
        throw Error(
            ErrorKind::Usage, "--channel: a channel was expected, NODE:K such as " + name.node +
                                  ":0, not \"" + options.channel + "\"");
    requireFp32(options.run, "visualize");
    requireWritable(options.out);
    const auto application = makeOffscreenApplication();
    return withDevice(
        options.run.device, [&](Device& device) { return grow(device, options, name); });
}

} // namespace

void addVisualize(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<VisualizeOptions>();
    CLI::App* command = app.add_subcommand(
        "visualize", "Grow a picture from noise that shows what a channel looks for");
    addRunOptions(*command, options->run);
    command
        ->add_option(
            "--channel", options->channel,
            "NODE:K, channel K of a module, module/branch or op, such as inception4a:12 (of a "
            "classifier's logits: the class)")
        ->required();
    command
        ->add_option(
            "--size", options->size,
            "Pixels of the picture's sides; without it the network's input. The network's layers "
            "up "
            "to the channel are run at this size")
        ->check(CLI::Range(32, 2048));
    command->add_option("--steps", options->steps, "Steps of gradient ascent")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    command
        ->add_option(
            "--seed", options->growth.seed,
            "The same seed yields the same picture, another one another")
        ->capture_default_str();
    command->add_flag(
        "--centre", options->growth.centre,
        "Excite the unit in the channel's centre in place of the channel's mean");
    command->add_option("-o,--output", options->out, "PNG file to write")->required();
    command->add_flag("--json", options->json, "Print what it excites before and after as JSON");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
