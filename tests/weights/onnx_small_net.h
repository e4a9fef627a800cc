#pragma once

#include "graph/builder.h"
#include "weights/onnx_writer.h"

#include <QtTest>

#include <cmath>

namespace inceptoscope {

/// A 1x1 convolution m/c of 2 channels to 2, and where asked for a linear layer m/f behind it.
inline Graph graphOf(const Conv2d& conv, bool classifier = false)
{
    GraphBuilder builder(Shape{2, 1, 1});
    {
        const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
        const Tensor x = builder.input().then("c", conv);
        if (classifier)
            (void)x.fc("f", 3);
    }
    return builder.finish();
}

inline Conv2d plainConv()
{
    return {.outChannels = 2, .kernel = {1, 1}, .stride = {1, 1}, .activation = Activation::None};
}

inline OnnxWriter writer()
{
    OnnxWriter result;
    result.initialiser("w", {2, 2, 1, 1}, {1, 2, 3, 4});
    result.initialiser("b", {2}, {10, 20});
    result.initialiser("b11", {2, 1, 1}, {10, 20});
    result.initialiser("1b11", {1, 2, 1, 1}, {10, 20});
    result.initialiser("two", {}, {2});
    result.initialiser("factors", {1, 2, 1, 1}, {2, -3});
    for (const char* name : {"scale", "shift", "mean", "variance"})
        result.initialiser(
            name, {2},
            name == std::string("scale")   ? std::vector<float>{2, 3}
            : name == std::string("shift") ? std::vector<float>{0.5F, -0.5F}
            : name == std::string("mean")  ? std::vector<float>{1, -1}
                                           : std::vector<float>{0.25F, 4});
    return result;
}

using Numbers = QVector<float>;

inline void compare(const std::vector<float>& found, const Numbers& expected)
{
    QCOMPARE(qsizetype(found.size()), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i)
        QVERIFY2(
            std::abs(found[size_t(i)] - expected[i]) <= 1e-6F * std::abs(expected[i]),
            qPrintable(QString("%1: %2, not %3").arg(i).arg(found[size_t(i)]).arg(expected[i])));
}

inline void addColumns()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Numbers>("weight");
    QTest::addColumn<Numbers>("bias");
}

inline void
add(const char* name, const OnnxWriter& file, const Numbers& weight, const Numbers& bias,
    uint64_t opset = 9)
{
    QTest::newRow(name) << QByteArray::fromStdString(file.model(opset)) << weight << bias;
}

} // namespace inceptoscope
