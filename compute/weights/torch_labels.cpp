#include "weights/torch_labels.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;
using enum PickleKind;

constexpr std::string_view names[] = {"labels",       "class_names",  "classes",
                                      "idx_to_class", "class_to_idx", "id2label"};
constexpr size_t mostNames = 100'000;

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

} // namespace

std::optional<std::string> torchLabels(const Pickle& pickle)
{
    if (pickle[pickle.root].kind != Dict)
        return std::nullopt;
    const std::vector<PickleId>& items = pickle[pickle.root].items();
    for (const std::string_view name : names)
        for (size_t i = 0; i + 1 < items.size(); i += 2) {
            const PickleValue& key = pickle[items[i]];
            const PickleValue& value = pickle[items[i + 1]];
            const bool list = value.kind == List || value.kind == Tuple;
            if (key.kind != Text || key.text() != name || (!list && value.kind != Dict) ||
                value.items().size() > 2 * mostNames)
                continue;
            const Json labels =
                list ? ofList(pickle, value.items()) : ofDictionary(pickle, value.items());
            if (!labels.empty())
                return labels.dump(-1, ' ', false, Json::error_handler_t::replace);
        }
    return std::nullopt;
}

} // namespace inceptoscope
