#include "weights/onnx/onnx_order.h"

#include "shown_text.h"

#include <functional>
#include <queue>
#include <set>
#include <string_view>

namespace inceptoscope {

namespace {

std::map<std::string_view, size_t> makers(const OnnxModel& model)
{
    std::map<std::string_view, size_t> result;
    for (size_t i = 0; i < model.nodes.size(); ++i)
        for (const std::string& output : model.nodes[i].outputs)
            if (!output.empty() && !result.emplace(output, i).second)
                model.refuse("two nodes make the value \"" + shown(output) + "\"");
    return result;
}

std::set<std::string_view> givenValues(const OnnxModel& model)
{
    std::set<std::string_view> given(model.inputs.begin(), model.inputs.end());
    for (size_t i = 0; i < model.initialisers; ++i)
        given.insert(model.tensors[i].name);
    return given;
}

} // namespace

std::vector<size_t> nodeOrder(const OnnxModel& model)
{
    const auto maker = makers(model);
    const auto given = givenValues(model);
    std::vector<std::vector<size_t>> readers(model.nodes.size());
    std::vector<size_t> open(model.nodes.size());
    for (size_t i = 0; i < model.nodes.size(); ++i)
        for (const std::string& input : model.nodes[i].inputs) {
            if (input.empty() || given.contains(input))
                continue;
            const auto it = maker.find(input);
            if (it == maker.end())
                model.refuse(
                    "node \"" + shown(model.nodes[i].name) + "\" (" + shown(model.nodes[i].op) +
                    ") reads \"" + shown(input) +
                    "\", which is neither an input nor an initialiser, nor made by any node");
            readers[it->second].push_back(i);
            ++open[i];
        }
    std::priority_queue<size_t, std::vector<size_t>, std::greater<>> ready;
    for (size_t i = 0; i < open.size(); ++i)
        if (open[i] == 0)
            ready.push(i);
    std::vector<size_t> order;
    while (!ready.empty()) {
        order.push_back(ready.top());
        ready.pop();
        for (const size_t reader : readers[order.back()])
            if (--open[reader] == 0)
                ready.push(reader);
    }
    for (size_t i = 0; i < open.size(); ++i)
        if (open[i] > 0)
            model.refuse(
                "its graph is not acyclic: node \"" + shown(model.nodes[i].name) + "\" (" +
                shown(model.nodes[i].op) + ") waits for itself");
    return order;
}

} // namespace inceptoscope
