#include "support/test_main.h"
#include "vulkan/newer_driver.h"

using namespace inceptoscope;

/// A faster driver is named where it was measured, and nowhere else.
class TestNewerDriver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void told_data();
    void told();
    void howToGetIt();
};

namespace {

constexpr const char* trixie = "NAME=\"Debian GNU/Linux\"\nVERSION_CODENAME=trixie\nID=debian\n";
constexpr const char* llvmpipe = "llvmpipe, Mesa 25.0.7-2+deb13u1 (LLVM 19.1.7)";

std::string said(const std::string& driver, const std::string& release)
{
    DeviceInfo device;
    device.driver = driver;
    return newerDriver(device, release);
}

} // namespace

void TestNewerDriver::told_data()
{
    QTest::addColumn<std::string>("driver");
    QTest::addColumn<std::string>("release");
    QTest::addColumn<bool>("told");
    const auto row = [](const char* name, const char* driver, const char* release, bool told) {
        QTest::newRow(name) << std::string(driver) << std::string(release) << told;
    };
    row("Debian 13", llvmpipe, trixie, true);
    row("the first line", llvmpipe, "VERSION_CODENAME=trixie\n", true);
    row("its backports", "llvmpipe, Mesa 26.1.6-1~bpo13+1 (LLVM 19.1.7)", trixie, false);
    row("Debian 12", "llvmpipe, Mesa 22.3.6 (LLVM 15.0.6)", "VERSION_CODENAME=bookworm\n", false);
    row("its driver elsewhere", llvmpipe, "VERSION_CODENAME=forky\n", false);
    row("a name that begins so", llvmpipe, "VERSION_CODENAME=trixie2\n", false);
    row("nobody knows the system", llvmpipe, "", false);
    row("a GPU's driver", "radv, Mesa 25.0.7-2", trixie, false);
    row("no version", "llvmpipe", trixie, false);
}

void TestNewerDriver::told()
{
    QFETCH(const std::string, driver);
    QFETCH(const std::string, release);
    QTEST(!said(driver, release).empty(), "told");
}

void TestNewerDriver::howToGetIt()
{
    const QString sentence = QString::fromStdString(said(llvmpipe, trixie));
    QVERIFY(sentence.contains("apt install -t trixie-backports mesa-vulkan-drivers"));
    QVERIFY(!sentence.contains('\n')); // ./run takes it from a line of devices
}

INCEPTOSCOPE_TEST_MAIN(TestNewerDriver)
#include "test_newer_driver.moc"
