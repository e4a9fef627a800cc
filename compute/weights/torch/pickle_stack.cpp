#include "weights/torch/pickle_stack.h"

#include <algorithm>

namespace inceptoscope {

constexpr size_t maxValues = 1'000'000; // a network of 10,000 tensors has some 150,000
constexpr size_t maxMarks = 1000;

void PickleStack::pushId(PickleId id)
{
    if (m_stack.size() >= maxValues)
        m_bytes.refuse("holds more than " + std::to_string(maxValues) + " values");
    m_stack.push_back(id);
}

void PickleStack::add(PickleValue value)
{
    if (m_values.size() >= maxValues)
        m_bytes.refuse("holds more than " + std::to_string(maxValues) + " values");
    m_values.push_back(std::move(value));
    pushId(PickleId(m_values.size() - 1));
}

void PickleStack::pushShared(PickleKind kind, int64_t value)
{
    PickleId& shared = m_shared
        [kind == PickleKind::None   ? 0
         : kind == PickleKind::Real ? 3
                                    : 1 + value];
    if (shared != noValue)
        return pushId(shared);
    push(kind, value);
    shared = m_stack.back();
}

void PickleStack::mark()
{
    if (m_marks.size() >= maxMarks)
        m_bytes.refuse("is nested deeper than " + std::to_string(maxMarks) + " levels");
    m_marks.push_back(m_stack.size());
}

void PickleStack::need(size_t count) const
{
    const size_t base = m_marks.empty() ? 0 : m_marks.back();
    if (m_stack.size() - base < count)
        m_bytes.damaged("it takes more values than there are");
}

PickleId PickleStack::top() const
{
    need(1);
    return m_stack.back();
}

PickleId PickleStack::pop()
{
    const PickleId id = top();
    m_stack.pop_back();
    return id;
}

std::vector<PickleId> PickleStack::popSome(size_t count)
{
    need(count);
    std::vector<PickleId> ids(m_stack.end() - ptrdiff_t(count), m_stack.end());
    m_stack.resize(m_stack.size() - count);
    return ids;
}

std::vector<PickleId> PickleStack::popToMark()
{
    if (m_marks.empty())
        m_bytes.damaged("it goes back to a mark that isn't there");
    std::vector<PickleId> ids = popSome(m_stack.size() - m_marks.back());
    m_marks.pop_back();
    return ids;
}

void PickleStack::setState(PickleId state)
{
    PickleValue& value = m_values[top()];
    if (value.kind != PickleKind::Object)
        return;
    auto& items = std::get<std::vector<PickleId>>(value.data);
    items.resize(2);
    items.push_back(state);
}

void PickleStack::extend(PickleKind kind, const std::vector<PickleId>& more)
{
    PickleValue& value = m_values[top()];
    if (value.kind == PickleKind::Object)
        value = {.kind = kind, .data = std::vector<PickleId>()};
    const bool list = kind == PickleKind::List;
    if (value.kind != kind)
        m_bytes.damaged(list ? "it appends to what is no list" : "it fills what is no dictionary");
    if (!list && more.size() % 2 != 0)
        m_bytes.damaged("a dictionary's key has no value");
    auto& items = std::get<std::vector<PickleId>>(value.data);
    items.insert(items.end(), more.begin(), more.end());
}

void PickleStack::remember(uint64_t index)
{
    // Each place is filled by at least one opcode, so a number above that is a lie.
    if (index >= std::min<uint64_t>(maxValues, m_bytes.size()))
        m_bytes.refuse(
            "remembers its value number " + std::to_string(index) + ", it can't have so many");
    const PickleId id = top();
    if (index >= m_memo.size())
        m_memo.resize(index + 1, noValue);
    m_memo[index] = id;
}

void PickleStack::recall(uint64_t index)
{
    if (index >= m_memo.size() || m_memo[index] == noValue)
        m_bytes.damaged(
            "it recalls the value number " + std::to_string(index) + ", which isn't there");
    pushId(m_memo[index]);
}

void PickleStack::countCopies(size_t items)
{
    if (items > maxValues - m_copies)
        m_bytes.refuse("holds more than " + std::to_string(maxValues) + " values");
    m_copies += items;
}

} // namespace inceptoscope
