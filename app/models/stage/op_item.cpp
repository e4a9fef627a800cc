#include "models/stage/op_item.h"

#include "engine/labels.h"
#include "models/format.h"

namespace inceptoscope {

/// Scores and probabilities: one channel a class.
static bool hasClasses(const Op& op)
{
    return std::holds_alternative<FullyConnected>(op) || std::holds_alternative<Softmax>(op);
}

static double shareOfModule(const Graph& graph, NodeId node)
{
    const uint64_t whole = moduleCost(graph, graph[node].module).macs;
    return whole == 0 ? 0.0 : double(cost(graph, node).macs) / double(whole);
}

OpItem::OpItem(const Graph& graph, LayoutCell cell, QObject* parent)
    : QObject(parent)
    , m_cell(std::move(cell))
    , m_shape(graph[m_cell.node].shape)
    , m_scores(hasClasses(graph[m_cell.node].op))
    , m_cost(cost(graph, m_cell.node))
    , m_macsShare(shareOfModule(graph, m_cell.node))
    , m_name(QString::fromStdString(graph[m_cell.node].name))
    , m_title(opTitle(graph[m_cell.node].op))
    , m_detail(opDetail(graph[m_cell.node].op))
    , m_sentence(opSentence(graph[m_cell.node].op))
{
}

QString OpItem::shapeText() const
{
    return formatShape(m_shape);
}

QString OpItem::sizeText() const
{
    return QStringLiteral("%1×%2").arg(m_shape.h).arg(m_shape.w);
}

QString OpItem::macsText() const
{
    return m_cost.macs == 0 ? QString() : formatMacs(m_cost.macs);
}

QString OpItem::paramsText() const
{
    return m_cost.params == 0 ? QString() : formatParams(m_cost.params);
}

QList<int> OpItem::sources() const
{
    QList<int> result;
    for (const NodeId source : m_cell.sources)
        result.append(int(source));
    return result;
}

QString OpItem::timeText() const
{
    return m_milliseconds <= 0 ? QString() : formatMilliseconds(m_milliseconds);
}

const OpPicture* OpItem::picture() const
{
    const OpPicture* found = m_pictures ? m_pictures->find(m_cell.node) : nullptr;
    return found && !found->atlas.isNull() ? found : nullptr;
}

QString OpItem::channelSummary(int channel) const
{
    QString text = QStringLiteral("channel %1").arg(channel);
    if (m_scores && m_labels)
        if (const QString label = classLabel(*m_labels, size_t(channel), m_shape.c);
            !label.isEmpty())
            text = QStringLiteral("class %1, %2").arg(channel).arg(label);
    const OpPicture* p = picture();
    if (!p || channel < 0 || channel >= int(p->statistics.size()))
        return text;
    const ChannelStatistics& s = p->statistics[size_t(channel)];
    const QString odd = formatNotFinite(double(s.nan), double(s.infinite));
    if (m_shape.pixels() == 1)
        return text + u'\n' + (s.infinite > 0 ? odd : formatValue(double(s.mean)));
    return text +
           QStringLiteral("\n%1 … %2, mean %3\n%4 zeros")
               .arg(
                   formatValue(double(s.minimum)), formatValue(double(s.maximum)),
                   formatValue(double(s.mean)), formatPercent(double(s.zeroShare))) +
           (odd.isEmpty() ? QString() : QStringLiteral("; %1, left out above").arg(odd));
}

void OpItem::setPictures(std::shared_ptr<const ModulePictures> pictures)
{
    if (pictures == m_pictures)
        return;
    m_pictures = std::move(pictures);
    Q_EMIT pictureChanged();
}

void OpItem::setTime(double milliseconds, double share)
{
    if (milliseconds == m_milliseconds && share == m_timeShare)
        return;
    m_milliseconds = milliseconds;
    m_timeShare = share;
    Q_EMIT timeChanged();
}

} // namespace inceptoscope
