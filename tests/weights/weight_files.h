#pragma once

#include "error.h"

#include <QTemporaryDir>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// The bytes of values as they lie in memory, which is how files hold them.
template <class T> std::string bytesOfValues(const std::vector<T>& values)
{
    std::string bytes(values.size() * sizeof(T), '\0');
    if (!values.empty())
        std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

/// A safetensors file: length, header, data.
inline std::string safetensorsBytes(const std::string& header, const std::string& data = {})
{
    return bytesOfValues(std::vector<uint64_t>{header.size()}) + header + data;
}

/// A header's entry: "NAME":{...}.
inline std::string entry(
    const std::string& name, const std::string& dtype, const std::string& shape,
    const std::string& offsets)
{
    return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape +
           ",\"data_offsets\":" + offsets + "}";
}

/// A folder of one test that disappears with it.
class Folder
{
public:
    [[nodiscard]] std::string path(const std::string& name) const
    {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }
    [[nodiscard]] std::string write(const std::string& name, const std::string& bytes) const
    {
        std::ofstream file(path(name), std::ios::binary | std::ios::trunc);
        file << bytes;
        return path(name);
    }

private:
    QTemporaryDir m_folder;
};

/// The Error that an action throws.
struct Refusal
{
    std::optional<ErrorKind> kind; ///< empty: it threw none
    std::string message = "no error";
};

template <class Action> Refusal refusal(const Action& action)
{
    try {
        action();
    } catch (const Error& error) {
        return {error.kind(), error.what()};
    }
    return {};
}

} // namespace inceptoscope
