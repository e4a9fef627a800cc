#include "support/test_main.h"
#include "weights/open_weights.h"
#include "weights/torch/torch_file.h"
#include "weights/torch_bytes.h"
#include "weights/weight_files.h"

#include <QFileInfo>

using namespace inceptoscope;
using namespace std::string_literals;

/// Checkpoints as trainers leave them: which of their tensors are the network's.
class TestTorchParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parts_data();
    void parts();
    void named();
    void refused_data();
    void refused();
    void readPast_data();
    void readPast();
    void script();
    void wholeModules();
    void legacyModule();
    void labels();
    void hunted();

private:
    std::string keysOf(const TensorSource& source) const;
    Folder m_folder;
};

using Values = std::vector<std::pair<std::string, std::string>>;

static std::string dict(const Values& values)
{
    const std::string whole = dictionary(values);
    return whole.substr(2, whole.size() - 3);
}

static std::string pickle(const std::string& value)
{
    return "\x80\2" + value + ".";
}

static std::string matrix()
{
    return pickledTensor({.shape = {1, 2}, .strides = {2, 1}});
}

static std::string scalar()
{
    return pickledTensor({.shape = {}, .strides = {}});
}

static std::string className(const std::string& module, const std::string& name)
{
    return "c" + module + "\n" + name + "\n";
}

/// An object as protocol 2 makes it, with a state.
static std::string object(
    const std::string& module, const std::string& name, const Values& state,
    const std::string& arguments = ")")
{
    return className(module, name) + arguments + "\x81" + dict(state) + "b";
}

static std::string net(const std::string& key = "fc.weight")
{
    return dict({{key, matrix()}});
}

std::string TestTorchParts::keysOf(const TensorSource& source) const
{
    std::string all;
    for (const TensorInfo& info : source.tensors()) {
        all += (all.empty() ? "" : " ") + info.key;
        std::vector<float> values(info.elements());
        source.read(*source.find(info.key), values);
    }
    return all;
}

void TestTorchParts::parts_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("keys");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const std::string& value, const char* keys,
                        const char* said) {
        QTest::newRow(name) << QByteArray::fromStdString(value) << QString(keys) << QString(said);
    };
    row("a state_dict", net("a"), "a", "");
    row("beside a figure", dict({{"net", net("a")}, {"acc", scalar()}, {"epoch", "K\1"}}), "a",
        "the tensors of its \"net\" are read");
    row("beside an optimiser",
        dict(
            {{"optimizer", dict({{"state", dict({{"x", matrix()}})}, {"param_groups", "]"}})},
             {"model", net("a")}}),
        "a", "the tensors of its \"model\" are read");
    row("an optimiser's moments by name",
        dict(
            {{"optimizer_state", dict({{"m", matrix()}, {"v", matrix()}})}, {"weights", net("a")}}),
        "a", "the tensors of its \"weights\" are read");
    row("an average beside it", dict({{"ema", net("b")}, {"model", net("a")}}), "a",
        "of several networks in it \"model\" (1 tensor) is read; there is also \"ema\" (1 "
        "tensor), which --weights FILE#ema takes");
    row("timm's average", dict({{"state_dict_ema", net("b")}, {"state_dict", net("a")}}), "a",
        "--weights FILE#state_dict_ema");
    row("only an average", dict({{"model_ema", net("b")}, {"acc", scalar()}}), "b",
        "the tensors of its \"model_ema\" are read");
    row("two networks",
        dict({{"netD", net("b")}, {"netG", dict({{"a", matrix()}, {"c", matrix()}})}}), "a c",
        "of several networks in it \"netG\" (2 tensors) is read; there is also \"netD\"");
    row("a table beside it",
        dict({{"confusion", matrix()}, {"my_net", dict({{"a", matrix()}, {"c", matrix()}})}}),
        "a c", "of several networks in it \"my_net\" (2 tensors) is read; there is also its own");
    row("nested", dict({{"trainer", dict({{"model", dict({{"state_dict", net("a")}})}})}}), "a",
        "the tensors of its \"trainer.model.state_dict\" are read");
    row("a tuple of both",
        "(" + net("a") + dict({{"state", dict({{"x", matrix()}})}, {"param_groups", "]"}}) + "t",
        "a", "the tensors of its \"0\" are read");
    row("a training's object", object("train", "State", {{"step", "K\1"}, {"model", net("a")}}),
        "a", "the tensors of its \"model\" are read");
    row("an averaged model", dict({{"n_averaged", scalar()}, {"module.a.weight", matrix()}}),
        "n_averaged a.weight", "names of modules around the network");
    row("compiled and parallel", dict({{"module._orig_mod.a.weight", matrix()}}), "a.weight",
        "are left out in 1 keys");
    row("compiled in part", dict({{"a._orig_mod.weight", matrix()}, {"b.weight", matrix()}}),
        "a.weight b.weight", "are left out in 1 keys");
}

