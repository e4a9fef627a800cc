#include "cli/command.h"
#include "cli/output.h"
#include "weights_store/weights_store.h"

#include <QLocale>

namespace inceptoscope {

namespace {

std::string stateName(WeightsStore::State state)
{
    switch (state) {
    case WeightsStore::State::Bundled:
        return "bundled";
    case WeightsStore::State::Installed:
        return "installed";
    case WeightsStore::State::Fetchable:
        return "fetchable";
    case WeightsStore::State::Missing:
        break;
    }
    return "missing";
}

Json toJson(const TrainedOn& trained)
{
    return {
        {"input", trained.input},
        {"resize", trained.resize},
        {"crop_fraction", trained.cropFraction},
        {"filter", trained.filter.toStdString()},
        {"order", trained.bgr ? "BGR" : "RGB"},
        {"range", trained.range},
        {"mean", trained.mean},
        {"std", trained.std}};
}

Json toJson(const WeightsStore& store, const ManifestEntry& entry)
{
    const WeightsStore::State state = store.state(entry);
    Json json{
        {"id", entry.id.toStdString()},
        {"network", entry.network.toStdString()},
        {"state", stateName(state)},
        {"default", entry.isDefault}};
    json["path"] = store.isThere(entry) ? Json(store.path(entry).toStdString()) : Json();
    if (!entry.bundled) {
        json["url"] = entry.urls.front().toString().toStdString();
        json["size"] = entry.expected.size;
        json["size_approximate"] = entry.expected.approximate;
        const bool whole = entry.expected.sha256.size() == 64;
        json[whole || entry.expected.sha256.isEmpty() ? "sha256" : "sha256_prefix"] =
            entry.expected.sha256.isEmpty() ? Json() : Json(entry.expected.sha256.toStdString());
    }
    json["format"] = entry.format.toStdString();
    json["licence"] = entry.licence.toStdString();
    json["source"] = entry.source.toStdString();
    json["released_by"] = entry.releasedBy.toStdString();
    json["classes"] = entry.classes;
    json["preprocessing"] = toJson(entry.trainedOn);
    json["accuracy"] = entry.accuracy ? Json{{"top1", entry.accuracy->top1},
                                             {"top5", entry.accuracy->top5},
                                             {"source", entry.accuracy->source.toStdString()}}
                                      : Json();
    json["notes"] = entry.notes.toStdString();
    return json;
}

std::string sizeOf(const ManifestEntry& entry)
{
    if (entry.bundled)
        return "";
    return QLocale::c()
        .formattedDataSize(entry.expected.size, 1, QLocale::DataSizeSIFormat)
        .toStdString();
}

std::string toText(const WeightsStore& store)
{
    Table table({"ID", "NETWORK", "STATE", ">SIZE", ">TOP-1 %", "LICENCE"});
    std::string paths;
    for (const ManifestEntry& entry : store.manifest().entries()) {
        const std::string accuracy =
            entry.accuracy ? QString::number(entry.accuracy->top1, 'f', 1).toStdString() : "";
        table.add(
            {entry.id.toStdString() + (entry.isDefault ? " *" : ""), entry.network.toStdString(),
             stateName(store.state(entry)), sizeOf(entry), accuracy, entry.licence.toStdString()});
        if (store.isThere(entry))
            paths += entry.id.toStdString() + ": " + store.path(entry).toStdString() + "\n";
    }
    return table.text() + "\n* what \"weights fetch NETWORK\" fetches\n" + paths;
}

int list(bool json)
{
    const WeightsStore store;
    if (!json) {
        writeOutput(toText(store));
        return 0;
    }
    Json entries = Json::array();
    for (const ManifestEntry& entry : store.manifest().entries())
        entries.push_back(toJson(store, entry));
    writeJson(entries);
    return 0;
}

} // namespace

void addWeightsList(CLI::App& weights, Action& action)
{
    const auto json = std::make_shared<bool>(false);
    CLI::App* command = weights.add_subcommand(
        "list", "List the trained weights that are known: here already, or to be fetched");
    command->add_flag("--json", *json, "Print JSON: also addresses, hashes, preprocessing, paths");
    command->callback([json, &action] { action = [json] { return list(*json); }; });
}

} // namespace inceptoscope
