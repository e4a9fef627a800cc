#pragma once

#include <QColor>
#include <QQuickPaintedItem>

namespace inceptoscope {

/// The mark of a kind, as charts draw it.
class MarkItem : public QQuickPaintedItem
{
    Q_OBJECT
    Q_PROPERTY(int shape READ shape WRITE setShape NOTIFY changed) ///< a MarkerShape
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY changed)

public:
    explicit MarkItem(QQuickItem* parent = nullptr);

    [[nodiscard]] int shape() const { return m_shape; }
    void setShape(int shape);
    [[nodiscard]] QColor color() const { return m_color; }
    void setColor(const QColor& color);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void changed();

private:
    int m_shape = 0;
    QColor m_color;
};

} // namespace inceptoscope
