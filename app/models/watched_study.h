#pragma once

#include "engine/study_job.h"

#include <QObject>
#include <QTimer>

namespace inceptoscope {

class Engine;

/// A study on the engine's thread whose progress somebody looks at, again and again, while it is
/// under way; one at a time.
class WatchedStudy : public QObject
{
    Q_OBJECT

public:
    explicit WatchedStudy(QObject* parent = nullptr);

    /// Asks the engine, and tells what the engine answers; without one nothing is studied.
    void askOf(Engine* engine);

    [[nodiscard]] bool running() const { return m_running; }
    /// Why the last one failed, one sentence.
    [[nodiscard]] QString problem() const { return m_problem; }
    void forgetProblem() { m_problem.clear(); }

    void begin(const StudyJob& job);
    /// What still comes of it is of no interest. Nothing happens where none is under way.
    void stop();
    void apply(quint64 number, const QString& problem);

Q_SIGNALS:
    void wanted(quint64 number, const inceptoscope::StudyJob& job);
    void cancelWanted();
    void runningChanged();
    /// Several times a second while it runs, and when it ends.
    void look();

private:
    void setRunning(bool running);

    QTimer m_look;
    quint64 m_number = 0; ///< of the one under way
    bool m_running = false;
    QString m_problem;
};

} // namespace inceptoscope
