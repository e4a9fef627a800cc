#pragma once

#include <QObject>

class QQuickWindow;

namespace inceptoscope {

/// What lies over a window's pages: menus, lists, dialogs, whoever opened them.
class Popups : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    Q_INVOKABLE bool any(QQuickWindow* window) const;
    /// Closes the topmost, as Esc does where it has the keyboard: one that can't be closed at the
    /// moment stays. False where there is none.
    Q_INVOKABLE bool closeTopmost(QQuickWindow* window) const;
};

} // namespace inceptoscope
