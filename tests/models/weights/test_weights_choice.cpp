#include "models/weights/knowledge.h"
#include "models/weights/weights_choice.h"
#include "support/test_main.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace inceptoscope;

/// The test answers in the engine's place.
class TestWeightsChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatIsUsual();
    void refusedOnesAreStoodInFor();
    void randomOnesAreTheLast();
    void nothingNeedStandInForWhatIsShown();
    void whatSomebodyOpensIsRemembered();
    void whatIsOpenedAnywayIsNot();
    void forgetting();
    void fetchedOnes();
    void knowledge();

private:
    [[nodiscard]] QStringList wanted() const
    {
        QStringList specs;
        for (const QList<QVariant>& arguments : *m_wanted)
            specs << arguments[1].toString();
        return specs;
    }
    WeightsStore m_store;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Messages> m_messages;
    std::unique_ptr<WeightsChoice> m_choice;
    std::unique_ptr<QSignalSpy> m_wanted;
};

void TestWeightsChoice::init()
{
    m_wanted.reset();
    m_choice.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath("settings.ini"));
    m_messages = std::make_unique<Messages>();
    m_choice = std::make_unique<WeightsChoice>(m_store, *m_settings, *m_messages);
    m_wanted = std::make_unique<QSignalSpy>(m_choice.get(), &WeightsChoice::wanted);
    m_choice->setNetwork("googlenet_bn"); // comes with weights of its own
}

void TestWeightsChoice::whatIsUsual()
{
    const QString own = m_store.specFor("googlenet_bn");
    QVERIFY(own != "synthetic");
    QCOMPARE(m_choice->usual("googlenet_bn"), own);
    QCOMPARE(m_choice->usual("inception_v4"), "synthetic");
    m_settings->rememberWeights("inception_v4", "/mine.pth");
    QCOMPARE(m_choice->usual("inception_v4"), "/mine.pth");
    m_choice->openFirst({});
    QCOMPARE(wanted(), QStringList{own});
    QCOMPARE((*m_wanted)[0][0].toString(), "googlenet_bn");
}

void TestWeightsChoice::refusedOnesAreStoodInFor()
{
    const QString own = m_store.specFor("googlenet_bn");
    m_settings->rememberWeights("googlenet_bn", "/elsewhere/mine.safetensors");
    m_choice->openFirst("/data/bad.pth");
    m_choice->refused("weights: /data/bad.pth is no weights file", false);
    QCOMPARE(wanted(), (QStringList{"/data/bad.pth", own}));
    m_choice->loaded({own, "own.safetensors", true});
    QCOMPARE(
        m_messages->text(), "weights: /data/bad.pth is no weights file\nThe network's own trained "
                            "weights are used instead, own.safetensors.");
    QVERIFY(m_messages->isError());
    // Nobody chose them: what was remembered may be there again next time.
    QCOMPARE(m_settings->weights("googlenet_bn"), "/elsewhere/mine.safetensors");
}

void TestWeightsChoice::randomOnesAreTheLast()
{
    const QString own = m_store.specFor("googlenet_bn");
    m_choice->openFirst("/data/bad.pth");
    m_choice->refused("weights: bad.pth is no weights file", false);
    m_choice->refused("weights: own.safetensors is cut", false);
    QCOMPARE(wanted(), (QStringList{"/data/bad.pth", own, "synthetic"}));
    m_choice->refused("the device was lost", false); // nothing is left to try
    QCOMPARE(wanted().size(), 3);
    QCOMPARE(
        m_messages->text(), "weights: bad.pth is no weights file\nweights: own.safetensors is "
                            "cut\nthe device was lost");
    m_choice->openFirst("/data/bad.pth");
    m_choice->refused("weights: bad.pth is no weights file", false);
    m_choice->refused("weights: own.safetensors is cut", false);
    m_choice->loaded({"synthetic", "random weights", false});
    QVERIFY(m_messages->text().endsWith("\nRandom weights are used instead."));
}

