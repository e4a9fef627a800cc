#include "support/op_cases.h"

#include "error.h"
#include "support/case_graphs.h"
#include "weights/synthetic.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;

} // namespace

std::vector<float> caseValues(const nlohmann::json& input)
{
    uint64_t elements = 1;
    for (const Json& dimension : input.at("shape"))
        elements *= dimension.get<uint64_t>();
    std::vector<float> values = syntheticUniform(input.at("key"), elements, "");
    const float scale = input.at("scale");
    const float offset = input.at("offset");
    for (float& x : values) {
        x = x * scale + offset;
        if (input.contains("floor_to"))
            x = std::floor(x / input["floor_to"].get<float>()) * input["floor_to"].get<float>();
        if (input.contains("clamp_min"))
            x = std::max(x, input["clamp_min"].get<float>());
    }
    return values;
}

namespace {

template <class T> std::vector<std::vector<T>> split(const std::vector<T>& values, size_t parts)
{
    std::vector<std::vector<T>> result;
    const auto size = std::ptrdiff_t(values.size() / parts);
    for (auto from = values.begin(); from != values.end(); from += size)
        result.emplace_back(from, from + size);
    return result;
}

/// One [C,H,W] a batch element, the inputs of several operands stacked along channels.
std::vector<std::vector<float>> stackedInputs(const Json& inputs)
{
    const size_t batch = inputs.at(0).at("shape").at(0);
    std::vector<std::vector<float>> result(batch);
    for (const Json& input : inputs) {
        const auto elements = split(caseValues(input), batch);
        for (size_t n = 0; n < batch; ++n)
            result[n].insert(result[n].end(), elements[n].begin(), elements[n].end());
    }
    return result;
}

OpCase opCase(const Json& entry)
{
    OpCase result;
    result.id = entry.at("id");
    result.op = entry.at("op");
    result.graph = caseGraph(entry, result.weights);
    result.output = result.graph.size() - 1;
    for (const Json& weight : entry.value("weights", Json::array()))
        result.weights.addSynthetic(weight.at("key"), weight.at("shape"));
    result.inputs = stackedInputs(entry.at("inputs"));
    result.expected = split(entry.at("out").get<std::vector<double>>(), result.inputs.size());
    return result;
}

/// The file gives these as sentences.
Preprocessing preprocessingOf(const std::string& id)
{
    const Preprocessing halves{.range = 1, .mean = {0.5F, 0.5F, 0.5F}, .scale = {2, 2, 2}};
    if (id == "pre_torchvision")
        return {
            .range = 1,
            .mean = {0.485F, 0.456F, 0.406F},
            .scale = {1 / 0.229F, 1 / 0.224F, 1 / 0.225F}};
    if (id == "pre_inception" || id == "pre_transform_input")
        return halves;
    if (id == "pre_facenet")
        return {.mean = {127.5F, 127.5F, 127.5F}, .scale = {1 / 128.0F, 1 / 128.0F, 1 / 128.0F}};
    if (id == "pre_caffe_googlenet")
        return {.order = ChannelOrder::Bgr, .mean = {104, 117, 123}};
    if (id == "pre_bninception")
        return {.order = ChannelOrder::Bgr, .mean = {104, 117, 128}};
    throw std::invalid_argument("ops.json: " + id + " is an unknown preprocessing");
}

PreprocessCase preprocessCase(const Json& entry)
{
    PreprocessCase result;
    result.id = entry.at("id");
    const Json& size = entry.at("inputs").at(0).at("image_rule");
    result.height = size.at(0);
    result.width = size.at(1);
    result.planes = syntheticPicture(result.height, result.width, "");
    result.preprocessing = preprocessingOf(result.id);
    result.preprocessing.resize = std::min(result.height, result.width);
    result.expected = entry.at("out").get<std::vector<double>>();
    return result;
}

bool isOutsideGraphs(const std::string& op)
{
    constexpr std::array outside = {"cross_entropy", "total_loss"};
    return std::find(outside.begin(), outside.end(), op) != outside.end();
}

} // namespace

std::vector<uint8_t> PreprocessCase::rgba() const
{
    const size_t pixels = size_t(width) * height;
    std::vector<uint8_t> result;
    for (size_t i = 0; i < pixels; ++i)
        result.insert(
            result.end(), {planes[i], planes[pixels + i], planes[2 * pixels + i], uint8_t(255)});
    return result;
}

OpCases parseOpCases(const std::string& json)
{
    OpCases result;
    const Json file = Json::parse(json);
    for (const Json& entry : file.at("cases")) {
        const std::string op = entry.at("op");
        if (isOutsideGraphs(op))
            result.notCovered.push_back(entry.at("id"));
        else if (op == "preprocess")
            result.preprocess.push_back(preprocessCase(entry));
        else
            result.ops.push_back(opCase(entry));
    }
    return result;
}

OpCases loadOpCases(const std::string& path)
{
    std::ifstream file(path);
    if (!file)
        throw Error(ErrorKind::Io, path + " can't be read");
    std::ostringstream text;
    text << file.rdbuf();
    return parseOpCases(text.str());
}

} // namespace inceptoscope
