#include "models/figure/module_drawing.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr int margin = 36;
constexpr int titleHeight = 84;
constexpr int barHeight = 40;
constexpr int gapX = 24;
constexpr int gapY = 36; ///< room for the arrows
constexpr int boxPadding = 14;
constexpr int captionHeight = 78; ///< the lines of text above a box's maps
constexpr int wallHeight = 250;
constexpr int outputCaption = 28;
constexpr int laneWidth = 120;
constexpr int bar = 58; ///< a concatenation inside a module: its name and its segments
constexpr int largestTile = 220;
constexpr int largestValue = 18; ///< of a vector: one value is one square
constexpr int largestScale = 12;

int columnWidth(uint32_t columns)
{
    return columns == 1 ? 900 : columns == 2 ? 520 : 348;
}

/// The sum at the end of a residual block reaches over the lane beside the branches.
int cellWidth(const ModuleLayout& layout, const LayoutCell& cell)
{
    return int(cell.columns) * (columnWidth(layout.columns) + gapX) - gapX +
           (cell.shortcut ? gapX + laneWidth : 0);
}

/// The fewest columns, that is the largest maps, with which all fit into `area`.
int fittingColumns(const Shape& shape, const QSize& area)
{
    const double aspect = double(shape.h) / shape.w;
    for (int tile = shape.pixels() == 1 ? largestValue : largestTile; tile > 1; --tile) {
        const int columns = std::min(int(shape.c), area.width() / tile);
        if (columns < 1)
            continue;
        const int rows = (int(shape.c) + columns - 1) / columns;
        if (rows * std::ceil(tile * aspect) <= area.height())
            return columns;
    }
    return std::min(int(shape.c), area.width());
}

/// How high the maps get in a box of that width.
int fittingHeight(const Shape& shape, const QSize& area)
{
    const int columns = fittingColumns(shape, area);
    const int rows = (int(shape.c) + columns - 1) / columns;
    const QSize atlas(columns * (int(shape.w) + 1), rows * (int(shape.h) + 1));
    return ModuleDrawing::wallSize(atlas, area).height() + 1;
}

} // namespace

ModuleDrawing::ModuleDrawing(const Graph& graph, ModuleId module)
    : m_module(module)
{
    place(graph, layoutModule(graph, module));
}

QSize ModuleDrawing::wallSize(const QSize& atlas, const QSize& area)
{
    // Few values aren't blown up to blocks that say no more.
    return atlas.scaled(area, Qt::KeepAspectRatio).boundedTo(atlas * largestScale);
}

/// Top of each row of boxes and, last, of what is below them: a row is as high as its highest
/// maps. The first row is the last level.
std::vector<int> ModuleDrawing::rowTops(const Graph& graph, const ModuleLayout& layout, int top)
{
    std::vector<int> heights(layout.levels, 0);
    for (const LayoutCell& cell : layout.cells) {
        int& height = heights[layout.levels - 1 - cell.level];
        const QSize area(cellWidth(layout, cell) - 2 * boxPadding, wallHeight);
        if (cell.levels == 1)
            height = std::max(height, fittingHeight(graph[cell.node].shape, area));
    }
    std::vector<int> tops = {top};
    for (uint32_t row = 0; row < layout.levels; ++row) {
        const int wall = heights[row] > 0 ? heights[row] : wallHeight;
        const bool isBar = layout.barLevel == layout.levels - 1 - row;
        tops.push_back(tops.back() + (isBar ? bar : captionHeight + wall + boxPadding) + gapY);
    }
    return tops;
}

void ModuleDrawing::place(const Graph& graph, const ModuleLayout& layout)
{
    m_joins = layout.joins;
    const int column = columnWidth(layout.columns);
    const int width =
        int(layout.columns) * (column + gapX) - gapX + (layout.shortcut ? gapX + laneWidth : 0);
    m_header = QRect(margin, margin, width, titleHeight);
    m_caption = QRect(margin, m_header.bottom() + 1, width, m_joins ? outputCaption : 0);
    m_outputBar = QRect(margin, m_caption.bottom() + 1, width, barHeight);
    const std::vector<int> tops = rowTops(graph, layout, m_outputBar.bottom() + 1 + gapY);
    m_inputBar = QRect(margin, tops.back(), width, barHeight);
    m_size = QSize(width + 2 * margin, m_inputBar.bottom() + 1 + margin);

    for (const LayoutCell& cell : layout.cells) {
        Box box{.cell = cell, .frame = {}, .wall = {}};
        const int top = tops[layout.levels - cell.level - cell.levels];
        const int bottom = tops[layout.levels - cell.level] - gapY;
        box.frame = QRect(
            margin + int(cell.column) * (column + gapX), top, cellWidth(layout, cell),
            bottom - top);
        box.wall.area = box.frame.adjusted(boxPadding, captionHeight, -boxPadding, -boxPadding);
        box.wall.columns = fittingColumns(graph[cell.node].shape, box.wall.area.size());
        if (cell.shortcut)
            m_lane =
                QRect(margin + width - laneWidth, bottom, laneWidth, m_inputBar.top() - bottom);
        m_boxes.push_back(box);
    }
}

QHash<quint32, int> ModuleDrawing::columns() const
{
    QHash<quint32, int> columns;
    for (const Box& box : m_boxes)
        if (!box.cell.bar)
            columns[box.cell.node] = box.wall.columns;
    return columns;
}

} // namespace inceptoscope
