#pragma once

#include "address/address.h"

#include <QList>
#include <QString>

namespace inceptoscope {

/// In the order in which they come where nothing else decides.
enum class SearchKind
{
    View,
    Command,
    Network,
    Experiment,
    Module,
    Class,
    Op,
    ElsewhereModule ///< of a network that isn't shown
};

/// "View", "Command", ...: what a hit is, for people.
[[nodiscard]] QString kindTitle(SearchKind kind);

/// Something that can be found.
struct SearchEntry
{
    SearchKind kind = SearchKind::View;
    QString title = {};
    QString detail = {};  ///< a second line; what is in it is found, too
    QString words = {};   ///< what else it is called
    QString keys = {};    ///< of a command, for people
    QString command = {}; ///< id of a command; empty: `target` is where it leads
    Address target = {};
};

using SearchEntries = QList<SearchEntry>;

} // namespace inceptoscope
