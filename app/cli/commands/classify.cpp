#include "ascii.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/qt_application.h"
#include "cli/run_options.h"
#include "engine/labels.h"
#include "engine/picture.h"
#include "error.h"
#include "shown_text.h"

#include <QGuiApplication>

#include <algorithm>
#include <cmath>
#include <optional>

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
    std::string text = shownLine(image) + "\n";
    for (const ClassScore& score : scores) {
        const bool none = std::isnan(score.probability);
        const std::string percent = none ? "NaN" : ascii::fixed(double(score.probability) * 100, 2);
        text += std::string(8 - std::min<size_t>(8, percent.size()), ' ') + percent +
                (none ? "    " : " %  ");
        text += score.label.isEmpty() ? "class " + std::to_string(score.index)
                                      : score.label.toStdString();
        text += "\n";
    }
    return text;
}

/// The pictures one after the other; one that can't be read is reported, and the others go on.
class Pictures
{
public:
    explicit Pictures(const ClassifyOptions& options)
        : m_options(options)
    {
    }

    /// The next picture that can be read; none when all have been tried.
    std::optional<QImage> next()
    {
        while (m_next < m_options.images.size()) {
            try {
                return opaqueRgba(readPicture(m_options.images[m_next++]));
            } catch (const Error& error) {
                failed(error.what());
            }
        }
        return std::nullopt;
    }
    void classified(const OpenedNetwork& opened, const std::vector<ClassScore>& top)
    {
        if (!top.empty() && std::isnan(top.front().probability))
            note(
                name() +
                ": the result is NaN: values grew beyond all bounds on the way, so that it "
                "has no class");
        if (!m_options.json)
            writeOutput(toText(name(), top));
        Json& result = add();
        result["top"] = toJson(top);
        if (!opened.trained)
            result["weights"] = "synthetic";
    }
    [[nodiscard]] bool empty() const { return m_results.empty(); }
    /// The exit code.
    int finish()
    {
        if (m_options.json)
            writeJson(m_results);
        return m_failed ? 1 : 0;
    }

private:
    [[nodiscard]] const std::string& name() const { return m_options.images[m_next - 1]; }
    Json& add()
    {
        m_results.push_back({{"image", name()}, {"network", m_options.run.network}});
        return m_results.back();
    }
    void failed(const std::string& sentence)
    {
        note(sentence);
        add()["error"] = sentence;
        m_failed = true;
    }

    const ClassifyOptions& m_options;
    size_t m_next = 0;
    bool m_failed = false;
    Json m_results = Json::array();
};

void classify(
    Device& device, const ClassifyOptions& options, std::optional<QImage> picture,
    Pictures& pictures)
{
    OpenedNetwork opened = openNetwork(options.run);
    const Graph& graph = opened.network.graph;
    if (!graph.probabilities())
        throw Error(
            ErrorKind::Usage,
            "--network: " + opened.network.id + " has no classifier, so it can't classify");
    const auto session = makeSession(
        device, opened, {.keep = Keep::Taps, .timeOps = false, .precision = options.run.precision});
    for (; picture; picture = pictures.next()) {
        session->setImage(viewOf(*picture), opened.network.preprocessing);
        session->run();
        pictures.classified(
            opened, topClasses(session->read(*graph.probabilities()), options.top, *opened.labels));
    }
}

int run(const ClassifyOptions& options)
{
    (void)makeNetwork(options.run.network); // a wrong name is said before anything else
    if (std::ranges::find(options.images, "") != options.images.end())
        throw Error(ErrorKind::Usage, "picture: a file name was expected, not \"\"");
    const auto application = makeOffscreenApplication();
    Pictures pictures(options);
    // A network takes seconds to load: not for pictures of which none can be read.
    std::optional<QImage> first = pictures.next();
    if (!first)
        return pictures.finish();
    try {
        const int code = withDevice(options.run.device, [&](Device& device) {
            classify(device, options, std::move(first), pictures);
            return 0;
        });
        return std::max(code, pictures.finish());
    } catch (...) {
        if (!pictures.empty())
            pictures.finish(); // what is known already
        throw;
    }
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
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
