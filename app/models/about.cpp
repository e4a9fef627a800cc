#include "models/about.h"

#include "models/format.h"

#include <QRegularExpression>

#include <algorithm>

namespace inceptoscope {

namespace {

const Conv2d* convolution(const Graph& graph, NodeId id)
{
    return std::get_if<Conv2d>(&graph[id].op);
}

template <class Predicate> bool anyNode(const Graph& graph, ModuleId id, Predicate predicate)
{
    const std::vector<NodeId>& nodes = graph.modules()[id].nodes;
    return std::any_of(nodes.begin(), nodes.end(), predicate);
}

bool halves(const Graph& graph, ModuleId id)
{
    const Module& module = graph.modules()[id];
    return !module.inputs.empty() &&
           graph[module.output].shape.h < graph[module.inputs.front()].shape.h;
}

QString branchCount(const Graph& graph, ModuleId id)
{
    // As the papers count: a branch that forks at its end is one.
    const auto join = graph.join(id);
    const size_t branches = join ? graph[*join].inputs.size() : 1;
    static const QStringList words = {"One", "Two", "Three", "Four", "Five", "Six"};
    return words.value(qsizetype(branches) - 1, QString::number(branches));
}

/// A 1x3 beside a 3x1 on the same input.
bool forks(const Graph& graph, ModuleId id)
{
    return anyNode(
        graph, id, [&](NodeId node) { return graph.isJoined(node) && node != graph.join(id); });
}

/// What the module's design is about.
QString idea(const Graph& graph, ModuleId id)
{
    if (forks(graph, id))
        return QStringLiteral("1×3 and 3×1 stand side by side: on the small grid the filter bank "
                              "grows wider instead of deeper, so that nothing is squeezed.");
    uint32_t side = 0;
    bool reduces = false;
    bool repeats = false;
    for (const NodeId node : graph.modules()[id].nodes) {
        const Conv2d* conv = convolution(graph, node);
        if (conv == nullptr)
            continue;
        const Conv2d* before = convolution(graph, graph[node].inputs.front());
        const bool same = before != nullptr && graph[graph[node].inputs.front()].module == id;
        if (conv->kernel.h != conv->kernel.w)
            side = std::max({side, conv->kernel.h, conv->kernel.w});
        reduces = reduces || (same && before->kernel == Extent{1, 1});
        repeats =
            repeats || (same && conv->kernel == Extent{3, 3} && before->kernel == Extent{3, 3});
    }
    if (side > 0)
        return QStringLiteral("1×%1 and %1×1 in a row see as far as one %1×%1 with 2/%1 of its "
                              "weights.")
            .arg(side);
    if (repeats)
        return QStringLiteral("Two 3×3 in a row see as far as one 5×5 for 28 % less work.");
    return reduces ? QStringLiteral("The 1×1 convolutions in front of large ones keep those cheap.")
                   : QStringLiteral("Nothing reduces the channels before the large convolutions, "
                                    "and the pooled ones pass through whole: each module has more "
                                    "channels and costs more than the one before.");
}

QString aboutInception(const Graph& graph, ModuleId id)
{
    const bool residual = anyNode(
        graph, id, [&](NodeId node) { return std::holds_alternative<Add>(graph[node].op); });
    const QString start = branchCount(graph, id) +
                          QStringLiteral(" branches look at the same input at different scales. ");
    if (!residual)
        return start + idea(graph, id);
    const auto& sum = std::get<Add>(graph[graph.modules()[id].output].op);
    const QString scaled = sum.scale == 1.0F
                               ? QStringLiteral("the result")
                               : QStringLiteral("the result, scaled by %1 to keep training stable,")
                                     .arg(double(sum.scale), 0, 'f', 2);
    return start +
           QStringLiteral("A 1×1 convolution brings their channels back to the input's number, and "
                          "%1 is added to the input itself. What came in passes by unchanged "
                          "along the shortcut on the right.")
               .arg(scaled);
}

QString aboutStem(const Graph& graph, ModuleId id)
{
    const Module& module = graph.modules()[id];
    if (std::holds_alternative<Input>(graph[module.output].op))
        return QStringLiteral("The picture as the network gets it: resized, cropped to its centre "
                              "and shifted so that values lie around zero. One map a colour.");
    if (graph.branches(id).size() > 1)
        return halves(graph, id)
                   ? QStringLiteral("Halves the grid along two ways at once, so that neither "
                                    "squeezes what the other keeps.")
                   : QStringLiteral("Two ways of different reach, side by side: even the stem of "
                                    "this network branches.");
    const bool convolves =
        anyNode(graph, id, [&](NodeId node) { return convolution(graph, node) != nullptr; });
    return convolves ? QStringLiteral("The stem finds edges, colours and simple textures while the "
                                      "picture is still large.")
                     : QStringLiteral("Pooling halves width and height, so that later layers see "
                                      "more of the picture at less cost.");
}

QString aboutReduction(const Graph& graph, ModuleId id)
{
    const QString base = QStringLiteral("Halves width and height, so that the next modules see "
                                        "more of the picture at less cost.");
    return graph.branches(id).size() < 2
               ? base
               : base + QStringLiteral(" Convolutions with stride 2 work beside the pooling, so "
                                       "that little is lost and the channels grow.");
}

QString aboutHead(const Graph& graph, ModuleId id)
{
    const Op& last = graph[graph.modules()[id].output].op;
    return std::visit(
        Overloaded{
            [](const Softmax&) {
                return QStringLiteral("Softmax turns the scores into probabilities that sum to "
                                      "one.");
            },
            [&](const FullyConnected&) {
                return graph.logits()
                           ? QStringLiteral("The linear classifier weighs every feature for each "
                                            "class.")
                           : QStringLiteral("A linear layer: each number of the embedding weighs "
                                            "every feature.");
            },
            [](const BatchNorm&) {
                return QStringLiteral("Shifts and scales each number by what was usual in "
                                      "training.");
            },
            [](const L2Normalize&) {
                return QStringLiteral("The embedding: one point on a sphere for each face. Faces "
                                      "of one person lie close together.");
            },
            [](const Conv2d&) {
                return QStringLiteral("A last 1×1 convolution mixes the channels before they are "
                                      "averaged.");
            },
            [](const auto&) {
                return QStringLiteral("Averages each map to one number: what is in the picture, no "
                                      "longer where.");
            }},
        last);
}

} // namespace

QString aboutModule(const Graph& graph, ModuleId id)
{
    switch (graph.modules()[id].kind) {
    case ModuleKind::Stem:
        return aboutStem(graph, id);
    case ModuleKind::Inception:
        return aboutInception(graph, id);
    case ModuleKind::Reduction:
        return aboutReduction(graph, id);
    case ModuleKind::Head:
        return aboutHead(graph, id);
    case ModuleKind::Auxiliary:
        return QStringLiteral("A second classifier, used in training to bring gradients to the "
                              "middle of the network. It is not run by default.");
    case ModuleKind::Backward:
        return QStringLiteral(
            "How a result changes with what the module made and with its weights.");
    }
    return {};
}

QString otherNames(const Module& module)
{
    const QString title = QString::fromStdString(module.title);
    QStringList names;
    for (const std::string& name : {module.name, module.group}) {
        const QString text = QString::fromStdString(name);
        if (text.compare(title, Qt::CaseInsensitive) != 0 && !text.isEmpty())
            names << text;
    }
    if (!module.article.empty())
        names << withTimesSigns(QString::fromStdString(module.article));
    return names.join(QStringLiteral("  ·  "));
}

QString shortTitle(const Module& module)
{
    QString title = QString::fromStdString(module.title);
    static const QRegularExpression layer(
        QStringLiteral("^(conv|max_?pool)(?:2d)?_?(\\d[a-z]?)(?:_\\d+x\\d+)?$"),
        QRegularExpression::CaseInsensitiveOption);
    if (const auto match = layer.match(title); match.hasMatch())
        return (match.captured(1).startsWith(u'c', Qt::CaseInsensitive) ? QStringLiteral("Conv ")
                                                                        : QStringLiteral("Pool ")) +
               match.captured(2);
    static const QRegularExpression block(QStringLiteral("^(?:ResNet-|Module )([A-C]) (\\d+)$"));
    if (const auto match = block.match(title); match.hasMatch())
        return match.captured(1) + QChar(0xA0) + match.captured(2);
    if (module.kind == ModuleKind::Inception || module.kind == ModuleKind::Auxiliary)
        return title.section(QLatin1Char(' '), -1);
    title.remove(QStringLiteral(" + LRN"));
    title.replace(QStringLiteral("Convolution"), QStringLiteral("Conv"));
    title.replace(QStringLiteral("Max pool"), QStringLiteral("Pool"));
    title.replace(QStringLiteral("Average pool"), QStringLiteral("Avg pool"));
    title.replace(QStringLiteral("Pool, linear"), QStringLiteral("Linear"));
    title.replace(QStringLiteral("Reduction "), QStringLiteral("Red. "));
    return title;
}

} // namespace inceptoscope
