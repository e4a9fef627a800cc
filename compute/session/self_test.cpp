#include "session/self_test.h"

#include "graph/builder.h"
#include "session/session.h"
#include "vulkan/device.h"
#include "weights/synthetic.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace inceptoscope {

namespace {

/// Convolutions that all forms fit, so small that the shortest straight-line code serves, and
/// pooling.
Graph smallNetwork()
{
    GraphBuilder builder({4, 12, 12});
    builder.beginModule("test", "test", ModuleKind::Stem);
    (void)builder.input().conv("square", 32, 3).maxPool("pool", 3).conv("point", 32, 1);
    builder.endModule();
    return builder.finish();
}

std::vector<float> resultOf(
    Device& device, const Graph& graph, const TensorSource& weights, Precision precision,
    ConvForm form)
{
    Session session(device, graph, weights, {.precision = precision, .convForm = form});
    session.setInput(syntheticUniform("input", graph[graph.input()].shape.elements(), "test"));
    session.run();
    return session.read(NodeId(graph.size() - 1));
}

/// Relative distance, L2; a NaN is far from everything.
bool near(const std::vector<float>& a, const std::vector<float>& b, double most)
{
    double difference = 0;
    double size = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        difference += std::pow(double(a[i]) - b[i], 2);
        size += std::pow(double(a[i]), 2);
    }
    return a.size() == b.size() && size > 0 && std::sqrt(difference / size) <= most;
}

} // namespace

bool computesRight()
{
    const Instance instance;
    Device device(instance);
    const Graph graph = smallNetwork();
    const auto weights = syntheticWeights(graph, "test");
    const auto result = [&](Precision precision, ConvForm form) {
        return resultOf(device, graph, *weights, precision, form);
    };
    const std::vector<float> direct = result(Precision::Fp32, ConvForm::Direct);
    for (const ConvForm form : {ConvForm::Loop, ConvForm::Winograd, ConvForm::WinogradLoop})
        if (!near(direct, result(Precision::Fp32, form), 1e-4))
            return false;
    return !device.info().fp16Storage ||
           near(direct, result(Precision::Fp16, ConvForm::Loop), 1e-2);
}

} // namespace inceptoscope
