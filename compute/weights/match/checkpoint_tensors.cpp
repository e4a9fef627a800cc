#include "weights/match/checkpoint_tensors.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

class CheckpointView : public TensorSource
{
public:
    CheckpointView(std::unique_ptr<TensorSource> source, CheckpointTensors tensors)
        : m_source(std::move(source))
        , m_view(std::move(tensors))
    {
        m_tensors.reserve(m_view.all.size());
        for (const CheckpointTensor& tensor : m_view.all)
            m_tensors.push_back(tensor.info);
    }
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(size_t index, std::span<float> out) const override;
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const override
    {
        return m_source->metadata();
    }
    [[nodiscard]] std::string describe() const override { return m_source->describe(); }
    [[nodiscard]] std::vector<std::string> notes() const override { return m_view.notes; }
    [[nodiscard]] std::vector<std::string> choices() const override { return m_view.choices; }

private:
    [[nodiscard]] std::vector<float> stored(size_t index) const
    {
        std::vector<float> values(m_source->tensors()[index].elements());
        m_source->read(index, values);
        return values;
    }
    void multiply(size_t mask, std::span<float> out) const;
    void normalise(size_t magnitude, size_t direction, std::span<float> out) const;
    void divideByNorm(size_t left, size_t right, std::span<float> out) const;

    std::unique_ptr<TensorSource> m_source;
    CheckpointTensors m_view;
    std::vector<TensorInfo> m_tensors;
};

void CheckpointView::read(size_t index, std::span<float> out) const
{
    using Rule = CheckpointTensor::Rule;
    const CheckpointTensor& tensor = m_view.all[index];
    if (tensor.rule != Rule::WeightNorm)
        m_source->read(tensor.from[0], out);
    switch (tensor.rule) {
    case Rule::Stored:
        break;
    case Rule::Masked:
        multiply(tensor.from[1], out);
        break;
    case Rule::WeightNorm:
        normalise(tensor.from[0], tensor.from[1], out);
        break;
    case Rule::SpectralNorm:
        divideByNorm(tensor.from[1], tensor.from[2], out);
        break;
    }
}

void CheckpointView::multiply(size_t mask, std::span<float> out) const
{
    const std::vector<float> factors = stored(mask);
    for (size_t i = 0; i < out.size(); ++i)
        out[i] *= factors[i];
}

/// Salimans and Kingma 2016: the norm is taken over all dimensions but those of the magnitude.
void CheckpointView::normalise(size_t magnitude, size_t direction, std::span<float> out) const
{
    const std::vector<float> g = stored(magnitude);
    const std::vector<uint64_t>& shape = m_source->tensors()[direction].shape;
    const std::vector<uint64_t>& kept = m_source->tensors()[magnitude].shape;
    m_source->read(direction, out);
    // Values with the same magnitude: those at equal places in the dimensions that are kept.
    const auto group = [&](size_t i) {
        size_t at = 0;
        size_t step = 1;
        for (size_t d = shape.size(); d-- > 0; i /= shape[d])
            if (d < kept.size() && kept[d] != 1) {
                at += i % shape[d] * step;
                step *= shape[d];
            }
        return at;
    };
    std::vector<double> squares(g.size(), 0);
    for (size_t i = 0; i < out.size(); ++i)
        squares[group(i)] += double(out[i]) * double(out[i]);
    for (size_t i = 0; i < out.size(); ++i) {
        const size_t k = group(i);
        out[i] = float(double(out[i]) * double(g[k]) / std::sqrt(squares[k]));
    }
}

/// Miyato et al. 2018: the largest singular value, from the vectors of the last training step.
void CheckpointView::divideByNorm(size_t left, size_t right, std::span<float> out) const
{
    const std::vector<float> u = stored(left);
    const std::vector<float> v = stored(right);
    double sigma = 0;
    for (size_t row = 0; row < u.size(); ++row) {
        double sum = 0;
        for (size_t column = 0; column < v.size(); ++column)
            sum += double(out[row * v.size() + column]) * double(v[column]);
        sigma += double(u[row]) * sum;
    }
    for (float& value : out)
        value = float(double(value) / sigma);
}

} // namespace

std::unique_ptr<TensorSource>
asNeeded(std::unique_ptr<TensorSource> source, const Graph* graph, const std::string& part)
{
    CheckpointTensors tensors{
        .path = source->describe(),
        .all = {},
        .notes = source->notes(),
        .choices = source->choices()};
    for (size_t i = 0; i < source->tensors().size(); ++i)
        tensors.all.push_back({.info = source->tensors()[i], .from = {i}});
    putTogether(tensors, *source);
    if (!part.empty())
        takePart(tensors, part);
    dropWrappers(tensors);
    if (graph != nullptr) {
        const std::vector<Parameter> needed = parameters(*graph, true);
        dropPrefix(tensors, needed);
        dropOnes(tensors, needed);
    }
    return std::make_unique<CheckpointView>(std::move(source), std::move(tensors));
}

} // namespace inceptoscope
