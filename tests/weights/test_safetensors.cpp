#include "support/test_main.h"
#include "weights/safetensors/safetensors.h"
#include "weights/weight_files.h"

#include <bit>
#include <cmath>

using namespace inceptoscope;

/// Files that follow the format: every value and every field comes out as it was put in.
class TestSafetensors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exactValues_data();
    void exactValues();
    void misalignedData();
    void tensorsOfNothing();
    void scalar();
    void eightDimensions();
    void metadata();
    void escapedNames();
    void otherTypesAreLeftOut();
    void orderOfTheData();
    void paddedHeader();
    void noTensors();

private:
    [[nodiscard]] std::unique_ptr<TensorSource>
    open(const std::string& header, const std::string& data = {}) const
    {
        return openSafetensors(m_folder.write("file", safetensorsBytes(header, data)));
    }
    Folder m_folder;
};

using Bits = QList<quint32>;

static Bits readBits(const TensorSource& source, size_t index)
{
    std::vector<float> values(source.tensors()[index].elements());
    source.read(index, values);
    Bits bits;
    for (const float v : values)
        bits.append(std::bit_cast<uint32_t>(v));
    return bits;
}

void TestSafetensors::exactValues_data()
{
    QTest::addColumn<QByteArray>("dtype");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<Bits>("expected");
    const auto bytes = [](const auto& values) {
        return QByteArray::fromStdString(bytesOfValues(values));
    };
    // 0, -0, 1, -1, smallest and largest subnormal, smallest and largest normal, infinities,
    // quiet and signalling NaN with sign and payload
    const std::vector<uint32_t> singles = {0x00000000, 0x80000000, 0x3f800000, 0xbf800000,
                                           0x00000001, 0x807fffff, 0x00800000, 0xff7fffff,
                                           0x7f800000, 0xff800000, 0x7fc00000, 0xffa12345};
    QTest::newRow("F32") << QByteArray("F32") << bytes(singles)
                         << Bits(singles.begin(), singles.end());
    QTest::newRow("F16") << QByteArray("F16")
                         << bytes(std::vector<uint16_t>{
                                0x0000, 0x8000, 0x3c00, 0xbc00, 0x0001, 0x83ff, 0x0400, 0xfbff,
                                0x7c00, 0xfc00, 0x7e00, 0xfd01, 0x3555})
                         << Bits{0x00000000, 0x80000000, 0x3f800000, 0xbf800000, 0x33800000,
                                 0xb87fc000, 0x38800000, 0xc77fe000, 0x7f800000, 0xff800000,
                                 0x7fc00000, 0xffa02000, 0x3eaaa000};
    QTest::newRow("BF16") << QByteArray("BF16")
                          << bytes(std::vector<uint16_t>{
                                 0x0000, 0x8000, 0x3f80, 0xbf80, 0x0001, 0x807f, 0x0080, 0xff7f,
                                 0x7f80, 0xff80, 0x7fc0, 0xffa1})
                          << Bits{0x00000000, 0x80000000, 0x3f800000, 0xbf800000,
                                  0x00010000, 0x807f0000, 0x00800000, 0xff7f0000,
                                  0x7f800000, 0xff800000, 0x7fc00000, 0xffa10000};
}

void TestSafetensors::exactValues()
{
    QFETCH(const QByteArray, dtype);
    QFETCH(const QByteArray, data);
    QFETCH(const Bits, expected);
    const std::string count = std::to_string(expected.size());
    const auto source = open(
        "{" +
            entry(
                "a", dtype.toStdString(), "[" + count + "]",
                "[0," + std::to_string(data.size()) + "]") +
            "}",
        data.toStdString());
    QCOMPARE(source->tensors().size(), size_t(1));
    QCOMPARE(source->tensors()[0].key, std::string("a"));
    QCOMPARE(dtypeName(source->tensors()[0].dtype), std::string_view(dtype.constData()));
    QCOMPARE(readBits(*source, 0), expected);
}

void TestSafetensors::misalignedData()
{
    const std::string header =
        "{" + entry("a", "U8", "[1]", "[0,1]") + "," + entry("b", "F32", "[2]", "[1,9]") + "," +
        entry("c", "BF16", "[1]", "[9,11]") + "," + entry("d", "F16", "[2]", "[11,15]") + "}";
    const std::string data = "?" + bytesOfValues(std::vector<float>{1.5F, -3.0F}) +
                             bytesOfValues(std::vector<uint16_t>{0x4049, 0x4248, 0x0001});
    for (size_t padding = 0; padding < 8; ++padding) {
        const auto source = open(header + std::string(padding, ' '), data);
        QCOMPARE(source->tensors().size(), size_t(3));
        QCOMPARE(readBits(*source, 0), (Bits{0x3fc00000, 0xc0400000}));
        QCOMPARE(readBits(*source, 1), Bits{0x40490000});
        QCOMPARE(readBits(*source, 2), (Bits{0x40490000, 0x33800000}));
    }
}

