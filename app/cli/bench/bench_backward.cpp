#include "cli/bench/bench_backward.h"

#include "ascii.h"
#include "cli/bench/bench_rows.h"
#include "cli/gradient_request.h"
#include "cli/progress.h"
#include "cli/run_options.h"
#include "engine/measure.h"
#include "error.h"
#include "gradient/loss.h"
#include "weights/synthetic.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace inceptoscope {

namespace {

OpenedNetwork syntheticNetwork(const std::string& id)
{
    OpenedNetwork opened{.network = makeNetwork(id), .weights = nullptr};
    opened.weights = syntheticWeights(opened.network.graph, "");
    return opened;
}

/// Of networks without classes there is no score to start from.
void requireScores(const std::vector<std::string>& ids)
{
    for (const std::string& id : ids)
        if (const Network network = makeNetwork(id); !network.graph.logits())
            throw Error(
                ErrorKind::Usage,
                "bench: --backward: " + network.title + " has no classes to start from");
}

std::unique_ptr<Session>
backwardSession(Device& device, OpenedNetwork& opened, const std::string& wrt, bool timeOps = false)
{
    const bool loss = wrt == "parameters";
    const GradientRun run = gradientRun(
        opened, {.of =
                     {.kind = loss ? GradientOf::Kind::Loss : GradientOf::Kind::Class,
                      .index = 0,
                      .name = {}},
                 .auxiliary = std::nullopt,
                 .wrt = {wrt}});
    opened.network.graph = run.graph;
    std::vector<NodeId> taps;
    for (const GradientOutput& output : run.outputs)
        taps.push_back(output.node);
    auto session = makeSession(
        device, opened,
        {.auxiliary = run.auxiliary, .keep = Keep::Taps, .taps = taps, .timeOps = timeOps});
    std::vector<float> seed(run.graph[run.seed].shape.elements(), 0.0F);
    seed.front() = 1.0F;
    session->setGiven(run.seed, seed);
    if (run.target)
        session->setGiven(*run.target, lossTarget(run.graph[run.heads.front()].shape.c, 0, 0));
    return session;
}

/// A synthetic picture of the network's input size, -2..2.
std::vector<float> pictureFor(const Network& network)
{
    std::vector<float> input;
    const Shape& shape = network.graph[network.graph.input()].shape;
    for (const uint8_t pixel : syntheticPicture(shape.h, shape.w, ""))
        input.push_back((float(pixel) - 128.0F) / 64.0F);
    return input;
}

/// What the kinds of ops take of one run, forward and backward, the longest first; each op waits
/// for the one before it, so that they add up to somewhat more than a run in one piece.
Json timesByOp(Device& device, const std::string& id, const std::string& wrt)
{
    OpenedNetwork opened = syntheticNetwork(id);
    const auto session = backwardSession(device, opened, wrt, true);
    session->setInput(pictureFor(opened.network));
    for (int i = 0; i < 3; ++i)
        session->run();
    std::map<std::string, std::pair<double, size_t>> kinds;
    const Graph& graph = opened.network.graph;
    for (NodeId node = 0; node < graph.size(); ++node)
        if (const double ms = session->milliseconds(node); ms > 0) {
            kinds[opName(graph[node].op)].first += ms;
            ++kinds[opName(graph[node].op)].second;
        }
    std::vector<std::pair<std::string, std::pair<double, size_t>>> sorted(
        kinds.begin(), kinds.end());
    std::ranges::sort(sorted, std::greater(), [](const auto& kind) { return kind.second.first; });
    Json ops = Json::array();
    for (const auto& [op, what] : sorted)
        ops.push_back({{"op", op}, {"count", what.second}, {"ms", rounded(what.first, 4)}});
    return ops;
}

Json measureBackward(Device& device, const std::string& id, const std::string& wrt, size_t runs)
{
    OpenedNetwork forward = syntheticNetwork(id);
    OpenedNetwork backward = syntheticNetwork(id);
    const auto alone = makeSession(device, forward, {.keep = Keep::Taps, .timeOps = false});
    const auto both = backwardSession(device, backward, wrt);
    const std::vector<float> input = pictureFor(forward.network);
    Samples reference;
    Samples subject;
    Progress progress("Measuring " + forward.network.title);
    const auto run = [](Session& session) {
        session.run();
        return session.lastRunSeconds() * 1e3;
    };
    for (Session* session : {alone.get(), both.get()}) {
        session->setInput(input);
        (void)run(*session); // a driver compiles in the first run
    }
    reference.push_back(run(*alone));
    for (size_t i = 0; i < runs; ++i) {
        subject.push_back(run(*both));
        reference.push_back(run(*alone));
        progress.update(double(i + 1) / double(runs));
    }
    const Ratio ratio = ratioInTurns(subject, reference);
    const Spread spread = spreadOf(subject);
    return {
        {"network", id},
        {"device", device.info().name},
        {"backward", wrt},
        {"runs", runs},
        {"forward_ms", rounded(spreadOf(reference).median, 5)},
        {"median_ms", rounded(spread.median, 5)},
        {"min_ms", rounded(spread.min, 5)},
        {"max_ms", rounded(spread.max, 5)},
        {"ratio", rounded(ratio.median, 4)},
        {"ratio_least", rounded(ratio.least, 4)},
        {"ratio_most", rounded(ratio.most, 4)}};
}

std::string backwardText(const Json& rows)
{
    const auto text = [](const Json& value) { return ascii::fixed(value.get<double>(), 2); };
    Table table({"NETWORK", ">FORWARD ms", ">WITH BACKWARD ms", ">MIN", ">MAX", ">RATIO"});
    for (const Json& row : rows)
        table.add(
            {row["network"], text(row["forward_ms"]), text(row["median_ms"]), text(row["min_ms"]),
             text(row["max_ms"]), text(row["ratio"])});
    Table ops({"NETWORK", "OP", ">COUNT", ">ms"});
    for (const Json& row : rows)
        for (const Json& op : row["ops"])
            ops.add(
                {row["network"], op["op"], std::to_string(op["count"].get<size_t>()),
                 text(op["ms"])});
    const Json& first = rows.front();
    return first["device"].get<std::string>() + ", fp32, forward and backward to the " +
           first["backward"].get<std::string>() + " beside forward alone, in turns, median of " +
           std::to_string(first["runs"].get<size_t>()) + "\n\n" + table.text() +
           "\nBy kind of op, in one run with a wait after each\n\n" + ops.text();
}

} // namespace

void addBackwardOptions(CLI::App& bench, BackwardBench& options)
{
    bench
        .add_option(
            "--backward", options.wrt,
            "Measure a run forward and backward instead, to the input or to all parameters, in "
            "turns with the forward run alone")
        ->check(CLI::IsMember({"input", "parameters"}));
}

int benchBackward(
    const BackwardBench& options, const std::vector<std::string>& networks, size_t runs,
    const std::string& device, bool json)
{
    const auto ids = networks.empty() ? std::vector<std::string>{"googlenet"} : networks;
    requireScores(ids);
    return withDevice(device, [&](Device& opened) {
        Json rows = Json::array();
        for (const std::string& id : ids) {
            rows.push_back(measureBackward(opened, id, options.wrt, runs));
            rows.back()["ops"] = timesByOp(opened, id, options.wrt); // the others' memory is free
        }
        if (json)
            writeJson(rows);
        else
            writeOutput(backwardText(rows));
        return 0;
    });
}

} // namespace inceptoscope
