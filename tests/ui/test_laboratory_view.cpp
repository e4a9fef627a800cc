#include "ui/window_fixture.h"

#include <QtTest>

using namespace inceptoscope;

/// The Laboratory view by keyboard and mouse, without a complaint of QML's.
class TestLaboratoryView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void everyExperimentIsLegible_data();
    void everyExperimentIsLegible();
    void aSliderMovesTheVerdict();
    void anotherExperimentIsChosen();
    void everythingHasAName();
    void choicesReadAsWords();
    void theFirstScreenShowsTheChart();
    void countsRunAlong();

private:
    AppModel& app() { return m_fixture->app(); }
    [[nodiscard]] QQuickItem* textWith(const QString& part) const;
    std::unique_ptr<WindowFixture> m_fixture;
};

QQuickItem* TestLaboratoryView::textWith(const QString& part) const
{
    for (QQuickItem* item : m_fixture->itemsOf("AppText"))
        if (item->property("text").toString().replace(QChar(0xA0), u' ').contains(part))
            return item;
    return nullptr;
}

void TestLaboratoryView::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
    m_fixture->resize(1280, 800);
    m_fixture->show("inception_3a");
    app().setView("laboratory");
    QTest::qWait(60);
    takeWarnings();
}

void TestLaboratoryView::cleanup()
{
    QCOMPARE(takeWarnings(), QStringList());
}

void TestLaboratoryView::everyExperimentIsLegible_data()
{
    QTest::addColumn<QString>("id");
    for (const Experiment& experiment : experiments())
        QTest::newRow(experiment.id.c_str()) << QString::fromStdString(experiment.id);
}

void TestLaboratoryView::everyExperimentIsLegible()
{
    QFETCH(const QString, id);
    app().laboratory()->setCurrent(id);
    for (const bool dark : {true, false}) {
        app().settings()->setDark(dark);
        QTest::qWait(40);
        QCOMPARE(m_fixture->unreadable(), QString());
    }
    QVERIFY(textWith(app().laboratory()->claim()) != nullptr);
    QVERIFY(textWith(app().laboratory()->verdict()) != nullptr);
    // In the list it is in sight, whoever chose it.
    QQuickItem* list = m_fixture->itemsOf("ExperimentList").value(0);
    QVERIFY(list != nullptr);
    const auto* chosen = list->property("chosen").value<QQuickItem*>();
    QVERIFY(chosen != nullptr);
    const double top = chosen->mapToItem(list, {}).y();
    QVERIFY(top > -1 && top + chosen->height() < list->height() + 1);
}

void TestLaboratoryView::aSliderMovesTheVerdict()
{
    app().laboratory()->setCurrent("asymmetric");
    QTest::qWait(40);
    QVERIFY(textWith("33 % fewer MACs") != nullptr);
    QQuickItem* slider = nullptr;
    for (QQuickItem* item : m_fixture->itemsOf("AppSlider"))
        if (item->objectName() == "n")
            slider = item;
    QVERIFY(slider != nullptr);
    slider->forceActiveFocus();
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&m_fixture->window(), Qt::Key_Right);
    QCOMPARE(app().laboratory()->value("n"), 7.0);
    QTest::qWait(40);
    QVERIFY(textWith("71 % fewer MACs") != nullptr);
    QVERIFY(textWith("33 % fewer MACs") == nullptr);
    QVERIFY(textWith("7×7") != nullptr);
    QCOMPARE(slider->property("value").toDouble(), 7.0);
    // Reset moves the slider back, too.
    app().laboratory()->reset();
    QTRY_COMPARE(slider->property("value").toDouble(), 3.0);
}

void TestLaboratoryView::anotherExperimentIsChosen()
{
    QQuickItem* label = textWith("Stems");
    QVERIFY(label != nullptr);
    const QPointF at = label->mapToScene(label->boundingRect().center());
    QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, at.toPoint());
    QTRY_COMPARE(app().laboratory()->current(), QString("stems"));
    // By keyboard: the next one.
    for (QQuickItem* item : m_fixture->items())
        if (item->inherits("QQuickAbstractButton") && label->parentItem()->parentItem() == item)
            item->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(&m_fixture->window(), Qt::Key_Down);
    QTest::keyClick(&m_fixture->window(), Qt::Key_Return);
    QTRY_COMPARE(app().laboratory()->current(), QString("resnet-cost"));
}

void TestLaboratoryView::everythingHasAName()
{
    for (const char* id : {"two-3x3", "optimisers", "kernel-sizes"}) {
        app().laboratory()->setCurrent(id);
        QTest::qWait(40);
        const QString nameless = m_fixture->nameless();
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless));
    }
}

/// What can't be chosen says why, and stays where it was.
void TestLaboratoryView::choicesReadAsWords()
{
    app().laboratory()->setCurrent("vanishing-gradient");
    QTest::qWait(40);
    QQuickItem* weights = nullptr;
    for (QQuickItem* item : m_fixture->itemsOf("Picker"))
        if (item->property("name").toString() == "Weights")
            weights = item;
    QVERIFY(weights != nullptr);
    QCOMPARE(weights->property("displayText").toString(), QString("He, with small biases"));
    QVERIFY(textWith("Class that the loss asks for: another than the network says") != nullptr);
    const QStringList closed = weights->property("closed").toStringList();
    QCOMPARE(closed.size(), 6);
    QVERIFY(closed.last().startsWith("No trained weights of GoogLeNet"));
    weights->forceActiveFocus();
    QTest::keyClick(&m_fixture->window(), Qt::Key_End); // the last one
    QTest::qWait(40);
    QCOMPARE(app().laboratory()->value("weights"), 0.0);
    QCOMPARE(weights->property("currentIndex").toInt(), 0);
    QCOMPARE(app().laboratory()->problem(), QString());
}

/// In a small window, too, beside the sliders that move it.
void TestLaboratoryView::theFirstScreenShowsTheChart()
{
    m_fixture->resize(1024, 600);
    for (const char* id : {"optimisers", "label-smoothing"}) {
        app().laboratory()->setCurrent(id);
        QTest::qWait(80);
        QQuickItem* chart = nullptr;
        for (QQuickItem* item : m_fixture->itemsOf("ChartView"))
            if (item->isVisible() && item->property("name") == app().laboratory()->title())
                chart = chart == nullptr ? item : chart;
        QVERIFY2(chart != nullptr, id);
        const double top = chart->mapToScene({0, 0}).y();
        const QQuickItem* verdict = textWith(app().laboratory()->verdict());
        QVERIFY2(verdict != nullptr, id);
        QVERIFY2(verdict->mapToScene({0, verdict->height()}).y() < top, id);
        constexpr double statusBar = 30;
        QVERIFY2(
            top + chart->height() <= 600 - statusBar,
            qPrintable(QString("%1: %2").arg(id).arg(top + chart->height())));
    }
    m_fixture->resize(1280, 800);
}

/// The family's counts stand where they ran to, with their digits in threes.
void TestLaboratoryView::countsRunAlong()
{
    app().laboratory()->setCurrent("family");
    app().laboratory()->setValue("stop", 2);
    const auto stands = [&](const char* count) {
        for (QQuickItem* item : m_fixture->itemsOf("AppText"))
            if (item->isVisible() && item->property("text").toString() == count)
                return true;
        return false;
    };
    QTRY_VERIFY(stands("128,049,152"));
    QTRY_VERIFY(stands("163,696"));
}

QTEST_MAIN(TestLaboratoryView)
#include "test_laboratory_view.moc"