void TestSafetensors::tensorsOfNothing()
{
    const auto source = open(
        "{" + entry("a", "F16", "[0]", "[0,0]") + "," + entry("b", "F32", "[1]", "[0,4]") + "," +
            entry("c", "F32", "[3,0,18446744073709551615]", "[4,4]") + "," +
            entry("d", "BF16", "[2,0]", "[4,4]") + "}",
        bytesOfValues(std::vector<float>{2.0F}));
    QCOMPARE(source->tensors().size(), size_t(4));
    for (const char* key : {"a", "c", "d"}) {
        const auto index = source->find(key);
        QVERIFY(index.has_value());
        QCOMPARE(source->tensors()[*index].elements(), uint64_t(0));
        QCOMPARE(readBits(*source, *index), Bits{});
    }
    QCOMPARE(readBits(*source, *source->find("b")), Bits{0x40000000});
}

void TestSafetensors::scalar()
{
    const auto source = open(
        "{" + entry("a", "F32", "[]", "[0,4]") + "}", bytesOfValues(std::vector<float>{0.25F}));
    QVERIFY(source->tensors()[0].shape.empty());
    QCOMPARE(source->tensors()[0].elements(), uint64_t(1));
    QCOMPARE(toString(source->tensors()[0].shape), std::string("scalar"));
    QCOMPARE(readBits(*source, 0), Bits{0x3e800000});
}

void TestSafetensors::eightDimensions()
{
    const auto source =
        open("{" + entry("a", "F16", "[1,2,1,1,3,1,1,1]", "[0,12]") + "}", std::string(12, '\0'));
    QCOMPARE(toString(source->tensors()[0].shape), std::string("1x2x1x1x3x1x1x1"));
    QCOMPARE(source->tensors()[0].elements(), uint64_t(6));
}

void TestSafetensors::metadata()
{
    const std::string a = entry("a", "F32", "[0]", "[0,0]");
    const auto with =
        open(R"({"__metadata__":{"format":"pt","note":"line\n\"two\" \u00e4","":""},)" + a + "}");
    const std::map<std::string, std::string> expected = {
        {"", ""}, {"format", "pt"}, {"note", "line\n\"two\" \xc3\xa4"}};
    QVERIFY(with->metadata() == expected);
    QCOMPARE(with->tensors().size(), size_t(1));
    QCOMPARE(with->describe(), m_folder.path("file"));
    QVERIFY(open("{" + a + "}")->metadata().empty());
    QVERIFY(open(R"({"__metadata__":{}})")->metadata().empty());
}

void TestSafetensors::escapedNames()
{
    const auto source = open(
        "{" + entry(R"(inception_3a\/3x3 \"\u00e4\ud83d\ude00\"\n)", "F32", "[1]", "[0,4]") + "}",
        std::string(4, '\0'));
    QCOMPARE(
        source->tensors()[0].key, std::string("inception_3a/3x3 \"\xc3\xa4\xf0\x9f\x98\x80\"\n"));
    QVERIFY(!source->find("inception_3a").has_value());
}

void TestSafetensors::otherTypesAreLeftOut()
{
    const std::vector<std::pair<std::string, int>> types = {
        {"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"F8_E5M2", 1}, {"F8_E4M3", 1}, {"I16", 2},
        {"U16", 2},  {"I32", 4}, {"U32", 4}, {"I64", 8},     {"U64", 8}};
    std::string header = "{";
    int offset = 0;
    for (const auto& [type, bytes] : types) {
        const std::string begin = "[" + std::to_string(offset) + ",";
        offset += 3 * bytes;
        header += entry("of " + type, type, "[3]", begin + std::to_string(offset) + "]") + ",";
    }
    header += entry(
                  "read", "F32", "[1]",
                  "[" + std::to_string(offset) + "," + std::to_string(offset + 4) + "]") +
              "}";
    const auto source =
        open(header, std::string(size_t(offset), 'x') + bytesOfValues(std::vector<float>{1.0F}));
    QCOMPARE(source->tensors().size(), size_t(1));
    QCOMPARE(source->tensors()[0].key, std::string("read"));
    QCOMPARE(readBits(*source, 0), Bits{0x3f800000});
    QVERIFY(!source->find("of I64").has_value());
}

void TestSafetensors::orderOfTheData()
{
    const auto source = open(
        "{" + entry("a", "F16", "[1]", "[6,8]") + "," + entry("c", "F32", "[1]", "[0,4]") + "," +
            entry("b", "F16", "[1]", "[4,6]") + "}",
        bytesOfValues(std::vector<uint16_t>{0x0000, 0x3f80, 0x4000, 0x4200}));
    std::string order;
    for (const TensorInfo& t : source->tensors())
        order += t.key;
    QCOMPARE(order, std::string("cba"));
    QCOMPARE(readBits(*source, 0), Bits{0x3f800000});
    QCOMPARE(readBits(*source, 1), Bits{0x40000000});
    QCOMPARE(readBits(*source, 2), Bits{0x40400000});
}

void TestSafetensors::paddedHeader()
{
    const auto source =
        open("{ " + entry("a", "F32", " [ 1 ] ", "[0 ,\n4]") + "\t}   ", std::string(4, '\0'));
    QCOMPARE(source->tensors().size(), size_t(1));
}

void TestSafetensors::noTensors()
{
    QVERIFY(open("{}")->tensors().empty());
}

INCEPTOSCOPE_TEST_MAIN(TestSafetensors)
#include "test_safetensors.moc"
