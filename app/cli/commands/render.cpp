#include "cli/command.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/png_file.h"
#include "cli/progress.h"
#include "cli/qt_application.h"
#include "cli/run_options.h"
#include "engine/module_pictures.h"
#include "engine/picture.h"
#include "error.h"
#include "file_name.h"
#include "files/system_reason.h"
#include "models/colormaps.h"
#include "models/figure/module_painter.h"

#include <QGuiApplication>

#include <filesystem>

namespace inceptoscope {

namespace {

struct RenderOptions
{
    RunOptions run;
    std::string image;
    std::string module;
    std::string colormap;
    std::string out;

    [[nodiscard]] bool all() const { return normalised(module) == "all"; }
};

/// Without a name the first Inception module: what this program is about.
ModuleId chosenModule(const Graph& graph, const std::string& name)
{
    if (!name.empty())
        return requireModule(graph, name, "--module");
    for (ModuleId id = 0; id < graph.modules().size(); ++id)
        if (graph.modules()[id].kind == ModuleKind::Inception)
            return id;
    return graph[graph.size() - 1].module;
}

std::vector<ModuleId> chosenModules(const Graph& graph, const RenderOptions& options)
{
    if (!options.all())
        return {chosenModule(graph, options.module)};
    std::vector<ModuleId> modules;
    for (ModuleId id = 0; id < graph.modules().size(); ++id)
        if (hasOps(graph, id) && graph.modules()[id].kind != ModuleKind::Auxiliary)
            modules.push_back(id);
    return modules;
}

FeatureMapStyle styleOf(const std::string& name)
{
    const auto table = colormap(name);
    if (!table) {
        std::vector<std::string> known;
        for (const std::string_view other : colormapNames())
            known.emplace_back(other);
        throw Error(
            ErrorKind::Usage,
            "--colormap: there is no colour map \"" + name + "\"" + suggestion(name, known));
    }
    return {.colours = *table, .diverging = isDivergingColormap(name)};
}

void requirePlace(const RenderOptions& options)
{
    if (!options.all())
        return requireWritable(options.out);
    const std::filesystem::path folder = options.out;
    if (folder.empty())
        throw Error(ErrorKind::Usage, "-o: the name of a folder was expected, not \"\"");
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
        std::filesystem::create_directory(folder, error);
        if (error == std::errc::file_exists)
            throw Error(
                ErrorKind::Io, "-o: " + options.out + " is a file; --module all expects a folder");
        if (error)
            throw Error(
                ErrorKind::Io,
                "-o: the folder " + options.out + " can't be made: " + systemReason(error.value()));
    }
    requireWritable(folder / "module.png");
}

int draw(Device& device, const RenderOptions& options, const QImage& picture)
{
    const FeatureMapStyle style = styleOf(options.colormap);
    OpenedNetwork opened = openNetwork(options.run);
    const Graph& graph = opened.network.graph;
    const std::vector<ModuleId> modules = chosenModules(graph, options);
    const bool auxiliary = graph.modules()[modules.front()].kind == ModuleKind::Auxiliary;

    const auto session =
        makeSession(device, opened, {.auxiliary = auxiliary, .precision = options.run.precision});
    session->setImage(viewOf(picture), opened.network.preprocessing);
    session->run(); // compiles on some drivers, so the times are those of the next
    session->run();
    ModuleFacts facts{
        .network = opened.network,
        .picture = shownFileName(fileText(options.image)),
        .weights = weightsState(opened.spec),
        .milliseconds = {}};
    for (NodeId node = 0; node < graph.size(); ++node)
        facts.milliseconds.push_back(
            runs(graph, node, auxiliary) ? session->milliseconds(node) : -1);

    Progress progress("Drawing");
    for (size_t i = 0; i < modules.size(); ++i) {
        progress.update(double(i) / double(modules.size()));
        const ModuleDrawing drawing(graph, modules[i]);
        const auto pictures = renderModule(*session, graph, modules[i], drawing.columns(), style);
        const std::string name = graph.modules()[modules[i]].name;
        const std::filesystem::path out = options.out;
        writePng(
            paintModule(drawing, *pictures, facts), options.all() ? out / (name + ".png") : out);
    }
    return 0;
}

int run(const RenderOptions& options)
{
    requirePlace(options);
    const auto application = makeOffscreenApplication();
    const QImage picture = opaqueRgba(readPicture(options.image));
    return withDevice(
        options.run.device, [&](Device& device) { return draw(device, options, picture); });
}

} // namespace

void addRender(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<RenderOptions>();
    options->colormap = colormapNames().front();
    std::string names;
    for (const std::string_view name : colormapNames())
        names += (names.empty() ? "" : ", ") + std::string(name);
    CLI::App* command = app.add_subcommand(
        "render", "Draw a module's branches with their feature maps, as in the window");
    command->add_option("IMAGE", options->image, "Picture")->required();
    addRunOptions(*command, options->run);
    command->add_option(
        "--module", options->module,
        "Module, or all of the main network's; without it the first Inception module");
    command->add_option("--colormap", options->colormap, names)->capture_default_str();
    command
        ->add_option(
            "-o,--output", options->out,
            "PNG file to write; with --module all a folder, one NAME.png a module")
        ->required();
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
