#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace inceptoscope {

/// What an argument of the command line can be completed to.
struct Completion
{
    std::vector<std::string> words; ///< such as fp32 and fp16, or the networks' ids
    bool files = false;             ///< files and folders, too
};

struct ListedArgument
{
    std::vector<std::string> names; ///< --network, -o; of a positional its name alone: IMAGE
    std::string help;
    std::string standard; ///< what it is when left out; empty: nothing
    bool takesValue = false;
    bool required = false;
    Completion completion;
};

struct ListedCommand
{
    std::string name; ///< "classify", "weights fetch"; empty: the program without a command
    std::string help;
    std::string footer;
    std::vector<ListedArgument> positionals;
    std::vector<ListedArgument> options;
    bool isGroup = false; ///< takes a command of its own: weights
};

/// The program and its commands as they are parsed, without what the help doesn't show: for the
/// man page and the completion scripts, which so can't lag behind.
[[nodiscard]] std::vector<ListedCommand> commandList(const CLI::App& app);

/// "bash", "zsh", "fish".
[[nodiscard]] const std::vector<std::string>& completionShells();
/// The script that completes our command line in `shell`.
[[nodiscard]] std::string
completionScript(const std::vector<ListedCommand>& commands, const std::string& shell);
/// inceptoscope.1 in the macros of man(7).
[[nodiscard]] std::string manPage(const std::vector<ListedCommand>& commands);

} // namespace inceptoscope
