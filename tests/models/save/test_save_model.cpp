#include "models/save/file_names.h"
#include "models/save/save_model.h"
#include "models/save/table_text.h"
#include "models/settings.h"

#include <QtTest>

using namespace inceptoscope;

class TestSaveModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesFromTitles_data();
    void namesFromTitles();
    void suffixes_data();
    void suffixes();
    void lines();
    void writesOnlyWhatWasMade();
    void homeIsATilde();
    void folderIsRemembered();

private:
    QTemporaryDir m_folder;
};

void TestSaveModel::namesFromTitles_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("name");
    QTest::newRow("network") << "GoogLeNet (Inception v1): share of the MACs"
                             << "GoogLeNet-Inception-v1-share-of-the-MACs";
    QTest::newRow("op") << "googlenet inception_3a/3x3"
                        << "googlenet-inception_3a-3x3";
    QTest::newRow("times") << "2×2"
                           << "2x2";
    QTest::newRow("hidden") << "..hidden."
                            << "hidden";
    QTest::newRow("letters") << "Übung"
                             << "Übung";
    QTest::newRow("nothing") << "/?*"
                             << "";
    QTest::newRow("long") << QString(300, 'x') << QString(80, 'x');
}

void TestSaveModel::namesFromTitles()
{
    QFETCH(const QString, title);
    QTEST(nameFromTitle(title), "name");
}

void TestSaveModel::suffixes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("whole");
    QTest::newRow("none") << "a"
                          << "a.png";
    QTest::newRow("there") << "a.png"
                           << "a.png";
    QTest::newRow("in capitals") << "a.PNG"
                                 << "a.PNG";
    QTest::newRow("another") << "a.jpg"
                             << "a.jpg.png";
    QTest::newRow("a version") << "v1.2"
                               << "v1.2.png";
    QTest::newRow("spaces around") << "  a "
                                   << "a.png";
    QTest::newRow("empty") << " "
                           << "";
}

void TestSaveModel::suffixes()
{
    QFETCH(const QString, name);
    QTEST(withSuffix(name, "png"), "whole");
}

void TestSaveModel::lines()
{
    QCOMPARE(tableLine({"a", "b,c", "d\"e"}, ','), "a,\"b,c\",\"d\"\"e\"\n");
    QCOMPARE(tableLine({"a\tb", "c"}, '\t'), "a b\tc\n");
    Settings settings(m_folder.filePath("none.ini"));
    const SaveModel model(settings);
    QCOMPARE(
        model.csv({QVariantMap{{"x", "1, 2"}, {"y", 3}}}, {"x", "y"}, {"X", "Y"}),
        "X,Y\n\"1, 2\",3\n");
}

void TestSaveModel::writesOnlyWhatWasMade()
{
    const QTemporaryDir folder;
    Settings settings(m_folder.filePath("none.ini"));
    SaveModel model(settings);
    model.setFolder(folder.path());
    QSignalSpy refused(&model, &SaveModel::refused);
    QSignalSpy written(&model, &SaveModel::written);
    model.write("a.png", {});
    QCOMPARE(refused.takeFirst()[0].toString(), "There is nothing to save yet.");
    model.write("a.png", model.imageContent({})); // as where there is no memory
    QVERIFY(model.busy());
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(refused.takeFirst()[0].toString().contains("enough memory"));
    QVERIFY(!model.exists("a.png"));
    model.write("a.txt", model.textContent("text"));
    QTRY_COMPARE(written.size(), 1);
    QVERIFY(model.exists("a.txt"));
    QCOMPARE(model.saved(), "a.txt is saved in " + folder.path() + ".");
    QCOMPARE(model.files(), QStringList{"a.txt"});
}

void TestSaveModel::homeIsATilde()
{
    Settings settings(m_folder.filePath("none.ini"));
    SaveModel model(settings);
    model.setFolder("~");
    QCOMPARE(model.folder(), QDir::homePath());
    model.setFolder("~/x/");
    QCOMPARE(model.folder(), QDir::homePath() + "/x");
    model.setFolder("/");
    model.up();
    QCOMPARE(model.folder(), "/");
}

/// Each kind of thing has its own folder, also at the next start.
void TestSaveModel::folderIsRemembered()
{
    const QTemporaryDir pictures;
    const QTemporaryDir tables;
    const QString kept = m_folder.filePath("kept.ini");
    {
        Settings settings(kept);
        SaveModel model(settings);
        QSignalSpy written(&model, &SaveModel::written);
        for (const auto& [kind, folder] :
             {std::pair("pictures", &pictures), {"documents", &tables}}) {
            model.goTo(kind);
            model.setFolder(folder->path());
            model.write("a.txt", model.textContent("text"));
            QTRY_COMPARE(written.size(), 1);
            written.clear();
        }
    }
    Settings settings(kept);
    SaveModel model(settings);
    model.goTo("pictures");
    QCOMPARE(model.folder(), pictures.path());
    model.goTo("documents");
    QCOMPARE(model.folder(), tables.path());
    settings.rememberSaveFolder("documents", "/no/such/folder");
    model.goTo("documents");
    QVERIFY(QFileInfo(model.folder()).isDir());
}

QTEST_MAIN(TestSaveModel)
#include "test_save_model.moc"
