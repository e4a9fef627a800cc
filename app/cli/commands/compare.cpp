#include "ascii.h"
#include "cli/command.h"
#include "cli/json_table.h"
#include "cli/progress.h"
#include "cli/qt_application.h"
#include "cli/run_options.h"
#include "engine/comparison.h"
#include "engine/measuring_site.h"
#include "models/versions/version_facts.h"

#include <QGuiApplication>

namespace inceptoscope {

namespace {

struct CompareOptions
{
    std::vector<std::string> ids;
    std::string image;
    std::string device;
    std::string reference;
    uint32_t inputSize = 0;
    size_t runs = ComparisonRequest::usualRuns;
    bool json = false;
    bool csv = false;
};

Json orNull(const std::optional<double>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

void addAccuracy(Json& row, const VersionFacts& facts)
{
    for (const bool released : {false, true}) {
        const AccuracyFigure* figure = facts.figure(released);
        const std::string prefix = released ? "released" : "published";
        row[prefix + "_top1"] = figure != nullptr ? orNull(figure->top1) : Json(nullptr);
        row[prefix + "_top5"] = figure != nullptr ? orNull(figure->top5) : Json(nullptr);
        row[prefix + "_source"] = figure != nullptr ? Json(citation(*figure)) : Json(nullptr);
        row[prefix + "_on_subset"] = figure != nullptr && figure->subset;
    }
    row["accuracy_note"] = facts.accuracy->none;
}

/// All of them, of a network that was measured or not; the keys are always the same.
Json rowOf(const ComparisonResult& result)
{
    const Network published = result.network ? *result.network : makeNetwork(result.entry.network);
    const VersionFacts facts = versionFacts(published);
    const MeasuredTimes& times = result.times;
    const bool measured = result.measured();
    const auto known = [&](double value, int digits) {
        return measured ? Json(rounded(value, digits)) : Json(nullptr);
    };
    Json row{{"network", facts.id}, {"title", facts.title}, {"year", facts.year}};
    row["input_size"] = facts.input;
    row["layers"] = facts.layers;
    row["params"] = facts.cost.params;
    row["macs"] = facts.cost.macs;
    row["weight_bytes"] = facts.cost.weightBytes;
    row["activation_bytes"] = facts.cost.activationBytes;
    row["device"] = result.device.toStdString();
    row["weights"] = result.weights.title.toStdString();
    row["device_weight_bytes"] = measured ? Json(result.weightBytes) : Json(nullptr);
    row["device_activation_bytes"] = measured ? Json(result.activationBytes) : Json(nullptr);
    row["runs"] = times.runs;
    row["median_ms"] = known(times.median, 6);
    row["min_ms"] = known(times.fastest, 6);
    row["max_ms"] = known(times.slowest, 6);
    const Ratio& ratio = result.ratio;
    const auto inTurns = [&](double value) {
        return ratio.known() ? Json(rounded(value, 6)) : Json(nullptr);
    };
    row["reference"] = result.reference;
    row["ratio"] = inTurns(ratio.median);
    row["ratio_min"] = inTurns(ratio.least);
    row["ratio_max"] = inTurns(ratio.most);
    row["gflops"] = known(gflops(facts.cost.macs, times.median), 5);
    addAccuracy(row, facts);
    row["error"] = result.error;
    return row;
}

std::string fixed(const Json& value, int decimals)
{
    return value.is_null() ? "-" : ascii::fixed(value.get<double>(), decimals);
}

std::string marked(const Json& row, const std::string& prefix, const char* key)
{
    const Json& value = row[prefix + key];
    return fixed(value, 1) +
           (!value.is_null() && row[prefix + "_on_subset"].get<bool>() ? "*" : "");
}

std::string toText(const Json& rows, const CompareOptions& options)
{
    Table table(
        {"NETWORK", ">YEAR", ">INPUT", ">LAYERS", ">PARAMS M", ">MACS M", ">MEDIAN ms", ">MIN ms",
         ">MAX ms", ">RATIO", ">MIN", ">MAX", ">GFLOP/s", ">TOP-1 %", ">TOP-5 %", ">RELEASED %"});
    std::string errors;
    for (const Json& row : rows) {
        table.add(
            {row["network"], std::to_string(row["year"].get<int>()), row["input_size"].dump(),
             row["layers"].dump(), fixed(row["params"].get<double>() / 1e6, 2),
             fixed(row["macs"].get<double>() / 1e6, 1), fixed(row["median_ms"], 2),
             fixed(row["min_ms"], 2), fixed(row["max_ms"], 2), fixed(row["ratio"], 2),
             fixed(row["ratio_min"], 2), fixed(row["ratio_max"], 2), fixed(row["gflops"], 1),
             marked(row, "published", "_top1"), marked(row, "published", "_top5"),
             fixed(row["released_top1"], 1)});
        if (!row["error"].get<std::string>().empty())
            errors += row["error"].get<std::string>() + "\n";
    }
    return rows.front()["device"].get<std::string>() + "; median of " +
           std::to_string(options.runs) +
           " runs after a warm-up, one op at a time; random weights\nRatio: to the time of " +
           options.reference + ", run by turns with it; median, least and most of " +
           std::to_string(options.runs) + " turns\n" + (errors.empty() ? "" : errors) + "\n" +
           table.text() +
           "\nAccuracies as papers print them (ImageNet, one crop, one model), and of released "
           "weights" +
           (options.inputSize > 0 ? ", all at each network's own input size" : "") + ".\n* " +
           AccuracyTable::bundled().subset() + "\n";
}

/// A word or a size that no network can have, before minutes of measuring.
void checkNames(const std::vector<std::string>& ids)
{
    for (const std::string& id : ids)
        (void)makeNetwork(id);
}

int run(CompareOptions options)
{
    ComparisonRequest request{.runs = options.runs};
    const std::vector<std::string> ids = options.ids.empty() ? networkIds() : options.ids;
    if (options.reference.empty())
        options.reference = ids.front();
    checkNames(ids);
    checkNames({options.reference});
    request.reference = options.reference;
    for (const std::string& id : ids)
        request.entries.push_back({.network = id}); // times don't depend on the weights
    if (options.inputSize > 0)
        request.inputSize = options.inputSize;
    const auto application = makeOffscreenApplication();
    if (!options.image.empty())
        request.picture = readPicture(options.image);
    return withDevice(options.device, [&](Device& device) {
        Json rows = Json::array();
        bool failed = false;
        for (size_t i = 0; i < request.entries.size(); ++i) {
            Progress progress("Measuring " + request.entries[i].network);
            const MeasuringSite site = siteOn(device, progress);
            const ComparisonResult result = measureNetwork(request, i, site);
            failed = failed || !result.error.empty();
            if (!result.error.empty())
                note(result.error);
            rows.push_back(rowOf(result));
        }
        if (options.json)
            writeJson(rows);
        else
            writeOutput(options.csv ? toCsv(rows) : toText(rows, options));
        return failed ? 1 : 0;
    });
}

} // namespace

void addCompare(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<CompareOptions>();
    CLI::App* command = app.add_subcommand(
        "compare", "Networks side by side: counted, measured on the device, published accuracy");
    command->add_option("ID", options->ids, "Networks; all when left out");
    command->add_option("--image", options->image, "Picture to run on; a pattern when left out");
    command
        ->add_option(
            "--input-size", options->inputSize,
            "Rows and columns of every network's input; each network's own when left out")
        ->check(CLI::Range(1U, 8192U));
    command->add_option(
        "--reference", options->reference,
        "Network that the others are run by turns with, to say how many times its time they take; "
        "the first one when left out");
    command->add_option("--runs", options->runs, "Measured runs, after one to warm up")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    addDeviceOption(*command, options->device);
    CLI::Option* json = command->add_flag("--json", options->json, "Print JSON");
    command->add_flag("--csv", options->csv, "Print CSV")->excludes(json);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
