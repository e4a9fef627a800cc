#pragma once

#include "engine/run_snapshot.h"
#include "models/stage/module_layout.h"

#include <QHash>
#include <QRect>

namespace inceptoscope {

/// Where everything of one module's picture lies, in pixels: known before anything runs, so
/// that the feature maps can be asked for in as many columns as fill their boxes.
class ModuleDrawing
{
public:
    struct Wall
    {
        QRect area; ///< what the maps may fill
        int columns = 1;
    };
    struct Box
    {
        LayoutCell cell;
        QRect frame;
        Wall wall;
    };

    ModuleDrawing(const Graph& graph, ModuleId module);

    [[nodiscard]] QSize size() const { return m_size; }
    [[nodiscard]] ModuleId module() const { return m_module; }
    [[nodiscard]] bool joins() const { return m_joins; }
    [[nodiscard]] const std::vector<Box>& boxes() const { return m_boxes; }
    [[nodiscard]] QRect header() const { return m_header; }
    /// The bars of the module's input below its ops and of its output above them: data flows
    /// upward, as the papers draw it.
    [[nodiscard]] QRect inputBar() const { return m_inputBar; }
    [[nodiscard]] QRect outputBar() const { return m_outputBar; }
    /// Room for the concatenation's name above its bar.
    [[nodiscard]] QRect caption() const { return m_caption; }
    /// Where the module's input passes the ops on its way to the sum; empty where it doesn't.
    [[nodiscard]] QRect lane() const { return m_lane; }
    /// By NodeId, for renderModule().
    [[nodiscard]] QHash<quint32, int> columns() const;

    /// How large an atlas of maps is drawn in a box.
    [[nodiscard]] static QSize wallSize(const QSize& atlas, const QSize& area);

private:
    [[nodiscard]] static std::vector<int>
    rowTops(const Graph& graph, const ModuleLayout& layout, int top);
    void place(const Graph& graph, const ModuleLayout& layout);

    ModuleId m_module;
    bool m_joins = false;
    QSize m_size;
    QRect m_header;
    QRect m_inputBar;
    QRect m_outputBar;
    QRect m_caption;
    QRect m_lane;
    std::vector<Box> m_boxes;
};

} // namespace inceptoscope
