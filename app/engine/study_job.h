#pragma once

#include <functional>
#include <memory>

namespace inceptoscope {

struct MeasuringSite;

/// Whatever somebody measured; who asked knows its type.
using StudyResult = std::shared_ptr<const void>;
/// Measures on the engine's device. May throw Error; done anew after Error(Cancelled).
using StudyJob = std::function<StudyResult(const MeasuringSite& site)>;

} // namespace inceptoscope
