#include "weights/safetensors/safetensors_json.h"

#include "shown_text.h"

#include <nlohmann/json.hpp>

#include <set>

namespace inceptoscope {

namespace {

using nlohmann::json;

constexpr int maxDepth = 3; // root, tensor, array
constexpr const char* metadataKey = "__metadata__";
// Names are remembered to find those that come twice; these keep that below some 200 MB.
constexpr size_t maxTensors = 1'000'000;
constexpr size_t maxMetadata = 100'000;
constexpr size_t maxFields = 100;

class HeaderReader : public json::json_sax_t
{
public:
    explicit HeaderReader(SafetensorsJson& out)
        : m_out(out)
    {
    }

    void read(std::string_view text)
    {
        // The parser takes a NUL for the end and skips a byte order mark; JSON has neither.
        if (text.find('\0') != text.npos || text.starts_with("\xef\xbb\xbf"))
            refuseText();
        json::sax_parse(text.begin(), text.end(), this);
        if (m_surplus > 0)
            refuse(
                "its header has " + std::to_string(m_most + m_surplus) +
                " names at one place, at most " + std::to_string(m_most) + " are read");
        if (m_fault)
            throw Error(*m_fault);
    }

    bool null() override { return value("null"); }
    bool boolean(bool truth) override { return value(truth ? "true" : "false"); }
    bool number_integer(int64_t number) override { return value(std::to_string(number)); }
    bool number_float(double number, const std::string& /*text*/) override
    {
        return value(m_list != nullptr ? json(number).dump() : std::string());
    }
    bool binary(json::binary_t& /*bytes*/) override { return value("binary"); }
    bool number_unsigned(uint64_t number) override
    {
        if (m_list == nullptr)
            return value({});
        if (++m_list->count <= RawNumbers::most)
            m_list->numbers.push_back(number);
        return true;
    }
    bool string(std::string& text) override;
    bool key(std::string& name) override;
    bool start_object(size_t /*members*/) override;
    bool end_object() override;
    bool start_array(size_t /*elements*/) override;
    bool end_array() override
    {
        --m_depth;
        m_list = nullptr;
        return true;
    }
    bool parse_error(size_t /*at*/, const std::string& /*token*/, const json::exception&) override
    {
        refuseText();
    }

private:
    [[nodiscard]] Error error(const std::string& why) const
    {
        return {ErrorKind::BadInput, "weights: " + m_out.path + ": " + why};
    }
    [[noreturn]] void refuse(const std::string& why) const { throw error(why); }
    [[noreturn]] void refuseText() const
    {
        refuse("its header is not JSON; it is damaged, or no safetensors file");
    }
    /// What is told once the whole text is known to be well-formed; the first one counts.
    void fault(const std::string& why)
    {
        if (!m_fault)
            m_fault = error(why);
    }

    void descend()
    {
        if (m_depth == maxDepth)
            refuse("its header is nested deeper than " + std::to_string(maxDepth) + " levels");
        ++m_depth;
    }
    bool value(const std::string& text);
    /// After a fault nothing more is remembered.
    template <class Names> void once(Names& names, const std::string& name, size_t most)
    {
        if (m_full == &names)
            ++m_surplus;
        const bool known = names.contains(name);
        if (known)
            refuse("its header names \"" + shown(name) + "\" twice");
        if (m_fault)
            return;
        if (names.size() < most) {
            names.insert(name);
            return;
        }
        m_full = &names;
        m_most = most;
        m_surplus = 1;
        fault("its header has too many names");
    }

    SafetensorsJson& m_out;
    std::optional<Error> m_fault; ///< of a tensor or the metadata
    int m_depth = 0;              ///< objects and arrays that are open
    bool m_inMetadata = false;
    std::string m_field; ///< of the tensor that is being read, or of the metadata
    RawTensor m_tensor;
    RawNumbers* m_list = nullptr;
    std::set<std::string> m_keys; // not hashed: hostile names could all collide
    std::set<std::string> m_fields;
    const void* m_full = nullptr; ///< which of these has as many names as it may
    size_t m_most = 0;            ///< how many these are
    size_t m_surplus = 0;         ///< how many more there are
};

/// A value other than those that have their place.
bool HeaderReader::value(const std::string& text)
{
    if (m_depth == 0)
        fault("its header is not a JSON object");
    else if (m_depth == 1 && m_inMetadata)
        fault("__metadata__ is not an object of strings");
    else if (m_depth == 1)
        fault("tensor \"" + shown(m_tensor.key) + "\" is not described by an object");
    else if (m_depth == 2 && m_inMetadata)
        fault("__metadata__: \"" + shown(m_field) + "\" is not a string");
    else if (m_list != nullptr && m_list->wrong.empty())
        m_list->wrong = shown(text);
    return true;
}

bool HeaderReader::string(std::string& text)
{
    if (m_depth == 2 && m_inMetadata) {
        if (!m_fault)
            m_out.metadata.emplace(m_field, text);
        return true;
    }
    if (m_depth == 2 && m_field == "dtype")
        m_tensor.dtype = text;
    return value(m_list != nullptr ? json(text).dump() : std::string());
}

bool HeaderReader::key(std::string& name)
{
    if (m_depth == 1) {
        once(m_keys, name, maxTensors);
        m_inMetadata = name == metadataKey;
        m_tensor = {.key = name, .dtype = {}, .shape = {}, .range = {}};
    } else if (m_depth == 2) {
        once(m_fields, name, m_inMetadata ? maxMetadata : maxFields);
        m_field = name;
    }
    return true;
}

bool HeaderReader::start_object(size_t /*members*/)
{
    if (m_depth == 1)
        m_fields.clear();
    else if (m_depth > 1)
        (void)value("{}");
    descend();
    return true;
}

bool HeaderReader::end_object()
{
    --m_depth;
    if (m_depth == 1 && m_full == &m_fields)
        m_full = nullptr; // the others at this place are counted
    if (m_depth != 1 || m_inMetadata || m_fault)
        return true;
    try {
        m_out.onTensor(m_tensor);
    } catch (const Error& error) {
        m_fault = error;
    }
    return true;
}

bool HeaderReader::start_array(size_t /*elements*/)
{
    if (m_depth == 0)
        refuse("its header is not a JSON object");
    (void)value("[]");
    descend();
    if (m_depth == maxDepth && !m_inMetadata) {
        m_list = m_field == "shape"          ? &m_tensor.shape
                 : m_field == "data_offsets" ? &m_tensor.range
                                             : nullptr;
        if (m_list != nullptr)
            m_list->given = true;
    }
    return true;
}

} // namespace

void readSafetensorsJson(std::string_view text, SafetensorsJson& json)
{
    HeaderReader(json).read(text);
}

} // namespace inceptoscope
