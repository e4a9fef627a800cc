#pragma once

#include "cli/command.h"
#include "session/session.h"

#include <QImage>

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

} // namespace inceptoscope
