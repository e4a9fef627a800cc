#pragma once

#include "cli/command.h"
#include "session/session.h"

#include <QImage>

#include <functional>
#include <string>
#include <vector>

namespace inceptoscope {

/// What a command runs a network on: a picture, or a tensor that is fed as it is.
struct RunInput
{
    std::string image;
    std::string tensor; ///< a safetensors file

    [[nodiscard]] bool isPicture() const { return tensor.empty(); }
};

void addRunInput(CLI::App& command, RunInput& input);
/// Throws Error(Usage) unless it is one of them; `command` is for the message.
void requireOne(const RunInput& input, const std::string& command);
/// Null for a tensor. Needs an application; throws as readPicture() does.
[[nodiscard]] QImage pictureOf(const RunInput& input);
/// Empty for a picture. Throws as readTensor() does.
[[nodiscard]] std::vector<float> tensorOf(const RunInput& input, const Shape& shape);
/// One of them is empty.
void feed(
    Session& session, const QImage& picture, const std::vector<float>& tensor,
    const Preprocessing& preprocessing);

/// What a command does that runs a network on its input and writes the file `out`: nothing is
/// loaded for a file that can't be written or a picture that can't be read.
int runOnInput(
    const RunInput& input, const std::string& out, const std::string& device,
    const std::function<int(Device& device, const QImage& picture)>& body);

} // namespace inceptoscope
