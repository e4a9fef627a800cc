#pragma once

#include "engine/study_job.h"

#include <QImage>

namespace inceptoscope {

/// What is asked of every frame of a live picture, after the network on show has run on it. Once it
/// was handed to the engine, these are called on the engine's thread.
class FrameStudy
{
public:
    FrameStudy() = default;
    virtual ~FrameStudy() = default;
    FrameStudy(const FrameStudy&) = delete;
    FrameStudy& operator=(const FrameStudy&) = delete;

    /// The site outlives what is made on it, until release(). Throws Error(Cancelled) where it
    /// doesn't go on: the frame is shown without. After any other error it isn't asked again.
    [[nodiscard]] virtual StudyResult study(const MeasuringSite& site, const QImage& frame) = 0;
    /// Gives up what it holds on the device.
    virtual void release() = 0;
};

} // namespace inceptoscope
