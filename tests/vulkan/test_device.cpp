#include "support/error_message.h"
#include "support/gpu.h"
#include "support/test_main.h"
#include "vulkan/recorder.h"

#include <QDir>
#include <QTemporaryDir>

#include <memory>

using namespace inceptoscope;

static DeviceInfo info(
    uint32_t index, const std::string& name, const std::string& type,
    const std::string& reason = {})
{
    DeviceInfo d;
    d.index = index;
    d.name = name;
    d.type = type;
    d.usable = reason.empty();
    d.reason = reason;
    return d;
}

class TestDevice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesTheBest();
    void choosesByNumberAndName();
    void takesTheBestOfWhatANameFits();
    void saysWhatDoesNotExist();
    void saysWhyNoneIsUsable();
    void describesRealDevices();
    void saysWhatToInstallWithoutADriver();
    void barriersOnlyWhereDataFlows();
    void pipelineCacheSurvivesRubbish();
};

static const std::vector<DeviceInfo> machine{
    info(0, "llvmpipe (LLVM)", "cpu"), info(1, "Fast Card 9", "discrete"),
    info(2, "Old Card", "integrated", "it has no compute queue")};

void TestDevice::choosesTheBest()
{
    QCOMPARE(chooseDevice(machine, "").index, 1U);
}

void TestDevice::choosesByNumberAndName()
{
    QCOMPARE(chooseDevice(machine, "0").index, 0U);
    QCOMPARE(chooseDevice(machine, "LLVMPIPE").index, 0U);
    QCOMPARE(chooseDevice(machine, "card 9").index, 1U);
}

/// Among several that a name fits: what can be used, then what is faster.
void TestDevice::takesTheBestOfWhatANameFits()
{
    const std::vector<DeviceInfo> several{
        info(0, "Virtual Card", "virtual"), info(1, "Old Card", "discrete", "it is too old"),
        info(2, "Card", "cpu"), info(3, "New Card 4090", "integrated")};
    QCOMPARE(chooseDevice(several, "c").index, 3U);
    QCOMPARE(chooseDevice(several, "card").index, 2U); // its whole name
    QCOMPARE(chooseDevice(several, "rtual").index, 0U);
    QCOMPARE(chooseDevice(several, "4090").index, 3U); // there is no device of that number
    QCOMPARE(
        errorMessage([&] { (void)chooseDevice(several, "old"); }),
        QStringLiteral("Vulkan: the device Old Card can't be used: it is too old"));
}

void TestDevice::saysWhatDoesNotExist()
{
    QCOMPARE(
        errorMessage([] { (void)chooseDevice(machine, "7"); }),
        QStringLiteral("device \"7\" doesn't exist; the devices are: 0 = llvmpipe (LLVM), "
                       "1 = Fast Card 9, 2 = Old Card"));
    QCOMPARE(
        errorMessage([] { (void)chooseDevice(machine, "old"); }),
        QStringLiteral("Vulkan: the device Old Card can't be used: it has no compute queue"));
}

void TestDevice::saysWhyNoneIsUsable()
{
    QCOMPARE(
        errorMessage([] { (void)chooseDevice({machine[2]}, ""); }),
        QStringLiteral("Vulkan: no device can be used (Old Card: it has no compute queue)"));
}

void TestDevice::describesRealDevices()
{
    const Instance instance;
    const std::vector<DeviceInfo> devices = instance.devices();
    QVERIFY(!devices.empty());
    for (const DeviceInfo& d : devices) {
        QVERIFY(!d.name.empty());
        QVERIFY(d.maxStorageBufferRange >= uint64_t(1) << 27);
        QVERIFY(d.bindingAlignment >= 16 && d.bindingAlignment <= 256);
    }
}

void TestDevice::saysWhatToInstallWithoutADriver()
{
    qputenv("VK_ICD_FILENAMES", "/nonexistent.json");
    qputenv("VK_DRIVER_FILES", "/nonexistent.json");
    const QString said = errorMessage([] { (void)Instance().devices(); });
    qunsetenv("VK_ICD_FILENAMES");
    qunsetenv("VK_DRIVER_FILES");
    QCOMPARE(
        said, QStringLiteral("Vulkan: no driver is installed; on Debian install one with: "
                             "sudo apt install mesa-vulkan-drivers"));
}

void TestDevice::barriersOnlyWhereDataFlows()
{
    Gpu gpu;
    Buffer a(gpu.device(), MemoryUse::Device, 4096, "a");
    Buffer b(gpu.device(), MemoryUse::Device, 4096, "b");
    Recorder recorder(gpu.device());
    recorder.begin();
    const uint32_t before = recorder.barriers();
    recorder.fillZero({&a, 0, 1024});
    recorder.fillZero({&a, 1024, 1024}); // elsewhere: no barrier
    recorder.fillZero({&b, 0, 1024});
    QCOMPARE(recorder.barriers(), before);
    recorder.copy({&a, 512, 256}, {&b, 2048, 256}); // reads what was written
    QCOMPARE(recorder.barriers(), before + 1);
    recorder.copy({&a, 512, 256}, {&b, 3072, 256}); // reads again: no barrier
    QCOMPARE(recorder.barriers(), before + 1);
    recorder.fillZero({&a, 0, 1024}); // writes what was read
    QCOMPARE(recorder.barriers(), before + 2);
    recorder.end();
    const VkCommandBuffer commands = recorder.commands();
    Submitter(gpu.device()).run({&commands, 1}, "testing");
    QVERIFY(gpu.noMessages());
}

void TestDevice::pipelineCacheSurvivesRubbish()
{
    const QTemporaryDir home;
    qputenv("XDG_CACHE_HOME", home.path().toUtf8());
    {
        const Instance instance;
        const Device device(instance);
    }
    const QDir folder(home.path() + "/inceptoscope");
    const QStringList files = folder.entryList(QDir::Files);
    QCOMPARE(files.size(), 1);
    for (const QByteArray& rubbish : {QByteArray(), QByteArray("x"), QByteArray(5000, '\x7f')}) {
        QFile file(folder.filePath(files.front()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(rubbish);
        file.close();
        const Instance instance;
        const Device device(instance);
    }
    QCOMPARE(folder.entryList(QDir::Files).size(), 1); // and no temporary files
}

INCEPTOSCOPE_TEST_MAIN(TestDevice)
#include "test_device.moc"
