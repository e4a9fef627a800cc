#pragma once

#include "cli/command.h"
#include "engine/loader.h"

#include <memory>

namespace inceptoscope {

/// Options of every command that runs a network.
struct RunOptions
{
    std::string network = "googlenet";
    std::string weights; ///< empty: the network's own, see defaultWeights()
    std::string device;
};
void addRunOptions(CLI::App& command, RunOptions& options);
void addDeviceOption(CLI::App& command, std::string& device);

/// Opens the device, does `body`, closes it again. With the validation layers on
/// (INCEPTOSCOPE_VALIDATION=1) their messages go to standard error and make it fail.
int withDevice(const std::string& device, const std::function<int(Device&)>& body);

/// What runs without --weights: weights that come with the program, else fetched ones, else
/// "synthetic". Throws Error for a broken manifest.
[[nodiscard]] std::string defaultWeights(const std::string& network);

/// A network with opened weights that fit, by the options. Says so on standard error when the
/// weights are random.
struct OpenedNetwork
{
    Network network;
    std::string spec = {}; ///< what was opened: a file, or synthetic[:SALT]
    std::unique_ptr<TensorSource> weights;
    bool trained = false;
    bool hasAuxiliary = false;
};
[[nodiscard]] OpenedNetwork openNetwork(const RunOptions& options);

[[nodiscard]] std::unique_ptr<Session>
makeSession(Device& device, const OpenedNetwork& opened, const SessionOptions& options);

} // namespace inceptoscope
