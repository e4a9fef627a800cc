#include "ascii.h"
#include "cli/command.h"
#include "cli/gradient_request.h"
#include "cli/input_tensor.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/run_input.h"
#include "cli/run_options.h"
#include "error.h"
#include "gradient/loss.h"
#include "weights/safetensors/safetensors.h"

#include <QGuiApplication>

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

struct GradientsOptions
{
    RunOptions run;
    RunInput input;
    std::string of;
    std::string with;
    std::optional<double> smoothing;
    std::optional<double> auxiliary;
    std::vector<std::string> wrt;
    std::string out;
    bool json = false;
};

double dot(const std::vector<float>& a, const std::vector<float>& b)
{
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i)
        sum += double(a[i]) * double(b[i]);
    return sum;
}

/// -log softmax of one class, in double precision.
double negativeLog(const std::vector<float>& logits, uint32_t label)
{
    const double top = *std::ranges::max_element(logits);
    double sum = 0;
    for (const float z : logits)
        sum += std::exp(double(z) - top);
    return std::log(sum) + top - double(logits.at(label));
}

/// What came out, besides the tensors.
struct Figures
{
    std::string of; ///< "class:281"
    double value = 0;
    std::optional<double> unsmoothed; ///< a loss without label smoothing
};

/// A run's modules, with how far it is; `until` is the first that doesn't run.
void runModules(Session& session, size_t from, size_t until, Progress& progress)
{
    const std::vector<ModuleId>& modules = session.modules();
    for (size_t i = from; i < until; ++i) {
        session.runModule(modules[i]);
        progress.update(double(i + 1) / double(modules.size()));
    }
}

/// Sets what the backward pass starts from, once the forward pass is through.
Figures
start(Session& session, const GradientRun& run, GradientOf of, const GradientsOptions& options)
{
    const Shape& shape = run.graph[run.of].shape;
    if (of.kind == GradientOf::Kind::Node) {
        const std::vector<float> g = readTensor("--with", options.with, "g", shape);
        session.setGiven(run.seed, g);
        return {"node:" + of.name, dot(g, session.read(run.of)), std::nullopt};
    }
    if (of.kind == GradientOf::Kind::Loss) {
        session.setGiven(run.seed, std::vector<float>{1.0F});
        Figures figures{"loss:" + std::to_string(of.index), session.read(run.of).front(), 0.0};
        for (size_t i = 0; i < run.heads.size(); ++i)
            *figures.unsmoothed += (i == 0 ? 1.0 : *options.auxiliary) *
                                   negativeLog(session.read(run.heads[i]), of.index);
        return figures;
    }
    const std::vector<float> logits = session.read(run.of);
    if (of.kind == GradientOf::Kind::TopClass)
        of.index = uint32_t(std::ranges::max_element(logits) - logits.begin());
    std::vector<float> seed(logits.size(), 0.0F);
    seed[of.index] = 1.0F;
    session.setGiven(run.seed, seed);
    return {"class:" + std::to_string(of.index), logits[of.index], std::nullopt};
}

std::map<std::string, std::string> metadataOf(
    const Figures& figures, const std::string& network, const std::string& weights,
    const std::string& device)
{
    std::map<std::string, std::string> result{
        {"of", figures.of},   {"value", ascii::general(figures.value, 9)},
        {"network", network}, {"weights", weights},
        {"device", device},   {"version", INCEPTOSCOPE_VERSION}};
    if (figures.unsmoothed)
        result["loss_unsmoothed"] = ascii::general(*figures.unsmoothed, 9);
    return result;
}

void report(
    const GradientsOptions& options, const Figures& figures, const std::string& network,
    const std::vector<GradientOutput>& outputs, const std::vector<double>& norms)
{
    if (!options.json) {
        note(
            options.out + ": " + std::to_string(outputs.size()) +
            (outputs.size() == 1 ? " tensor" : " tensors") + ", the derivatives of " + figures.of +
            " (" + ascii::general(figures.value, 9) + ")");
        return;
    }
    Json json{{"network", network}, {"of", figures.of}, {"value", rounded(figures.value, 9)}};
    if (figures.unsmoothed)
        json["loss_unsmoothed"] = rounded(*figures.unsmoothed, 9);
    json["output"] = options.out;
    json["tensors"] = Json::array();
    for (size_t i = 0; i < outputs.size(); ++i)
        json["tensors"].push_back(
            {{"name", outputs[i].name},
             {"shape", outputs[i].shape},
             {"norm", rounded(norms[i], 9)}});
    writeJson(json);
}

