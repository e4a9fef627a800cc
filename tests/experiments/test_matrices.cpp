#include "experiments/matrices.h"
#include "support/test_main.h"
#include "weights/synthetic.h"

#include <QtTest>

#include <cmath>

using namespace inceptoscope;

class TestMatrices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void separableKernels();
    void identityIsLeastSeparable();
    void columnSpaceKeepsWhatIsInIt();
    void columnSpaceTakesTheStrongestFirst();
    void rebuildsWhatIsLinear();
};

void TestMatrices::separableKernels()
{
    const std::vector<float> kernels = {2, 4, 6, 1, 2, 3, -1, -2, -3};
    const Separability found = separability(kernels, 3);
    QVERIFY(std::abs(found.energyShare - 1) < 1e-9);
    QVERIFY(std::abs(found.valueShare - 1) < 1e-6);
}

/// Three singular values of one: a third each. A kernel of zeros says nothing.
void TestMatrices::identityIsLeastSeparable()
{
    const std::vector<float> kernels = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    const Separability found = separability(kernels, 3);
    QVERIFY(std::abs(found.energyShare - 1.0 / 3) < 1e-9);
    QVERIFY(std::abs(found.valueShare - 1.0 / 3) < 1e-9);
}

void TestMatrices::columnSpaceKeepsWhatIsInIt()
{
    // Both columns are multiples of (1, 2, 2).
    const std::vector<float> matrix = {1, -1, 2, -2, 2, -2};
    const ColumnSpace space(matrix, 3, 2);
    const std::vector<float> vectors = {1, 2, 2, -1, 2, 0}; // (1, 2, 2) and (2, -1, 0), by rows
    const std::vector<float> kept = space.keep(vectors, 1);
    const float expected[] = {1, 0, 2, 0, 2, 0};
    for (size_t i = 0; i < std::size(expected); ++i)
        QVERIFY(std::abs(kept[i] - expected[i]) < 1e-5F);
}

void TestMatrices::columnSpaceTakesTheStrongestFirst()
{
    const std::vector<float> matrix = {1, 0, 0, 0, 5, 0, 0, 0, 3};
    const ColumnSpace space(matrix, 3, 3);
    const std::vector<float> ones = {1, 1, 1};
    const std::vector<float> two = space.keep(ones, 2);
    QVERIFY(std::abs(two[0]) < 1e-6F);
    QVERIFY(std::abs(two[1] - 1) < 1e-6F);
    QVERIFY(std::abs(two[2] - 1) < 1e-6F);
    const std::vector<float> all = space.keep(ones, 3);
    for (const float value : all)
        QVERIFY(std::abs(value - 1) < 1e-6F);
}

void TestMatrices::rebuildsWhatIsLinear()
{
    constexpr size_t samples = 200;
    const std::vector<float> from = syntheticUniform("from", 2 * samples, "");
    std::vector<float> target; // 3 a - b + 7, and something else
    for (size_t i = 0; i < samples; ++i)
        target.push_back(3 * from[i] - from[samples + i] + 7);
    QVERIFY(reconstructionError(from, 2, target, 1, samples) < 1e-3);
    const std::vector<float> other = syntheticUniform("other", samples, "");
    const double lost = reconstructionError(from, 2, other, 1, samples);
    QVERIFY(lost > 0.9 && lost <= 1.0);
}

INCEPTOSCOPE_TEST_MAIN(TestMatrices)
#include "test_matrices.moc"
