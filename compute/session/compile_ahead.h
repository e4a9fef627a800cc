#pragma once

#include "kernels/dispatch.h"
#include "vulkan/device.h"

#include <thread>
#include <vector>

namespace inceptoscope {

/// Compiles shaders in a thread of its own. llvmpipe compiles at the first dispatch, one shader
/// after the other, and straight-line code takes seconds each: a second device of the same driver
/// does some of them at the same time, and what it compiled comes to the first one by the driver's
/// cache on disk. Whatever goes wrong here only costs time.
class CompileAhead
{
public:
    /// Dispatches that nobody needs the results of; their tensors are a few bytes here, and their
    /// weights must stay readable until wait(). Without any, no thread is started.
    CompileAhead(const Device& device, std::vector<Dispatch> dispatches);
    ~CompileAhead() { wait(); }
    CompileAhead(const CompileAhead&) = delete;
    CompileAhead& operator=(const CompileAhead&) = delete;

    void wait();

private:
    std::thread m_thread;
};

/// What takes long to compile, cut in two halves that take as long; what is quick is all `here`. So
/// is everything on a device, or a processor, where a second one is no use.
struct CompileSplit
{
    std::vector<Dispatch> here;
    std::vector<Dispatch> ahead;
};
[[nodiscard]] CompileSplit
splitForCompiling(const Device& device, const std::vector<Dispatch>& dispatches);

} // namespace inceptoscope
