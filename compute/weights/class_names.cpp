#include "weights/class_names.h"

#include "error.h"
#include "shown_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;

constexpr size_t mostBytes = 4U << 20;
constexpr size_t mostNames = 100'000;
constexpr size_t longestName = 200; // ImageNet's longest has 121 bytes

class NameReader
{
public:
    explicit NameReader(const std::string& where)
        : m_where(where)
    {
    }

    ClassNames read(std::string_view text) const
    {
        if (text.size() > mostBytes)
            refuse(std::to_string(text.size()) + " bytes are too many for class names");
        if (text.starts_with("\xef\xbb\xbf")) // a byte order mark
            text.remove_prefix(3);
        const size_t first = text.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos)
            refuse("there are no class names in it");
        const bool json = text[first] == '[' || text[first] == '{';
        ClassNames names = json ? ofJson(text) : ofLines(text);
        for (std::string& name : names)
            name = shown(name, longestName);
        return names;
    }

private:
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorKind::BadInput, m_where + ": " + why);
    }
    void requireFew(size_t count) const
    {
        if (count > mostNames)
            refuse(std::to_string(count) + " class names, at most 100000 are read");
    }

    ClassNames ofLines(std::string_view text) const
    {
        ClassNames names;
        requireFew(size_t(std::ranges::count(text, '\n')));
        while (!text.empty()) {
            const size_t end = std::min(text.find('\n'), text.size());
            std::string_view line = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
                line.remove_suffix(1);
            names.emplace_back(line);
        }
        while (names.back().empty())
            names.pop_back();
        if (std::ranges::all_of(names, [](const std::string& n) { return beginsWithSynset(n); }))
            for (std::string& name : names)
                name.erase(0, std::min(name.find_first_not_of(" \t", synsetLength), name.size()));
        return names;
    }

    /// "n01440764 tench, Tinca tinca"
    static constexpr size_t synsetLength = 9;
    static bool beginsWithSynset(const std::string& line)
    {
        return line.size() > synsetLength && line[0] == 'n' &&
               std::all_of(
                   line.begin() + 1, line.begin() + synsetLength,
                   [](char c) { return c >= '0' && c <= '9'; }) &&
               (line[synsetLength] == ' ' || line[synsetLength] == '\t');
    }

    ClassNames ofJson(std::string_view text) const
    {
        const Json json = Json::parse(text, nullptr, false);
        if (json.is_discarded())
            refuse("it begins as JSON, but isn't JSON");
        requireFew(json.size());
        if (json.empty())
            refuse("there are no class names in it");
        ClassNames names;
        if (json.is_object()) {
            const bool toIndex = json.begin()->is_number_integer();
            return toIndex ? ofIndices(json) : ofIndexed(json);
        }
        for (const Json& name : json)
            names.push_back(nameOf(name, std::to_string(names.size())));
        return names;
    }

    [[nodiscard]] std::string nameOf(const Json& value, const std::string& of) const
    {
        const Json& name = value.is_array() && !value.empty() ? value.back() : value;
        if (!name.is_string())
            refuse("the name of class " + shown(of) + " is no text");
        return name.get<std::string>();
    }

    /// {"0": "tench", "1": ["n01443537", "goldfish"]}
    [[nodiscard]] ClassNames ofIndexed(const Json& json) const
    {
        ClassNames names(json.size());
        std::vector<bool> given(json.size());
        for (const auto& [key, value] : json.items()) {
            size_t index = 0;
            const auto [end, fault] = std::from_chars(key.data(), key.data() + key.size(), index);
            if (fault != std::errc() || end != key.data() + key.size())
                refuse("\"" + shown(key) + "\" is no class number");
            place(names, given, index, nameOf(value, key));
        }
        return names;
    }

    /// {"tench": 0, "goldfish": 1}
    [[nodiscard]] ClassNames ofIndices(const Json& json) const
    {
        ClassNames names(json.size());
        std::vector<bool> given(json.size());
        for (const auto& [key, value] : json.items()) {
            if (!value.is_number_unsigned())
                refuse("the number of class \"" + shown(key) + "\" is no whole number from 0 on");
            place(names, given, value.get<size_t>(), key);
        }
        return names;
    }

    void
    place(ClassNames& names, std::vector<bool>& given, size_t index, const std::string& name) const
    {
        if (index >= names.size())
            refuse(
                "it names class " + std::to_string(index) + ", but " +
                std::to_string(names.size()) + " classes, which count from 0 on");
        if (given[index])
            refuse("it names class " + std::to_string(index) + " twice");
        given[index] = true;
        names[index] = name;
    }

    const std::string& m_where;
};

} // namespace

ClassNames parseClassNames(std::string_view text, const std::string& where)
{
    return NameReader(where).read(text);
}

const char* classNamesKey(const std::map<std::string, std::string>& metadata)
{
    for (const char* key : {"labels", "id2label", "class_names"})
        if (const auto it = metadata.find(key); it != metadata.end())
            if (it->second.find_first_of("[{\n") != std::string::npos)
                return key;
    return nullptr;
}

} // namespace inceptoscope
