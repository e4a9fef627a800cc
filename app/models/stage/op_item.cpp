#include "models/stage/op_item.h"

#include "engine/labels.h"
#include "models/format.h"
#include "models/save/table_text.h"
#include "models/stage/input_maps.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <utility>

namespace inceptoscope {

/// Scores and probabilities, each a number for the whole picture.
static bool isScores(const Op& op)
{
    return std::holds_alternative<FullyConnected>(op) || std::holds_alternative<Softmax>(op);
}

/// The only value of a 1x1 map.
static double valueOf(const ChannelStatistics& s)
{
    if (s.nan > 0)
        return std::nan("");
    return s.infinite > 0 ? std::numeric_limits<double>::infinity() : double(s.mean);
}

/// Not the hidden layer of an auxiliary head.
static bool isClasses(const Graph& graph, NodeId node)
{
    if (std::holds_alternative<Softmax>(graph[node].op))
        return true;
    return graph.logits() && graph[node].shape == graph[*graph.logits()].shape;
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
    , m_scores(isScores(graph[m_cell.node].op))
    , m_cost(cost(graph, m_cell.node))
    , m_macsShare(shareOfModule(graph, m_cell.node))
    , m_name(QString::fromStdString(graph[m_cell.node].name))
    , m_title(opTitle(graph[m_cell.node].op))
    , m_detail(opDetail(graph[m_cell.node].op))
    , m_sentence(opSentence(graph[m_cell.node].op))
    , m_probabilities(std::holds_alternative<Softmax>(graph[m_cell.node].op))
    , m_unit(isClasses(graph, m_cell.node) ? QStringLiteral("class") : QStringLiteral("unit"))
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

QString OpItem::channelName(int channel) const
{
    if (m_inputOf)
        return inputColourName(*m_inputOf, channel);
    const QString label =
        m_scores && m_labels ? classLabel(*m_labels, size_t(channel), m_shape.c) : QString();
    return label.isEmpty() ? QStringLiteral("channel %1").arg(channel)
                           : QStringLiteral("class %1, %2").arg(channel).arg(label);
}

QVariantMap OpItem::score(int rank) const
{
    const OpPicture* p = picture();
    if (!p || rank < 0 || rank >= int(m_order.size()))
        return {};
    const int channel = m_order[size_t(rank)];
    const double value = valueOf(p->statistics[size_t(channel)]);
    const double range = std::max(m_highest - m_lowest, 1e-30);
    const double zero = -m_lowest / range;
    const double end = std::isfinite(value) ? (value - m_lowest) / range
                       : std::isnan(value)  ? zero
                                            : 1;
    const QString label = m_labels ? classLabel(*m_labels, size_t(channel), m_shape.c) : QString();
    const QString number = QStringLiteral("%1 %2").arg(m_unit).arg(channel);
    return {
        {"channel", channel},
        {"name", label.isEmpty() ? number : label.section(u',', 0, 0)},
        {"fullName", label.isEmpty() ? number : channelName(channel)},
        {"value", value},
        {"text", m_probabilities ? formatPercent(value) : formatValue(value)},
        {"from", std::min(zero, end)},
        {"to", std::max(zero, end)}};
}

void OpItem::rank()
{
    m_order.clear();
    ++m_revision;
    const OpPicture* p = picture();
    if (!m_scores || !p || p->statistics.size() < m_shape.c)
        return;
    std::vector<double> values;
    m_lowest = 0;
    m_highest = 0;
    for (uint32_t channel = 0; channel < m_shape.c; ++channel) {
        values.push_back(valueOf(p->statistics[channel]));
        if (std::isfinite(values.back())) {
            m_lowest = std::min(m_lowest, values.back());
            m_highest = std::max(m_highest, values.back());
        }
        m_order.push_back(int(channel));
    }
    // NaN first, so that it can't be missed.
    std::stable_sort(m_order.begin(), m_order.end(), [&](int a, int b) {
        const double x = values[size_t(a)];
        const double y = values[size_t(b)];
        return std::isnan(x) ? !std::isnan(y) : x > y;
    });
}

QString OpItem::channelSummary(int channel) const
{
    QString text = channelName(channel);
    if (m_inputOf)
        text += QStringLiteral(", as the network gets it");
    else if (!m_scores)
        text += QStringLiteral(" of %1, %2").arg(m_shape.c).arg(m_title);
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

QString OpItem::table(const QString& separator) const
{
    const OpPicture* p = picture();
    const QChar between = separator.isEmpty() ? QChar(u',') : separator[0];
    const auto number = [](float value) { return QString::number(double(value), 'g', 9); };
    QString text = tableLine(
        m_scores ? QStringList{m_unit, "name", "value"}
                 : QStringList{"channel", "minimum", "mean", "maximum", "zero_share"},
        between);
    for (int row = 0; p && row < int(p->statistics.size()); ++row) {
        if (m_scores && row >= int(m_order.size()))
            break;
        const int channel = m_scores ? m_order[size_t(row)] : row;
        const ChannelStatistics& s = p->statistics[size_t(channel)];
        const QString label =
            m_labels ? classLabel(*m_labels, size_t(channel), m_shape.c) : QString();
        text += tableLine(
            m_scores
                ? QStringList{QString::number(channel), label, QString::number(valueOf(s), 'g', 9)}
                : QStringList{QString::number(channel), number(s.minimum), number(s.mean), number(s.maximum), number(s.zeroShare)},
            between);
    }
    return text;
}

void OpItem::setPictures(std::shared_ptr<const ModulePictures> pictures)
{
    if (pictures == m_pictures)
        return;
    m_pictures = std::move(pictures);
    rank();
    Q_EMIT pictureChanged();
}

void OpItem::setLabels(std::shared_ptr<const ClassLabels> labels)
{
    if (labels == m_labels)
        return;
    m_labels = std::move(labels);
    ++m_revision;
    Q_EMIT pictureChanged();
}

void OpItem::setDimmed(bool dimmed)
{
    if (dimmed != std::exchange(m_dimmed, dimmed))
        Q_EMIT dimmedChanged();
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
