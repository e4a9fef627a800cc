#include "models/window.h"

#include "address/views.h"
#include "engine/engine.h"
#include "file_name.h"
#include "models/app_model.h"
#include "models/channel/trace.h"
#include "models/items/chart_item.h"
#include "models/items/image_item.h"
#include "models/items/mark_item.h"
#include "models/items/popups.h"
#include "models/items/wall_item.h"
#include "models/picture/samples.h"
#include "models/screenshot.h"

#include <QDir>
#include <QFileInfo>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QScreen>
#include <QSurfaceFormat>
#include <QTimer>

#include <filesystem>
#include <utility>

namespace inceptoscope {

void registerQmlTypes(AppModel& model)
{
    constexpr auto uri = "Inceptoscope.Models";
    const QString reason = QStringLiteral("comes from App");
    qmlRegisterType<ImageItem>(uri, 1, 0, "ImageItem");
    qmlRegisterType<ChartItem>(uri, 1, 0, "ChartItem");
    qmlRegisterType<MarkItem>(uri, 1, 0, "MarkItem");
    qmlRegisterType<WallItem>(uri, 1, 0, "WallItem");
    qmlRegisterSingletonType<Popups>(
        uri, 1, 0, "Popups", [](QQmlEngine*, QJSEngine*) -> QObject* { return new Popups; });
    qmlRegisterUncreatableType<OpItem>(uri, 1, 0, "OpItem", reason);
    qmlRegisterUncreatableType<ModuleItem>(uri, 1, 0, "ModuleItem", reason);
    qmlRegisterUncreatableType<Settings>(uri, 1, 0, "Settings", reason);
    qmlRegisterUncreatableType<OverviewModel>(uri, 1, 0, "OverviewModel", reason);
    qmlRegisterUncreatableType<StageModel>(uri, 1, 0, "StageModel", reason);
    qmlRegisterUncreatableType<ChannelModel>(uri, 1, 0, "ChannelModel", reason);
    qmlRegisterUncreatableType<EvidenceModel>(uri, 1, 0, "EvidenceModel", reason);
    qmlRegisterUncreatableType<CostTable>(uri, 1, 0, "CostTable", reason);
    qmlRegisterUncreatableType<CostsModel>(uri, 1, 0, "CostsModel", reason);
    qmlRegisterUncreatableType<VersionsModel>(uri, 1, 0, "VersionsModel", reason);
    qmlRegisterUncreatableType<ModulePairModel>(uri, 1, 0, "ModulePairModel", reason);
    qmlRegisterUncreatableType<PairSideModel>(uri, 1, 0, "PairSideModel", reason);
    qmlRegisterUncreatableType<LaboratoryModel>(uri, 1, 0, "LaboratoryModel", reason);
    qmlRegisterUncreatableType<LaboratorySide>(uri, 1, 0, "LaboratorySide", reason);
    qmlRegisterUncreatableType<RunModel>(uri, 1, 0, "RunModel", reason);
    qmlRegisterUncreatableType<Places>(uri, 1, 0, "Places", reason);
    qmlRegisterUncreatableType<SearchModel>(uri, 1, 0, "SearchModel", reason);
    qmlRegisterUncreatableType<LiveModel>(uri, 1, 0, "LiveModel", reason);
    qmlRegisterUncreatableType<WeightsFetch>(uri, 1, 0, "WeightsFetch", reason);
    qmlRegisterUncreatableType<FigureModel>(uri, 1, 0, "FigureModel", reason);
    qmlRegisterUncreatableType<SaveModel>(uri, 1, 0, "SaveModel", reason);
    qmlRegisterSingletonInstance(uri, 1, 0, "App", &model);
}

void prepareQmlEngine(QQmlEngine& engine)
{
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
}

namespace {

void startLesson(AppModel& model, const WindowOptions& options)
{
    LessonsModel& lessons = *model.lessons();
    if (options.lessons) {
        if (const QList<LessonProblem>& problems = options.lessons->problems; !problems.isEmpty())
            model.messages()->say(
                QStringLiteral("lessons: %1 of these files can't be used: %2 (inceptoscope "
                               "lessons FOLDER --check tells all)")
                    .arg(problems.size())
                    .arg(problems.front().what));
        lessons.use(*options.lessons);
        model.setView(QStringLiteral("lessons"));
    }
    if (options.lesson.isEmpty())
        return;
    lessons.start(options.lesson);
    while (lessons.page() + 1 < std::min(options.page, lessons.pages()))
        lessons.next();
}

/// Without a GPU, OpenGL is computed by the same processor that runs the networks, and draws the
/// whole window for each small change; Qt's own painter draws what changed. Measured on two cores
/// with a live picture: 113 ms of processor time a frame rather than 181, and the window is up
/// after 0.4 s of it rather than 1.2.
void chooseRenderer()
{
    const bool chosen = qEnvironmentVariableIsSet("QT_QUICK_BACKEND") ||
                        qEnvironmentVariableIsSet("QSG_RHI_BACKEND");
    const bool gpu = QFileInfo::exists(QStringLiteral("/dev/nvidia0")) ||
                     !QDir(QStringLiteral("/dev/dri"))
                          .entryList({QStringLiteral("renderD*")}, QDir::System)
                          .isEmpty();
    if (!chosen && !gpu)
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
}

/// As soon as there is a picture to pan over.
void startPanWithPicture(AppModel& model)
{
    LiveModel* live = model.live();
    QObject::connect(
        live, &LiveModel::stillChanged, live, [live] { live->startPan(); },
        Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
}

/// What the settings remember, as far as it is still there.
Address lastAddress(const Settings& settings)
{
    Address last = readAddress(settings.address()).address;
    const QString file = localFileText(pictureUrl(last.picture));
    std::error_code fault;
    if (!file.isEmpty() && !std::filesystem::exists(fileBytes(file), fault))
        last.picture.clear();
    last.weights.clear(); // each network's are remembered beside it
    return last;
}

/// Returns what of the address isn't there.
QString startAt(AppModel& model, Address address)
{
    const QString network = std::exchange(address.network, {});
    const QString weights = std::exchange(address.weights, {});
    const QString picture = std::exchange(address.picture, {});
    model.start(network.isEmpty() ? QLatin1String(firstNetwork) : network, weights, picture);
    QString problem = model.places()->go(address);
    if (!problem.isEmpty())
        model.places()->go({.view = address.view, .tab = address.tab});
    return problem;
}

/// Keeps the window's size and place in the settings, a moment after they change.
void rememberPlace(QQuickWindow& window, Settings& settings)
{
    auto* later = new QTimer(&window);
    later->setSingleShot(true);
    later->setInterval(300);
    QObject::connect(later, &QTimer::timeout, &window, [&window, &settings] {
        const auto state = window.visibility();
        if (state == QWindow::Windowed)
            settings.rememberWindow(window.geometry(), false);
        else if (state == QWindow::Maximized)
            settings.rememberWindow({}, true);
    });
    const auto soon = [later] { later->start(); };
    QObject::connect(&window, &QWindow::xChanged, later, soon);
    QObject::connect(&window, &QWindow::yChanged, later, soon);
    QObject::connect(&window, &QWindow::widthChanged, later, soon);
    QObject::connect(&window, &QWindow::heightChanged, later, soon);
    QObject::connect(&window, &QWindow::visibilityChanged, later, soon);
}

} // namespace

QVariantMap rememberedPlace(const Settings& settings, const QList<QRect>& screens)
{
    QVariantMap properties;
    if (settings.windowMaximized())
        properties["fill"] = true;
    const QRect place = settings.windowPlace();
    for (const QRect& screen : screens) {
        // Its top has to be in reach, on a screen that is still there.
        const QRect top(place.left(), place.top(), place.width(), 40);
        const QRect reach = top & screen;
        if (!place.isValid() || reach.width() < 100 || reach.height() < 20)
            continue;
        properties["x"] = place.x();
        properties["y"] = place.y();
        properties["width"] = std::min(place.width(), screen.width());
        properties["height"] = std::min(place.height(), screen.height());
        break;
    }
    return properties;
}

int runWindow(QGuiApplication& application, Engine& engine, const WindowOptions& options)
{
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/inceptoscope.svg")));
    // On Wayland a window has no icon but that of its desktop entry.
    QGuiApplication::setDesktopFileName(QStringLiteral("org.inceptoscope.Inceptoscope"));
    chooseRenderer();
    // The ribbons' edges are smooth only with several samples a pixel.
    QSurfaceFormat format = QSurfaceFormat::defaultFormat();
    format.setSamples(4);
    QSurfaceFormat::setDefaultFormat(format);
    AppModel model(&engine, options.settings);
    const QString unkept = model.settings()->problem();
    if (!unkept.isEmpty())
        qWarning("inceptoscope: %s", qPrintable(unkept));
    registerQmlTypes(model);
    QQmlApplicationEngine qml;
    prepareQmlEngine(qml);
    const bool forPerson = options.screenshot.path.isEmpty();
    Address address =
        forPerson ? completed(options.address, lastAddress(*model.settings())) : options.address;
    // A picture for a document shows what this start measured.
    if (forPerson)
        model.versions()->keepIn(
            options.settings.isEmpty() ? MeasuredFile::usersFile()
                                       : options.settings + QStringLiteral(".measured.json"));
    if (!forPerson && address.view.isEmpty())
        address.view = windowViews().front().id;
    QString problem = startAt(model, address);
    // What was remembered may be another version's.
    if (options.address.module.isEmpty())
        problem.clear();
    if (forPerson) {
        QList<QRect> screens;
        for (const QScreen* screen : QGuiApplication::screens())
            screens << screen->availableGeometry();
        qml.setInitialProperties(rememberedPlace(*model.settings(), screens));
        model.places()->startRemembering();
    }
    qml.load(QUrl(QStringLiteral("qrc:/qt/qml/Inceptoscope/Main.qml")));
    if (qml.rootObjects().isEmpty())
        return 1;
    model.messages()->say(unkept.isEmpty() ? problem : unkept);
    auto* window = qobject_cast<QQuickWindow*>(qml.rootObjects().first());
    window->requestActivate();
    if (forPerson)
        rememberPlace(*window, *model.settings());
    QObject::connect(
        window, &QQuickWindow::frameSwapped, model.live(),
        [&model] {
            trace(QStringLiteral("window shown"));
            model.live()->drawn(WallItem::idle());
        },
        Qt::QueuedConnection);
    QObject::connect(model.live(), &LiveModel::speedChanged, window, [&model] {
        if (!model.live()->speedText().isEmpty())
            trace(QStringLiteral("live: %1, frame %2")
                      .arg(model.live()->speedText())
                      .arg(model.live()->shownFrames()));
    });
    startLesson(model, options);
    if (options.live == QLatin1String("pan"))
        startPanWithPicture(model);
    else if (!options.live.isEmpty())
        model.openVideo(fileUrl(options.live));
    std::unique_ptr<Screenshot> screenshot;
    if (!forPerson)
        screenshot = std::make_unique<Screenshot>(model, *window, options.screenshot, address);
    return application.exec();
}

} // namespace inceptoscope
