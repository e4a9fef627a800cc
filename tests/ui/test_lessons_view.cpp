#include "ui/window_fixture.h"

#include <QtTest>

using namespace inceptoscope;

/// Lessons by mouse and keyboard, and every page of them legible at all sizes.
class TestLessonsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theFirstStartOffersThem();
    void theListShowsAllChapters();
    void aPageByMouseAndKeys();
    void predictionsByMouse();
    void wordsByKeyboard();
    void handoutByMouse();
    void everyPageIsLegible_data();
    void everyPageIsLegible();

private:
    void key(Qt::Key key) { QTest::keyClick(&m_fixture->window(), key); }
    void click(QQuickItem* item)
    {
        QVERIFY(item);
        const QPoint at = item->mapToScene({item->width() / 2, item->height() / 2}).toPoint();
        QTest::mouseMove(&m_fixture->window(), at);
        QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, at);
    }
    [[nodiscard]] QQuickItem* button(const QString& text) const
    {
        for (QQuickItem* item : m_fixture->itemsOf("AppButton"))
            if (item->property("text").toString().startsWith(text))
                return item;
        return nullptr;
    }
    /// What a narrow window cuts short without a lesson, too; tips have it.
    [[nodiscard]] bool isOfTheStage(const QString& text)
    {
        const QList<OpItem*> ops = app().stage()->ops();
        return text == app().overview()->title() ||
               std::any_of(
                   ops.begin(), ops.end(), [&](const OpItem* op) { return op->title() == text; });
    }
    AppModel& app() { return m_fixture->app(); }
    LessonsModel& lessons() { return *app().lessons(); }
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestLessonsView::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
}

void TestLessonsView::init()
{
    takeWarnings();
    lessons().close();
    app().settings()->setLessonsOffered(false);
    app().messages()->dismiss();
    m_fixture->resize(1280, 800);
    app().setView("lessons");
}

void TestLessonsView::cleanup()
{
    const QStringList warnings = takeWarnings();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join('\n')));
}

void TestLessonsView::theListShowsAllChapters()
{
    QTRY_COMPARE(m_fixture->itemsOf("LessonChapter").size(), 5);
    int cards = 0;
    for (const QVariant& chapter : lessons().chapters())
        cards += int(chapter.toMap()["lessons"].toList().size());
    QCOMPARE(m_fixture->itemsOf("LessonCard").size(), cards);
    QVERIFY(m_fixture->itemsOf("LessonPanel").isEmpty());
}

void TestLessonsView::aPageByMouseAndKeys()
{
    QTRY_VERIFY(!m_fixture->itemsOf("LessonCard").isEmpty());
    click(m_fixture->itemsOf("LessonCard").front());
    QVERIFY(lessons().isOpen());
    QCOMPARE(app().view(), "modules");
    QCOMPARE(app().networkId(), "googlenet_bn");
    QTRY_COMPARE(m_fixture->itemsOf("LessonPanel").size(), 1);
    key(Qt::Key_N);
    QCOMPARE(lessons().page(), 1);
    key(Qt::Key_B);
    QCOMPARE(lessons().page(), 0);
    // The keys of the stage work as ever, and the page can be had back.
    key(Qt::Key_Right);
    QCOMPARE(app().stage()->name(), "inception3b");
    lessons().show();
    QCOMPARE(app().stage()->name(), "inception3a");
    lessons().close();
    QTRY_VERIFY(m_fixture->itemsOf("LessonPanel").isEmpty());
}

void TestLessonsView::predictionsByMouse()
{
    lessons().start(
        lessons().chapters()[0].toMap()["lessons"].toList()[1].toMap()["id"].toString());
    QVERIFY(!lessons().question().isEmpty());
    QTRY_VERIFY(button(QStringLiteral("3×3 conv")));
    QTest::qWait(50); // laid out
    click(button(QStringLiteral("1×1 conv")));
    QVERIFY(lessons().predicted());
    QVERIFY(!lessons().right());
    // What was said and what is right can be told apart.
    QTRY_VERIFY(button(QStringLiteral("3×3 conv  86.7"))->property("primary").toBool());
    QVERIFY(!button(QStringLiteral("1×1 conv  14.5"))->property("primary").toBool());
}

