#include "kernels/conv_forms.h"

#include "kernels/conv2d.h"
#include "kernels/winograd.h"

#include <algorithm>
#include <array>

namespace inceptoscope {

namespace {

constexpr std::array<std::pair<ConvForm, const char*>, 7> names{{
    {ConvForm::Direct, "direct"},
    {ConvForm::Winograd, "winograd"},
    {ConvForm::Tiled, "tiled"},
    {ConvForm::TiledSmall, "tiled small"},
    {ConvForm::Vector, "vector"},
    {ConvForm::Loop, "loop"},
    {ConvForm::WinogradLoop, "winograd loop"},
}};

/// By measurement on llvmpipe; README.md has the figures.
ConvForm onSimd(const Conv2d& op, const Shape& in, Precision precision, const ConvChoice& choice)
{
    if (choice.winograd && winogradFits(op, precision) && winogradWins(op, in))
        return choice.loops ? ConvForm::WinogradLoop : ConvForm::Winograd;
    return plainForm(choice);
}

/// Not measured yet: the larger tile where it makes enough workgroups to fill a GPU, and memory
/// read in order for the classifier.
ConvForm onGpu(const Conv2d& op, const Shape& in, bool mayVector)
{
    if (mayVector && formFits(ConvForm::Vector, op, in, Precision::Fp32))
        return ConvForm::Vector;
    constexpr uint64_t enough = 128;
    const Shape out = resultShape(op, in);
    const uint64_t tiles = (out.pixels() + 63) / 64 * ((op.outChannels + 63) / 64);
    return tiles >= enough ? ConvForm::Tiled : ConvForm::TiledSmall;
}

bool possible(
    ConvForm form, const Conv2d& op, const Shape& in, Precision precision, const ConvChoice& choice)
{
    return formFits(form, op, in, precision) && (form != ConvForm::Vector || choice.subgroups);
}

} // namespace

Shape resultShape(const Conv2d& op, const Shape& in)
{
    return inferShape(op, {in}, "the convolution");
}

const char* formName(ConvForm form)
{
    return std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == form; })
        ->second;
}

std::optional<ConvForm> formNamed(const std::string& name)
{
    for (const auto& [form, known] : names)
        if (name == known)
            return form;
    return std::nullopt;
}

bool isWinograd(ConvForm form)
{
    return form == ConvForm::Winograd || form == ConvForm::WinogradLoop;
}

bool addsToWhatIsThere(ConvForm form)
{
    return form == ConvForm::Direct || form == ConvForm::Loop;
}

ConvForm plainForm(const ConvChoice& choice)
{
    const bool loops = choice.wanted ? sumCode(*choice.wanted) == SumCode::Loop : choice.loops;
    return loops ? ConvForm::Loop : ConvForm::Direct;
}

SumCode sumCode(ConvForm form)
{
    const bool loop = form == ConvForm::Loop || form == ConvForm::WinogradLoop;
    return loop ? SumCode::Loop : SumCode::Straight;
}

bool formFits(ConvForm form, const Conv2d& op, const Shape& in, Precision precision)
{
    switch (form) {
    case ConvForm::Direct:
    case ConvForm::Tiled:
    case ConvForm::TiledSmall:
    case ConvForm::Loop:
        return true;
    case ConvForm::Winograd:
    case ConvForm::WinogradLoop:
        return winogradFits(op, precision);
    case ConvForm::Vector:
        return resultShape(op, in).pixels() == 1;
    }
    return false;
}

std::vector<ConvForm>
candidates(const Conv2d& op, const Shape& in, Precision precision, const ConvChoice& device)
{
    ConvChoice table = device;
    table.wanted.reset();
    table.tuned = nullptr;
    std::vector<ConvForm> all{convForm(op, in, precision, table)};
    const auto worthwhile = [&](ConvForm form) {
        // A form for shared memory takes some twenty times as long where each lane is emulated.
        const bool tiled = form == ConvForm::Tiled || form == ConvForm::TiledSmall;
        // A driver's loops are good or bad for every layer.
        const bool sums = addsToWhatIsThere(form) || isWinograd(form);
        return possible(form, op, in, precision, table) &&
               (table.family == DeviceFamily::Gpu || !tiled) &&
               (!sums || sumCode(form) == sumCode(plainForm(table)));
    };
    for (const auto& [form, name] : names)
        if (form != all.front() && worthwhile(form))
            all.push_back(form);
    return all;
}

ConvForm convForm(const Conv2d& op, const Shape& in, Precision precision, const ConvChoice& choice)
{
    if (choice.wanted)
        return possible(*choice.wanted, op, in, precision, choice) ? *choice.wanted
                                                                   : plainForm(choice);
    if (choice.tuned != nullptr) {
        const auto found = choice.tuned->find(layerKey(op, in, precision));
        if (found != choice.tuned->end() && possible(found->second, op, in, precision, choice) &&
            (choice.winograd || !isWinograd(found->second)))
            return found->second;
    }
    return choice.family == DeviceFamily::Gpu ? onGpu(op, in, choice.subgroups)
                                              : onSimd(op, in, precision, choice);
}

std::string layerKey(const Conv2d& op, const Shape& in, Precision precision)
{
    const auto by = [](uint32_t a, uint32_t b) {
        return std::to_string(a) + "x" + std::to_string(b);
    };
    const Padding& p = op.padding;
    return std::to_string(in.c) + "x" + by(in.h, in.w) + " to " + std::to_string(op.outChannels) +
           ", kernel " + by(op.kernel.h, op.kernel.w) + ", stride " + by(op.stride.h, op.stride.w) +
           ", padding " + by(p.top, p.bottom) + "x" + by(p.left, p.right) + ", groups " +
           std::to_string(op.groups) + (precision == Precision::Fp16 ? ", fp16" : ", fp32");
}

} // namespace inceptoscope
