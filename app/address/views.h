#pragma once

#include <QList>
#include <QString>
#include <QVariantList>

namespace inceptoscope {

/// What the window can show, one entry a view: rail, keys 1 to 9, search, addresses and the command
/// line all follow this list. A new view is an entry here, its page in ui/ and view-ID.svg in
/// resources/icons.
struct View
{
    QString id;    ///< in addresses and settings; App's member of this name is its model
    QString title; ///< a word
    QString about; ///< for a tip: what one sees there
    QString page;  ///< the QML file; empty for the first view, which always exists
    int tabs = 0;  ///< how many an address can name
};

/// In the order of the rail; the first is where the window starts.
[[nodiscard]] const QList<View>& windowViews();
[[nodiscard]] const View* findView(const QString& id);
/// For QML: each {id, title, about, page, glyph}.
[[nodiscard]] QVariantList viewEntries();

} // namespace inceptoscope
