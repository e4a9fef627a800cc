#include "charts/chart.h"
#include "models/costs/costs_model.h"
#include "support/fake_engine_data.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace inceptoscope;

class TestCosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sortsByEachColumn();
    void namesSortTheOtherWay();
    void filters();
    void filtersOfOtherLevels();
    void levels();
    void rowsAndPartsFindEachOther();
    void csvIsWhatIsShown();
    void csvOfAllParts();
    void chartsCarryTheParts();
    void timeArrives();
    void factsNameTheFigures();
    void selectsAModule();

private:
    CostTable& table() { return *m_model->table(); }
    QStringList column(int column)
    {
        QStringList cells;
        for (int row = 0; row < table().count(); ++row)
            cells << table().data(table().index(row), CostTable::CellsRole).toStringList()[column];
        return cells;
    }
    std::shared_ptr<const RunSnapshot> snapshot() const
    {
        return fakeSnapshot({m_network, QImage(32, 32, QImage::Format_RGB32), {}, false, 1}, 0);
    }
    [[nodiscard]] int part(const std::string& name, PartLevel level) const
    {
        const auto& parts = m_model->costs().parts;
        for (size_t i = 0; i < parts.size(); ++i)
            if (parts[i].name == name && parts[i].level == level)
                return int(i);
        return -1;
    }

    static constexpr int macs = 1;
    std::shared_ptr<const Network> m_network =
        std::make_shared<const Network>(makeNetwork("googlenet"));
    std::unique_ptr<CostsModel> m_model;
};

void TestCosts::init()
{
    m_model = std::make_unique<CostsModel>();
    m_model->show(m_network);
}

void TestCosts::sortsByEachColumn()
{
    m_model->apply(*snapshot());
    table().setLevel(int(PartLevel::Op));
    for (int c = 0; c < int(table().columns().size()); ++c) {
        table().sortBy(c);
        QCOMPARE(table().sortColumn(), c);
        QStringList once = column(c);
        table().sortBy(c);
        QStringList twice = column(c);
        QVERIFY(once.size() > 50);
        QCOMPARE(once.front(), twice.back());
        table().sortBy(c);
        QCOMPARE(table().sortColumn(), -1);
    }
    QCOMPARE(column(0).front(), "conv1/7×7_s2");
    table().sortBy(macs);
    QVERIFY(table().descending());
    QCOMPARE(column(0).front(), "conv2/3×3");
    QCOMPARE(column(macs).front(), "346.8\u00A0M");
    QCOMPARE(column(macs).back(), "0");
}

void TestCosts::namesSortTheOtherWay()
{
    table().setLevel(int(PartLevel::Group));
    table().sortBy(0);
    QVERIFY(!table().descending());
    QStringList sorted = column(0);
    sorted.sort(Qt::CaseInsensitive);
    QCOMPARE(column(0), sorted);
}

void TestCosts::filters()
{
    table().setLevel(int(PartLevel::Op));
    const int all = table().count();
    table().setFilter("4a");
    QCOMPARE(table().count(), 7);
    table().setFilter("4A 5x5");
    QCOMPARE(table().count(), 2);
    table().setFilter("5×5");
    QVERIFY(table().count() > 2);
    const int fives = table().count();
    table().setFilter("5x5");
    QCOMPARE(table().count(), fives);
    // One size doesn't find another that is of the same kind: conv1 is 7x7.
    for (const QString& name : column(0))
        QVERIFY2(name.contains("5×5"), qPrintable(name));
    table().setFilter("7x7 conv");
    QCOMPARE(table().count(), 1);
    table().setFilter("nothing like it");
    QCOMPARE(table().count(), 0);
    QCOMPARE(table().partAt(0), -1);
    QCOMPARE(table().emptyText(), "No op matches “nothing like it”.");
    table().setFilter({});
    QCOMPARE(table().count(), all);
    QCOMPARE(table().emptyText(), QString());
}

/// Kernels are looked for among the modules as well, where none has one: the table says who does.
void TestCosts::filtersOfOtherLevels()
{
    table().setLevel(int(PartLevel::Module));
    table().setFilter("7x7 conv ");
    QCOMPARE(table().count(), 0);
    QCOMPARE(table().matchingOps(), 1);
    QCOMPARE(table().emptyText(), "No module matches “7x7 conv”, but one op does.");
    table().setFilter("4a 5x5");
    QCOMPARE(table().emptyText(), "No module matches “4a 5x5”, but 2 ops do.");
    table().setFilter("nothing like it");
    QCOMPARE(table().emptyText(), "No module matches “nothing like it”.");
    table().setFilter({});
    QVERIFY(table().count() > 0 && table().emptyText().isEmpty());
}

void TestCosts::levels()
{
    table().setLevel(int(PartLevel::Network));
    QCOMPARE(column(0), QStringList{"GoogLeNet (Inception v1)"});
    QCOMPARE(column(macs), QStringList{"1.58\u00A0G"});
    table().setLevel(int(PartLevel::Branch));
    QVERIFY(column(0).contains("inception_3a/pool_proj"));
    table().setLevel(77);
    QCOMPARE(table().level(), int(PartLevel::Branch));
}