/// What a pointer gets by resting on a word: its explanation, or what it names lit up.
void TestLessonsView::wordsByKeyboard()
{
    lessons().start(
        lessons().chapters()[0].toMap()["lessons"].toList()[0].toMap()["id"].toString());
    while (lessons().page() != 1)
        lessons().page() > 1 ? lessons().back() : lessons().next();
    QQuickItem* words = nullptr;
    QTRY_COMPARE(m_fixture->itemsOf("LessonPanel").size(), 1);
    for (QQuickItem* item : m_fixture->itemsOf("AppText"))
        if (item->property("links").isValid())
            words = item;
    QVERIFY(words);
    const QStringList links = words->property("links").toStringList();
    QCOMPARE(links.front(), "inception3a/branch1");
    QVERIFY(links.contains("term:kernel"));
    const auto dimmed = [&](const char* op) {
        return app().stage()->find(int(app().network()->graph.find(op).value()))->dimmed();
    };
    QTest::mouseMove(&m_fixture->window(), {2, 2}); // rests on no answer
    QTest::qWait(50);
    QVERIFY(!dimmed("inception3a.branch2.1"));
    key(Qt::Key_B); // a page that opens has the focus before its words
    key(Qt::Key_N);
    QCOMPARE(words->property("link").toString(), "");
    key(Qt::Key_Tab);
    for (const QString& link : links) {
        QCOMPARE(words->property("link").toString(), link);
        QCOMPARE(dimmed("inception3a.branch2.1"), link == QLatin1String("inception3a/branch1"));
        QVERIFY(words->hasActiveFocus());
        key(Qt::Key_Tab);
    }
    QVERIFY(!words->hasActiveFocus()); // on to the answers
    QCOMPARE(words->property("link").toString(), "");
}

/// By the one save dialog; the pages that were seen have their figure.
void TestLessonsView::handoutByMouse()
{
    lessons().start(
        lessons().chapters()[0].toMap()["lessons"].toList()[0].toMap()["id"].toString());
    while (lessons().page() > 0)
        lessons().back();
    QTRY_COMPARE(m_fixture->itemsOf("LessonPanel").size(), 1);
    QTest::qWait(50); // laid out
    lessons().next();
    QVERIFY(!lessons().handout().pages[0].figure.isNull());
    QVERIFY(lessons().handout().pages[2].figure.isNull());
    QTest::qWait(50); // laid out
    QQuickItem* save = nullptr;
    for (QQuickItem* item : m_fixture->itemsOf("AppButton"))
        if (item->property("tip").toString().contains("handout"))
            save = item;
    click(save);
    QVERIFY(!lessons().handout().pages[1].figure.isNull());
    QObject* dialog = nullptr;
    for (QObject* object : m_fixture->window().findChildren<QObject*>())
        if (QByteArray(object->metaObject()->className()).startsWith("SaveDialog_QML"))
            dialog = object;
    QVERIFY(dialog);
    QTRY_VERIFY(dialog->property("visible").toBool());
    QVERIFY(dialog->property("fullName").toString().endsWith(".pdf"));
    key(Qt::Key_Escape);
    QTRY_VERIFY(!dialog->property("visible").toBool());
    const QByteArray pdf = handoutPdf(lessons().handout());
    QVERIFY(pdf.startsWith("%PDF-") && pdf.trimmed().endsWith("%%EOF"));
    QCOMPARE(pdf.count("/Subtype /Image"), 2);
}

void TestLessonsView::everyPageIsLegible_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("presenting");
    QTest::newRow("800x600") << QSize(800, 600) << false;
    QTest::newRow("1280x800 light") << QSize(1280, 800) << false;
    QTest::newRow("1920x1080 presenting") << QSize(1920, 1080) << true;
}

void TestLessonsView::everyPageIsLegible()
{
    QFETCH(QSize, size);
    QFETCH(bool, presenting);
    app().settings()->setDark(!QByteArray(QTest::currentDataTag()).contains("light"));
    m_fixture->resize(size.width(), size.height());
    QTest::qWait(20);
    QVERIFY2(m_fixture->unreadable().isEmpty(), qPrintable(m_fixture->unreadable()));
    for (const QVariant& chapter : lessons().chapters())
        for (const QVariant& entry : chapter.toMap()["lessons"].toList()) {
            lessons().start(entry.toMap()["id"].toString());
            lessons().setPresenting(presenting);
            for (int page = 0; page < lessons().pages(); ++page) {
                QTest::qWait(10);
                const QQuickItem* panel = m_fixture->itemsOf("LessonPanel").value(0);
                QVERIFY(panel);
                // The stage keeps half of the window; the text is never below its edge unseen.
                QVERIFY(panel->height() < size.height() * 0.51);
                const QString where =
                    entry.toMap()["id"].toString() + ' ' + QString::number(page + 1) + ": ";
                QString cut = m_fixture->unreadable();
                if (size.width() < 1024 && isOfTheStage(cut))
                    cut.clear();
                QVERIFY2(cut.isEmpty(), qPrintable(where + cut));
                const QString nameless = m_fixture->nameless();
                QVERIFY2(nameless.isEmpty(), qPrintable(where + nameless));
                if (page + 1 < lessons().pages())
                    lessons().next();
            }
        }
}

/// Until somebody has begun one.
void TestLessonsView::theFirstStartOffersThem()
{
    app().setView("modules");
    QVERIFY(!button("Start the first lesson"));
    app().settings()->setLessonsOffered(true);
    QTRY_VERIFY(button("Start the first lesson"));
    QTest::qWait(50); // laid out
    click(button("Start the first lesson"));
    QVERIFY(lessons().isOpen());
    QTRY_VERIFY(!button("Start the first lesson"));
    lessons().close();
    QTest::qWait(20);
    QVERIFY(!button("Start the first lesson"));
}

QTEST_MAIN(TestLessonsView)
#include "test_lessons_view.moc"
