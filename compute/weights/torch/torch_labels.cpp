#include "weights/torch/torch_labels.h"

#include "weights/class_names.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;
using enum PickleKind;

constexpr std::string_view names[] = {"labels",       "class_names", "classes", "idx_to_class",
                                      "class_to_idx", "id2label",    "CLASSES", "label_names"};
constexpr std::string_view folders[] = {"meta", "dataset_meta", "hyper_parameters"};

Json ofList(const Pickle& pickle, const std::vector<PickleId>& items)
{
    Json list = Json::array();
    for (const PickleId id : items) {
        if (pickle[id].kind != Text)
            return {};
        list.push_back(std::string(pickle[id].text()));
    }
    return list;
}

Json ofDictionary(const Pickle& pickle, const std::vector<PickleId>& items)
{
    Json object = Json::object();
    for (size_t i = 0; i + 1 < items.size(); i += 2) {
        const PickleValue& key = pickle[items[i]];
        const PickleValue& value = pickle[items[i + 1]];
        if (key.kind == Text && value.kind == Integer)
            object[std::string(key.text())] = value.integer();
        else if (key.kind == Integer && value.kind == Text)
            object[std::to_string(key.integer())] = std::string(value.text());
        else
            return {};
    }
    return object;
}

/// Of all texts; the same text may be in it many times.
uint64_t textBytes(const Pickle& pickle, const std::vector<PickleId>& items)
{
    uint64_t bytes = 0;
    for (const PickleId id : items)
        bytes += pickle[id].kind == Text ? pickle[id].text().size() : 0;
    return bytes;
}

TorchLabels labelsIn(const Pickle& pickle, PickleId dict)
{
    const std::vector<PickleId>& items = pickle[dict].items();
    for (const std::string_view name : names)
        for (size_t i = 0; i + 1 < items.size(); i += 2) {
            const PickleValue& key = pickle[items[i]];
            const PickleValue& value = pickle[items[i + 1]];
            const bool list = value.kind == List || value.kind == Tuple;
            if (key.kind != Text || key.text() != name || (!list && value.kind != Dict))
                continue;
            const size_t count = value.items().size() / (list ? 1 : 2);
            const std::string its = "its \"" + std::string(name) + "\" has ";
            if (count > mostClassNames)
                return {.json = {}, .fault = its + tooManyClassNames(count)};
            if (const uint64_t bytes = textBytes(pickle, value.items()); bytes > mostClassNameBytes)
                return {.json = {}, .fault = its + tooLongForClassNames(bytes)};
            const Json labels =
                list ? ofList(pickle, value.items()) : ofDictionary(pickle, value.items());
            if (!labels.empty())
                return {
                    .json = labels.dump(-1, ' ', false, Json::error_handler_t::replace),
                    .fault = {}};
        }
    return {};
}

} // namespace

TorchLabels torchLabels(const Pickle& pickle)
{
    if (pickle[pickle.root].kind != Dict)
        return {};
    TorchLabels labels = labelsIn(pickle, pickle.root);
    const std::vector<PickleId>& items = pickle[pickle.root].items();
    for (size_t i = 0; i + 1 < items.size() && labels.json.empty() && labels.fault.empty(); i += 2)
        if (pickle[items[i]].kind == Text && pickle[items[i + 1]].kind == Dict &&
            std::ranges::find(folders, pickle[items[i]].text()) != std::end(folders))
            labels = labelsIn(pickle, items[i + 1]);
    return labels;
}

} // namespace inceptoscope
