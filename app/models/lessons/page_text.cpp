#include "models/lessons/page_text.h"

#include "lessons/figures.h"
#include "lessons/parts.h"
#include "models/format.h"
#include "models/lessons/prediction_result.h"

namespace inceptoscope {

QString toldOf(const QString& text, const Graph* graph, const RunSnapshot* run)
{
    return withFigures(text, [&](const LessonFigure& figure) {
        QString unknown = QStringLiteral("–");
        if (graph == nullptr)
            return unknown;
        const auto value = quantityOf(*graph, run, figure.part, figure.quantity);
        if (!value)
            return unknown;
        if (figure.other.isEmpty())
            return tellQuantity(figure.quantity, *value);
        const auto other = quantityOf(*graph, run, figure.other, figure.quantity);
        return other && *other > 0 ? formatDigits(*value / *other) : unknown;
    });
}

HandoutPage
paperPage(const LessonPage& page, const Graph* graph, const RunSnapshot* run, int predicted)
{
    HandoutPage paper{
        .title = page.title,
        .text = toldOf(page.text, graph, run),
        .task = page.task ? page.task->say : QString(),
        .question = page.prediction ? page.prediction->ask : QString(),
        .answers = {},
        .then = {}};
    if (!page.prediction || graph == nullptr)
        return paper;
    const LessonPrediction& prediction = *page.prediction;
    const QStringList titles = partTitles(*graph, prediction.among);
    const auto result = answer(prediction, *graph, run);
    for (qsizetype i = 0; i < titles.size(); ++i)
        paper.answers << HandoutAnswer{
            .title = titles[i],
            .value = result ? tellQuantity(prediction.by, result->values[size_t(i)]) : QString(),
            .chosen = i == predicted,
            .leads = result && result->leads(size_t(i))};
    paper.then = toldOf(prediction.then, graph, run);
    return paper;
}

} // namespace inceptoscope
