#include "gradient/loss.h"

#include "error.h"
#include "graph/builder.h"

namespace inceptoscope {

Loss withLoss(const Graph& graph, const std::vector<NodeId>& auxiliaryLogits, float weight)
{
    if (!graph.logits())
        throw Error(ErrorKind::Usage, "loss: the network has no classes");
    GraphBuilder builder(graph);
    builder.beginModule(
        {.name = "loss", .title = "Loss", .kind = ModuleKind::Backward, .group = "Loss"});
    const NodeId logits = *graph.logits();
    const NodeId target = builder.append("loss/target", GradientOp(Given{graph[logits].shape}), {});
    const NodeId main = builder.append("loss/main", GradientOp(CrossEntropy{}), {logits, target});
    std::vector<NodeId> parts;
    NodeId value = main;
    for (size_t i = 0; i < auxiliaryLogits.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        parts.push_back(builder.append(
            "loss/auxiliary" + number, GradientOp(CrossEntropy{}), {auxiliaryLogits[i], target}));
        const bool last = i + 1 == auxiliaryLogits.size();
        value = builder.append(
            last ? "loss/total" : "loss/sum" + number, Add{.scale = weight}, {value, parts.back()});
    }
    builder.endModule();
    return {builder.finish(), value, target, main, std::move(parts)};
}

std::vector<float> lossTarget(uint32_t classes, uint32_t label, double smoothing)
{
    if (label >= classes || !(smoothing >= 0 && smoothing <= 1))
        throw Error(
            ErrorKind::Usage, "loss: class " + std::to_string(label) + " of " +
                                  std::to_string(classes) + " with a smoothing of " +
                                  std::to_string(smoothing));
    std::vector<float> target(classes, float(smoothing / classes));
    target[label] = float(1 - smoothing + smoothing / classes);
    return target;
}

} // namespace inceptoscope
