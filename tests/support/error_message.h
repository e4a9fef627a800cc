#pragma once

#include "error.h"

#include <QString>

#include <functional>

namespace inceptoscope {

/// The sentence of the Error that `call` throws; empty when it throws none.
inline QString errorMessage(const std::function<void()>& call)
{
    try {
        call();
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

} // namespace inceptoscope
