#include "engine/labels.h"

#include <QStringList>

#include <algorithm>
#include <numeric>

namespace inceptoscope {

namespace {

const QStringList& labels()
{
    static const QStringList list = [] {
        const std::string_view text = imagenetLabelText();
        return QString::fromUtf8(text.data(), qsizetype(text.size())).trimmed().split(u'\n');
    }();
    return list;
}

} // namespace

QString classLabel(size_t index, size_t classes)
{
    if (classes != size_t(labels().size()) || index >= classes)
        return {};
    return labels()[qsizetype(index)];
}

std::vector<ClassScore> topClasses(std::span<const float> probabilities, size_t count)
{
    std::vector<int> order(probabilities.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return probabilities[size_t(a)] > probabilities[size_t(b)];
    });
    order.resize(std::min(count, order.size()));

    std::vector<ClassScore> top;
    top.reserve(order.size());
    for (const int index : order)
        top.push_back(
            {index, classLabel(size_t(index), probabilities.size()), probabilities[size_t(index)]});
    return top;
}

} // namespace inceptoscope
