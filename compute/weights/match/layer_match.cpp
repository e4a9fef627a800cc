#include "weights/match/layer_match.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace inceptoscope {

namespace {

using Kind = FlowNode::Kind;
using Colours = std::array<std::vector<uint64_t>, 2>; ///< of ours, of theirs

/// How many steps a surrounding reaches. Anchors carry what is found farther.
constexpr size_t widest = 8;

/// Which surrounding counts. A part with an auxiliary head behind it on one side only still has
/// the same operands; the first layer of another kind of picture still has the same readers.
enum class View
{
    Around,
    Before,
    Behind
};

struct Reader
{
    size_t node;
    size_t operand;
};

/// A 1x1 convolution of one pixel is a fully connected layer.
std::vector<uint64_t> withoutTrailingOnes(std::vector<uint64_t> shape)
{
    while (shape.size() > 2 && shape.back() == 1)
        shape.pop_back();
    return shape;
}

class Matcher
{
public:
    Matcher(const LayerFlow& ours, const LayerFlow& theirs)
        : m_flows{&ours, &theirs}
    {
        for (size_t side = 0; side < 2; ++side) {
            const LayerFlow& flow = *m_flows[side];
            m_readers[side].resize(flow.size());
            m_anchors[side].resize(flow.size());
            for (size_t i = 0; i < flow.size(); ++i)
                for (size_t k = 0; k < flow[i].inputs.size(); ++k)
                    m_readers[side][flow[i].inputs[k]].push_back({i, k});
        }
    }

    std::vector<std::optional<size_t>> match()
    {
        const bool exact = true;
        do {
            settle(exact, 0);
        } while (breakTie());
        settle(!exact, 2);
        std::vector<std::optional<size_t>> partner(m_flows[0]->size());
        for (size_t i = 0; i < m_pairs.size(); ++i)
            partner[m_pairs[i].first] = m_pairs[i].second;
        return partner;
    }

private:
    /// Pairs what can be told apart, from wide surroundings to narrow ones, until nothing new
    /// is found.
    void settle(bool exact, size_t narrowest)
    {
        while (pairSome(exact, narrowest)) {
        }
    }

    bool pairSome(bool exact, size_t narrowest)
    {
        const std::vector<Colours> around = colours(exact, View::Around);
        if (pairUnique(around.back()))
            return true;
        const std::vector<Colours> before = colours(exact, View::Before);
        const std::vector<Colours> behind = colours(exact, View::Behind);
        for (size_t radius = widest + 1; radius-- > narrowest;)
            if (pairUnique(around[radius]) || pairUnique(before[radius]) ||
                pairUnique(behind[radius]))
                return true;
        return false;
    }

    uint64_t colour(const std::vector<uint64_t>& key)
    {
        return m_palette.try_emplace(key, m_palette.size()).first->second;
    }

    std::vector<uint64_t> label(const FlowNode& node, bool exact)
    {
        std::vector<uint64_t> key{0, uint64_t(node.kind)};
        if (node.kind == Kind::Layer) {
            const std::vector<uint64_t> shape = withoutTrailingOnes(node.weight);
            const FlowWindow& window = node.window;
            if (exact) {
                key.insert(key.end(), {window.stride.h, window.stride.w});
                key.insert(key.end(), {window.dilation.h, window.dilation.w});
            }
            key.insert(key.end(), shape.begin() + (exact ? 0 : 1), shape.end());
        }
        for (const char c : node.label)
            key.push_back(uint8_t(c));
        return key;
    }

    /// By radius, from a part alone to its widest surrounding.
    std::vector<Colours> colours(bool exact, View view)
    {
        m_palette.clear();
        std::vector<Colours> all(1);
        for (size_t side = 0; side < 2; ++side)
            for (size_t i = 0; i < m_flows[side]->size(); ++i) {
                const auto anchor = m_anchors[side][i];
                all[0][side].push_back(colour(
                    anchor ? std::vector<uint64_t>{1, *anchor}
                           : label((*m_flows[side])[i], exact)));
            }
        while (all.size() <= widest) {
            const Colours& now = all.back();
            Colours next = now;
            for (size_t side = 0; side < 2; ++side)
                for (size_t i = 0; i < now[side].size(); ++i)
                    if (!m_anchors[side][i])
                        next[side][i] = refined(side, i, now[side], view);
            all.push_back(std::move(next));
        }
        return all;
    }

    uint64_t refined(size_t side, size_t index, const std::vector<uint64_t>& now, View view)
    {
        const FlowNode& node = (*m_flows[side])[index];
        std::vector<uint64_t> key{2, now[index], node.inputs.size()};
        if (view != View::Behind)
            for (const size_t in : node.inputs)
                key.push_back(now[in]);
        if (node.kind == Kind::Add)
            std::sort(key.begin() + 3, key.end());
        const auto firstReader = ptrdiff_t(key.size());
        if (view != View::Before)
            for (const Reader& reader : m_readers[side][index]) {
                const bool ordered = (*m_flows[side])[reader.node].kind != Kind::Add;
                key.push_back(now[reader.node] << 24 | (ordered ? reader.operand : 0));
            }
        std::sort(key.begin() + firstReader, key.end());
        return colour(key);
    }

