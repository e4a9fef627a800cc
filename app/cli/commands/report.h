#pragma once

#include "cli/command.h"

namespace inceptoscope {

void addReport(CLI::App& app, Action& action);

} // namespace inceptoscope
