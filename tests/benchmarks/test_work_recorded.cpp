// The counts of work() are those of the commands that are recorded on a device.
#include "session/memory.h"
#include "session/node_dispatches.h"
#include "session/work.h"
#include "support/gpu.h"
#include "support/test_main.h"
#include "zoo/network.h"

using namespace inceptoscope;

class TestWorkRecorded : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAreThoseOfTheRecorder_data();
    void countsAreThoseOfTheRecorder();
};

void TestWorkRecorded::countsAreThoseOfTheRecorder_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("halves");
    QTest::addRow("googlenet") << "googlenet" << false;
    QTest::addRow("googlenet, fp16") << "googlenet" << true;
    QTest::addRow("facenet") << "facenet" << false; // residual sums
}

void TestWorkRecorded::countsAreThoseOfTheRecorder()
{
    QFETCH(const QString, id);
    QFETCH(const bool, halves);
    Gpu gpu;
    const Graph graph = makeNetwork(id.toStdString()).graph;
    const Plan p = plan(
        graph, {.keep = Keep::Taps,
                .alignment = gpu.device().info().bindingAlignment,
                .precision = halves ? Precision::Fp16 : Precision::Fp32});
    const WeightLayout weights = layOutWeights(graph, p, 256);
    const Work expected = work(graph, p, weights);

    DeviceMemory memory(gpu.device());
    Buffer& arena = memory.require(Memory::Arena, p.arenaBytes);
    memory.require(Memory::Sums, expected.sumBytes);
    uint64_t dispatched = 0;
    uint64_t barriers = 0;
    uint64_t modules = 0;
    for (const Module& module : graph.modules()) {
        if (module.kind == ModuleKind::Auxiliary || module.nodes.front() == graph.input())
            continue;
        Recorder recorder(gpu.device());
        recorder.begin();
        for (const NodeId node : module.nodes) {
            if (p.isFree(graph, node))
                continue;
            const Slot& root = p.slots[p.slots[node].root];
            if (p.slots[node].clearFirst)
                recorder.fillZero({&arena, root.offset, root.layout.bytes()});
            for (const Dispatch& dispatch : dispatches(graph, p, weights.layers, node))
                memory.record(recorder, dispatch);
        }
        recorder.end();
        ++modules;
        dispatched += recorder.dispatches();
        barriers += recorder.barriers();
    }
    QCOMPARE(expected.commandBuffers, modules);
    QCOMPARE(expected.dispatches, dispatched);
    QCOMPARE(expected.barriers, barriers);
    QVERIFY(gpu.noMessages());
}

INCEPTOSCOPE_TEST_MAIN(TestWorkRecorded)
#include "test_work_recorded.moc"
