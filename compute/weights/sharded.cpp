#include "weights/sharded.h"

#include "error.h"
#include "shown_text.h"
#include "weights/beside.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <regex>
#include <set>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;

constexpr uint64_t mostBytes = 16U << 20; // an index of 100,000 tensors has some 8 MB
constexpr size_t mostFiles = 200;         // each holds a descriptor
constexpr std::string_view mapName = "\"weight_map\"";

[[noreturn]] void refuse(const std::string& path, const std::string& why)
{
    throw Error(ErrorKind::BadInput, "weights: " + path + ": " + why);
}

std::string_view textOf(const MappedFile& file)
{
    const auto bytes = file.bytes(0, std::min(file.size(), mostBytes));
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class ShardedWeights : public TensorSource
{
public:
    ShardedWeights(const std::string& path, const OpenShard& open)
        : m_path(path)
    {
        const std::map<std::string, std::string> places = readIndex();
        std::set<std::string> files;
        for (const auto& [key, file] : places)
            files.insert(file);
        if (files.size() > mostFiles)
            refuse(
                path, "it names " + std::to_string(files.size()) + " files, at most " +
                          std::to_string(mostFiles) + " are read");
        for (const std::string& file : files)
            addFile(file, files.size(), places, open);
    }
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(size_t index, std::span<float> out) const override
    {
        m_files[m_origins[index].first]->read(m_origins[index].second, out);
    }
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const override
    {
        return m_files.front()->metadata();
    }
    [[nodiscard]] std::string describe() const override { return m_path; }
    [[nodiscard]] std::vector<std::string> notes() const override
    {
        return {"its tensors are read from " + std::to_string(m_files.size()) + " files beside it"};
    }

private:
    /// The file of each tensor.
    [[nodiscard]] std::map<std::string, std::string> readIndex() const
    {
        const MappedFile file(m_path);
        if (file.size() > mostBytes)
            refuse(
                m_path, "it has " + std::to_string(file.size()) + " bytes, an index of at most " +
                            std::to_string(mostBytes) + " is read");
        const Json json = Json::parse(textOf(file), nullptr, false);
        const auto map = json.is_object() ? json.find("weight_map") : json.end();
        if (json.is_discarded() || map == json.end() || !map->is_object() || map->empty())
            refuse(m_path, "it looks like the index of several files, but has no weight_map");
        std::map<std::string, std::string> places;
        for (const auto& [key, name] : map->items()) {
            if (!name.is_string())
                refuse(m_path, "the file of tensor \"" + shown(key) + "\" is no text");
            places.emplace(key, name.get<std::string>());
        }
        return places;
    }

    void addFile(
        const std::string& name, size_t count, const std::map<std::string, std::string>& places,
        const OpenShard& open)
    {
        // A name alone can't leave the index's folder.
        if (name.empty() || name == "." || name == ".." ||
            name.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos)
            refuse(
                m_path,
                "it names the file \"" + shown(name) + "\"; only files in its own folder are read");
        const FileBeside part = fileBeside(m_path, name);
        if (part.fault)
            refuse(
                m_path, "its part \"" + shown(name) + "\", one of " + std::to_string(count) +
                            ", isn't beside it; download all parts into its folder");
        if (part.strays)
            refuse(
                m_path, "its part \"" + shown(name) + "\" is a link to " + shown(part.path) +
                            "; only files in its own folder are read, so put it there itself");
        m_files.push_back(open(part.path));
        const std::vector<TensorInfo>& all = m_files.back()->tensors();
        for (size_t i = 0; i < all.size(); ++i) {
            const auto place = places.find(all[i].key);
            if (place == places.end() || place->second != name)
                continue;
            m_tensors.push_back(all[i]);
            m_origins.emplace_back(m_files.size() - 1, i);
        }
    }

    std::string m_path;
    std::vector<std::unique_ptr<TensorSource>> m_files;
    std::vector<TensorInfo> m_tensors;
    std::vector<std::pair<size_t, size_t>> m_origins; ///< file and its tensor, as m_tensors
};

} // namespace

bool isShardIndex(const MappedFile& file)
{
    const std::string_view text = textOf(file);
    const size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{' &&
           text.find(mapName) != std::string_view::npos;
}

std::unique_ptr<TensorSource> openShards(const std::string& path, const OpenShard& open)
{
    return std::make_unique<ShardedWeights>(path, open);
}

bool namesShard(const std::string& path)
{
    static const std::regex pattern(R"(-\d{5}-of-\d{5}\.[a-z]+$)");
    const size_t slash = path.rfind('/');
    return std::regex_search(slash == std::string::npos ? path : path.substr(slash + 1), pattern);
}

} // namespace inceptoscope
