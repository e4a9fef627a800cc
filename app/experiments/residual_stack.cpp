#include "experiments/residual_stack.h"

#include "ascii.h"
#include "engine/loader.h"
#include "experiments/given_weights.h"
#include "experiments/parts.h"
#include "vulkan/device.h"
#include "weights/synthetic.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

namespace inceptoscope {

namespace {

constexpr uint32_t grid = 8;
/// Blocks of one session, each with weights of its own; a longer stack goes through them again.
constexpr uint32_t blocksInSession = 4;

/// Block B of Inception-ResNet v2 (Szegedy et al. 2016, figure 17), its widths in proportion to
/// 1152 channels.
Tensor blockB(const Tensor& x, double scale)
{
    const uint32_t filters = x.shape().c;
    const auto part = [&](uint32_t ofDrawn) {
        return std::max(1U, (ofDrawn * filters + 576) / 1152);
    };
    const Tensor joined = concat(
        {x.conv("branch0", part(192), 1), x.conv("branch1_0", part(128), 1)
                                              .conv("branch1_1", part(160), {1, 7})
                                              .conv("branch1_2", part(192), {7, 1})},
        "concat");
    const Tensor residual = joined.conv("linear", filters, 1, {.activation = Activation::None});
    return add(x, residual, {.scale = float(scale), .activation = Activation::Relu});
}

Graph blocksInARow(uint32_t filters, double scale, uint32_t count)
{
    GraphBuilder builder({filters, grid, grid});
    Tensor x = builder.input();
    for (uint32_t i = 0; i < count; ++i) {
        const std::string name = "block" + std::to_string(i);
        const ModuleScope module(x, name, name, ModuleKind::Inception);
        x = blockB(x, scale);
    }
    return builder.finish();
}

/// He et al. 2015: variance 2 / fan-in before a ReLU; 1 / fan-in where none follows. No biases.
GivenWeights initialised(const Graph& graph)
{
    return {graph, [](const std::string& key, const std::vector<uint64_t>& shape) {
                if (key.ends_with(".bias"))
                    return std::vector<float>(shape[0], 0.0F);
                const double fanIn = double(shape[1] * shape[2] * shape[3]);
                const double variance = (key.find("linear") != std::string::npos ? 1 : 2) / fanIn;
                const auto bound = float(std::sqrt(3 * variance)); // of a uniform distribution
                std::vector<float> values = syntheticUniform(
                    key, shape[0] * shape[1] * shape[2] * shape[3], "residual-scale");
                for (float& value : values)
                    value *= bound;
                return values;
            }};
}

double varianceOf(const std::vector<float>& values)
{
    double sum = 0;
    double squares = 0;
    for (const float value : values) {
        sum += value;
        squares += double(value) * value;
    }
    const double n = double(values.size());
    return squares / n - (sum / n) * (sum / n);
}

double deadShare(const std::vector<float>& values)
{
    constexpr size_t plane = size_t(grid) * grid;
    size_t dead = 0;
    for (auto at = values.begin(); at != values.end(); at += plane)
        dead += std::all_of(at, at + plane, [](float value) { return value == 0; }) ? 1 : 0;
    return double(dead) / (double(values.size()) / plane);
}

/// What stacks did, by device, filters and scale.
class KnownStacks
{
public:
    /// The first so many blocks of one that is known, or of what `run` finds.
    [[nodiscard]] ResidualStack
    take(const std::string& key, uint32_t blocks, const std::function<ResidualStack()>& run)
    {
        const std::scoped_lock lock(m_mutex);
        auto it = m_stacks.find(key);
        // A stack that ended early has left what floats can hold: it is complete.
        if (it == m_stacks.end() || it->second.asked < blocks)
            it = m_stacks.insert_or_assign(key, Known{run(), blocks}).first;
        ResidualStack stack = it->second.stack;
        for (std::vector<double>* column : {&stack.depth, &stack.variance, &stack.dead})
            column->resize(std::min<size_t>(column->size(), blocks));
        return stack;
    }

private:
    struct Known
    {
        ResidualStack stack;
        uint32_t asked = 0;
    };
    std::mutex m_mutex;
    std::map<std::string, Known> m_stacks;
};

KnownStacks& knownStacks()
{
    static KnownStacks known;
    return known;
}

} // namespace

Network residualBlock(uint32_t filters, double scale)
{
    return oneModule(
        "Block B", {filters, grid, grid}, [=](const Tensor& x) { return blockB(x, scale); });
}

/// A session of some blocks in a row and their weights, which every scale shares.
class ResidualStacks::Blocks
{
public:
    Blocks(uint32_t filters, uint32_t count, ExperimentBench& bench)
        : m_bench(bench)
        , m_filters(filters)
        , m_count(std::min(count, blocksInSession))
        , m_weights(initialised(blocksInARow(filters, 1, m_count)))
        , m_input(bench.inputOf("", {filters, grid, grid}))
    {
    }

    [[nodiscard]] ResidualStack run(double scale, uint32_t blocks)
    {
        const Graph graph = blocksInARow(m_filters, scale, m_count);
        const auto session =
            makeSession(m_bench.site(), graph, m_weights, {.timeOps = false}, m_bench.fraction());
        std::vector<float> values = m_input;
        const double before = varianceOf(values);
        ResidualStack stack;
        while (stack.depth.size() < blocks) {
            session->setInput(values);
            for (ModuleId module = 1; module < graph.modules().size(); ++module) {
                m_bench.goOn();
                session->runModule(module);
                values = session->read(graph.modules()[module].output);
                const double variance = varianceOf(values);
                if (!std::isfinite(variance) || stack.depth.size() == blocks)
                    return stack;
                stack.depth.push_back(double(stack.depth.size() + 1));
                stack.variance.push_back(variance / before);
                stack.dead.push_back(deadShare(values));
            }
        }
        return stack;
    }

private:
    ExperimentBench& m_bench;
    uint32_t m_filters;
    uint32_t m_count;
    GivenWeights m_weights;
    std::vector<float> m_input;
};

ResidualStacks::ResidualStacks(uint32_t filters, uint32_t blocks, ExperimentBench& bench)
    : m_filters(filters)
    , m_blocks(blocks)
    , m_bench(bench)
{
}

ResidualStacks::~ResidualStacks() = default;

ResidualStack ResidualStacks::of(double scale)
{
    const std::string device = describeDevice(m_bench.site().device.info()).toStdString();
    const std::string key =
        device + "/" + std::to_string(m_filters) + "/" + ascii::general(scale, 6);
    return knownStacks().take(key, m_blocks, [&] {
        if (!m_made)
            m_made = std::make_unique<Blocks>(m_filters, m_blocks, m_bench);
        return m_made->run(scale, m_blocks);
    });
}

} // namespace inceptoscope
