#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace inceptoscope {

/// What a parsed command line asks for; returns the exit code.
using Action = std::function<int()>;

/// Each adds one command to `app`; when it is the one that was typed, `action` becomes it.
void addLessons(CLI::App& app, Action& action);
void addNetworks(CLI::App& app, Action& action);
void addCost(CLI::App& app, Action& action);
void addClassify(CLI::App& app, Action& action);
void addActivations(CLI::App& app, Action& action);
void addGradients(CLI::App& app, Action& action);
void addAttribute(CLI::App& app, Action& action);
void addVisualize(CLI::App& app, Action& action);
void addDream(CLI::App& app, Action& action);
void addRender(CLI::App& app, Action& action);
void addBench(CLI::App& app, Action& action);
void addCompare(CLI::App& app, Action& action);
void addDevices(CLI::App& app, Action& action);
void addTune(CLI::App& app, Action& action);
void addExperiment(CLI::App& app, Action& action);
void addWeights(CLI::App& app, Action& action);
/// Commands of the command "weights".
void addWeightsList(CLI::App& weights, Action& action);
void addWeightsFetch(CLI::App& weights, Action& action);

/// The window, which is what the program does without a command.
struct WindowRequest
{
    std::string image;
    std::string network;
    std::string weights;
    std::string device;
    std::string screenshot;
    std::string module;
    std::string view;
    int tab = -1;
    std::string theme;
    std::string size = "1280x800";
    std::string settings;
    std::string live;
    int channel = -1;
    std::string why;
    bool grow = false;
    bool dream = false; ///< the dream of the module on stage
    std::string lessons;
    std::string lesson;
    int page = 1;
};
void addWindow(CLI::App& app, WindowRequest& request);
int openWindow(const WindowRequest& request);

} // namespace inceptoscope
