#include "weights/onnx/onnx_mapping.h"

#include "shown_text.h"
#include "weights/layer_weights.h"
#include "weights/match/flow_difference.h"
#include "weights/match/layer_match.h"
#include "weights/onnx/onnx_fit.h"
#include "weights/onnx/onnx_fold.h"

#include <algorithm>
#include <set>

namespace inceptoscope {

namespace {

/// Where the values of one of the network's tensors come from.
struct Origin
{
    enum class Kind : uint32_t
    {
        Stored,
        FoldedWeight,
        FoldedBias,
        Zeros,
        Ones
    };
    Kind kind = Kind::Stored;
    OnnxConstant constant = {}; ///< Stored
    size_t layer = 0;           ///< folded: index into OnnxLayers::layers
    double divisor = 1;         ///< folded: the scale that the network applies itself
};

class OnnxWeights : public TensorSource
{
public:
    OnnxWeights(const std::string& path, const Graph& graph)
        : m_model(readOnnx(path))
        , m_layers(findLayers(m_model))
        , m_metadata(onnxMetadata(m_model))
        , m_notes(m_layers.notes)
    {
        for (Parameter& p : parameters(graph, true))
            m_needed[p.node].push_back(std::move(p));
        constexpr size_t most = 2000;
        if (m_layers.flow.size() > most)
            m_model.refuse(
                "its graph has " + std::to_string(m_layers.flow.size()) +
                " layers, pools and joins; none of these networks has more than " +
                std::to_string(most));
        const LayerFlow flow = layerFlow(graph);
        const LayerMatch match = matchLayers(flow, m_layers.flow);
        for (size_t i = 0; i < flow.size(); ++i)
            if (flow[i].kind == FlowNode::Kind::Layer && match.partner[i])
                addLayer(graph, NodeId(flow[i].source), m_layers.flow[*match.partner[i]].source);
        for (const FlowDifference& difference : flowDifferences(graph, flow, m_layers.flow, match))
            differs(graph.isAuxiliary(difference.node), difference.sentence);
        for (const auto& [ours, theirs] : match.otherwiseFed)
            differs(
                graph.isAuxiliary(NodeId(flow[ours].source)),
                "its " + described(m_layers.flow[theirs].source) + " looks like " +
                    described(graph, NodeId(flow[ours].source)) +
                    ", but its input is made in another way" + oddOperand(theirs));
        noteUnmatched(graph, flow);
        addUnused();
    }

    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const override
    {
        return m_metadata;
    }
    [[nodiscard]] std::string describe() const override { return m_model.path; }
    [[nodiscard]] bool isFolded(std::string_view weightKey) const override
    {
        return m_folded.contains(weightKey);
    }
    [[nodiscard]] std::vector<std::string> notes() const override { return m_notes; }
    [[nodiscard]] std::vector<std::string> differences() const override { return m_differences; }

    void read(size_t index, std::span<float> out) const override
    {
        const Origin& origin = m_origins[index];
        if (origin.kind == Origin::Kind::Stored) {
            const std::vector<float> values = readConstant(m_model, origin.constant);
            std::copy(values.begin(), values.end(), out.begin());
            return;
        }
        std::fill(out.begin(), out.end(), origin.kind == Origin::Kind::Ones ? 1.0F : 0.0F);
        if (origin.kind == Origin::Kind::Zeros || origin.kind == Origin::Kind::Ones)
            return;
        const OnnxLayer& layer = m_layers.layers[origin.layer];
        const OnnxFold fold = foldSteps(m_model, layer);
        if (origin.kind == Origin::Kind::FoldedBias) {
            for (size_t o = 0; o < out.size(); ++o)
                out[o] = float(fold.summand[o] / origin.divisor);
            return;
        }
        const std::vector<float> weight = readConstant(m_model, layer.weight);
        const size_t perChannel = weight.size() / fold.factor.size();
        for (size_t i = 0; i < weight.size(); ++i)
            out[i] = float(double(weight[i]) * fold.factor[i / perChannel] / origin.divisor);
    }

private:
    /// The main network can be right without its auxiliary heads.
    void differs(bool auxiliary, const std::string& sentence)
    {
        (auxiliary ? m_notes : m_differences).push_back(sentence);
    }

    /// Which operand of a part has no place in our networks.
    [[nodiscard]] std::string oddOperand(size_t part) const
    {
        const LayerFlow& flow = m_layers.flow;
        for (const size_t in : flow[part].inputs)
            if (flow[in].kind == FlowNode::Kind::Other)
                return ": by node \"" + flow[in].name + "\" (" + shown(flow[in].label) + ")";
        return {};
    }

    void add(const Parameter& needed, std::vector<uint64_t> shape, Origin origin)
    {
        const DType dtype = origin.kind == Origin::Kind::Stored
                                ? *m_model.tensors[origin.constant.tensor].dtype
                                : DType::F32;
        m_tensors.push_back({.key = needed.key, .dtype = dtype, .shape = std::move(shape)});
        m_origins.push_back(std::move(origin));
    }

    void addStored(const Parameter& needed, const std::optional<OnnxConstant>& constant)
    {
        Origin origin{.kind = constant ? Origin::Kind::Stored : Origin::Kind::Zeros};
        if (constant)
            origin.constant = *constant;
        add(needed, constant ? shapeFor(needed.shape, *constant) : needed.shape, std::move(origin));
    }