void TestTorchParts::parts()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QString, keys);
    QFETCH(const QString, said);
    const std::string path = m_folder.write("net.pth", torchZip(pickle(value.toStdString())));
    const auto source = openWeightsFile(path);
    QCOMPARE(QString::fromStdString(keysOf(*source)), keys);
    std::string all;
    for (const auto& sentences : {source->notes(), source->choices()})
        for (const std::string& sentence : sentences)
            all += sentence + "\n";
    QVERIFY2(QString::fromStdString(all).contains(said), all.c_str());
    QCOMPARE(all.empty(), said.isEmpty());
}

/// FILE#PART, by its name, the last of its name, "ema", or a prefix of the tensors.
void TestTorchParts::named()
{
    const std::string path = m_folder.write(
        "both.pth",
        torchZip(pickle(dict(
            {{"run",
              dict({{"ema_model", net("b")}, {"model", net("a")}, {"teacher", net("t")}})}}))));
    for (const auto& [part, keys] : std::vector<std::pair<std::string, std::string>>{
             {"", "a"},
             {"#run.ema_model", "b"},
             {"#ema_model", "b"},
             {"#ema", "b"},
             {"#model", "a"},
             {"#teacher", "t"}})
        QCOMPARE(keysOf(*openWeightsFile(path + part)), keys);
    QCOMPARE(
        refusal([&] { (void)openWeightsFile(path + "#nets"); }).message,
        "weights: " + path + " has no part \"nets\"; --weights FILE alone reads it");
    const std::string flat = m_folder.write(
        "flat.pth",
        torchZip(pickle(dict({{"net.x.weight", matrix()}, {"ema.x.weight", matrix()}}))));
    QCOMPARE(keysOf(*openWeightsFile(flat + "#ema")), "x.weight");
    QCOMPARE(
        refusal([&] { (void)openWeightsFile(flat + "#x"); }).message,
        "weights: " + flat +
            " has no part \"x\"; --weights FILE alone reads it, its tensors' names begin with ema, "
            "net");
    // A file that is really called so.
    const std::string odd = m_folder.write("odd#ema", torchZip(pickle(net("o"))));
    QCOMPARE(keysOf(*openWeightsFile(odd)), "o");
    QCOMPARE(splitWeights("synthetic:a#b").file, "synthetic:a#b");
    QCOMPARE(splitWeights(m_folder.path("none#x")).part, "");
}

void TestTorchParts::refused_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const std::string& value, const char* message) {
        QTest::newRow(name) << QByteArray::fromStdString(value) << QString(message);
    };
    const std::string tuple = "(t";
    row("only an optimiser", dict({{"state", dict({{"x", matrix()}})}, {"param_groups", "]"}}),
        "it holds the state of an optimiser and no network's; give the file with the network's "
        "state_dict()");
    row("arrays", dict({{"a", className("numpy.core.multiarray", "_reconstruct") + tuple + "R"}}),
        "it holds arrays of NumPy in place of tensors; save them as tensors (torch.from_numpy) "
        "under the same names");
    row("quantised", dict({{"a", className("torch._utils", "_rebuild_qtensor") + tuple + "R"}}),
        "its tensors are quantised; save the state_dict() of the network in float32");
    row("nothing", dict({{"args", object("argparse", "Namespace", {{"lr", "K\1"}})}}),
        "it holds no dictionary of tensors; save the network's state_dict()");
    std::string deep =
        object("m", "M", {{"_parameters", "}"}, {"_buffers", "}"}, {"_modules", "}"}});
    row("an empty module", deep,
        "it holds no dictionary of tensors; save the network's state_dict()");
    // Each level names the one below twice: 2^40 modules in a small file.
    std::string twice = "N";
    for (int i = 0; i < 40; ++i)
        twice = className("m", "M") + ")\x81" +
                dict(
                    {{"_parameters", "}"},
                     {"_modules", "}(" + pickledText("a") + twice + "q" + char(i) +
                                      pickledText("b") + "h" + char(i) + "u"}}) +
                "b";
    row("modules without end", twice,
        "its objects hold each other in too many ways to look for tensors; refused");
}

