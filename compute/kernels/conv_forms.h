#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// What kind of device runs the kernels: it decides which forms are fast.
enum class DeviceFamily : uint32_t
{
    Simd, ///< llvmpipe: an invocation is a lane of a processor's vector
    Gpu
};

/// Forms that were measured to be the fastest on a device, by layerKey().
using TunedForms = std::map<std::string, ConvForm>;

/// How the form of each convolution is chosen: the wanted one where it fits; else the measured
/// one; else by the table that conv_forms.cpp holds for the family.
struct ConvChoice
{
    DeviceFamily family = DeviceFamily::Simd;
    std::optional<ConvForm> wanted = std::nullopt;
    const TunedForms* tuned = nullptr;
    bool winograd = true;  ///< false where its larger weights have no room
    bool subgroups = true; ///< false where a device can't add across a subgroup
    bool loops = false;    ///< Simd: sums are faster as a loop (session/loop_trial.h)

    ConvChoice() = default;
    ConvChoice(std::optional<ConvForm> form) // NOLINT: a form is a choice
        : wanted(form)
    {
    }
    ConvChoice(ConvForm form) // NOLINT
        : wanted(form)
    {
    }
};

/// Of a convolution on an input that it fits.
[[nodiscard]] Shape resultShape(const Conv2d& op, const Shape& in);

[[nodiscard]] const char* formName(ConvForm form);
[[nodiscard]] std::optional<ConvForm> formNamed(const std::string& name);

/// Winograd's, whichever code makes its products.
[[nodiscard]] bool isWinograd(ConvForm form);
/// Direct or Loop.
[[nodiscard]] bool addsToWhatIsThere(ConvForm form);
/// The form for any convolution on any device: Direct, or Loop where loops are chosen or wanted.
[[nodiscard]] ConvForm plainForm(const ConvChoice& choice);
/// Of forms whose sums shaders/conv2d.comp makes.
[[nodiscard]] SumCode sumCode(ConvForm form);

[[nodiscard]] bool formFits(ConvForm form, const Conv2d& op, const Shape& in, Precision precision);

/// The forms worth measuring for a convolution on a device, the table's first. What `device` wants
/// or has measured doesn't matter.
[[nodiscard]] std::vector<ConvForm>
candidates(const Conv2d& op, const Shape& in, Precision precision, const ConvChoice& device);

[[nodiscard]] ConvForm
convForm(const Conv2d& op, const Shape& in, Precision precision, const ConvChoice& choice);

/// Names a convolution by all that its time depends on: "192x28x28 to 64, 3x3 ..., fp32".
[[nodiscard]] std::string layerKey(const Conv2d& op, const Shape& in, Precision precision);

} // namespace inceptoscope
