#include "models/lessons/handout.h"

#include <QBuffer>
#include <QFont>
#include <QPageLayout>
#include <QPageSize>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QTextDocument>
#include <QUrl>

#include <algorithm>

namespace inceptoscope {

namespace {

/// Two pages of a lesson on a sheet: what is left for the figure, in points of the text's layout.
constexpr int figureWidth = 640;
constexpr int figureHeight = 290;
constexpr int pagesOnSheet = 2;
constexpr double textPoints = 9.5;

/// Links lead nowhere on paper.
QString withoutLinks(QString html)
{
    static const QRegularExpression opening(QStringLiteral("<a\\b[^>]*>"));
    html.replace(opening, QStringLiteral("<b>"));
    return html.replace(QStringLiteral("</a>"), QStringLiteral("</b>"));
}

QString paragraph(const QString& html)
{
    return QStringLiteral("<p>%1</p>").arg(html);
}

QString figureName(qsizetype page)
{
    return QStringLiteral("figure:%1").arg(page);
}

QString figureHtml(const QImage& figure, qsizetype page)
{
    if (figure.isNull())
        return {};
    const QSize size = figure.size().scaled(figureWidth, figureHeight, Qt::KeepAspectRatio);
    return QStringLiteral("<p><img src=\"%1\" width=\"%2\" height=\"%3\"></p>")
        .arg(figureName(page))
        .arg(size.width())
        .arg(size.height());
}

/// What was chosen is ticked; on paper the others can be.
QString choices(const HandoutPage& page)
{
    QString html;
    for (const HandoutAnswer& answer : page.answers)
        html += (answer.chosen ? QChar(0x2612) : QChar(0x2610)) + QStringLiteral("&nbsp;") +
                answer.title.toHtmlEscaped() + QStringLiteral(" &nbsp; ");
    return html;
}

QString pageHtml(const HandoutPage& page, qsizetype index)
{
    const bool newSheet = index > 0 && index % pagesOnSheet == 0;
    QString html =
        QStringLiteral("<h2%1>%2 &nbsp; %3</h2>")
            .arg(newSheet ? QStringLiteral(" style=\"page-break-before: always\"") : QString())
            .arg(index + 1)
            .arg(page.title.toHtmlEscaped());
    html += figureHtml(page.figure, index) + withoutLinks(page.text);
    if (!page.task.isEmpty())
        html += paragraph(QStringLiteral("<b>Do:</b> ") + page.task.toHtmlEscaped());
    if (!page.question.isEmpty())
        html += paragraph(
            QStringLiteral("<b>Predict:</b> ") + page.question.toHtmlEscaped() +
            QStringLiteral("<br>") + choices(page));
    return html;
}

/// Of one question; empty where nothing was computed.
QString answerHtml(const HandoutPage& page, qsizetype index)
{
    const bool known =
        std::any_of(page.answers.begin(), page.answers.end(), [](const HandoutAnswer& answer) {
            return !answer.value.isEmpty();
        });
    if (!known)
        return {};
    QStringList values;
    for (const HandoutAnswer& answer : page.answers) {
        const QString one = (answer.title + QStringLiteral(": ") + answer.value).toHtmlEscaped();
        values << (answer.leads ? QStringLiteral("<b>%1</b>").arg(one) : one);
    }
    return paragraph(QStringLiteral("<b>%1</b> &nbsp; %2<br>%3. %4")
                         .arg(index + 1)
                         .arg(
                             page.question.toHtmlEscaped(), values.join(QStringLiteral("; ")),
                             page.then.toHtmlEscaped()));
}

QString heading(const QString& text)
{
    return QStringLiteral("<h2>%1</h2>").arg(text);
}

QString htmlOf(const Handout& handout)
{
    QString html = QStringLiteral("<p>%1</p><h1>%2</h1><p><i>%3</i></p>")
                       .arg(
                           handout.chapter.toHtmlEscaped(), handout.title.toHtmlEscaped(),
                           handout.summary.toHtmlEscaped());
    QString answers;
    for (qsizetype i = 0; i < handout.pages.size(); ++i) {
        html += pageHtml(handout.pages[i], i);
        answers += answerHtml(handout.pages[i], i);
    }
    if (!answers.isEmpty())
        html += QStringLiteral("<h2 style=\"page-break-before: always\">%1</h2>")
                    .arg(QStringLiteral("What the network answered")) +
                answers;
    if (!handout.terms.isEmpty())
        html += heading(QStringLiteral("Words"));
    for (const LessonTerm& term : handout.terms)
        html += paragraph(QStringLiteral("<b>%1</b>: %2 <i>(%3)</i>")
                              .arg(
                                  term.title.toHtmlEscaped(), term.says.toHtmlEscaped(),
                                  term.source.toHtmlEscaped()));
    return html;
}

} // namespace

QByteArray handoutPdf(const Handout& handout)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(handout.title);
    writer.setCreator(QStringLiteral("Inceptoscope"));
    // QTextDocument prints with two centimetres around it, and the page's number.
    writer.setPageLayout(QPageLayout(
        QPageSize(QPageSize::A4), QPageLayout::Portrait, QMarginsF(), QPageLayout::Millimeter));
    QTextDocument document;
    QFont font;
    font.setPointSizeF(textPoints);
    document.setDefaultFont(font);
    document.setDocumentMargin(0);
    document.setDefaultStyleSheet(
        QStringLiteral("h1 { font-size: 18pt; margin: 0; } "
                       "h2 { font-size: 13pt; margin-top: 12px; margin-bottom: 2px; } "
                       "p { margin-top: 3px; margin-bottom: 3px; }"));
    for (qsizetype i = 0; i < handout.pages.size(); ++i)
        document.addResource(
            QTextDocument::ImageResource, QUrl(figureName(i)), handout.pages[i].figure);
    document.setHtml(QStringLiteral("<html><body>%1</body></html>").arg(htmlOf(handout)));
    document.print(&writer);
    buffer.close();
    return bytes;
}

} // namespace inceptoscope
