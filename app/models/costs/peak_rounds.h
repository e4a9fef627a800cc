#pragma once

#include <QObject>

namespace inceptoscope {

class Engine;

/// Has the device's peaks measured several times over, with pauses: what the window draws on the
/// same processor, or another program's moment, would otherwise lower the roof under which all
/// ops are drawn. The engine answers each time with the best so far.
class PeakRounds : public QObject
{
    Q_OBJECT

public:
    static constexpr int rounds = 3;

    /// Does nothing the second time. `engine` outlives this.
    void start(Engine& engine);
    /// All rounds are done.
    [[nodiscard]] bool settled() const { return m_done == rounds; }

private:
    void onPeaks();

    Engine* m_engine = nullptr;
    int m_done = 0;
};

} // namespace inceptoscope
