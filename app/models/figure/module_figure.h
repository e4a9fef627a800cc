#pragma once

#include "models/figure/module_painter.h"

#include <QHash>

namespace inceptoscope {

/// All that is drawn of one module, and what paints it; a value that any thread may hold.
class ModuleFigure
{
public:
    /// With the maps and times that the snapshot has.
    ModuleFigure(const std::shared_ptr<const RunSnapshot>& snapshot, ModuleId module);
    /// Without any.
    ModuleFigure(std::shared_ptr<const Network> network, ModuleId module);

    [[nodiscard]] QString title() const;
    [[nodiscard]] QSize size() const { return m_drawing.size(); }
    void setPictureTitle(const QString& title) { m_pictureTitle = title; }
    /// Its background is left to whoever calls.
    void paint(QPainter& painter) const;
    [[nodiscard]] QImage image(int scale = drawingScale) const;

private:
    [[nodiscard]] ModuleFacts facts() const;

    std::shared_ptr<const Network> m_network;
    ModuleDrawing m_drawing;
    ModulePictures m_pictures;
    QString m_pictureTitle;
    WeightsState m_weights;
    std::vector<double> m_milliseconds;
};

/// Maps in other columns than they were asked for, by NodeId; tiles keep their pixels.
[[nodiscard]] ModulePictures
inColumns(const ModulePictures& pictures, const QHash<quint32, int>& columns);

} // namespace inceptoscope
