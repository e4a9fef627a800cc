#include "ui/window_fixture.h"
#include "ui/window_geometry.h"

#include "attribution/class_place.h"

#include <QtTest>

#include <limits>

using namespace inceptoscope;

namespace {

constexpr uint32_t side = 224;

PlaneMap slope(uint32_t w, float to)
{
    PlaneMap map{w, w, std::vector<float>(size_t(w) * w)};
    for (size_t i = 0; i < map.values.size(); ++i)
        map.values[i] = to * float(i % w) / float(w);
    return map;
}

} // namespace

/// "Why this class?" by keyboard and mouse; what the engine would find is made up.
class TestEvidenceView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aClassIsClicked();
    void theButtonAndTheKeyboard();
    void askedOnce();
    void stageMovesTheEvidence();
    void ledgerOfAll();
    void fillsProgressively();
    void completenessIsTold();
    void stops();
    void problems();
    void anotherPictureAsksAnew();
    void legible_data();
    void legible();
    void liveFollowsTheLeadingClass();

private:
    AppModel& app() { return m_fixture->app(); }
    EvidenceModel& evidence() { return *m_fixture->app().evidence(); }
    [[nodiscard]] QQuickItem* textWith(const QString& part) const
    {
        for (QQuickItem* item : m_fixture->items())
            if (item->property("text").toString().replace(QChar(0xA0), u' ').contains(part))
                return item;
        return nullptr;
    }
    void click(QQuickItem* item)
    {
        const QPoint at = item->mapToScene({item->width() / 2, item->height() / 2}).toPoint();
        QTest::mouseMove(&m_fixture->window(), at);
        QTest::mouseClick(&m_fixture->window(), Qt::LeftButton, {}, at);
    }
    [[nodiscard]] int topClass()
    {
        return app().run()->top().value(0).toMap().value("index").toInt();
    }
    [[nodiscard]] std::shared_ptr<Evidence> found(Method method);
    void answer(const std::shared_ptr<Evidence>& evidence)
    {
        m_fixture->app().evidence()->apply(m_number, evidence, {});
    }

    std::unique_ptr<WindowFixture> m_fixture;
    quint64 m_number = 0;
    int m_asked = 0;
    int m_cancelled = 0;
    EvidenceStudy m_study;
    std::shared_ptr<EvidenceProgress> m_progress;
};

void TestEvidenceView::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
    connect(
        &evidence(), &EvidenceModel::wanted, this,
        [this](
            quint64 number, const EvidenceStudy& study,
            const std::shared_ptr<EvidenceProgress>& progress) {
            m_number = number;
            m_study = study;
            m_progress = progress;
            ++m_asked;
        });
    connect(&evidence(), &EvidenceModel::cancelWanted, this, [this] { ++m_cancelled; });
}

void TestEvidenceView::init()
{
    app().setView("modules");
    m_fixture->resize(1280, 800);
    m_fixture->window().setProperty("randomShown", false); // it lies over the legend
    evidence().reset();
    m_fixture->show("inception_3a");
    app().overview()->setCurrent(int(m_fixture->id("inception_3a")));
    evidence().setMethod(int(Method::GradCam));
    evidence().setLookedAt(true);
    QTest::qWait(60);
    takeWarnings();
    m_asked = 0;
    m_cancelled = 0;
}

void TestEvidenceView::cleanup()
{
    QCOMPARE(takeWarnings(), QStringList());
}

/// Every module has a map; the branches' parts are 1, -2, 3 and so on.
std::shared_ptr<Evidence> TestEvidenceView::found(Method method)
{
    const Graph& graph = app().network()->graph;
    auto evidence = std::make_shared<Evidence>();
    evidence->method = method;
    evidence->classIndex = uint32_t(topClass());
    evidence->score = 12.34;
    evidence->at = "inception_5b";
    evidence->input = {3, side, side};
    evidence->map = slope(7, 1);
    if (method != Method::GradCam)
        return evidence;
    for (const ModuleId id : evidenceModules(graph)) {
        ModuleEvidence module{.module = id, .map = slope(7, 1), .evidence = 5, .branches = {}};
        float part = 1;
        if (graph.join(id))
            for (const Branch& branch : graph.branches(id)) {
                module.branches.push_back(
                    {.name = branch.name, .map = slope(7, part), .evidence = double(part)});
                part = part > 0 ? -part - 1 : -part + 1;
            }
        evidence->modules.push_back(std::move(module));
    }
    return evidence;
}

