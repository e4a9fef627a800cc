#include "models/figure/figure_model.h"

#include "charts/export.h"
#include "models/figure/figure_parts.h"
#include "models/figure/module_figure.h"
#include "models/figure/op_figure.h"
#include "models/save/save_content.h"

namespace inceptoscope {

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
            const ModuleFigure figure(snapshot, module);
            return toBytes(
                {.size = figure.size(),
                 .background = ink::background,
                 .paint = [&](QPainter& painter) { figure.paint(painter); }},
                suffix, figure.title(), scale);
        }});
}

QImage FigureModel::picture() const
{
    return ready() ? ModuleFigure(m_snapshot, m_module).image() : QImage();
}

QSize FigureModel::opSize(OpItem* op) const
{
    return op != nullptr && m_snapshot ? opFigure(*op, *m_snapshot).size.toSize() : QSize();
}

QVariant FigureModel::opContent(OpItem* op, const QString& suffix, int scale) const
{
    if (op == nullptr || !m_snapshot || !op->hasPicture())
        return {};
    return QVariant::fromValue(
        SaveContent{[figure = opFigure(*op, *m_snapshot), title = op->name(), suffix, scale] {
            return toBytes(figure, suffix, title, scale);
        }});
}

void FigureModel::show(std::shared_ptr<const RunSnapshot> snapshot, ModuleId module)
{
    m_snapshot = std::move(snapshot);
    m_module = module;
    Q_EMIT changed();
}

} // namespace inceptoscope
