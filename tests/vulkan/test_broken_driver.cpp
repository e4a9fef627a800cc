#include "error.h"
#include "support/error_message.h"
#include "support/test_main.h"
#include "vulkan/device.h"
#include "vulkan/loader_messages.h"

#include <QTemporaryDir>

using namespace inceptoscope;

/// Drivers that are installed and don't work are named as what they are.
class TestBrokenDriver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manifests_data();
    void manifests();
    void doesNotStart_data();
    void doesNotStart();
    void noDriverAtAll();
    void otherMessagesAreNoFault();

private:
    QString write(const char* name, const QByteArray& text) const;
    static QString said(const QString& manifests);
    QTemporaryDir m_folder;
};

QString TestBrokenDriver::write(const char* name, const QByteArray& text) const
{
    const QString path = m_folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("can't write %s", qPrintable(path));
    return path;
}

static QByteArray manifestOf(const QString& library)
{
    return R"({"file_format_version": "1.0.0", "ICD": {"library_path": ")" + library.toUtf8() +
           R"(", "api_version": "1.3.0"}})";
}

/// What the program says where these manifests are all there are.
QString TestBrokenDriver::said(const QString& manifests)
{
    qputenv("VK_ICD_FILENAMES", manifests.toUtf8());
    qputenv("VK_DRIVER_FILES", manifests.toUtf8());
    try {
        (void)Instance().devices();
    } catch (const Error& error) {
        return error.kind() == ErrorKind::NoDevice ? QString::fromUtf8(error.what())
                                                   : QStringLiteral("another kind of error");
    }
    return QStringLiteral("no error");
}

static QString sentence(const QString& fault)
{
    return "Vulkan: " + fault +
           "; reinstall it (on Debian: sudo apt install --reinstall mesa-vulkan-drivers), or name "
           "the manifest of another one in VK_DRIVER_FILES";
}

void TestBrokenDriver::manifests_data()
{
    QTest::addColumn<QString>("manifest");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const QString& manifest, const QString& expected) {
        QTest::newRow(name) << manifest << expected;
    };
    const QString missing = m_folder.filePath("missing.so");
    row("no library", write("missing.json", manifestOf(missing)),
        "a driver can't be loaded (" + missing +
            ": cannot open shared object file: No such file or directory)");
    const QString torn = write(
        "torn.so", "\x7f"
                   "ELF, once");
    row("torn library", write("torn.json", manifestOf(torn)),
        "a driver can't be loaded (" + torn + ": file too short)");
    const QString other = write("other.json", manifestOf(QStringLiteral(NO_DRIVER)));
    row("another library", other, "the library " NO_DRIVER " is no Vulkan driver");
    const QString syntax = write("syntax.json", R"({"file_format_version":)");
    row("torn manifest", syntax, "the manifest " + syntax + " of a driver can't be read");
    const QString bare = write("bare.json", R"({"file_format_version": "1.0.0"})");
    row("manifest without a driver", bare, "the manifest " + bare + " of a driver is incomplete");
}

void TestBrokenDriver::manifests()
{
    QFETCH(const QString, manifest);
    QFETCH(const QString, expected);
    QCOMPARE(said(manifest), sentence(expected));
}

void TestBrokenDriver::doesNotStart_data()
{
    QTest::addColumn<int>("result");
    QTest::addColumn<QString>("how");
    QTest::newRow("initialising fails") << int(VK_ERROR_INITIALIZATION_FAILED) << "";
    QTest::newRow("incompatible") << int(VK_ERROR_INCOMPATIBLE_DRIVER) << "";
    QTest::newRow("no memory, it says")
        << int(VK_ERROR_OUT_OF_HOST_MEMORY) << ", as if there were no memory";
}

void TestBrokenDriver::doesNotStart()
{
    QFETCH(const int, result);
    QFETCH(const QString, how);
    const QString manifest = write("fails.json", manifestOf(QStringLiteral(FAILING_DRIVER)));
    qputenv("INCEPTOSCOPE_DRIVER_RESULT", QByteArray::number(result));
    QCOMPARE(said(manifest), sentence("a driver doesn't start" + how + " (" + manifest + ")"));
}

void TestBrokenDriver::noDriverAtAll()
{
    QCOMPARE(
        said(QStringLiteral("/nonexistent.json")),
        QStringLiteral("Vulkan: no driver is installed; on Debian install one with: sudo apt "
                       "install mesa-vulkan-drivers"));
}

void TestBrokenDriver::otherMessagesAreNoFault()
{
    const LoaderMessages messages{
        .manifests = {"/a.json"},
        .warnings = {
            "vkCreateInstance: Found no drivers!",
            "libVkLayer_x.so: wrong ELF class: a layer of another machine",
            "loader_get_json: Failed to open JSON file /b.json"}};
    QCOMPARE(brokenDriver(messages, false), std::string());
    QVERIFY(!brokenDriver(messages, true).empty());
    QCOMPARE(brokenDriver({}, true), std::string()); // then it is the memory
}

INCEPTOSCOPE_TEST_MAIN(TestBrokenDriver)
#include "test_broken_driver.moc"
