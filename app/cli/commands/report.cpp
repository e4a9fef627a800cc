#include "cli/commands/report.h"

#include "cli/names.h"
#include "cli/progress.h"
#include "cli/qt_application.h"
#include "cli/report/report_data.h"
#include "cli/run_options.h"
#include "engine/labels.h"
#include "engine/picture.h"
#include "error.h"
#include "file_name.h"
#include "files/output_folder.h"
#include "models/costs/cost_table.h"

#include <QDateTime>
#include <QGuiApplication>

#include <algorithm>

namespace inceptoscope {

namespace {

struct ReportOptions
{
    std::string image;
    std::string out;
    std::vector<std::string> ids;
    std::string device;
    int runs = 5;
};

void requireKnown(const std::vector<std::string>& ids)
{
    const std::vector<std::string> known = networkIds();
    for (const std::string& id : ids)
        if (std::find(known.begin(), known.end(), id) == known.end())
            throw Error(
                ErrorKind::Usage,
                "--network: \"" + id + "\" doesn't exist" + suggestion(id, known));
}

ReportedNetwork measureNetwork(
    Device& device, const std::string& id, const QImage& picture, const DevicePeaks& peaks,
    int runs, const std::function<void(double)>& progress)
{
    constexpr int warmup = 2; // a driver compiles in the first, and times are there from the second
    constexpr size_t topCount = 5;
    OpenedNetwork opened = openNetwork(RunOptions{.network = id});
    const Graph& graph = opened.network.graph;
    const auto session = makeSession(device, opened, {.timeOps = true});
    session->setImage(viewOf(picture), opened.network.preprocessing);
    std::vector<std::vector<double>> measured;
    for (int run = 0; run < warmup + runs; ++run) {
        session->run();
        progress(double(run + 1) / (warmup + runs));
        if (run < warmup)
            continue;
        std::vector<double>& times = measured.emplace_back(graph.size(), -1.0);
        for (NodeId node = 0; node < graph.size(); ++node)
            if (!graph.isAuxiliary(node))
                times[node] = session->milliseconds(node);
    }
    ReportedNetwork result{
        .costs = costed(std::make_shared<const Network>(opened.network), measured, peaks),
        .input = graph[graph.input()].shape,
        .layers = weightLayersOnLongestPath(graph),
        .weights = weightsState(opened.spec),
        .top = {}};
    if (const auto node = graph.probabilities())
        result.top = topClasses(session->read(*node), topCount, *opened.labels);
    return result;
}

Report makeReport(Device& device, const ReportOptions& options, const QImage& read)
{
    constexpr int pictureSide = 448;
    if (device.info().timestampNanoseconds <= 0)
        throw Error(
            ErrorKind::Unsupported,
            "report: " + device.info().name + " has no timestamps to measure with");
    const QImage picture = opaqueRgba(read);
    Progress progress("Measuring");
    Report report{
        .version = QCoreApplication::applicationVersion(),
        .device = describeDevice(device.info()),
        .driver = QString::fromStdString(device.info().driver),
        .date = QDateTime::currentDateTimeUtc().toString(Qt::ISODate),
        .pictureTitle = shownFileName(fileText(options.image)),
        .picture = read.scaled(
            QSize(pictureSide, pictureSide).boundedTo(read.size()), Qt::KeepAspectRatio,
            Qt::SmoothTransformation),
        .runs = options.runs,
        .peaks = measureDevicePeaks(device),
        .networks = {}};
    const std::vector<std::string> ids = options.ids.empty() ? networkIds() : options.ids;
    for (size_t i = 0; i < ids.size(); ++i)
        report.networks.push_back(measureNetwork(
            device, ids[i], picture, report.peaks, options.runs, [&](double fraction) {
                progress.update((double(i) + fraction) / double(ids.size()));
            }));
    return report;
}

/// What tells that a folder is a report.
constexpr auto marker = "report.json";

/// Of an error about the folder: which option it comes from.
template <class Body> void aboutOutput(const Body& body)
{
    try {
        body();
    } catch (const Error& error) {
        throw Error(error.kind(), std::string("-o: ") + error.what());
    }
}

void requireReportFolder(const std::string& folder)
{
    if (folder.empty())
        throw Error(ErrorKind::Usage, "-o: the name of a folder was expected, not \"\"");
    const FolderFiles names{
        {"index.html", {}},
        {marker, {}},
        {"networks.csv", {}},
        {"parts.csv", {}},
        {"tables.md", {}}};
    aboutOutput([&] { requireOutputFolder(folder, names, marker); });
}

void writeReport(const Report& report, const std::string& folder)
{
    QString parts;
    for (const ReportedNetwork& network : report.networks) {
        const QString csv = costsCsv(network.costs);
        parts += parts.isEmpty() ? csv : csv.mid(csv.indexOf(u'\n') + 1);
    }
    const FolderFiles files{
        {"index.html", reportHtml(report).toStdString()},
        {marker, reportJson(report).dump(1) + "\n"},
        {"networks.csv", networksCsv(report).toStdString()},
        {"parts.csv", parts.toStdString()},
        {"tables.md", reportMarkdown(report).toStdString()}};
    aboutOutput([&] { writeOutputFolder(folder, files, marker); });
}

int run(const ReportOptions& options)
{
    requireKnown(options.ids);
    requireReportFolder(options.out);
    const auto application = makeOffscreenApplication();
    const QImage picture = readPicture(options.image);
    return withDevice(options.device, [&](Device& device) {
        writeReport(makeReport(device, options, picture), options.out);
        writeOutput(options.out + "/index.html\n");
        return 0;
    });
}

} // namespace

void addReport(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<ReportOptions>();
    CLI::App* command = app.add_subcommand(
        "report", "Write what networks cost, counted and measured on a picture, as a web page");
    command->add_option("IMAGE", options->image, "Picture")->required();
    command
        ->add_option(
            "-o,--output", options->out, "Folder to write; new, empty, or with an earlier report")
        ->required();
    command->add_option("--network", options->ids, "Networks; all when left out");
    command->add_option("--runs", options->runs, "Measured runs of each")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    addDeviceOption(*command, options->device);
    command->footer(
        "The folder then holds, all or nothing:\n"
        "  index.html    figures and tables; needs nothing beside it\n"
        "  report.json   {version, device, driver, date, picture, runs, peaks, networks: [{id,\n"
        "                title, input, layers, weights: {source, trained}, params, macs,\n"
        "                weight_bytes, read_bytes, written_bytes, flop_per_byte, median_ms,\n"
        "                min_ms, max_ms, gflops, top, parts: [{level, parent, name, macs, "
        "...}]}]}\n"
        "  networks.csv  a line for each network, with the same names\n"
        "  parts.csv     a line for each group, module, branch and op\n"
        "  tables.md     the table of networks in Markdown\n"
        "Its index.html is printed when everything is written.");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
