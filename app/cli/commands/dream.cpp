#include "visualization/dream.h"
#include "cli/ascent_request.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/png_file.h"
#include "cli/progress.h"
#include "cli/qt_application.h"
#include "cli/run_options.h"
#include "engine/measuring_site.h"
#include "error.h"

#include <QGuiApplication>

namespace inceptoscope {

namespace {

struct CommandOptions
{
    RunOptions run;
    std::string image;
    std::string at;
    int size = 640;
    DreamOptions dream;
    std::string out;
    bool json = false;
};

int writeDream(Device& device, const CommandOptions& options, const QImage& picture)
{
    const OpenedNetwork opened = openNetwork(options.run);
    const AscentTarget target = targetNamed(
        opened.network.graph, parseChannel(options.at, "--at"), opened.hasAuxiliary, "--at");
    Progress progress("Dreaming of " + options.at);
    const MeasuringSite site = siteOn(device, progress);
    writePng(dream(site, opened, target, picture, options.dream), options.out);
    if (options.json)
        writeJson(
            {{"network", opened.network.id},
             {"at", options.at},
             {"size", {picture.width(), picture.height()}},
             {"octaves", options.dream.octaves},
             {"steps", options.dream.steps},
             {"seed", options.dream.seed},
             {"output", options.out}});
    return 0;
}

int run(const CommandOptions& options)
{
    requireFp32(options.run, "dream");
    requireWritable(options.out);
    const auto application = makeOffscreenApplication();
    const QImage picture = dreamStart(readPicture(options.image), options.size);
    return withDevice(
        options.run.device, [&](Device& device) { return writeDream(device, options, picture); });
}

} // namespace

void addDream(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<CommandOptions>();
    CLI::App* command =
        app.add_subcommand("dream", "Amplify in a picture what a module or a channel sees in it");
    command->add_option("IMAGE", options->image, "Picture")->required();
    addRunOptions(*command, options->run);
    command
        ->add_option(
            "--at", options->at,
            "MODULE, or MODULE:K for one channel, such as inception4c or inception4c:12; a branch "
            "or an op, too")
        ->required();
    command
        ->add_option(
            "--size", options->size,
            "Pixels of the longer side at most; a larger picture is made as small first")
        ->check(CLI::Range(32, 4096))
        ->capture_default_str();
    command
        ->add_option(
            "--octaves", options->dream.octaves,
            "Sizes at which it dreams, each 1.4 times the one before, the last the picture's")
        ->check(CLI::Range(1, 12))
        ->capture_default_str();
    command->add_option("--steps", options->dream.steps, "Steps of gradient ascent in each octave")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    command->add_option("--seed", options->dream.seed, "Another seed, another dream")
        ->capture_default_str();
    command->add_option("-o,--output", options->out, "PNG file to write")->required();
    command->add_flag("--json", options->json, "Print what was done as JSON");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
