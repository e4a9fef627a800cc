#include "weights/onnx/onnx_constants.h"

#include "shown_text.h"

#include <algorithm>
#include <numeric>

namespace inceptoscope {

namespace {

std::vector<uint64_t> denseStrides(const std::vector<uint64_t>& shape)
{
    std::vector<uint64_t> strides(shape.size(), 1);
    for (size_t i = shape.size(); i-- > 1;)
        strides[i - 1] = strides[i] * shape[i];
    return strides;
}

const OnnxAttribute* findAttribute(
    const OnnxModel& model, const OnnxNode& node, const char* name, OnnxAttribute::Kind kind)
{
    for (const OnnxAttribute& attribute : node.attributes) {
        if (attribute.name != name)
            continue;
        if (attribute.kind != kind)
            model.refuse(
                "node \"" + shown(node.name) + "\" has an attribute " + name +
                " of another type than ONNX gives it");
        return &attribute;
    }
    return nullptr;
}

/// An axis counted from the front; nothing where there is none such.
std::optional<size_t> axisOf(int64_t axis, size_t rank)
{
    const int64_t front = axis < 0 ? axis + int64_t(rank) : axis;
    if (front < 0 || front > int64_t(rank))
        return std::nullopt;
    return size_t(front);
}

using Operands = std::vector<std::optional<OnnxConstant>>;

std::optional<std::vector<int64_t>> integersOperand(
    const OnnxModel& model, const OnnxNode& node, const Operands& operands, const char* attribute)
{
    // What newer versions take from an operand, older ones have in an attribute.
    if (operands.size() > 1 && operands[1])
        return model.wholeNumbers(operands[1]->tensor);
    return integersAttribute(model, node, attribute);
}

std::optional<OnnxConstant>
reshape(const OnnxModel& model, const OnnxNode& node, const Operands& operands)
{
    const OnnxConstant& from = *operands[0];
    const auto wanted = integersOperand(model, node, operands, "shape");
    if (!wanted)
        return std::nullopt;
    std::vector<uint64_t> shape;
    uint64_t known = 1;
    std::optional<size_t> open;
    for (size_t i = 0; i < wanted->size(); ++i) {
        const int64_t d = (*wanted)[i];
        if (d < -1 || (d == -1 && open) || (d == 0 && i >= from.shape.size()))
            return std::nullopt;
        if (d == -1)
            open = i;
        shape.push_back(d == 0 ? from.shape[i] : d == -1 ? 1 : uint64_t(d));
        if (__builtin_mul_overflow(known, shape.back(), &known))
            return std::nullopt;
    }
    if (open && known > 0)
        shape[*open] = from.elements() / known;
    return from.reshaped(shape);
}

std::optional<OnnxConstant>
unsqueeze(const OnnxModel& model, const OnnxNode& node, const Operands& operands)
{
    const auto axes = integersOperand(model, node, operands, "axes");
    if (!axes || axes->size() > 16)
        return std::nullopt;
    OnnxConstant result = *operands[0];
    const size_t rank = result.shape.size() + axes->size();
    std::vector<size_t> places;
    for (const int64_t axis : *axes)
        if (const auto place = axisOf(axis, rank))
            places.push_back(*place);
    std::sort(places.begin(), places.end());
    for (const size_t place : places) {
        if (place > result.shape.size())
            return std::nullopt;
        result.shape.insert(result.shape.begin() + ptrdiff_t(place), 1);
        result.strides.insert(result.strides.begin() + ptrdiff_t(place), 1);
    }
    return result;
}

std::optional<OnnxConstant>
squeeze(const OnnxModel& model, const OnnxNode& node, const Operands& operands)
{
    const OnnxConstant& from = *operands[0];
    const auto axes = integersOperand(model, node, operands, "axes");
    OnnxConstant result{.tensor = from.tensor, .shape = {}, .strides = {}};
    for (size_t i = 0; i < from.shape.size(); ++i) {
        bool gone = from.shape[i] == 1;
        if (axes)
            gone = gone && std::any_of(axes->begin(), axes->end(), [&](int64_t axis) {
                       return axisOf(axis, from.shape.size()) == i;
                   });
        if (gone)
            continue;
        result.shape.push_back(from.shape[i]);
        result.strides.push_back(from.strides[i]);
    }
    return result;
}

std::optional<OnnxConstant>
flatten(const OnnxModel& model, const OnnxNode& node, const OnnxConstant& from)
{
    const auto axis = axisOf(integerAttribute(model, node, "axis").value_or(1), from.shape.size());
    if (!axis)
        return std::nullopt;
    std::vector<uint64_t> shape{1, 1};
    for (size_t i = 0; i < from.shape.size(); ++i)
        shape[i < *axis ? 0 : 1] *= from.shape[i];
    return from.reshaped(shape);
}

std::optional<OnnxConstant>
transpose(const OnnxModel& model, const OnnxNode& node, const OnnxConstant& from)
{
    std::vector<size_t> order(from.shape.size());
    std::iota(order.rbegin(), order.rend(), size_t(0));
    if (const auto perm = integersAttribute(model, node, "perm")) {
        std::vector<bool> seen(order.size());
        if (perm->size() != order.size())
            return std::nullopt;
        for (size_t i = 0; i < order.size(); ++i) {
            const auto axis = axisOf((*perm)[i], order.size());
            if (!axis || *axis == order.size() || seen[*axis])
                return std::nullopt;
            seen[*axis] = true;
            order[i] = *axis;
        }
    }
    return from.transposed(order);
}

} // namespace

uint64_t OnnxConstant::elements() const
{
    return std::accumulate(shape.begin(), shape.end(), uint64_t(1), std::multiplies<>());
}

std::vector<uint64_t> OnnxConstant::squeezed() const
{
    std::vector<uint64_t> result = shape;
    std::erase(result, uint64_t(1));
    return result;
}

OnnxConstant OnnxConstant::transposed(const std::vector<size_t>& order) const
{
    OnnxConstant result{.tensor = tensor, .shape = {}, .strides = {}};
    for (const size_t axis : order) {
        result.shape.push_back(shape[axis]);
        result.strides.push_back(strides[axis]);
    }
    return result;
}

std::optional<OnnxConstant> OnnxConstant::reshaped(const std::vector<uint64_t>& to) const
{
    OnnxConstant result{.tensor = tensor, .shape = to, .strides = denseStrides(to)};
    const std::vector<uint64_t> dense = denseStrides(shape);
    bool inOrder = true;
    for (size_t i = 0; i < shape.size(); ++i)
        inOrder = inOrder && (shape[i] == 1 || strides[i] == dense[i]);
    if (!inOrder || result.elements() != elements())
        return std::nullopt;
    return result;
}

OnnxConstant wholeTensor(const OnnxModel& model, size_t tensor)
{
    const std::vector<uint64_t>& shape = model.tensors[tensor].shape;
    return {.tensor = tensor, .shape = shape, .strides = denseStrides(shape)};
}

std::vector<float> readConstant(const OnnxModel& model, const OnnxConstant& constant)
{
    std::vector<float> stored(model.tensors[constant.tensor].elements());
    model.read(constant.tensor, stored);
    if (constant.reshaped({constant.elements()}))
        return stored;
    std::vector<float> values;
    values.reserve(stored.size());
    std::vector<uint64_t> at(constant.shape.size());
    for (size_t n = 0; n < stored.size(); ++n) {
        uint64_t index = 0;
        for (size_t i = 0; i < at.size(); ++i)
            index += at[i] * constant.strides[i];
        values.push_back(stored[index]);
        for (size_t i = at.size(); i-- > 0 && ++at[i] == constant.shape[i];)
            at[i] = 0;
    }
    return values;
}

std::optional<OnnxConstant>
resultOfConstants(const OnnxModel& model, const OnnxNode& node, const Operands& operands)
{
    if (operands.empty() || !operands[0])
        return std::nullopt;
    if (node.op == "Identity" || node.op == "Cast" || node.op == "Dropout")
        return operands[0];
    if (node.op == "Reshape")
        return reshape(model, node, operands);
    if (node.op == "Unsqueeze")
        return unsqueeze(model, node, operands);
    if (node.op == "Squeeze")
        return squeeze(model, node, operands);
    if (node.op == "Flatten")
        return flatten(model, node, *operands[0]);
    if (node.op == "Transpose")
        return transpose(model, node, *operands[0]);
    return std::nullopt;
}

std::optional<int64_t>
integerAttribute(const OnnxModel& model, const OnnxNode& node, const char* name)
{
    const auto* found = findAttribute(model, node, name, OnnxAttribute::Kind::Integer);
    return found == nullptr ? std::nullopt : std::optional(found->integer);
}

std::optional<float> numberAttribute(const OnnxModel& model, const OnnxNode& node, const char* name)
{
    const auto* found = findAttribute(model, node, name, OnnxAttribute::Kind::Number);
    return found == nullptr ? std::nullopt : std::optional(found->number);
}

std::optional<std::vector<int64_t>>
integersAttribute(const OnnxModel& model, const OnnxNode& node, const char* name)
{
    const auto* found = findAttribute(model, node, name, OnnxAttribute::Kind::Integers);
    return found == nullptr ? std::nullopt : std::optional(found->integers);
}

std::string textAttribute(const OnnxNode& node, const char* name)
{
    for (const OnnxAttribute& attribute : node.attributes)
        if (attribute.name == name && attribute.kind == OnnxAttribute::Kind::Text)
            return attribute.text;
    return {};
}

} // namespace inceptoscope
