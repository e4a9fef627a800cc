#include "cli/command_list.h"

#include "experiments/experiment.h"
#include "models/colormaps.h"
#include "zoo/network.h"

#include <algorithm>

namespace inceptoscope {

namespace {

/// CLI11 shows what IsMember allows as "TEXT:{fp32,fp16}".
std::vector<std::string> choicesIn(const std::string& typeName)
{
    const size_t begin = typeName.find('{');
    const size_t end = typeName.find('}', begin);
    if (begin == std::string::npos || end == std::string::npos)
        return {};
    return CLI::detail::split(typeName.substr(begin + 1, end - begin - 1), ',');
}

std::vector<std::string> experimentIds()
{
    std::vector<std::string> ids;
    for (const Experiment& experiment : experiments())
        ids.push_back(experiment.id);
    return ids;
}

Completion
completionOf(const std::string& command, const CLI::Option& option, const std::string& name)
{
    const auto is = [&](std::initializer_list<const char*> names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (const std::vector<std::string> choices = choicesIn(option.get_type_name());
        !choices.empty())
        return {choices, false};
    if (command == "experiment" && is({"ID"}))
        return {experimentIds(), false};
    if (is({"ID", "--network", "--reference"}))
        return {networkIds(), false};
    if (is({"--colormap"}))
        return {{colormapNames().begin(), colormapNames().end()}, false};
    if (is({"--weights"}))
        return {{"synthetic"}, true};
    if (is({"--labels", "--input-tensor", "--with", "--image", "--output", "IMAGE", "FILE"}))
        return {{}, true};
    return {};
}

ListedArgument argumentOf(const std::string& command, const CLI::Option& option)
{
    ListedArgument argument{
        .names = {},
        .help = option.get_description(),
        .standard = option.get_default_str(),
        .takesValue = option.get_items_expected_max() > 0,
        .required = option.get_required(),
        .completion = {}};
    if (option.nonpositional()) {
        for (const std::string& name : option.get_lnames())
            argument.names.push_back("--" + name);
        for (const std::string& name : option.get_snames())
            argument.names.push_back("-" + name);
    } else {
        argument.names.push_back(option.get_name(true));
    }
    if (argument.takesValue)
        argument.completion = completionOf(command, option, argument.names.front());
    return argument;
}

void addCommands(std::vector<ListedCommand>& list, const CLI::App& app, const std::string& name)
{
    ListedCommand command{
        .name = name,
        .help = app.get_description(),
        .footer = app.get_footer(),
        .positionals = {},
        .options = {},
        .isGroup = !name.empty() && !app.get_subcommands(nullptr).empty()};
    for (const CLI::Option* option : app.get_options())
        if (!option->get_group().empty())
            (option->nonpositional() ? command.options : command.positionals)
                .push_back(argumentOf(name, *option));
    list.push_back(std::move(command));
    for (const CLI::App* child : app.get_subcommands(nullptr))
        addCommands(
            list, *child, name.empty() ? child->get_name() : name + " " + child->get_name());
}

} // namespace

std::vector<ListedCommand> commandList(const CLI::App& app)
{
    std::vector<ListedCommand> list;
    addCommands(list, app, "");
    return list;
}

} // namespace inceptoscope
