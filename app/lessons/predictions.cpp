#include "lessons/predictions.h"

#include "cost/cost.h"

namespace inceptoscope {

const QStringList& lessonQuantities()
{
    static const QStringList quantities{"macs", "params", "channels", "ms", "mean", "zeros"};
    return quantities;
}

bool isMeasured(const QString& quantity)
{
    return lessonQuantities().indexOf(quantity) >= 3;
}

bool isOfMaps(const QString& quantity)
{
    return quantity == QLatin1String("mean") || quantity == QLatin1String("zeros");
}

double counted(const Graph& graph, const NetworkPart& part, const QString& quantity)
{
    if (quantity == QLatin1String("channels"))
        return graph[part.output].shape.c;
    Cost sum;
    for (const NodeId node : part.nodes)
        sum += cost(graph, node);
    return double(quantity == QLatin1String("macs") ? sum.macs : sum.params);
}

} // namespace inceptoscope
