#include "models/items/image_item.h"

#include <QQuickWindow>
#include <QSGImageNode>

namespace inceptoscope {

ImageItem::ImageItem(QQuickItem* parent)
    : QQuickItem(parent)
{
    setFlag(ItemHasContents);
}

void ImageItem::setImage(const QImage& image)
{
    if (image.cacheKey() == m_image.cacheKey())
        return;
    m_image = image;
    m_dirty = true;
    update();
    Q_EMIT imageChanged();
}

void ImageItem::setBlurred(bool blurred)
{
    if (blurred == m_blurred)
        return;
    m_blurred = blurred;
    update();
    Q_EMIT lookChanged();
}

void ImageItem::setCropped(bool cropped)
{
    if (cropped == m_cropped)
        return;
    m_cropped = cropped;
    update();
    Q_EMIT lookChanged();
}

QSGNode* ImageItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*)
{
    auto* node = static_cast<QSGImageNode*>(old);
    if (m_image.isNull() || width() <= 0 || height() <= 0) {
        delete node;
        m_dirty = true;
        return nullptr;
    }
    if (!node) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        m_dirty = true;
    }
    if (m_dirty) {
        const bool shrinks = m_image.width() > width() * 2;
        node->setTexture(window()->createTextureFromImage(
            m_image,
            shrinks ? QQuickWindow::TextureHasMipmaps : QQuickWindow::CreateTextureOptions()));
        m_dirty = false;
    }
    QRectF source(QPointF(0, 0), QSizeF(m_image.size()));
    if (m_cropped) {
        const QSizeF kept = size().scaled(source.size(), Qt::KeepAspectRatio);
        source = {
            (source.width() - kept.width()) / 2, (source.height() - kept.height()) / 2,
            kept.width(), kept.height()};
    }
    node->setFiltering(m_blurred ? QSGTexture::Linear : QSGTexture::Nearest);
    node->setMipmapFiltering(node->texture()->hasMipmaps() ? QSGTexture::Linear : QSGTexture::None);
    node->setSourceRect(source);
    node->setRect(boundingRect());
    return node;
}

void ImageItem::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickItem::geometryChange(now, before);
    if (now.size() != before.size())
        update();
}

} // namespace inceptoscope
