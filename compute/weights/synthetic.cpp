#include "weights/synthetic.h"

#include "weights/layer_weights.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

std::string saltedName(const std::string& key, const std::string& salt)
{
    return salt.empty() ? key : salt + "/" + key;
}

uint64_t fnv1a64(const std::string& text)
{
    uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash ^= uint8_t(c);
        hash *= 0x100000001b3U;
    }
    return hash;
}

uint64_t splitmix64(uint64_t x)
{
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
}

/// A triangle wave of period 256 from 0 to 255.
int triangle(int k)
{
    k &= 255;
    return k < 128 ? 2 * k : 511 - 2 * k;
}

/// Keys and shapes of a graph; values by the rule, made when they are read.
class SyntheticSource : public TensorSource
{
public:
    SyntheticSource(const Graph& graph, std::string salt)
        : m_salt(std::move(salt))
    {
        for (const Parameter& p : parameters(graph, true))
            m_tensors.push_back({.key = p.key, .dtype = DType::F32, .shape = p.shape});
    }
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(size_t index, std::span<float> out) const override
    {
        const TensorInfo& info = m_tensors[index];
        const std::vector<float> values = syntheticTensor(info.key, info.shape, m_salt);
        std::copy(values.begin(), values.end(), out.begin());
    }
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const override
    {
        return m_metadata;
    }
    [[nodiscard]] std::string describe() const override
    {
        return m_salt.empty() ? "synthetic" : "synthetic:" + m_salt;
    }

private:
    std::string m_salt;
    std::vector<TensorInfo> m_tensors;
    std::map<std::string, std::string> m_metadata;
};

} // namespace

std::vector<float>
syntheticUniform(const std::string& key, uint64_t elements, const std::string& salt)
{
    const uint64_t start = fnv1a64(saltedName(key, salt));
    std::vector<float> values(elements);
    for (uint64_t i = 0; i < elements; ++i)
        values[i] = float(int64_t(splitmix64(start + i) >> 40) - 8388608) * 0x1p-23F;
    return values;
}

/// Every factor but the weights' is a power of two, so that there is at most one rounding and
/// no compiler option can change a bit.
std::vector<float>
syntheticTensor(const std::string& key, const std::vector<uint64_t>& shape, const std::string& salt)
{
    uint64_t elements = 1;
    for (const uint64_t d : shape)
        elements *= d;
    std::vector<float> values = syntheticUniform(key, elements, salt);
    const auto map = [&](auto rule) {
        std::transform(values.begin(), values.end(), values.begin(), rule);
    };
    if (key.ends_with("running_mean") || key.ends_with(".bias")) {
        map([](float u) { return u * 0.125F; });
    } else if (key.ends_with("running_var")) {
        map([](float u) { return 1.0F + u * 0.5F; });
    } else if (shape.size() < 2) { // gamma of a batch normalisation
        map([](float u) { return 1.0F + u * 0.125F; });
    } else {
        const uint64_t fanIn = elements / std::max<uint64_t>(shape[0], 1);
        const auto scale = float(std::sqrt(6.0 / double(fanIn)));
        map([scale](float u) { return u * scale; });
    }
    return values;
}

std::vector<uint8_t> syntheticPicture(uint32_t h, uint32_t w, const std::string& salt)
{
    const uint64_t hash = fnv1a64(saltedName("input", salt));
    const uint64_t shift = salt.empty() ? 0 : hash;
    const int s0 = int(shift & 255);
    const int s1 = int((shift >> 8) & 127);
    const int s2 = int((shift >> 16) & 127);
    std::vector<uint8_t> planes;
    planes.reserve(uint64_t(3) * h * w);
    for (int c = 0; c < 3; ++c) {
        for (int y = 0; y < int(h); ++y) {
            for (int x = 0; x < int(w); ++x) {
                const int a = triangle((3 + c) * x + (7 - 2 * c) * y + 40 * c + s0);
                const int radius = ((x + s1) * (x + s1) + (y + s2) * (y + s2)) >> 6;
                const int b = triangle(radius + 85 * c);
                const int n = int(splitmix64(hash + planes.size()) >> 56);
                planes.push_back(uint8_t((5 * a + 5 * b + 6 * n) >> 4));
            }
        }
    }
    return planes;
}

std::unique_ptr<TensorSource> syntheticWeights(const Graph& graph, const std::string& salt)
{
    return std::make_unique<SyntheticSource>(graph, salt);
}

} // namespace inceptoscope
