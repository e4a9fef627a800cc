#pragma once

#include "error.h"

#include <string>

namespace inceptoscope {

/// The sentence of the Error(Usage) that `action` throws; "no error" where it throws none.
template <class Action> std::string usageError(const Action& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Usage ? error.what() : "another kind of error";
    }
    return "no error";
}

} // namespace inceptoscope
