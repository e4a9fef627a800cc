#pragma once

#include "graph/graph.h"

#include <initializer_list>

namespace inceptoscope {

class GraphBuilder;

/// What a convolution needs beyond its name, channels and kernel. Designated initialisers:
/// x.conv("7x7_s2", 64, 7, {.stride = 2, .padding = 3}).
struct ConvOptions
{
    uint32_t stride = 1;
    std::optional<uint32_t> padding =
        std::nullopt; ///< symmetric; unset keeps the size at stride 1 (kernel / 2)
    Activation activation = Activation::Relu;
};

struct PoolOptions
{
    uint32_t stride = 2;
    uint32_t padding = 0;
    bool ceilMode = true;
};

/// A result while a network is written down. Copies are cheap; every member adds one node to
/// the builder's current module and returns its result.
class Tensor
{
public:
    [[nodiscard]] Tensor conv(
        std::string_view name, uint32_t channels, uint32_t kernel,
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

/// Writes a network down node by node, infers each shape once, then yields the Graph.
/// Throws Error(Usage) where shapes don't fit, and at the end where a name is used twice or a
/// module is empty.
class GraphBuilder
{
public:
    explicit GraphBuilder(const Shape& input);

    [[nodiscard]] Tensor input();
    Tensor add(std::string_view name, Op op, const std::vector<Tensor>& inputs);

    /// Nodes added from now on belong to this module; `separator` joins its name and theirs.
    void beginModule(
        std::string_view name, std::string_view title, ModuleKind kind,
        std::string_view separator = "/");
    void endModule();

    [[nodiscard]] const Node& node(NodeId id) const { return m_graph.m_nodes[id]; }
    [[nodiscard]] Graph finish(const Tensor& logits, const Tensor& probabilities);
    /// For small graphs without a classifier (tests, experiments).
    [[nodiscard]] Graph finish();

private:
    void checkNames() const;

    Graph m_graph;
    std::string m_prefix;
    bool m_open = false;
};

/// Names and groups every node made while it lives.
class ModuleScope
{
public:
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
