#pragma once

#include "lessons/terms.h"

#include <QByteArray>
#include <QImage>
#include <QList>
#include <QString>

namespace inceptoscope {

/// One of the answers that a page offered.
struct HandoutAnswer
{
    QString title;
    QString value; ///< what the network says of it; empty while it doesn't know
    bool chosen = false;
    bool leads = false;
};

/// A page of a lesson as the reader saw it.
struct HandoutPage
{
    QString title;
    QString text; ///< HTML, figures told
    QString task; ///< empty where there is none, like the question
    QString question;
    QList<HandoutAnswer> answers;
    QString then;       ///< what is said once the question was answered
    QImage figure = {}; ///< what the window showed; null where the page wasn't seen
};

/// A lesson for paper: pages with boxes to tick, at the end what the network answered, and the
/// words that need explaining.
struct Handout
{
    QString title;
    QString chapter;
    QString summary;
    QList<HandoutPage> pages;
    QList<LessonTerm> terms;
};

/// A4, as PDF. From any thread; needs a QGuiApplication, whose fonts it uses.
[[nodiscard]] QByteArray handoutPdf(const Handout& handout);

} // namespace inceptoscope
