#include "cli/run_options.h"

#include "cli/output.h"
#include "cli/progress.h"
#include "engine/measuring_site.h"
#include "error.h"
#include "session/self_test.h"
#include "vulkan/cache_file.h"
#include "vulkan/vector_width.h"
#include "weights_store/weights_store.h"

#include <algorithm>

namespace inceptoscope {

MeasuringSite siteOn(Device& device, Progress& progress)
{
    return {.device = device, .goOn = [&progress](double fraction) {
                progress.update(fraction);
                return true;
            }};
}

void addRunOptions(CLI::App& command, RunOptions& options)
{
    command.add_option("--network", options.network, "Network (see: inceptoscope networks)")
        ->capture_default_str();
    command.add_option(
        "--weights", options.weights,
        "Weights file (FILE#PART for one of several networks in it, such as FILE#ema), or "
        "synthetic[:SALT] for random ones that are the same everywhere; "
        "without it those that come with the program, else fetched ones (weights fetch), "
        "else synthetic");
    command
        .add_option(
            "--preprocess", options.preprocess,
            "KEY=VALUE in place of what network and weights say: channel_order=bgr, "
            "input_range=255, input_mean=104,117,123, input_std=1, input_size, resize or "
            "crop_fraction; can be given several times")
        ->allow_extra_args(false);
    addPrecisionOption(command, options.precision);
    addDeviceOption(command, options.device);
}

void addLabelsOption(CLI::App& command, RunOptions& options)
{
    command.add_option(
        "--labels", options.labels,
        "Names of the classes: one a line (synset_words.txt too), or JSON; otherwise those "
        "beside the weights, in them, or ImageNet's");
}

void addPrecisionOption(CLI::App& command, Precision& precision)
{
    // What is shown in the help and taken from the line are the names of the values.
    static const std::map<std::string, Precision> names = {
        {precisionName(Precision::Fp32), Precision::Fp32},
        {precisionName(Precision::Fp16), Precision::Fp16}};
    command
        .add_option_function<std::string>(
            "--precision", [&precision](const std::string& name) { precision = names.at(name); },
            "How weights and activations are stored: fp32, or fp16 in half the memory where the "
            "device offers it")
        ->check(CLI::IsMember({"fp32", "fp16"}))
        ->default_str(precisionName(precision));
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
    preferWideVectors(Beside::Nothing, computesRight);
    const Instance instance;
    int code = 0;
    {
        Device opened(instance, device, faults.deviceLimits());
        for (const std::string& sentence : cacheObjections(opened.physical()))
            note(sentence);
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
    return WeightsStore().specFor(QString::fromStdString(network)).toStdString();
}

NetworkRequest networkRequest(const RunOptions& options)
{
    NetworkRequest request{
        .network = options.network, .weights = options.weights, .labels = options.labels};
    if (request.weights.empty())
        request.weights = defaultWeights(request.network);
    for (const std::string& pair : options.preprocess) {
        const size_t equals = pair.find('=');
        if (equals == std::string::npos)
            throw Error(
                ErrorKind::Usage,
                "--preprocess: \"" + pair + "\" is no KEY=VALUE such as channel_order=bgr");
        request.input[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return request;
}

void requireFp32(const RunOptions& options, const std::string& command)
{
    if (options.precision != Precision::Fp32)
        throw Error(
            ErrorKind::Usage, command + ": gradients are made in fp32 only; leave out --precision");
}

OpenedNetwork openNetwork(const RunOptions& options)
{
    OpenedNetwork opened = openNetwork(networkRequest(options));
    for (const std::string& sentence : opened.notes)
        note(sentence);
    if (!opened.trained)
        note("the weights are random (--weights synthetic), so what the network says means nothing"
             " and classes are numbered, not named");
    return opened;
}

std::unique_ptr<Session> makeSession(Device& device, OpenedNetwork& opened, SessionOptions options)
{
    const std::vector<Module>& modules = opened.network.graph.modules();
    if (options.auxiliary && std::none_of(modules.begin(), modules.end(), [](const Module& m) {
            return m.kind == ModuleKind::Auxiliary;
        }))
        throw Error(
            ErrorKind::Usage, "--auxiliary: " + opened.network.title + " has no auxiliary heads");
    if (options.auxiliary && !opened.hasAuxiliary)
        throw Error(
            ErrorKind::BadInput,
            "weights: " + opened.weights->describe() + " has no tensors for the auxiliary heads");
    options.network = opened.network.title;
    Progress progress("Loading " + opened.network.title);
    auto session = std::make_unique<Session>(
        device, opened.network.graph, *opened.weights, options, [&](double fraction) {
            progress.update(fraction);
            return true;
        });
    opened.weights.reset();
    return session;
}

} // namespace inceptoscope
