#include "cli/command.h"
#include "cli/output.h"
#include "cli/qt_application.h"
#include "cli/run_options.h"
#include "engine/labels.h"
#include "engine/picture.h"
#include "error.h"

#include <QCoreApplication>

namespace inceptoscope {

namespace {

struct ClassifyOptions
{
    RunOptions run;
    std::vector<std::string> images;
    size_t top = 5;
    bool json = false;
};

Json toJson(const std::vector<ClassScore>& scores)
{
    Json top = Json::array();
    for (const ClassScore& score : scores)
        top.push_back(
            {{"index", score.index},
             {"label", score.label.toStdString()},
             {"probability", rounded(score.probability, 7)}});
    return top;
}

std::string toText(const std::string& image, const std::vector<ClassScore>& scores)
{
    std::string text = image + "\n";
    for (const ClassScore& score : scores) {
        char percent[24];
        std::snprintf(percent, sizeof percent, "%8.2f %%  ", double(score.probability) * 100);
        text += percent;
        text += score.label.isEmpty() ? "class " + std::to_string(score.index)
                                      : score.label.toStdString();
        text += "\n";
    }
    return text;
}

int classify(Device& device, const ClassifyOptions& options)
{
    OpenedNetwork opened = openNetwork(options.run);
    const Graph& graph = opened.network.graph;
    if (!graph.probabilities())
        throw Error(
            ErrorKind::Usage,
            "--network: " + opened.network.id + " has no classifier, so it can't classify");
    const auto session = makeSession(
        device, opened, {.keep = Keep::Taps, .timeOps = false, .precision = options.run.precision});
    Json results = Json::array();
    for (const std::string& image : options.images) {
        const QImage picture = opaqueRgba(readPicture(image));
        session->setImage(viewOf(picture), opened.network.preprocessing);
        session->run();
        const auto top =
            topClasses(session->read(*graph.probabilities()), options.top, *opened.labels);
        if (!options.json)
            writeOutput(toText(image, top));
        results.push_back({{"image", image}, {"network", opened.network.id}, {"top", toJson(top)}});
        if (!opened.trained)
            results.back()["weights"] = "synthetic";
    }
    if (options.json)
        writeJson(results);
    return 0;
}

} // namespace

void addClassify(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<ClassifyOptions>();
    CLI::App* command = app.add_subcommand("classify", "Say what is in pictures");
    command->add_option("IMAGE", options->images, "Pictures")->required();
    addRunOptions(*command, options->run);
    addLabelsOption(*command, options->run);
    command->add_option("--top", options->top, "How many classes to print")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([options, &action] {
        action = [options] {
            const auto application = makeCoreApplication();
            return withDevice(
                options->run.device, [&](Device& device) { return classify(device, *options); });
        };
    });
}

} // namespace inceptoscope
