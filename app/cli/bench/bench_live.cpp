#include "cli/bench/bench_live.h"

#include "ascii.h"
#include "attribution/live_evidence.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/run_options.h"
#include "engine/labels.h"
#include "engine/live_pipeline.h"
#include "engine/measuring_site.h"
#include "error.h"
#include "median.h"
#include "models/colormaps.h"
#include "weights/synthetic.h"

#include <QElapsedTimer>

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr QSize frameSize{640, 480};
constexpr size_t warmup = 5;
/// Parts of a frame, in the order of the work.
constexpr std::array parts{"upload_ms", "preprocess_ms", "network_ms",
                           "maps_ms",   "readback_ms",   "conversion_ms"};

/// A picture to pan over, twice as wide as a frame.
QImage panorama()
{
    const int width = frameSize.width() * 2;
    const int height = frameSize.height();
    const std::vector<uint8_t> rgb = syntheticPicture(uint32_t(height), uint32_t(width), "");
    QImage picture(width, height, QImage::Format_RGBX8888);
    const size_t plane = size_t(width) * size_t(height);
    for (int y = 0; y < height; ++y) {
        uchar* to = picture.scanLine(y);
        for (int x = 0; x < width; ++x) {
            const size_t pixel = size_t(y) * size_t(width) + size_t(x);
            for (size_t c = 0; c < 3; ++c)
                *to++ = rgb[c * plane + pixel];
            *to++ = 255;
        }
    }
    return picture;
}

/// A frame's window on the picture, without a copy.
QImage frameOf(const QImage& picture, size_t number)
{
    const auto x = qsizetype(number * 4 % size_t(frameSize.width()));
    return {
        picture.constBits() + x * 4, frameSize.width(), frameSize.height(), picture.bytesPerLine(),
        QImage::Format_RGBX8888};
}

ModuleId stageOf(const Graph& graph, const std::string& name)
{
    if (!name.empty())
        return requireModule(graph, name, "--module");
    for (ModuleId id = 0; id < graph.modules().size(); ++id)
        if (graph.modules()[id].kind == ModuleKind::Inception)
            return id;
    return 0;
}

Json measure(Device& device, const std::string& id, const LiveBench& options, Precision precision)
{
    OpenedNetwork opened = openNetwork(RunOptions{.network = id});
    const auto network = std::make_shared<const Network>(opened.network);
    const auto session = makeSession(device, opened, {.precision = precision});
    const StageRequest stage{.module = stageOf(network->graph, options.module), .columns = {}};
    LivePipeline pipeline(network, *session, opened.labels, frameSize);
    pipeline.setStage(stage, {.colours = colormap("viridis").value_or(ColourTable{})});

    LiveEvidence evidence([&] { return openNetwork(RunOptions{.network = id}); });
    evidence.ask(stage.module, {});
    const QImage picture = panorama();
    std::vector<double> evidenceTimes;
    std::array<std::vector<double>, parts.size()> times;
    std::vector<double> wholes;
    RunSnapshot snapshot;
    Progress progress("Measuring " + network->title);
    QElapsedTimer all;
    for (size_t i = 0; i < warmup + options.frames; ++i) {
        if (i == warmup)
            all.start();
        QElapsedTimer timer;
        timer.start();
        const QImage frame = frameOf(picture, i);
        pipeline.run(frame);
        pipeline.fill(snapshot);
        QElapsedTimer asked;
        asked.start();
        if (options.evidence)
            (void)evidence.study({.device = device, .goOn = [](double) { return true; }}, frame);
        progress.update(double(i + 1) / double(warmup + options.frames));
        if (i < warmup)
            continue;
        const LiveTimes& t = pipeline.times();
        const std::array<double, parts.size()> now{t.upload,          t.device.picture,
                                                   t.device.network,  t.device.maps,
                                                   t.device.readback, t.conversion};
        for (size_t part = 0; part < parts.size(); ++part)
            times[part].push_back(now[part]);
        evidenceTimes.push_back(double(asked.nsecsElapsed()) / 1e6);
        wholes.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    const double seconds = double(all.nsecsElapsed()) / 1e9;

    Json row{
        {"network", network->id},
        {"module", network->graph.modules()[stage.module].name},
        {"device", device.info().name},
        {"precision", precisionName(precision)},
        {"width", frameSize.width()},
        {"height", frameSize.height()},
        {"frames", options.frames},
        {"frames_per_second", rounded(double(options.frames) / seconds, 4)},
        {"median_ms", rounded(medianOf(wholes), 4)}};
    for (size_t part = 0; part < parts.size(); ++part)
        row[parts[part]] = rounded(medianOf(times[part]), 4);
    if (options.evidence)
        row["evidence_ms"] = rounded(medianOf(evidenceTimes), 4);
    return row;
}

std::string toText(const Json& rows)
{
    const auto text = [](const Json& value) { return ascii::fixed(value.get<double>(), 2); };
    std::vector<std::string> heads{"NETWORK",   "MODULE",      ">FRAMES/s", ">FRAME ms",
                                   ">UPLOAD",   ">PREPROCESS", ">NETWORK",  ">MAPS",
                                   ">READBACK", ">CONVERSION"};
    const bool evidence = rows.front().contains("evidence_ms");
    if (evidence)
        heads.push_back(">EVIDENCE");
    Table table(heads);
    for (const Json& row : rows) {
        std::vector<std::string> cells{
            row["network"], row["module"], text(row["frames_per_second"]), text(row["median_ms"])};
        for (const char* part : parts)
            cells.push_back(text(row[part]));
        if (evidence)
            cells.push_back(text(row["evidence_ms"]));
        table.add(cells);
    }
    const Json& first = rows.front();
    return first["device"].get<std::string>() + ", " + first["precision"].get<std::string>() +
           ", live frames of 640x480, median of " + std::to_string(first["frames"].get<size_t>()) +
           "\n\n" + table.text();
}

} // namespace

void addLiveOptions(CLI::App& bench, LiveBench& options)
{
    auto* live = bench.add_flag(
        "--live", options.on,
        "Measure the live pipeline on moving pictures of 640x480 instead, with its parts");
    bench.add_option("--frames", options.frames, "Measured frames")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str()
        ->needs(live);
    bench
        .add_option(
            "--module", options.module,
            "Module whose maps are drawn; the first Inception module when left out")
        ->needs(live);
    bench
        .add_flag(
            "--evidence", options.evidence,
            "Find each frame's Grad-CAM for the leading class at that module, too")
        ->needs(live);
}

int benchLive(
    const LiveBench& options, const std::vector<std::string>& networks, Precision precision,
    const std::string& device, bool json)
{
    const auto ids = networks.empty() ? std::vector<std::string>{"googlenet_bn"} : networks;
    for (const std::string& id : ids)
        (void)makeNetwork(id); // a wrong name before minutes of measuring
    return withDevice(device, [&](Device& opened) {
        Json rows = Json::array();
        for (const std::string& id : ids)
            rows.push_back(measure(opened, id, options, precision));
        if (json)
            writeJson(rows);
        else
            writeOutput(toText(rows));
        return 0;
    });
}

} // namespace inceptoscope
