#include "models/window.h"

#include "address/views.h"

#include "cli/command.h"
#include "cli/names.h"
#include "cli/platform_guard.h"
#include "cli/qt_application.h"
#include "engine/engine.h"
#include "engine/open_network.h"
#include "error.h"
#include "file_name.h"
#include "lessons/lesson_folder.h"
#include "session/self_test.h"
#include "vulkan/process_limits.h"
#include "vulkan/vector_width.h"
#include "weights_store/weights_names.h"
#include "zoo/network.h"

#include <QGuiApplication>

#include <algorithm>
#include <filesystem>
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

/// An address in place of the picture, and what the options say, which wins.
Address addressOf(const WindowRequest& request)
{
    Address address;
    if (looksLikeAddress(fileText(request.image))) {
        const AddressRead read = readAddress(fileText(request.image));
        if (!read.problem.isEmpty())
            throw Error(ErrorKind::Usage, read.problem.toStdString());
        address = read.address;
    } else if (!request.image.empty()) {
        address.picture = fileText(std::filesystem::absolute(request.image).string());
    }
    const auto set = [](QString& part, const std::string& option) {
        if (!option.empty())
            part = fileText(option);
    };
    set(address.network, request.network);
    set(address.weights, request.weights);
    set(address.view, request.view);
    set(address.module, request.module);
    if (request.channel >= 0)
        address.channel = request.channel;
    if (request.tab >= 0)
        address.tab = request.tab;
    return address;
}

/// What is asked for must be there, before a window opens; a module of the network shown last, the
/// window looks for.
void requirePlace(Address address, bool forPerson)
{
    address.picture.clear(); // files have their own messages
    address.weights.clear();
    QString problem = readAddress(addressText(address)).problem;
    const bool known = !address.network.isEmpty() || !forPerson;
    if (problem.isEmpty() && known) {
        const std::string network =
            address.network.isEmpty() ? firstNetwork : address.network.toStdString();
        problem = objection(address, makeNetwork(network).graph);
    }
    if (!problem.isEmpty())
        throw Error(ErrorKind::Usage, problem.toStdString());
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
    if (request.weights.empty() && looksLikeWeights(fileText(request.image)))
        request.weights = std::exchange(request.image, {});
    if (!request.network.empty() || !looksLikeWeights(fileText(request.weights)))
        return request;
    try {
        request.network = closestNetwork(request.weights);
    } catch (const Error&) { // NOLINT(bugprone-empty-catch): the window says what is wrong with it
    }
    if (request.network.empty())
        request.network = firstNetwork;
    return request;
}

static std::vector<std::string> viewNames()
{
    std::vector<std::string> names;
    for (const View& view : windowViews())
        names.push_back(view.id.toStdString());
    return names;
}

void addWindow(CLI::App& app, WindowRequest& request)
{
    app.add_option(
        "IMAGE", request.image,
        "Picture or weights file to open in the window, or an address (inceptoscope:...)");
    app.add_option(
        "--network", request.network,
        "Network to show, else the one shown last (see: inceptoscope networks)");
    app.add_option("--weights", request.weights, "Weights file, or synthetic[:SALT]");
    app.add_option("--device", request.device, "Vulkan device: number or part of its name");
    app.add_option(
        "--lessons", request.lessons,
        "Folder of lessons, in place of those that come with the program");
    // For the pictures of the documentation; not in the help.
    app.add_option("--screenshot", request.screenshot)->group("");
    app.add_option("--module", request.module)->group("");
    app.add_option("--channel", request.channel)->group("");
    app.add_option("--why", request.why)->group("");
    app.add_flag("--grow", request.grow)->group("");
    app.add_flag("--dream", request.dream)->group("");
    app.add_option("--view", request.view)->group("")->check(CLI::IsMember(viewNames()));
    app.add_option("--tab", request.tab)->group("");
    app.add_option("--theme", request.theme)->group("");
    app.add_option("--size", request.size)->group("");
    app.add_option("--live", request.live)->group("");
    app.add_option("--lesson", request.lesson)->group("");
    app.add_option("--page", request.page)->group("");
    app.add_option("--settings", request.settings)->group("");
}

int openWindow(const WindowRequest& asked)
{
    const WindowRequest request = withWeightsInPlace(asked);
    if (!request.network.empty())
        requireNetwork(request.network);
    WindowOptions options{
        .address = addressOf(request),
        .live = fileText(request.live),
        .settings = QString::fromStdString(request.settings),
        .lessons = {},
        .lesson = QString::fromStdString(request.lesson),
        .page = request.page,
        .screenshot = {}};
    if (!request.lessons.empty())
        options.lessons = loadLessons(fileText(request.lessons));
    requirePlace(options.address, request.screenshot.empty());
    options.screenshot.path = QString::fromStdString(request.screenshot);
    options.screenshot.theme = QString::fromStdString(request.theme);
    options.screenshot.why = QString::fromStdString(request.why);
    options.screenshot.grow = request.grow;
    options.screenshot.dream = request.dream;
    options.screenshot.size = windowSize(request.size);

    requireDisplay();
    requireThreadsAndAddressSpace(); // Qt would go on without, or hang
    preferWideVectors(Beside::Window, computesRight);
    const auto application = makeGuiApplication();
    Engine engine(QString::fromStdString(request.device));
    return runWindow(*application, engine, options);
}

} // namespace inceptoscope
