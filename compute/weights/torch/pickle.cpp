#include "weights/torch/pickle.h"

#include "shown_text.h"
#include "weights/torch/pickle_bytes.h"
#include "weights/torch/pickle_globals.h"
#include "weights/torch/pickle_stack.h"

#include <algorithm>
#include <cstring>

namespace inceptoscope {

namespace {

using enum PickleKind;

/// The opcodes are those of Python's pickletools, which documents each.
class PickleMachine
{
public:
    PickleMachine(std::span<const std::byte> bytes, const std::string& path)
        : m_bytes(bytes, path)
    {
    }

    Pickle parse()
    {
        for (;;) {
            const uint8_t opcode = m_bytes.opcode();
            if (opcode == '.')
                break;
            if (!constant(opcode) && !textOrBytes(opcode) && !container(opcode) &&
                !memoOrStack(opcode) && !reference(opcode))
                m_bytes.refuse(
                    "uses the opcode " + hex(opcode) + ", which no file of tensors needs");
        }
        Pickle pickle;
        pickle.root = m_stack.pop();
        pickle.size = m_bytes.taken();
        pickle.values = m_stack.takeValues();
        return pickle;
    }

private:
    static std::string hex(uint8_t byte)
    {
        return std::string("0x") + "0123456789abcdef"[byte >> 4] + "0123456789abcdef"[byte & 15];
    }

    void pushLong(uint64_t count)
    {
        const std::string_view bytes = m_bytes.take(count);
        if (count > 8)
            return m_stack.push(BigInteger, bytes);
        const bool negative = count > 0 && (uint8_t(bytes.back()) & 0x80U) != 0;
        uint64_t value = negative ? ~uint64_t(0) : 0;
        std::memcpy(&value, bytes.data(), bytes.size());
        m_stack.push(Integer, int64_t(value));
    }

    bool constant(uint8_t opcode)
    {
        switch (opcode) {
        case 0x80: // PROTO
            if (const uint64_t version = m_bytes.number(1); version < 2 || version > 5)
                m_bytes.refuse(
                    "is of protocol " + std::to_string(version) + ", one from 2 to 5 was expected");
            return true;
        case 0x95: // FRAME, a hint for reading ahead
            (void)m_bytes.take(8);
            return true;
        case 'N':
            m_stack.pushShared(None, 0);
            return true;
        case 0x88:
            m_stack.pushShared(Boolean, 1);
            return true;
        case 0x89:
            m_stack.pushShared(Boolean, 0);
            return true;
        case 'J':
            m_stack.push(Integer, int64_t(int32_t(m_bytes.number(4))));
            return true;
        case 'K':
            m_stack.push(Integer, int64_t(m_bytes.number(1)));
            return true;
        case 'M':
            m_stack.push(Integer, int64_t(m_bytes.number(2)));
            return true;
        case 0x8a: // LONG1
            pushLong(m_bytes.number(1));
            return true;
        case 0x8b: // LONG4
            pushLong(m_bytes.number(4));
            return true;
        case 'G':
            (void)m_bytes.take(8);
            m_stack.pushShared(Real, 0);
            return true;
        default:
            return false;
        }
    }

    bool textOrBytes(uint8_t opcode)
    {
        switch (opcode) {
        case 'X':
        case 'T': // BINSTRING: Python 2 wrote names as these
            m_stack.push(Text, m_bytes.take(m_bytes.number(4)));
            return true;
        case 'U':
        case 0x8c:
            m_stack.push(Text, m_bytes.take(m_bytes.number(1)));
            return true;
        case 0x8d:
            m_stack.push(Text, m_bytes.take(m_bytes.number(8)));
            return true;
        case 'C':
            m_stack.push(Bytes, m_bytes.take(m_bytes.number(1)));
            return true;
        case 'B':
            m_stack.push(Bytes, m_bytes.take(m_bytes.number(4)));
            return true;
        case 0x8e: // BINBYTES8, BYTEARRAY8
        case 0x96:
            m_stack.push(Bytes, m_bytes.take(m_bytes.number(8)));
            return true;
        default:
            return false;
        }
    }

    bool container(uint8_t opcode);
    bool memoOrStack(uint8_t opcode);
    bool reference(uint8_t opcode);
    void global(std::string_view module, std::string_view name);
    void object(std::vector<PickleId> parts);
    void reduce();
    std::vector<PickleId> pairs(const PickleValue& arguments);