void TestCosts::rowsAndPartsFindEachOther()
{
    const int op = part("inception_4a/3x3", PartLevel::Op);
    const int module = part("inception_4a", PartLevel::Module);
    table().setLevel(int(PartLevel::Module));
    table().sortBy(macs);
    // An op is found in its module's row.
    QCOMPARE(table().partAt(table().rowOf(op)), module);
    table().setLevel(int(PartLevel::Op));
    QCOMPARE(table().partAt(table().rowOf(op)), op);
    QCOMPARE(table().rowOf(-1), -1);
    QCOMPARE(m_model->moduleOf(op), int(m_network->graph.findModule("inception_4a").value()));
    QCOMPARE(m_model->moduleOf(0), -1);
}

void TestCosts::csvIsWhatIsShown()
{
    table().setLevel(int(PartLevel::Module));
    const QStringList lines = table().csv().split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), table().count() + 1);
    const QStringList keys = lines.front().split(',');
    QCOMPARE(keys.size(), table().columns().size());
    const QStringList row = lines.filter("inception_3a").front().split(',');
    QCOMPARE(row.size(), keys.size());
    QCOMPARE(row[keys.indexOf("macs")], "128049152");
    QCOMPARE(row[keys.indexOf("median_ms")], QString());
    QCOMPARE(m_model->tableText(), table().tsv());
}

void TestCosts::csvOfAllParts()
{
    m_model->apply(*snapshot());
    const QStringList lines = costsCsv(m_model->costs()).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(size_t(lines.size()), m_model->costs().parts.size() + 1);
    const auto fields = lines.front().count(',');
    for (const QString& line : lines)
        if (!line.contains('"'))
            QCOMPARE(line.count(','), fields);
    QVERIFY(lines[1].startsWith("googlenet,network,,GoogLeNet (Inception v1),1582671872,1,"));
}

void TestCosts::chartsCarryTheParts()
{
    const auto& icicle = std::get<Icicle>(*m_model->icicle());
    QCOMPARE(icicle.cells.size(), m_model->costs().parts.size());
    QCOMPARE(icicle.cells[0].value, 1582671872.0);
    m_model->setArea(int(CostArea::Params));
    QCOMPARE(std::get<Icicle>(*m_model->icicle()).cells[0].value, 6998552.0);
    QCOMPARE(countOf(*m_model->roofline()), 0); // nothing was measured
    m_model->selectBar(1);
    QCOMPARE(m_model->costs().parts[size_t(m_model->selected())].level, PartLevel::Group);
    QCOMPARE(m_model->selectedBar(), 1);
}

void TestCosts::timeArrives()
{
    QSignalSpy changed(m_model.get(), &CostsModel::chartsChanged);
    m_model->setArea(int(CostArea::Time)); // not known yet: MACs stand in
    QCOMPARE(std::get<Icicle>(*m_model->icicle()).cells[0].value, 1582671872.0);
    RunSnapshot run = *snapshot();
    run.runMilliseconds = {run.opMilliseconds, run.opMilliseconds, run.opMilliseconds};
    for (double& value : run.runMilliseconds[0])
        value *= 3; // a disturbed run
    m_model->apply(run);
    QVERIFY(m_model->hasTimes());
    const CostedNetwork& costs = m_model->costs();
    QVERIFY(
        std::abs(
            costs.times.front().milliseconds + run.opMilliseconds[m_network->graph.input()] -
            run.totalMilliseconds) < 1e-6);
    QVERIFY(costs.times.front().slowest > 2.9 * costs.times.front().fastest);
    QCOMPARE(std::get<Icicle>(*m_model->icicle()).cells[0].value, costs.times.front().milliseconds);
    m_model->setPeaks({.fmaGflops = 70, .readGBs = 10});
    const auto& roofline = std::get<Roofline>(*m_model->roofline());
    QCOMPARE(roofline.roofs.size(), size_t(2));
    QCOMPARE(roofline.dots.size(), size_t(58)); // 57 convolutions and one linear layer
    m_model->selectDot(0);
    QCOMPARE(m_model->selectedDot(), 0);
    QVERIFY(m_model->peaksText().contains("7.00 FLOP/byte"));
    QVERIFY(changed.size() >= 3);
}

void TestCosts::factsNameTheFigures()
{
    m_model->apply(*snapshot());
    m_model->setPeaks({.fmaGflops = 70, .readGBs = 10});
    m_model->setSelected(part("loss3/classifier", PartLevel::Op));
    const QString facts = m_model->selectedFacts().join('\n').replace(QChar(0xA0), ' ');
    for (const char* text :
         {"loss3/classifier", "Linear", "1.02 M MACs (0.1 %)", "weights 3.91 MiB", "reads 4.00 KiB",
          "writes 3.91 KiB", "0.499 FLOP/byte", "GFLOP/s"})
        QVERIFY2(facts.contains(text), qPrintable(QString(text) + " not in " + facts));
    Explanation e;
    e.why = Why::MemoryBound;
    e.intensity = 0.5;
    e.ridge = 7;
    QCOMPARE(whyText(e), "memory-bound: 0.500 FLOP/byte, the device needs 7.00 to be busy");
    e.why = Why::Agrees;
    QVERIFY(whyText(e).isEmpty() && whyWord(e.why).isEmpty());
}

void TestCosts::selectsAModule()
{
    const int module = int(m_network->graph.findModule("inception_4b").value());
    m_model->selectModule(module);
    QCOMPARE(m_model->moduleOf(m_model->selected()), module);
    QCOMPARE(m_model->costs().parts[size_t(m_model->selected())].label, "Inception 4b");
    m_model->selectModule(-7);
    QCOMPARE(m_model->selected(), -1);
}

QTEST_MAIN(TestCosts)
#include "test_costs.moc"