void TestTorchParts::refused()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QString, message);
    const std::string path = m_folder.write("bad.pth", torchZip(pickle(value.toStdString())));
    QCOMPARE(
        QString::fromStdString(refusal([&] { (void)openWeightsFile(path); }).message),
        "weights: " + QString::fromStdString(path) + ": " + message);
}

void TestTorchParts::readPast_data()
{
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* name, const std::string& value) {
        QTest::newRow(name) << QByteArray::fromStdString(value);
    };
    row("Namespace", object("argparse", "Namespace", {{"lr", "G" + std::string(8, '\1')}}));
    row("numpy scalar", className("numpy.core.multiarray", "scalar") + className("numpy", "dtype") +
                            pickledText("f8") + "K\0K\1\x87R(K\3"s + pickledText("<") +
                            "NNNJ\xff\xff\xff\xffJ" + "\xff\xff\xff\xffK\0tb"s + "C\x8" +
                            "12345678\x86R");
    row("numpy array of protocol 2",
        className("numpy.core.multiarray", "_reconstruct") + className("numpy", "ndarray") +
            "K\0\x85"s + "C\1b\x87R(K\1K\1\x85" + className("numpy", "dtype") + pickledText("f8") +
            "\x85R\x89" + className("_codecs", "encode") + pickledText("xxxxxxxx") +
            pickledText("latin1") + "\x86Rtb");
    row("defaultdict", className("collections", "defaultdict") + className("__builtin__", "list") +
                           "\x85R" + pickledText("a") + "]s");
    row("a class of ordered dictionaries", className("my.config", "Config") + ")\x81" +
                                               pickledText("a") + "K\1s" + dict({{"b", "N"}}) +
                                               "b");
    row("path",
        className("pathlib", "PosixPath") + "(" + pickledText("/") + pickledText("tmp") + "tR");
    row("device", className("torch", "device") + pickledText("cuda") + "K\0\x86R"s);
    row("dtype", className("torch", "float16"));
    row("size", className("torch", "Size") + pickledTuple({2, 3}) + "\x85R");
    row("set of protocol 2", className("__builtin__", "set") + "]K\1a\x85R");
    row("set of protocol 4", "\x8f(K\1\x90");
    row("frozen set", "(K\1K\2\x91");
    row("enumeration", className("__builtin__", "getattr") + className("my", "Mode") +
                           pickledText("Train") + "\x86R");
    row("deque", className("collections", "deque") + ")N\x86R(K\1K\2e");
    row("by names of arguments", className("my", "Point") + ")}\x92");
    row("an old class's object", "(" + className("my", "Old") + "o}b");
    row("what an object makes",
        className("functools", "partial") + className("my", "f") + "\x85R" + ")R");
    row("bytes", "\x8e" + std::string("\2\0\0\0\0\0\0\0", 8) + "ab");
    row("an object that holds itself",
        className("my", "Loop") + ")\x81q\x70" + "}" + pickledText("me") + "h\x70" + "sb");
}

/// Whatever lies beside the tensors, in front of them and behind them.
void TestTorchParts::readPast()
{
    QFETCH(const QByteArray, value);
    for (const Values& values :
         {Values{{"args", value.toStdString()}, {"model", net("a")}},
          Values{{"model", net("a")}, {"args", value.toStdString()}}}) {
        const std::string path = m_folder.write("args.pth", torchZip(pickle(dict(values))));
        QCOMPARE(keysOf(*openWeightsFile(path)), "a");
    }
    const std::string listed = pickle("]" + value.toStdString() + "a" + net("a") + "a");
    QCOMPARE(keysOf(*openWeightsFile(m_folder.write("list.pth", torchZip(listed)))), "a");
}

static std::string archive(const std::string& pickled)
{
    return zipBytes(
        {{.name = "net/data.pkl", .data = pickled},
         {.name = "net/code/__torch__.py", .data = "class Net(Module):", .method = 8},
         {.name = "net/constants.pkl", .data = "\x80\2)."},
         {.name = "net/data/0", .data = std::string(8, 'd')}});
}

