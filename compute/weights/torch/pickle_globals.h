#pragma once

#include "weights/tensor_source.h"

namespace inceptoscope {

constexpr std::string_view orderedDict = "collections.OrderedDict";
constexpr std::string_view torchSize = "torch.Size";
constexpr std::string_view rebuildTensor = "torch._utils._rebuild_tensor";
constexpr std::string_view rebuildTensorV2 = "torch._utils._rebuild_tensor_v2";
constexpr std::string_view rebuildParameter = "torch._utils._rebuild_parameter";
constexpr std::string_view rebuildParameterWithState = "torch._utils._rebuild_parameter_with_state";
constexpr std::string_view rebuildFromType = "torch._tensor._rebuild_from_type_v2";

/// What a tensor is made by, and containers; storage types are named besides, never called.
constexpr std::string_view callableGlobals[] = {orderedDict,      torchSize,
                                                rebuildTensor,    rebuildTensorV2,
                                                rebuildParameter, rebuildParameterWithState,
                                                rebuildFromType};

/// The known name that a pickle asks for: one of the above or a storage type; empty for others.
[[nodiscard]] std::string_view knownGlobal(std::string_view module, std::string_view name);

/// True for what no checkpoint needs and an attack does, such as os.system.
[[nodiscard]] bool isAttack(std::string_view module, std::string_view name);

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
    {"torch.QInt8Storage", 1},
    {"torch.QUInt8Storage", 1},
    {"torch.QInt32Storage", 4},
    {"torch.UntypedStorage", 1},
    {"torch.storage.UntypedStorage", 1}};

} // namespace inceptoscope
