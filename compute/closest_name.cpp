#include "closest_name.h"

#include "ascii.h"

#include <algorithm>
#include <numeric>

namespace inceptoscope {

/// Levenshtein's edit distance.
static size_t distance(const std::string& a, const std::string& b)
{
    std::vector<size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), size_t(0));
    for (size_t i = 1; i <= a.size(); ++i) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

std::string normalised(std::string_view name)
{
    std::string result;
    for (const char c : name)
        if (c != '_')
            result += ascii::lower(c);
    return result;
}

std::string closestName(const std::string& word, const std::vector<std::string>& known)
{
    std::string best;
    size_t smallest = std::max<size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : known) {
        const size_t d = distance(normalised(word), normalised(candidate));
        if (d < smallest) {
            smallest = d;
            best = candidate;
        }
    }
    return best;
}

} // namespace inceptoscope
