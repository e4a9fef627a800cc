#pragma once

#include "engine/study_job.h"
#include "session/session.h"

#include <QImage>

#include <functional>
#include <memory>

namespace inceptoscope {

/// What measuring needs of whoever owns the device.
struct MeasuringSite
{
    Device& device;
    /// Called often: false stops (throws Error(Cancelled)). `fraction` of this network, 0..1.
    std::function<bool(double fraction)> goOn;
    /// Frees device memory that can be had; called once where a network finds too little.
    std::function<void()> makeRoom = [] {};
    /// Takes what is known so far, for those who watch; what is measured ends otherwise.
    std::function<void(StudyResult part)> partly = [](const StudyResult&) {};
    /// Common to the sessions that are made here, which are many and alike; null: each has its own.
    Pipelines* pipelines = nullptr;
};

/// A session of the graph on the site's device; makes room for it once where memory is short.
[[nodiscard]] std::unique_ptr<Session> makeSession(
    const MeasuringSite& site, const Graph& graph, const TensorSource& weights,
    const SessionOptions& options, double share);

/// Gives the session the picture, or a pattern where there is none.
void feed(Session& session, const Network& network, const QImage& picture);

} // namespace inceptoscope
