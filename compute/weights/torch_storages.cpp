#include "weights/torch_storages.h"

#include "error.h"
#include "shown_text.h"
#include "weights/torch_labels.h"
#include "weights/zip_archive.h"

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
std::string zipFolder(const MappedFile& file, const ZipArchive& archive)
{
    constexpr std::string_view name = "/data.pkl";
    std::string folder;
    for (const auto& [entry, range] : archive.entries()) {
        if (!entry.ends_with(name) || entry.find('/') != entry.size() - name.size())
            continue;
        if (!folder.empty())
            refuse(file, "it is a zip archive with several data.pkl");
        folder = entry.substr(0, entry.size() - name.size() + 1);
    }
    if (folder.empty())
        refuse(file, "it is a zip archive without a data.pkl; it is no PyTorch file");
    return folder;
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
    explicit LegacyReader(const MappedFile& file)
        : m_file(file)
    {
    }

    TorchContents read()
    {
        checkHead();
        const Pickle object = next();
        std::vector<TorchTensor> tensors = torchTensors(object, m_file.path());
        std::map<std::string, TorchStorage> expected;
        for (PickleId id = 0; id < object.values.size(); ++id)
            if (object[id].kind == PickleKind::Persistent)
                expect(expected, torchStorage(object, id, m_file.path()));
        const std::map<std::string, uint64_t> offsets = readStorages(expected);
        TorchContents contents;
        for (const TorchTensor& tensor : tensors)
            contents.storageOffsets.push_back(offsets.at(tensor.storage.key));
        contents.tensors = std::move(tensors);
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

    void checkHead()
    {
        // torch.serialization's MAGIC_NUMBER and PROTOCOL_VERSION.
        constexpr std::string_view magic = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";
        constexpr int64_t protocol = 1001;
        const Pickle first = next();
        const PickleValue& number = first[first.root];
        if (number.kind != PickleKind::BigInteger || number.text() != magic)
            refuse(m_file, "it is a pickle, but none that PyTorch wrote");
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
    uint64_t m_at = 0;
};

} // namespace

TorchContents readTorchZip(const MappedFile& file)
{
    const ZipArchive archive(file);
    const std::string folder = zipFolder(file, archive);
    if (const auto order = archive.find(folder + "byteorder"))
        if (const std::string text = textOf(file, *order); text != "little")
            refuse(file, "its byte order is \"" + shown(text) + "\", only \"little\" can be read");
    const ZipArchive::Range range = *archive.find(folder + "data.pkl");
    const Pickle pickle = parsePickle(file.bytes(range.offset, range.bytes), file.path());
    TorchContents contents;
    contents.tensors = torchTensors(pickle, file.path());
    contents.labels = torchLabels(pickle);
    for (const TorchTensor& tensor : contents.tensors)
        contents.storageOffsets.push_back(zipStorage(file, archive, folder, tensor.storage));
    return contents;
}

TorchContents readTorchLegacy(const MappedFile& file)
{
    return LegacyReader(file).read();
}

} // namespace inceptoscope
