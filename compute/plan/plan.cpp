#include "plan/plan.h"

#include "error.h"
#include "graph/transposed_conv.h"
#include "plan/arena.h"

#include <algorithm>
#include <limits>
#include <map>

namespace inceptoscope {

namespace {

constexpr NodeId nobody = std::numeric_limits<NodeId>::max();

/// What the caller sets before a run.
bool isGiven(const Op& op)
{
    const auto* gradient = std::get_if<GradientOp>(&op);
    return std::holds_alternative<Input>(op) ||
           (gradient != nullptr && std::holds_alternative<Given>(*gradient));
}

const Slice* sliceOf(const Op& op)
{
    const auto* gradient = std::get_if<GradientOp>(&op);
    return gradient == nullptr ? nullptr : std::get_if<Slice>(gradient);
}

uint64_t roundUp(uint64_t value, uint64_t step)
{
    return (value + step - 1) / step * step;
}

class Planner
{
public:
    Planner(const Graph& graph, const PlanOptions& options)
        : m_graph(graph)
        , m_options(options)
        , m_texelBytes(texelBytes(options.precision))
    {
        m_plan.slots.resize(graph.size());
        m_plan.kept.assign(graph.size(), false);
        m_plan.keep = options.keep;
        m_plan.precision = options.precision;
    }

    Plan make()
    {
        requireInputs();
        chooseRoots();
        chooseKept();
        if (m_options.fuseSums && m_options.keep == Keep::Taps)
            fuse();
        layOut();
        avoidAwkwardSizes();
        strideBatches();
        orderNodes();
        if (m_options.keep == Keep::Everything)
            placeApart();
        else
            placeReusing();
        return std::move(m_plan);
    }

private:
    /// A loss of auxiliary heads needs these.
    void requireInputs() const
    {
        for (NodeId id = 0; id < m_graph.size(); ++id)
            for (const NodeId in : m_graph[id].inputs)
                if (active(id) && !active(in))
                    throw Error(
                        ErrorKind::Usage, "plan: " + m_graph[id].name + " reads " +
                                              m_graph[in].name +
                                              " of an auxiliary head, which isn't run");
    }

    [[nodiscard]] bool active(NodeId id) const
    {
        return m_options.auxiliary || !m_graph.isAuxiliary(id);
    }

    /// A concatenation is free when each operand can be written straight into its part: it
    /// starts on a texel, and nothing else already decides where it lies.
    [[nodiscard]] bool canBeFree(NodeId id, const std::vector<NodeId>& parent) const
    {
        const std::vector<NodeId>& inputs = m_graph[id].inputs;
        for (size_t i = 0; i < inputs.size(); ++i) {
            const NodeId in = inputs[i];
            const bool aligned = m_graph[in].shape.c % 4 == 0 || i + 1 == inputs.size();
            const bool taken = parent[in] != nobody || isGiven(m_graph[in].op) ||
                               sliceOf(m_graph[in].op) != nullptr ||
                               std::count(inputs.begin(), inputs.end(), in) > 1;
            if (!aligned || taken)
                return false;
        }
        return true;
    }

    void chooseRoots()
    {
        std::vector<NodeId> parent(m_graph.size(), nobody);
        m_channel.assign(m_graph.size(), 0);
        for (NodeId id = 0; id < m_graph.size(); ++id)
            m_plan.slots[id].root = id;
        for (NodeId id = m_graph.size(); id-- > 0;) {
            if (!std::holds_alternative<Concat>(m_graph[id].op) || !active(id))
                continue;
            if (!canBeFree(id, parent)) {
                m_plan.copiedConcats.push_back(id);
                continue;
            }
            uint32_t offset = m_channel[id];
            for (const NodeId in : m_graph[id].inputs) {
                parent[in] = id;
                m_plan.slots[in].root = m_plan.slots[id].root;
                m_channel[in] = offset;
                offset += m_graph[in].shape.c;
            }
        }
        for (NodeId id = 0; id < m_graph.size(); ++id)
            viewSlice(id);
    }

    /// A slice is its input's memory where it has whole texels of it.
    void viewSlice(NodeId id)
    {
        const Slice* slice = sliceOf(m_graph[id].op);
        if (slice == nullptr || !active(id))
            return;
        const NodeId in = m_graph[id].inputs[0];
        const bool ends =
            slice->channels % 4 == 0 || slice->first + slice->channels == m_graph[in].shape.c;
        if (slice->first % 4 != 0 || !ends)
            return;
        m_plan.slots[id].root = m_plan.slots[in].root;
        m_channel[id] = m_channel[in] + slice->first;
    }

