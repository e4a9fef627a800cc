#pragma once

#include "error.h"
#include "weights/memory_file.h"
#include "weights/tensor_source.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

namespace inceptoscope {

/// A reader may refuse a file, with one sentence that names it, and nothing else.
template <class Action> void fuzzAction(const std::string& path, const Action& action)
{
    try {
        action();
    } catch (const Error& error) {
        const std::string message = error.what();
        bool clean = error.kind() == ErrorKind::BadInput &&
                     message.starts_with("weights: " + path) && message.size() < path.size() + 500;
        for (const char c : message)
            clean = clean && uint8_t(c) >= 32 && c != 127;
        if (!clean) {
            std::fprintf(stderr, "not a clean refusal: %s\n", message.c_str());
            std::abort();
        }
    }
}

/// Opens the bytes as a file and reads all of its tensors. Each tensor has its values in the
/// file, 2 bytes or more each; twice that many are a margin.
inline void fuzzFile(
    const uint8_t* data, size_t size, std::unique_ptr<TensorSource> (*open)(const std::string&))
{
    static const MemoryFile file;
    if (!file.write({reinterpret_cast<const char*>(data), size}))
        std::abort();
    fuzzAction(file.path(), [&] {
        const auto source = open(file.path());
        for (size_t i = 0; i < source->tensors().size(); ++i) {
            const uint64_t elements = source->tensors()[i].elements();
            if (elements > 2 * size)
                std::abort();
            std::vector<float> values(elements);
            source->read(i, values);
        }
    });
}

} // namespace inceptoscope