void TestEvidenceView::aClassIsClicked()
{
    const QString second = app().run()->top().value(1).toMap().value("label").toString();
    QQuickItem* label = textWith(second);
    QVERIFY(label);
    click(label);
    QVERIFY(evidence().isOpen());
    QCOMPARE(evidence().classIndex(), app().run()->top().value(1).toMap().value("index").toInt());
    QTRY_COMPARE(m_fixture->itemsOf("EvidenceView").size(), 1);
    QVERIFY(m_fixture->itemsOf("OpBox").isEmpty());
    QVERIFY(textWith(QStringLiteral("Why “%1”?").arg(evidence().className())));
    // The picture is there before the answer is, and the view says that it looks.
    QVERIFY(!evidence().picture().isNull());
    QTRY_COMPARE(m_asked, 1);
    QCOMPARE(m_study.request.classIndex, std::optional(uint32_t(evidence().classIndex())));
    QVERIFY(m_study.request.modules.size() > 10);
    QTRY_VERIFY(textWith("Looking for evidence"));
    const QImage before = evidence().picture();
    answer(found(Method::GradCam));
    QVERIFY(evidence().picture() != before);
    QTRY_VERIFY(textWith("score 12.3, at Inception 3a"));
    QCOMPARE(m_fixture->itemsOf("BranchRow").size(), 4);
    QVERIFY(textWith("+1.00") && textWith("−2.00") && textWith("+3.00") && textWith("−4.00"));
    QVERIFY(textWith("exactly what the module passes on"));
    QVERIFY(!textWith("Nothing is above zero"));
    QCOMPARE(evidence().csv().count('\n'), 7);
    QVERIFY(evidence().csv().startsWith("0,0.142857149,"));
    QCOMPARE(evidence().figureSize(), QSize(448, 448));
    const QString nameless = m_fixture->nameless();
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless));
}

void TestEvidenceView::theButtonAndTheKeyboard()
{
    QQuickItem* button = nullptr;
    for (QQuickItem* item : m_fixture->itemsOf("AppButton"))
        if (item->property("text") == "Why this class?")
            button = item;
    QVERIFY(button);
    button->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(&m_fixture->window(), Qt::Key_Return);
    QVERIFY(evidence().isOpen());
    QCOMPARE(evidence().classIndex(), topClass());
    QTRY_COMPARE(m_fixture->itemsOf("EvidenceView").size(), 1);
    QTest::keyClick(&m_fixture->window(), Qt::Key_Right); // the stage moves on
    QCOMPARE(app().stage()->name(), "inception_3b");
    QVERIFY(evidence().isOpen());
    QTest::keyClick(&m_fixture->window(), Qt::Key_Escape);
    QVERIFY(!evidence().isOpen());
    QTRY_VERIFY(m_fixture->itemsOf("OpBox").size() > 5);
    QTest::keyClick(&m_fixture->window(), Qt::Key_Left);
    QCOMPARE(app().stage()->name(), "inception_3a");
}

