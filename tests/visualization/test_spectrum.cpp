// From numbers to the picture that a network sees, and gradients the same way back.
#include "support/test_main.h"
#include "visualization/adam.h"
#include "visualization/picture_tensor.h"
#include "visualization/warp.h"

#include <numbers>

using namespace inceptoscope;

class TestSpectrum : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hartleyByItsDefinition();
    void hartleyIsItsOwnInverse();
    void lowFrequenciesCountMore();
    void gradientAgainstDifferences();
    void warpLeavesAlone();
    void warpMoves();
    void warpTransposed();
    void inputAndItsGradient();
    void pictureAndBack();
    void adamGoesUp();
    void randomIsSettled();
};

namespace {

std::vector<float> noise(size_t size, uint64_t seed)
{
    Random random(seed);
    std::vector<float> result(size);
    for (float& value : result)
        value = float(random.normal());
    return result;
}

double dot(const std::vector<float>& a, const std::vector<float>& b)
{
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i)
        sum += double(a[i]) * double(b[i]);
    return sum;
}

double dot(const Planes& a, const Planes& b)
{
    return dot(a.rgb[0], b.rgb[0]) + dot(a.rgb[1], b.rgb[1]) + dot(a.rgb[2], b.rgb[2]);
}

Planes noisePlanes(uint32_t rows, uint32_t columns, uint64_t seed)
{
    const size_t pixels = size_t(rows) * columns;
    return {rows, columns, {noise(pixels, seed), noise(pixels, seed + 1), noise(pixels, seed + 2)}};
}

} // namespace

void TestSpectrum::hartleyByItsDefinition()
{
    constexpr uint32_t rows = 5;
    constexpr uint32_t columns = 6;
    const std::vector<float> plane = noise(size_t(rows) * columns, 3);
    std::vector<float> transformed = plane;
    Hartley(rows, columns)(transformed);
    for (uint32_t v = 0; v < rows; ++v)
        for (uint32_t u = 0; u < columns; ++u) {
            double sum = 0;
            for (uint32_t y = 0; y < rows; ++y)
                for (uint32_t x = 0; x < columns; ++x) {
                    const double angle =
                        2 * std::numbers::pi * (double(v * y) / rows + double(u * x) / columns);
                    sum += double(plane[size_t(y) * columns + x]) *
                           (std::cos(angle) + std::sin(angle));
                }
            const double expected = sum / std::sqrt(double(rows * columns));
            QVERIFY(std::abs(double(transformed[size_t(v) * columns + u]) - expected) < 1e-5);
        }
}

void TestSpectrum::hartleyIsItsOwnInverse()
{
    // A size of large prime factors, as inception_v3's 299.
    const std::vector<float> plane = noise(size_t(299) * 26, 4);
    std::vector<float> twice = plane;
    const Hartley hartley(299, 26);
    hartley(twice);
    QVERIFY(std::abs(dot(twice, twice) / dot(plane, plane) - 1) < 1e-5);
    hartley(twice);
    for (size_t i = 0; i < plane.size(); ++i)
        QVERIFY(std::abs(twice[i] - plane[i]) < 1e-4F);
}

/// The same number at a frequency and at four times that: a quarter as strong.
void TestSpectrum::lowFrequenciesCountMore()
{
    constexpr uint32_t side = 32;
    const Spectrum spectrum(side, side);
    const auto swing = [&](size_t frequency) {
        std::vector<float> parameters(spectrum.size(), 0.0F);
        parameters[frequency] = 0.01F;
        const std::vector<float> red = spectrum.picture(parameters).rgb[0];
        const auto [least, most] = std::minmax_element(red.begin(), red.end());
        return double(*most - *least);
    };
    QVERIFY(std::abs(swing(1) / swing(4) - 4) < 0.1);
    // Of nothing: grey.
    const Planes grey = spectrum.picture(std::vector<float>(spectrum.size(), 0.0F));
    for (const std::vector<float>& plane : grey.rgb)
        for (const float value : plane)
            QCOMPARE(value, 0.5F);
}

/// All the way from the numbers to what the network gets, displaced, for a random direction of the
/// objective.
void TestSpectrum::gradientAgainstDifferences()
{
    constexpr uint32_t rows = 10;
    constexpr uint32_t columns = 12;
    const Spectrum spectrum(rows, columns);
    const Preprocessing preprocessing{
        .order = ChannelOrder::Bgr, .range = 1, .mean = {0.4F, 0.5F, 0.6F}, .scale = {4, 3, 2}};
    Random random(9);
    const Warp warp = Warp::random(rows, columns, {.shift = 3}, random);
    const std::vector<float> objective = noise(spectrum.size(), 5);
    const auto value = [&](const std::vector<float>& parameters) {
        return dot(inputOf(warp.apply(spectrum.picture(parameters)), preprocessing), objective);
    };
    std::vector<float> parameters = noise(spectrum.size(), 6);
    for (float& p : parameters)
        p *= 0.3F;
    const std::vector<float> gradient = spectrum.gradient(
        spectrum.picture(parameters),
        warp.transpose(byPicture(objective, rows, columns, preprocessing)));
    const double length = std::sqrt(dot(gradient, gradient));
    for (size_t i = 0; i < parameters.size(); i += 7) {
        constexpr float step = 0.02F;
        std::vector<float> changed = parameters;
        changed[i] += step;
        const double above = value(changed);
        changed[i] = parameters[i] - step;
        const double difference = (above - value(changed)) / (2 * double(step));
        QVERIFY2(
            std::abs(double(gradient[i]) - difference) < 2e-4 * length,
            qPrintable(QStringLiteral("%1: %2, differences say %3")
                           .arg(i)
                           .arg(double(gradient[i]))
                           .arg(difference)));
    }
}

