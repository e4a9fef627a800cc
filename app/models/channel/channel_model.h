#pragma once

#include "models/colormaps.h"
#include "models/stage/op_item.h"

#include <QRectF>
#include <QVariant>

namespace inceptoscope {

/// What the colours of a map span.
struct ChannelRange
{
    double low = 0;
    double high = 0;
    bool known = false; ///< there is a finite value
};

/// One feature map seen up close: its picture, values, statistics, and which part of the
/// input each of its pixels sees.
class ChannelModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY channelChanged)
    Q_PROPERTY(int node READ node NOTIFY channelChanged)
    Q_PROPERTY(int channel READ channel NOTIFY channelChanged)
    Q_PROPERTY(int channelCount READ channelCount NOTIFY channelChanged)
    Q_PROPERTY(int branch READ branch NOTIFY channelChanged)
    Q_PROPERTY(QString title READ title NOTIFY channelChanged)
    Q_PROPERTY(QString opName READ opName NOTIFY channelChanged)
    Q_PROPERTY(QSize mapSize READ mapSize NOTIFY channelChanged)
    Q_PROPERTY(QString fieldText READ fieldText NOTIFY hoverChanged)
    Q_PROPERTY(QImage map READ map NOTIFY mapChanged)
    /// The map to lay over the picture: clear where it is zero, the stronger the more it covers.
    Q_PROPERTY(QImage overlay READ overlay NOTIFY mapChanged)
    Q_PROPERTY(bool hasValues READ hasValues NOTIFY mapChanged)
    Q_PROPERTY(QString minimumText READ minimumText NOTIFY mapChanged)
    Q_PROPERTY(QString maximumText READ maximumText NOTIFY mapChanged)
    Q_PROPERTY(QString meanText READ meanText NOTIFY mapChanged)
    Q_PROPERTY(QString zerosText READ zerosText NOTIFY mapChanged)
    Q_PROPERTY(QString notFiniteText READ notFiniteText NOTIFY mapChanged)
    Q_PROPERTY(QString nanColor READ nanColor CONSTANT)
    Q_PROPERTY(QString lowText READ lowText NOTIFY mapChanged)
    Q_PROPERTY(QString highText READ highText NOTIFY mapChanged)
    Q_PROPERTY(QString channelName READ channelName NOTIFY channelChanged)
    Q_PROPERTY(QSize figureSize READ figureSize NOTIFY channelChanged)
    Q_PROPERTY(QImage gradient READ gradient NOTIFY mapChanged)
    Q_PROPERTY(QList<double> histogram READ histogram NOTIFY mapChanged)
    Q_PROPERTY(bool hovering READ hovering NOTIFY hoverChanged)
    Q_PROPERTY(QPoint pixel READ pixel NOTIFY hoverChanged)
    Q_PROPERTY(QString valueText READ valueText NOTIFY hoverChanged)
    Q_PROPERTY(QRectF field READ field NOTIFY hoverChanged)

public:
    using QObject::QObject;

    [[nodiscard]] bool isOpen() const { return m_op != nullptr; }
    [[nodiscard]] int node() const { return m_op ? m_op->node() : -1; }
    [[nodiscard]] int channel() const { return m_channel; }
    [[nodiscard]] int channelCount() const { return m_op ? m_op->channels() : 0; }
    [[nodiscard]] int branch() const { return m_op ? m_op->branch() : 0; }
    [[nodiscard]] QString title() const { return m_op ? m_op->title() : QString(); }
    [[nodiscard]] QString opName() const { return m_op ? m_op->name() : QString(); }
    [[nodiscard]] QString channelName() const
    {
        return m_op ? m_op->channelName(m_channel) : QString();
    }
    [[nodiscard]] QImage gradient() const; ///< the map's colours from low to high, one row
    [[nodiscard]] QSize mapSize() const;
    [[nodiscard]] QString fieldText() const; ///< what the value under the cursor depends on
    [[nodiscard]] QImage map() const { return m_map; }
    [[nodiscard]] QImage overlay() const { return m_overlay; }
    [[nodiscard]] bool hasValues() const { return m_data != nullptr; }
    [[nodiscard]] QString minimumText() const;
    [[nodiscard]] QString maximumText() const;
    [[nodiscard]] QString meanText() const;
    [[nodiscard]] QString zerosText() const;
    /// "12 NaN, 3 infinite", which minimum, mean and maximum leave out; mostly empty.
    [[nodiscard]] QString notFiniteText() const;
    [[nodiscard]] static QString nanColor(); ///< what NaN is drawn in: "#ff00ff"
    [[nodiscard]] QString lowText() const;   ///< the value at the colours' low end
    [[nodiscard]] QString highText() const;  ///< and at the high end
    /// Heights 0..1 of equally wide bins from low to high, exact zeros left out.
    [[nodiscard]] QList<double> histogram() const { return m_histogram; }
    [[nodiscard]] bool hovering() const { return m_pixel.x() >= 0; }
    [[nodiscard]] QPoint pixel() const { return m_pixel; }
    [[nodiscard]] QString valueText() const;
    /// The receptive field of the pixel under the cursor, in pixels of the network's input and
    /// cut off at its edge.
    [[nodiscard]] QRectF field() const;

    /// Of the map as a picture, each value a square of several pixels.
    [[nodiscard]] QSize figureSize() const;
    /// A SaveContent: PNG, `scale` times that size.
    Q_INVOKABLE QVariant content(int scale) const;
    /// The values as they lie in the map; empty before they are there.
    Q_INVOKABLE QString csv() const { return valuesText(u','); }
    /// The map and its values, for a slide and for a spreadsheet.
    Q_INVOKABLE void copy() const;

    Q_INVOKABLE void step(int by);
    Q_INVOKABLE void close();
    Q_INVOKABLE void hover(int x, int y);
    Q_INVOKABLE void leave();

    void open(std::shared_ptr<const Network> network, OpItem* op, int channel);
    void apply(std::shared_ptr<const ChannelData> data);
    void setStyle(const FeatureMapStyle& style);
    /// Asks for the values again: there was a new run.
    void refresh();

Q_SIGNALS:
    void channelChanged();
    void mapChanged();
    void hoverChanged();
    void requested(int node, int channel);

private:
    [[nodiscard]] const ChannelStatistics* statistics() const;
    [[nodiscard]] ChannelRange range() const;
    /// The network's input has colours of its own.
    [[nodiscard]] bool isInput() const;
    [[nodiscard]] ColourTable colours() const;
    [[nodiscard]] QString valuesText(QChar separator) const;
    [[nodiscard]] QImage figure(int scale) const;
    void show(int channel);
    void paint();
    void paintFromAtlas();
    void count();

    std::shared_ptr<const Network> m_network;
    OpItem* m_op = nullptr;
    int m_channel = 0;
    std::shared_ptr<const ChannelData> m_data;
    FeatureMapStyle m_style;
    QImage m_map;
    QImage m_overlay; ///< null before the values are there
    QList<double> m_histogram;
    QPoint m_pixel{-1, -1};
};

} // namespace inceptoscope
