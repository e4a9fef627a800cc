#include "models/items/wall_picture.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

/// The source pixels under one target pixel: `first` counts in full but for its own weight,
/// and so on to the last.
struct Span
{
    int first = 0;
    std::vector<float> weights; ///< sum to one
};

std::vector<Span> spans(int source, int target)
{
    std::vector<Span> result(static_cast<size_t>(target));
    const double step = double(source) / target;
    for (int i = 0; i < target; ++i) {
        const double low = i * step;
        const double high = std::min(double(source), low + step);
        Span& span = result[size_t(i)];
        span.first = std::min(int(low), source - 1);
        for (int at = span.first; at < source && double(at) < high - 1e-9; ++at) {
            const double covered = std::min(high, at + 1.0) - std::max(low, double(at));
            span.weights.push_back(float(covered / step));
        }
        if (span.weights.empty())
            span.weights.push_back(1.0F);
    }
    return result;
}

struct Resampler
{
    std::vector<Span> columns;
    std::vector<Span> rows;
    std::vector<float> buffer; ///< horizontally resampled rows, RGB

    Resampler(QSize source, QSize target)
        : columns(spans(source.width(), target.width()))
        , rows(spans(source.height(), target.height()))
        , buffer(size_t(source.height()) * size_t(target.width()) * 3)
    {
    }

    void run(const QImage& from, QPoint source, QImage& to, QPoint target)
    {
        const size_t width = columns.size();
        const size_t sourceRows = buffer.size() / (width * 3);
        for (size_t y = 0; y < sourceRows; ++y) {
            const uchar* line = from.constScanLine(source.y() + int(y)) + size_t(source.x()) * 4;
            float* out = &buffer[y * width * 3];
            for (const Span& span : columns) {
                float sum[3] = {};
                const uchar* pixel = line + size_t(span.first) * 4;
                for (const float weight : span.weights) {
                    for (size_t c = 0; c < 3; ++c)
                        sum[c] += weight * float(pixel[c]);
                    pixel += 4;
                }
                out = std::copy(sum, sum + 3, out);
            }
        }
        for (size_t y = 0; y < rows.size(); ++y)
            writeRow(rows[y], to.scanLine(target.y() + int(y)) + size_t(target.x()) * 4);
    }

    void writeRow(const Span& span, uchar* out) const
    {
        const size_t width = columns.size();
        for (size_t x = 0; x < width; ++x) {
            float sum[3] = {0.5F, 0.5F, 0.5F};
            const float* at = &buffer[(size_t(span.first) * width + x) * 3];
            for (const float weight : span.weights) {
                for (size_t c = 0; c < 3; ++c)
                    sum[c] += weight * at[c];
                at += width * 3;
            }
            for (size_t c = 0; c < 3; ++c)
                *out++ = uchar(std::min(sum[c], 255.0F));
            *out++ = 255;
        }
    }
};

QRect atlasRect(const OpPicture& op, int channel)
{
    const int columns = std::max(1, op.columns);
    return {
        QPoint(
            (channel % columns) * (op.tile.width() + op.gap),
            (channel / columns) * (op.tile.height() + op.gap)),
        op.tile};
}

void paintEmpty(const WallRequest& request, QImage& image)
{
    QPainter painter(&image);
    for (int i = 0; i < request.layout.count; ++i)
        painter.fillRect(request.layout.tileRect(i), request.empty);
}

} // namespace

void resample(const QImage& from, const QRect& source, QImage& to, const QRect& target)
{
    Resampler(source.size(), target.size()).run(from, source.topLeft(), to, target.topLeft());
}

QImage paintWall(const WallRequest& request)
{
    QImage image(request.area, QImage::Format_RGBA8888_Premultiplied);
    image.fill(Qt::transparent);
    const WallLayout& layout = request.layout;
    const OpPicture* op = request.pictures ? request.pictures->find(request.node) : nullptr;
    if (!op || op->atlas.isNull() || op->tile.isEmpty() || layout.count == 0) {
        paintEmpty(request, image);
        return image;
    }
    Resampler resampler(op->tile, layout.tile);
    for (int i = 0; i < layout.count; ++i) {
        const QRect source = atlasRect(*op, request.firstChannel + i);
        if (op->atlas.rect().contains(source))
            resampler.run(op->atlas, source.topLeft(), image, layout.tileRect(i).topLeft());
    }
    return image;
}

} // namespace inceptoscope