/// What was found for this picture is not looked for again; what comes late counts no more.
void TestEvidenceView::askedOnce()
{
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 1);
    const quint64 late = m_number;
    evidence().setMethod(int(Method::Saliency));
    QTRY_COMPARE(m_asked, 2);
    QCOMPARE(m_cancelled, 1);
    QCOMPARE(m_study.request.method, Method::Saliency);
    evidence().apply(late, found(Method::GradCam), {});
    QVERIFY(evidence().busy() && !evidence().found());
    answer(found(Method::Saliency));
    QVERIFY(!evidence().busy() && evidence().found());
    evidence().setMethod(int(Method::GradCam));
    QTRY_COMPARE(m_asked, 3);
    answer(found(Method::GradCam));
    evidence().setMethod(int(Method::Saliency));
    QVERIFY(evidence().found());
    QTest::qWait(20);
    QCOMPARE(m_asked, 3);
    // Hidden, nothing is looked for.
    evidence().setLookedAt(false);
    evidence().setMethod(int(Method::Occlusion));
    QTest::qWait(20);
    QCOMPARE(m_asked, 3);
    evidence().setLookedAt(true);
    QTRY_COMPARE(m_asked, 4);
}

void TestEvidenceView::stageMovesTheEvidence()
{
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 1);
    answer(found(Method::GradCam));
    QCOMPARE(evidence().place(), "at Inception 3a");
    app().overview()->setCurrent(int(m_fixture->id("conv2")));
    QCOMPARE(evidence().branches().size(), 0);
    QTRY_VERIFY(textWith("This module has no branches."));
    app().overview()->setCurrent(int(m_fixture->id("inception_4e")));
    QCOMPARE(evidence().place(), "at Inception 4e");
    QCOMPARE(evidence().branches().size(), 4);
    // What is open of the stage lies over nothing.
    app().stage()->openOp(app().stage()->output()->node());
    QVERIFY(!evidence().isOpen());
    app().stage()->closeOp();
    evidence().ask(topClass());
    QVERIFY(evidence().found());
    app().openChannel(app().stage()->output()->node(), 1);
    QVERIFY(!evidence().isOpen());
    app().channel()->close();
    evidence().ask(topClass());
    // A head has no places: the last map stays, and that is said.
    app().overview()->setCurrent(int(m_fixture->id("loss3")));
    QVERIFY(evidence().place().contains("the module on stage has no map"));
    QCOMPARE(m_asked, 1);
}

/// Every branch of the network, by evidence, by MACs, and as they run.
void TestEvidenceView::ledgerOfAll()
{
    QVERIFY(evidence().ledger(0).isEmpty());
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 1);
    answer(found(Method::GradCam));
    const auto nameOf = [&](int order, int row) {
        return evidence().ledger(order).value(row).toMap().value("name").toString();
    };
    QCOMPARE(evidence().ledger(0).size(), 36); // nine modules of four
    QCOMPARE(nameOf(3, 0), "Inception 3a: 1x1");
    QCOMPARE(nameOf(3, 35), "Inception 5b: pool_proj");
    QCOMPARE(nameOf(0, 0), "Inception 3a: pool_proj"); // -4 of each module comes first
    QCOMPARE(evidence().ledger(0).front().toMap().value("share").toDouble(), -1.0);
    QCOMPARE(nameOf(1, 0), "Inception 3b: 3x3"); // table 1 of the paper: 180 M
    QQuickItem* all = nullptr;
    QTest::qWait(60);
    for (QQuickItem* item : m_fixture->itemsOf("AppButton"))
        if (item->property("text") == "All branches of the network")
            all = item;
    QVERIFY(all);
    all->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(&m_fixture->window(), Qt::Key_Space);
    QTRY_COMPARE(m_fixture->itemsOf("BranchRow").size(), 40);
    QVERIFY(textWith("Inception 5b: pool_proj"));
    const QString nameless = m_fixture->nameless();
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless));
    QTest::keyClick(&m_fixture->window(), Qt::Key_Space);
    QTRY_COMPARE(m_fixture->itemsOf("BranchRow").size(), 4);
}

