#include "cli/command_line.h"

#include "cli/command.h"
#include "cli/command_list.h"
#include "cli/commands/report.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/stop_signals.h"
#include "error.h"
#include "file_name.h"

#include <algorithm>
#include <csignal>
#include <filesystem>

namespace inceptoscope {

namespace {

constexpr const char* description =
    "Inceptoscope shows how Inception networks work: each branch's feature maps, costs and "
    "times.\nWithout a command it opens its window.";

int fail(const std::string& message, int code)
{
    note(message);
    return code;
}

int exitCode(ErrorKind kind)
{
    return kind == ErrorKind::Usage ? 2 : 1;
}

/// The first argument that is neither an option nor an option's value.
std::string firstPositional(const CLI::App& app, const std::vector<std::string>& arguments)
{
    for (size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (!argument.starts_with('-'))
            return argument;
        const CLI::Option* option = app.get_option_no_throw(argument);
        if (option != nullptr && option->get_items_expected_max() > 0)
            ++i;
    }
    return {};
}

/// Any word is taken for a picture to open, so a mistyped command has to be caught here.
void refuseUnknownCommand(const CLI::App& app, const std::string& word)
{
    std::vector<std::string> commands;
    for (const CLI::App* command : app.get_subcommands(nullptr))
        commands.push_back(command->get_name());
    const bool known = std::find(commands.begin(), commands.end(), word) != commands.end();
    std::error_code ignored;
    // A colon: an address, "inceptoscope:network=googlenet".
    const bool looksLikeFile = word.find_first_of("./:") != std::string::npos;
    if (word.empty() || known || looksLikeFile || std::filesystem::exists(word, ignored))
        return;
    throw Error(
        ErrorKind::Usage,
        "\"" + word + "\" is neither a command nor a file" + suggestion(word, commands));
}

std::string oneLine(std::string text)
{
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

/// The help or version that was asked for, or the error in one line.
int answer(const CLI::App& app, const CLI::ParseError& error)
{
    if (error.get_exit_code() == 0) {
        writeOutput(
            error.get_name() == "CallForVersion" ? std::string(error.what()) + "\n" : app.help());
        return 0;
    }
    std::string where;
    for (const CLI::App* command = &app; !command->get_subcommands().empty();) {
        command = command->get_subcommands().front();
        where += command->get_name() + " ";
    }
    if (!where.empty())
        where = where.substr(0, where.size() - 1) + ": ";
    return fail(where + oneLine(error.what()), 2);
}

/// As they were typed, but with the paths that file: URLs mean: file managers and drag and drop
/// hand over such.
std::vector<std::string> argumentsOf(int argc, char** argv)
{
    std::vector<std::string> arguments(argv + 1, argv + argc);
    for (std::string& argument : arguments) {
        const size_t equals = argument.starts_with("--") ? argument.find('=') + 1 : 0;
        const std::string url = argument.substr(equals);
        const std::string path = localFile(QByteArray::fromStdString(url));
        if (path.find('\0') != std::string::npos)
            throw Error(ErrorKind::Usage, url + " is no file's name: it holds a zero byte");
        if (!path.empty())
            argument.replace(equals, std::string::npos, path);
        else if (url.starts_with("file://"))
            throw Error(
                ErrorKind::Usage, url + " is on another computer; copy the file here first");
    }
    return arguments;
}

int parseAndRun(int argc, char** argv)
{
    CLI::App app(description, "inceptoscope");
    app.get_formatter()->column_width(34);
    app.set_version_flag("--version", "inceptoscope " INCEPTOSCOPE_VERSION);
    app.require_subcommand(0, 1);
    WindowRequest window;
    Action action;
    addWindow(app, window);
    // For the man page and the shells' completions; not in the help.
    std::string form;
    std::vector<std::string> forms = completionShells();
    forms.emplace_back("man");
    app.add_option("--describe", form)->group("")->check(CLI::IsMember(forms));
    addNetworks(app, action);
    addCost(app, action);
    addClassify(app, action);
    addActivations(app, action);
    addGradients(app, action);
    addAttribute(app, action);
    addVisualize(app, action);
    addDream(app, action);
    addRender(app, action);
    addBench(app, action);
    addCompare(app, action);
    addReport(app, action);
    addLessons(app, action);
    addDevices(app, action);
    addTune(app, action);
    addExperiment(app, action);
    addWeights(app, action);

    try {
        std::vector<std::string> arguments = argumentsOf(argc, argv);
        refuseUnknownCommand(app, firstPositional(app, arguments));
        std::reverse(arguments.begin(), arguments.end()); // as CLI11 takes them
        app.parse(std::move(arguments));
    } catch (const CLI::ParseError& error) {
        return answer(app, error);
    }
    if (!action && !form.empty()) {
        const std::vector<ListedCommand> commands = commandList(app);
        writeOutput(form == "man" ? manPage(commands) : completionScript(commands, form));
        return 0;
    }
    if (!action)
        return openWindow(window);
    const std::string command = app.get_subcommands().front()->get_name();
    for (const CLI::Option* option : app.get_options())
        if (option->count() > 0)
            throw Error(
                ErrorKind::Usage, option->get_name() +
                                      " stands before the command; write \"inceptoscope " +
                                      command + " ...\" with everything else behind it");
    return action();
}

} // namespace

int runCommandLine(int argc, char** argv)
{
    // A reader that stops early (head) ends the output, not the program.
    std::signal(SIGPIPE, SIG_IGN);
    endCleanlyWhenStopped();
    explainEndsForWantOfMemory();
    try {
        return parseAndRun(argc, argv);
    } catch (const Error& error) {
        return fail(oneLine(error.what()), exitCode(error.kind()));
    } catch (const std::bad_alloc&) {
        return fail("out of memory: the computer has too little for this", 1);
    } catch (const std::exception& error) {
        return fail(oneLine(error.what()), 1);
    }
}

} // namespace inceptoscope
