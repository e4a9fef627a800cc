#pragma once

#include "models/app_model.h"
#include "support/fake_engine_data.h"

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>

#include <memory>

namespace inceptoscope {

/// Everything Qt or QML has complained about since the last call.
QStringList takeWarnings();

/// The program's window over an AppModel without an engine, fed with made-up runs.
class WindowFixture
{
public:
    WindowFixture();

    AppModel& app() { return *m_app; }
    QQuickWindow& window() { return *m_window; }
    [[nodiscard]] ModuleId id(std::string_view name) const;
    /// Shows a module with all its pictures.
    void show(std::string_view module, bool complete = true);
    void resize(int width, int height);
    /// Every visible item, front to back.
    [[nodiscard]] QList<QQuickItem*> items() const;
    /// The visible ones of them inside of another.
    [[nodiscard]] static QList<QQuickItem*> itemsIn(QQuickItem& item);
    /// Visible items whose QML file is `type` ("MapWall").
    [[nodiscard]] QList<QQuickItem*> itemsOf(const QString& type) const;

    /// Visible items that somebody can press or reach with Tab.
    [[nodiscard]] QList<QQuickItem*> controls() const;
    /// The type of one of them that has no name for a screen reader; empty where all have.
    [[nodiscard]] QString nameless() const;
    /// Boxes of the stage that lie over each other or outside of it; empty where all is well.
    [[nodiscard]] QString overlaps() const;
    /// A visible text that is cut off or leaves the window.
    [[nodiscard]] QString unreadable() const;

private:
    [[nodiscard]] FakeRun run() const;

    QTemporaryDir m_folder;
    QImage m_picture;
    std::unique_ptr<AppModel> m_app;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow* m_window = nullptr;
};

} // namespace inceptoscope
