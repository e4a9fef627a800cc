#include "graph/builder.h"

#include "error.h"

#include <cassert>
#include <set>

namespace inceptoscope {

Padding samePadding(const Shape& in, const Extent& kernel, const Extent& stride)
{
    const auto total = [](uint32_t size, uint32_t k, uint32_t step) {
        const uint32_t covered = ((size + step - 1) / step - 1) * step + k;
        return covered > size ? covered - size : 0;
    };
    const uint32_t w = total(in.w, kernel.w, stride.w);
    const uint32_t h = total(in.h, kernel.h, stride.h);
    return {.left = w / 2, .right = w - w / 2, .top = h / 2, .bottom = h - h / 2};
}

Tensor Tensor::conv(
    std::string_view name, uint32_t channels, uint32_t kernel, const ConvOptions& options) const
{
    return conv(name, channels, Extent{kernel, kernel}, options);
}

Tensor Tensor::conv(
    std::string_view name, uint32_t channels, Extent kernel, const ConvOptions& options) const
{
    const ConvStyle& style = options.style ? *options.style : m_builder->style();
    const Extent stride{options.stride, options.stride};
    const Padding padding = options.same ? samePadding(shape(), kernel, stride)
                                         : Padding::symmetric(
                                               options.padding.value_or(kernel.h / 2),
                                               options.padding.value_or(kernel.w / 2));
    return then(
        name, Conv2d{
                  .outChannels = channels,
                  .kernel = kernel,
                  .stride = stride,
                  .padding = padding,
                  .groups = options.groups,
                  .bias = style.bias,
                  .batchNorm = style.batchNorm,
                  .activation = options.activation,
                  .same = options.same});
}

static Pool2d pool(PoolKind kind, const Shape& in, uint32_t kernel, const PoolOptions& options)
{
    const Extent window{kernel, kernel};
    const Extent stride{options.stride, options.stride};
    return {
        .kind = kind,
        .kernel = window,
        .stride = stride,
        .padding = options.same ? samePadding(in, window, stride)
                                : Padding::symmetric(options.padding, options.padding),
        .ceilMode = options.ceilMode && !options.same,
        .countIncludePad = options.countIncludePad && !options.same,
        .same = options.same};
}

Tensor Tensor::maxPool(std::string_view name, uint32_t kernel, const PoolOptions& options) const
{
    return then(name, pool(PoolKind::Max, shape(), kernel, options));
}

Tensor Tensor::avgPool(std::string_view name, uint32_t kernel, const PoolOptions& options) const
{
    return then(name, pool(PoolKind::Average, shape(), kernel, options));
}

Tensor Tensor::globalAvgPool(std::string_view name) const
{
    return then(name, AdaptiveAvgPool2d{});
}

Tensor Tensor::lrn(std::string_view name, const Lrn& lrn) const
{
    return then(name, lrn);
}

Tensor Tensor::fc(std::string_view name, uint32_t features, Activation activation) const
{
    return then(name, FullyConnected{.outFeatures = features, .activation = activation});
}

Tensor Tensor::softmax(std::string_view name) const
{
    return then(name, Softmax{});
}

Tensor Tensor::then(std::string_view name, Op op) const
{
    return m_builder->add(name, op, {*this});
}

const Shape& Tensor::shape() const
{
    return m_builder->node(m_id).shape;
}

GraphBuilder::GraphBuilder(const Shape& input, const ConvStyle& style)
    : m_style(style)
{
    if (input.elements() == 0)
        throw Error(ErrorKind::Usage, "graph: an input of " + toString(input) + " is empty");
    m_graph.m_modules.push_back(
        {.name = "input",
         .title = "Input",
         .kind = ModuleKind::Stem,
         .path = "input",
         .group = "Input",
         .drawn = {},
         .article = {},
         .alias = {},
         .nodes = {0},
         .output = 0,
         .inputs = {}});
    m_graph.m_nodes.push_back(
        {.name = "input",
         .path = "input",
         .op = Input{},
         .inputs = {},
         .shape = input,
         .module = 0});
}

Tensor GraphBuilder::input()
{
    return {*this, 0};
}

Tensor GraphBuilder::add(std::string_view name, Op op, const std::vector<Tensor>& inputs)
{
    if (!m_open)
        throw Error(
            ErrorKind::Usage, "graph: node \"" + std::string(name) + "\" is outside a module");
    std::vector<Shape> shapes;
    std::vector<NodeId> ids;
    for (const Tensor& t : inputs) {
        assert(&t.builder() == this);
        shapes.push_back(t.shape());
        ids.push_back(t.id());
    }
    // A module of one op may share its name with it.
    const Module& current = m_graph.m_modules.back();
    const std::string full = name.empty() ? current.name : m_prefix + std::string(name);
    const std::string path = name.empty() ? current.path : m_path + std::string(name);
    return {*this, push({full, path, op, std::move(ids), inferShape(op, shapes, full), 0})};
}

NodeId GraphBuilder::append(
    const std::string& name, const std::string& path, Op op, std::vector<NodeId> inputs)
{
    std::vector<Shape> shapes;
    shapes.reserve(inputs.size());
    for (const NodeId in : inputs)
        shapes.push_back(m_graph[in].shape);
    const Shape shape = inferShape(op, shapes, name);
    return push({name, path, op, std::move(inputs), shape, 0});
}

NodeId GraphBuilder::push(Node node)
{
    if (!m_open)
        throw Error(ErrorKind::Usage, "graph: node \"" + node.name + "\" is outside a module");
    const auto id = NodeId(m_graph.m_nodes.size());
    Module& module = m_graph.m_modules.back();
    module.nodes.push_back(id);
    module.output = id;
    node.module = ModuleId(m_graph.m_modules.size() - 1);
    m_graph.m_nodes.push_back(std::move(node));
    return id;
}

void GraphBuilder::beginModule(const ModuleHeading& heading)
{
    const std::string name(heading.name);
    if (m_open)
        throw Error(ErrorKind::Usage, "graph: module \"" + name + "\" is inside another");
    m_open = true;
    const std::string path = heading.path.empty() ? name : std::string(heading.path);
    const std::string separator(heading.separator);
    m_prefix = name.empty() ? name : name + separator;
    m_path = path.empty() ? path : path + separator;
    m_graph.m_modules.push_back(
        {.name = name,
         .title = std::string(heading.title),
         .kind = heading.kind,
         .path = path,
         .group = std::string(heading.group),
         .drawn = std::string(heading.drawn),
         .article = std::string(heading.article),
         .alias = std::string(heading.alias),
         .nodes = {},
         .output = 0,
         .inputs = {}});
}

void GraphBuilder::endModule()
{
    m_open = false;
}

Graph GraphBuilder::finish(const Tensor& logits, const Tensor& probabilities)
{
    return finish(std::optional(logits.id()), std::optional(probabilities.id()));
}

Graph GraphBuilder::finish(std::optional<NodeId> logits, std::optional<NodeId> probabilities)
{
    m_graph.m_logits = logits;
    m_graph.m_probabilities = probabilities;
    return finish();
}

Graph GraphBuilder::finish()
{
    checkNames();
    m_graph.m_consumers.assign(m_graph.m_nodes.size(), {});
    for (NodeId id = 0; id < m_graph.size(); ++id)
        for (const NodeId in : m_graph.m_nodes[id].inputs)
            m_graph.m_consumers[in].push_back(id);

    for (Module& module : m_graph.m_modules) {
        std::set<NodeId> outside;
        for (const NodeId id : module.nodes)
            for (const NodeId in : m_graph.m_nodes[id].inputs)
                if (in < module.nodes.front())
                    outside.insert(in);
        module.inputs.assign(outside.begin(), outside.end());
    }
    return std::move(m_graph);
}

void GraphBuilder::checkNames() const
{
    std::set<std::string_view> nodes;
    for (const Node& node : m_graph.m_nodes)
        if (!nodes.insert(node.name).second)
            throw Error(ErrorKind::Usage, "graph: two nodes are named \"" + node.name + "\"");
    std::set<std::string_view> modules;
    for (const Module& module : m_graph.m_modules) {
        if (!modules.insert(module.name).second)
            throw Error(ErrorKind::Usage, "graph: two modules are named \"" + module.name + "\"");
        if (module.nodes.empty())
            throw Error(ErrorKind::Usage, "graph: module \"" + module.name + "\" is empty");
    }
}

Tensor concat(const std::vector<Tensor>& branches, std::string_view name)
{
    if (branches.empty())
        throw Error(ErrorKind::Usage, "graph: " + std::string(name) + ": has no input");
    return branches.front().builder().add(name, Concat{}, branches);
}

Tensor add(const Tensor& x, const Tensor& residual, const Add& op, std::string_view name)
{
    return x.builder().add(name, op, {x, residual});
}

} // namespace inceptoscope
