// What every network has a device do, against the table in work.json: work, not time, so that it
// is the same on every machine. After a change that is meant, write the table anew with
//     INCEPTOSCOPE_UPDATE_WORK=1 build/ci/bin/test_work
// and commit it: its difference tells what the change costs or saves.
#include "cost/cost.h"
#include "graph/builder.h"
#include "session/work.h"
#include "support/test_main.h"
#include "zoo/network.h"

#include <nlohmann/json.hpp>

#include <QFile>

#include <fstream>

using namespace inceptoscope;
using Json = nlohmann::ordered_json;

namespace {

const char* const tablePath = INCEPTOSCOPE_SOURCE_DIR "/tests/benchmarks/work.json";
/// A share of more work that needn't be explained.
constexpr double tolerance = 0.02;

struct Form
{
    const char* name;
    Precision precision;
    std::optional<ConvForm> convolutions; ///< none: what the table says for the family
    DeviceFamily family = DeviceFamily::Simd;
};
constexpr std::array forms{
    Form{"fp32", Precision::Fp32, std::nullopt},
    Form{"fp32 direct", Precision::Fp32, ConvForm::Direct},
    Form{"fp16", Precision::Fp16, std::nullopt},
    Form{"fp32 gpu", Precision::Fp32, std::nullopt, DeviceFamily::Gpu},
};

Work workOf(const Graph& graph, const Form& form, Keep keep = Keep::Taps)
{
    const Plan p = plan(
        graph, {.keep = keep,
                .fuseSums = form.family == DeviceFamily::Simd && form.precision == Precision::Fp32,
                .precision = form.precision});
    ConvChoice choice = form.convolutions;
    choice.family = form.family;
    return work(graph, p, layOutWeights(graph, p, 256, choice));
}

/// As commands and benchmarks run it; the arena also as the window keeps it.
Json toJson(const Graph& graph, const Form& form)
{
    const Work w = workOf(graph, form);
    return {
        {"command_buffers", w.commandBuffers},
        {"dispatches", w.dispatches},
        {"fills", w.fills},
        {"barriers", w.barriers},
        {"pipelines", w.pipelines},
        {"macs", w.macs},
        {"weight_bytes", w.weightBytes},
        {"arena_bytes", w.arenaBytes},
        {"arena_bytes_keeping_everything", workOf(graph, form, Keep::Everything).arenaBytes},
        {"sum_bytes", w.sumBytes},
        {"bytes_read", w.bytesRead},
        {"bytes_written", w.bytesWritten}};
}

std::string keyOf(const std::string& network, const Form& form)
{
    return network + " " + form.name;
}

/// One line a row, so that a difference is readable.
void writeTable()
{
    std::ofstream file(tablePath);
    const char* between = "{\n";
    for (const std::string& id : networkIds()) {
        for (const Form& form : forms) {
            file << between << Json(keyOf(id, form)) << ": "
                 << toJson(makeNetwork(id).graph, form).dump();
            between = ",\n";
        }
    }
    file << "\n}\n";
    if (!file.flush())
        qFatal("%s can't be written", tablePath);
}

Graph oneConvolution(uint32_t outChannels)
{
    GraphBuilder builder({4, 8, 8});
    builder.beginModule("m", "m", ModuleKind::Stem);
    (void)builder.input().conv("a", outChannels, 3);
    builder.endModule();
    return builder.finish();
}

} // namespace

class TestWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void noMoreThanTheTable_data();
    void noMoreThanTheTable();
    void macsOfOneConvolution();
    void macsCoverWhatIsCounted_data();
    void macsCoverWhatIsCounted();

private:
    Json m_table;
};

void TestWork::initTestCase()
{
    if (qEnvironmentVariableIsSet("INCEPTOSCOPE_UPDATE_WORK"))
        writeTable();
    m_table = Json::parse(std::ifstream(tablePath));
}

void TestWork::noMoreThanTheTable_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("form");
    for (const std::string& id : networkIds())
        for (size_t form = 0; form < forms.size(); ++form)
            QTest::addRow("%s", keyOf(id, forms[form]).c_str())
                << QString::fromStdString(id) << int(form);
    // Rows of networks that are no more would never be looked at.
    QVERIFY(m_table.size() == networkIds().size() * forms.size());
}

void TestWork::noMoreThanTheTable()
{
    QFETCH(const QString, id);
    QFETCH(const int, form);
    const std::string key = keyOf(id.toStdString(), forms[size_t(form)]);
    const char* remedy = "if that is meant: INCEPTOSCOPE_UPDATE_WORK=1 build/ci/bin/test_work, and "
                         "commit tests/benchmarks/work.json";
    QVERIFY2(m_table.contains(key), remedy);
    const Json& expected = m_table[key];
    const Json now = toJson(makeNetwork(id.toStdString()).graph, forms[size_t(form)]);
    QStringList more;
    for (const auto& [what, value] : now.items()) {
        const double before = expected.value(what, 0.0);
        const double after = value.get<double>();
        const double change = (after - before) / std::max(before, 1.0);
        const QString text = QString::asprintf(
            "%s: %s %.0f, the table says %.0f (%+.1f %%)", key.c_str(), what.c_str(), after, before,
            change * 100);
        if (change > tolerance)
            more.append(text);
        else if (change < -tolerance)
            qInfo("%s: less work, update the table so that it stays so", qPrintable(text));
    }
    QVERIFY2(more.isEmpty(), qPrintable(more.join("; ") + "; " + remedy));
}

/// 64 pixels, 9 steps of 4 channels, 32 output channels: nothing is padded.
void TestWork::macsOfOneConvolution()
{
    const Work wide = workOf(oneConvolution(32), forms[1]);
    QCOMPARE(wide.macs, uint64_t(64 * 9 * 4 * 32));
    QCOMPARE(wide.dispatches, uint64_t(1));
    QCOMPARE(wide.commandBuffers, uint64_t(1));
    QCOMPARE(wide.barriers, uint64_t(2));
    QCOMPARE(wide.pipelines, uint64_t(1));
    QVERIFY(wide.bytesWritten >= 64 * 32 * 4);
    QVERIFY(wide.bytesRead >= 64 * 4 * 4 + 9 * 4 * 32 * 4);
    QCOMPARE(workOf(oneConvolution(13), forms[1]).macs, uint64_t(64 * 9 * 4 * 32)); // padded
}

void TestWork::macsCoverWhatIsCounted_data()
{
    QTest::addColumn<QString>("id");
    for (const std::string& id : networkIds())
        QTest::addRow("%s", id.c_str()) << QString::fromStdString(id);
}

/// A kernel that forgets Dispatch::macs shows up here.
void TestWork::macsCoverWhatIsCounted()
{
    QFETCH(const QString, id);
    const Graph graph = makeNetwork(id.toStdString()).graph;
    const uint64_t counted = networkCost(graph).main.macs;
    const uint64_t direct = workOf(graph, forms[1]).macs;
    QVERIFY2(direct >= counted, qPrintable(QStringLiteral("%1 < %2").arg(direct).arg(counted)));
    QVERIFY(double(direct) < 1.5 * double(counted));
    QVERIFY(workOf(graph, forms[0]).macs <= direct);
}

INCEPTOSCOPE_TEST_MAIN(TestWork)
#include "test_work.moc"
