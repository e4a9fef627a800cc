#include "kernels/gradients.h"
#include "kernels/over_channels.h"

namespace inceptoscope {

Dispatch crossEntropy(const Placed& logits, const Placed& target, const Placed& out)
{
    struct Push
    {
        uint32_t channels;
        VectorPlace logits, target;
        uint32_t outBase;
    };
    const Push push{
        .channels = logits.layout.shape.c,
        .logits = VectorPlace(logits.layout),
        .target = VectorPlace(target.layout),
        .outBase = Geometry(out.layout).base};
    return {
        .shader = &shaders::cross_entropy,
        .constants = {groupWidth},
        .bindings = {logits.texels(), target.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {1, 1, 1}};
}

Dispatch crossEntropyGradient(
    const Placed& logits, const Placed& target, const Placed& dloss, const Placed& out)
{
    struct Push
    {
        uint32_t channels;
        VectorPlace logits, target;
        uint32_t upstreamBase;
        VectorPlace to;
    };
    const Push push{
        .channels = logits.layout.shape.c,
        .logits = VectorPlace(logits.layout),
        .target = VectorPlace(target.layout),
        .upstreamBase = Geometry(dloss.layout).base,
        .to = VectorPlace(out.layout)};
    return {
        .shader = &shaders::cross_entropy_gradient,
        .constants = {groupWidth},
        .bindings = {logits.texels(), target.texels(), dloss.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(out.layout.blocks()), 1, 1}};
}

} // namespace inceptoscope
