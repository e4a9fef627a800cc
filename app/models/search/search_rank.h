#pragma once

#include "models/search/search_entry.h"

namespace inceptoscope {

/// A text as it is compared: small letters and digits, single spaces for everything else, so that
/// "Inception_3a/3x3" and "inception 3a 3x3" are the same.
[[nodiscard]] QString searchable(const QString& text);

/// An entry with the forms of its texts that comparing needs, made once.
struct SearchText
{
    QString title;
    QString joined; ///< the title without spaces
    QString rest;   ///< detail and words
};
[[nodiscard]] SearchText searchText(const SearchEntry& entry);

/// How well an entry answers a query, more is better; 0: not at all. Each word of the query must be
/// in it; the whole title beats its beginning, that a word of it, that the beginning of a word,
/// that a part of one, and all of them what stands beside the title.
[[nodiscard]] int searchScore(const SearchText& text, const QString& query);

/// Indices of those that answer, the best first. An empty query: views, commands and networks.
[[nodiscard]] QList<int>
searchHits(const SearchEntries& entries, const QList<SearchText>& texts, const QString& query);

} // namespace inceptoscope
