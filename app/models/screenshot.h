#pragma once

#include "models/window.h"

#include <QObject>
#include <QTimer>

class QQuickWindow;

namespace inceptoscope {

/// Waits until everything of the state that was asked for is drawn, saves the picture and quits;
/// with exit code 1 where that fails or takes too long.
class Screenshot : public QObject
{
    Q_OBJECT

public:
    Screenshot(AppModel& model, QQuickWindow& window, ScreenshotOptions options, Address address);

private:
    void check();
    /// What the Versions view has to measure first; false while it does.
    [[nodiscard]] bool versionsReady();
    /// "Why this class?" of the first class, where that was asked for.
    [[nodiscard]] bool evidenceReady();
    /// The picture of what the channel looks for, where that was asked for.
    [[nodiscard]] bool growthReady();
    /// The dream of the module on stage, where that was asked for.
    [[nodiscard]] bool dreamReady();
    /// Whether all of what is shown beside the run is there.
    [[nodiscard]] bool othersReady();
    void grab();
    /// Keeps the page of the lesson, and goes to the next one or writes the handout.
    void turnPage();
    void write(const QByteArray& bytes);
    void fail(const QString& why);

    AppModel& m_model;
    QQuickWindow& m_window;
    ScreenshotOptions m_options;
    Address m_address;
    QTimer m_poll;
    QTimer m_patience; ///< for one picture
    int m_quiet = 0;
    bool m_complete = false;
    bool m_measured = false;
    bool m_grown = false;
    bool m_dreamt = false;
};

} // namespace inceptoscope
