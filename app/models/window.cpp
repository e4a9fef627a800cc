#include "models/window.h"

#include "engine/engine.h"
#include "file_name.h"
#include "models/app_model.h"
#include "models/channel/trace.h"
#include "models/items/chart_item.h"
#include "models/items/image_item.h"
#include "models/items/mark_item.h"
#include "models/items/wall_item.h"
#include "models/screenshot.h"

#include <QDir>
#include <QFileInfo>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSurfaceFormat>

namespace inceptoscope {

void registerQmlTypes(AppModel& model)
{
    constexpr auto uri = "Inceptoscope.Models";
    const QString reason = QStringLiteral("comes from App");
    qmlRegisterType<ImageItem>(uri, 1, 0, "ImageItem");
    qmlRegisterType<ChartItem>(uri, 1, 0, "ChartItem");
    qmlRegisterType<MarkItem>(uri, 1, 0, "MarkItem");
    qmlRegisterType<WallItem>(uri, 1, 0, "WallItem");
    qmlRegisterUncreatableType<OpItem>(uri, 1, 0, "OpItem", reason);
    qmlRegisterUncreatableType<ModuleItem>(uri, 1, 0, "ModuleItem", reason);
    qmlRegisterUncreatableType<Settings>(uri, 1, 0, "Settings", reason);
    qmlRegisterUncreatableType<OverviewModel>(uri, 1, 0, "OverviewModel", reason);
    qmlRegisterUncreatableType<StageModel>(uri, 1, 0, "StageModel", reason);
    qmlRegisterUncreatableType<ChannelModel>(uri, 1, 0, "ChannelModel", reason);
    qmlRegisterUncreatableType<CostTable>(uri, 1, 0, "CostTable", reason);
    qmlRegisterUncreatableType<CostsModel>(uri, 1, 0, "CostsModel", reason);
    qmlRegisterUncreatableType<VersionsModel>(uri, 1, 0, "VersionsModel", reason);
    qmlRegisterUncreatableType<ModulePairModel>(uri, 1, 0, "ModulePairModel", reason);
    qmlRegisterUncreatableType<PairSideModel>(uri, 1, 0, "PairSideModel", reason);
    qmlRegisterUncreatableType<RunModel>(uri, 1, 0, "RunModel", reason);
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

} // namespace

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
    const QString problem = model.settings()->problem();
    if (!problem.isEmpty())
        qWarning("inceptoscope: %s", qPrintable(problem));
    registerQmlTypes(model);
    QQmlApplicationEngine qml;
    prepareQmlEngine(qml);
    model.start(options.network, options.weights, options.picture);
    qml.load(QUrl(QStringLiteral("qrc:/qt/qml/Inceptoscope/Main.qml")));
    if (qml.rootObjects().isEmpty())
        return 1;
    model.say(problem);
    auto* window = qobject_cast<QQuickWindow*>(qml.rootObjects().first());
    window->requestActivate();
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
    if (options.live == QLatin1String("pan"))
        startPanWithPicture(model);
    else if (!options.live.isEmpty())
        model.openVideo(fileUrl(options.live));
    std::unique_ptr<Screenshot> screenshot;
    if (!options.screenshot.path.isEmpty())
        screenshot = std::make_unique<Screenshot>(model, *window, options.screenshot);
    return application.exec();
}

} // namespace inceptoscope
