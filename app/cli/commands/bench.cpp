#include "cli/bench/bench_backward.h"
#include "cli/bench/bench_live.h"
#include "cli/bench/bench_rows.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/run_options.h"
#include "error.h"
#include "weights/synthetic.h"

#include <algorithm>

namespace inceptoscope {

namespace {

struct BenchOptions
{
    std::vector<std::string> ids;
    size_t runs = 20;
    size_t warmup = 3;
    Precision precision = Precision::Fp32;
    std::string per = "network";
    uint32_t batch = 1;
    std::string device;
    bool json = false;
    LiveBench live = {};
    BackwardBench backward = {};
};

/// Pictures rather than noise: values as they occur, and no zeros to profit from.
std::vector<float> benchInput(const Shape& shape)
{
    std::vector<float> values;
    for (uint32_t picture = 0; picture < shape.n; ++picture)
        for (const uint8_t pixel :
             syntheticPicture(shape.h, shape.w, picture == 0 ? "" : std::to_string(picture)))
            values.push_back((float(pixel) - 128.0F) / 64.0F);
    return values;
}

/// The whole network as it really runs, or, finer, every op with a barrier behind it. The two
/// are never mixed: the sum of the second is more than the first.
std::vector<Samples> measure(
    Session& session, const std::vector<Part>& parts, Per per, const BenchOptions& options,
    const std::string& title)
{
    std::vector<Samples> samples(parts.size());
    Progress progress("Measuring " + title);
    // Times of single ops are there from the second run on.
    const size_t warmup = std::max<size_t>(options.warmup, per == Per::Network ? 0 : 1);
    const size_t total = warmup + options.runs;
    for (size_t run = 0; run < total; ++run) {
        session.run();
        progress.update(double(run + 1) / double(total));
        if (run < warmup)
            continue;
        for (size_t i = 0; i < parts.size(); ++i) {
            double milliseconds = 0;
            if (per == Per::Network)
                milliseconds = session.lastRunSeconds() * 1e3;
            else
                for (const NodeId node : parts[i].nodes)
                    milliseconds += session.milliseconds(node);
            samples[i].push_back(milliseconds);
        }
    }
    return samples;
}

void benchNetwork(Device& device, const std::string& id, const BenchOptions& options, Json& rows)
{
    const Per per = perOf(options.per);
    OpenedNetwork opened{.network = makeNetwork(id), .weights = nullptr};
    opened.network.graph = opened.network.graph.withBatch(options.batch);
    const Graph& graph = opened.network.graph;
    opened.weights = syntheticWeights(graph, "");
    const auto session = makeSession(
        device, opened,
        {.keep = Keep::Taps, .timeOps = per != Per::Network, .precision = options.precision});
    session->setInput(benchInput(graph[graph.input()].shape));

    std::vector<Part> parts = partsOf(graph, per);
    std::erase_if(parts, [](const Part& part) { return part.auxiliary; });
    const auto samples = measure(*session, parts, per, options, opened.network.title);
    const BenchSubject subject{
        .network = opened.network,
        .session = *session,
        .device = device.info().name,
        .precision = options.precision,
        .per = per};
    for (size_t i = 0; i < parts.size(); ++i)
        rows.push_back(benchRow(subject, parts[i], samples[i]));
}

int run(const BenchOptions& options)
{
    if (options.live.on)
        return benchLive(
            options.live, options.ids, options.precision, options.device, options.json);
    if (!options.backward.wrt.empty())
        return benchBackward(
            options.backward, options.ids, options.runs, options.device, options.json);
    const std::vector<std::string> ids = options.ids.empty() ? networkIds() : options.ids;
    for (const std::string& id : ids)
        (void)makeNetwork(id); // a wrong name before minutes of measuring
    return withDevice(options.device, [&](Device& device) {
        if (device.info().timestampNanoseconds <= 0)
            throw Error(
                ErrorKind::Unsupported,
                "bench: " + device.info().name + " has no timestamps to measure with");
        Json rows = Json::array();
        const Peaks before = measurePeaks(device);
        for (const std::string& id : ids)
            benchNetwork(device, id, options, rows);
        // The better one: others may have kept the machine busy.
        addPeaks(rows, best(before, measurePeaks(device)));
        if (options.json)
            writeJson(rows);
        else
            writeOutput(benchText(rows));
        return 0;
    });
}

} // namespace

void addBench(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<BenchOptions>();
    CLI::App* command = app.add_subcommand(
        "bench",
        "Measure times on the device: median and spread, GFLOP/s (2 * MACs) and their share of "
        "what the device can do, memory");
    command->add_option("ID", options->ids, "Networks; all when left out");
    command->add_option("--runs", options->runs, "Measured runs")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    command->add_option("--warmup", options->warmup, "Runs before that, not measured")
        ->check(CLI::Range(0, 1000000))
        ->capture_default_str();
    auto* batch =
        command
            ->add_option(
                "--batch", options->batch,
                "Pictures that run at once; with pictures a second, and times of all of them")
            ->check(CLI::Range(1, 4096))
            ->capture_default_str();
    addPrecisionOption(*command, options->precision);
    command
        ->add_option("--per", options->per, "How finely to split; below network one op at a time")
        ->check(CLI::IsMember(perNames()))
        ->capture_default_str();
    addDeviceOption(*command, options->device);
    command->add_flag("--json", options->json, "Print JSON");
    addLiveOptions(*command, options->live);
    addBackwardOptions(*command, options->backward);
    batch->excludes("--live")->excludes("--backward");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
