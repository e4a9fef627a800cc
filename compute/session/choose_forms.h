#pragma once

#include "session/packed_weights.h"
#include "session/session.h"

namespace inceptoscope {

[[nodiscard]] DeviceFamily familyOf(const Device& device);

/// What a choice of forms depends on of a device.
[[nodiscard]] ConvChoice choiceOn(const Device& device);

/// Whether making a session measures forms first: where the options say so, and else on a GPU
/// that isn't a processor in truth.
[[nodiscard]] bool autotunes(const Device& device, const SessionOptions& options);

/// Whether convolutions make the residual sums behind them: in the direct form and float32 (with
/// halves the first chunk would read another kind of texels, for which llvmpipe compiles every
/// kernel once more), where no op's own time is asked for.
[[nodiscard]] bool fusesSums(const Device& device, const SessionOptions& options);

/// A half of all that there is to do, from 0 or 0.5 on. `progress` must outlive it.
[[nodiscard]] Session::Progress half(const Session::Progress& progress, double from);

/// The form of each convolution by the options, what was measured on the device (now, where
/// autotunes(), which takes the first half of the progress), and the table; and where its weights
/// lie. Throws as tune() does.
[[nodiscard]] WeightLayout chooseForms(
    Device& device, const Graph& graph, const Plan& plan, const SessionOptions& options,
    const Session::Progress& progress);

} // namespace inceptoscope
