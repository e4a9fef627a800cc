// Which form a convolution gets on a kind of device.
#include "kernels/conv2d.h"
#include "kernels/conv_forms.h"
#include "support/test_main.h"

#include <algorithm>

using namespace inceptoscope;

namespace {

const Shape features{1024, 1, 1};
const Shape grid{192, 28, 28};
const Conv2d classifier{.outChannels = 1000, .kernel = {1, 1}};
const Conv2d reduction{.outChannels = 64, .kernel = {1, 1}};
const Conv2d threeByThree{
    .outChannels = 128, .kernel = {3, 3}, .padding = Padding::symmetric(1, 1)};

ConvChoice gpu(bool subgroups)
{
    ConvChoice choice;
    choice.family = DeviceFamily::Gpu;
    choice.subgroups = subgroups;
    return choice;
}

ConvForm form(const Conv2d& op, const Shape& in, const ConvChoice& choice)
{
    return convForm(op, in, Precision::Fp32, choice);
}

bool has(const std::vector<ConvForm>& forms, ConvForm wanted)
{
    return std::find(forms.begin(), forms.end(), wanted) != forms.end();
}

} // namespace

class TestConvForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byTheTable();
    void whereLoopsAreFaster();
    void withoutSumsAcrossASubgroup();
    void measuredOnesGoFirst();
    void whatIsWorthMeasuring();
    void workgroupsFitEveryDevice();
};

void TestConvForms::byTheTable()
{
    QCOMPARE(form(classifier, features, gpu(true)), ConvForm::Vector);
    QCOMPARE(form(reduction, grid, gpu(true)), ConvForm::TiledSmall); // 13 tiles of 64 x 64
    QCOMPARE(form(threeByThree, {64, 147, 147}, gpu(true)), ConvForm::Tiled);
    QCOMPARE(form(classifier, features, {}), ConvForm::Direct);
    QCOMPARE(form(threeByThree, grid, {}), ConvForm::Winograd);
    ConvChoice noRoom;
    noRoom.winograd = false;
    QCOMPARE(form(threeByThree, grid, noRoom), ConvForm::Direct);
}

void TestConvForms::whereLoopsAreFaster()
{
    ConvChoice choice;
    choice.loops = true;
    QCOMPARE(form(classifier, features, choice), ConvForm::Loop);
    QCOMPARE(form(threeByThree, grid, choice), ConvForm::WinogradLoop);
    QCOMPARE(plainForm(choice), ConvForm::Loop);
    // A driver's loops are good or bad for all layers: the other code isn't worth measuring.
    for (const bool loops : {true, false}) {
        choice.loops = loops;
        const auto all = candidates(threeByThree, grid, Precision::Fp32, choice);
        QCOMPARE(has(all, ConvForm::Loop) && has(all, ConvForm::WinogradLoop), loops);
        QCOMPARE(has(all, ConvForm::Direct) || has(all, ConvForm::Winograd), !loops);
    }
    choice.winograd = false;
    choice.loops = true;
    QCOMPARE(form(threeByThree, grid, choice), ConvForm::Loop);
    // What is wanted goes before what is faster, also where it doesn't fit.
    choice.wanted = ConvForm::Winograd;
    QCOMPARE(form(classifier, features, choice), ConvForm::Direct);
    choice.wanted = ConvForm::WinogradLoop;
    choice.loops = false;
    QCOMPARE(form(classifier, features, choice), ConvForm::Loop);
    QCOMPARE(plainForm(choice), ConvForm::Loop);
}

void TestConvForms::withoutSumsAcrossASubgroup()
{
    QCOMPARE(form(classifier, features, gpu(false)), ConvForm::TiledSmall);
    ConvChoice wanted = gpu(false);
    wanted.wanted = ConvForm::Vector;
    QCOMPARE(form(classifier, features, wanted), ConvForm::Direct);
    wanted.subgroups = true;
    QCOMPARE(form(classifier, features, wanted), ConvForm::Vector);
    QCOMPARE(form(reduction, grid, wanted), ConvForm::Direct); // more than one pixel
    QVERIFY(!has(candidates(classifier, features, Precision::Fp32, gpu(false)), ConvForm::Vector));
}

void TestConvForms::measuredOnesGoFirst()
{
    const TunedForms tuned{
        {layerKey(classifier, features, Precision::Fp32), ConvForm::Vector},
        {layerKey(reduction, grid, Precision::Fp32), ConvForm::Tiled}};
    ConvChoice choice = gpu(false);
    choice.tuned = &tuned;
    QCOMPARE(form(reduction, grid, choice), ConvForm::Tiled);
    QCOMPARE(form(classifier, features, choice), ConvForm::TiledSmall); // it can't
    choice.subgroups = true;
    QCOMPARE(form(classifier, features, choice), ConvForm::Vector);
}

void TestConvForms::whatIsWorthMeasuring()
{
    const auto onGpu = candidates(classifier, features, Precision::Fp32, gpu(true));
    QCOMPARE(onGpu.front(), ConvForm::Vector); // the table's goes first
    QVERIFY(has(onGpu, ConvForm::Tiled) && has(onGpu, ConvForm::TiledSmall));
    ConvChoice wanted;
    wanted.wanted = ConvForm::Tiled;
    const auto onSimd = candidates(threeByThree, grid, Precision::Fp32, wanted);
    QCOMPARE(onSimd.front(), ConvForm::Winograd); // what is wanted doesn't matter
    QVERIFY(has(onSimd, ConvForm::Direct) && !has(onSimd, ConvForm::Tiled));
    QVERIFY(!has(candidates(threeByThree, grid, Precision::Fp16, {}), ConvForm::Winograd));
}

/// Vulkan promises a workgroup 128 invocations and 16 KiB, and a phone's has no more.
void TestConvForms::workgroupsFitEveryDevice()
{
    const auto place = [](const Shape& shape) {
        const TensorLayout layout{
            .shape = shape,
            .halo = Padding::symmetric(1, 1),
            .rowStride = shape.w + 2,
            .planeStride = (shape.w + 2) * (shape.h + 2)};
        return Placed{.layout = layout};
    };
    const Placed in = place(grid);
    const Placed out = place(resultShape(threeByThree, grid));
    uint32_t most = 0;
    for (const ConvForm form :
         {ConvForm::Direct, ConvForm::Winograd, ConvForm::Tiled, ConvForm::TiledSmall,
          ConvForm::Vector, ConvForm::Loop, ConvForm::WinogradLoop}) {
        for (const Dispatch& dispatch : conv2d(threeByThree, in, out, {.form = form})) {
            QVERIFY(dispatch.constants.at(0) <= 128);
            QVERIFY(dispatch.sharedBytes <= 16384);
            most = std::max(most, dispatch.sharedBytes);
        }
    }
    QVERIFY(most > 0); // the tiles say what they take
}

INCEPTOSCOPE_TEST_MAIN(TestConvForms)
#include "test_conv_forms.moc"
