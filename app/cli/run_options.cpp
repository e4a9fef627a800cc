#include "cli/run_options.h"

#include "cli/output.h"
#include "cli/progress.h"
#include "error.h"
#include "weights/open_weights.h"
#include "weights_store/weights_store.h"

namespace inceptoscope {

void addRunOptions(CLI::App& command, RunOptions& options)
{
    command.add_option("--network", options.network, "Network (see: inceptoscope networks)")
        ->capture_default_str();
    command.add_option(
        "--weights", options.weights,
        "Weights file, or synthetic[:SALT] for random ones that are the same everywhere; "
        "without it those that come with the program, else fetched ones (weights fetch), "
        "else synthetic");
    addDeviceOption(command, options.device);
}

void addDeviceOption(CLI::App& command, std::string& device)
{
    command.add_option(
        "--device", device,
        "Vulkan device: number or part of its name (see: inceptoscope devices)");
}

int withDevice(const std::string& device, const std::function<int(Device&)>& body)
{
    const Faults faults;
    faults.atDevice();
    const Instance instance;
    int code = 0;
    {
        Device opened(instance, device);
        code = body(opened);
    }
    for (const std::string& message : instance.validationMessages()) {
        note("validation: " + message);
        code = 1;
    }
    return code;
}

std::string defaultWeights(const std::string& network)
{
    const auto stored = WeightsStore().weightsFor(QString::fromStdString(network));
    return stored ? stored->path.toStdString() : "synthetic";
}

OpenedNetwork openNetwork(const RunOptions& options)
{
    OpenedNetwork opened{.network = makeNetwork(options.network), .weights = nullptr};
    opened.spec = options.weights.empty() ? defaultWeights(opened.network.id) : options.weights;
    opened.weights = openWeights(opened.spec, opened.network.graph);
    opened.hasAuxiliary = requireWeights(opened.network.graph, *opened.weights);
    opened.trained = !isSynthetic(opened.spec);
    if (!opened.trained)
        note(
            "the weights are random (--weights synthetic), so what the network says means nothing");
    return opened;
}

std::unique_ptr<Session>
makeSession(Device& device, const OpenedNetwork& opened, const SessionOptions& options)
{
    if (options.auxiliary && !opened.hasAuxiliary)
        throw Error(
            ErrorKind::BadInput,
            "weights: " + opened.weights->describe() + " has no tensors for the auxiliary heads");
    Progress progress("Loading " + opened.network.title);
    return std::make_unique<Session>(
        device, opened.network.graph, *opened.weights, options, [&](double fraction) {
            progress.update(fraction);
            return true;
        });
}

} // namespace inceptoscope
