#include "lessons/blocks.h"

#include <QRegularExpression>
#include <QStringList>

#include <cmark.h>

#include <memory>

namespace inceptoscope {

namespace {

struct Freed
{
    void operator()(cmark_node* node) const { cmark_node_free(node); }
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
    void operator()(char* text) const { cmark_get_default_mem_allocator()->free(text); }
};

QString literal(cmark_node* node)
{
    return QString::fromUtf8(cmark_node_get_literal(node));
}

bool isText(cmark_node_type type)
{
    return type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE;
}

/// What the window's text can't show, or what a lesson shouldn't need.
QString objectionTo(cmark_node_type type)
{
    switch (type) {
    case CMARK_NODE_IMAGE:
        return QStringLiteral("a picture stands in the text; the stage beside it is the picture");
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        return QStringLiteral("HTML stands in the text; Markdown alone is read");
    default:
        return {};
    }
}

/// The words of a block, where its links lead, and what can't be taken.
QString gather(cmark_node* block, MarkdownBlock& into)
{
    const std::unique_ptr<cmark_iter, Freed> iterator(cmark_iter_new(block));
    QString plain;
    for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        if (event != CMARK_EVENT_ENTER)
            continue;
        cmark_node* node = cmark_iter_get_node(iterator.get());
        const cmark_node_type type = cmark_node_get_type(node);
        if (isText(type))
            plain += literal(node);
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            plain += u' ';
        if (type == CMARK_NODE_LINK)
            into.links << QString::fromUtf8(cmark_node_get_url(node));
        if (into.objection.isEmpty())
            into.objection = objectionTo(type);
    }
    return plain.simplified();
}

int wordsIn(const QString& plain)
{
    // A figure in braces is one word: "{macs inception3a}".
    static const QRegularExpression figure(QStringLiteral("\\{[^}]*\\}"));
    QString text = plain;
    text.replace(figure, QStringLiteral("0"));
    return int(text.split(u' ', Qt::SkipEmptyParts).size());
}

MarkdownBlock blockOf(cmark_node* node, int line)
{
    MarkdownBlock block{
        .line = cmark_node_get_start_line(node) + line - 1,
        .text = {},
        .info = {},
        .links = {},
        .objection = {}};
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_CODE_BLOCK:
        block.kind = MarkdownBlock::Kind::Fence;
        block.text = literal(node);
        block.info = QString::fromUtf8(cmark_node_get_fence_info(node)).trimmed();
        return block;
    case CMARK_NODE_HEADING:
        block.kind = MarkdownBlock::Kind::Heading;
        block.text = gather(node, block);
        return block;
    default: {
        const QString plain = gather(node, block);
        block.words = wordsIn(plain);
        const std::unique_ptr<char, Freed> html(cmark_render_html(node, CMARK_OPT_DEFAULT));
        block.text = QString::fromUtf8(html.get()).trimmed();
        return block;
    }
    }
}

} // namespace

QList<MarkdownBlock> markdownBlocks(const QByteArray& markdown, int line)
{
    const std::unique_ptr<cmark_node, Freed> document(cmark_parse_document(
        markdown.constData(), size_t(markdown.size()), CMARK_OPT_VALIDATE_UTF8));
    QList<MarkdownBlock> blocks;
    for (cmark_node* node = cmark_node_first_child(document.get()); node != nullptr;
         node = cmark_node_next(node))
        blocks << blockOf(node, line);
    return blocks;
}

} // namespace inceptoscope
