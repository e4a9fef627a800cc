#include "models/settings.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

using namespace inceptoscope;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaults();
    void persist();
    void nonsenseIsIgnored();
    void textScaleSteps();
    void weights();
    void signalsOnlyOnChange();
    void whatIsNoFileIsPassedOver_data();
    void whatIsNoFileIsPassedOver();

private:
    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }
};

void TestSettings::defaults()
{
    const Settings settings(path("none.ini"));
    QVERIFY(settings.dark());
    QVERIFY(!settings.flowDown());
    QVERIFY(!settings.perLayer());
    QCOMPARE(settings.colormap(), "viridis");
    QCOMPARE(settings.textScale(), 1.0);
    QCOMPARE(settings.view(), "modules");
    QCOMPARE(settings.costsTab(), 0);
    QCOMPARE(settings.weights("googlenet"), "");
}

void TestSettings::persist()
{
    {
        Settings settings(path("kept.ini"));
        settings.setDark(false);
        settings.setFlowDown(true);
        settings.setPerLayer(true);
        settings.setColormap("magma");
        settings.setTextScale(1.4);
        settings.setView("costs");
        settings.setView("elsewhere");
        settings.setCostsTab(2);
    }
    const Settings settings(path("kept.ini"));
    QVERIFY(!settings.dark());
    QVERIFY(settings.flowDown());
    QVERIFY(settings.perLayer());
    QCOMPARE(settings.colormap(), "magma");
    QCOMPARE(settings.textScale(), 1.4);
    QCOMPARE(settings.view(), "costs");
    QCOMPARE(settings.costsTab(), 2);
}

void TestSettings::nonsenseIsIgnored()
{
    {
        QSettings file(path("odd.ini"), QSettings::IniFormat);
        file.setValue("maps/colormap", "jet");
        file.setValue("view/textScale", "nan");
    }
    Settings settings(path("odd.ini"));
    QCOMPARE(settings.colormap(), "viridis");
    QCOMPARE(settings.textScale(), 1.0);
    settings.setColormap("rainbow");
    QCOMPARE(settings.colormap(), "viridis");
    settings.setTextScale(50);
    QCOMPARE(settings.textScale(), Settings::largestText);
}

void TestSettings::textScaleSteps()
{
    Settings settings(path("steps.ini"));
    settings.stepTextScale(1);
    settings.stepTextScale(1);
    QCOMPARE(settings.textScale(), 1.2);
    settings.stepTextScale(-1);
    QCOMPARE(settings.textScale(), 1.1);
    settings.stepTextScale(0);
    QCOMPARE(settings.textScale(), 1.0);
}

void TestSettings::weights()
{
    Settings settings(path("weights.ini"));
    settings.rememberWeights("googlenet", "/data/a.safetensors");
    settings.rememberWeights("inception_v3", "/data/b.onnx");
    QCOMPARE(settings.weights("googlenet"), "/data/a.safetensors");
    settings.forgetWeights("googlenet");
    QCOMPARE(settings.weights("googlenet"), "");
    QCOMPARE(settings.weights("inception_v3"), "/data/b.onnx");
}

void TestSettings::signalsOnlyOnChange()
{
    Settings settings(path("signals.ini"));
    QSignalSpy spy(&settings, &Settings::styleChanged);
    settings.setColormap("viridis");
    QCOMPARE(spy.count(), 0);
    settings.setColormap("grey");
    QCOMPARE(spy.count(), 1);
}

/// A pipe that nobody writes into must not be waited for.
void TestSettings::whatIsNoFileIsPassedOver_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("kind");
    QVERIFY(QDir(m_folder.path()).mkpath("folder.ini"));
    QCOMPARE(mkfifo(qPrintable(path("pipe.ini")), 0600), 0);
    QTest::newRow("folder") << path("folder.ini") << "is a folder";
    QTest::newRow("pipe") << path("pipe.ini") << "is a pipe";
    QTest::newRow("device") << "/dev/null"
                            << "is a device";
}

void TestSettings::whatIsNoFileIsPassedOver()
{
    QFETCH(const QString, file);
    QFETCH(const QString, kind);
    Settings settings(file);
    QCOMPARE(settings.problem(), file + " " + kind + ", not a file, and is passed over");
    QVERIFY(settings.dark());
    settings.setDark(false);
    QVERIFY(!settings.dark()); // for as long as the window is open
    settings.rememberWeights("googlenet", "/w");
    QCOMPARE(settings.weights("googlenet"), "/w");
    settings.forgetWeights("googlenet");
    QCOMPARE(settings.weights("googlenet"), "");
    QVERIFY(Settings(path("real.ini")).problem().isEmpty());
}

QTEST_GUILESS_MAIN(TestSettings)
#include "test_settings.moc"
