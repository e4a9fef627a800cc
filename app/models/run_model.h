#pragma once

#include "engine/run_snapshot.h"

#include <QObject>
#include <QVariantList>

namespace inceptoscope {

/// The run as the window tells it: device, weights, picture, time, top 5, progress.
class RunModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString device READ device NOTIFY deviceChanged)
    Q_PROPERTY(QString deviceError READ deviceError NOTIFY deviceChanged)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged)
    Q_PROPERTY(double progressValue READ progressValue NOTIFY progressChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY progressChanged)
    Q_PROPERTY(bool weightsKnown READ weightsKnown NOTIFY weightsChanged)
    Q_PROPERTY(bool trained READ trained NOTIFY weightsChanged)
    /// There are auxiliary heads to run; true before that is known.
    Q_PROPERTY(bool hasAuxiliary READ hasAuxiliary NOTIFY weightsChanged)
    Q_PROPERTY(QString weightsTitle READ weightsTitle NOTIFY weightsChanged)
    Q_PROPERTY(QString labelsTitle READ labelsTitle NOTIFY resultChanged)
    Q_PROPERTY(QImage picture READ picture NOTIFY pictureChanged)
    Q_PROPERTY(QImage seen READ seen NOTIFY pictureChanged)
    Q_PROPERTY(QRectF seenRect READ seenRect NOTIFY pictureChanged)
    Q_PROPERTY(QSize pictureSize READ pictureSize NOTIFY pictureChanged)
    Q_PROPERTY(QString pictureTitle READ pictureTitle NOTIFY pictureChanged)
    Q_PROPERTY(QVariantList top READ top NOTIFY resultChanged)
    Q_PROPERTY(bool complete READ complete NOTIFY resultChanged)
    Q_PROPERTY(QString timeText READ timeText NOTIFY resultChanged)
    Q_PROPERTY(QString timeDetail READ timeDetail NOTIFY resultChanged)
    Q_PROPERTY(bool live READ live NOTIFY resultChanged)
    Q_PROPERTY(QString memoryText READ memoryText NOTIFY memoryChanged)
    Q_PROPERTY(QString memoryDetail READ memoryDetail NOTIFY memoryChanged)

public:
    using QObject::QObject;

    [[nodiscard]] QString device() const { return m_device; }
    [[nodiscard]] QString deviceError() const { return m_deviceError; }
    [[nodiscard]] QString progressText() const { return m_progressText; }
    [[nodiscard]] double progressValue() const { return m_progressValue; } ///< negative: unknown
    [[nodiscard]] bool busy() const { return !m_progressText.isEmpty(); }
    [[nodiscard]] bool weightsKnown() const { return m_weightsKnown; }
    [[nodiscard]] bool trained() const { return m_weights.trained; }
    [[nodiscard]] bool hasAuxiliary() const { return !m_weightsKnown || m_weights.auxiliary; }
    [[nodiscard]] const WeightsState& weights() const { return m_weights; }
    [[nodiscard]] QString weightsTitle() const { return m_weights.title; }
    /// The file that names the classes; empty where nobody chose one.
    [[nodiscard]] QString labelsTitle() const { return m_labelsTitle; }
    [[nodiscard]] QImage picture() const { return m_picture; }
    [[nodiscard]] QImage seen() const { return m_seen; }
    [[nodiscard]] QRectF seenRect() const { return m_seenRect; }
    [[nodiscard]] QSize pictureSize() const { return m_picture.size(); }
    [[nodiscard]] QString pictureTitle() const { return m_pictureTitle; }
    /// {index, label, fullLabel, probability, text}, most probable first.
    [[nodiscard]] QVariantList top() const { return m_top; }
    [[nodiscard]] bool complete() const { return m_complete; }
    [[nodiscard]] QString timeText() const;   ///< "78.9 ms, median of 5"
    [[nodiscard]] QString timeDetail() const; ///< how it was measured, and the spread

    /// A frame of a live picture is shown: times are those of the last measurement.
    [[nodiscard]] bool live() const { return m_live; }
    [[nodiscard]] QString memoryText() const;   ///< "48 MiB"; empty while nothing is held
    [[nodiscard]] QString memoryDetail() const; ///< what for, and what is kept

    void setMemory(const MemoryState& memory);
    void setDevice(const QString& device);
    void setDeviceError(const QString& sentence);
    void setProgress(const QString& what, double fraction);
    void setWeights(const WeightsState& weights);
    /// Shown until the engine's first snapshot of it arrives.
    void setPicture(const QImage& picture, const QString& title);
    /// Before the first run of another network: the last one's classes and times aren't its.
    void clearResult();
    void apply(const RunSnapshot& snapshot);

Q_SIGNALS:
    void deviceChanged();
    void memoryChanged();
    void progressChanged();
    void weightsChanged();
    void pictureChanged();
    void resultChanged();

private:
    QString m_device;
    QString m_deviceError;
    QString m_progressText;
    double m_progressValue = -1;
    bool m_weightsKnown = false;
    WeightsState m_weights;
    QString m_labelsTitle;
    QImage m_picture;
    QImage m_seen;
    QRectF m_seenRect;
    QString m_pictureTitle;
    QVariantList m_top;
    bool m_complete = false;
    bool m_live = false;
    MemoryState m_memory;
    double m_milliseconds = -1;
    double m_fastest = -1;
    double m_slowest = -1;
    int m_measuredRuns = 0;
};

} // namespace inceptoscope
