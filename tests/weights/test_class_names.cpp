#include "support/test_main.h"
#include "weights/class_count.h"
#include "weights/class_names.h"
#include "weights/layer_weights.h"
#include "weights/open_weights.h"
#include "weights/synthetic.h"
#include "weights/weight_files.h"
#include "zoo/network.h"

using namespace inceptoscope;

/// How many classes weights know, and what these are called.
class TestClassNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms_data();
    void forms();
    void encodings();
    void configurations();
    void faults_data();
    void faults();
    void controlCharacters();
    void keys();
    void counts();
    void noCounts();
    void checkpoints();
};

void TestClassNames::forms_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* text) {
        QTest::newRow(name) << QByteArray(text);
    };
    row("lines", "tench, Tinca tinca\ngoldfish\nshark\n");
    row("no last newline", "tench, Tinca tinca\ngoldfish\nshark");
    row("Windows, byte order mark", "\xef\xbb\xbftench, Tinca tinca\r\ngoldfish\r\nshark\r\n\r\n");
    row("synsets", "n01440764 tench, Tinca tinca\nn01443537\tgoldfish\nn01484850  shark\n");
    row("array", R"( ["tench, Tinca tinca", "goldfish", "shark"])");
    row("index to name", R"({"0": "tench, Tinca tinca", "2": "shark", "1": "goldfish"})");
    row("name to index", R"({"tench, Tinca tinca": 0, "shark": 2, "goldfish": 1})");
    row("Keras", R"({"0": ["n01440764", "tench, Tinca tinca"], "1": ["n01443537", "goldfish"],)"
                 R"( "2": ["n01484850", "shark"]})");
    row("Hugging Face", R"({"architectures": ["X"], "id2label": {"0": "tench, Tinca tinca",)"
                        R"( "1": "goldfish", "2": "shark"}, "label2id": {"a": 7}})");
    row("its other direction", R"({"label2id": {"tench, Tinca tinca": 0, "shark": 2,)"
                               R"( "goldfish": 1}, "model_type": "x"})");
    row("its other direction in texts", R"({"label2id": {"tench, Tinca tinca": "0",)"
                                        R"( "goldfish": "1", "shark": "2"}})");
    row("timm", R"({"num_classes": 3, "label_names": ["n1", "goldfish", "n3"],)"
                R"( "label_descriptions": {"n1": "tench, Tinca tinca", "n3": "shark"}})");
    row("timm, inside", R"({"architecture": "inception_v3", "pretrained_cfg":)"
                        R"( {"label_names": ["tench, Tinca tinca", "goldfish", "shark"]}})");
}

static QByteArray utf16(const QString& text, bool little)
{
    QByteArray bytes(little ? "\xff\xfe" : "\xfe\xff");
    for (const QChar c : text) {
        const char low = char(c.unicode() & 0xffU);
        const char high = char(c.unicode() >> 8U);
        bytes.append(little ? low : high).append(little ? high : low);
    }
    return bytes;
}

/// What Windows' editors save.
void TestClassNames::encodings()
{
    const QString text = QStringLiteral("fl\u00fcgel\r\n\u732b\r\n\U0001f600\r\n\r\n");
    const ClassNames expected = {"fl\xc3\xbcgel", "\xe7\x8c\xab", "\xf0\x9f\x98\x80"};
    for (const bool little : {true, false}) {
        QCOMPARE(parseClassNames(utf16(text, little).toStdString(), "f"), expected);
        const QByteArray json = utf16(R"(["a", "b"])", little);
        QCOMPARE(parseClassNames(json.toStdString(), "f"), (ClassNames{"a", "b"}));
    }
    QCOMPARE(parseClassNames("\xef\xbb\xbf" + text.toStdString(), "f"), expected);
    // Half a pair, and half a unit.
    const std::string lone("\xff\xfe\x3d\xd8\x61\0\n\0b", 9);
    const std::string bad = "\xef\xbf\xbd";
    QCOMPARE(parseClassNames(lone, "f"), (ClassNames{bad + "a", bad}));
    const Refusal refused = refusal([] { (void)parseClassNames("\xff\xfe", "f"); });
    QCOMPARE(refused.message, "f: there are no class names in it");
}

/// A configuration need not name classes; "0" may be a class's name.
void TestClassNames::configurations()
{
    QVERIFY(!parseConfigNames(R"({"model_type": "x"})", "f"));
    QVERIFY(!parseConfigNames("no JSON", "f"));
    QVERIFY(!parseConfigNames(R"({"id2label": {"0": "LABEL_0", "1": "LABEL_1"}})", "f"));
    QVERIFY(!parseConfigNames(R"({"0": "a", "1": "b"})", "f"));
    const auto named = parseConfigNames(R"({"id2label": {"0": "LABEL_0", "1": "b"}})", "f");
    QCOMPARE(*named, (ClassNames{"LABEL_0", "b"}));
    QCOMPARE(parseClassNames(R"({"1": 0, "0": 1})", "f"), (ClassNames{"1", "0"}));
    const Refusal refused =
        refusal([] { (void)parseConfigNames(R"({"id2label": {"0": "a", "2": "b"}})", "f"); });
    QCOMPARE(refused.message, "f: it names class 2, but 2 classes, which count from 0 on");
}

void TestClassNames::forms()
{
    QFETCH(const QByteArray, text);
    const ClassNames expected = {"tench, Tinca tinca", "goldfish", "shark"};
    QCOMPARE(parseClassNames(text.toStdString(), "f"), expected);
}

