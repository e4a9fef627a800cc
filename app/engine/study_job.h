#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace inceptoscope {

struct MeasuringSite;

/// Whatever somebody measured; who asked knows its type.
using StudyResult = std::shared_ptr<const void>;
/// Measures on the engine's device. May throw Error; done anew after Error(Cancelled).
using StudyJob = std::function<StudyResult(const MeasuringSite& site)>;

/// Tells a study from all others of the process, whoever asks for it; never 0.
inline uint64_t nextStudyNumber()
{
    static std::atomic<uint64_t> last{0};
    return ++last;
}

} // namespace inceptoscope
