#include "models/items/popups.h"

#include <QQuickItem>
#include <QQuickWindow>

#include <algorithm>

namespace inceptoscope {

/// The popup whose item lies on top of all; tips are none. Qt Quick Controls has no API for this:
/// an item of the window's overlay is a child of its popup.
static QObject* topmost(const QQuickWindow* window)
{
    QObject* found = nullptr;
    double height = 0;
    const QList<QQuickItem*> layers =
        window != nullptr ? window->contentItem()->childItems() : QList<QQuickItem*>();
    for (const QQuickItem* layer : layers) {
        if (!layer->inherits("QQuickOverlay"))
            continue;
        for (const QQuickItem* item : layer->childItems()) {
            QObject* popup = item->parent();
            if (popup == nullptr || !popup->inherits("QQuickPopup") ||
                popup->inherits("QQuickToolTip") || !item->isVisible())
                continue;
            if (found == nullptr || item->z() >= height) {
                found = popup;
                height = item->z();
            }
        }
    }
    return found;
}

bool Popups::any(QQuickWindow* window) const
{
    return topmost(window) != nullptr;
}

bool Popups::closeTopmost(QQuickWindow* window) const
{
    QObject* popup = topmost(window);
    if (popup == nullptr)
        return false;
    constexpr int onEscape = 0x10; // Popup.CloseOnEscape
    if ((popup->property("closePolicy").toInt() & onEscape) != 0)
        QMetaObject::invokeMethod(popup, popup->inherits("QQuickDialog") ? "reject" : "close");
    return true;
}

} // namespace inceptoscope
