#include "kernels/gradients.h"
#include "kernels/over_channels.h"

namespace inceptoscope {

/// The loss of a batch is the mean over its pictures.
static float shareOf(const Placed& logits)
{
    return 1.0F / float(logits.layout.shape.n);
}

Dispatch crossEntropy(const Placed& logits, const Placed& target, const Placed& out, bool more)
{
    struct Push
    {
        uint32_t channels;
        VectorPlace logits, target;
        uint32_t outBase;
        float share;
        uint32_t more;
    };
    const Push push{
        .channels = logits.layout.shape.c,
        .logits = VectorPlace(logits.layout),
        .target = VectorPlace(target.layout),
        .outBase = Geometry(out.layout).base,
        .share = shareOf(logits),
        .more = more ? 1U : 0U};
    return {
        .shader = &shaders::cross_entropy,
        .constants = {groupWidth},
        .bindings = {logits.texels(), target.texels(), out.written(), out.texels()},
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
        float share;
    };
    const Push push{
        .channels = logits.layout.shape.c,
        .logits = VectorPlace(logits.layout),
        .target = VectorPlace(target.layout),
        .upstreamBase = Geometry(dloss.layout).base,
        .to = VectorPlace(out.layout),
        .share = shareOf(logits)};
    return {
        .shader = &shaders::cross_entropy_gradient,
        .constants = {groupWidth},
        .bindings = {logits.texels(), target.texels(), dloss.texels(), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(out.layout.blocks()), 1, 1}};
}

} // namespace inceptoscope
