#include "models/picture/pictures.h"
#include "models/picture/samples.h"
#include "support/test_main.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace inceptoscope;

class TestPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensInTheBackground();
    void samplesHaveATitle();
    void theNewestWins();
    void whatCannotBeReadLeavesWhatWasThere();
    void aStartOnABadPictureHasAStandIn();
    void pastedOnesHaveNoName();
    void onlyFilesOfThisComputer();

private:
    void settle() { QTRY_VERIFY(!m_pictures->decoding()); }
    [[nodiscard]] QString titleOf(int at) const
    {
        return (*m_opened)[at][0].value<LoadedPicture>().title;
    }
    QUrl m_coffee = QUrl::fromLocalFile(
        QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/coffee.png"));
    QUrl m_noPicture = QUrl::fromLocalFile(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/README.md"));
    std::unique_ptr<Messages> m_messages;
    std::unique_ptr<Pictures> m_pictures;
    std::unique_ptr<QSignalSpy> m_opened;
};

void TestPictures::init()
{
    m_opened.reset();
    m_pictures.reset();
    m_messages = std::make_unique<Messages>();
    m_pictures = std::make_unique<Pictures>(*m_messages);
    m_opened = std::make_unique<QSignalSpy>(m_pictures.get(), &Pictures::opened);
}

void TestPictures::opensInTheBackground()
{
    QSignalSpy named(m_pictures.get(), &Pictures::nameChanged);
    m_pictures->open(m_coffee);
    QVERIFY(m_pictures->decoding());
    QCOMPARE(m_opened->count(), 0);
    // It has its name from the start, so that a session that ends now opens it again.
    QCOMPARE(m_pictures->name(), m_coffee.toLocalFile());
    QCOMPARE(named.count(), 1);
    settle();
    QCOMPARE(m_opened->count(), 1);
    QCOMPARE(titleOf(0), "coffee.png");
    QVERIFY(!(*m_opened)[0][0].value<LoadedPicture>().image.isNull());
}

void TestPictures::samplesHaveATitle()
{
    m_pictures->open(pictureUrl("city-skyline"));
    settle();
    QCOMPARE(titleOf(0), "City skyline");
    QCOMPARE(m_pictures->name(), "city-skyline");
}

void TestPictures::theNewestWins()
{
    m_pictures->open(m_coffee);
    m_pictures->open(pictureUrl("chelsea"));
    m_pictures->open(pictureUrl("torus"));
    settle();
    QCOMPARE(m_opened->count(), 1);
    QCOMPARE(titleOf(0), "Torus");
}

void TestPictures::whatCannotBeReadLeavesWhatWasThere()
{
    m_pictures->open(m_coffee);
    settle();
    m_pictures->open(m_noPicture);
    settle();
    QCOMPARE(m_opened->count(), 1);
    QVERIFY(m_messages->text().startsWith("README.md is not a picture"));
    QVERIFY(m_messages->isError());
    QCOMPARE(m_pictures->name(), m_coffee.toLocalFile());
    m_pictures->open(m_coffee);
    settle();
    QVERIFY(m_messages->text().isEmpty());
}

void TestPictures::aStartOnABadPictureHasAStandIn()
{
    m_pictures->open(m_noPicture);
    QTRY_COMPARE(m_opened->count(), 1);
    QCOMPARE(m_pictures->name(), photographSample);
    QVERIFY(m_messages->text().startsWith("README.md is not a picture")); // still said
    m_pictures->open(m_noPicture);
    settle();
    QCOMPARE(m_opened->count(), 1); // only at a start
}

void TestPictures::pastedOnesHaveNoName()
{
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::red);
    m_pictures->openImage(image, "Pasted picture");
    settle();
    QCOMPARE(titleOf(0), "Pasted picture");
    QVERIFY(m_pictures->name().isEmpty());
}

void TestPictures::onlyFilesOfThisComputer()
{
    m_pictures->open(QUrl("https://example.org/cat.png"));
    QVERIFY(!m_pictures->decoding());
    QVERIFY(m_messages->text().contains("on this computer"));
}

INCEPTOSCOPE_TEST_MAIN(TestPictures)
#include "test_pictures.moc"
