#include "address/views.h"

#include <QCoreApplication>

#include <algorithm>

namespace inceptoscope {

const QList<View>& windowViews()
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("Views", text); };
    static const QList<View> views{
        {.id = QStringLiteral("modules"),
         .title = tr(QT_TRANSLATE_NOOP("Views", "Modules")),
         .about = tr(QT_TRANSLATE_NOOP("Views", "The network module by module, with its maps")),
         .page = {}},
        {.id = QStringLiteral("costs"),
         .title = tr(QT_TRANSLATE_NOOP("Views", "Costs")),
         .about = tr(QT_TRANSLATE_NOOP("Views", "What each part costs, counted and measured")),
         .page = QStringLiteral("CostsView.qml"),
         .tabs = 3},
        {.id = QStringLiteral("versions"),
         .title = tr(QT_TRANSLATE_NOOP("Views", "Versions")),
         .about = tr(QT_TRANSLATE_NOOP("Views", "The versions of the network side by side")),
         .page = QStringLiteral("VersionsView.qml"),
         .tabs = 3},
        {.id = QStringLiteral("laboratory"),
         .title = tr(QT_TRANSLATE_NOOP("Views", "Laboratory")),
         .about =
             tr(QT_TRANSLATE_NOOP("Views", "Claims about the networks, tried on this computer")),
         .page = QStringLiteral("LaboratoryView.qml")},
        {.id = QStringLiteral("lessons"),
         .title = tr(QT_TRANSLATE_NOOP("Views", "Lessons")),
         .about = tr(QT_TRANSLATE_NOOP("Views", "The networks explained, a page at a time")),
         .page = QStringLiteral("LessonsView.qml")},
    };
    return views;
}

const View* findView(const QString& id)
{
    const QList<View>& views = windowViews();
    const auto it =
        std::find_if(views.begin(), views.end(), [&](const View& view) { return view.id == id; });
    return it == views.end() ? nullptr : &*it;
}

QVariantList viewEntries()
{
    QVariantList entries;
    for (const View& view : windowViews())
        entries << QVariantMap{
            {"id", view.id},
            {"title", view.title},
            {"about", view.about},
            {"page", view.page},
            {"glyph", "view-" + view.id}};
    return entries;
}

} // namespace inceptoscope
