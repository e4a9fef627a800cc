#include "models/about.h"

#include "models/format.h"

#include <QRegularExpression>

namespace inceptoscope {

namespace {

QString aboutInception(const Graph& graph, ModuleId id)
{
    const size_t branches = graph.branches(id).size();
    if (branches < 2)
        return QStringLiteral("Looks at the same input in several ways and adds what it finds.");
    static const QStringList words = {"Two", "Three", "Four", "Five", "Six"};
    return QStringLiteral("%1 branches look at the same input at different scales. The 1×1 "
                          "convolutions in front of large ones keep those cheap.")
        .arg(words.value(qsizetype(branches) - 2, QString::number(branches)));
}

QString aboutStem(const Graph& graph, ModuleId id)
{
    const Module& module = graph.modules()[id];
    if (std::holds_alternative<Input>(graph[module.output].op))
        return QStringLiteral("The picture as the network gets it: resized, cropped to its centre "
                              "and shifted so that values lie around zero. One map a colour.");
    bool convolves = false;
    for (const NodeId node : module.nodes)
        convolves = convolves || std::holds_alternative<Conv2d>(graph[node].op);
    return convolves ? QStringLiteral("The stem finds edges, colours and simple textures while the "
                                      "picture is still large.")
                     : QStringLiteral("Pooling halves width and height, so that later layers see "
                                      "more of the picture at less cost.");
}

QString aboutHead(const Graph& graph, ModuleId id)
{
    const Op& last = graph[graph.modules()[id].output].op;
    if (std::holds_alternative<Softmax>(last))
        return QStringLiteral("Softmax turns the scores into probabilities that sum to one.");
    if (std::holds_alternative<FullyConnected>(last))
        return QStringLiteral("The linear classifier weighs every feature for each class.");
    return QStringLiteral("Averages each map to one number: what is in the picture, no longer "
                          "where.");
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
        return QStringLiteral("Halves width and height, so that the next modules see more of the "
                              "picture at less cost.");
    case ModuleKind::Head:
        return aboutHead(graph, id);
    case ModuleKind::Auxiliary:
        return QStringLiteral("A second classifier, used in training to bring gradients to the "
                              "middle of the network. It is not run by default.");
    }
    return {};
}

QString groupTitle(const Module& module)
{
    switch (module.kind) {
    case ModuleKind::Stem:
        return QStringLiteral("Stem");
    case ModuleKind::Head:
        return QStringLiteral("Classifier");
    case ModuleKind::Auxiliary:
        return QStringLiteral("Auxiliary");
    case ModuleKind::Inception:
    case ModuleKind::Reduction:
        break;
    }
    static const QRegularExpression letter(QStringLiteral("(?<=\\d)[a-z]$"));
    return QString::fromStdString(module.title).remove(letter);
}

QString shortTitle(const Module& module)
{
    QString title = QString::fromStdString(module.title);
    if (module.kind == ModuleKind::Inception || module.kind == ModuleKind::Auxiliary)
        return title.section(QLatin1Char(' '), -1);
    title.remove(QStringLiteral(" + LRN"));
    title.replace(QStringLiteral("Convolution"), QStringLiteral("Conv"));
    title.replace(QStringLiteral("Max pool"), QStringLiteral("Pool"));
    title.replace(QStringLiteral("Average pool"), QStringLiteral("Avg pool"));
    return title;
}

} // namespace inceptoscope
