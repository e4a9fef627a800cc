#include "ui/window_fixture.h"

#include "models/window.h"

#include <QAccessible>
#include <QMutex>
#include <QTest>

namespace inceptoscope {

namespace {

QMutex mutex;
QStringList warnings;

void collect(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    const QByteArray category = context.category;
    // What a platform or an image decoder says is not about our views.
    const bool ours = !category.startsWith("qt.qpa") && !category.startsWith("qt.gui.imageio") &&
                      !text.contains("XDG_RUNTIME_DIR");
    if (type != QtDebugMsg && type != QtInfoMsg && ours) {
        const QMutexLocker lock(&mutex);
        warnings << text;
    }
    if (type != QtDebugMsg)
        fprintf(stderr, "%s\n", qPrintable(text));
}

void gather(QQuickItem* item, QList<QQuickItem*>& found)
{
    if (!item->isVisible())
        return;
    found.append(item);
    for (QQuickItem* child : item->childItems())
        gather(child, found);
}

} // namespace

QStringList takeWarnings()
{
    const QMutexLocker lock(&mutex);
    return std::exchange(warnings, {});
}

WindowFixture::WindowFixture()
    : m_picture(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/chelsea.png"))
{
    qInstallMessageHandler(collect);
    m_app = std::make_unique<AppModel>(nullptr, m_folder.filePath("settings.ini"));
    registerQmlTypes(*m_app);
    m_engine = std::make_unique<QQmlApplicationEngine>();
    prepareQmlEngine(*m_engine);
    m_app->settings()->setLessonsOffered(false); // it would lie over the lowest boxes
    m_app->start("googlenet", {}, {});
    m_app->run()->setMemory({.weights = 81ULL << 20U}); // as wide as a real one
    m_engine->load(QUrl(QStringLiteral("qrc:/qt/qml/Inceptoscope/Main.qml")));
    if (m_engine->rootObjects().isEmpty())
        qFatal("the window doesn't load");
    m_window = qobject_cast<QQuickWindow*>(m_engine->rootObjects().first());
    m_window->requestActivate();
    if (!QTest::qWaitForWindowActive(m_window))
        qFatal("the window doesn't become active");
    while (m_app->pictures()->decoding())
        QTest::qWait(10);
}

ModuleId WindowFixture::id(std::string_view name) const
{
    return m_app->network()->graph.findModule(name).value();
}

FakeRun WindowFixture::run() const
{
    return {m_app->network(), m_picture, m_app->style(), false, 1};
}

void WindowFixture::show(std::string_view module, bool complete)
{
    const ModuleId shown = id(module);
    m_app->overview()->setCurrent(int(shown));
    m_app->onSnapshot(
        complete ? fakeSnapshot(run(), shown) : fakePartialSnapshot(run(), shown, shown));
    QTest::qWait(50);
}

void WindowFixture::resize(int width, int height)
{
    m_window->resize(width, height);
    QTest::qWait(100);
}

QList<QQuickItem*> WindowFixture::items() const
{
    QList<QQuickItem*> found;
    gather(m_window->contentItem(), found);
    return found;
}

QList<QQuickItem*> WindowFixture::itemsIn(QQuickItem& item)
{
    QList<QQuickItem*> found;
    gather(&item, found);
    return found;
}

QList<QQuickItem*> WindowFixture::itemsOf(const QString& type) const
{
    QList<QQuickItem*> found;
    for (QQuickItem* item : items()) {
        const QString name = QString::fromLatin1(item->metaObject()->className());
        if (name.startsWith(type + "_QML") || name == "inceptoscope::" + type)
            found.append(item);
    }
    return found;
}

QList<QQuickItem*> WindowFixture::controls() const
{
    QList<QQuickItem*> found;
    for (QQuickItem* item : items())
        if (item->activeFocusOnTab() || item->inherits("QQuickAbstractButton"))
            found.append(item);
    return found;
}

QString WindowFixture::nameless() const
{
    for (QQuickItem* item : controls()) {
        const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(item);
        if (!face || face->text(QAccessible::Name).isEmpty())
            return QString::fromLatin1(item->metaObject()->className());
    }
    return {};
}

QString WindowFixture::overlaps() const
{
    QList<QQuickItem*> boxes;
    for (const char* type : {"OpBox", "ConcatBox", "FlowBar", "SkipLane"})
        boxes += itemsOf(QLatin1String(type));
    const QQuickItem* stage = itemsOf("StageDiagram").value(0);
    if (!stage)
        return QStringLiteral("no stage");
    const QRectF room = stage->boundingRect().adjusted(-1, -1, 1, 1);
    const auto nameOf = [](const QQuickItem* item) {
        return QString::fromLatin1(item->metaObject()->className());
    };
    for (qsizetype i = 0; i < boxes.size(); ++i) {
        const QRectF area = boxes[i]->mapRectToItem(stage, boxes[i]->boundingRect());
        if (!room.contains(area) || area.height() < 20 || area.width() < 40)
            return nameOf(boxes[i]) + QStringLiteral(" is outside or too small");
        // The lane runs past the bars of input and output; only the boxes must stay clear of it.
        for (qsizetype j = 0; j < i && !nameOf(boxes[i]).startsWith("SkipLane"); ++j) {
            const QRectF other = boxes[j]->mapRectToItem(stage, boxes[j]->boundingRect());
            if (other.intersects(area.adjusted(1, 1, -1, -1)))
                return nameOf(boxes[i]) + QStringLiteral(" over ") + nameOf(boxes[j]);
        }
    }
    return {};
}

/// Is it in something that can be scrolled to it?
static bool scrolls(const QQuickItem* item)
{
    for (; item; item = item->parentItem())
        if (item->inherits("QQuickFlickable") && item->clip())
            return true;
    return false;
}

QString WindowFixture::unreadable() const
{
    for (QQuickItem* item : items()) {
        const QVariant truncated = item->property("truncated");
        const QString text = item->property("text").toString();
        if (!truncated.isValid() || text.isEmpty())
            continue;
        if (truncated.toBool())
            return text;
        const QRectF area = item->mapRectToScene(item->boundingRect());
        if (!scrolls(item) && (area.left() < -1 || area.right() > m_window->width() + 1))
            return text;
    }
    return {};
}

} // namespace inceptoscope
