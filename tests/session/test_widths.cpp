#include "session/self_test.h"
#include "support/test_main.h"
#include "vulkan/device.h"
#include "vulkan/vector_width.h"

#include <QTemporaryDir>

using namespace inceptoscope;

namespace {

bool hasWideVectors()
{
#ifdef __x86_64__
    return __builtin_cpu_supports("avx512vl") != 0;
#else
    return false;
#endif
}

/// As a process of its own would start that LP_NATIVE_VECTOR_WIDTH is set for.
bool worksAt(const char* bits)
{
    qputenv("LP_NATIVE_VECTOR_WIDTH", bits);
    const bool works = worksInChild([] {
        preferWideVectors();
        return computesRight();
    });
    qunsetenv("LP_NATIVE_VECTOR_WIDTH");
    return works;
}

} // namespace

/// llvmpipe on vectors of several widths. Each is a process of its own: none here has a driver
/// before.
class TestWidths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void mixedOnOneCacheFolder();
    void theWidthThatIsPreferred();
    void aVerdictIsKept();

private:
    std::unique_ptr<QTemporaryDir> m_cache;
};

void TestWidths::init()
{
    m_cache = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CACHE_HOME", m_cache->path().toUtf8());
    qputenv("MESA_SHADER_CACHE_DIR", m_cache->filePath("mesa").toUtf8());
}

/// What Mesa's cache has of one width crashes another: the first pass fills it, the second reads
/// it.
void TestWidths::mixedOnOneCacheFolder()
{
    const char* other = hasWideVectors() ? "512" : "128";
    for (int pass = 0; pass < 2; ++pass)
        for (const char* bits : {"256", other})
            QVERIFY2(worksAt(bits), bits);
    QVERIFY(QFileInfo(m_cache->filePath("mesa/256")).isDir());
    QVERIFY(QFileInfo(m_cache->filePath("mesa") + "/" + other).isDir());
}

void TestWidths::theWidthThatIsPreferred()
{
    QVERIFY(worksInChild([] {
        preferWideVectors(Beside::Nothing, computesRight);
        return computesRight();
    }));
    QVERIFY(worksInChild([] {
        preferWideVectors(Beside::Window, computesRight);
        return !qEnvironmentVariableIsSet("LP_NATIVE_VECTOR_WIDTH") && computesRight();
    }));
}

/// Of a trial, for the next start.
void TestWidths::aVerdictIsKept()
{
    QVERIFY(worksInChild([] {
        const Instance instance;
        const Device device(instance);
        const auto read = [&] { return readWidthVerdict(device.physical()); };
        if (read() != WidthVerdict::Unknown)
            return false;
        writeWidthVerdict(device.physical(), WidthVerdict::Fails);
        if (read() != WidthVerdict::Fails)
            return false;
        writeWidthVerdict(device.physical(), WidthVerdict::Works);
        return read() == WidthVerdict::Works;
    }));
}

INCEPTOSCOPE_TEST_MAIN(TestWidths)
#include "test_widths.moc"
