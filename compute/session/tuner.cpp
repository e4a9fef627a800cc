#include "session/tuner.h"

#include "error.h"
#include "files/state_file.h"
#include "graph/builder.h"
#include "kernels/conv2d.h"
#include "session/choose_forms.h"
#include "session/loop_trial.h"
#include "session/memory.h"
#include "session/session.h"
#include "vulkan/cache_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;

constexpr int warmups = 2; // the first may compile, and times are there from the second on
constexpr int runs = 4;
constexpr double noise = 0.03;

/// Times don't depend on values: parameters that are all zero.
class Zeros : public TensorSource
{
public:
    explicit Zeros(const Conv2d& op, const Shape& in)
        : m_tensors{
              {"tuning/layer.weight",
               DType::F32,
               {op.outChannels, in.c / op.groups, op.kernel.h, op.kernel.w}},
              {"tuning/layer.bias", DType::F32, {op.outChannels}}}
    {
    }
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(size_t, std::span<float> out) const override
    {
        std::fill(out.begin(), out.end(), 0.0F);
    }
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const override
    {
        return m_metadata;
    }
    [[nodiscard]] std::string describe() const override { return "zeros"; }

private:
    std::vector<TensorInfo> m_tensors;
    std::map<std::string, std::string> m_metadata;
};

} // namespace

double formMilliseconds(
    Device& device, const Conv2d& op, const Shape& in, Precision precision, ConvForm form)
{
    Conv2d plain = op;
    plain.bias = true;
    plain.batchNorm.reset();
    GraphBuilder builder(in);
    builder.beginModule("tuning", "tuning", ModuleKind::Stem);
    const NodeId id = builder.input().then("layer", plain).id();
    builder.endModule();
    const Graph graph = builder.finish();
    Session session(device, graph, Zeros(plain, in), {.precision = precision, .convForm = form});
    double best = 0;
    for (int run = 0; run < warmups + runs; ++run) {
        session.run();
        const double milliseconds = session.milliseconds(id);
        if (run >= warmups && (run == warmups || milliseconds < best))
            best = milliseconds;
    }
    return best;
}

namespace {

/// FNV-1a over all that a convolution's time hangs on.
std::string shadersVersion(const Device& device)
{
    uint64_t hash = 14695981039346656037U;
    for (const Shader* shader :
         {&shaders::conv2d, &shaders::conv2d_tiled, &shaders::conv2d_vector,
          &shaders::winograd_input, &shaders::winograd_output, &shaders::winograd_line_input,
          &shaders::winograd_line_output})
        for (const uint32_t word : shader->floats[size_t(shaderTarget(device.info()))])
            hash = (hash ^ word) * 1099511628211U;
    return std::to_string(hash);
}

} // namespace

std::vector<TunedLayer> tune(
    Device& device, const Graph& graph, Precision precision, const TunedForms& known,
    const std::function<bool(double)>& progress,
    const std::function<void(const TunedLayer&)>& measured)
{
    if (device.info().timestampNanoseconds <= 0)
        throw Error(
            ErrorKind::Unsupported, device.info().name + " has no timestamps to measure with");
    ConvChoice choice = choiceOn(device);
    choice.loops = loopsPay(device);
    std::set<std::string> seen;
    std::vector<TunedLayer> layers;
    for (NodeId id = 0; id < graph.size(); ++id) {
        if (progress && !progress(double(id) / double(graph.size())))
            throw Error(ErrorKind::Cancelled, "measuring the forms of convolutions was cancelled");
        if (graph[id].inputs.empty())
            continue;
        const Shape in = graph[graph[id].inputs[0]].shape.picture();
        const auto op = asConvolution(graph[id].op, in);
        if (!op)
            continue;
        TunedLayer layer;
        layer.key = layerKey(*op, in, precision);
        const std::vector<ConvForm> forms = candidates(*op, in, precision, choice);
        if (forms.size() < 2 || known.contains(layer.key) || !seen.insert(layer.key).second)
            continue;
        for (const ConvForm form : forms)
            layer.times.push_back({form, formMilliseconds(device, *op, in, precision, form)});
        const auto fastest = std::min_element(
            layer.times.begin(), layer.times.end(),
            [](const FormTime& a, const FormTime& b) { return a.milliseconds < b.milliseconds; });
        const FormTime& table = layer.times.front();
        layer.best =
            fastest->milliseconds < table.milliseconds * (1 - noise) ? fastest->form : table.form;
        if (measured)
            measured(layer);
        layers.push_back(std::move(layer));
    }
    return layers;
}

TunedForms readTunedForms(const Device& device)
{
    TunedForms forms;
    constexpr uint64_t largest = uint64_t(64) << 20;
    const std::filesystem::path path = tunedFormsFile(device.physical());
    const auto content = path.empty() ? std::nullopt : readStateFile(path, largest);
    if (!content)
        return forms;
    const Json json = Json::parse(*content, nullptr, false);
    const auto says = [&](const char* key, const std::string& value) {
        return json.is_object() && json.contains(key) && json[key] == value;
    };
    if (!says("device", device.info().name) || !says("shaders", shadersVersion(device)) ||
        !json.contains("forms") || !json["forms"].is_object())
        return forms;
    for (const auto& [key, name] : json["forms"].items())
        if (const auto form = name.is_string() ? formNamed(name) : std::nullopt)
            forms.emplace(key, *form);
    return forms;
}

void keepTunedForms(const Device& device, const TunedForms& forms)
{
    const std::filesystem::path path = tunedFormsFile(device.physical());
    if (path.empty())
        throw Error(
            ErrorKind::Io, "there is no cache folder to keep anything in: neither XDG_CACHE_HOME "
                           "nor HOME names one");
    Json json{{"device", device.info().name}, {"shaders", shadersVersion(device)}};
    json["forms"] = Json::object();
    for (const auto& [key, form] : forms)
        json["forms"][key] = formName(form);
    writeStateFile(path, json.dump(1));
}

void writeTunedForms(const Device& device, const TunedForms& forms) noexcept
{
    try {
        keepTunedForms(device, forms);
    } catch (const std::exception&) {
        return; // it is measured again
    }
}

} // namespace inceptoscope
