#include "weights/torch/torch_tensors.h"

#include "error.h"
#include "shown_text.h"

#include <algorithm>
#include <set>

namespace inceptoscope {

namespace {

using enum PickleKind;

constexpr size_t maxDimensions = 8;

class TensorReader
{
public:
    TensorReader(const Pickle& pickle, const std::string& path)
        : m_pickle(pickle)
        , m_path(path)
    {
    }

    std::vector<TorchTensor> read(const TorchPart& part);
    [[nodiscard]] TorchStorage storage(PickleId persistent) const;

private:
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorKind::BadInput, "weights: " + m_path + ": " + why);
    }
    [[noreturn]] void refuse(std::string_view key, const std::string& why) const
    {
        refuse("tensor \"" + shown(key) + "\" " + why);
    }

    [[nodiscard]] const std::vector<PickleId>& arguments(PickleId call) const
    {
        return m_pickle[m_pickle[call].items()[1]].items();
    }
    [[nodiscard]] std::string_view function(PickleId call) const
    {
        return m_pickle[m_pickle[call].items()[0]].text();
    }
    [[nodiscard]] const std::vector<PickleId>&
    rebuildArguments(std::string_view key, PickleId call) const;
    [[nodiscard]] TorchTensor tensor(std::string_view key, PickleId call) const;
    [[nodiscard]] std::vector<uint64_t>
    numbers(std::string_view key, PickleId tuple, const char* what) const;
    void checkExtent(const TorchTensor& tensor) const;
    [[nodiscard]] uint64_t natural(PickleId id, const char* what) const;

    const Pickle& m_pickle;
    const std::string& m_path;
};

uint64_t TensorReader::natural(PickleId id, const char* what) const
{
    const PickleValue& value = m_pickle[id];
    if (value.kind != Integer || value.integer() < 0)
        refuse(std::string(what) + " is no whole number from 0 on that fits 63 bits");
    return uint64_t(value.integer());
}

TorchStorage TensorReader::storage(PickleId persistent) const
{
    const PickleValue& tuple = m_pickle[m_pickle[persistent].items()[0]];
    if (tuple.kind != Tuple || tuple.items().size() < 5 || tuple.items().size() > 6)
        refuse("one of its storages isn't described by 5 or 6 values");
    const std::vector<PickleId>& items = tuple.items();
    const auto is = [&](size_t i, PickleKind kind) { return m_pickle[items[i]].kind == kind; };
    if (!is(0, Text) || m_pickle[items[0]].text() != "storage" || !is(1, Global) || !is(2, Text))
        refuse("one of its storages isn't described as PyTorch does");
    const std::string_view typeName = m_pickle[items[1]].text();
    const auto* type =
        std::ranges::find(torchStorageTypes, typeName, [](const auto& t) { return t.name; });
    if (type == std::end(torchStorageTypes))
        refuse("one of its storages has the type " + std::string(typeName));
    TorchStorage storage{.key = std::string(m_pickle[items[2]].text()), .type = *type};
    storage.values = storage.usable = natural(items[4], "a storage's number of values");
    if (items.size() == 6 && !is(5, None)) {
        const PickleValue& view = m_pickle[items[5]];
        if (view.kind != Tuple || view.items().size() != 3)
            refuse("a view into one of its storages isn't described by 3 values");
        storage.first = natural(view.items()[1], "the beginning of a view into a storage");
        storage.usable = natural(view.items()[2], "the size of a view into a storage");
        if (storage.first > storage.values || storage.usable > storage.values - storage.first)
            refuse("a view goes beyond its storage \"" + shown(storage.key) + "\"");
    }
    return storage;
}

std::vector<uint64_t>
TensorReader::numbers(std::string_view key, PickleId tuple, const char* what) const
{
    const PickleValue& value = m_pickle[tuple];
    if (value.kind != Tuple && value.kind != List)
        refuse(key, std::string("has a ") + what + " that is no list of numbers");
    if (value.items().size() > maxDimensions)
        refuse(
            key, "has " + std::to_string(value.items().size()) + " numbers in its " + what +
                     ", at most " + std::to_string(maxDimensions) + " are allowed");
    std::vector<uint64_t> result;
    for (const PickleId id : value.items()) {
        const PickleValue& number = m_pickle[id];
        if (number.kind != Integer || number.integer() < 0)
            refuse(
                key, "has " +
                         (number.kind == Integer ? std::to_string(number.integer())
                                                 : std::string("something else")) +
                         " in its " + what + ", a whole number from 0 on was expected");
        result.push_back(uint64_t(number.integer()));
    }
    return result;
}