void TestEvidenceView::fillsProgressively()
{
    evidence().setMethod(int(Method::Occlusion));
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 1);
    const QImage before = evidence().picture();
    auto part = found(Method::Occlusion);
    part->occlusion = OcclusionGrid{.window = 32, .stride = 32, .columns = 7, .rows = 7};
    std::fill(
        part->map.values.begin() + 21, part->map.values.end(),
        std::numeric_limits<float>::quiet_NaN());
    m_progress->setFraction(0.4);
    m_progress->setPartial(*part);
    QTRY_VERIFY(evidence().found() && evidence().picture() != before);
    QVERIFY(evidence().busy());
    QCOMPARE(evidence().progress(), 0.4);
    // The lower half is as it was.
    const int last = before.height() - 1;
    QCOMPARE(evidence().picture().pixel(last, last), before.pixel(last, last));
    auto whole = found(Method::Occlusion);
    whole->occlusion = part->occlusion;
    answer(whole);
    QVERIFY(!evidence().busy());
    QVERIFY(evidence().picture().pixel(last, last) != before.pixel(last, last));
    QTRY_VERIFY(textWith("32 pixels wide, every 32: 49 runs"));
}

void TestEvidenceView::completenessIsTold()
{
    evidence().setMethod(int(Method::IntegratedGradients));
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 1);
    auto whole = found(Method::IntegratedGradients);
    whole->map = slope(side, 1);
    whole->completeness =
        Completeness{.sum = 9.99, .baselineScore = 2, .difference = 10, .steps = 64};
    answer(whole);
    QTRY_VERIFY(textWith("0.1 % after 64 steps"));
    QVERIFY(!textWith("more than 1 %"));
    whole->completeness->sum = 8;
    evidence().reset();
    m_fixture->show("inception_3a");
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 2);
    answer(whole);
    QTRY_VERIFY(textWith("more than 1 %"));
}

void TestEvidenceView::stops()
{
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 1);
    QQuickItem* stop = nullptr;
    QTest::qWait(100); // the view lays itself out
    for (QQuickItem* item : m_fixture->itemsOf("AppButton"))
        if (item->property("text") == "Stop")
            stop = item;
    QVERIFY(stop);
    click(stop);
    QVERIFY(!evidence().busy());
    QCOMPARE(m_cancelled, 1);
    QTRY_VERIFY(textWith("Stopped."));
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 2);
}

void TestEvidenceView::problems()
{
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 1);
    evidence().apply(m_number, nullptr, "out of memory: the device has too little");
    QVERIFY(!evidence().busy());
    QTRY_VERIFY(textWith("the device has too little"));
    QTest::qWait(20);
    QCOMPARE(m_asked, 1); // not again and again
}

void TestEvidenceView::anotherPictureAsksAnew()
{
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 1);
    answer(found(Method::GradCam));
    FakeRun run{app().network(), QImage(50, 40, QImage::Format_RGB32), app().style(), false, 2};
    run.picture.fill(Qt::green);
    evidence().apply(fakeSnapshot(run, m_fixture->id("inception_3a")));
    QVERIFY(evidence().isOpen() && evidence().busy());
    QTRY_COMPARE(m_asked, 2);
    QCOMPARE(m_study.subject.picture.size(), QSize(50, 40));
    // The same picture measured again is nothing new.
    answer(found(Method::GradCam));
    run.run = 3;
    evidence().apply(fakeSnapshot(run, m_fixture->id("inception_3a")));
    QTest::qWait(20);
    QCOMPARE(m_asked, 2);
}

