#include "experiments/scores.h"

#include "error.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

double logOfSum(std::span<const float> logits)
{
    const double most = *std::ranges::max_element(logits);
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(double(logit) - most);
    return most + std::log(sum);
}

} // namespace

std::vector<double> softmaxOf(std::span<const float> logits)
{
    const double all = logOfSum(logits);
    std::vector<double> result;
    result.reserve(logits.size());
    for (const float logit : logits)
        result.push_back(std::exp(double(logit) - all));
    return result;
}

size_t topClass(std::span<const float> logits)
{
    return size_t(std::ranges::max_element(logits) - logits.begin());
}

double smoothedLoss(std::span<const float> logits, size_t label, double epsilon)
{
    const double all = logOfSum(logits);
    double loss = (1 - epsilon) * (all - double(logits[label]));
    for (const float logit : logits)
        loss += epsilon / double(logits.size()) * (all - double(logit));
    return loss;
}

size_t labelOf(double setting, std::span<const float> logits)
{
    if (setting < 0)
        return topClass(logits);
    const auto label = size_t(std::lround(setting));
    if (label >= logits.size())
        throw Error(
            ErrorKind::Usage, "--set label=" + std::to_string(label) +
                                  ": the network's classes have the numbers 0 to " +
                                  std::to_string(logits.size() - 1));
    return label;
}

std::string nameOf(size_t label, const ClassLabels* labels)
{
    if (labels == nullptr || label >= size_t(labels->names.size()))
        return "class " + std::to_string(label);
    return labels->names[qsizetype(label)].toStdString();
}

void nameLabel(ExperimentReport& report, size_t label, const ClassLabels* labels)
{
    const bool named = labels != nullptr && label < size_t(labels->names.size());
    if (named || report.values["label"] < 0)
        report.meant["label"] = nameOf(label, labels);
}

} // namespace inceptoscope
