#include "ascii.h"
#include "cli/command.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/qt_application.h"
#include "cli/report/experiment_report.h"
#include "cli/run_options.h"
#include "error.h"
#include "experiments/run_experiment.h"
#include "vulkan/pipeline.h"
#include "weights/open_weights.h"
#include "zoo/network.h"

#include <QGuiApplication>

namespace inceptoscope {

namespace {

struct ExperimentOptions
{
    std::string id;
    std::string image;
    std::string device;
    std::vector<std::string> set;
    size_t runs = 11;
    bool json = false;
};

int listThem(bool json)
{
    if (json)
        writeJson(experimentListJson());
    else
        writeOutput(experimentListText());
    return 0;
}

void requireKnown(const std::string& id)
{
    std::vector<std::string> known;
    for (const Experiment& experiment : experiments()) {
        if (experiment.id == id)
            return;
        known.push_back(experiment.id);
    }
    throw Error(
        ErrorKind::Usage, "experiment \"" + id + "\" doesn't exist" + suggestion(id, known));
}

void show(const Experiment& experiment, const ExperimentReport& report, bool json)
{
    if (json)
        writeJson(experimentJson(experiment, report));
    else
        writeOutput(experimentText(experiment, report));
}

int run(const ExperimentOptions& options)
{
    if (options.id.empty()) {
        if (!options.set.empty() || !options.image.empty())
            throw Error(
                ErrorKind::Usage, "experiment: --set and --image need an experiment's ID; without "
                                  "one they are listed");
        return listThem(options.json);
    }
    requireKnown(options.id);
    const Experiment& experiment = experimentNamed(options.id);
    ExperimentReport report =
        countExperiment(experiment, settingValues(experiment.id, experiment.settings, options.set));
    const auto application = makeOffscreenApplication();
    ExperimentSubject subject;
    if (!options.image.empty())
        subject.picture = readPicture(options.image);
    if (!experiment.timed && !experiment.measure) {
        show(experiment, report, options.json);
        return 0;
    }
    subject.weights = defaultWeights(subject.network);
    for (const std::string& id : networkIds())
        if (const std::string weights = defaultWeights(id); !isSynthetic(weights))
            subject.atHand[id] = weights;
    try {
        const int code = withDevice(options.device, [&](Device& device) {
            Progress progress("Measuring " + experiment.title);
            double last = 0;
            Pipelines pipelines(device);
            const MeasuringSite site{
                .device = device,
                .goOn =
                    [&](double fraction) {
                        last = std::max(last, fraction);
                        progress.update(last);
                        return true;
                    },
                .pipelines = &pipelines};
            ExperimentBench bench(site, subject, {.runs = options.runs});
            measureExperiment(experiment, report, bench);
            return 0;
        });
        show(experiment, report, options.json);
        return code;
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::NoDevice)
            throw;
        // What is counted stands, and the verdict says that nothing was measured.
        show(experiment, report, options.json);
        throw;
    }
}

} // namespace

void addExperiment(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<ExperimentOptions>();
    CLI::App* command = app.add_subcommand(
        "experiment",
        "The laboratory: a claim about Inception networks, counted and measured here");
    command->add_option("ID", options->id, "Experiment; without it they are listed");
    command->add_option("--image", options->image, "Picture to try it on; a pattern when left out");
    command
        ->add_option(
            "--set", options->set,
            "NAME=VALUE for one of the experiment's settings; can be given several times")
        ->allow_extra_args(false);
    command->add_option("--runs", options->runs, "Measured runs of each side, in turns")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    addDeviceOption(*command, options->device);
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
