#include "support/test_main.h"
#include "weights/memory_file.h"
#include "weights/open_weights.h"
#include "weights/safetensors/safetensors.h"
#include "weights/weight_files.h"

#include <QElapsedTimer>

#include <array>
#include <functional>

using namespace inceptoscope;

/// Thousands of damaged copies of a small file, the same ones every time: each is either read
/// completely or refused with one clean sentence.
class TestSafetensorsFuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void original();
    void flippedBytes();
    void truncated();
    void swappedTokens();
    void everything();

private:
    void survive(int count, const std::function<std::string(const std::string&)>& mutate);

    uint64_t next(uint64_t below);
    std::string flip(std::string bytes);
    std::string cut(std::string bytes);
    std::string swapTokens(const std::string& bytes);

    MemoryFile m_file;
    uint64_t m_state = 0;
};

static std::string smallFile()
{
    const std::string header =
        R"({"__metadata__":{"format":"pt","note":"x"},)" + entry("a", "F32", "[2,3]", "[0,24]") +
        "," + entry("b.weight", "F16", "[4]", "[24,32]") + "," +
        entry("c", "BF16", "[1,1,2]", "[32,36]") + "," + entry("n", "I64", "[]", "[36,44]") + "}";
    return safetensorsBytes(header, std::string(44, '\x3c'));
}

uint64_t TestSafetensorsFuzz::next(uint64_t below)
{
    m_state += 0x9E3779B97F4A7C15U;
    uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return (z ^ (z >> 31)) % below;
}

std::string TestSafetensorsFuzz::flip(std::string bytes)
{
    for (uint64_t i = 1 + next(3); i > 0; --i)
        bytes[next(bytes.size())] = char(next(256));
    return bytes;
}

std::string TestSafetensorsFuzz::cut(std::string bytes)
{
    if (next(2) == 0)
        return bytes.substr(0, next(bytes.size()));
    const uint64_t from = next(bytes.size());
    return bytes.erase(from, 1 + next(16));
}

/// Replaces a token of the header by another one, with a length that fits.
std::string TestSafetensorsFuzz::swapTokens(const std::string& bytes)
{
    static constexpr std::array<std::string_view, 30> tokens = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "0",
        "-1",
        "24",
        "1e9",
        "0.5",
        "null",
        "true",
        "[]",
        "{}",
        "\"\"",
        "F32",
        "F16",
        "BF16",
        "I64",
        "dtype",
        "shape",
        "a",
        "\\u0000",
        "\\",
        "[[[[[[[[",
        "data_offsets",
        "18446744073709551615",
        "__metadata__"};
    std::string header = bytes.substr(8, bytes.size() - 8 - 44);
    for (uint64_t i = 1 + next(3); i > 0; --i) {
        const std::string_view old = tokens[next(tokens.size())];
        const std::string_view replacement = tokens[next(tokens.size())];
        size_t at = header.find(old, next(header.size()));
        if (at == std::string::npos)
            at = header.find(old);
        if (at != std::string::npos)
            header.replace(at, old.size(), replacement);
    }
    return safetensorsBytes(header, bytes.substr(bytes.size() - 44));
}

static void readEverything(const std::string& path)
{
    const auto source = openWeights(path, Graph());
    for (size_t i = 0; i < source->tensors().size(); ++i) {
        std::vector<float> values(source->tensors()[i].elements());
        source->read(i, values);
    }
}

static bool isClean(const std::string& message)
{
    const QString text = QString::fromStdString(message);
    for (const QChar c : text)
        if (c.category() == QChar::Other_Control || c == QChar::ReplacementCharacter)
            return false;
    return true;
}

void TestSafetensorsFuzz::survive(
    int count, const std::function<std::string(const std::string&)>& mutate)
{
    m_state = 20140917;
    const std::string original = smallFile();
    const std::string prefix = "weights: " + m_file.path();
    int read = 0;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < count; ++i) {
        QVERIFY(m_file.write(mutate(original)));
        const Refusal refused = refusal([&] { readEverything(m_file.path()); });
        if (!refused.kind) {
            ++read;
            continue;
        }
        QVERIFY2(refused.kind == ErrorKind::BadInput, refused.message.c_str());
        QVERIFY2(refused.message.starts_with(prefix), refused.message.c_str());
        QVERIFY2(refused.message.size() < prefix.size() + 250, refused.message.c_str());
        QVERIFY2(isClean(refused.message), refused.message.c_str());
    }
    qInfo("%d files, %d of them still readable, %lld ms", count, read, timer.elapsed());
    QVERIFY(read < count);
    // Generous, for sanitizers on a busy machine; what hangs takes longer.
    QVERIFY(timer.elapsed() < 10'000);
}

void TestSafetensorsFuzz::original()
{
    QVERIFY(m_file.write(smallFile()));
    QCOMPARE(refusal([&] { readEverything(m_file.path()); }).message, std::string("no error"));
}

void TestSafetensorsFuzz::flippedBytes()
{
    survive(1500, [this](const std::string& bytes) { return flip(bytes); });
}

void TestSafetensorsFuzz::truncated()
{
    survive(1000, [this](const std::string& bytes) { return cut(bytes); });
}

void TestSafetensorsFuzz::swappedTokens()
{
    survive(1500, [this](const std::string& bytes) { return swapTokens(bytes); });
}

void TestSafetensorsFuzz::everything()
{
    survive(1000, [this](const std::string& bytes) {
        std::string result = swapTokens(bytes);
        if (next(2) == 0)
            result = cut(result);
        return result.empty() ? result : flip(result);
    });
}

INCEPTOSCOPE_TEST_MAIN(TestSafetensorsFuzz)
#include "test_safetensors_fuzz.moc"
