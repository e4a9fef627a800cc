#include "ascii.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/run_options.h"
#include "session/tuner.h"
#include "zoo/network.h"

namespace inceptoscope {

namespace {

struct TuneOptions
{
    std::vector<std::string> ids;
    Precision precision = Precision::Fp32;
    std::string device;
    bool again = false;
    bool json = false;
};

Json toJson(const std::string& network, const TunedLayer& layer)
{
    Json times = Json::object();
    for (const FormTime& time : layer.times)
        times[formName(time.form)] = rounded(time.milliseconds, 6);
    return {
        {"network", network},
        {"layer", layer.key},
        {"min_ms", times},
        {"form", formName(layer.best)}};
}

std::string toText(const Json& rows, const std::string& device)
{
    if (rows.empty())
        return device + ": all of these layers were measured before; --again measures anew\n";
    std::string text = device + ", milliseconds of each form at best\n\n";
    Table table({"NETWORK", "LAYER", "FORMS", "CHOSEN"});
    for (const Json& row : rows) {
        std::string forms;
        for (const auto& [form, milliseconds] : row["min_ms"].items()) {
            forms += (forms.empty() ? "" : ", ") + form + " " +
                     ascii::fixed(milliseconds.get<double>(), 3);
        }
        table.add({row["network"], row["layer"], forms, row["form"]});
    }
    return text + table.text();
}

int run(const TuneOptions& options)
{
    const std::vector<std::string> ids = options.ids.empty() ? networkIds() : options.ids;
    for (const std::string& id : ids)
        (void)makeNetwork(id); // a wrong name before minutes of measuring
    return withDevice(options.device, [&](Device& device) {
        TunedForms kept = readTunedForms(device);
        keepTunedForms(device, kept); // fails before minutes of measuring, not after
        TunedForms known = options.again ? TunedForms() : kept;
        const auto keep = [&](const TunedLayer& layer) {
            kept[layer.key] = known[layer.key] = layer.best;
            keepTunedForms(device, kept);
        };
        Json rows = Json::array();
        for (const std::string& id : ids) {
            const Network network = makeNetwork(id);
            Progress progress("Measuring " + network.title);
            const auto report = [&](double fraction) {
                progress.update(fraction);
                return true;
            };
            for (const TunedLayer& layer :
                 tune(device, network.graph, options.precision, known, report, keep))
                rows.push_back(toJson(id, layer));
        }
        if (options.json)
            writeJson(rows);
        else
            writeOutput(toText(rows, device.info().name));
        return 0;
    });
}

} // namespace

void addTune(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<TuneOptions>();
    CLI::App* command = app.add_subcommand(
        "tune", "Measure which form of each convolution is the fastest on the device, and use it "
                "from then on");
    command->add_option("ID", options->ids, "Networks; all when left out");
    addPrecisionOption(*command, options->precision);
    addDeviceOption(*command, options->device);
    command->add_flag("--again", options->again, "Measure anew what was measured before");
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
