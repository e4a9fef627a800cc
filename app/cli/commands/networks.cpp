#include "cli/command.h"
#include "cli/graph_json.h"
#include "cli/names.h"
#include "cost/cost.h"
#include "models/format.h"

namespace inceptoscope {

namespace {

struct NetworksOptions
{
    std::string id;
    bool json = false;
};

/// Tables are for grep and cut: with ordinary spaces.
std::string plain(QString text)
{
    return text.replace(QChar(0xA0), u' ').toStdString();
}

Json summary(const Network& network)
{
    const NetworkCost c = networkCost(network.graph);
    return {
        {"id", network.id},        {"title", network.title},
        {"paper", network.paper},  {"input", toJson(network.graph[network.graph.input()].shape)},
        {"params", c.main.params}, {"macs", c.main.macs}};
}

int listAll(bool json)
{
    Table table({"ID", "TITLE", ">INPUT", ">PARAMS", ">MACS", ">WEIGHT LAYERS"});
    Json list = Json::array();
    for (const std::string& id : networkIds()) {
        const Network network = makeNetwork(id);
        const Graph& graph = network.graph;
        const Cost c = networkCost(graph).main;
        table.add(
            {id, network.title, toString(graph[graph.input()].shape), plain(formatCount(c.params)),
             plain(formatCount(c.macs)), std::to_string(weightLayersOnLongestPath(graph))});
        list.push_back(summary(network));
    }
    if (json)
        writeJson(list);
    else
        writeOutput(table.text());
    return 0;
}

/// "Inception-A, module A (figure 5)".
std::string kindOf(const Module& module)
{
    const std::string group =
        module.group.empty() ? std::string(kindName(module.kind)) : module.group;
    return module.article.empty() ? group : group + ", " + module.article;
}

std::vector<std::string>
row(std::string what, const std::string& op, const std::string& detail, const Shape& shape,
    const Cost& c)
{
    return {
        std::move(what),
        op,
        detail,
        toString(shape),
        c.params > 0 ? plain(formatCount(c.params)) : "",
        c.macs > 0 ? plain(formatCount(c.macs)) : ""};
}

void addModule(Table& table, const Graph& graph, ModuleId id)
{
    const Module& module = graph.modules()[id];
    table.add(
        row(module.name, kindOf(module), module.drawn, graph[module.output].shape,
            moduleCost(graph, id)));
    const std::vector<Branch> branches = graph.branches(id);
    for (const Branch& branch : branches) {
        const bool several = branches.size() > 1;
        if (several)
            table.add(row(
                "  " + branch.name, "branch", "", graph[branch.output].shape, cost(graph, branch)));
        for (const NodeId node : branch.nodes)
            table.add(row(
                (several ? "    " : "  ") + localName(graph, node), plain(opTitle(graph[node].op)),
                plain(opDetail(graph[node].op)), graph[node].shape, cost(graph, node)));
    }
    for (const NodeId node : graph.tail(id))
        table.add(
            row("  " + localName(graph, node), plain(opTitle(graph[node].op)),
                plain(opDetail(graph[node].op)), graph[node].shape, cost(graph, node)));
}

/// Title, paper and what is followed, above the table.
std::string heading(const Network& network)
{
    std::string text = network.title;
    if (!network.status.empty())
        text += " (" + network.status + ")";
    text += "\n" + network.paper + "\n" + network.follows + "\n";
    for (const std::string& difference : network.differences)
        text += "- " + difference + "\n";
    return text;
}

int listOne(const NetworksOptions& options)
{
    const Network network = makeNetwork(options.id);
    if (options.json) {
        writeJson(toJson(network));
        return 0;
    }
    const Graph& graph = network.graph;
    const NetworkCost c = networkCost(graph);
    Table table({"MODULE / BRANCH / OP", "KIND", "", ">SHAPE", ">PARAMS", ">MACS"});
    for (ModuleId id = 0; id < graph.modules().size(); ++id)
        if (hasOps(graph, id))
            addModule(table, graph, id);
    std::string text = heading(network);
    text += plain(formatParams(c.main.params)) + ", " + plain(formatMacs(c.main.macs));
    if (c.auxiliary.params > 0)
        text += "; auxiliary heads besides: " + plain(formatParams(c.auxiliary.params)) + ", " +
                plain(formatMacs(c.auxiliary.macs));
    writeOutput(text + "\n\n" + table.text());
    return 0;
}

} // namespace

void addNetworks(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<NetworksOptions>();
    CLI::App* command = app.add_subcommand(
        "networks", "List the networks, or one network's modules, branches and ops");
    command->add_option("ID", options->id, "Network");
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([options, &action] {
        action = [options] {
            return options->id.empty() ? listAll(options->json) : listOne(*options);
        };
    });
}

} // namespace inceptoscope
