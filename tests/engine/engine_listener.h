#pragma once

#include "engine/engine.h"

#include <QtTest>

#include <algorithm>
#include <functional>

namespace inceptoscope {

using Snapshot = std::shared_ptr<const RunSnapshot>;
inline constexpr int patience = 60'000; // a cold shader cache compiles for a while

/// An engine and all it said.
struct Listener
{
    explicit Listener(const QString& device = {})
        : engine(device)
    {
        QObject::connect(&engine, &Engine::snapshotReady, &engine, [this](const Snapshot& s) {
            snapshots.push_back(s);
        });
        QObject::connect(
            &engine, &Engine::failed, &engine, [this](const QString& s) { failures << s; });
        QObject::connect(&engine, &Engine::deviceFailed, &engine, [this](const QString& s) {
            deviceFailures << s;
        });
        QObject::connect(
            &engine, &Engine::deviceReady, &engine, [this](const QString& s) { devices << s; });
        QObject::connect(&engine, &Engine::weightsLoaded, &engine, [this](const WeightsState& w) {
            loaded.push_back(w);
        });
        QObject::connect(
            &engine, &Engine::memoryChanged, &engine, [this](const MemoryState& m) { memory = m; });
        QObject::connect(
            &engine, &Engine::channelReady, &engine,
            [this](const std::shared_ptr<const ChannelData>& c) { channels.push_back(c); });
    }

    [[nodiscard]] bool waitFor(const std::function<bool()>& done)
    {
        return QTest::qWaitFor(done, patience);
    }
    [[nodiscard]] bool complete() const { return !snapshots.empty() && snapshots.back()->complete; }
    [[nodiscard]] bool waitForRun(quint64 after = 0)
    {
        return waitFor([&] { return complete() && snapshots.back()->run > after; });
    }

    Engine engine;
    std::vector<Snapshot> snapshots;
    std::vector<std::shared_ptr<const ChannelData>> channels;
    std::vector<WeightsState> loaded;
    MemoryState memory;
    QStringList failures;
    QStringList deviceFailures;
    QStringList devices;
};

inline QImage picture(int seed = 0)
{
    QImage image(300, 260, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb((x + seed) & 255, (y * 2) & 255, (x * y / 64) & 255));
    return image;
}

inline int known(const std::vector<double>& milliseconds)
{
    return int(
        std::count_if(milliseconds.begin(), milliseconds.end(), [](double ms) { return ms >= 0; }));
}

inline ModuleId moduleNamed(const RunSnapshot& snapshot, const char* name)
{
    return snapshot.network->graph.findModule(name).value();
}

} // namespace inceptoscope
