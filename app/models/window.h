#pragma once

#include <QSize>
#include <QString>

class QGuiApplication;
class QQmlEngine;

namespace inceptoscope {

class AppModel;
class Engine;

/// A picture of the window for the documentation: it waits until the run is complete, saves
/// what it shows, and quits.
struct ScreenshotOptions
{
    QString path;   ///< PNG to write; empty: none, the window is for a person
    QString module; ///< name of the module to show: "inception_3a"
    QString view;   ///< "modules", "costs", "versions"; empty: modules
    int tab = -1;   ///< of that view; negative: as set
    QString theme;  ///< "dark" or "light"; empty: as set
    QSize size{1280, 800};
    int channel = -1; ///< of the module's output to open up close; negative: none
};

struct WindowOptions
{
    QString picture; ///< empty: the bundled one
    QString network = QStringLiteral("googlenet_bn");
    QString weights;  ///< as --weights takes; empty: see AppModel::start()
    QString live;     ///< "pan", or a video file to begin with
    QString settings; ///< an ini file in place of the user's settings
    ScreenshotOptions screenshot;
};

/// Shows the window and runs the event loop. Returns the exit code of the program.
int runWindow(QGuiApplication& application, Engine& engine, const WindowOptions& options);

/// Makes `model` the singleton App and the items known to QML.
void registerQmlTypes(AppModel& model);
/// Import paths of the views.
void prepareQmlEngine(QQmlEngine& engine);

} // namespace inceptoscope
