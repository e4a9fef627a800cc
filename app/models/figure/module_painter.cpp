#include "models/figure/module_painter.h"

#include "cost/cost.h"
#include "models/about.h"
#include "models/figure/figure_parts.h"
#include "models/format.h"
#include "models/stage/module_notes.h"

#include <QPainter>
#include <QPainterPath>

namespace inceptoscope {

namespace {

/// The window's dark theme (ui/theme/Theme.qml): after Okabe and Ito, told apart with every
/// kind of colour blindness.
QColor branchColour(uint32_t branch)
{
    static constexpr QRgb colours[] = {0xFFE69F00, 0xFF56B4E9, 0xFF17B88A, 0xFFE08FC0,
                                       0xFFF0E442, 0xFFFF7F45, 0xFF7F9CFF, 0xFFB8B8B8};
    return QColor(colours[branch % std::size(colours)]);
}

constexpr int outputRow = 28; ///< the text above a concatenation inside a module

QString concatenationText(const Shape& shape)
{
    return QStringLiteral("Filter concatenation   ") + formatShape(shape);
}

class Painter
{
public:
    Painter(QPainter& painter, const ModuleDrawing& drawing, const ModuleFacts& facts)
        : m_painter(painter)
        , m_drawing(drawing)
        , m_facts(facts)
        , m_graph(facts.network.graph)
        , m_departure(departureFromArticle(facts.network, drawing.module()))
    {
        m_painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    }

    void header();
    void inputBar();
    void outputBar();
    void box(const ModuleDrawing::Box& box, const OpPicture* picture);
    void arrows();
    void lane();

private:
    void write(
        const QRect& where, const QString& what, int pixels, const QColor& colour,
        int flags = Qt::AlignLeft | Qt::AlignVCenter, bool bold = false);
    void bar(const QRect& where, const QColor& colour);
    void arrow(QPoint from, QPoint to, const QColor& colour, int width = 2);
    [[nodiscard]] QColor colourOf(const LayoutCell& cell) const;
    void segments(const QRect& area);
    [[nodiscard]] QRect segment(const QRect& area, const Branch& branch) const;
    bool ribbon(const ModuleDrawing::Box& box, const QRect& area);
    [[nodiscard]] const Module& module() const { return m_graph.modules()[m_drawing.module()]; }
    [[nodiscard]] QString measured(const std::vector<NodeId>& nodes) const;

