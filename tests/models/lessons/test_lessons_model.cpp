#include "models/app_fixture.h"

#include <QSignalSpy>
#include <QtTest>

using namespace inceptoscope;

/// Every page of every bundled lesson, and what a page does with what the reader and the network
/// say.
class TestLessonsModel : public QObject, private AppFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void everyPageSetsItsStage();
    void countedPredictions();
    void measuredPredictionsWaitForTheRun();
    void nanNeverLeads();
    void tasks();
    void tasksInTheLaboratory();
    void handout();
    void pointing();
    void whatIsAskedAboutIsNotDimmed();
    void answersOfOneKindAreToldApart();
    void progressIsKept();

private:
    LessonsModel& lessons() { return *m_app->lessons(); }
    void use(const QString& pages)
    {
        QTemporaryDir folder;
        QFile file(folder.filePath("own.md"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(("---\ntitle: T\nchapter: v1\nsummary: S\n---\n\n## One\n\n```stage\nshow: "
                    "inceptoscope:network=googlenet&view=modules&module=inception_3a\npoint: "
                    "inception_3a/5x5\n```\n\nIt has {macs inception_3a} and {mean "
                    "inception_3a/1x1}.\n\n" +
                    pages + "\n\n## Two\n\nWords.\n\n## Three\n\nWords.\n")
                       .toUtf8());
        file.close();
        LessonFolder own = loadLessons(folder.path());
        QVERIFY2(
            own.problems.isEmpty(), own.problems.isEmpty() ? "" : qPrintable(own.problems[0].what));
        lessons().use(std::move(own));
        lessons().start("own");
    }
};

void TestLessonsModel::everyPageSetsItsStage()
{
    int pages = 0;
    for (const QVariant& chapter : lessons().chapters()) {
        for (const QVariant& entry : chapter.toMap()["lessons"].toList()) {
            lessons().start(entry.toMap()["id"].toString());
            QVERIFY(lessons().isOpen());
            for (int page = 0; page < lessons().pages(); ++page, ++pages) {
                QCOMPARE(lessons().page(), page);
                QVERIFY2(
                    m_app->messages()->text().isEmpty(), qPrintable(m_app->messages()->text()));
                QVERIFY(!lessons().heading().isEmpty());
                // Figures are told, but for those that only a run knows.
                QVERIFY2(!lessons().text().contains('{'), qPrintable(lessons().text()));
                QCOMPARE(lessons().question().isEmpty(), lessons().answers().isEmpty());
                QVERIFY(!lessons().taskDone());
                if (page + 1 < lessons().pages())
                    lessons().next();
            }
        }
    }
    QVERIFY(pages >= 50);
    lessons().next(); // after the last page of the last one
    QVERIFY(!lessons().isOpen());
}

void TestLessonsModel::countedPredictions()
{
    use("```predict\nask: Which?\nmost: macs\namong: [inception_3a/1x1, inception_3a/3x3, "
        "inception_3a/5x5]\nthen: \"{macs inception_3a/3x3 : inception_3a/5x5} times\"\n```");
    QVERIFY(lessons().text().contains(QStringLiteral("128.0"))); // 128,049,152
    QCOMPARE(lessons().answers().size(), 3);
    QCOMPARE(lessons().answers()[1].toMap()["title"].toString(), "1×1 conv → 3×3 conv");
    QCOMPARE(lessons().answers()[1].toMap()["value"].toString(), "");
    QVERIFY(lessons().verdict().isEmpty());
    lessons().predict(0);
    QVERIFY(lessons().predicted() && !lessons().right());
    QVERIFY(lessons().answers()[1].toMap()["leads"].toBool());
    QVERIFY(lessons().answers()[0].toMap()["chosen"].toBool());
    // 192 * 96 + 96 * 128 * 9 = 129,024 a pixel, against 192 * 16 + 16 * 32 * 25 = 15,872.
    QVERIFY(lessons().verdict().startsWith("The network says otherwise."));
    QVERIFY2(lessons().verdict().endsWith("8.13 times"), qPrintable(lessons().verdict()));
    lessons().predict(1); // once is enough
    QVERIFY(!lessons().right());
    lessons().next();
    lessons().back();
    QVERIFY(!lessons().predicted());
    lessons().predict(1);
    QVERIFY(lessons().right());
    QVERIFY(lessons().verdict().startsWith("As you said."));
}

void TestLessonsModel::measuredPredictionsWaitForTheRun()
{
    use("```predict\nask: Which?\nmost: mean\namong: [inception_3a/1x1, "
        "inception_3a/3x3]\nthen: \"{mean inception_3a/1x1}\"\n```");
    QVERIFY(lessons().text().contains("–"));
    lessons().predict(0);
    QVERIFY(lessons().predicted());
    QVERIFY(lessons().verdict().contains("still computing"));
    const auto snapshot = fakeSnapshot(run(), id("inception_3a"));
    m_app->onSnapshot(snapshot);
    QVERIFY2(!lessons().verdict().contains("still computing"), qPrintable(lessons().verdict()));
    QVERIFY(!lessons().text().contains("–"));
    // The same from the snapshot itself.
    const Graph& graph = m_app->network()->graph;
    const auto meanOf = [&](const char* name) {
        for (const OpPicture& op : snapshot->shown->ops)
            if (op.node == graph.find(name).value()) {
                double sum = 0;
                for (const ChannelStatistics& channel : op.statistics)
                    sum += double(channel.mean);
                return sum / double(op.statistics.size());
            }
        return -1.0;
    };
    QCOMPARE(lessons().right(), meanOf("inception_3a/1x1") >= meanOf("inception_3a/3x3"));
}

void TestLessonsModel::nanNeverLeads()
{
    const Graph graph = makeNetwork("googlenet").graph;
    auto shown = std::make_shared<ModulePictures>();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const auto& [name, mean] :
         {std::pair("inception_3a/1x1", nan),
          {"inception_3a/3x3", 0.2},
          {"inception_3a/5x5", 0.1}}) {
        OpPicture op;
        op.node = graph.find(name).value();
        op.statistics.resize(2);
        for (ChannelStatistics& channel : op.statistics)
            channel.mean = float(mean);
        shown->ops.push_back(op);
    }
    RunSnapshot snapshot;
    snapshot.shown = shown;
    LessonPrediction prediction{
        .ask = {},
        .by = "mean",
        .among = {"inception_3a/1x1", "inception_3a/3x3", "inception_3a/5x5"},
        .then = {}};
    QCOMPARE(answer(prediction, graph, &snapshot)->best, size_t(1));
    prediction.least = true;
    QCOMPARE(answer(prediction, graph, &snapshot)->best, size_t(2));
    QVERIFY(!answer(prediction, graph, nullptr));
}

