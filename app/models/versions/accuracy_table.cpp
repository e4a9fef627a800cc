#include "models/versions/accuracy_table.h"

#include "ascii.h"
#include "error.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace inceptoscope {

/// Made from resources/accuracy.json by CMakeLists.txt.
[[nodiscard]] std::string_view accuracyText();

namespace {

using Json = nlohmann::json;

/// Without what subtraction in binary adds: figures have three decimals at most.
double complement(double percent)
{
    return std::round((100.0 - percent) * 1000.0) / 1000.0;
}

std::optional<double> number(const Json& json, const char* key)
{
    const auto it = json.find(key);
    return it == json.end() || it->is_null() ? std::nullopt : std::optional(it->get<double>());
}

AccuracyFigure figureOf(const Json& json)
{
    AccuracyFigure figure;
    figure.label = json.at("label").get<std::string>();
    figure.source = json.at("source").get<std::string>();
    figure.note = json.value("note", "");
    figure.subset = json.value("subset", false);
    figure.gmacs = number(json, "gmacs");
    figure.printedAsError = json.contains("top1_error");
    figure.top1 = number(json, figure.printedAsError ? "top1_error" : "top1_accuracy");
    figure.top5 = number(json, figure.printedAsError ? "top5_error" : "top5_accuracy");
    if (figure.printedAsError) {
        figure.top1 = figure.top1 ? std::optional(complement(*figure.top1)) : std::nullopt;
        figure.top5 = figure.top5 ? std::optional(complement(*figure.top5)) : std::nullopt;
    }
    return figure;
}

std::vector<AccuracyFigure> figuresOf(const Json& network, const char* key)
{
    std::vector<AccuracyFigure> figures;
    if (const auto it = network.find(key); it != network.end())
        for (const Json& json : *it)
            figures.push_back(figureOf(json));
    return figures;
}

std::string percent(double value)
{
    return ascii::general(value, 5);
}

} // namespace

AccuracyTable AccuracyTable::fromJson(std::string_view text)
{
    AccuracyTable result;
    try {
        const Json json = Json::parse(text);
        result.m_subset = json.at("subset").get<std::string>();
        for (const auto& [id, network] : json.at("networks").items()) {
            NetworkAccuracy& accuracy = result.m_networks[id];
            accuracy.published = figuresOf(network, "published");
            accuracy.released = figuresOf(network, "released");
            accuracy.none = network.value("none", "");
            if (accuracy.published.empty() == accuracy.none.empty())
                throw Error(
                    ErrorKind::BadInput, "accuracy.json: " + id +
                                             " needs either published figures or the reason why "
                                             "there are none");
        }
    } catch (const Json::exception& error) {
        throw Error(ErrorKind::BadInput, std::string("accuracy.json: ") + error.what());
    }
    return result;
}

const AccuracyTable& AccuracyTable::bundled()
{
    static const AccuracyTable accuracy = fromJson(accuracyText());
    return accuracy;
}

const NetworkAccuracy* AccuracyTable::of(std::string_view network) const
{
    const auto it = m_networks.find(network);
    return it == m_networks.end() ? nullptr : &it->second;
}

std::vector<std::string> AccuracyTable::networks() const
{
    std::vector<std::string> ids;
    for (const auto& [id, accuracy] : m_networks)
        ids.push_back(id);
    return ids;
}

std::string citation(const AccuracyFigure& figure)
{
    const auto part = [&](const char* name, const std::optional<double>& accuracy) {
        if (!accuracy)
            return std::string(name) + " not printed";
        return std::string(name) + " " +
               percent(figure.printedAsError ? complement(*accuracy) : *accuracy) + " %";
    };
    return figure.label + (figure.printedAsError ? ", errors: " : ", accuracies: ") +
           part("top-1", figure.top1) + ", " + part("top-5", figure.top5) + " (" + figure.source +
           ")";
}

} // namespace inceptoscope
