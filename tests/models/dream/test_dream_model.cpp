// What the window knows of a dream; no device, so that none is dreamt.
#include "models/dream/dream_model.h"
#include "support/test_main.h"

#include <QSignalSpy>

using namespace inceptoscope;

class TestDreamModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingWithoutAModule();
    void dreamsWhenOpened();
    void stopsAndCloses();
    void anotherModuleDreamsByItself();
    void theSamePictureGoesOn();
    void settingsStayWithinBounds();
    void largePicturesAreMadeSmaller();
};

namespace {

QImage plain(QSize size)
{
    QImage image(size, QImage::Format_RGB888);
    image.fill(Qt::gray);
    return image;
}

DreamModel::Subject subject(const std::string& node, const QImage& picture)
{
    return {
        .network = "googlenet",
        .weights = "synthetic",
        .node = node,
        .moduleTitle = QString::fromStdString(node),
        .pictureTitle = "coffee.png",
        .picture = picture,
        .reason = node.empty() ? "no maps" : QString()};
}

/// A model with what it asked for.
struct Asked
{
    DreamModel model;
    QImage picture = plain({64, 48});
    QList<quint64> numbers;
    int cancels = 0;

    Asked()
    {
        QObject::connect(
            &model.study(), &WatchedStudy::wanted,
            [this](quint64 number, const StudyJob&) { numbers << number; });
        QObject::connect(&model.study(), &WatchedStudy::cancelWanted, [this] { ++cancels; });
    }
};

} // namespace

void TestDreamModel::nothingWithoutAModule()
{
    Asked asked;
    asked.model.setSubject(subject({}, asked.picture));
    QVERIFY(!asked.model.possible());
    QCOMPARE(asked.model.reason(), "no maps");
    asked.model.open();
    QVERIFY(asked.model.isOpen());
    QVERIFY(asked.numbers.isEmpty());
    QVERIFY(!asked.model.dreaming());
    // Once it is possible, what was opened dreams.
    asked.model.setSubject(subject("inception_4c", asked.picture));
    QVERIFY(asked.model.possible());
    QTRY_COMPARE(asked.numbers.size(), 1);
}

void TestDreamModel::dreamsWhenOpened()
{
    Asked asked;
    asked.model.setSubject(subject("inception_4c", asked.picture));
    QCOMPARE(asked.model.title(), "coffee dreamt by googlenet inception_4c");
    asked.model.start(); // nobody sees it
    QVERIFY(asked.numbers.isEmpty());
    asked.model.open();
    QVERIFY(asked.model.dreaming());
    QCOMPARE(asked.numbers.size(), 1);
    QVERIFY(asked.model.text().contains("inception_4c"));
    QCOMPARE(asked.model.progress(), 0.0);
    asked.model.study().apply(asked.numbers.last() + 1, "of something else");
    QVERIFY(asked.model.dreaming());
    asked.model.study().apply(asked.numbers.last(), "no memory");
    QVERIFY(!asked.model.dreaming());
    QCOMPARE(asked.model.problem(), "no memory");
    asked.model.deepen(); // there is nothing to go on from
    QCOMPARE(asked.numbers.size(), 1);
    asked.model.start();
    QVERIFY(asked.model.problem().isEmpty());
    QCOMPARE(asked.numbers.size(), 2);
    QVERIFY(asked.numbers[1] != asked.numbers[0]);
}

void TestDreamModel::stopsAndCloses()
{
    Asked asked;
    asked.model.setSubject(subject("inception_4c", asked.picture));
    asked.model.open();
    const quint64 number = asked.numbers.last();
    asked.model.stop();
    QVERIFY(!asked.model.dreaming());
    QVERIFY(asked.model.isOpen());
    QCOMPARE(asked.cancels, 1);
    asked.model.study().apply(number, "too late");
    QVERIFY(asked.model.problem().isEmpty());
    asked.model.stop();
    QCOMPARE(asked.cancels, 1); // nothing of others is cancelled
    asked.model.start();
    asked.model.close();
    QVERIFY(!asked.model.isOpen());
    QCOMPARE(asked.cancels, 2);
}

void TestDreamModel::anotherModuleDreamsByItself()
{
    Asked asked;
    asked.model.setSubject(subject("inception_4c", asked.picture));
    asked.model.open();
    asked.model.setSubject(subject("inception_4d", asked.picture));
    QCOMPARE(asked.cancels, 1);
    QVERIFY(!asked.model.hasPicture());
    asked.model.setSubject(subject("inception_4e", asked.picture));
    QTRY_COMPARE(asked.numbers.size(), 2); // the last one only
    QTest::qWait(500);
    QCOMPARE(asked.numbers.size(), 2);
    QCOMPARE(asked.model.moduleTitle(), "inception_4e");
    asked.model.close();
    asked.model.setSubject(subject("inception_5a", asked.picture));
    QTest::qWait(500);
    QCOMPARE(asked.numbers.size(), 2);
}

/// Each snapshot of a run says anew what is on show.
void TestDreamModel::theSamePictureGoesOn()
{
    Asked asked;
    asked.model.setSubject(subject("inception_4c", asked.picture));
    asked.model.open();
    asked.model.setSubject(subject("inception_4c", asked.picture));
    QVERIFY(asked.model.dreaming());
    QCOMPARE(asked.cancels, 0);
    asked.model.setSubject(subject("inception_4c", plain({64, 48}))); // another picture
    QVERIFY(!asked.model.dreaming());
    QCOMPARE(asked.cancels, 1);
}

void TestDreamModel::settingsStayWithinBounds()
{
    DreamModel model;
    model.setStrength(7);
    QCOMPARE(model.strength(), 1.0);
    model.setStrength(-1);
    QCOMPARE(model.strength(), 0.0);
    model.setOctaves(99);
    QCOMPARE(model.octaves(), DreamModel::mostOctaves());
    model.setOctaves(0);
    QCOMPARE(model.octaves(), 1);
}

void TestDreamModel::largePicturesAreMadeSmaller()
{
    DreamModel model;
    model.setSubject(subject("inception_4c", plain({1200, 600})));
    QCOMPARE(model.before().size(), QSize(480, 240));
    QImage glass(100, 50, QImage::Format_ARGB32);
    glass.fill(Qt::transparent);
    model.setSubject(subject("inception_4c", glass));
    QCOMPARE(model.before().size(), QSize(100, 50));
    QCOMPARE(model.before().pixelColor(3, 3), QColor(Qt::white)); // as the network takes it
}

INCEPTOSCOPE_TEST_MAIN(TestDreamModel)
#include "test_dream_model.moc"
