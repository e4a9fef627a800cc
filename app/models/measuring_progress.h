#pragma once

#include "engine/measuring_state.h"

#include <QString>

#include <functional>

namespace inceptoscope {

/// "Waiting for the network on show"; empty where `kind` doesn't wait for the device.
[[nodiscard]] QString waitingText(const MeasuringState& state, StudyKind kind);

/// How it goes with something that was asked to be measured: what it waits for, how far it is, and
/// about how long it still takes. Time that it waits isn't counted.
class MeasuringProgress
{
public:
    using Clock = std::function<qint64()>; ///< milliseconds

    explicit MeasuringProgress(Clock clock = steadyClock());

    [[nodiscard]] static Clock steadyClock();

    void begin(); ///< asked for: it waits until somebody says otherwise
    void end();
    void wait(const QString& forWhat); ///< empty: it is measured
    /// Of all of it, 0..1; never goes back, but where it begins anew.
    void advance(double fraction);

    [[nodiscard]] bool running() const { return m_running; }
    [[nodiscard]] bool waits() const { return !m_waiting.isEmpty(); }
    [[nodiscard]] double fraction() const { return m_fraction; }
    [[nodiscard]] QString waiting() const { return m_waiting; }
    /// "about 20 s left"; empty while it is too early to say.
    [[nodiscard]] QString left() const;
    /// What it waits for, otherwise `doing` with what is left: "Measuring, about 20 s left".
    [[nodiscard]] QString text(const QString& doing) const;

private:
    [[nodiscard]] qint64 spent() const;

    Clock m_clock;
    bool m_running = false;
    QString m_waiting;
    double m_fraction = 0;
    qint64 m_before = 0; ///< milliseconds of measuring before the last wait
    qint64 m_since = 0;  ///< when measuring went on
};

} // namespace inceptoscope