    void chooseKept()
    {
        if (m_options.keep == Keep::Everything) {
            for (NodeId id = 0; id < m_graph.size(); ++id)
                m_plan.kept[id] = active(id);
            return;
        }
        std::vector<NodeId> wanted = m_options.taps;
        for (const auto& output : {m_graph.logits(), m_graph.probabilities()})
            if (output)
                wanted.push_back(*output);
        for (NodeId id = 0; id < m_graph.size(); ++id)
            if (m_graph.consumers(id).empty())
                wanted.push_back(id);
        for (const NodeId id : wanted)
            m_plan.kept[id] = active(id);
    }

    void fuse()
    {
        std::vector<NodeId> roots;
        for (const Slot& slot : m_plan.slots)
            roots.push_back(slot.root);
        m_plan.fusedSums = fuseSums(m_graph, roots, m_plan.kept);
        for (NodeId id = 0; id < m_graph.size(); ++id)
            m_plan.slots[id].root = roots[id];
    }

    [[nodiscard]] std::optional<Conv2d> convolutionRead(NodeId id) const
    {
        const Op& op = m_graph[id].op;
        if (const auto* conv = std::get_if<Conv2d>(&op))
            return *conv;
        const auto* gradient = std::get_if<GradientOp>(&op);
        const auto* input =
            gradient == nullptr ? nullptr : std::get_if<ConvInputGradient>(gradient);
        return input == nullptr
                   ? std::nullopt
                   : std::optional(transposed(*input, m_graph[m_graph[id].inputs[0]].shape).conv);
    }

    /// Only convolutions read into the halo; pooling checks its bounds.
    void layOut()
    {
        std::map<NodeId, Padding> halos;
        for (NodeId id = 0; id < m_graph.size(); ++id) {
            const auto conv = convolutionRead(id);
            if (!conv)
                continue;
            Padding& halo = halos[m_plan.slots[m_graph[id].inputs[0]].root];
            halo.left = std::max(halo.left, conv->padding.left);
            halo.right = std::max(halo.right, conv->padding.right);
            halo.top = std::max(halo.top, conv->padding.top);
            halo.bottom = std::max(halo.bottom, conv->padding.bottom);
        }
        std::vector<bool> isShared(m_graph.size(), false);
        for (NodeId id = 0; id < m_graph.size(); ++id)
            if (m_plan.slots[id].root != id)
                isShared[m_plan.slots[id].root] = true;
        for (NodeId id = 0; id < m_graph.size(); ++id) {
            Slot& slot = m_plan.slots[id];
            const Shape& shape = m_graph[id].shape;
            const Padding halo = halos[slot.root];
            const bool shared =
                isShared[slot.root] || std::holds_alternative<Concat>(m_graph[id].op);
            const uint32_t row = halo.left + shape.w + halo.right;
            const uint64_t plane = uint64_t(row) * (halo.top + shape.h + halo.bottom);
            slot.layout = {
                .shape = shape,
                .halo = halo,
                .rowStride = row,
                .planeStride =
                    uint32_t(shared ? roundUp(plane, m_options.alignment / m_texelBytes) : plane),
                .precision = m_options.precision};
        }
    }

    /// llvmpipe compiles a shader anew when a texel buffer's size has no bits in 8..15 (it reads
    /// them as a mip level). Seconds of compiling are avoided by not laying out such a size.
    [[nodiscard]] bool awkward(NodeId root) const
    {
        for (NodeId id = 0; id < m_graph.size(); ++id) {
            const Slot& slot = m_plan.slots[id];
            if (slot.root == root && ((slot.layout.bytes() >> 8) & 0xff) == 0 &&
                slot.layout.bytes() >= 256)
                return true;
        }
        return false;
    }

    void avoidAwkwardSizes()
    {
        for (NodeId root = 0; root < m_graph.size(); ++root) {
            if (m_plan.slots[root].root != root)
                continue;
            // A device that aligns coarsely (llvmpipe doesn't) may leave no other size.
            for (int attempt = 0; attempt < 16 && awkward(root); ++attempt)
                for (Slot& slot : m_plan.slots)
                    if (slot.root == root)
                        slot.layout.planeStride += m_options.alignment / m_texelBytes;
        }
    }