/// Those of the function that makes the tensor itself, inside a parameter or a tensor of another
/// class.
const std::vector<PickleId>&
TensorReader::rebuildArguments(std::string_view key, PickleId call) const
{
    for (int i = 0; i < 3; ++i) {
        const std::vector<PickleId>& items = arguments(call);
        if (function(call) == rebuildTensor || function(call) == rebuildTensorV2)
            return items;
        if (function(call) == rebuildFromType) {
            const bool known = items.size() >= 3 && m_pickle[items[0]].kind == Global &&
                               m_pickle[items[0]].text() == rebuildTensorV2 &&
                               m_pickle[items[2]].kind == Tuple;
            if (!known)
                refuse(key, "is of a class that isn't known");
            return m_pickle[items[2]].items();
        }
        if (function(call) != rebuildParameter && function(call) != rebuildParameterWithState)
            break;
        if (items.empty() || m_pickle[items[0]].kind != Call)
            refuse(key, "is a parameter without a tensor");
        call = items[0];
    }
    refuse(key, "isn't described as PyTorch does");
}

TorchTensor TensorReader::tensor(std::string_view key, PickleId call) const
{
    const std::vector<PickleId>& items = rebuildArguments(key, call);
    if (items.size() < 4 || m_pickle[items[0]].kind != Persistent)
        refuse(key, "isn't described as PyTorch does");
    TorchTensor tensor{.key = std::string(key), .storage = storage(items[0])};
    if (m_pickle[items[1]].kind != Integer || m_pickle[items[1]].integer() < 0)
        refuse(key, "begins at an offset that is no whole number from 0 on");
    tensor.offset = uint64_t(m_pickle[items[1]].integer());
    tensor.shape = numbers(key, items[2], "shape");
    tensor.strides = numbers(key, items[3], "strides");
    checkExtent(tensor);
    tensor.offset += tensor.storage.first;
    return tensor;
}

void TensorReader::checkExtent(const TorchTensor& tensor) const
{
    const std::string shape = toString(tensor.shape);
    if (tensor.strides.size() != tensor.shape.size())
        refuse(
            tensor.key,
            "is " + shape + ", but has " + std::to_string(tensor.strides.size()) + " strides");
    uint64_t elements = 1;
    bool overflow = false;
    for (const uint64_t d : tensor.shape)
        overflow |= __builtin_mul_overflow(elements, d, &elements);
    const bool isEmpty = std::ranges::find(tensor.shape, 0U) != tensor.shape.end();
    uint64_t end = tensor.offset;
    for (size_t d = 0; d < tensor.shape.size() && !isEmpty; ++d) {
        uint64_t step = 0;
        overflow |= __builtin_mul_overflow(tensor.shape[d] - 1, tensor.strides[d], &step);
        overflow |= __builtin_add_overflow(end, step, &end);
    }
    if (overflow)
        refuse(tensor.key, "has the impossible shape " + shape + " with its strides");
    if (!isEmpty && __builtin_add_overflow(end, uint64_t(1), &end))
        refuse(tensor.key, "has the impossible shape " + shape + " with its strides");
    const uint64_t usable = tensor.storage.usable;
    if (end > usable)
        refuse(
            tensor.key, "ends at value " + std::to_string(end) + " of its storage, which has " +
                            std::to_string(usable));
    // One value repeated without end would take more memory than the file.
    if (elements > usable)
        refuse(
            tensor.key, "is " + shape + ", more values than the " + std::to_string(usable) +
                            " that its storage has; save it after .contiguous()");
}

std::vector<TorchTensor> TensorReader::read(const TorchPart& part)
{
    std::vector<TorchTensor> tensors;
    std::set<std::string_view> keys;
    for (const auto& [key, call] : part.tensors) {
        if (!keys.insert(key).second)
            refuse("it names the tensor \"" + shown(key) + "\" twice");
        tensors.push_back(tensor(key, call));
    }
    return tensors;
}

} // namespace

std::vector<TorchTensor>
torchTensors(const Pickle& pickle, const TorchPart& part, const std::string& path)
{
    return TensorReader(pickle, path).read(part);
}

TorchStorage torchStorage(const Pickle& pickle, PickleId persistent, const std::string& path)
{
    return TensorReader(pickle, path).storage(persistent);
}

} // namespace inceptoscope
