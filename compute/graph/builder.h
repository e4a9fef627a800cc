#pragma once

#include "graph/graph.h"

#include <initializer_list>
#include <utility>

namespace inceptoscope {

class GraphBuilder;

/// What all convolutions of a network have in common.
struct ConvStyle
{
    bool bias = true;
    std::optional<BatchNorm> batchNorm = std::nullopt;
};

/// What a convolution needs beyond its name, channels and kernel. Designated initialisers:
/// x.conv("7x7_s2", 64, 7, {.stride = 2, .padding = 3}).
struct ConvOptions
{
    uint32_t stride = 1;
    std::optional<uint32_t> padding =
        std::nullopt;  ///< symmetric; unset keeps the size at stride 1 (kernel / 2)
    bool same = false; ///< TensorFlow's SAME instead: more after than before where it is odd
    Activation activation = Activation::Relu;
    uint32_t groups = 1;
    std::optional<ConvStyle> style = std::nullopt; ///< unset: the builder's
};

/// TensorFlow's SAME: the output has ceil(size / stride) pixels; an odd rest of the padding goes
/// behind.
[[nodiscard]] Padding samePadding(const Shape& in, const Extent& kernel, const Extent& stride);

struct PoolOptions
{
    uint32_t stride = 2;
    uint32_t padding = 0;
    bool same = false; ///< TensorFlow's SAME; an average then leaves the padding out
    bool ceilMode = true;
    bool countIncludePad = true; ///< of an average
};

/// A result while a network is written down. Copies are cheap; every member adds one node to
/// the builder's current module and returns its result.
class Tensor
{
public:
    [[nodiscard]] Tensor conv(
        std::string_view name, uint32_t channels, uint32_t kernel,
        const ConvOptions& options = {}) const;
    /// kernel = {rows, columns}: {1, 7}.
    [[nodiscard]] Tensor conv(
        std::string_view name, uint32_t channels, Extent kernel,
        const ConvOptions& options = {}) const;
    [[nodiscard]] Tensor
    maxPool(std::string_view name, uint32_t kernel, const PoolOptions& options = {}) const;
    [[nodiscard]] Tensor
    avgPool(std::string_view name, uint32_t kernel, const PoolOptions& options = {}) const;
    [[nodiscard]] Tensor globalAvgPool(std::string_view name) const;
    [[nodiscard]] Tensor lrn(std::string_view name, const Lrn& lrn = {}) const;
    [[nodiscard]] Tensor
    fc(std::string_view name, uint32_t features, Activation activation = Activation::None) const;
    [[nodiscard]] Tensor softmax(std::string_view name) const;
    /// Any op, for what has no short form.
    [[nodiscard]] Tensor then(std::string_view name, Op op) const;

    [[nodiscard]] NodeId id() const { return m_id; }
    [[nodiscard]] const Shape& shape() const;
    [[nodiscard]] GraphBuilder& builder() const { return *m_builder; }

private:
    friend class GraphBuilder;
    Tensor(GraphBuilder& builder, NodeId id)
        : m_builder(&builder)
        , m_id(id)
    {
    }
    GraphBuilder* m_builder;
    NodeId m_id;
};

/// What a module is called; see Module.
struct ModuleHeading
{
    std::string_view name;
    std::string_view title;
    ModuleKind kind = ModuleKind::Stem;
    std::string_view group = {};
    std::string_view drawn = {};
    std::string_view article = {};
    std::string_view alias = {};
    std::string_view path = {};       ///< empty: the name
    std::string_view separator = "."; ///< between its name and its nodes'
};

/// Writes a network down node by node, infers each shape once, then yields the Graph.
/// Throws Error(Usage) where shapes don't fit, and at the end where a name is used twice or a
/// module is empty.
class GraphBuilder
{
public:
    explicit GraphBuilder(const Shape& input, const ConvStyle& style = {});
    /// Goes on behind a finished graph, whose nodes and modules keep their ids.
    explicit GraphBuilder(Graph graph)
        : m_graph(std::move(graph))
    {
    }

    [[nodiscard]] Tensor input();
    [[nodiscard]] const ConvStyle& style() const { return m_style; }
    Tensor add(std::string_view name, Op op, const std::vector<Tensor>& inputs);
    /// The same under the node's whole name, which is its path, too; on nodes of any module.
    NodeId append(const std::string& name, Op op, std::vector<NodeId> inputs)
    {
        return append(name, name, op, std::move(inputs));
    }
    NodeId
    append(const std::string& name, const std::string& path, Op op, std::vector<NodeId> inputs);

    /// Nodes added from now on belong to this module.
    void beginModule(const ModuleHeading& heading);
    void beginModule(
        std::string_view name, std::string_view title, ModuleKind kind,
        std::string_view separator = "/")
    {
        beginModule({.name = name, .title = title, .kind = kind, .separator = separator});
    }
    void endModule();

    [[nodiscard]] const Node& node(NodeId id) const { return m_graph.m_nodes[id]; }
    [[nodiscard]] Graph finish(const Tensor& logits, const Tensor& probabilities);
    [[nodiscard]] Graph finish(std::optional<NodeId> logits, std::optional<NodeId> probabilities);
    /// For graphs without a classifier (embeddings, tests, experiments).
    [[nodiscard]] Graph finish();

private:
    NodeId push(Node node);
    void checkNames() const;

    Graph m_graph;
    ConvStyle m_style;
    std::string m_prefix; ///< of the open module's nodes' names
    std::string m_path;   ///< of their paths
    bool m_open = false;
};

/// Names and groups every node made while it lives.
class ModuleScope
{
public:
    ModuleScope(const Tensor& x, const ModuleHeading& heading)
        : m_builder(x.builder())
    {
        m_builder.beginModule(heading);
    }
    ModuleScope(
        const Tensor& x, std::string_view name, std::string_view title, ModuleKind kind,
        std::string_view separator = "/")
        : m_builder(x.builder())
    {
        m_builder.beginModule(name, title, kind, separator);
    }
    ~ModuleScope() { m_builder.endModule(); }
    ModuleScope(const ModuleScope&) = delete;
    ModuleScope& operator=(const ModuleScope&) = delete;

private:
    GraphBuilder& m_builder;
};

[[nodiscard]] Tensor concat(const std::vector<Tensor>& branches, std::string_view name = "output");
[[nodiscard]] Tensor
add(const Tensor& x, const Tensor& residual, const Add& op, std::string_view name = "sum");

} // namespace inceptoscope
