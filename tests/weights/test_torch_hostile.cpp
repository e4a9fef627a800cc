#include "support/test_main.h"
#include "weights/open_weights.h"
#include "weights/torch/torch_file.h"
#include "weights/torch_bytes.h"
#include "weights/weight_files.h"

#include <functional>

using namespace inceptoscope;

/// PyTorch files that nobody means well with: each is refused with its own sentence.
class TestTorchHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wellFormed();
    void pickles_data();
    void pickles() { refuses(); }
    void tensors_data();
    void tensors() { refuses(); }
    void archives_data();
    void archives() { refuses(); }
    void legacy_data();
    void legacy() { refuses(); }

private:
    void refuses();
    Folder m_folder;
};

static void columns()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");
}

static void add(const char* name, const std::string& bytes, const std::string& message)
{
    QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromStdString(message);
}

void TestTorchHostile::refuses()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, message);
    const std::string path = m_folder.write("hostile", bytes.toStdString());
    const Refusal refused = refusal([&] { (void)openTorchFile(path); });
    QCOMPARE(
        QString::fromStdString(refused.message),
        "weights: " + QString::fromStdString(path) + ": " + message);
    QVERIFY(refused.kind == ErrorKind::BadInput);
}

/// What the rows below are made of is readable before it is bent.
void TestTorchHostile::wellFormed()
{
    for (const std::string& bytes : {torchZip(stateDict({})), torchLegacy(stateDict({}), 2, 8)}) {
        const auto source = openWeights(m_folder.write("good", bytes), Graph());
        QCOMPARE(source->tensors().size(), size_t(1));
        std::vector<float> values(2);
        source->read(0, values);
        QVERIFY(values[0] == values[1] && values[0] != 0);
    }
    const std::string cyclic = std::string("\x80\2}q\0(", 6) + pickledText("me") +
                               std::string("h\0", 2) + stateDict({}).substr(4);
    const std::string bytes = torchZip(cyclic);
    QCOMPARE(openTorchFile(m_folder.write("cyclic", bytes))->tensors().size(), size_t(1));
}

void TestTorchHostile::pickles_data()
{
    columns();
    const auto row = [](const char* name, const std::string& pickle, const std::string& message) {
        add(name, torchZip(pickle), "its pickle " + message);
    };
    const std::string p = "\x80\2";
    const auto asks = [](const std::string& name) {
        return "asks for " + name + ", which no checkpoint needs and an attack does; refused";
    };
    const std::string many = "holds more than 1000000 values; refused";
    row("os.system", p + "cposix\nsystem\n" + pickledText("true") + "\x85R.", asks("posix.system"));
    row("eval", p + "c__builtin__\neval\n" + pickledText("1") + "\x85R.", asks("__builtin__.eval"));
    row("os.system, protocol 4", "\x80\4\x8c\2os\x8c\6system\x93\x8c\4true\x85R.",
        asks("os.system"));
    row("calls a storage", p + "ctorch\nFloatStorage\n)R.", "calls torch.FloatStorage; refused");
    row("calls a list", p + "])R.", "calls something that is no function; refused");
    row("makes an object of a list", p + "])\x81.", "calls something that is no function; refused");
    row("makes an object of nothing", p + "(o.",
        "is damaged at byte 3: it makes an object of nothing");
    row("an object of no arguments", p + "ca\nb\n]\x81.",
        "calls something that is no function; refused");
    for (const auto& [opcode, hex] : std::vector<std::pair<std::string, std::string>>{
             {"i", "0x69"}, {"\x82", "0x82"}, {"P", "0x50"}, {"I", "0x49"}, {"\xff", "0xff"}})
        row(("opcode " + hex).c_str(), p + opcode + ".",
            "uses the opcode " + hex + ", which no file of tensors needs; refused");
    row("protocol 0", std::string("\x80\0", 2),
        "is of protocol 0, one from 2 to 5 was expected; refused");
    row("protocol 6", "\x80\6.", "is of protocol 6, one from 2 to 5 was expected; refused");
    row("huge memo", p + "}r\xff\xff\xff\xff.",
        "remembers its value number 4294967295, it can't have so many; refused");
    row("forgotten memo", p + "h\7.",
        "is damaged at byte 2: it recalls the value number 7, which isn't there");
    row("marks", p + std::string(1001, '('), "is nested deeper than 1000 levels; refused");
    row("lists", p + std::string(1'000'001, ']') + ".", many);
    row("nothings", p + std::string(1'000'001, 'N') + ".", many);
    row("copied pairs",
        p + "ccollections\nOrderedDict\nq\1](" + QByteArray("NN\x86").repeated(2000).toStdString() +
            "e\x85q\2" + QByteArray("0h\1h\2R").repeated(501).toStdString() + ".",
        many);
    row("long text",
        p + "X\xff\xff\xff\xff"
            "abc.",
        "is damaged at byte 2: it ends within a value of 4294967295 bytes, 4 are left");
    row("text of 64 bits", p + "\x8d\xff\xff\xff\xff\xff\xff\xff\xff.",
        "is damaged at byte 2: it ends within a value of 18446744073709551615 bytes, 1 are left");
    row("no end", p + "}", "is damaged at byte 3: it ends within a value of 1 bytes, 0 are left");
    row("no name", p + "ctorch", "is damaged at byte 2: a name has no end");
    row("number as a name", p + "K\1K\1\x93.",
        "is damaged at byte 6: it asks for something whose name is no text");
    row("empty stack", p + ".", "is damaged at byte 2: it takes more values than there are");
    row("below a mark", p + "}(s.", "is damaged at byte 4: it takes more values than there are");
    row("no mark", p + "}u.", "is damaged at byte 3: it goes back to a mark that isn't there");
    row("append to a dictionary", p + "}Na.",
        "is damaged at byte 4: it appends to what is no list");
    row("fill a list", p + "]NNs.", "is damaged at byte 5: it fills what is no dictionary");
    row("key without a value", p + "}(Nu.",
        "is damaged at byte 5: a dictionary's key has no value");
    row("dictionary of a number", p + "ccollections\nOrderedDict\nK\1\x85R.",
        "is damaged at byte 30: an ordered dictionary is made of something else than pairs");
}

