#include "models/search/search_rank.h"

#include <QStringList>

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr int wholeTitle = 100'000; ///< before all that only begin so, however many words
constexpr int beginsTitle = 700;
constexpr int wholeWord = 120;
constexpr int beginsWord = 80;
constexpr int partOfWord = 30;
constexpr int besideTitle = 20; ///< less than in the title

/// How well a word of the query is found in a text of words.
int wordScore(const QString& text, const QString& word)
{
    int best = 0;
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const qsizetype end = at + word.size();
        const bool begins = at == 0 || text[at - 1] == u' ';
        const bool ends = end == text.size() || text[end] == u' ';
        best = std::max(best, begins && ends ? wholeWord : begins ? beginsWord : partOfWord);
    }
    return best;
}

/// Letters of the query in this order, most of them side by side: "incepton".
bool nearly(const QString& joined, const QString& query)
{
    constexpr qsizetype shortest = 4;
    if (query.size() < shortest)
        return false;
    qsizetype gaps = 0;
    qsizetype at = joined.indexOf(query[0]);
    for (qsizetype i = 1; at >= 0 && i < query.size(); ++i) {
        const qsizetype next = joined.indexOf(query[i], at + 1);
        gaps += next == at + 1 ? 0 : 1;
        at = next;
    }
    return at >= 0 && gaps <= 1 + query.size() / 6;
}

} // namespace

QString searchable(const QString& text)
{
    QString result;
    bool space = false;
    for (const QChar c : text) {
        // As op names have it: the × of a shape is an x.
        const QChar letter = c == u'×' ? QChar(u'x') : c.toLower();
        if (!letter.isLetterOrNumber()) {
            space = !result.isEmpty();
            continue;
        }
        if (space)
            result += u' ';
        space = false;
        result += letter;
    }
    return result;
}

SearchText searchText(const SearchEntry& entry)
{
    const QString title = searchable(entry.title);
    return {title, QString(title).remove(u' '), searchable(entry.words + u' ' + entry.detail)};
}

int searchScore(const SearchText& text, const QString& query)
{
    const QString asked = searchable(query);
    const QString joined = QString(asked).remove(u' ');
    if (joined.isEmpty())
        return 0;
    if (text.joined == joined || text.title == asked)
        return wholeTitle;
    const bool begins = text.title.startsWith(asked) || text.joined.startsWith(joined);
    int score = begins ? beginsTitle : 0;
    for (const QString& word : asked.split(u' ')) {
        const int beside = std::max(0, wordScore(text.rest, word) - besideTitle);
        const int best = std::max(wordScore(text.title, word), beside);
        if (best == 0 && !begins)
            return nearly(text.joined, joined) ? 1 : 0;
        score += best;
    }
    return score;
}

QList<int>
searchHits(const SearchEntries& entries, const QList<SearchText>& texts, const QString& query)
{
    struct Hit
    {
        int score;
        int kind;
        qsizetype length;
        int index;
    };
    const bool all = searchable(query).isEmpty();
    QList<Hit> hits;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const int score =
            all ? int(entries[i].kind <= SearchKind::Network) : searchScore(texts[i], query);
        if (score > 0)
            hits << Hit{score, int(entries[i].kind), all ? 0 : texts[i].title.size(), int(i)};
    }
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        return std::tuple(-a.score, a.kind, a.length, a.index) <
               std::tuple(-b.score, b.kind, b.length, b.index);
    });
    QList<int> order;
    for (const Hit& hit : std::as_const(hits))
        order << hit.index;
    return order;
}

} // namespace inceptoscope