int write(Device& device, const GradientsOptions& options, const QImage& picture)
{
    OpenedNetwork opened = openNetwork(options.run);
    const GradientOf of = parseGradientOf(options.of);
    GradientRun run =
        gradientRun(opened, {.of = of, .auxiliary = options.auxiliary, .wrt = options.wrt});
    const std::vector<float> tensor = tensorOf(options.input, run.graph[run.graph.input()].shape);
    const std::string source = opened.weights->describe();
    const size_t forward = opened.network.graph.modules().size();
    opened.network.graph = run.graph;
    std::vector<NodeId> taps = run.heads;
    taps.push_back(run.of);
    for (const GradientOutput& output : run.outputs)
        taps.push_back(output.node);
    const auto session = makeSession(
        device, opened,
        {.auxiliary = run.auxiliary, .keep = Keep::Taps, .taps = taps, .timeOps = false});
    feed(*session, picture, tensor, opened.network.preprocessing);
    if (run.target)
        session->setGiven(
            *run.target,
            lossTarget(
                run.graph[run.heads.front()].shape.c, of.index, options.smoothing.value_or(0)));
    Progress progress("Running " + opened.network.title + " forward and backward");
    const std::vector<ModuleId>& modules = session->modules();
    // The loss is a module behind the network's.
    const size_t turn = size_t(
        std::ranges::find_if(
            modules, [&](ModuleId id) { return id >= forward + (run.target ? 1 : 0); }) -
        modules.begin());
    runModules(*session, 0, turn, progress);
    const Figures figures = start(*session, run, of, options);
    runModules(*session, turn, modules.size(), progress);

    std::vector<TensorInfo> tensors;
    for (const GradientOutput& output : run.outputs)
        tensors.push_back({.key = output.name, .dtype = DType::F32, .shape = output.shape});
    std::vector<double> norms(tensors.size(), 0.0);
    writeSafetensors(
        options.out, tensors, metadataOf(figures, opened.network.id, source, device.info().name),
        [&](size_t i) {
            std::vector<float> values = session->read(run.outputs[i].node);
            norms[i] = std::sqrt(dot(values, values));
            return values;
        });
    report(options, figures, opened.network.id, run.outputs, norms);
    return 0;
}

void requireMatching(const GradientsOptions& options)
{
    const auto refuse = [](const std::string& why) {
        throw Error(ErrorKind::Usage, "gradients: " + why);
    };
    requireOne(options.input, "gradients");
    requireFp32(options.run, "gradients");
    const GradientOf::Kind kind = parseGradientOf(options.of).kind;
    if ((kind == GradientOf::Kind::Node) == options.with.empty())
        refuse("--of node:NAME and --with FILE go together");
    const bool loss = kind == GradientOf::Kind::Loss;
    if (!loss && (options.smoothing || options.auxiliary))
        refuse("--smoothing and --auxiliary belong to a loss; use --of loss:K");
    if (options.smoothing && !(*options.smoothing >= 0 && *options.smoothing <= 1))
        refuse("--smoothing is a share, 0 to 1");
    if (options.auxiliary && !std::isfinite(*options.auxiliary))
        refuse("--auxiliary is a weight, such as 0.3");
}

int run(const GradientsOptions& options)
{
    requireMatching(options);
    return runOnInput(
        options.input, options.out, options.run.device,
        [&](Device& device, const QImage& picture) { return write(device, options, picture); });
}

} // namespace

void addGradients(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<GradientsOptions>();
    CLI::App* command = app.add_subcommand(
        "gradients", "Write the exact derivatives of a score or a loss as safetensors, float32");
    addRunInput(*command, options->input);
    addRunOptions(*command, options->run);
    command->add_option(
        "--of", options->of,
        "What is differentiated: class:K (a logit), loss:K (cross entropy towards class K), or "
        "node:NAME (with --with); without it the logit of the class that scores most");
    command->add_option(
        "--with", options->with,
        "safetensors file with a float32 tensor \"g\" of the node's shape: the derivative is that "
        "of the sum of g times the node");
    command->add_option(
        "--smoothing", options->smoothing, "Label smoothing of the loss, such as 0.1");
    command->add_option(
        "--auxiliary", options->auxiliary,
        "Add this many times each auxiliary head's loss (the papers: 0.3)");
    command
        ->add_option(
            "--wrt", options->wrt,
            "By what: input, modules, parameters, or the name of a module, module/branch, op or "
            "parameter; can be given several times; without it: input")
        ->allow_extra_args(false);
    command->add_option("-o,--output", options->out, "File to write")->required();
    command->add_flag("--json", options->json, "Print the value and each tensor's norm as JSON");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
