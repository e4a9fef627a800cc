#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace inceptoscope {

/// One block of a Markdown file, as cmark finds it.
struct MarkdownBlock
{
    enum class Kind
    {
        Heading,
        Fence,
        Text
    };
    Kind kind = Kind::Text;
    int line = 0;      ///< where it begins in the file, from 1
    QString text;      ///< a heading's words, a fence's contents, or HTML
    QString info;      ///< of a fence: what stands behind its ```
    int words = 0;     ///< of a text
    QStringList links; ///< where they lead
    QString objection; ///< what this program doesn't take, such as a picture; mostly empty
};

/// `line`: of the file, at which `markdown` begins.
[[nodiscard]] QList<MarkdownBlock> markdownBlocks(const QByteArray& markdown, int line);

} // namespace inceptoscope
