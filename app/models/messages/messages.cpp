#include "models/messages/messages.h"

#include "shown_text.h"

#include <QStringList>

namespace inceptoscope {

void Messages::show(const QString& text, bool isError)
{
    // Names of files and what they hold, answers of servers: anything can be in it.
    m_text = QString::fromStdString(shownLines(text.toStdString()));
    m_isError = isError;
    Q_EMIT changed();
}

void Messages::report(About about, const QString& sentence)
{
    m_reported[size_t(about)] = sentence;
    QStringList all(m_reported.begin(), m_reported.end());
    all.removeAll(QString());
    show(all.join(u'\n'), !all.isEmpty());
}

void Messages::note(const QString& text)
{
    show(text, false);
}

void Messages::say(const QString& problem)
{
    if (!problem.isEmpty())
        show(problem, true);
}

void Messages::dismiss()
{
    m_reported.fill({});
    show({}, false);
}

} // namespace inceptoscope
