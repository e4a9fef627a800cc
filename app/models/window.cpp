#include "models/window.h"

#include "engine/engine.h"
#include "models/app_model.h"
#include "models/items/chart_item.h"
#include "models/items/image_item.h"
#include "models/items/mark_item.h"
#include "models/items/wall_item.h"
#include "models/screenshot.h"

#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QLoggingCategory>
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
    qmlRegisterUncreatableType<WeightsFetch>(uri, 1, 0, "WeightsFetch", reason);
    qmlRegisterSingletonInstance(uri, 1, 0, "App", &model);
}

void prepareQmlEngine(QQmlEngine& engine)
{
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
}

int runWindow(QGuiApplication& application, Engine& engine, const WindowOptions& options)
{
    // What an image file's decoder mutters; what matters of it becomes a sentence on screen.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio=false"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/inceptoscope.svg")));
    // The ribbons' edges are smooth only with several samples a pixel.
    QSurfaceFormat format = QSurfaceFormat::defaultFormat();
    format.setSamples(4);
    QSurfaceFormat::setDefaultFormat(format);
    AppModel model(&engine, options.settings);
    registerQmlTypes(model);
    QQmlApplicationEngine qml;
    prepareQmlEngine(qml);
    model.start(options.network, options.weights, options.picture);
    qml.load(QUrl(QStringLiteral("qrc:/qt/qml/Inceptoscope/Main.qml")));
    if (qml.rootObjects().isEmpty())
        return 1;
    auto* window = qobject_cast<QQuickWindow*>(qml.rootObjects().first());
    window->requestActivate();
    std::unique_ptr<Screenshot> screenshot;
    if (!options.screenshot.path.isEmpty())
        screenshot = std::make_unique<Screenshot>(model, *window, options.screenshot);
    return application.exec();
}

} // namespace inceptoscope
