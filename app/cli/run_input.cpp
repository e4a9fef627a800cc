#include "cli/run_input.h"

#include "cli/input_tensor.h"
#include "cli/output.h"
#include "cli/qt_application.h"
#include "cli/run_options.h"
#include "engine/picture.h"
#include "error.h"

namespace inceptoscope {

void addRunInput(CLI::App& command, RunInput& input)
{
    command.add_option("IMAGE", input.image, "Picture");
    command.add_option(
        "--input-tensor", input.tensor,
        "safetensors file with a float32 tensor \"input\" [1,3,H,W], fed as it is");
}

void requireOne(const RunInput& input, const std::string& command)
{
    if (input.image.empty() == input.tensor.empty())
        throw Error(
            ErrorKind::Usage, command + ": either IMAGE or --input-tensor FILE was expected");
}

QImage pictureOf(const RunInput& input)
{
    return input.isPicture() ? opaqueRgba(readPicture(input.image)) : QImage();
}

std::vector<float> tensorOf(const RunInput& input, const Shape& shape)
{
    return input.isPicture() ? std::vector<float>()
                             : readTensor("--input-tensor", input.tensor, "input", shape);
}

void feed(
    Session& session, const QImage& picture, const std::vector<float>& tensor,
    const Preprocessing& preprocessing)
{
    if (picture.isNull())
        session.setInput(tensor);
    else
        session.setImage(viewOf(picture), preprocessing);
}

int runOnInput(
    const RunInput& input, const std::string& out, const std::string& device,
    const std::function<int(Device& device, const QImage& picture)>& body)
{
    requireWritable(out);
    const auto application = makeOffscreenApplication();
    const QImage picture = pictureOf(input);
    return withDevice(device, [&](Device& opened) { return body(opened, picture); });
}

} // namespace inceptoscope
