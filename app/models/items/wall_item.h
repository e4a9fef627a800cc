#pragma once

#include "models/items/wall_picture.h"
#include "models/stage/op_item.h"

#include <QFutureWatcher>
#include <QPointer>
#include <QQuickItem>

namespace inceptoscope {

/// An op's maps as a wall of small pictures that fills the item. The thread pool paints it in
/// the screen's own pixels; until a new one is ready, the last one is stretched.
class WallItem : public QQuickItem
{
    Q_OBJECT
    Q_PROPERTY(inceptoscope::OpItem* op READ op WRITE setOp NOTIFY opChanged)
    Q_PROPERTY(int firstChannel READ firstChannel WRITE setFirstChannel NOTIFY opChanged)
    /// 0: all from firstChannel on.
    Q_PROPERTY(int channelCount READ channelCount WRITE setChannelCount NOTIFY opChanged)
    Q_PROPERTY(double gap READ gap WRITE setGap NOTIFY opChanged)
    Q_PROPERTY(QColor emptyColor READ emptyColor WRITE setEmptyColor NOTIFY opChanged)
    Q_PROPERTY(int columns READ columns NOTIFY layoutChanged)
    Q_PROPERTY(int shown READ shown NOTIFY layoutChanged)

public:
    explicit WallItem(QQuickItem* parent = nullptr);
    ~WallItem() override;

    [[nodiscard]] OpItem* op() const { return m_op; }
    void setOp(OpItem* op);
    [[nodiscard]] int firstChannel() const { return m_first; }
    void setFirstChannel(int channel);
    [[nodiscard]] int channelCount() const { return m_count; }
    void setChannelCount(int count);
    [[nodiscard]] double gap() const { return m_gap; }
    void setGap(double gap);
    [[nodiscard]] QColor emptyColor() const { return m_empty; }
    void setEmptyColor(const QColor& color);
    [[nodiscard]] int columns() const { return m_layout.columns; }
    [[nodiscard]] int shown() const { return m_layout.count; }

    /// No wall is being painted, or waits to be shown.
    [[nodiscard]] static bool idle();

    /// Channel of the op's tensor at a position in the item; -1 for none.
    Q_INVOKABLE int channelAt(double x, double y) const;
    /// Where a channel is drawn, in the item's coordinates.
    Q_INVOKABLE QRectF tileRect(int channel) const;

Q_SIGNALS:
    void opChanged();
    void layoutChanged();

protected:
    QSGNode* updatePaintNode(QSGNode* node, UpdatePaintNodeData* data) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;
    void updatePolish() override;

private:
    void changed();
    void painted();
    [[nodiscard]] double ratio() const;

    QPointer<OpItem> m_op;
    int m_first = 0;
    int m_count = 0;
    double m_gap = 2;
    QColor m_empty;
    WallLayout m_layout;
    QFutureWatcher<QImage> m_watcher;
    bool m_again = false;
    bool m_painting = false;
    QImage m_image;
    bool m_dirty = false;
};

} // namespace inceptoscope
