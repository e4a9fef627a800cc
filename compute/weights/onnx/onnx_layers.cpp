#include "weights/onnx/onnx_layers.h"

#include "shown_text.h"
#include "weights/onnx/onnx_effects.h"
#include "weights/onnx/onnx_layer_parts.h"
#include "weights/onnx/onnx_order.h"

#include <string_view>

namespace inceptoscope {

namespace {

using Kind = FlowNode::Kind;

/// Behind these a layer's result is still that layer's.
bool keepsOpen(const OnnxNode& node)
{
    return node.op == "Identity" || node.op == "Dropout" || node.op == "Cast";
}

/// What has weights of its own is no effect on others' results, even where these can't be used.
bool isLayer(const OnnxNode& node)
{
    return node.op == "Conv" || node.op == "Gemm" || node.op == "MatMul" ||
           node.op == "ConvTranspose";
}

/// What a name in the file stands for.
struct Value
{
    std::optional<OnnxConstant> constant;
    std::optional<size_t> flow;  ///< data: the part that makes it
    size_t effects = 0;          ///< what was done since, as LayerFlow has it
    std::optional<size_t> layer; ///< the layer whose result it is, and only its steps since
    bool permuted = false;       ///< by a Transpose: channels no longer come first
};

class LayerFinder
{
public:
    explicit LayerFinder(const OnnxModel& model)
        : m_model(model)
    {
    }

    OnnxLayers find()
    {
        const std::vector<size_t> order = nodeOrder(m_model);
        for (const OnnxNode& node : m_model.nodes)
            for (const std::string& input : node.inputs)
                ++m_readers[input];
        for (const std::string& output : m_model.outputs)
            ++m_readers[output];
        const size_t input = m_result.flow.add({.kind = Kind::Input});
        for (const std::string& name : m_model.inputs)
            m_values[name] = {.constant = {}, .flow = input, .effects = 0, .layer = {}};
        for (size_t i = 0; i < m_model.initialisers; ++i)
            m_values[m_model.tensors[i].name] = constantValue(wholeTensor(m_model, i));
        for (const size_t i : order)
            visit(m_model.nodes[i]);
        for (const std::string& output : m_model.outputs)
            if (const auto it = m_values.find(output); it != m_values.end() && it->second.flow)
                m_result.flow.addOutput({*it->second.flow, it->second.effects});
        m_result.flow = m_result.flow.pruned();
        return std::move(m_result);
    }

private:
    static Value constantValue(std::optional<OnnxConstant> constant)
    {
        return {.constant = std::move(constant), .flow = {}, .effects = 0, .layer = {}};
    }

    [[nodiscard]] Value operand(const OnnxNode& node, size_t index) const
    {
        if (index >= node.inputs.size())
            return {};
        const auto it = m_values.find(node.inputs[index]);
        return it == m_values.end() ? Value{} : it->second;
    }

    /// A constant of floating-point values.
    [[nodiscard]] std::optional<OnnxConstant> weights(const OnnxNode& node, size_t index) const
    {
        const Value value = operand(node, index);
        if (!value.constant || !m_model.tensors[value.constant->tensor].dtype)
            return std::nullopt;
        return value.constant;
    }

    void visit(const OnnxNode& node)
    {
        if (node.outputs.empty() || node.op == "Shape" || node.op == "Size")
            return; // sizes are no data
        const Value result = resultOf(node);
        m_values[node.outputs.front()] = result;
        for (size_t i = 1; i < node.outputs.size(); ++i) // of a Split
            m_values[node.outputs[i]] = {
                .constant = {}, .flow = result.flow, .effects = result.effects, .layer = {}};
    }

