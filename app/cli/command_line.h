#pragma once

namespace inceptoscope {

/// Parses and does what the command line says. Exit codes: 0 done, 1 failed, 2 wrong usage.
int runCommandLine(int argc, char** argv);

} // namespace inceptoscope