void TestClassNames::faults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const QByteArray& text, const char* message) {
        QTest::newRow(name) << text << QString(message);
    };
    row("nothing", " \n\n", "f: there are no class names in it");
    row("empty array", "[]", "f: there are no class names in it");
    row("broken JSON", "[\"a\", ", "f: it begins as JSON, but isn't JSON");
    row("Python", "{0: 'tench'}", "f: it begins as JSON, but isn't JSON");
    row("number for a name", "[\"a\", 7]", "f: the name of class 1 is no text");
    row("no number", R"({"a": "b"})", "f: \"a\" is no class number");
    row("negative", R"({"-1": "b"})", "f: \"-1\" is no class number");
    row("gap", R"({"0": "a", "2": "b"})",
        "f: it names class 2, but 2 classes, which count from 0 on");
    row("huge", R"({"0": "a", "18446744073709551615": "b"})",
        "f: it names class 18446744073709551615, but 2 classes, which count from 0 on");
    row("twice", R"({"a": 0, "b": 0})", "f: it names class 0 twice");
    row("fraction", R"({"a": 0, "b": 0.5})",
        "f: the number of class \"b\" is no whole number from 0 on");
    row("too long", QByteArray((4 << 20) + 1, 'a'),
        "f: 4194305 bytes are too many for class names, at most 4194304 are read");
    row("too many", QByteArray(100'001, '\n'), "f: there are no class names in it");
    row("too many lines", "a" + QByteArray(100'001, '\n'),
        "f: 100001 class names, at most 100000 are read");
    row("too many lines, the last without an end", "a" + QByteArray(100'000, '\n') + "b",
        "f: 100001 class names, at most 100000 are read");
    row("deep", QByteArray(100'000, '['), "f: it begins as JSON, but isn't JSON");
}

void TestClassNames::faults()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, message);
    const Refusal refused = refusal([&] { (void)parseClassNames(text.toStdString(), "f"); });
    QCOMPARE(QString::fromStdString(refused.message), message);
    QCOMPARE(*refused.kind, ErrorKind::BadInput);
}

/// What goes to a terminal must not steer it.
void TestClassNames::controlCharacters()
{
    const ClassNames names = parseClassNames("a\x1b[31m\nb\xff\n" + std::string(500, 'c'), "f");
    QCOMPARE(names[0], std::string("a?[31m"));
    QCOMPARE(names[1], std::string("b?"));
    QCOMPARE(names[2].size(), size_t(203));
}

void TestClassNames::keys()
{
    QVERIFY(classNamesKey({}) == nullptr);
    QVERIFY(classNamesKey({{"labels", "as in synset_words.txt"}}) == nullptr);
    QCOMPARE(classNamesKey({{"labels", "a\nb"}, {"id2label", "{}"}}), "labels");
    QCOMPARE(classNamesKey({{"labels", "a remark"}, {"id2label", "{}"}}), "id2label");
    QCOMPARE(classNamesKey({{"class_names", "[]"}}), "class_names");
}

/// The file's own number, whatever number the graph was made for.
void TestClassNames::counts()
{
    for (const std::string& id : networkIds()) {
        const Graph published = makeNetwork(id).graph;
        for (const uint32_t classes : {1U, 10U, 1000U, 1001U}) {
            const auto weights = syntheticWeights(makeNetwork(id, {.classes = classes}).graph, "");
            const uint32_t expected = published.logits() ? classes : 0;
            QVERIFY2(classCount(published, *weights).value_or(0) == expected, id.c_str());
        }
    }
}

void TestClassNames::noCounts()
{
    const Folder folder;
    const Graph graph = makeNetwork("googlenet_bn").graph;
    const auto countOf = [&](const std::string& shape, size_t values) {
        const std::string end = std::to_string(values * 4);
        const std::string path = folder.write(
            "head", safetensorsBytes(
                        "{" + entry("fc.weight", "F32", shape, "[0," + end + "]") + "}",
                        std::string(values * 4, '\0')));
        return classCount(graph, *openWeightsFile(path));
    };
    QVERIFY(countOf("[3,1024]", 3072) == 3U);
    QVERIFY(!countOf("[0,1024]", 0));
    QVERIFY(!countOf("[3,512]", 1536));
    QVERIFY(!countOf("[1024]", 1024));
    QVERIFY(!countOf("[3,1024,1,1]", 3072));
    QVERIFY(!classCount(makeNetwork("googlenet").graph, *openWeightsFile(folder.path("head"))));
}

/// Names beside the tensors of a PyTorch checkpoint; the files are by make_torch_files.py.
void TestClassNames::checkpoints()
{
    for (const char* name : {"class_list.pth", "class_to_idx.pth", "idx_to_class.pth"}) {
        const auto file =
            openWeightsFile(std::string(INCEPTOSCOPE_SOURCE_DIR "/tests/weights/data/") + name);
        const char* key = classNamesKey(file->metadata());
        QVERIFY2(key != nullptr, name);
        const ClassNames expected = {"cat", "dog", "fl\xc3\xbcgel"};
        QVERIFY2(parseClassNames(file->metadata().at(key), name) == expected, name);
    }
    const auto plain = openWeightsFile(INCEPTOSCOPE_SOURCE_DIR "/tests/weights/data/zip.pth");
    QVERIFY(plain->metadata().empty());
}

INCEPTOSCOPE_TEST_MAIN(TestClassNames)
#include "test_class_names.moc"