    Value resultOf(const OnnxNode& node)
    {
        if (node.op == "Constant") {
            for (const OnnxAttribute& attribute : node.attributes)
                if (attribute.kind == OnnxAttribute::Kind::Tensor)
                    return constantValue(wholeTensor(m_model, attribute.tensor));
            return {};
        }
        std::vector<size_t> data;
        std::vector<std::optional<OnnxConstant>> constants;
        for (size_t i = 0; i < node.inputs.size(); ++i) {
            const Value value = operand(node, i);
            constants.push_back(value.constant);
            if (value.flow)
                data.push_back(i);
        }
        if (data.empty())
            return constantValue(resultOfConstants(m_model, node, constants));
        if (isLayer(node) && node.op != "ConvTranspose" && data.front() == 0)
            if (auto layer = usableLayer(node, constants))
                return addLayer(node, std::move(*layer));
        if (data.size() == 1)
            if (auto step = readStep(node, data.front()))
                return *step;
        return join(node, data, constants);
    }

    std::optional<OnnxLayer>
    usableLayer(const OnnxNode& node, const std::vector<std::optional<OnnxConstant>>& constants)
    {
        std::string fault;
        auto layer = readLayer(m_model, node, constants, fault);
        if (layer && !layer->convolution && operand(node, 0).permuted) {
            fault = "reads its input in another order than channels, rows, columns";
            layer.reset();
        }
        if (!layer)
            m_result.notes.push_back(
                "the file's " + node.op + " \"" + shown(node.name) + "\" " + fault);
        return layer;
    }

    Value addLayer(const OnnxNode& node, OnnxLayer layer)
    {
        const size_t index = m_result.layers.size();
        FlowWindow window = readWindow(m_model, node);
        window.kernel = {1, 1};
        if (layer.convolution)
            window.kernel = {uint32_t(layer.weight.shape[2]), uint32_t(layer.weight.shape[3])};
        window.groups = layer.groups;
        window.average = false;
        const Value from = operand(node, 0);
        const size_t effects = takePads(m_result.flow, from.effects, window);
        const size_t part = m_result.flow.add(
            {.kind = Kind::Layer,
             .inputs = {*from.flow},
             .source = index,
             .weight = layer.weight.shape,
             .window = window,
             .name = shown(node.name),
             .effects = {effects}});
        m_result.layers.push_back(std::move(layer));
        return {.constant = {}, .flow = part, .effects = 0, .layer = openLayer(node, index)};
    }

    /// A result that something else reads too can't take part in what follows.
    [[nodiscard]] std::optional<size_t> openLayer(const OnnxNode& node, size_t layer) const
    {
        const auto it = m_readers.find(node.outputs.front());
        return it != m_readers.end() && it->second == 1 ? std::optional(layer) : std::nullopt;
    }

    /// Batch normalisation, or one constant operand, behind a layer.
    std::optional<Value> readStep(const OnnxNode& node, size_t data)
    {
        using Step = OnnxStep::Kind;
        static const std::map<std::string_view, Step> kinds = {
            {"BatchNormalization", Step::BatchNorm},
            {"Mul", Step::Multiply},
            {"Div", Step::Divide},
            {"Add", Step::Add},
            {"Sub", Step::Subtract},
            {"Sum", Step::Add}};
        const auto kind = kinds.find(node.op);
        const Value from = operand(node, data);
        if (kind == kinds.end() || !from.layer)
            return std::nullopt;
        OnnxLayer& layer = m_result.layers[*from.layer];
        const bool batchNorm = kind->second == Step::BatchNorm;
        const bool reversed =
            data != 0 && kind->second != Step::Add && kind->second != Step::Multiply;
        if (node.inputs.size() != (batchNorm ? 5U : 2U) || reversed)
            return std::nullopt;
        OnnxStep step{.kind = kind->second, .operands = {}};
        for (size_t i = 0; i < node.inputs.size(); ++i) {
            if (i == data)
                continue;
            const auto constant = weights(node, i);
            if (!constant || !isChannelwise(m_model, node, *constant, layer, batchNorm))
                return std::nullopt;
            step.operands.push_back(*constant);
        }
        if (batchNorm)
            step.epsilon = double(numberAttribute(m_model, node, "epsilon").value_or(1e-5F));
        if (step.kind == Step::Add && layer.steps.empty() && !layer.bias)
            layer.bias = step.operands.front();
        else
            layer.steps.push_back(std::move(step));
        return Value{
            .constant = {},
            .flow = from.flow,
            .effects = from.effects,
            .layer = openLayer(node, *from.layer)};
    }

