#pragma once

#include "cli/command.h"
#include "engine/loader.h"
#include "engine/open_network.h"

#include <memory>

namespace inceptoscope {

/// Options of every command that runs a network.
struct RunOptions
{
    std::string network = "googlenet_bn";
    std::string weights = {}; ///< empty: the network's own, see defaultWeights()
    std::string device = {};
    Precision precision = Precision::Fp32;
    std::string labels = {};                  ///< file of class names; of commands that show them
    std::vector<std::string> preprocess = {}; ///< KEY=VALUE
};
void addRunOptions(CLI::App& command, RunOptions& options);
void addPrecisionOption(CLI::App& command, Precision& precision);
void addLabelsOption(CLI::App& command, RunOptions& options);
void addDeviceOption(CLI::App& command, std::string& device);

/// Gradients begin where halves end: throws Error(Usage) for another precision.
void requireFp32(const RunOptions& options, const std::string& command);

struct MeasuringSite;
class Progress;

/// Where the engine's studies run, telling how far they are.
[[nodiscard]] MeasuringSite siteOn(Device& device, Progress& progress);

/// Opens the device, does `body`, closes it again. With the validation layers on
/// (INCEPTOSCOPE_VALIDATION=1) their messages go to standard error and make it fail.
int withDevice(const std::string& device, const std::function<int(Device&)>& body);

/// What runs without --weights: weights that come with the program, else fetched ones, else
/// "synthetic". Throws Error for a broken manifest.
[[nodiscard]] std::string defaultWeights(const std::string& network);

/// What the options ask for. Throws Error(Usage) for a --preprocess that is no KEY=VALUE.
[[nodiscard]] NetworkRequest networkRequest(const RunOptions& options);

/// A network with opened weights that fit, by the options. Says so on standard error when the
/// weights are random, or have something that can't be used.
[[nodiscard]] OpenedNetwork openNetwork(const RunOptions& options);

/// Messages call the network by its title, whatever `options` says. The weights are on the device
/// then and nowhere else: opened.weights is null.
[[nodiscard]] std::unique_ptr<Session>
makeSession(Device& device, OpenedNetwork& opened, SessionOptions options);

} // namespace inceptoscope
