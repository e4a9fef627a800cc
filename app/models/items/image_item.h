#pragma once

#include <QImage>
#include <QQuickItem>

namespace inceptoscope {

/// Shows a QImage, filling the item; no copy through an image provider.
class ImageItem : public QQuickItem
{
    Q_OBJECT
    Q_PROPERTY(QImage image READ image WRITE setImage NOTIFY imageChanged)
    /// false keeps each pixel of a small map a sharp square.
    Q_PROPERTY(bool blurred READ blurred WRITE setBlurred NOTIFY lookChanged)
    /// true fills the item and cuts what sticks out.
    Q_PROPERTY(bool cropped READ cropped WRITE setCropped NOTIFY lookChanged)
    Q_PROPERTY(QSize imageSize READ imageSize NOTIFY imageChanged)

public:
    explicit ImageItem(QQuickItem* parent = nullptr);

    [[nodiscard]] QImage image() const { return m_image; }
    void setImage(const QImage& image);
    [[nodiscard]] bool blurred() const { return m_blurred; }
    void setBlurred(bool blurred);
    [[nodiscard]] bool cropped() const { return m_cropped; }
    void setCropped(bool cropped);
    [[nodiscard]] QSize imageSize() const { return m_image.size(); }

Q_SIGNALS:
    void imageChanged();
    void lookChanged();

protected:
    QSGNode* updatePaintNode(QSGNode* node, UpdatePaintNodeData* data) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    QImage m_image;
    bool m_blurred = true;
    bool m_cropped = false;
    bool m_dirty = false;
};

} // namespace inceptoscope