    Value join(const OnnxNode& node, const std::vector<size_t>& data, const OnnxOperands& constants)
    {
        const Value first = operand(node, data.front());
        bool untouched = true;
        bool together = true; // all of it is made of one part's result
        for (const size_t i : data) {
            const size_t part = *operand(node, i).flow;
            untouched = untouched && m_result.flow[part].kind == Kind::Input;
            together = together && part == *first.flow;
        }
        if (isPool(node))
            return pool(node, first);
        // Of what comes before the first layer only borders and order count: pictures are prepared
        // here.
        const bool border = data.size() == 1 && (node.op == "Pad" || node.op == "Transpose");
        if (untouched && !border)
            return {.constant = {}, .flow = first.flow, .effects = first.effects, .layer = {}};
        const bool whole = data.size() == node.inputs.size();
        if (node.op == "Concat" && whole && joinsChannels(node))
            return data.size() == 1 ? first : part(node, data, Kind::Concat);
        if ((node.op == "Add" || node.op == "Sum") && whole)
            return part(node, data, Kind::Add);
        if (!together || isLayer(node))
            return part(node, data, Kind::Other);
        return affected(node, first, constants);
    }

    Value pool(const OnnxNode& node, const Value& from)
    {
        FlowWindow window = readWindow(m_model, node);
        FlowNode part{.kind = Kind::Pool, .inputs = {*from.flow}, .name = shown(node.name)};
        // Behind an activation nothing is less than the zeros of a Pad.
        part.effects = {takePads(m_result.flow, from.effects, window)};
        part.window = window;
        return {
            .constant = {}, .flow = m_result.flow.add(std::move(part)), .effects = 0, .layer = {}};
    }

    Value part(const OnnxNode& node, const std::vector<size_t>& data, Kind kind)
    {
        FlowNode part{.kind = kind, .name = shown(node.name)};
        if (kind == Kind::Other)
            part.label = node.op;
        for (const size_t i : data) {
            part.inputs.push_back(*operand(node, i).flow);
            part.effects.push_back(operand(node, i).effects);
        }
        return {
            .constant = {}, .flow = m_result.flow.add(std::move(part)), .effects = 0, .layer = {}};
    }

    /// The same values in another shape, or something done to each.
    Value affected(const OnnxNode& node, const Value& from, const OnnxOperands& constants)
    {
        Value result{
            .constant = {},
            .flow = from.flow,
            .effects = from.effects,
            .layer = {},
            .permuted = from.permuted};
        if (auto effect = readEffect(m_model, node, constants))
            result.effects = m_result.flow.addEffect(std::move(*effect), from.effects);
        if (keepsOpen(node) && from.layer)
            result.layer = openLayer(node, *from.layer);
        // Behind a pool of the whole plane there is one pixel and no order.
        const FlowNode& made = m_result.flow[*from.flow];
        if (node.op == "Transpose")
            result.permuted = made.kind != Kind::Pool || !made.window.average;
        return result;
    }

    [[nodiscard]] bool joinsChannels(const OnnxNode& node) const
    {
        const int64_t axis = integerAttribute(m_model, node, "axis").value_or(1);
        return axis == 1 || axis == -3;
    }

    const OnnxModel& m_model;
    OnnxLayers m_result;
    std::map<std::string, Value> m_values;
    std::map<std::string, size_t> m_readers;
};

} // namespace

OnnxLayers findLayers(const OnnxModel& model)
{
    return LayerFinder(model).find();
}

} // namespace inceptoscope
