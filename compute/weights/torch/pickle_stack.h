#pragma once

#include "weights/torch/pickle.h"
#include "weights/torch/pickle_bytes.h"

namespace inceptoscope {

/// Where a pickle's opcodes leave their values: all values, the stack, its marks, the memo.
/// Each is bounded; whatever goes wrong is told through the PickleBytes.
class PickleStack
{
public:
    explicit PickleStack(const PickleBytes& bytes)
        : m_bytes(bytes)
    {
    }

    template <class Data> void push(PickleKind kind, Data data) { add({kind, std::move(data)}); }
    void pushId(PickleId id);
    /// None, the two truths and all real numbers are made once: there may be many.
    void pushShared(PickleKind kind, int64_t value);
    void mark();

    [[nodiscard]] PickleId pop();
    [[nodiscard]] std::vector<PickleId> popSome(size_t count);
    [[nodiscard]] std::vector<PickleId> popToMark();
    [[nodiscard]] PickleId top() const;

    /// Gives the Object on top its state; any other value has none that matters.
    void setState(PickleId state);
    /// Adds to the List or Dict on top; an Object becomes one by that.
    void extend(PickleKind kind, const std::vector<PickleId>& more);
    void remember(uint64_t index);
    void rememberNext() { remember(m_memo.size()); }
    void recall(uint64_t index);
    /// For items that are copied without a byte of the file for each.
    void countCopies(size_t items);

    [[nodiscard]] const PickleValue& operator[](PickleId id) const { return m_values[id]; }
    [[nodiscard]] std::deque<PickleValue> takeValues() { return std::move(m_values); }

private:
    void need(size_t count) const;
    void add(PickleValue value);

    static constexpr PickleId noValue = ~PickleId(0);
    const PickleBytes& m_bytes;
    std::deque<PickleValue> m_values;
    std::vector<PickleId> m_stack;
    std::vector<size_t> m_marks; ///< sizes of m_stack
    std::vector<PickleId> m_memo;
    PickleId m_shared[4] = {noValue, noValue, noValue, noValue}; ///< None, False, True, Real
    size_t m_copies = 0;
};

} // namespace inceptoscope
