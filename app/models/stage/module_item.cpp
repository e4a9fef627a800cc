#include "models/stage/module_item.h"

#include "graph/module_groups.h"
#include "models/about.h"

namespace inceptoscope {

ModuleItem::ModuleItem(const Graph& graph, ModuleId id, QObject* parent)
    : QObject(parent)
    , m_module(id)
    , m_title(QString::fromStdString(graph.modules()[id].title))
    , m_shortTitle(inceptoscope::shortTitle(graph.modules()[id]))
    , m_group(QString::fromStdString(groupTitle(graph.modules()[id])))
    , m_auxiliary(graph.modules()[id].kind == ModuleKind::Auxiliary)
    , m_feed(
          graph.modules()[id].inputs.empty()
              ? -1
              : int(graph[graph.modules()[id].inputs.front()].module))
    , m_shape(graph[graph.modules()[id].output].shape)
{
}

QString ModuleItem::sizeText() const
{
    return QStringLiteral("%1×%2").arg(m_shape.h).arg(m_shape.w);
}

QString ModuleItem::channelsText() const
{
    return QString::number(m_shape.c);
}

void ModuleItem::setThumbnail(const QImage& thumbnail)
{
    if (thumbnail.cacheKey() == m_thumbnail.cacheKey())
        return;
    m_thumbnail = thumbnail;
    Q_EMIT changed();
}

void ModuleItem::setShare(double bar, const QString& text)
{
    if (bar == m_bar && text == m_shareText)
        return;
    m_bar = bar;
    m_shareText = text;
    Q_EMIT changed();
}

} // namespace inceptoscope