void TestEvidenceView::liveFollowsTheLeadingClass()
{
    int asked = 0;
    std::shared_ptr<FrameStudy> study;
    const auto heard = connect(
        &evidence(), &EvidenceModel::frameStudyWanted, this,
        [&](const std::shared_ptr<FrameStudy>& wanted) {
            ++asked;
            study = wanted;
        });
    quint64 number = 1000;
    const ModuleId stage = m_fixture->id("inception_3a");
    const auto frame = [&](const std::shared_ptr<Evidence>& answer, const QString& problem = {}) {
        const FakeRun run{app().network(), app().run()->picture(), app().style(), true, ++number};
        auto snapshot = std::make_shared<RunSnapshot>(*fakeSnapshot(run, stage));
        snapshot->live = LiveState{.frame = number, .captured = {}};
        snapshot->frameStudy = answer;
        snapshot->frameStudyProblem = problem;
        app().onSnapshot(snapshot);
        QTest::qWait(30);
    };
    const auto ofClass = [&](int index) {
        const std::shared_ptr<Evidence> evidence = found(Method::GradCam);
        evidence->classIndex = uint32_t(index);
        return evidence;
    };
    evidence().setMethod(int(Method::Occlusion));
    frame(nullptr);
    QVERIFY(evidence().live() && evidence().available());
    evidence().ask(topClass());
    QVERIFY(evidence().following());
    QCOMPARE(evidence().method(), int(Method::GradCam));
    QCOMPARE(asked, 1);
    QVERIFY(study);
    QTRY_VERIFY(textWith("Looking for evidence"));
    // What takes long is not offered.
    QQuickItem* occlusion = textWith("Occlusion");
    QVERIFY(occlusion && !occlusion->isEnabled());
    evidence().setMethod(int(Method::Occlusion));
    QCOMPARE(evidence().method(), int(Method::GradCam));

    frame(ofClass(7));
    QCOMPARE(evidence().classIndex(), 7);
    QTRY_VERIFY(textWith("score 12.3, at Inception 3a"));
    QCOMPARE(m_fixture->itemsOf("BranchRow").size(), 4);
    QVERIFY(!textWith("All branches of the network"));
    frame(nullptr); // without an answer the last one stays
    QVERIFY(evidence().found() && evidence().classIndex() == 7);
    QQuickItem* follow = textWith("Follow the leading class");
    QVERIFY(follow && follow->isVisible());
    click(follow);
    QVERIFY(!evidence().following());
    click(follow);
    QVERIFY(evidence().following() && asked == 1); // the same study all along

    evidence().setLookedAt(false);
    QVERIFY(!study);
    evidence().setLookedAt(true);
    QVERIFY(study);
    frame(nullptr, QStringLiteral("too little memory for this"));
    QTRY_VERIFY(textWith("too little memory for this"));
    QCOMPARE(m_asked, 0); // the engine's other studies were never asked
    // A still picture again: asked as ever.
    const FakeRun run{app().network(), app().run()->picture(), app().style(), true, ++number};
    app().onSnapshot(fakeSnapshot(run, stage));
    QVERIFY(!evidence().live());
    QTRY_COMPARE(m_asked, 1);
    disconnect(heard);
}

void TestEvidenceView::legible_data()
{
    QTest::addColumn<QSize>("size");
    for (const QSize size :
         {QSize(800, 600), QSize(1024, 600), QSize(1280, 800), QSize(1920, 1080)})
        QTest::addRow("%dx%d", size.width(), size.height()) << size;
}

void TestEvidenceView::legible()
{
    QFETCH(const QSize, size);
    m_fixture->resize(size.width(), size.height());
    evidence().ask(topClass());
    QTRY_COMPARE(m_asked, 1);
    QStringList faults;
    const auto check = [&](const QString& what) {
        QStringList now;
        for (int attempt = 0; attempt == 0 || (!now.isEmpty() && attempt < 6); ++attempt) {
            QTest::qWait(50);
            now = geometryFaults(m_fixture->items(), m_fixture->window().size());
            if (const QString text = m_fixture->unreadable(); !text.isEmpty())
                now << text + " is cut off";
        }
        for (const QString& fault : std::as_const(now))
            faults << what + ": " + fault;
    };
    check("while it looks");
    answer(found(Method::GradCam));
    for (const bool dark : {true, false}) {
        app().settings()->setDark(dark);
        check("found");
    }
    evidence().setMethod(int(Method::IntegratedGradients));
    QTRY_COMPARE(m_asked, 2);
    auto whole = found(Method::IntegratedGradients);
    whole->completeness =
        Completeness{.sum = 8.123, .baselineScore = 2, .difference = 10.456, .steps = 512};
    answer(whole);
    check("completeness");
    QVERIFY2(faults.isEmpty(), qPrintable('\n' + faults.join('\n')));
}

QTEST_MAIN(TestEvidenceView)
#include "test_evidence_view.moc"
