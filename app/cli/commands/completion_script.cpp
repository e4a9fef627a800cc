#include "cli/command_list.h"

#include <array>

namespace inceptoscope {

namespace {

using Commands = std::vector<ListedCommand>;

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

/// As one word of a shell; ' may stand nowhere in it.
std::string shellWord(const std::string& text)
{
    std::string result = "'";
    for (const char c : text)
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
}

std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

/// Names of the commands below `group` ("": of the program), without the group's own.
std::vector<std::string> commandsOf(const Commands& commands, const std::string& group)
{
    std::vector<std::string> names;
    const std::string prefix = group.empty() ? "" : group + " ";
    for (const ListedCommand& command : commands) {
        if (command.name == group || !command.name.starts_with(prefix))
            continue;
        const std::string name = command.name.substr(prefix.size());
        if (name.find(' ') == std::string::npos)
            names.push_back(name);
    }
    return names;
}

/// What can stand where no option's value is expected.
Completion positionalCompletion(const Commands& commands, const ListedCommand& command)
{
    Completion all;
    if (command.name.empty() || command.isGroup)
        all.words = commandsOf(commands, command.name);
    for (const ListedArgument& argument : command.positionals) {
        const Completion& one = argument.completion;
        all.words.insert(all.words.end(), one.words.begin(), one.words.end());
        all.files = all.files || one.files;
    }
    return all;
}

std::string bashReply(const Completion& completion)
{
    return "words=" + shellWord(joined(completion.words)) +
           " files=" + (completion.files ? "1" : "");
}

std::string bashScript(const Commands& commands)
{
    std::string groups;
    std::string values;
    std::string rest;
    for (const ListedCommand& command : commands) {
        if (command.isGroup)
            groups += "    " + command.name + ")\n        case ${COMP_WORDS[2]} in\n        " +
                      CLI::detail::join(commandsOf(commands, command.name), " | ") +
                      ") ((COMP_CWORD > 2)) && command+=\" ${COMP_WORDS[2]}\" ;;\n        esac\n" +
                      "        ;;\n";
        std::vector<std::string> options;
        for (const ListedArgument& option : command.options)
            for (const std::string& name : option.names) {
                options.push_back(name);
                if (option.takesValue)
                    values += "    " + shellWord(command.name + " " + name) + ") " +
                              bashReply(option.completion) + " ;;\n";
            }
        rest += "        " + shellWord(command.name) + ")\n            " +
                bashReply(positionalCompletion(commands, command)) +
                "\n            [[ $current == -* ]] && words=" + shellWord(joined(options)) +
                " files=\n            ;;\n";
    }
    return "# Completion of inceptoscope for bash, written by the program itself.\n"
           "_inceptoscope()\n"
           "{\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
           "    local command= words= files=\n"
           "    # The equals sign of --option=value is a word of its own.\n"
           "    if [[ $current == = ]]; then\n"
           "        current=\n"
           "    elif [[ $previous == = ]]; then\n"
           "        previous=${COMP_WORDS[COMP_CWORD - 2]}\n"
           "    fi\n"
           "    case ${COMP_WORDS[1]} in\n"
           "    " +
           CLI::detail::join(commandsOf(commands, ""), " | ") +
           ") ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]} ;;\n"
           "    esac\n"
           "    case $command in\n" +
           groups +
           "    esac\n"
           "    case \"$command $previous\" in\n" +
           values +
           "    *)\n"
           "        case $command in\n" +
           rest +
           "        esac\n"
           "        ;;\n"
           "    esac\n"
           "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
           "    if [[ -n $files ]]; then\n"
           "        compopt -o filenames 2>/dev/null\n"
           "        mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -f -- \"$current\")\n"
           "    fi\n"
           "}\n"
           "complete -F _inceptoscope inceptoscope\n";
}

/// Brackets and colons divide the parts of what _arguments takes.
std::string zshText(const std::string& text)
{
    std::string result;
    for (const char c : firstLine(text))
        result += std::string("[]:\\").find(c) == std::string::npos ? std::string(1, c)
                                                                    : std::string("\\") + c;
    return result;
}

std::string zshAction(const Completion& completion)
{
    const std::string words = joined(completion.words);
    if (completion.files)
        return words.empty() ? "_files" : "{compadd -- " + words + "; _files}";
    return words.empty() ? "" : "(" + words + ")";
}

std::string zshScript(const Commands& commands)
{
    std::string cases;
    for (const ListedCommand& command : commands) {
        std::string arguments;
        for (const ListedArgument& option : command.options)
            for (const std::string& name : option.names) {
                const bool isLong = name.starts_with("--");
                std::string one = name + (option.takesValue && isLong ? "=" : "") + "[" +
                                  zshText(option.help) + "]";
                if (option.takesValue)
                    one += ":value:" + zshAction(option.completion);
                arguments += " \\\n            " + shellWord(one);
            }
        const Completion rest = positionalCompletion(commands, command);
        arguments += " \\\n            " + shellWord("*:argument:" + zshAction(rest));
        cases += "    " + shellWord(command.name) + ")\n        _arguments" + arguments +
                 "\n        ;;\n";
    }
    std::string groups;
    for (const ListedCommand& command : commands)
        if (command.isGroup)
            groups += "    if [[ $command == " + command.name + " ]] && ((CURRENT > 2)); then\n" +
                      "        case $words[2] in\n        (" +
                      CLI::detail::join(commandsOf(commands, command.name), "|") +
                      ") command+=\" $words[2]\"; shift words; ((CURRENT--)) ;;\n" +
                      "        esac\n    fi\n";
    return "#compdef inceptoscope\n"
           "# Completion of inceptoscope for zsh, written by the program itself.\n"
           "local command=\n"
           "if ((CURRENT > 2)); then\n"
           "    case $words[2] in\n"
           "    (" +
           CLI::detail::join(commandsOf(commands, ""), "|") +
           ") command=$words[2]; shift words; ((CURRENT--)) ;;\n"
           "    esac\n" +
           groups +
           "fi\n"
           "case $command in\n" +
           cases + "esac\n";
}

std::string fishScript(const Commands& commands)
{
    std::string script = "# Completion of inceptoscope for fish, written by the program itself.\n"
                         "# __inceptoscope_at COMMAND: is it the one that is being typed?\n"
                         "function __inceptoscope_at\n"
                         "    set -l words (commandline -opc)\n"
                         "    set -l at\n"
                         "    contains -- \"$words[2]\" " +
                         joined(commandsOf(commands, "")) + "; and set at $words[2]\n";
    for (const ListedCommand& command : commands)
        if (command.isGroup)
            script += "    test \"$at\" = " + command.name + "; and contains -- \"$words[3]\" " +
                      joined(commandsOf(commands, command.name)) +
                      "; and set at \"$at $words[3]\"\n";
    script += "    test \"$at\" = \"$argv\"\nend\ncomplete -c inceptoscope -f\n";
    for (const ListedCommand& command : commands) {
        const std::string start =
            "complete -c inceptoscope -n " + shellWord("__inceptoscope_at " + command.name);
        for (const ListedArgument& option : command.options) {
            script += start;
            for (const std::string& name : option.names)
                script +=
                    name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            script += " -d " + shellWord(firstLine(option.help));
            if (option.takesValue)
                script += option.completion.files ? " -r -F" : " -x";
            if (!option.completion.words.empty())
                script += " -a " + shellWord(joined(option.completion.words));
            script += "\n";
        }
        const Completion rest = positionalCompletion(commands, command);
        if (!rest.words.empty())
            script += start + " -a " + shellWord(joined(rest.words)) + "\n";
        if (rest.files)
            script += start + " -F\n";
    }
    return script;
}

struct Shell
{
    const char* name;
    std::string (*script)(const Commands&);
};

constexpr std::array shells{
    Shell{"bash", bashScript}, Shell{"zsh", zshScript}, Shell{"fish", fishScript}};

} // namespace

const std::vector<std::string>& completionShells()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        list.reserve(shells.size());
        for (const Shell& shell : shells)
            list.emplace_back(shell.name);
        return list;
    }();
    return names;
}

std::string completionScript(const Commands& commands, const std::string& shell)
{
    for (const Shell& known : shells)
        if (shell == known.name)
            return known.script(commands);
    throw std::invalid_argument("no completion script for " + shell);
}

} // namespace inceptoscope
