#include "cost/cost.h"

#include "cli/command.h"
#include "cli/json_table.h"
#include "cli/output.h"
#include "cli/rows.h"
#include "error.h"

namespace inceptoscope {

namespace {

struct CostOptions
{
    std::vector<std::string> ids;
    std::string per = "network";
    uint32_t inputSize = 0;
    bool json = false;
    bool csv = false;
};

/// One field after another, so that JSON, CSV and the table agree.
Json rowOf(const Network& network, const Part& part, Per per)
{
    Json row{{"network", network.id}};
    if (per != Per::Network)
        row["module"] = part.module;
    if (per == Per::Branch || per == Per::Op)
        row["branch"] = part.branch;
    if (per == Per::Op)
        row["op"] = part.op;
    row["params"] = part.cost.params;
    row["macs"] = part.cost.macs;
    row["activation_bytes"] = part.cost.activationBytes;
    row["weight_bytes"] = part.cost.weightBytes;
    row["read_bytes"] = part.cost.readBytes;
    row["flop_per_byte"] = rounded(part.cost.intensity(), 5);
    if (per != Per::Network) {
        const Cost whole = networkCost(network.graph).main;
        row["macs_share"] = rounded(double(part.cost.macs) / double(whole.macs), 5);
        row["params_share"] = rounded(double(part.cost.params) / double(whole.params), 5);
    }
    if (per == Per::Network) {
        const Cost auxiliary = networkCost(network.graph).auxiliary;
        row["params_aux"] = auxiliary.params;
        row["macs_aux"] = auxiliary.macs;
        row["input_size"] = network.graph[network.graph.input()].shape.h;
    } else {
        row["auxiliary"] = part.auxiliary;
    }
    return row;
}

int run(const CostOptions& options)
{
    const Per per = perOf(options.per);
    Json rows = Json::array();
    for (const std::string& id : options.ids.empty() ? networkIds() : options.ids) {
        const Network network = options.inputSize > 0
                                    ? makeNetwork(id, {.inputSize = options.inputSize})
                                    : makeNetwork(id);
        for (const Part& part : partsOf(network.graph, per))
            rows.push_back(rowOf(network, part, per));
    }
    if (options.json)
        writeJson(rows);
    else
        writeOutput(options.csv ? toCsv(rows) : toTable(rows));
    return 0;
}

} // namespace

void addCost(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<CostOptions>();
    CLI::App* command = app.add_subcommand(
        "cost", "Analytic cost: MACs and parameters of convolutions and fully connected layers");
    command->add_option("ID", options->ids, "Networks; all when left out");
    command->add_option("--per", options->per, "How finely to split")
        ->check(CLI::IsMember(perNames()))
        ->capture_default_str();
    command->add_option("--input-size", options->inputSize, "Rows and columns of the input")
        ->check(CLI::Range(1U, 8192U));
    CLI::Option* json = command->add_flag("--json", options->json, "Print JSON");
    command->add_flag("--csv", options->csv, "Print CSV")->excludes(json);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
