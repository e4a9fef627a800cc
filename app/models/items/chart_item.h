#pragma once

#include "charts/chart.h"

#include <QQuickPaintedItem>

#include <memory>

namespace inceptoscope {

/// A chart as view-models hand it to the views.
using ChartPtr = std::shared_ptr<const Chart>;

/// Shows a chart, filling the item; finds what is under the pointer, and saves itself.
class ChartItem : public QQuickPaintedItem
{
    Q_OBJECT
    Q_PROPERTY(inceptoscope::ChartPtr chart READ chart WRITE setChart NOTIFY chartChanged)
    Q_PROPERTY(QList<int> selected READ selected WRITE setSelected NOTIFY selectedChanged)
    Q_PROPERTY(int hovered READ hovered NOTIFY hoveredChanged)
    Q_PROPERTY(QString hoveredTip READ hoveredTip NOTIFY hoveredChanged)
    Q_PROPERTY(QPointF hoveredAt READ hoveredAt NOTIFY hoveredChanged)
    Q_PROPERTY(int count READ count NOTIFY chartChanged)
    /// From this height on the chart leaves nothing out; depends on its width.
    Q_PROPERTY(double neededHeight READ neededHeight NOTIFY neededHeightChanged)
    Q_PROPERTY(bool dark READ dark WRITE setDark NOTIFY themeChanged)
    Q_PROPERTY(double unit READ unit WRITE setUnit NOTIFY themeChanged)
    Q_PROPERTY(QColor background READ background WRITE setBackground NOTIFY themeChanged)

public:
    explicit ChartItem(QQuickItem* parent = nullptr);

    [[nodiscard]] ChartPtr chart() const { return m_chart; }
    void setChart(const ChartPtr& chart);
    [[nodiscard]] QList<int> selected() const { return m_selected; }
    void setSelected(const QList<int>& selected);
    [[nodiscard]] int hovered() const { return m_view.hovered; } ///< -1: nothing
    [[nodiscard]] QString hoveredTip() const { return tip(hovered()); }
    [[nodiscard]] QPointF hoveredAt() const { return m_hoveredAt; } ///< the pointer, in the item
    [[nodiscard]] int count() const { return m_chart ? countOf(*m_chart) : 0; }
    [[nodiscard]] double neededHeight() const { return m_neededHeight; }
    [[nodiscard]] bool dark() const { return m_dark; }
    void setDark(bool dark);
    [[nodiscard]] double unit() const { return m_unit; }
    void setUnit(double unit);
    [[nodiscard]] QColor background() const { return m_background; }
    void setBackground(const QColor& color); ///< on screen; a saved file keeps the theme's

    [[nodiscard]] const Drawing& drawing() const { return m_drawing; }

    Q_INVOKABLE int hit(double x, double y) const { return m_drawing.hit({x, y}); }
    Q_INVOKABLE QString tip(int index) const;
    /// Where a datum is drawn, in the item's coordinates.
    Q_INVOKABLE QRectF areaOf(int index) const { return m_drawing.areaOf(index); }
    /// The datum `by` after the last selected one among those that are drawn; the first at first.
    Q_INVOKABLE int next(int by) const;
    /// A SaveContent of "svg", "pdf" or "png", of the size on screen; `scale` is that of a PNG.
    Q_INVOKABLE QVariant content(const QString& suffix, const QString& title, int scale) const;
    Q_INVOKABLE QImage picture() const; ///< for the clipboard

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void chartChanged();
    void selectedChanged();
    void hoveredChanged();
    void neededHeightChanged();
    void themeChanged();
    void picked(int index);
    void opened(int index); ///< double click

protected:
    void updatePolish() override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] Drawing figure() const; ///< as a file keeps it
    void setHovered(int index, QPointF at);
    void updateNeededHeight();

    ChartPtr m_chart;
    QList<int> m_selected;
    ChartView m_view;
    Drawing m_drawing;
    QPointF m_hoveredAt;
    QColor m_background;
    bool m_dark = true;
    double m_unit = 1;
    double m_neededHeight = 0;
};

} // namespace inceptoscope
