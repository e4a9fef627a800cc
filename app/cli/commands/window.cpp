#include "models/window.h"

#include "models/settings.h"

#include "cli/command.h"
#include "cli/names.h"
#include "cli/platform_guard.h"
#include "cli/qt_application.h"
#include "engine/engine.h"
#include "engine/open_network.h"
#include "error.h"
#include "file_name.h"
#include "vulkan/process_limits.h"
#include "vulkan/vector_width.h"
#include "weights_store/weights_names.h"
#include "zoo/network.h"

#include <QGuiApplication>

#include <algorithm>
#include <utility>

namespace inceptoscope {

namespace {

void requireNetwork(const std::string& id)
{
    const std::vector<std::string> known = networkIds();
    if (std::find(known.begin(), known.end(), id) == known.end())
        throw Error(
            ErrorKind::Usage, "--network: \"" + id + "\" doesn't exist" + suggestion(id, known));
}

QSize windowSize(const std::string& text)
{
    const QStringList sides = QString::fromStdString(text).split(u'x');
    const QSize size = sides.size() == 2 ? QSize(sides[0].toInt(), sides[1].toInt()) : QSize();
    if (size.isEmpty())
        throw Error(ErrorKind::Usage, "--size: " + text + " is no size such as 1280x800");
    return size;
}

} // namespace

/// File managers hand over weights where a picture stands. They open with the network that they
/// are of, unless another was named.
static WindowRequest withWeightsInPlace(WindowRequest request)
{
    if (!request.weights.empty() || !looksLikeWeights(fileText(request.image)))
        return request;
    request.weights = std::exchange(request.image, {});
    if (request.network != WindowRequest().network)
        return request;
    try {
        const std::string closest = closestNetwork(request.weights);
        if (!closest.empty())
            request.network = closest;
    } catch (const Error&) { // NOLINT(bugprone-empty-catch): the window says what is wrong with it
    }
    return request;
}

static std::vector<std::string> viewNames()
{
    std::vector<std::string> names;
    for (const QString& name : Settings::views())
        names.push_back(name.toStdString());
    return names;
}

void addWindow(CLI::App& app, WindowRequest& request)
{
    app.add_option("IMAGE", request.image, "Picture or weights file to open in the window");
    app.add_option("--network", request.network, "Network to show (see: inceptoscope networks)")
        ->capture_default_str();
    app.add_option("--weights", request.weights, "Weights file, or synthetic[:SALT]");
    app.add_option("--device", request.device, "Vulkan device: number or part of its name");
    // For the pictures of the documentation; not in the help.
    app.add_option("--screenshot", request.screenshot)->group("");
    app.add_option("--module", request.module)->group("");
    app.add_option("--channel", request.channel)->group("");
    app.add_option("--view", request.view)->group("")->check(CLI::IsMember(viewNames()));
    app.add_option("--tab", request.tab)->group("");
    app.add_option("--theme", request.theme)->group("");
    app.add_option("--size", request.size)->group("");
    app.add_option("--live", request.live)->group("");
    app.add_option("--settings", request.settings)->group("");
}

int openWindow(const WindowRequest& asked)
{
    const WindowRequest request = withWeightsInPlace(asked);
    requireNetwork(request.network);
    WindowOptions options{
        .picture = fileText(request.image),
        .network = QString::fromStdString(request.network),
        .weights = fileText(request.weights),
        .live = fileText(request.live),
        .settings = QString::fromStdString(request.settings),
        .screenshot = {}};
    options.screenshot.path = QString::fromStdString(request.screenshot);
    options.screenshot.module = QString::fromStdString(request.module);
    options.screenshot.view = QString::fromStdString(request.view);
    options.screenshot.tab = request.tab;
    options.screenshot.theme = QString::fromStdString(request.theme);
    options.screenshot.channel = request.channel;
    options.screenshot.size = windowSize(request.size);

    requireDisplay();
    requireThreadsAndAddressSpace(); // Qt would go on without, or hang
    preferWideVectors(Beside::Window);
    const auto application = makeGuiApplication();
    Engine engine(QString::fromStdString(request.device));
    return runWindow(*application, engine, options);
}

} // namespace inceptoscope
