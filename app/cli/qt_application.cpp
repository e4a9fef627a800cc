#include "cli/qt_application.h"

#include "cli/platform_guard.h"
#include "error.h"
#include "file_name.h"
#include "models/picture/picture_loader.h"

#include <QGuiApplication>

#include <clocale>
#include <cstring>
#include <langinfo.h>

namespace inceptoscope {

namespace {

/// Qt complains on standard error about a locale that isn't UTF-8, then uses UTF-8 all the same.
void useUtf8()
{
    std::setlocale(LC_CTYPE, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

template <class Application> std::unique_ptr<Application> make()
{
    static int argc = 1;
    static char name[] = "inceptoscope";
    static char* argv[] = {name, nullptr};
    useUtf8();
    auto application = std::make_unique<Application>(argc, argv);
    Application::setApplicationName(QStringLiteral("inceptoscope"));
    Application::setApplicationVersion(QStringLiteral(INCEPTOSCOPE_VERSION));
    // Qt took over the environment's locale; numbers in our output keep their point.
    std::setlocale(LC_NUMERIC, "C");
    return application;
}

} // namespace

std::unique_ptr<QCoreApplication> makeCoreApplication()
{
    return make<QCoreApplication>();
}

std::unique_ptr<QGuiApplication> makeGuiApplication()
{
    std::unique_ptr<QGuiApplication> application;
    {
        const PlatformGuard guard(noDisplay(), true);
        application = make<QGuiApplication>();
        if (QGuiApplication::screens().isEmpty())
            PlatformGuard::giveUp("it has no screen");
    }
    endWithASentence();
    return application;
}

std::unique_ptr<QGuiApplication> makeOffscreenApplication()
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // It complains about folders of a desktop session, which nothing here needs.
    const PlatformGuard guard(
        "pictures can't be drawn, since Qt's platform \"offscreen\" doesn't open%1; set neither "
        "QT_PLUGIN_PATH nor QT_QPA_PLATFORM_PLUGIN_PATH, or install libqt6gui6 anew",
        false);
    return make<QGuiApplication>();
}

QImage readPicture(const std::string& path)
{
    if (path.empty())
        throw Error(ErrorKind::Usage, "picture: a file name was expected, not \"\"");
    // Qt takes ":/" for what is built into the program.
    LoadedPicture picture = loadPicture(fileText(path.starts_with(':') ? "./" + path : path));
    if (!picture.error.isEmpty())
        throw Error(ErrorKind::BadInput, "picture: " + picture.error.toStdString());
    return std::move(picture.image);
}

} // namespace inceptoscope