void TestLessonsModel::tasks()
{
    use("```do\nsay: Open it.\nuntil: "
        "inceptoscope:module=inception_3a&op=inception_3a/5x5\n```");
    QCOMPARE(lessons().task(), "Open it.");
    QVERIFY(!lessons().taskDone());
    const auto node = [&](const char* name) {
        return int(m_app->network()->graph.find(name).value());
    };
    m_app->openChannel(node("inception_3a/3x3"), 3);
    QTest::qWait(5);
    QVERIFY(!lessons().taskDone());
    m_app->openChannel(node("inception_3a/5x5"), 9); // any channel
    QTRY_VERIFY(lessons().taskDone());
    m_app->channel()->close();
    QTest::qWait(5);
    QVERIFY(lessons().taskDone()); // what was done stays done
}

void TestLessonsModel::tasksInTheLaboratory()
{
    use("```do\nsay: Move n to 7.\nuntil: "
        "inceptoscope:view=laboratory&experiment=asymmetric&set=n=7\n```");
    m_app->laboratory()->setCurrent("asymmetric");
    m_app->setView("laboratory");
    QTest::qWait(5);
    QVERIFY(!lessons().taskDone());
    m_app->laboratory()->setValue("channels", 16); // another one
    QTest::qWait(5);
    QVERIFY(!lessons().taskDone());
    m_app->laboratory()->setValue("n", 7);
    QTRY_VERIFY(lessons().taskDone());
}

void TestLessonsModel::handout()
{
    use("```predict\nask: Which?\nmost: macs\namong: [inception_3a/1x1, inception_3a/3x3]\nthen: "
        "\"{macs inception_3a/3x3}\"\n```\n\nA [word](term:mac), and [again](term:mac).");
    lessons().predict(0);
    QSignalSpy leaving(&lessons(), &LessonsModel::leaving);
    QImage figure(40, 20, QImage::Format_RGB32);
    figure.fill(Qt::red);
    lessons().keepPage(figure);
    lessons().next();
    QCOMPARE(leaving.count(), 1);
    const Handout handout = lessons().handout();
    QCOMPARE(handout.title, "T");
    QCOMPARE(handout.pages.size(), 3);
    const HandoutPage& first = handout.pages[0];
    QCOMPARE(first.figure, figure);
    QVERIFY(handout.pages[1].figure.isNull()); // not seen yet
    QVERIFY(first.text.contains(QStringLiteral("128.0")));
    QVERIFY(first.answers[0].chosen && !first.answers[1].chosen);
    QVERIFY(first.answers[1].leads && !first.answers[1].value.isEmpty());
    QCOMPARE(handout.terms.size(), 1);
    QCOMPARE(handout.terms[0].title, "MAC");
    lessons().back();
    QCOMPARE(leaving.count(), 2);
    QVERIFY(!lessons().predicted()); // but what was kept stays
    QVERIFY(lessons().handout().pages[0].answers[0].chosen);
    lessons().close();
    QVERIFY(lessons().handout().pages.isEmpty());
}

