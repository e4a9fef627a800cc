#pragma once

#include "models/watched_study.h"
#include "visualization/growth_study.h"

#include <QObject>

namespace inceptoscope {

/// What the channel on show looks for: a picture that grows from noise.
class GrowthModel : public QObject
{
    Q_OBJECT
    /// There is a channel that can be asked, and a device to ask on.
    Q_PROPERTY(bool possible READ possible NOTIFY targetChanged)
    /// It stands beside the map, in place of the picture that is open.
    Q_PROPERTY(bool shown READ shown WRITE setShown NOTIFY shownChanged)
    Q_PROPERTY(QImage picture READ picture NOTIFY grown)
    Q_PROPERTY(bool hasPicture READ hasPicture NOTIFY grown)
    Q_PROPERTY(bool growing READ growing NOTIFY growingChanged)
    Q_PROPERTY(double progress READ progress NOTIFY grown)
    Q_PROPERTY(QString text READ text NOTIFY grown)
    Q_PROPERTY(QString problem READ problem NOTIFY grown)
    /// How far a step goes, 0..1.
    Q_PROPERTY(double strength READ strength WRITE setStrength NOTIFY settingsChanged)
    /// Which of many pictures: 1..12.
    Q_PROPERTY(int seed READ seed WRITE setSeed NOTIFY settingsChanged)
    Q_PROPERTY(int seeds READ seeds CONSTANT)

public:
    explicit GrowthModel(QObject* parent = nullptr);

    [[nodiscard]] bool possible() const { return !m_target.node.empty(); }
    [[nodiscard]] bool shown() const { return m_shown; }
    void setShown(bool shown);
    [[nodiscard]] QImage picture() const { return m_grown.picture; }
    [[nodiscard]] bool hasPicture() const { return !m_grown.picture.isNull(); }
    [[nodiscard]] bool growing() const { return m_study.running(); }
    [[nodiscard]] double progress() const; ///< 0..1 of the steps asked for
    /// "Step 64 of 192: excites the channel by 12.3 (noise: 0.41)".
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString problem() const { return m_study.problem(); }
    [[nodiscard]] double strength() const { return m_strength; }
    void setStrength(double strength);
    [[nodiscard]] int seed() const { return m_seed; }
    void setSeed(int seed); ///< begins anew
    [[nodiscard]] static int seeds() { return 12; }

    /// From noise, or on from where it was.
    Q_INVOKABLE void start();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void startAnew();

    /// Another channel, another network, other weights; none: an empty node. What has grown goes.
    void setTarget(const GrowthRequest& target);
    [[nodiscard]] WatchedStudy& study() { return m_study; }

Q_SIGNALS:
    void targetChanged();
    void shownChanged();
    void grown();
    void growingChanged();
    void settingsChanged();

private:
    void look();
    void clear();

    GrowthRequest m_target;
    std::shared_ptr<GrowthTask> m_task;
    GrownPicture m_grown;
    WatchedStudy m_study;
    quint64 m_until = 0;
    double m_strength = 0.5;
    int m_seed = 1;
    bool m_shown = false;
};

} // namespace inceptoscope
