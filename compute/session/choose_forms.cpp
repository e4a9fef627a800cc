#include "session/choose_forms.h"

#include "session/loop_trial.h"
#include "session/tuner.h"

namespace inceptoscope {

namespace {

/// What was measured before, and now where the options want it.
TunedForms tunedForms(
    Device& device, const Graph& graph, const SessionOptions& options,
    const Session::Progress& progress)
{
    if (options.convForm)
        return {};
    TunedForms forms = readTunedForms(device);
    if (!autotunes(device, options))
        return forms;
    const std::vector<TunedLayer> layers =
        tune(device, graph, options.precision, forms, half(progress, 0));
    for (const TunedLayer& layer : layers)
        forms[layer.key] = layer.best;
    if (!layers.empty())
        writeTunedForms(device, forms);
    return forms;
}

} // namespace

DeviceFamily familyOf(const Device& device)
{
    return device.info().texelReads ? DeviceFamily::Simd : DeviceFamily::Gpu;
}

ConvChoice choiceOn(const Device& device)
{
    ConvChoice choice;
    choice.family = familyOf(device);
    choice.subgroups = device.info().subgroupArithmetic;
    return choice;
}

bool autotunes(const Device& device, const SessionOptions& options)
{
    return !options.convForm && device.info().timestampNanoseconds > 0 &&
           options.autotune.value_or(
               familyOf(device) == DeviceFamily::Gpu && device.info().type != "cpu");
}

bool fusesSums(const Device& device, const SessionOptions& options)
{
    const ConvForm form = options.convForm.value_or(ConvForm::Direct);
    return familyOf(device) == DeviceFamily::Simd && !options.timeOps &&
           options.precision == Precision::Fp32 && (addsToWhatIsThere(form) || isWinograd(form));
}

Session::Progress half(const Session::Progress& progress, double from)
{
    if (!progress)
        return {};
    return [&progress, from](double fraction) { return progress(from + 0.5 * fraction); };
}

WeightLayout chooseForms(
    Device& device, const Graph& graph, const Plan& plan, const SessionOptions& options,
    const Session::Progress& progress)
{
    const TunedForms tuned = tunedForms(device, graph, options, progress);
    ConvChoice choice = choiceOn(device);
    choice.wanted = options.convForm;
    choice.loops = !options.convForm && loopsPay(device);
    choice.tuned = &tuned;
    return layOutWeights(graph, plan, device.info().bindingAlignment, choice);
}

} // namespace inceptoscope
