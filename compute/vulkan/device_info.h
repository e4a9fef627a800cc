#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace inceptoscope {

/// Buffers that one shader binds at most, all of storage on many devices. Vulkan itself promises 4;
/// whatever has bufferDeviceAddress binds more.
inline constexpr uint32_t mostBindings = 6;

/// What matters here about a Vulkan device, plain data.
struct DeviceInfo
{
    uint32_t index = 0;                 ///< what --device N takes
    std::string name;                   ///< "llvmpipe (LLVM 15.0.6, 256 bits)"
    std::string type;                   ///< "cpu", "integrated", "discrete", "virtual", "other"
    std::string driver;                 ///< "llvmpipe, Mesa 22.3.6 (LLVM 15.0.6)"
    std::string apiVersion;             ///< "1.3.230"
    uint64_t memoryBytes = 0;           ///< largest device-local heap
    uint64_t maxStorageBufferRange = 0; ///< bytes one binding can see
    uint64_t maxTexelBufferElements = 0;
    uint64_t maxAllocationBytes = 0;
    uint32_t subgroupSize = 0;
    uint32_t workgroupInvocations = 0;
    uint32_t sharedBytes = 0;        ///< of a workgroup
    uint32_t bindingAlignment = 0;   ///< bytes
    double timestampNanoseconds = 0; ///< 0: the device has no timestamps
    bool fp16 = false;               ///< arithmetic in half precision
    bool fp16Storage = false;        ///< 16-bit values in buffers: fp16 can be asked for
    bool subgroupArithmetic = false; ///< sums across a subgroup in compute shaders
    bool cooperativeMatrix = false;
    /// llvmpipe: an invocation is a lane of a processor's vector, so that tensors are read through
    /// texel buffers and addresses are computed with 64 bits (shaders/texels.glsl).
    bool texelReads = false;
    bool wideStores = false; ///< and tensors are written in words of 64 bits (shaders/common.glsl)
    bool usable = false;
    std::string reason; ///< why it isn't usable, one sentence; empty when it is
};

} // namespace inceptoscope
