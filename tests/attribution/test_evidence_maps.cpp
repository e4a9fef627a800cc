// What needs no device: maps, places, names of classes, the map over the picture.
#include "attribution/class_place.h"
#include "attribution/evidence.h"
#include "attribution/named_class.h"
#include "attribution/overlay.h"
#include "engine/labels.h"
#include "error.h"
#include "models/colormaps.h"
#include "support/error_message.h"
#include "support/test_main.h"
#include "zoo/network.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace inceptoscope;

class TestEvidenceMaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sums();
    void stretching();
    void squaresOverPixels();
    void methodsAreTold();
    void wherePlacesAre();
    void classesByName();
    void wrongClasses_data();
    void wrongClasses();
    void overThePicture();
    void singlePixelsDontCount();
};

namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

const ClassLabels& imagenet()
{
    static const auto labels = usualLabels(1000);
    return *labels;
}

QImage colourful()
{
    QImage picture(2, 2, QImage::Format_RGB32);
    picture.fill(qRgb(200, 40, 90));
    return picture;
}

} // namespace

void TestEvidenceMaps::sums()
{
    const Shape shape{2, 1, 2};
    const std::vector<float> values{1, -2, 3, 5}; // channel 0: 1 -2; channel 1: 3 5
    const std::vector<float> weights{2, -1};
    QCOMPARE(
        weightedSum(values, shape, allOf(shape), weights).values, (std::vector<float>{-1, -9}));
    QCOMPARE(weightedSum(values, shape, {1, 1}, weights).values, (std::vector<float>{6, 10}));
    QCOMPARE(channelMeans(values, shape, allOf(shape)), (std::vector<float>{-0.5F, 4}));
    QCOMPARE(channelMeans(values, shape, {1, 1}), (std::vector<float>{4}));
    QCOMPARE(aboveZero({2, 1, {-1, 3}}).values, (std::vector<float>{0, 3}));
    QCOMPARE(largestMagnitude(values, shape).values, (std::vector<float>{3, 5}));
    QCOMPARE(largestMagnitude(std::vector<float>{-7, 0, 3, 5}, shape).values.front(), 7.0F);
    QCOMPARE(channelSum(values, shape).values, (std::vector<float>{4, 3}));
    QCOMPARE(product(values, values, shape, allOf(shape)), 39.0);
    QCOMPARE(product(values, values, shape, {1, 1}), 34.0);
}

void TestEvidenceMaps::stretching()
{
    const PlaneMap two{2, 1, {0, 1}};
    QCOMPARE(stretched(two, 2, 1).values, two.values);
    // Pixels' centres: an eighth, three eighths and so on of the way.
    QCOMPARE(stretched(two, 4, 1).values, (std::vector<float>{0, 0.25F, 0.75F, 1}));
    const PlaneMap one{1, 1, {3}};
    QCOMPARE(stretched(one, 2, 2).values, (std::vector<float>{3, 3, 3, 3}));
    QVERIFY(stretched({}, 4, 4).empty());
}

/// A pixel's evidence is the mean of those squares over it that were tried.
void TestEvidenceMaps::squaresOverPixels()
{
    Evidence evidence;
    evidence.method = Method::Occlusion;
    evidence.input = {3, 1, 5};
    evidence.occlusion = OcclusionGrid{.window = 3, .stride = 2, .columns = 2, .rows = 1};
    evidence.map = {2, 1, {4, 8}};
    QCOMPARE(overInput(evidence).values, (std::vector<float>{4, 4, 6, 8, 8}));
    evidence.map.values[1] = unknown;
    const PlaneMap part = overInput(evidence);
    QCOMPARE(part.values[2], 4.0F);
    QVERIFY(std::isnan(part.values[3]) && std::isnan(part.values[4]));
}

void TestEvidenceMaps::methodsAreTold()
{
    QCOMPARE(methods().size(), 5U);
    for (const MethodFacts& facts : methods()) {
        QCOMPARE(factsOf(facts.method).id, facts.id);
        QVERIFY(facts.sentence.ends_with('.') && facts.source.find("20") != std::string::npos);
    }
}

