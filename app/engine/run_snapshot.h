#pragma once

#include "engine/study_job.h"
#include "session/feature_maps.h"
#include "zoo/network.h"

#include <QImage>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace inceptoscope {

/// Feature maps of one op as a picture: all channels, row by row, in `columns` columns, `gap`
/// transparent pixels between neighbours.
struct OpPicture
{
    NodeId node = 0;
    QImage atlas; ///< Format_RGBA8888
    int columns = 0;
    int gap = 0;
    QSize tile;                                ///< pixels of one map: the op's width and height
    std::vector<ChannelStatistics> statistics; ///< one a channel
};

struct ModulePictures
{
    ModuleId module = 0;
    std::vector<OpPicture> ops; ///< by ascending node; free concatenations included

    [[nodiscard]] const OpPicture* find(NodeId node) const;
};

struct ClassScore
{
    int index = 0;
    QString label; ///< empty when the weights come with other classes than the labels
    float probability = 0;
};

/// Names of a network's classes, in the order of its outputs.
struct ClassLabels
{
    QStringList names; ///< none where nobody knows them
    QString source;    ///< "ILSVRC 2012", "the file's metadata", a file's path
};

/// Where the weights come from, for the status bar and the warning on screen.
struct WeightsState
{
    QString spec;  ///< what --weights would take
    QString title; ///< file name, or "random weights"
    bool trained = false;
    QString note = {};      ///< what of them can't be used, one sentence; mostly empty
    bool auxiliary = false; ///< the auxiliary heads' are among them
};

/// What the networks hold on the device, in bytes.
struct MemoryState
{
    quint64 weights = 0;     ///< of the network that is shown
    quint64 activations = 0; ///< all of them
    quint64 other = 0;       ///< pictures, sums, transfers
    int keptNetworks = 0;    ///< used before, and ready
    quint64 kept = 0;        ///< everything of those
    quint64 budget = 0;      ///< what `kept` may grow to
    bool operator==(const MemoryState&) const = default;
};

/// Of a frame of a live picture.
struct LiveState
{
    quint64 frame = 0;                              ///< counts up
    std::chrono::steady_clock::time_point captured; ///< when it came from its source
};

/// Everything about one run that the window shows, immutable. A run publishes several, each
/// with more of it filled in; the last has complete == true.
struct RunSnapshot
{
    quint64 run = 0; ///< counts up; a snapshot of an older run is stale
    std::shared_ptr<const Network> network;
    WeightsState weights;
    std::shared_ptr<const ClassLabels> labels; ///< null where nobody knows them
    QString device;
    QString pictureTitle; ///< file name, or where it came from
    QImage picture;       ///< as loaded, upright
    QImage seen;          ///< what the network sees: resized and cropped to its input size
    QRectF seenRect;      ///< the crop in `picture`, in its pixels

    /// Device times, one op after the other: medians over `measuredRuns` runs of this session
    /// after its warm-up. What a run costs doesn't depend on its picture.
    std::vector<double> opMilliseconds;     ///< by NodeId; negative while unknown
    std::vector<double> moduleMilliseconds; ///< by ModuleId; negative while unknown
    double totalMilliseconds = -1;          ///< sum over ops on the device; negative while unknown
    double fastestMilliseconds = -1;        ///< least and most of the measured runs' totals
    double slowestMilliseconds = -1;
    int measuredRuns = 0;
    /// Of each of these runs, by NodeId; negative ones are unknown.
    std::vector<std::vector<double>> runMilliseconds;

    std::vector<QImage> thumbnails; ///< by ModuleId: the module's strongest map; null while unknown
    std::shared_ptr<const ModulePictures> shown; ///< of the module on stage; null while unknown
    std::vector<ClassScore> top;                 ///< most probable first; empty until complete
    bool complete = false;
    /// A frame of a live picture: nothing was measured, times are those of the last measurement.
    std::optional<LiveState> live;
    StudyResult frameStudy;    ///< what Engine::studyFrames() asks of it; null: nothing
    QString frameStudyProblem; ///< why it isn't asked any more, one sentence
};

/// One feature map in full precision.
struct ChannelData
{
    quint64 run = 0;
    NodeId node = 0;
    uint32_t channel = 0;
    uint32_t width = 0;
    uint32_t height = 0;
    std::vector<float> values; ///< row by row
};

} // namespace inceptoscope