/// A TorchScript archive's modules have their tensors under their own names.
void TestTorchParts::script()
{
    const std::string inner = object("__torch__.torch.nn", "Linear", {{"weight", matrix()}});
    const std::string root =
        object("__torch__", "Net", {{"training", "\x88"}, {"scale", scalar()}, {"fc", inner}});
    const auto source = openWeightsFile(m_folder.write("script.pt", archive(pickle(root))));
    QCOMPARE(keysOf(*source), "scale fc.weight");
    QCOMPARE(
        source->notes().front(),
        "it is a TorchScript archive; its tensors are read, its code is not");
    const std::string frozen = object("__torch__", "Net", {{"training", "\x89"}});
    const std::string path = m_folder.write("frozen.pt", archive(pickle(frozen)));
    QCOMPARE(
        refusal([&] { (void)openWeightsFile(path); }).message,
        "weights: " + path +
            ": it is a TorchScript archive that keeps its tensors in its code (torch.jit.freeze); "
            "save the state_dict() of the network itself");
}

static std::string module(const Values& parameters, const Values& buffers, const Values& modules)
{
    return object(
        "my.nets", "Net",
        {{"training", "\x88"},
         {"_parameters", dict(parameters)},
         {"_buffers", dict(buffers)},
         {"_modules", dict(modules)}});
}

/// torch.save(network) in place of its state_dict().
void TestTorchParts::wholeModules()
{
    const std::string bn = module({{"weight", scalar()}, {"bias", "N"}}, {{"mean", scalar()}}, {});
    const std::string root = module(
        {{"w", matrix()}}, {}, {{"bn", bn}, {"conv", module({{"weight", matrix()}}, {}, {})}});
    const char* keys = "w bn.weight bn.mean conv.weight";
    for (const std::string& value : {root, dict({{"model", root}, {"epoch", "K\1"}})})
        QCOMPARE(keysOf(*openWeightsFile(m_folder.write("whole", torchZip(pickle(value))))), keys);
}

/// The old format stores the sources of modules' classes among the storages.
void TestTorchParts::legacyModule()
{
    const std::string source = "(" + pickledText("module") + className("my", "Net") +
                               pickledText("net.py") + pickledText("class Net") + "tQ";
    const std::string value =
        source + ")\x81" + dict({{"_parameters", net("a")}, {"_modules", "}"}}) + "b";
    const std::string bytes = torchLegacy(pickle(value), 2, 8);
    QCOMPARE(keysOf(*openWeightsFile(m_folder.write("legacy", bytes))), "a");
}

void TestTorchParts::labels()
{
    const std::string classes = "(" + pickledText("cat") + pickledText("dog") + "t";
    for (const Values& values :
         {Values{{"model", net("a")}, {"classes", classes}},
          Values{{"meta", dict({{"CLASSES", classes}})}, {"state_dict", net("a")}}}) {
        const std::string bytes = torchZip(pickle(dict(values)));
        const auto source = openWeightsFile(m_folder.write("labels", bytes));
        QCOMPARE(source->metadata().at("labels"), R"(["cat","dog"])");
    }
    std::string many = "](";
    for (int i = 0; i < 100'001; ++i)
        many += "h\1";
    const std::string value =
        dict({{"name", pickledText("x") + "q\1"}, {"classes", many + "e"}, {"model", net("a")}});
    const auto source = openWeightsFile(m_folder.write("many", torchZip(pickle(value))));
    QVERIFY(source->metadata().empty());
    QCOMPARE(
        source->choices().front(), "its \"classes\" has 100001 class names, at most 100000 are "
                                   "read; these labels are left out");
}

/// Files that somebody's trainer wrote.
void TestTorchParts::hunted()
{
    const std::string folder = INCEPTOSCOPE_SOURCE_DIR "/../shared/hunt/";
    if (!QFileInfo::exists(QString::fromStdString(folder))) {
        somethingWasLeftOut() = true;
        std::fprintf(stderr, "\n*** NOT TESTED: files of ../shared/hunt, which isn't there.\n\n");
        QSKIP("../shared/hunt isn't there");
    }
    QCOMPARE(keysOf(*openWeightsFile(folder + "namespace.pth")), "fc.weight");
    QCOMPARE(keysOf(*openWeightsFile(folder + "net_and_acc.pth")), "fc.weight");
    QCOMPARE(keysOf(*openWeightsFile(folder + "script.pt")), "weight bias");
}

INCEPTOSCOPE_TEST_MAIN(TestTorchParts)
#include "test_torch_parts.moc"
