// What ChannelModel hands to files and to the clipboard.
#include "charts/export.h"
#include "models/channel/channel_model.h"
#include "models/save/save_content.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <algorithm>

namespace inceptoscope {

QSize ChannelModel::figureSize() const
{
    constexpr int side = 448;
    const QSize map = mapSize();
    return map.isEmpty() ? map : map * std::max(1, side / std::max(map.width(), map.height()));
}

QImage ChannelModel::figure(int scale) const
{
    return m_map.isNull()
               ? QImage()
               : m_map.scaled(figureSize() * scale, Qt::IgnoreAspectRatio, Qt::FastTransformation);
}

QVariant ChannelModel::content(int scale) const
{
    if (m_map.isNull())
        return {};
    return QVariant::fromValue(SaveContent{[map = m_map, size = figureSize() * scale] {
        return toPng(map.scaled(size, Qt::IgnoreAspectRatio, Qt::FastTransformation));
    }});
}

QString ChannelModel::valuesText(QChar separator) const
{
    QString text;
    if (!m_data)
        return text;
    for (size_t i = 0; i < m_data->values.size(); ++i) {
        text += QString::number(double(m_data->values[i]), 'g', 9);
        text += (i + 1) % m_data->width == 0 ? QChar(u'\n') : separator;
    }
    return text;
}

void ChannelModel::copy() const
{
    auto* data = new QMimeData;
    if (m_data)
        data->setText(valuesText(u'\t'));
    if (!m_map.isNull())
        data->setImageData(figure(2));
    QGuiApplication::clipboard()->setMimeData(data); // which owns it from now on
}

} // namespace inceptoscope
