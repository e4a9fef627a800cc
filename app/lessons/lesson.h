#pragma once

#include "address/address.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace inceptoscope {

/// What a page asks the reader to do, and how the window knows that it was done.
struct LessonTask
{
    QString say;
    Address until; ///< every part that isn't empty is as the window has it
};

/// What a page asks before the network answers. The answer is nobody's: it is what the graph
/// counts, or what the run on the reader's own picture gave.
struct LessonPrediction
{
    QString ask;
    QString by;         ///< a quantity, see predictions.h
    QStringList among;  ///< ops or branches of the page's network, at least two
    bool least = false; ///< the smallest is asked for, not the largest
    QString then;       ///< shown once it was answered; may hold figures
};

/// One page: what the window shows, and at most mostWords about it.
struct LessonPage
{
    QString title;
    int line = 0;            ///< in the file, from 1
    Address stage = {};      ///< what is empty stays as the page before has it
    QStringList points = {}; ///< ops or branches that are meant; the others are dimmed
    QString text = {}; ///< HTML: paragraphs, emphasis, links to parts and terms, figures in braces
    QStringList links = {}; ///< where those of the text lead: a part, or a term behind termScheme
    int words = 0;
    std::optional<LessonTask> task = {};
    std::optional<LessonPrediction> prediction = {};
};

struct Lesson
{
    QString id; ///< the file's name without its suffix
    QString title;
    QString chapter; ///< see lessonChapters()
    QString summary;
    QList<LessonPage> pages;
    QStringList source = {}; ///< the file's lines: where a name stands that isn't known
};

/// What is wrong with a file, and where.
struct LessonProblem
{
    QString file;
    int line = 0; ///< from 1; 0 for the file as a whole
    QString what;
};

inline constexpr int mostWords = 60;
inline constexpr int fewestPages = 3;
inline constexpr int mostPages = 6;

struct LessonChapter
{
    QString id;    ///< in the front matter
    QString title; ///< "Inception v1"
    QString year;
};

/// In the order of the family's history.
[[nodiscard]] const QList<LessonChapter>& lessonChapters();

/// Before the name of a term, in a link.
inline constexpr auto termScheme = "term:";

} // namespace inceptoscope
