#pragma once

#include "engine/run_snapshot.h"

#include <memory>

namespace inceptoscope {

/// What a run of `network` would show, made up: textured maps, times in proportion to the
/// MACs, five classes. The same for the same arguments.
struct FakeRun
{
    std::shared_ptr<const Network> network;
    QImage picture;
    FeatureMapStyle style;
    bool trained = false;
    quint64 run = 1;
};

/// `shown`: the module whose maps the snapshot holds.
[[nodiscard]] std::shared_ptr<const RunSnapshot> fakeSnapshot(const FakeRun& run, ModuleId shown);

/// As fakeSnapshot, but only the first `done` modules have run.
[[nodiscard]] std::shared_ptr<const RunSnapshot>
fakePartialSnapshot(const FakeRun& run, ModuleId shown, ModuleId done);

[[nodiscard]] std::shared_ptr<const ChannelData>
fakeChannel(const FakeRun& run, NodeId node, uint32_t channel);

} // namespace inceptoscope
