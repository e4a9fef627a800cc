#include "cli/command_list.h"

namespace inceptoscope {

namespace {

/// Text for troff: nothing in it is a request, and its minus signs can be copied.
std::string troff(const std::string& text)
{
    std::string result;
    bool lineStarts = true;
    for (const char c : text) {
        if (lineStarts && (c == '.' || c == '\''))
            result += "\\&";
        if (c == '\\')
            result += "\\e";
        else if (c == '-')
            result += "\\-";
        else
            result += c;
        lineStarts = c == '\n';
    }
    return result;
}

std::string boldText(const std::string& text)
{
    return "\\fB" + troff(text) + "\\fR";
}

std::string italicText(const std::string& text)
{
    return "\\fI" + troff(text) + "\\fR";
}

std::string valueName(const ListedArgument& option)
{
    if (option.completion.words.empty() || option.completion.files)
        return option.completion.files ? "FILE" : "VALUE";
    // Few words are told, of many the help says where they are listed.
    constexpr size_t few = 5;
    return option.completion.words.size() > few ? "NAME"
                                                : CLI::detail::join(option.completion.words, "|");
}

std::string optionEntry(const ListedArgument& option)
{
    std::string names;
    for (const std::string& name : option.names)
        names += (names.empty() ? "" : ", ") + boldText(name);
    if (option.takesValue)
        names += " " + italicText(valueName(option));
    std::string text = ".TP\n" + names + "\n" + troff(option.help);
    if (!option.standard.empty())
        text += " (otherwise " + troff(option.standard) + ")";
    return text + "\n";
}

std::string synopsis(const ListedCommand& command)
{
    std::string text =
        boldText(command.name.empty() ? "inceptoscope" : "inceptoscope " + command.name);
    for (const ListedArgument& argument : command.positionals)
        text += " " + (argument.required ? italicText(argument.names.front())
                                         : "[" + italicText(argument.names.front()) + "]");
    for (const ListedArgument& option : command.options)
        if (option.required)
            text += " " + boldText(option.names.back()) + " " + italicText(valueName(option));
    return text + " [" + italicText("OPTION") + "]...\n";
}

std::string commandSection(const ListedCommand& command)
{
    std::string text = ".SS inceptoscope " + troff(command.name) + "\n" + synopsis(command) +
                       ".PP\n" + troff(command.help) + ".\n";
    for (const ListedArgument& argument : command.positionals)
        text += ".TP\n" + italicText(argument.names.front()) + "\n" + troff(argument.help) + "\n";
    for (const ListedArgument& option : command.options)
        if (option.names.back() != "--help" && option.names.front() != "--help")
            text += optionEntry(option);
    if (!command.footer.empty())
        text += ".PP\n.nf\n" + troff(command.footer) + "\n.fi\n";
    return text;
}

constexpr const char* describing = R"(.SH DESCRIPTION
Inceptoscope shows how Inception networks work: it runs GoogLeNet, Inception v2, v3, v4,
Inception\-ResNet v1 and v2 by Vulkan compute shaders, on a GPU or on the processor, and shows each
branch's feature maps, costs and times.
Without a command it opens its window, on
.I IMAGE
if there is one: a picture, weights in the formats of safetensors, PyTorch and ONNX, or the address
of what to show, as the window's "Copy address" gives it.
The commands need no display.
Each has
.BR \-\-help ,
and
.B \-\-json
where there is data; options stand behind the command.
)";

constexpr const char* closing = R"(.SH EXIT STATUS
.TP
.B 0
All went well.
.TP
.B 1
It failed at run time; one line on standard error says why.
.TP
.B 2
The command line was wrong.
.SH ENVIRONMENT
.TP
.B INCEPTOSCOPE_MANIFEST
A file that replaces the list of weights that can be fetched.
.TP
.B INCEPTOSCOPE_TRACE
Set to anything: the window tells on standard error when it reached what.
.TP
.B XDG_DATA_HOME\fR, \fBXDG_CONFIG_HOME\fR, \fBXDG_CACHE_HOME\fR, \fBXDG_STATE_HOME
Where fetched weights, settings, compiled pipelines, and what was measured go.
.SH FILES
.TP
.I ~/.local/share/inceptoscope/weights
Fetched weights.
.TP
.I ../share/inceptoscope/weights
From the program: the weights that come with it.
.SH EXAMPLES
.nf
inceptoscope torus.png
inceptoscope classify torus.png
inceptoscope classify cat.jpg \-\-network googlenet \-\-weights googlenet.pth
inceptoscope bench inception_v3 \-\-precision fp16
inceptoscope weights fetch inception_v3
.fi
.SH SEE ALSO
.BR vulkaninfo (1)
)";

} // namespace

std::string manPage(const std::vector<ListedCommand>& commands)
{
    std::string text =
        ".\\\" Written by the program itself.\n"
        ".TH INCEPTOSCOPE 1 \"\" \"Inceptoscope " INCEPTOSCOPE_VERSION "\" \"User Commands\"\n"
        ".SH NAME\ninceptoscope \\- see how Inception networks work\n"
        ".SH SYNOPSIS\n";
    for (const ListedCommand& command : commands)
        if (!command.isGroup)
            text += synopsis(command) + ".br\n";
    text += describing;
    const ListedCommand& window = commands.front();
    text += ".SH OPTIONS\nOf the window:\n";
    for (const ListedArgument& option : window.options)
        text += optionEntry(option);
    text += ".SH COMMANDS\n";
    for (const ListedCommand& command : commands)
        if (!command.isGroup && !command.name.empty())
            text += commandSection(command);
    return text + closing;
}

} // namespace inceptoscope
