#include "models/watched_study.h"

#include "engine/engine.h"

#include <chrono>

namespace inceptoscope {

WatchedStudy::WatchedStudy(QObject* parent)
    : QObject(parent)
{
    m_look.setInterval(std::chrono::milliseconds(100));
    connect(&m_look, &QTimer::timeout, this, &WatchedStudy::look);
}

void WatchedStudy::askOf(Engine* engine)
{
    if (!engine)
        return;
    connect(this, &WatchedStudy::wanted, engine, [engine](quint64 number, const StudyJob& job) {
        engine->study(StudyKind::Evidence, number, job);
    });
    connect(this, &WatchedStudy::cancelWanted, engine, [engine] {
        engine->cancelStudy(StudyKind::Evidence);
    });
    connect(
        engine, &Engine::studyDone, this,
        [this](quint64 number, const StudyResult&, const QString& problem) {
            apply(number, problem);
        });
}

void WatchedStudy::begin(const StudyJob& job)
{
    m_problem.clear();
    m_number = nextStudyNumber();
    setRunning(true);
    Q_EMIT look();
    Q_EMIT wanted(m_number, job);
}

void WatchedStudy::stop()
{
    if (!m_running)
        return;
    m_number = 0;
    setRunning(false);
    Q_EMIT cancelWanted();
    Q_EMIT look();
}

void WatchedStudy::apply(quint64 number, const QString& problem)
{
    if (number != m_number || !m_running)
        return;
    m_problem = problem;
    setRunning(false);
    Q_EMIT look();
}

void WatchedStudy::setRunning(bool running)
{
    m_running = running;
    running ? m_look.start() : m_look.stop();
    Q_EMIT runningChanged();
}

} // namespace inceptoscope