void TestLessonsModel::pointing()
{
    use({});
    const auto dimmed = [&](const char* name) {
        return m_app->stage()->find(int(m_app->network()->graph.find(name).value()))->dimmed();
    };
    QVERIFY(dimmed("inception_3a/1x1"));
    QVERIFY(!dimmed("inception_3a/5x5") && !dimmed("inception_3a/5x5_reduce"));
    lessons().hover("inception_3a/1x1");
    QVERIFY(!dimmed("inception_3a/1x1") && dimmed("inception_3a/5x5"));
    lessons().hover("term:mac");
    QVERIFY(dimmed("inception_3a/1x1"));
    QVERIFY(lessons().termText("term:mac").startsWith("MAC: "));
    QVERIFY(lessons().termText("inception_3a/1x1").isEmpty());
    QCOMPARE(lessons().branchOf("inception_3a/5x5_reduce"), 2);
    QCOMPARE(lessons().branchOf("conv1"), -1);
    QCOMPARE(lessons().branchOf("inception_3a/5x5"), 2);
    m_app->overview()->step(1); // elsewhere nothing is dimmed
    for (const OpItem* op : m_app->stage()->ops())
        QVERIFY(!op->dimmed());
    m_app->overview()->step(-1);
    QVERIFY(dimmed("inception_3a/1x1"));
    lessons().close();
    QVERIFY(!dimmed("inception_3a/1x1"));
}

/// The page points at the 5x5 alone and asks about the 1x1, too.
void TestLessonsModel::whatIsAskedAboutIsNotDimmed()
{
    use("```predict\nask: Which?\nmost: macs\namong: [inception_3a/1x1, inception_3a/5x5]\n```");
    const auto dimmed = [&](const char* name) {
        return m_app->stage()->find(int(m_app->network()->graph.find(name).value()))->dimmed();
    };
    QVERIFY(!dimmed("inception_3a/1x1") && !dimmed("inception_3a/5x5"));
    QVERIFY(dimmed("inception_3a/3x3"));
    // An answer under the pointer shows which one it is.
    lessons().hover(lessons().answers()[0].toMap()["part"].toString());
    QVERIFY(!dimmed("inception_3a/1x1") && dimmed("inception_3a/5x5"));
    lessons().predict(0);
    QVERIFY(!dimmed("inception_3a/5x5") && dimmed("inception_3a/3x3"));
}

void TestLessonsModel::answersOfOneKindAreToldApart()
{
    const Graph bn = makeNetwork("googlenet_bn").graph;
    QCOMPARE(
        partTitles(bn, {"maxpool2", "inception3a.branch2.0", "inception3a.branch3.0"}),
        (QStringList{"Max pool 2", "1×1 conv (branch2.0)", "1×1 conv (branch3.0)"}));
    QCOMPARE(
        partTitles(bn, {"inception3a/branch2", "inception3a/branch3"}),
        (QStringList{"1×1 conv → 3×3 conv (branch2)", "1×1 conv → 3×3 conv (branch3)"}));
    // Of two modules the module is what tells them apart.
    QCOMPARE(
        partTitles(bn, {"inception3a/branch1", "inception3b/branch1"}),
        (QStringList{"1×1 conv (inception3a/branch1)", "1×1 conv (inception3b/branch1)"}));
}

void TestLessonsModel::progressIsKept()
{
    QVERIFY(!lessons().begun());
    use({});
    QVERIFY(lessons().begun());
    lessons().next();
    QSignalSpy changed(&lessons(), &LessonsModel::progressChanged);
    lessons().close();
    lessons().start("own");
    QCOMPARE(lessons().page(), 1); // where it was left
    lessons().next();
    QVERIFY(changed.count() > 0);
    QVERIFY(lessons().chapters()[0].toMap()["lessons"].toList()[0].toMap()["done"].toBool());
    lessons().start("own");
    QCOMPARE(lessons().page(), 0); // read to the end: from the beginning
    lessons().start("nonsense");
    QCOMPARE(lessons().page(), 0);
}

QTEST_GUILESS_MAIN(TestLessonsModel)
#include "test_lessons_model.moc"
