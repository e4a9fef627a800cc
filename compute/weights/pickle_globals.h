#pragma once

#include "weights/tensor_source.h"

namespace inceptoscope {

constexpr std::string_view orderedDict = "collections.OrderedDict";
constexpr std::string_view torchSize = "torch.Size";
constexpr std::string_view rebuildTensor = "torch._utils._rebuild_tensor";
constexpr std::string_view rebuildTensorV2 = "torch._utils._rebuild_tensor_v2";
constexpr std::string_view rebuildParameter = "torch._utils._rebuild_parameter";

/// All that a pickle may call; the storage types are named besides, never called.
constexpr std::string_view callableGlobals[] = {
    orderedDict, torchSize, rebuildTensor, rebuildTensorV2, rebuildParameter};

struct TorchStorageType
{
    std::string_view name;
    uint64_t bytes; ///< of one value
    std::optional<DType> dtype = std::nullopt;
};
constexpr TorchStorageType torchStorageTypes[] = {
    {"torch.FloatStorage", 4, DType::F32},
    {"torch.HalfStorage", 2, DType::F16},
    {"torch.BFloat16Storage", 2, DType::BF16},
    {"torch.DoubleStorage", 8, DType::F64},
    {"torch.LongStorage", 8},
    {"torch.IntStorage", 4},
    {"torch.ShortStorage", 2},
    {"torch.CharStorage", 1},
    {"torch.ByteStorage", 1},
    {"torch.BoolStorage", 1},
    {"torch.ComplexFloatStorage", 8},
    {"torch.ComplexDoubleStorage", 16},
    {"torch.UntypedStorage", 1},
    {"torch.storage.UntypedStorage", 1}};

} // namespace inceptoscope
