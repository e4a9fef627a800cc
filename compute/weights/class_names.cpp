#include "weights/class_names.h"

#include "error.h"
#include "shown_text.h"
#include "weights/utf16.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;

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
        std::string decoded;
        text = plain(text, decoded);
        const size_t first = text.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos)
            refuse("there are no class names in it");
        const bool json = text[first] == '[' || text[first] == '{';
        return printable(json ? ofJson(text) : ofLines(text));
    }

    /// Of a model's configuration; nothing where it names no classes.
    std::optional<ClassNames> readConfig(std::string_view text) const
    {
        std::string decoded;
        const Json json = Json::parse(plain(text, decoded), nullptr, false);
        const Json* list = json.is_object() ? listIn(json) : nullptr;
        if (list == nullptr || list->empty())
            return std::nullopt;
        ClassNames names = printable(ofDocument(json));
        // What transformers writes where nobody named the classes.
        for (size_t i = 0; i < names.size(); ++i)
            if (names[i] != "LABEL_" + std::to_string(i))
                return names;
        return std::nullopt;
    }

private:
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorKind::BadInput, m_where + ": " + why);
    }
    void requireFew(size_t count) const
    {
        if (count > mostClassNames)
            refuse(tooManyClassNames(count));
    }

    /// Without a byte order mark, in UTF-8; `decoded` keeps what had to be decoded.
    std::string_view plain(std::string_view text, std::string& decoded) const
    {
        if (text.size() > mostClassNameBytes)
            refuse(tooLongForClassNames(text.size()));
        if (isUtf16(text))
            text = decoded = fromUtf16(text);
        if (text.starts_with("\xef\xbb\xbf"))
            text.remove_prefix(3);
        return text;
    }

    static ClassNames printable(ClassNames names)
    {
        for (std::string& name : names)
            name = shown(name, longestName);
        return names;
    }

    ClassNames ofLines(std::string_view text) const
    {
        ClassNames names;
        requireFew(size_t(std::ranges::count(text, '\n')) + (text.back() == '\n' ? 0 : 1));
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
        return ofDocument(json);
    }

    /// Where a model's configuration keeps its classes; nullptr for any other object.
    static const Json* listIn(const Json& json)
    {
        for (const char* key :
             {"id2label", "label2id", "label_names", "class_names", "labels", "classes", "names",
              "idx_to_class", "class_to_idx"})
            if (const auto it = json.find(key); it != json.end() && it->is_structured())
                return &*it;
        for (const char* part : {"pretrained_cfg", "config"})
            if (const auto it = json.find(part); it != json.end() && it->is_object())
                if (const auto names = it->find("label_names");
                    names != it->end() && names->is_structured())
                    return &*names;
        return nullptr;
    }

    [[nodiscard]] ClassNames ofDocument(const Json& json) const
    {
        const Json* list = json.is_object() ? listIn(json) : nullptr;
        if (list == nullptr)
            return ofList(json);
        ClassNames names = ofList(*list);
        // timm's names may be synsets, which it describes apart.
        if (const auto about = json.find("label_descriptions");
            about != json.end() && about->is_object())
            for (std::string& name : names)
                if (const auto it = about->find(name); it != about->end() && it->is_string())
                    name = it->get<std::string>();
        return names;
    }

    [[nodiscard]] ClassNames ofList(const Json& json) const
    {
        requireFew(json.size());
        if (json.empty())
            refuse("there are no class names in it");
        if (json.is_object()) {
            const Json& first = *json.begin();
            const bool toIndex =
                first.is_number_integer() || (isIndex(first) && !isIndex(Json(json.begin().key())));
            return toIndex ? ofIndices(json) : ofIndexed(json);
        }
        ClassNames names;
        for (const Json& name : json)
            names.push_back(nameOf(name, std::to_string(names.size())));
        return names;
    }

    /// A number, also as text, as some configurations have it.
    static bool isIndex(const Json& value)
    {
        if (!value.is_string())
            return value.is_number_integer();
        const std::string text = value.get<std::string>();
        return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    }

    [[nodiscard]] std::optional<size_t> number(const std::string& text) const
    {
        size_t index = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), index);
        if (fault != std::errc() || end != text.data() + text.size())
            return std::nullopt;
        return index;
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
            const auto index = number(key);
            if (!index)
                refuse("\"" + shown(key) + "\" is no class number");
            place(names, given, *index, nameOf(value, key));
        }
        return names;
    }

    /// {"tench": 0, "goldfish": 1}
    [[nodiscard]] ClassNames ofIndices(const Json& json) const
    {
        ClassNames names(json.size());
        std::vector<bool> given(json.size());
        for (const auto& [key, value] : json.items()) {
            const auto index = value.is_string()            ? number(value.get<std::string>())
                               : value.is_number_unsigned() ? std::optional(value.get<size_t>())
                                                            : std::nullopt;
            if (!index)
                refuse("the number of class \"" + shown(key) + "\" is no whole number from 0 on");
            place(names, given, *index, key);
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

std::string tooManyClassNames(size_t count)
{
    return std::to_string(count) + " class names, at most " + std::to_string(mostClassNames) +
           " are read";
}

std::string tooLongForClassNames(uint64_t bytes)
{
    return std::to_string(bytes) + " bytes are too many for class names, at most " +
           std::to_string(mostClassNameBytes) + " are read";
}

std::optional<ClassNames> parseConfigNames(std::string_view text, const std::string& where)
{
    return NameReader(where).readConfig(text);
}

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