    using Classes = std::map<uint64_t, std::array<std::vector<size_t>, 2>>;
    [[nodiscard]] Classes classes(const Colours& all) const
    {
        Classes result;
        for (size_t side = 0; side < 2; ++side)
            for (size_t i = 0; i < all[side].size(); ++i)
                if (!m_anchors[side][i])
                    result[all[side][i]][side].push_back(i);
        return result;
    }

    void pair(size_t ours, size_t theirs)
    {
        m_anchors[0][ours] = m_anchors[1][theirs] = m_pairs.size();
        m_pairs.emplace_back(ours, theirs);
    }

    bool pairUnique(const Colours& all)
    {
        const size_t before = m_pairs.size();
        for (const auto& [colour, members] : classes(all))
            if (members[0].size() == 1 && members[1].size() == 1)
                pair(members[0].front(), members[1].front());
        return m_pairs.size() > before;
    }

    /// What looks the same from everywhere may be exchanged: the first of ours is the first of
    /// theirs.
    bool breakTie()
    {
        const Classes all = classes(colours(true, View::Around).back());
        for (const auto& [colour, members] : all)
            if (members[0].size() > 1 && members[0].size() == members[1].size()) {
                pair(members[0].front(), members[1].front());
                return true;
            }
        return false;
    }

    std::array<const LayerFlow*, 2> m_flows;
    std::array<std::vector<std::vector<Reader>>, 2> m_readers;
    std::array<std::vector<std::optional<size_t>>, 2> m_anchors; ///< index into m_pairs
    std::vector<std::pair<size_t, size_t>> m_pairs;
    std::map<std::vector<uint64_t>, uint64_t> m_palette;
};

/// Whether partners get the same values from partners.
class Verifier
{
public:
    Verifier(
        const LayerFlow& ours, const LayerFlow& theirs,
        const std::vector<std::optional<size_t>>& partner)
        : m_ours(ours)
        , m_theirs(theirs)
        , m_partner(partner)
        , m_found(theirs.size())
    {
        for (const auto& other : partner)
            if (other)
                m_found[*other] = true;
        // Operands come before what reads them, so that these are known by then.
        for (size_t i = 0; i < ours.size(); ++i)
            m_same.emplace_back(partner[i] && sameInputs(i, *partner[i]));
    }
    [[nodiscard]] bool fedAlike(size_t ours) const { return m_same[ours]; }

private:
    /// A layer is what it is even where its own operands differ: that is its own fault. A join
    /// or a pool is only as good as its operands. Of two layers without partners nothing is known.
    [[nodiscard]] bool sameValue(size_t a, size_t b) const
    {
        if (!m_partner[a])
            return !m_found[b] && m_ours[a].kind == Kind::Layer && m_theirs[b].kind == Kind::Layer;
        return m_partner[a] == b && (m_ours[a].kind == Kind::Layer || m_same[a]);
    }

    [[nodiscard]] bool sameInputs(size_t a, size_t b) const
    {
        const std::vector<size_t>& x = m_ours[a].inputs;
        std::vector<size_t> y = m_theirs[b].inputs;
        if (x.size() != y.size())
            return false;
        const bool exchanged =
            m_ours[a].kind == Kind::Add && x.size() == 2 && !sameValue(x[0], y[0]);
        if (exchanged)
            std::swap(y[0], y[1]);
        for (size_t i = 0; i < x.size(); ++i)
            if (!sameValue(x[i], y[i]))
                return false;
        return true;
    }

    const LayerFlow& m_ours;
    const LayerFlow& m_theirs;
    const std::vector<std::optional<size_t>>& m_partner;
    std::vector<bool> m_found;
    std::vector<bool> m_same;
};

} // namespace

LayerMatch matchLayers(const LayerFlow& ours, const LayerFlow& theirs)
{
    LayerMatch result{.partner = Matcher(ours, theirs).match(), .otherwiseFed = {}};
    const Verifier verifier(ours, theirs, result.partner);
    std::vector<std::optional<size_t>> checked(ours.size());
    for (size_t i = 0; i < ours.size(); ++i) {
        if (!result.partner[i])
            continue;
        if (verifier.fedAlike(i))
            checked[i] = result.partner[i];
        else if (ours[i].kind == Kind::Layer)
            result.otherwiseFed.emplace_back(i, *result.partner[i]);
    }
    result.partner = std::move(checked);
    return result;
}

} // namespace inceptoscope
