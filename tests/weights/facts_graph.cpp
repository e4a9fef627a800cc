#include "weights/facts_graph.h"

#include "graph/builder.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace inceptoscope {

namespace {

using nlohmann::json;

Extent extent(const json& pair)
{
    return {pair.at(0).get<uint32_t>(), pair.at(1).get<uint32_t>()};
}

Padding padding(const json& pair)
{
    return Padding::symmetric(pair.at(0).get<uint32_t>(), pair.at(1).get<uint32_t>());
}

/// NAME of NAME.conv: with batch normalisation the graph's keys add the part behind it.
std::string nameOf(const json& op)
{
    const auto key = op.at("key").get<std::string>();
    return op.contains("bn") ? key.substr(0, key.rfind(".conv")) : key;
}

Activation activation(const json& op)
{
    return op.value("relu", false) ? Activation::Relu : Activation::None;
}

Op convolution(const json& op)
{
    Conv2d conv{
        .outChannels = op.at("cout").get<uint32_t>(),
        .kernel = extent(op.at("k")),
        .stride = extent(op.at("s")),
        .padding = padding(op.at("p")),
        .bias = op.at("bias").get<bool>(),
        .activation = activation(op)};
    if (op.contains("bn"))
        conv.batchNorm = BatchNorm{.eps = op["bn"].at("eps").get<float>()};
    return conv;
}

Op pool(const json& op)
{
    return Pool2d{
        .kind = op.at("op") == "maxpool" ? PoolKind::Max : PoolKind::Average,
        .kernel = extent(op.at("k")),
        .stride = extent(op.at("s")),
        .padding = padding(op.at("p")),
        .ceilMode = op.at("ceil_mode").get<bool>(),
        .countIncludePad = op.value("count_include_pad", true)};
}

} // namespace

Graph factsGraph(const std::string& path)
{
    std::ifstream file(path);
    const json facts = json::parse(file);
    const json& input = facts.at("input");
    GraphBuilder builder({input.at(0), input.at(1), input.at(2)});
    {
        const ModuleScope module(builder.input(), "", "All", ModuleKind::Stem);
        std::map<std::string, Tensor> results{{"input", builder.input()}};
        std::map<std::string, float> scales; // of what a sum adds
        for (const json& op : facts.at("ops")) {
            const auto kind = op.at("op").get<std::string>();
            const auto id = op.at("id").get<std::string>();
            std::vector<Tensor> in;
            for (const json& operand : op.at("in"))
                in.push_back(results.at(operand.get<std::string>()));
            Tensor result = in.front();
            if (kind == "conv")
                result = builder.add(nameOf(op), convolution(op), in);
            else if (kind == "fc")
                result = result.fc(nameOf(op), op.at("cout").get<uint32_t>(), activation(op));
            else if (kind == "maxpool" || kind == "avgpool")
                result = builder.add(id, pool(op), in);
            else if (kind == "global_avgpool")
                result = result.globalAvgPool(id);
            else if (kind == "concat")
                result = concat(in, id);
            else if (kind == "scale")
                scales[id] = op.at("factor").get<float>();
            else if (kind == "add")
                result = builder.add(
                    id, Add{.scale = scales.at(op.at("in").at(0)), .activation = activation(op)},
                    {in.at(1), in.at(0)});
            else if (kind == "lrn")
                result = result.lrn(id);
            else if (kind != "dropout")
                throw std::runtime_error("facts: unknown op " + kind);
            results.emplace(id, result);
        }
    }
    return builder.finish();
}

} // namespace inceptoscope
