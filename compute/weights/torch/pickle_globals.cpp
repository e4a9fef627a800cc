#include "weights/torch/pickle_globals.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr std::string_view attackModules[] = {
    "os",    "posix",  "nt",     "subprocess", "sys",       "commands", "pty",
    "runpy", "socket", "shutil", "ctypes",     "importlib", "code",     "pdb",
    "bdb",   "timeit", "pickle", "_pickle",    "marshal",   "asyncio",  "webbrowser"};
/// Of Python's own functions.
constexpr std::string_view attackBuiltins[] = {
    "eval", "exec", "execfile", "compile", "open", "__import__", "input", "apply", "breakpoint"};

} // namespace

std::string_view knownGlobal(std::string_view module, std::string_view name)
{
    const auto is = [&](std::string_view known) {
        return known.size() == module.size() + 1 + name.size() && known.starts_with(module) &&
               known[module.size()] == '.' && known.ends_with(name) &&
               name.find('.') == std::string_view::npos;
    };
    for (const std::string_view known : callableGlobals)
        if (is(known))
            return known;
    for (const TorchStorageType& type : torchStorageTypes)
        if (is(type.name))
            return type.name;
    return {};
}

bool isAttack(std::string_view module, std::string_view name)
{
    if (module == "builtins" || module == "__builtin__")
        return std::ranges::find(attackBuiltins, name) != std::end(attackBuiltins);
    return std::ranges::find(attackModules, module) != std::end(attackModules);
}

} // namespace inceptoscope
