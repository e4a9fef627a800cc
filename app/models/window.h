#pragma once

#include "address/address.h"
#include "lessons/lesson_folder.h"

#include <QRect>
#include <QSize>
#include <QString>
#include <QVariantMap>

#include <functional>

class QGuiApplication;
class QQmlEngine;

namespace inceptoscope {

class AppModel;
class Engine;
class Settings;

/// The network of the very first start.
inline constexpr const char* firstNetwork = "googlenet_bn";

/// A picture of the window for the documentation: it waits until the run is complete, saves
/// what it shows, and quits.
struct ScreenshotOptions
{
    QString path;  ///< PNG to write; empty: none, the window is for a person
    QString theme; ///< "dark" or "light"; empty: as set
    QSize size{1280, 800};
    QString why = {};   ///< id of a method: what speaks for the first class
    bool grow = false;  ///< a picture of what the channel looks for
    bool dream = false; ///< the module's dream
    /// Not a picture but the lesson as PDF, with a picture of each of its pages.
    bool handout = false;
    std::function<void(double)> progress = {}; ///< of a handout, 0..1
};

struct WindowOptions
{
    /// What to show; for a person, what it leaves open is as it was last.
    Address address;
    QString live;                        ///< "pan", or a video file to begin with
    QString settings;                    ///< an ini file in place of the user's settings
    std::optional<LessonFolder> lessons; ///< in place of the bundled ones
    QString lesson;                      ///< to begin with; mostly empty
    int page = 1;                        ///< of it
    ScreenshotOptions screenshot;
};

/// Shows the window and runs the event loop. Returns the exit code of the program.
int runWindow(QGuiApplication& application, Engine& engine, const WindowOptions& options);

/// What Main.qml starts with to be where it was last: x, y, width, height while that is on one of
/// these screens, and `fill`.
[[nodiscard]] QVariantMap rememberedPlace(const Settings& settings, const QList<QRect>& screens);

/// Makes `model` the singleton App and the items known to QML.
void registerQmlTypes(AppModel& model);
/// Import paths of the views.
void prepareQmlEngine(QQmlEngine& engine);

} // namespace inceptoscope