void TestSpectrum::warpLeavesAlone()
{
    const Planes picture = noisePlanes(6, 9, 1);
    const Planes same = Warp(6, 9).apply(picture);
    for (size_t c = 0; c < 3; ++c)
        QCOMPARE(same.rgb[c], picture.rgb[c]);
}

/// Something moves, and no further than asked for; a grey picture stays grey wherever it goes.
void TestSpectrum::warpMoves()
{
    Random random(2);
    const Planes picture = noisePlanes(16, 16, 1);
    const Planes moved = Warp::random(16, 16, {}, random).apply(picture);
    QVERIFY(moved.rgb[0] != picture.rgb[0]);
    Planes grey = picture;
    for (std::vector<float>& plane : grey.rgb)
        std::fill(plane.begin(), plane.end(), 0.25F);
    for (int i = 0; i < 20; ++i) {
        const Planes there = Warp::random(16, 16, {}, random).apply(grey);
        for (const float value : there.rgb[1])
            QVERIFY(std::abs(value - 0.25F) < 1e-6F);
    }
    const Planes still =
        Warp::random(16, 16, {.shift = 0, .scaling = 0, .turn = 0}, random).apply(picture);
    for (size_t i = 0; i < 256; ++i)
        QVERIFY(std::abs(still.rgb[0][i] - picture.rgb[0][i]) < 1e-6F);
}

void TestSpectrum::warpTransposed()
{
    Random random(7);
    for (int i = 0; i < 10; ++i) {
        const Warp warp = Warp::random(11, 14, {}, random);
        const Planes a = noisePlanes(11, 14, uint64_t(10 * i));
        const Planes b = noisePlanes(11, 14, uint64_t(10 * i + 5));
        const double forth = dot(warp.apply(a), b);
        QVERIFY(std::abs(forth - dot(a, warp.transpose(b))) < 1e-4 * (1 + std::abs(forth)));
    }
}

/// Pixels as the networks take them, worked out by hand: BGR, 0..255, less a mean.
void TestSpectrum::inputAndItsGradient()
{
    const Planes picture{1, 2, {{{1.0F, 0.0F}, {0.5F, 0.25F}, {0.0F, 1.0F}}}};
    const Preprocessing caffe{.order = ChannelOrder::Bgr, .mean = {104, 117, 123}};
    QCOMPARE(
        inputOf(picture, caffe),
        (std::vector<float>{-104, 151, 127.5F - 117, 63.75F - 117, 132, -123}));
    const Planes by = byPicture({1, 2, 3, 4, 5, 6}, 1, 2, caffe);
    QCOMPARE(by.rgb[0], (std::vector<float>{5 * 255, 6 * 255}));
    QCOMPARE(by.rgb[2], (std::vector<float>{255, 2 * 255}));
}

void TestSpectrum::pictureAndBack()
{
    QImage image(5, 3, QImage::Format_RGB888);
    for (int y = 0; y < 3; ++y)
        for (int x = 0; x < 5; ++x)
            image.setPixelColor(x, y, QColor(50 * x, 100 * y, 255 - 40 * x));
    QCOMPARE(imageOf(planesOf(image)), image);
}

/// On a parabola, to its top.
void TestSpectrum::adamGoesUp()
{
    std::vector<float> at{-1.0F, 3.0F};
    AdamAscent adam(2, 0.1);
    for (int i = 0; i < 500; ++i)
        adam.step(at, {2 * (1 - at[0]), 20 * (2 - at[1])});
    QVERIFY(std::abs(at[0] - 1) < 0.01F);
    QVERIFY(std::abs(at[1] - 2) < 0.01F);
    // The first step is as long as the rate, whatever the gradient.
    std::vector<float> start{0.0F};
    AdamAscent(1, 0.05).step(start, {1234.0F});
    QVERIFY(std::abs(start[0] - 0.05F) < 1e-6F);
}

/// The same seed, the same numbers; of mean 0 and deviation 1.
void TestSpectrum::randomIsSettled()
{
    Random a(1);
    Random b(1);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 10000; ++i) {
        const double value = a.normal();
        QCOMPARE(value, b.normal());
        sum += value;
        squares += value * value;
    }
    QVERIFY(std::abs(sum / 10000) < 0.05);
    QVERIFY(std::abs(squares / 10000 - 1) < 0.05);
    QVERIFY(Random(2).uniform() != Random(1).uniform());
}

INCEPTOSCOPE_TEST_MAIN(TestSpectrum)
#include "test_spectrum.moc"
