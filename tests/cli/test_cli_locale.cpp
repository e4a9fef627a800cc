// The program under Turkish rules: another lower case for 'I', a decimal comma.
#include "cli/program.h"
#include "support/test_main.h"

#include <QDir>
#include <QTemporaryDir>

using namespace inceptoscope;

class TestCliLocale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void answersAsEverywhere_data();
    void answersAsEverywhere();

private:
    [[nodiscard]] QStringList turkish() const
    {
        return {"LOCPATH=" + m_locales.path(), "LC_ALL=tr_TR.UTF-8", "LANG=tr_TR.UTF-8"};
    }
    QTemporaryDir m_locales;
    QTemporaryDir m_folder;
    bool m_made = false;
};

/// Few computers have the locale: it is made for the test.
void TestCliLocale::initTestCase()
{
    const QString target = m_locales.filePath("tr_TR.UTF-8");
    const int code = QProcess::execute("localedef", {"-i", "tr_TR", "-f", "UTF-8", target});
    m_made = code == 0 && QFileInfo::exists(target + "/LC_CTYPE");
    if (m_made)
        return;
    somethingWasLeftOut() = true;
    std::fprintf(
        stderr, "\n*** NOT TESTED: the program in another locale\n*** needs localedef and "
                "/usr/share/i18n/locales/tr_TR, of Debian's package locales.\n\n");
}

void TestCliLocale::answersAsEverywhere_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says"); // somewhere in what it answers
    const QString picture =
        QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/coffee.png");
    const auto row = [](const char* name, const QStringList& arguments, const char* says) {
        QTest::newRow(name) << arguments << QString::fromUtf8(says);
    };
    row("network", {"networks", "INCEPTION_V3"}, "doesn't exist; the networks are");
    row("title row", {"cost", "inception_v3"}, "ACTIVATION BYTES");
    row("shapes", {"networks", "googlenet", "--json"}, "Inception 3a");
    row("preprocess",
        {"classify", picture, "--network", "googlenet", "--weights", "synthetic", "--preprocess",
         "INPUT_SIZE=224"},
        "there is no \"INPUT_SIZE\"");
    row("device, module and probabilities",
        {"classify", picture, "--network", "googlenet", "--weights", "synthetic", "--device",
         "LLVMPIPE", "--json"},
        "\"probability\": 0.0");
    row("text of probabilities",
        {"classify", picture, "--network", "googlenet", "--weights", "synthetic"}, "55.86 %");
    row("module",
        {"render", picture, "--network", "googlenet", "--weights", "synthetic", "--module",
         "INCEPTION_3A", "-o", m_folder.filePath("module.PNG")},
        "");
    row("no such module",
        {"render", picture, "--network", "googlenet", "--weights", "synthetic", "--module",
         "INCEPTION_3", "-o", m_folder.filePath("no.png")},
        "did you mean \"inception_3a\"?");
}

void TestCliLocale::answersAsEverywhere()
{
    if (!m_made)
        QSKIP("there is no Turkish locale");
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, says);
    const Answer usual = program(arguments, {"LC_ALL=C.UTF-8"});
    const Answer there = program(arguments, turkish());
    QVERIFY2((usual.out + usual.err).contains(says), qPrintable(usual.out + usual.err));
    QCOMPARE(there.error(), usual.error()); // how far loading was is a matter of time
    QCOMPARE(there.out, usual.out);
    QCOMPARE(there.code, usual.code);
}

INCEPTOSCOPE_TEST_MAIN(TestCliLocale)
#include "test_cli_locale.moc"
