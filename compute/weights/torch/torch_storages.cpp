#include "weights/torch/torch_storages.h"

#include "error.h"
#include "shown_text.h"
#include "weights/file_kind.h"
#include "weights/torch/zip_archive.h"

#include <cstring>

namespace inceptoscope {

namespace {

[[noreturn]] void refuse(const MappedFile& file, const std::string& why)
{
    throw Error(ErrorKind::BadInput, "weights: " + file.path() + ": " + why);
}

std::string named(const std::string& key)
{
    return "its storage \"" + shown(key) + "\" ";
}

std::string textOf(const MappedFile& file, const ZipArchive::Range& range)
{
    const auto bytes = file.bytes(range.offset, std::min<uint64_t>(range.bytes, 80));
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// "archive/" of the only "archive/data.pkl".
std::string zipFolder(const MappedFile& file)
{
    constexpr std::string_view name = "/data.pkl";
    std::string folder;
    for (const std::string& entry : zipNames(file)) {
        if (!entry.ends_with(name) || entry.find('/') != entry.size() - name.size())
            continue;
        if (!folder.empty())
            refuse(file, "it is a zip archive with several data.pkl");
        folder = entry.substr(0, entry.size() - name.size() + 1);
    }
    if (folder.empty())
        throw Error(ErrorKind::BadInput, "weights: " + file.path() + " " + foreignZip(file));
    return folder;
}

bool isScript(const ZipArchive& archive, const std::string& folder)
{
    return archive.find(folder + "constants.pkl").has_value();
}

/// The offset of the storage's bytes, once their number is what the pickle says.
uint64_t zipStorage(
    const MappedFile& file, const ZipArchive& archive, const std::string& folder,
    const TorchStorage& storage)
{
    const auto range = archive.find(folder + "data/" + storage.key);
    if (!range)
        refuse(file, named(storage.key) + "isn't in the archive");
    uint64_t bytes = 0;
    if (__builtin_mul_overflow(storage.values, storage.type.bytes, &bytes) || bytes != range->bytes)
        refuse(
            file, named(storage.key) + "is said to hold " + std::to_string(storage.values) +
                      " values of " + std::to_string(storage.type.bytes) +
                      " bytes each, but the archive has " + std::to_string(range->bytes) +
                      " bytes of it");
    return range->offset;
}

/// One pickle after the other.
class LegacyReader
{
public:
    LegacyReader(const MappedFile& file, const TorchRequest& request)
        : m_file(file)
        , m_request(request)
    {
    }

    TorchContents read()
    {
        checkHead();
        const Pickle object = next();
        TorchContents contents;
        contents.choice = chooseTorchPart(object, m_file.path(), m_request);
        contents.tensors = torchTensors(object, contents.choice.part, m_file.path());
        std::map<std::string, TorchStorage> expected;
        for (PickleId id = 0; id < object.values.size(); ++id)
            if (object[id].kind == PickleKind::Persistent && !isModule(object, id))
                expect(expected, torchStorage(object, id, m_file.path()));
        const std::map<std::string, uint64_t> offsets = readStorages(expected);
        for (const TorchTensor& tensor : contents.tensors)
            contents.storageOffsets.push_back(offsets.at(tensor.storage.key));
        contents.labels = torchLabels(object);
        return contents;
    }

private:
    Pickle next()
    {
        const uint64_t left = m_file.size() - m_at;
        Pickle pickle = parsePickle(m_file.bytes(m_at, left), m_file.path());
        m_at += pickle.size;
        return pickle;
    }

    /// A module's class with its source, which was stored as storages are.
    static bool isModule(const Pickle& pickle, PickleId persistent)
    {
        const PickleValue& tuple = pickle[pickle[persistent].items()[0]];
        if (tuple.kind != PickleKind::Tuple || tuple.items().empty())
            return false;
        const PickleValue& what = pickle[tuple.items()[0]];
        return what.kind == PickleKind::Text && what.text() == "module";
    }

    void checkHead()
    {
        // torch.serialization's MAGIC_NUMBER and PROTOCOL_VERSION.
        constexpr std::string_view magic = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";
        constexpr int64_t protocol = 1001;
        const Pickle first = next();
        const PickleValue& number = first[first.root];
        if (number.kind != PickleKind::BigInteger || number.text() != magic)
            refuse(
                m_file,
                "it is a pickle, but none that PyTorch wrote; save the network's state_dict() "
                "with torch.save");
        const Pickle second = next();
        const PickleValue& version = second[second.root];
        if (version.kind != PickleKind::Integer || version.integer() != protocol)
            refuse(m_file, "its version of PyTorch's format isn't 1001, the only one there is");
        const Pickle system = next();
        if (system[system.root].kind != PickleKind::Dict)
            refuse(m_file, "it doesn't describe the machine it was written on");
        const auto& items = system[system.root].items();
        for (size_t i = 0; i + 1 < items.size(); i += 2) {
            const PickleValue& key = system[items[i]];
            const PickleValue& value = system[items[i + 1]];
            if (key.kind == PickleKind::Text && key.text() == "little_endian" &&
                (value.kind != PickleKind::Boolean || value.integer() != 1))
                refuse(m_file, "its byte order is not little, the only one that can be read");
        }
    }

    void expect(std::map<std::string, TorchStorage>& expected, const TorchStorage& storage) const
    {
        const auto [it, isNew] = expected.emplace(storage.key, storage);
        if (!isNew &&
            (it->second.type.name != storage.type.name || it->second.values != storage.values))
            refuse(m_file, named(storage.key) + "is described in two ways");
    }

    std::map<std::string, uint64_t>
    readStorages(const std::map<std::string, TorchStorage>& expected)
    {
        const Pickle keys = next();
        if (keys[keys.root].kind != PickleKind::List)
            refuse(m_file, "it has no list of its storages");
        std::map<std::string, uint64_t> offsets;
        for (const PickleId id : keys[keys.root].items()) {
            if (keys[id].kind != PickleKind::Text)
                refuse(m_file, "the key of one of its storages is no text");
            const std::string key(keys[id].text());
            const auto it = expected.find(key);
            if (it == expected.end())
                refuse(m_file, named(key) + "is no tensor's");
            if (!offsets.emplace(key, m_at + 8).second)
                refuse(m_file, named(key) + "is there twice");
            skipStorage(it->second);
        }
        for (const auto& [key, storage] : expected)
            if (!offsets.contains(key))
                refuse(m_file, named(key) + "isn't in the file");
        return offsets;
    }

    void skipStorage(const TorchStorage& storage)
    {
        const uint64_t left = m_file.size() - m_at;
        if (left < 8)
            refuse(m_file, named(storage.key) + "begins behind the file's end; it is truncated");
        uint64_t values = 0;
        std::memcpy(&values, m_file.bytes(m_at, 8).data(), 8);
        if (values != storage.values)
            refuse(
                m_file, named(storage.key) + "is said to hold " + std::to_string(storage.values) +
                            " values, but has " + std::to_string(values));
        uint64_t bytes = 0;
        if (__builtin_mul_overflow(values, storage.type.bytes, &bytes) || bytes > left - 8)
            refuse(
                m_file, named(storage.key) + "holds " + std::to_string(values) + " values of " +
                            std::to_string(storage.type.bytes) + " bytes each, the file has " +
                            std::to_string(left - 8) + " bytes left; it is truncated");
        m_at += 8 + bytes;
    }

    const MappedFile& m_file;
    const TorchRequest& m_request;
    uint64_t m_at = 0;
};

} // namespace

TorchContents readTorchZip(const MappedFile& file, const TorchRequest& request)
{
    const std::string folder = zipFolder(file);
    const ZipArchive archive(file);
    if (const auto order = archive.find(folder + "byteorder"))
        if (const std::string text = textOf(file, *order); text != "little")
            refuse(file, "its byte order is \"" + shown(text) + "\", only \"little\" can be read");
    const ZipArchive::Range range = *archive.find(folder + "data.pkl");
    const Pickle pickle = parsePickle(file.bytes(range.offset, range.bytes), file.path());
    TorchContents contents;
    try {
        contents.choice = chooseTorchPart(pickle, file.path(), request);
    } catch (const Error&) {
        if (isScript(archive, folder))
            refuse(
                file, "it is a TorchScript archive that keeps its tensors in its code "
                      "(torch.jit.freeze); save the state_dict() of the network itself");
        throw;
    }
    if (isScript(archive, folder))
        contents.choice.notes.emplace_back(
            "it is a TorchScript archive; its tensors are read, its code is not");
    contents.tensors = torchTensors(pickle, contents.choice.part, file.path());
    contents.labels = torchLabels(pickle);
    for (const TorchTensor& tensor : contents.tensors)
        contents.storageOffsets.push_back(zipStorage(file, archive, folder, tensor.storage));
    return contents;
}

TorchContents readTorchLegacy(const MappedFile& file, const TorchRequest& request)
{
    return LegacyReader(file, request).read();
}

} // namespace inceptoscope