void TestTorchHostile::tensors_data()
{
    columns();
    const auto row = [](const char* name, const PickledTensor& tensor, const std::string& message) {
        add(name, torchZip(stateDict(tensor)), message);
    };
    constexpr int64_t big = int64_t(1) << 62;
    const std::string none = "it holds no dictionary of tensors; save the network's state_dict()";
    const auto impossible = [](const std::string& shape) {
        return "tensor \"a\" has the impossible shape " + shape + " with its strides";
    };
    row("product overflows", {.shape = {big, 4}, .strides = {0, 0}},
        impossible("4611686018427387904x4"));
    row("stride overflows", {.shape = {3, 1}, .strides = {INT64_MAX, 1}, .offset = 9},
        impossible("3x1"));
    row("extent overflows",
        {.shape = {2, 2}, .strides = {INT64_MAX, INT64_MAX}, .offset = INT64_MAX},
        impossible("2x2"));
    row("huge offset", {.offset = INT64_MAX - 1},
        "tensor \"a\" ends at value 9223372036854775808 of its storage, which has 2");
    row("one behind", {.offset = 1}, "tensor \"a\" ends at value 3 of its storage, which has 2");
    row("long stride", {.strides = {2}},
        "tensor \"a\" ends at value 3 of its storage, which has 2");
    row("empty, outside", {.shape = {0}, .offset = 3},
        "tensor \"a\" ends at value 3 of its storage, which has 2");
    row("repeated without end", {.shape = {1'000'000'000}, .strides = {0}},
        "tensor \"a\" is 1000000000, more values than the 2 that its storage has; save it after "
        ".contiguous()");
    row("negative size", {.shape = {-2}},
        "tensor \"a\" has -2 in its shape, a whole number from 0 on was expected");
    row("negative stride", {.strides = {-1}},
        "tensor \"a\" has -1 in its strides, a whole number from 0 on was expected");
    row("negative offset", {.offset = -1},
        "tensor \"a\" begins at an offset that is no whole number from 0 on");
    row("no strides", {.strides = {}}, "tensor \"a\" is 2, but has 0 strides");
    row("9 dimensions", {.shape = std::vector<int64_t>(9, 1)},
        "tensor \"a\" has 9 numbers in its shape, at most 8 are allowed");
    row("size is a lie", {.values = 3},
        "its storage \"0\" is said to hold 3 values of 4 bytes each, but the archive has 8 bytes "
        "of it");
    row("size overflows", {.values = big + 2},
        "its storage \"0\" is said to hold 4611686018427387906 values of 4 bytes each, but the "
        "archive has 8 bytes of it");
    row("type is a lie", {.type = "DoubleStorage"},
        "its storage \"0\" is said to hold 2 values of 8 bytes each, but the archive has 8 bytes "
        "of it");
    row("negative storage", {.values = -2},
        "a storage's number of values is no whole number from 0 on that fits 63 bits");
    row("no storage", {.key = "../0"}, "its storage \"../0\" isn't in the archive");
    row("parameter of nothing", {.function = "_rebuild_parameter"},
        "tensor \"a\" is a parameter without a tensor");
    add("twice", torchZip(dictionary({{"a", pickledTensor({})}, {"a", pickledTensor({})}})),
        "it names the tensor \"a\" twice");
    const std::string inner = dictionary({{"a", pickledTensor({})}});
    const std::string dict = inner.substr(2, inner.size() - 3);
    add("a tensor", torchZip("\x80\2" + pickledTensor({}) + "."), none);
    add("nothing", torchZip("\x80\2}."), none);
    add("nested lists",
        torchZip("\x80\2" + std::string(100'000, ']') + std::string(99'999, 'a') + "."), none);
    std::string deep = dict;
    for (int i = 0; i < 9; ++i)
        deep = "}" + pickledText("a") + deep + "s";
    add("nested dictionaries", torchZip("\x80\2" + deep + "."), none);
}

void TestTorchHostile::archives_data()
{
    columns();
    const std::string pickle = stateDict({});
    const ZipEntry good = {.name = "archive/data.pkl", .data = pickle};
    const ZipEntry storage = {.name = "archive/data/0", .data = std::string(8, 'd')};
    const std::string damaged = "it is a zip archive whose directory is damaged or cut off";
    const auto bent = [&](const std::function<void(ZipEntry&)>& bend) {
        ZipEntry entry = storage;
        bend(entry);
        return zipBytes({good, entry});
    };
    const auto named = [](const std::string& what) {
        return "its entry \"archive/data/0\" " + what;
    };
    add("compressed", bent([](ZipEntry& e) { e.method = 8; }),
        named("is compressed, PyTorch stores its entries as they are; load the file in PyTorch and "
              "save it again"));
    add("encrypted", bent([](ZipEntry& e) { e.flags = 1; }),
        named("is encrypted, which PyTorch never does"));
    add("another name", bent([](ZipEntry& e) { e.localName = "archive/data/1"; }),
        named("isn't where the archive's directory says"));
    add("beyond", bent([](ZipEntry& e) { e.missing = 5; }),
        named("is said to be 13 bytes long, the archive has room for 8"));
    add("64 bits left out", bent([](ZipEntry& e) { e.missing = ~uint32_t(0) - 8; }),
        named("is said to be 4294967295 bytes long, the archive has room for 8"));
    add("twice", zipBytes({good, storage, storage}), named("is there twice"));
    add("no storage", zipBytes({good}), "its storage \"0\" isn't in the archive");
    add("two pickles", zipBytes({good, {.name = "other/data.pkl", .data = pickle}}),
        "it is a zip archive with several data.pkl");
    add("big-endian", zipBytes({good, storage, {.name = "archive/byteorder", .data = "big"}}),
        "its byte order is \"big\", only \"little\" can be read");
    const std::string whole = zipBytes({good, storage});
    const size_t end = whole.size() - 22;
    const auto patched = [&](size_t at, const std::string& bytes) {
        return std::string(whole).replace(at, bytes.size(), bytes);
    };
    add("no directory", whole.substr(0, end), damaged);
    add("bytes behind it", whole + "x", damaged);
    add("directory elsewhere", patched(end + 16, std::string(4, '\0')), damaged);
    add("directory beyond the file", patched(end + 16, "\xfe\xff\xff\x7f"), damaged);
    add("directory too long", patched(end + 12, "\xfe\xff\xff\x7f"), damaged);
    add("more entries", patched(end + 10, "\3"), damaged);
    add("fewer entries", patched(end + 10, "\1"), damaged);
    add("64-bit directory left out", patched(end + 16, "\xff\xff\xff\xff"), damaged);
}

void TestTorchHostile::legacy_data()
{
    columns();
    const std::string pickle = stateDict({});
    const std::string whole = torchLegacy(pickle, 2, 8);
    const auto key = [](const std::string& name) { return pickledText(name); };
    add("another pickle", "\x80\2}.",
        "it is a pickle, but none that PyTorch wrote; save the network's state_dict() with "
        "torch.save");
    add("another version", std::string(whole).replace(whole.find("M\xe9\3"), 3, "M\xe9\4"),
        "its version of PyTorch's format isn't 1001, the only one there is");
    add("big-endian", std::string(whole).replace(whole.find("\x88s."), 1, "\x89"),
        "its byte order is not little, the only one that can be read");
    add("more values", torchLegacy(pickle, 3, 8),
        "its storage \"0\" is said to hold 2 values, but has 3");
    add("no room for the number", whole.substr(0, whole.size() - 9),
        "its storage \"0\" begins behind the file's end; it is truncated");
    add("values cut off", whole.substr(0, whole.size() - 1),
        "its storage \"0\" holds 2 values of 4 bytes each, the file has 7 bytes left; it is "
        "truncated");
    add("size overflows",
        torchLegacy(stateDict({.values = int64_t(1) << 62}), uint64_t(1) << 62, 8),
        "its storage \"0\" holds 4611686018427387904 values of 4 bytes each, the file has 8 bytes "
        "left; it is truncated");
    add("no key", torchLegacy(pickle, 2, 8, "]"), "its storage \"0\" isn't in the file");
    add("unknown key", torchLegacy(pickle, 2, 8, "](" + key("0") + key("1") + "e"),
        "its storage \"1\" is no tensor's");
    add("key twice", torchLegacy(pickle, 2, 8, "](" + key("0") + key("0") + "e"),
        "its storage \"0\" is there twice");
    add("key is a number",
        torchLegacy(
            pickle, 2, 8,
            "]K\1"
            "a"),
        "the key of one of its storages is no text");
    add("no list of keys", torchLegacy(pickle, 2, 8, "}"), "it has no list of its storages");
    add("a storage of two types",
        torchLegacy(
            dictionary({{"a", pickledTensor({})}, {"b", pickledTensor({.type = "LongStorage"})}}),
            2, 8),
        "its storage \"0\" is described in two ways");
}

INCEPTOSCOPE_TEST_MAIN(TestTorchHostile)
#include "test_torch_hostile.moc"
