#include "models/costs/peak_rounds.h"

#include "engine/engine.h"

#include <QTimer>

namespace inceptoscope {

namespace {

constexpr int pauseMilliseconds = 1200;

} // namespace

void PeakRounds::start(Engine& engine)
{
    if (m_engine != nullptr)
        return;
    m_engine = &engine;
    connect(m_engine, &Engine::peaksReady, this, &PeakRounds::onPeaks);
    m_engine->measurePeaks();
}

void PeakRounds::onPeaks()
{
    if (settled())
        return;
    ++m_done;
    if (!settled())
        QTimer::singleShot(pauseMilliseconds, this, [this] { m_engine->measurePeaks(); });
}

} // namespace inceptoscope