    void addLayer(const Graph& graph, NodeId id, size_t index)
    {
        const OnnxLayer& layer = m_layers.layers[index];
        const auto* conv = std::get_if<Conv2d>(&graph[id].op);
        const bool plain = layer.weightFactor == 1 && layer.biasFactor == 1 &&
                           scaleOf(graph, id) == 1 &&
                           (!layer.bias || layer.bias->elements() == layer.channels());
        m_used.insert(layer.weight.tensor);
        if (layer.bias)
            m_used.insert(layer.bias->tensor);
        for (const OnnxStep& step : layer.steps)
            for (const OnnxConstant& operand : step.operands)
                m_used.insert(operand.tensor);
        m_mapped.insert(id);
        m_matchedLayers.insert(index);
        if (const auto norm = normBehind(graph, id)) {
            const auto& op = std::get<BatchNorm>(graph[*norm].op);
            if (plain && isNormalisedBy(op, layer) && addPlain(graph, id, layer)) {
                addNorm(layer, m_needed[*norm], 0);
                return;
            }
            addIdentity(graph, *norm);
        } else if (plain && conv != nullptr && conv->batchNorm) {
            if (isNormalisedBy(*conv->batchNorm, layer) && addPlain(graph, id, layer)) {
                addNorm(layer, m_needed[id], conv->bias ? 2 : 1);
                return;
            }
        } else if (plain && layer.steps.empty() && addPlain(graph, id, layer)) {
            return;
        }
        addFolded(graph, id, index);
    }

    /// Weight and bias as stored; false where the network has no place for the bias.
    bool addPlain(const Graph& graph, NodeId id, const OnnxLayer& layer)
    {
        const std::vector<Parameter>& needed = m_needed[id];
        const bool bias = hasBias(graph[id].op);
        if (layer.bias && !bias)
            return false;
        addStored(needed[0], layer.weight);
        if (bias)
            addStored(needed[1], layer.bias);
        return true;
    }

    /// Each tensor of the batch normalisation in its place.
    void addNorm(const OnnxLayer& layer, const std::vector<Parameter>& needed, size_t first)
    {
        for (const OnnxConstant& operand : layer.steps[0].operands)
            addStored(needed[first++], operand);
    }

    /// What the file has of it is folded into the layer before.
    void addIdentity(const Graph& graph, NodeId norm)
    {
        const std::vector<Parameter> needed = foldedParameters(graph, norm);
        add(needed[0], needed[0].shape, {.kind = Origin::Kind::Ones});
        add(needed[1], needed[1].shape, {.kind = Origin::Kind::Zeros});
        m_folded.insert(m_needed[norm].front().key);
    }

    void addFolded(const Graph& graph, NodeId id, size_t index)
    {
        const OnnxLayer& layer = m_layers.layers[index];
        const std::vector<Parameter> needed = foldedParameters(graph, id);
        Origin origin{.kind = Origin::Kind::FoldedWeight, .layer = index};
        origin.divisor = scaleOf(graph, id);
        add(needed[0], shapeFor(needed[0].shape, layer.weight), origin);
        origin.kind = Origin::Kind::FoldedBias;
        add(needed[1], {layer.channels()}, origin);
        m_folded.insert(needed[0].key);
    }

    [[nodiscard]] std::string described(size_t index) const
    {
        const OnnxLayer& layer = m_layers.layers[index];
        return (layer.convolution ? "convolution \"" : "linear layer \"") + shown(layer.name) +
               "\" of " + toString(layer.weight.shape);
    }
    [[nodiscard]] std::string described(const Graph& graph, NodeId id) const
    {
        return graph[id].name + " of " + toString(m_needed.at(id).front().shape);
    }

    /// Both sides, so that a person can see what might belong together.
    void noteUnmatched(const Graph& graph, const LayerFlow& flow)
    {
        std::vector<std::string> all;
        for (const FlowNode& node : flow.nodes())
            if (const auto id = NodeId(node.source); node.kind == FlowNode::Kind::Layer &&
                                                     !graph.isAuxiliary(id) &&
                                                     !m_mapped.contains(id))
                all.push_back("nothing in the file is " + described(graph, id));
        if (all.empty())
            return;
        for (size_t i = 0; i < m_layers.layers.size(); ++i)
            if (!m_matchedLayers.contains(i))
                all.push_back("the network has no place for the file's " + described(i));
        m_notes.insert(m_notes.end(), all.begin(), all.end());
    }

    void addUnused()
    {
        std::set<std::string> taken;
        for (const auto& [id, needed] : m_needed)
            for (const Parameter& p : needed)
                taken.insert(p.key);
        for (const TensorInfo& info : m_tensors)
            taken.insert(info.key);
        for (size_t i = 0; i < m_model.initialisers; ++i) {
            const OnnxTensor& tensor = m_model.tensors[i];
            if (!tensor.dtype || tensor.shape.empty() || m_used.contains(i))
                continue;
            // It only happens to be called like one of the network's.
            const std::string key = tensor.name + (taken.contains(tensor.name) ? " (unused)" : "");
            m_tensors.push_back({.key = key, .dtype = *tensor.dtype, .shape = tensor.shape});
            m_origins.push_back({.constant = wholeTensor(m_model, i)});
        }
    }

    OnnxModel m_model;
    OnnxLayers m_layers;
    std::map<std::string, std::string> m_metadata;
    std::vector<std::string> m_notes;
    std::vector<std::string> m_differences;
    std::map<NodeId, std::vector<Parameter>> m_needed;
    std::vector<TensorInfo> m_tensors;
    std::vector<Origin> m_origins; ///< as m_tensors
    std::set<std::string, std::less<>> m_folded;
    std::set<size_t> m_used; ///< tensors of the file
    std::set<NodeId> m_mapped;
    std::set<size_t> m_matchedLayers;
};

} // namespace

std::unique_ptr<TensorSource> openOnnxFor(const std::string& path, const Graph& graph)
{
    return std::make_unique<OnnxWeights>(path, graph);
}

} // namespace inceptoscope