    PickleBytes m_bytes;
    PickleStack m_stack{m_bytes};
};

bool PickleMachine::container(uint8_t opcode)
{
    switch (opcode) {
    case '(':
        m_stack.mark();
        return true;
    case ')':
        m_stack.push(Tuple, std::vector<PickleId>());
        return true;
    case 0x85: // TUPLE1 to TUPLE3
    case 0x86:
    case 0x87:
        m_stack.push(Tuple, m_stack.popSome(size_t(opcode - 0x84)));
        return true;
    case 't':
        m_stack.push(Tuple, m_stack.popToMark());
        return true;
    case ']':
    case 0x8f: // EMPTY_SET: nothing depends on a set
        m_stack.push(List, std::vector<PickleId>());
        return true;
    case 'l':
    case 0x91: // FROZENSET
        m_stack.push(List, m_stack.popToMark());
        return true;
    case '}':
        m_stack.push(Dict, std::vector<PickleId>());
        return true;
    case 'a':
        m_stack.extend(List, m_stack.popSome(1));
        return true;
    case 'e':
    case 0x90: // ADDITEMS
        m_stack.extend(List, m_stack.popToMark());
        return true;
    case 's':
        m_stack.extend(Dict, m_stack.popSome(2));
        return true;
    case 'u':
        m_stack.extend(Dict, m_stack.popToMark());
        return true;
    default:
        return false;
    }
}

bool PickleMachine::memoOrStack(uint8_t opcode)
{
    switch (opcode) {
    case 'q':
        m_stack.remember(m_bytes.number(1));
        return true;
    case 'r':
        m_stack.remember(m_bytes.number(4));
        return true;
    case 0x94: // MEMOIZE
        m_stack.rememberNext();
        return true;
    case 'h':
        m_stack.recall(m_bytes.number(1));
        return true;
    case 'j':
        m_stack.recall(m_bytes.number(4));
        return true;
    case '0':
        (void)m_stack.pop();
        return true;
    case '1':
        (void)m_stack.popToMark();
        return true;
    case '2':
        m_stack.pushId(m_stack.top());
        return true;
    default:
        return false;
    }
}

bool PickleMachine::reference(uint8_t opcode)
{
    switch (opcode) {
    case 'c': {
        const std::string_view module = m_bytes.line();
        global(module, m_bytes.line());
        return true;
    }
    case 0x93: { // STACK_GLOBAL
        const std::vector<PickleId> names = m_stack.popSome(2);
        if (m_stack[names[0]].kind != Text || m_stack[names[1]].kind != Text)
            m_bytes.damaged("it asks for something whose name is no text");
        global(m_stack[names[0]].text(), m_stack[names[1]].text());
        return true;
    }
    case 'Q':
        m_stack.push(Persistent, m_stack.popSome(1));
        return true;
    case 'R':
        reduce();
        return true;
    case 0x81: // NEWOBJ
        object(m_stack.popSome(2));
        return true;
    case 0x92: { // NEWOBJ_EX
        std::vector<PickleId> parts = m_stack.popSome(3);
        parts.pop_back(); // arguments by name
        object(std::move(parts));
        return true;
    }
    case 'o': { // OBJ: the class lies behind the mark, its arguments above
        std::vector<PickleId> parts = m_stack.popToMark();
        if (parts.empty())
            m_bytes.damaged("it makes an object of nothing");
        const PickleId made = parts.front();
        parts.erase(parts.begin());
        m_stack.push(Tuple, std::move(parts));
        object({made, m_stack.pop()});
        return true;
    }
    case 'b': { // BUILD; a state_dict's is its _metadata, which nothing here needs
        const PickleId state = m_stack.pop();
        m_stack.setState(state);
        return true;
    }
    default:
        return false;
    }
}

void PickleMachine::global(std::string_view module, std::string_view name)
{
    if (const std::string_view known = knownGlobal(module, name); !known.empty())
        return m_stack.push(Global, known);
    if (isAttack(module, name))
        m_bytes.refuse(
            "asks for " + shown(module) + "." + shown(name) +
            ", which no checkpoint needs and an attack does");
    m_stack.push(Text, module);
    m_stack.push(Text, name);
    m_stack.push(Class, m_stack.popSome(2));
}

/// What is made of a class that isn't known, or by something that such a class made.
void PickleMachine::object(std::vector<PickleId> parts)
{
    const PickleKind maker = m_stack[parts[0]].kind;
    // The format before PyTorch 1.6 stores modules' classes as it does storages.
    if ((maker != Class && maker != Object && maker != Persistent && maker != Global) ||
        m_stack[parts[1]].kind != Tuple)
        m_bytes.refuse("calls something that is no function");
    const PickleValue& made = m_stack[parts[0]];
    if (made.kind == Global && made.text() == orderedDict)
        return m_stack.push(Dict, std::vector<PickleId>());
    m_stack.push(Object, std::move(parts));
}

void PickleMachine::reduce()
{
    std::vector<PickleId> call = m_stack.popSome(2);
    const PickleValue& function = m_stack[call[0]];
    const PickleValue& arguments = m_stack[call[1]];
    if (function.kind == Class || function.kind == Object || function.kind == Persistent)
        return object(std::move(call));
    if (function.kind != Global || arguments.kind != Tuple)
        m_bytes.refuse("calls something that is no function");
    const std::string_view name = function.text();
    if (name == orderedDict)
        m_stack.push(Dict, pairs(arguments));
    else if (name == torchSize && arguments.items().size() == 1)
        m_stack.pushId(arguments.items()[0]);
    else if (std::ranges::find(callableGlobals, name) != std::end(callableGlobals))
        m_stack.push(Call, std::move(call));
    else
        m_bytes.refuse("calls " + std::string(name));
}

/// What Python 2 gave to an ordered dictionary: a list of pairs; later versions give nothing.
std::vector<PickleId> PickleMachine::pairs(const PickleValue& arguments)
{
    std::vector<PickleId> items;
    if (arguments.items().empty())
        return items;
    const PickleValue& list = m_stack[arguments.items()[0]];
    if (arguments.items().size() > 1 || list.kind != List)
        m_bytes.damaged("an ordered dictionary is made of something else than pairs");
    m_stack.countCopies(list.items().size()); // the same list may be given many times
    for (const PickleId id : list.items()) {
        const PickleValue& pair = m_stack[id];
        if ((pair.kind != Tuple && pair.kind != List) || pair.items().size() != 2)
            m_bytes.damaged("an ordered dictionary is made of something else than pairs");
        items.insert(items.end(), pair.items().begin(), pair.items().end());
    }
    return items;
}

} // namespace

Pickle parsePickle(std::span<const std::byte> bytes, const std::string& path)
{
    return PickleMachine(bytes, path).parse();
}

} // namespace inceptoscope
