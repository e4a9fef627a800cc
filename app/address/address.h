#pragma once

#include "graph/graph.h"

#include <QString>

#include <optional>

namespace inceptoscope {

/// A state of the window, as "inceptoscope:network=googlenet&module=inception_3a&channel=12". What
/// is empty says nothing: going there leaves it as it is. The command line, "Copy address", the
/// history and the settings all mean the same by it.
struct Address
{
    QString network = {}; ///< an id of the zoo
    QString picture = {}; ///< name of a sample ("chelsea"), or a file as fileText() has it
    QString weights = {}; ///< as --weights takes
    QString view = {};    ///< an id of windowViews()
    QString module = {};  ///< its name
    QString op = {};      ///< full name of one of the module's ops; empty: the module's output
    std::optional<int> channel = {}; ///< of that op, seen up close
    QString why = {}; ///< "Why this class?": id of the method that is asked, "grad-cam"
    std::optional<int> ofClass = {}; ///< that it is asked about; none: the most probable
    std::optional<int> dream = {};   ///< the module's dream, at so many sizes of the picture
    std::optional<int> tab = {};     ///< of the view
    QString experiment = {};         ///< id of one of the laboratory
    QString set = {}; ///< its settings that aren't the standard ones: "n=7,channels=16"

    bool operator==(const Address&) const = default;
};

/// Of a dream; see DreamOptions::octaves.
inline constexpr int mostDreamSizes = 6;

/// What reading gave: where `problem` isn't empty, it is a sentence that names the bad part, and
/// nothing of the address counts.
struct AddressRead
{
    Address address;
    QString problem;
};

/// No more than this is read: paths have at most 4,096 bytes, escaped up to three times as many.
inline constexpr qsizetype longestAddress = 16'384;

[[nodiscard]] bool looksLikeAddress(const QString& text);
/// Knows networks, views and the form of everything else; see objection() for the rest.
[[nodiscard]] AddressRead readAddress(const QString& text);
/// The way back; everything but letters, digits and - . _ / : is escaped.
[[nodiscard]] QString addressText(const Address& address);
/// Whether module, op and channel are in this network: empty, or a sentence that names what isn't.
[[nodiscard]] QString objection(const Address& address, const Graph& graph);

/// `asked` first; what it leaves open is as `last` has it, where the two go together.
[[nodiscard]] Address completed(const Address& asked, const Address& last);

} // namespace inceptoscope