/// All networks with classes end as CAM wants it, and Grad-CAM's last module is where CAM's maps
/// are.
void TestEvidenceMaps::wherePlacesAre()
{
    for (const std::string& id : networkIds()) {
        const Graph graph = makeNetwork(id).graph;
        const auto place = classPlace(graph);
        const std::vector<ModuleId> modules = evidenceModules(graph);
        QCOMPARE(place.has_value(), graph.logits().has_value());
        QCOMPARE(modules.empty(), !graph.logits());
        if (!place) {
            QVERIFY(errorMessage([&] {
                        (void)requireClasses(graph, "It", "--network");
                    }).startsWith("--network: It has no classes"));
            continue;
        }
        QVERIFY(graph[place->maps].shape.pixels() > 1);
        QCOMPARE(place->linear, *graph.logits());
        QCOMPARE(graph.modules()[modules.back()].output, place->maps);
        for (const ModuleId module : modules)
            QVERIFY(graph.modules()[module].kind != ModuleKind::Auxiliary);
    }
}

void TestEvidenceMaps::classesByName()
{
    QCOMPARE(classNamed("281", imagenet(), 1000, "--class"), 281U);
    QCOMPARE(classNamed("tabby, tabby cat", imagenet(), 1000, "--class"), 281U);
    QCOMPARE(classNamed("Tabby", imagenet(), 1000, "--class"), 281U);
    QCOMPARE(classNamed("carcharodon carcharias", imagenet(), 1000, "--class"), 2U);
    QCOMPARE(classNamed("0", *usualLabels(7), 7, "--class"), 0U);
}

void TestEvidenceMaps::wrongClasses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("named");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, bool named, const char* says) {
        QTest::newRow(*name ? name : "nothing") << name << named << QString::fromUtf8(says);
    };
    row("1000", true, "--class: class 1000, the network has 1000 (0 to 999)");
    row("99999999999", true, "--class: class 99999999999, the network has 1000 (0 to 999)");
    row("crane", true, "--class: several classes are called \"crane\": 134 is ");
    row("unicorn", true, "--class: no class is called \"unicorn\"; see inceptoscope classify");
    row("shark", true, "--class: no class is called \"shark\"; 2 is \"great white shark, ");
    row("tabby", false, "these weights' classes have no names (0 to 999)");
    row("", true, "--class: no class is called \"\"");
}

void TestEvidenceMaps::wrongClasses()
{
    QFETCH(QString, name);
    QFETCH(bool, named);
    QFETCH(QString, says);
    const ClassLabels labels = named ? imagenet() : ClassLabels{};
    const QString message =
        errorMessage([&] { (void)classNamed(name.toStdString(), labels, 1000, "--class"); });
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestEvidenceMaps::overThePicture()
{
    const auto colours = *colormap("diverging");
    const QImage laid = laidOver(colourful(), {2, 2, {0, 1, -1, unknown}}, colours, true);
    const int grey = qGray(200, 40, 90);
    // Nothing to say: grey. Not known: as it is.
    QCOMPARE(laid.pixel(0, 0), qRgb(grey, grey, grey));
    QCOMPARE(laid.pixel(1, 1), qRgb(200, 40, 90));
    // For is red, against blue.
    QVERIFY(qRed(laid.pixel(1, 0)) > qBlue(laid.pixel(1, 0)) + 30);
    QVERIFY(qBlue(laid.pixel(0, 1)) > qRed(laid.pixel(0, 1)) + 30);
    // A map of nothing but zeros leaves a grey picture.
    const QImage none = laidOver(colourful(), {2, 2, {0, 0, 0, 0}}, colours, true);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(none.pixel(i % 2, i / 2), qRgb(grey, grey, grey));
}

void TestEvidenceMaps::singlePixelsDontCount()
{
    PlaneMap map{100, 100, std::vector<float>(10'000, 1.0F)};
    map.values[17] = -500;
    QCOMPARE(fullStrength(map), 1.0);
    // Where nearly all is zero, what isn't does.
    map.values.assign(map.values.size(), 0.0F);
    map.values[17] = -500;
    QCOMPARE(fullStrength(map), 500.0);
    QCOMPARE(fullStrength({}), 0.0);
    QCOMPARE(fullStrength({1, 1, {unknown}}), 0.0);
}

INCEPTOSCOPE_TEST_MAIN(TestEvidenceMaps)
#include "test_evidence_maps.moc"