void TestWeightsChoice::nothingNeedStandInForWhatIsShown()
{
    m_choice->open("/data/bad.pth");
    m_choice->refused("weights: bad.pth is no weights file", true);
    QCOMPARE(wanted(), QStringList{"/data/bad.pth"});
    QCOMPARE(m_messages->text(), "weights: bad.pth is no weights file");
    // What is opened next is no stand-in.
    m_choice->open("/data/good.pth");
    m_choice->loaded({"/data/good.pth", "good.pth", true});
    QVERIFY(m_messages->text().isEmpty());
}

void TestWeightsChoice::whatSomebodyOpensIsRemembered()
{
    QSignalSpy changed(m_choice.get(), &WeightsChoice::rememberedChanged);
    QVERIFY(!m_choice->remembered());
    m_choice->loaded({"synthetic", "random weights", false});
    QVERIFY(!m_choice->remembered());
    m_choice->loaded({"/data/g.safetensors", "g.safetensors", true, "a hundred classes"});
    QVERIFY(m_choice->remembered());
    QCOMPARE(m_settings->weights("googlenet_bn"), "/data/g.safetensors");
    QCOMPARE(changed.count(), 2);
    QCOMPARE(m_messages->text(), "a hundred classes");
    QVERIFY(!m_messages->isError());
}

void TestWeightsChoice::whatIsOpenedAnywayIsNot()
{
    m_settings->rememberWeights("googlenet_bn", "/data/g.safetensors");
    m_choice->loaded({m_store.specFor("googlenet_bn"), "its own", true});
    QVERIFY(!m_choice->remembered());
}

void TestWeightsChoice::forgetting()
{
    m_settings->rememberWeights("googlenet_bn", "/data/g.safetensors");
    m_messages->note("something");
    m_choice->forget();
    QVERIFY(!m_choice->remembered());
    QVERIFY(m_messages->text().isEmpty());
    QCOMPARE(wanted(), QStringList{m_store.specFor("googlenet_bn")});
}

void TestWeightsChoice::fetchedOnes()
{
    m_choice->fetched("inception_v3", "/cache/v3.safetensors");
    QVERIFY(wanted().isEmpty());
    QVERIFY(m_messages->text().startsWith("The weights of inception_v3 are there now"));
    QVERIFY(!m_messages->isError());
    m_choice->fetched("googlenet_bn", "/cache/bn.safetensors");
    QCOMPARE(wanted(), QStringList{"/cache/bn.safetensors"});
    QVERIFY(m_messages->text().isEmpty());
}

/// What the manifest says, said once.
void TestWeightsChoice::knowledge()
{
    const QTemporaryDir folder;
    const WeightsStore store(Manifest::load(), folder.path(), folder.path());
    const ManifestEntry* bundled = nullptr;
    for (const ManifestEntry& entry : store.manifest().entries())
        if (entry.bundled)
            bundled = &entry;
    QVERIFY(bundled);
    const ManifestEntry* offer = store.manifest().toFetch(bundled->network);
    QVERIFY(offer);
    const WeightsState own{store.path(*bundled), "own", true};
    Knowledge known = knowledgeOf(store, own, offer);
    QCOMPARE(
        known.sentence, QString("Trained on %1 kinds of drawn pictures.").arg(bundled->classes));
    QCOMPARE(known.photographs, "For photographs, fetch ImageNet's.");
    QCOMPARE(QString(firstSample(store, own.spec)), "city-skyline");
    known = knowledgeOf(store, {store.path(*offer), "theirs", true}, offer);
    QCOMPARE(known.sentence, "Trained on ImageNet: 1000 kinds of photographs.");
    QCOMPARE(known.photographs, "");
    QCOMPARE(QString(firstSample(store, store.path(*offer))), "chelsea");
    known = knowledgeOf(store, {"synthetic", "random weights", false}, offer);
    QCOMPARE(known.sentence + known.photographs, "");
    QCOMPARE(QString(firstSample(store, "synthetic")), "chelsea");
}

INCEPTOSCOPE_TEST_MAIN(TestWeightsChoice)
#include "test_weights_choice.moc"
