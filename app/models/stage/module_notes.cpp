#include "models/stage/module_notes.h"

#include "models/format.h"

#include <QStringList>

#include <algorithm>

namespace inceptoscope {

namespace {

/// Convolutions and pools, in the graph's order.
std::vector<NodeId> windowsOf(const Graph& graph, ModuleId module)
{
    std::vector<NodeId> nodes;
    for (const NodeId node : graph.modules()[module].nodes)
        if (std::holds_alternative<Conv2d>(graph[node].op) ||
            std::holds_alternative<Pool2d>(graph[node].op))
            nodes.push_back(node);
    return nodes;
}

Extent kernelOf(const Op& op)
{
    const auto* conv = std::get_if<Conv2d>(&op);
    return conv != nullptr ? conv->kernel : std::get<Pool2d>(op).kernel;
}

QString sizeOf(const Extent& kernel)
{
    return QStringLiteral("%1×%2").arg(kernel.h).arg(kernel.w);
}

bool holds(const Graph& graph, ModuleId module, bool (*what)(const Op&))
{
    const std::vector<NodeId>& nodes = graph.modules()[module].nodes;
    return std::any_of(
        nodes.begin(), nodes.end(), [&](NodeId node) { return what(graph[node].op); });
}

bool isLrn(const Op& op)
{
    return std::holds_alternative<Lrn>(op);
}

bool isNormalised(const Op& op)
{
    const auto* conv = std::get_if<Conv2d>(&op);
    return conv != nullptr && conv->batchNorm.has_value();
}

/// The article's module of that title; what it does besides follows a plus there.
std::optional<ModuleId> moduleTitled(const Graph& graph, const std::string& title)
{
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        const std::string& other = graph.modules()[id].title;
        if (other == title || other.starts_with(title + " + "))
            return id;
    }
    return std::nullopt;
}

} // namespace

Departure departureFromArticle(const Network& network, ModuleId module)
{
    Departure departure;
    if (network.id != "googlenet_bn")
        return departure;
    static const Network article = makeNetwork("googlenet");
    const Module& here = network.graph.modules()[module];
    const auto there = moduleTitled(article.graph, here.title);
    const std::vector<NodeId> ours = windowsOf(network.graph, module);
    const std::vector<NodeId> theirs =
        there ? windowsOf(article.graph, *there) : std::vector<NodeId>();
    if (ours.empty() || ours.size() != theirs.size())
        return departure;
    QStringList parts;
    for (size_t i = 0; i < ours.size(); ++i) {
        const Extent kernel = kernelOf(network.graph[ours[i]].op);
        const Extent before = kernelOf(article.graph[theirs[i]].op);
        if (kernel == before)
            continue;
        departure.ops[ours[i]] = QStringLiteral("%1 in the article").arg(sizeOf(before));
        parts << QStringLiteral("%1 in place of %2")
                     .arg(opTitle(network.graph[ours[i]].op), sizeOf(before));
    }
    if (holds(network.graph, module, isNormalised) && !holds(article.graph, *there, isNormalised))
        parts << QStringLiteral("batch normalisation after each convolution");
    if (holds(article.graph, *there, isLrn) && !holds(network.graph, module, isLrn))
        parts << QStringLiteral("no LRN");
    if (!parts.isEmpty())
        departure.sentence =
            QStringLiteral("Not as in the article: ") + parts.join(QStringLiteral(", ")) + u'.';
    return departure;
}

QString moduleQuestion(const Network& network, ModuleId module)
{
    const bool reduced = network.id == "googlenet" || network.id == "googlenet_bn";
    return reduced && network.graph.modules()[module].kind == ModuleKind::Inception
               ? QStringLiteral("What does the 1×1 save?")
               : QString();
}

} // namespace inceptoscope