    /// Each picture begins where it can be bound. A part of a picture is as far from its next.
    void strideBatches()
    {
        for (Slot& slot : m_plan.slots)
            slot.layout.pictureStride = uint32_t(roundUp(
                m_plan.slots[slot.root].layout.texels(), m_options.alignment / m_texelBytes));
    }

    void orderNodes()
    {
        for (NodeId id = 0; id < m_graph.size(); ++id)
            if (active(id) && !m_plan.isFree(m_graph, id))
                m_plan.order.push_back(id);
    }

    void placeMembers(const std::vector<uint64_t>& rootOffset)
    {
        for (NodeId id = 0; id < m_graph.size(); ++id) {
            Slot& slot = m_plan.slots[id];
            slot.offset = rootOffset[slot.root] +
                          uint64_t(m_channel[id] / 4) * slot.layout.planeStride * m_texelBytes;
        }
    }

    void placeApart()
    {
        std::vector<uint64_t> offset(m_graph.size(), 0);
        uint64_t end = 0;
        for (NodeId id = 0; id < m_graph.size(); ++id) {
            if (m_plan.slots[id].root != id || !active(id))
                continue;
            offset[id] = end;
            end = roundUp(end + m_plan.slots[id].layout.batchBytes(), m_options.alignment);
        }
        m_plan.arenaBytes = end;
        placeMembers(offset);
    }

    [[nodiscard]] std::vector<Lifetime> lifetimes()
    {
        std::vector<Lifetime> lives(m_graph.size());
        const auto touch = [&](NodeId id, size_t at) {
            Lifetime& life = lives[m_plan.slots[id].root];
            life.first = std::min(life.first, at);
            life.last = std::max(life.last, at);
        };
        for (NodeId id = 0; id < m_graph.size(); ++id)
            if (isGiven(m_graph[id].op) && active(id)) {
                touch(id, 0);
                touch(id, m_plan.order.size()); // so that a run can be repeated
            }
        for (size_t at = 0; at < m_plan.order.size(); ++at) {
            touch(m_plan.order[at], at);
            for (const NodeId in : m_graph[m_plan.order[at]].inputs)
                touch(in, at);
        }
        for (NodeId id = 0; id < m_graph.size(); ++id)
            if (m_plan.kept[id])
                touch(id, m_plan.order.size());
        return lives;
    }

    /// Only roots have lives.
    void placeReusing()
    {
        const std::vector<Lifetime> lives = lifetimes();
        std::vector<uint64_t> sizes;
        for (const Slot& slot : m_plan.slots)
            sizes.push_back(roundUp(slot.layout.batchBytes(), m_options.alignment));
        const ArenaLayout arena = placeByLifetime(sizes, lives);
        m_plan.arenaBytes = arena.bytes;
        for (NodeId id = 0; id < m_graph.size(); ++id)
            if (lives[id].used())
                markReuse(id, lives[id]);
        placeMembers(arena.offsets);
    }

    /// The first writer of memory that an earlier tensor used must clear the halo: also on the
    /// second run, when even the first tensors find what the last run left.
    void markReuse(NodeId root, const Lifetime& life)
    {
        if (m_plan.slots[root].layout.halo != Padding{} && !isGiven(m_graph[root].op))
            m_plan.slots[m_plan.order[life.first]].clearFirst = true;
    }

    const Graph& m_graph;
    const PlanOptions& m_options;
    const uint32_t m_texelBytes;
    Plan m_plan;
    std::vector<uint32_t> m_channel; ///< first channel within the root, by NodeId
};

} // namespace

bool Plan::isFree(const Graph& graph, NodeId id) const
{
    const auto isThis = [id](const FusedSum& fused) { return fused.sum == id; };
    if (isGiven(graph[id].op) || std::ranges::any_of(fusedSums, isThis))
        return true;
    if (sliceOf(graph[id].op) != nullptr)
        return slots[id].root != id;
    return std::holds_alternative<Concat>(graph[id].op) &&
           std::find(copiedConcats.begin(), copiedConcats.end(), id) == copiedConcats.end();
}

std::optional<NodeId> Plan::sumOf(NodeId convolution) const
{
    const auto it = std::ranges::find(fusedSums, convolution, &FusedSum::convolution);
    return it == fusedSums.end() ? std::nullopt : std::optional(it->sum);
}

Plan plan(const Graph& graph, const PlanOptions& options)
{
    return Planner(graph, options).make();
}

} // namespace inceptoscope
