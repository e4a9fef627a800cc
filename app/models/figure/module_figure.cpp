#include "models/figure/module_figure.h"

#include "models/figure/figure_parts.h"
#include "models/stage/input_maps.h"

#include <utility>

namespace inceptoscope {

ModuleFigure::ModuleFigure(const std::shared_ptr<const RunSnapshot>& snapshot, ModuleId module)
    : ModuleFigure(snapshot->network, module)
{
    if (snapshot->shown && snapshot->shown->module == module)
        m_pictures = inColumns(*withInputColours(*snapshot), m_drawing.columns());
    m_pictureTitle = snapshot->pictureTitle;
    m_weights = snapshot->weights;
    m_milliseconds = snapshot->opMilliseconds;
    m_milliseconds.resize(m_network->graph.size(), -1);
}

ModuleFigure::ModuleFigure(std::shared_ptr<const Network> network, ModuleId module)
    : m_network(std::move(network))
    , m_drawing(m_network->graph, module)
    , m_pictures{.module = module, .ops = {}}
    , m_milliseconds(m_network->graph.size(), -1)
{
}

QString ModuleFigure::title() const
{
    return QString::fromStdString(m_network->graph.modules()[m_drawing.module()].title);
}

ModuleFacts ModuleFigure::facts() const
{
    return {
        .network = *m_network,
        .picture = m_pictureTitle,
        .weights = m_weights,
        .milliseconds = m_milliseconds};
}

void ModuleFigure::paint(QPainter& painter) const
{
    paintModule(painter, m_drawing, m_pictures, facts());
}

QImage ModuleFigure::image(int scale) const
{
    return paintModule(m_drawing, m_pictures, facts(), scale);
}

ModulePictures inColumns(const ModulePictures& pictures, const QHash<quint32, int>& columns)
{
    ModulePictures other{.module = pictures.module, .ops = {}};
    for (const OpPicture& op : pictures.ops)
        other.ops.push_back(inColumns(op, columns.value(op.node, op.columns)));
    return other;
}

} // namespace inceptoscope
