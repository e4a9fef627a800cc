#include "models/figure/figure_model.h"

#include "charts/export.h"
#include "models/figure/module_painter.h"
#include "models/save/save_content.h"
#include "models/stage/input_maps.h"

#include <QPainter>

#include <algorithm>
#include <cstring>

namespace inceptoscope {

namespace {

using SnapshotPtr = std::shared_ptr<const RunSnapshot>;

QPoint tileAt(const OpPicture& op, int columns, int channel)
{
    return {
        (channel % columns) * (op.tile.width() + op.gap),
        (channel / columns) * (op.tile.height() + op.gap)};
}

OpPicture inColumns(const OpPicture& op, int columns)
{
    const int channels = int(op.statistics.size());
    const int rows = (channels + columns - 1) / columns;
    OpPicture other = op;
    other.columns = columns;
    other.atlas = QImage(
        columns * (op.tile.width() + op.gap) - op.gap, rows * (op.tile.height() + op.gap) - op.gap,
        QImage::Format_RGBA8888);
    other.atlas.fill(Qt::transparent);
    const size_t bytes = size_t(op.tile.width()) * 4;
    for (int channel = 0; channel < channels; ++channel) {
        const QPoint from = tileAt(op, op.columns, channel);
        const QPoint to = tileAt(op, columns, channel);
        if (!op.atlas.rect().contains(QRect(from, op.tile)))
            continue;
        for (int y = 0; y < op.tile.height(); ++y)
            std::memcpy(
                other.atlas.scanLine(to.y() + y) + qsizetype(to.x()) * 4,
                op.atlas.constScanLine(from.y() + y) + qsizetype(from.x()) * 4, bytes);
    }
    return other;
}

/// All that is drawn of one module, in the thread that draws it.
struct Figure
{
    SnapshotPtr snapshot;
    ModuleDrawing drawing;
    ModulePictures pictures;
    ModuleFacts facts;

    Figure(SnapshotPtr of, ModuleId module)
        : snapshot(std::move(of))
        , drawing(snapshot->network->graph, module)
        , pictures(inceptoscope::inColumns(*withInputColours(*snapshot), drawing.columns()))
        , facts{
              .network = *snapshot->network,
              .picture = snapshot->pictureTitle,
              .weights = snapshot->weights,
              .milliseconds = snapshot->opMilliseconds}
    {
        facts.milliseconds.resize(snapshot->network->graph.size(), -1);
    }
    void paint(QPainter& painter) const
    {
        painter.fillRect(QRect(QPoint(0, 0), drawing.size()), drawingBackground());
        paintModule(painter, drawing, pictures, facts);
    }
};

QByteArray
figureBytes(const SnapshotPtr& snapshot, ModuleId module, const QString& suffix, int scale)
{
    const Figure figure(snapshot, module);
    const QString title = QString::fromStdString(snapshot->network->graph.modules()[module].title);
    const auto paint = [&](QPainter& painter) { figure.paint(painter); };
    if (suffix == QLatin1String("svg"))
        return toSvg(figure.drawing.size(), title, paint);
    if (suffix == QLatin1String("pdf"))
        return toPdf(figure.drawing.size(), title, paint);
    return toPng(paintModule(figure.drawing, figure.pictures, figure.facts, scale));
}

} // namespace

ModulePictures inColumns(const ModulePictures& pictures, const QHash<quint32, int>& columns)
{
    ModulePictures other{.module = pictures.module, .ops = {}};
    for (const OpPicture& op : pictures.ops) {
        const int wanted = columns.value(op.node, op.columns);
        const bool same = wanted == op.columns || op.atlas.isNull() || op.columns < 1 || wanted < 1;
        other.ops.push_back(same ? op : inColumns(op, wanted));
    }
    return other;
}

bool FigureModel::ready() const
{
    return m_snapshot && m_snapshot->shown && m_snapshot->shown->module == m_module;
}

QString FigureModel::title() const
{
    if (!m_snapshot)
        return {};
    const Network& network = *m_snapshot->network;
    return QString::fromStdString(network.id + " " + network.graph.modules()[m_module].title);
}

QSize FigureModel::size() const
{
    return m_snapshot ? ModuleDrawing(m_snapshot->network->graph, m_module).size() : QSize();
}

QVariant FigureModel::content(const QString& suffix, int scale) const
{
    if (!ready())
        return {};
    return QVariant::fromValue(
        SaveContent{[snapshot = m_snapshot, module = m_module, suffix, scale] {
            return figureBytes(snapshot, module, suffix, scale);
        }});
}

QImage FigureModel::picture() const
{
    if (!ready())
        return {};
    const Figure figure(m_snapshot, m_module);
    return paintModule(figure.drawing, figure.pictures, figure.facts);
}

void FigureModel::show(std::shared_ptr<const RunSnapshot> snapshot, ModuleId module)
{
    m_snapshot = std::move(snapshot);
    m_module = module;
    Q_EMIT changed();
}

} // namespace inceptoscope