    QPainter& m_painter;
    const ModuleDrawing& m_drawing;
    const ModuleFacts& m_facts;
    const Graph& m_graph;
    const Departure m_departure;
};

void Painter::write(
    const QRect& where, const QString& what, int pixels, const QColor& colour, int flags, bool bold)
{
    writeText(m_painter, where, what, {.pixels = pixels, .bold = bold, .colour = colour}, flags);
}

void Painter::bar(const QRect& where, const QColor& colour)
{
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(colour);
    m_painter.drawRoundedRect(where, 6, 6);
}

/// Grey where the ops belong to no branch.
QColor Painter::colourOf(const LayoutCell& cell) const
{
    const bool branched = m_graph.branches(m_drawing.module()).size() > 1;
    return branched && !cell.shared ? branchColour(cell.branch) : ink::line.lighter(150);
}

/// Empty where no time is known.
QString Painter::measured(const std::vector<NodeId>& nodes) const
{
    double sum = 0;
    bool known = false;
    for (const NodeId node : nodes) {
        sum += std::max(0.0, m_facts.milliseconds[node]);
        known = known || m_facts.milliseconds[node] >= 0;
    }
    return known ? formatMilliseconds(sum) : QString();
}

void Painter::header()
{
    const QRect area = m_drawing.header();
    const int flags = Qt::AlignLeft | Qt::AlignTop;
    write(area, QString::fromStdString(module().title), 30, ink::text, flags, true);
    // Other names stand beside the title.
    QFont title(QStringLiteral("Inter"));
    title.setPixelSize(30);
    title.setBold(true);
    const int used = QFontMetrics(title).horizontalAdvance(QString::fromStdString(module().title));
    write(area.adjusted(used + 20, 12, 0, 0), otherNames(module()), 16, ink::dimText, flags);
    const Cost c = moduleCost(m_graph, m_drawing.module());
    QStringList parts{QString::fromStdString(m_facts.network.title)};
    if (c.params > 0)
        parts << formatParams(c.params) << formatMacs(c.macs);
    if (const QString time = measured(module().nodes); !time.isEmpty())
        parts << time;
    write(area.adjusted(0, 42, 0, 0), parts.join(QStringLiteral("  ·  ")), 16, ink::dimText, flags);
    writeSource(m_painter, area, m_facts.picture, m_facts.weights);
}

void Painter::inputBar()
{
    bar(m_drawing.inputBar(), ink::line);
    QStringList names;
    for (const NodeId node : module().inputs)
        names << QStringLiteral("%1   %2").arg(
            QString::fromStdString(m_graph.modules()[m_graph[node].module].title),
            formatShape(m_graph[node].shape));
    const QString from = names.isEmpty() ? QString() : names.join(QStringLiteral("  +  "));
    write(m_drawing.inputBar(), from, 16, ink::text, Qt::AlignCenter);
}

void Painter::outputBar()
{
    if (m_drawing.joins()) {
        const Shape& shape = m_graph[module().output].shape;
        segments(m_drawing.outputBar());
        write(
            m_drawing.caption(), concatenationText(shape), 15, ink::dimText,
            Qt::AlignHCenter | Qt::AlignTop);
        return;
    }
    bar(m_drawing.outputBar(), ink::line);
    write(
        m_drawing.outputBar(),
        QStringLiteral("Output   ") + formatShape(m_graph[module().output].shape), 16, ink::text,
        Qt::AlignCenter);
}

/// Where a branch's channels lie in a concatenation drawn in `area`.
QRect Painter::segment(const QRect& area, const Branch& branch) const
{
    const NodeId join = m_graph.join(m_drawing.module()).value();
    const uint64_t all = m_graph[join].shape.c;
    const uint64_t last = branch.channelOffset + m_graph[branch.output].shape.c;
    const int from = int(branch.channelOffset * uint64_t(area.width()) / all);
    const int to = int(last * uint64_t(area.width()) / all);
    return {area.left() + from, area.top(), to - from, area.height()};
}

/// From a branch's last op to its channels in the concatenation in `area`; false for ops that
/// aren't the last of a branch.
bool Painter::ribbon(const ModuleDrawing::Box& box, const QRect& area)
{
    for (const Branch& branch : m_graph.branches(m_drawing.module())) {
        if (branch.output != box.cell.node)
            continue;
        const QRectF to(segment(area, branch));
        const QRectF from(box.frame);
        const double middle = (from.top() + to.bottom()) / 2;
        QPainterPath path(from.topLeft());
        path.cubicTo(from.left(), middle, to.left(), middle, to.left(), to.bottom());
        path.lineTo(to.right(), to.bottom());
        path.cubicTo(to.right(), middle, from.right(), middle, from.right(), from.top());
        path.closeSubpath();
        QColor colour = colourOf(box.cell);
        colour.setAlphaF(0.4F);
        m_painter.fillPath(path, colour);
        return true;
    }
    return false;
}

/// The concatenation: each branch as wide as its share of the channels.
void Painter::segments(const QRect& area)
{
    const std::vector<Branch> branches = m_graph.branches(m_drawing.module());
    QPainterPath outline;
    outline.addRoundedRect(area, 6, 6);
    m_painter.save();
    m_painter.setClipPath(outline);
    for (uint32_t i = 0; i < branches.size(); ++i) {
        const uint32_t channels = m_graph[branches[i].output].shape.c;
        const QRect part = segment(area, branches[i]);
        m_painter.fillRect(part, branchColour(i));
        if (i > 0)
            m_painter.fillRect(part.left(), part.top(), 2, part.height(), ink::background);
        const QString name = QString::fromStdString(branches[i].name);
        const QRect room = part.adjusted(6, 0, -6, 0);
        write(
            room, QStringLiteral("%1 · %2").arg(name).arg(channels), 15, ink::dark, Qt::AlignCenter,
            true);
    }
    m_painter.restore();
}

void Painter::box(const ModuleDrawing::Box& box, const OpPicture* picture)
{
    const Node& node = m_graph[box.cell.node];
    if (box.cell.bar) {
        write(
            box.frame, concatenationText(node.shape), 15, ink::dimText,
            Qt::AlignHCenter | Qt::AlignTop);
        segments(box.frame.adjusted(0, outputRow, 0, 0));
        return;
    }
    const QColor colour = colourOf(box.cell);
    QPainterPath outline;
    outline.addRoundedRect(box.frame, 8, 8);
    m_painter.fillPath(outline, ink::card);
    m_painter.save();
    m_painter.setClipPath(outline);
    m_painter.fillRect(QRect(box.frame.topLeft(), QSize(5, box.frame.height())), colour);
    m_painter.restore();

    QRect row(box.wall.area.left(), box.frame.top() + 12, box.wall.area.width(), 22);
    write(row, opTitle(node.op), 17, ink::text, Qt::AlignLeft | Qt::AlignVCenter, true);
    write(
        row, formatMilliseconds(m_facts.milliseconds[box.cell.node]), 15, ink::text,
        Qt::AlignRight | Qt::AlignVCenter);
    row.translate(0, 22);
    QStringList facts{formatShape(node.shape)};
    const Cost c = cost(m_graph, box.cell.node);
    if (c.macs > 0)
        facts << formatMacs(c.macs);
    for (const QString& more : {opDetail(node.op), m_departure.ops.value(box.cell.node)})
        if (!more.isEmpty())
            facts << more;
    write(row, facts.join(QStringLiteral("  ·  ")), 14, ink::dimText);
    row.translate(0, 18);
    write(row, QString::fromStdString(localName(m_graph, box.cell.node)), 13, colour);
    if (picture != nullptr)
        paintMaps(m_painter, box.wall.area, *picture);
}

void Painter::arrow(QPoint from, QPoint to, const QColor& colour, int width)
{
    m_painter.setPen(QPen(colour, width));
    m_painter.drawLine(from, to + QPoint(0, 6));
    QPainterPath head;
    head.moveTo(to);
    head.lineTo(to + QPoint(-6, 9));
    head.lineTo(to + QPoint(6, 9));
    head.closeSubpath();
    m_painter.fillPath(head, colour);
}

/// The residual block's input, past all its ops.
void Painter::lane()
{
    const QRect& lane = m_drawing.lane();
    if (lane.isEmpty())
        return;
    const int x = lane.center().x();
    arrow({x, lane.bottom() + 1}, {x, lane.top()}, ink::warningText, 4);
    QRect sign(lane.left(), 0, lane.width(), 60);
    sign.moveCenter(lane.center());
    bar(sign, ink::card);
    write(sign.adjusted(0, 6, 0, -26), QStringLiteral("x"), 22, ink::text, Qt::AlignCenter, true);
    write(
        sign.adjusted(0, 30, 0, -4), QStringLiteral("unchanged"), 14, ink::dimText,
        Qt::AlignCenter);
}

void Painter::arrows()
{
    for (const ModuleDrawing::Box& to : m_drawing.boxes()) {
        const QPoint end(to.frame.center().x(), to.frame.bottom() + 1);
        const QColor colour = colourOf(to.cell);
        if (to.cell.sources.empty())
            arrow({end.x(), m_drawing.inputBar().top()}, end, colour);
        bool last = true;
        for (const ModuleDrawing::Box& from : m_drawing.boxes()) {
            for (const NodeId source : from.cell.sources)
                last = last && source != to.cell.node;
            for (const NodeId source : to.cell.sources)
                if (source == from.cell.node && !(to.cell.bar && ribbon(from, to.frame))) {
                    const bool narrow = from.frame.width() < to.frame.width();
                    const int x = (narrow ? from : to).frame.center().x();
                    arrow({x, from.frame.top()}, {x, end.y()}, colourOf((narrow ? from : to).cell));
                }
        }
        if (last && !(m_drawing.joins() && ribbon(to, m_drawing.outputBar())))
            arrow({end.x(), to.frame.top()}, {end.x(), m_drawing.outputBar().bottom() + 1}, colour);
    }
}

} // namespace

void paintModule(
    QPainter& target, const ModuleDrawing& drawing, const ModulePictures& pictures,
    const ModuleFacts& facts)
{
    Painter painter(target, drawing, facts);
    painter.header();
    painter.inputBar();
    painter.outputBar();
    painter.arrows();
    painter.lane();
    for (const ModuleDrawing::Box& box : drawing.boxes())
        painter.box(box, pictures.find(box.cell.node));
}

QImage paintModule(
    const ModuleDrawing& drawing, const ModulePictures& pictures, const ModuleFacts& facts,
    int scale)
{
    QImage image(drawing.size() * scale, QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.fill(ink::background);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paintModule(painter, drawing, pictures, facts);
    return image;
}

} // namespace inceptoscope
