#include "ui/window_geometry.h"

#include <algorithm>

namespace inceptoscope {

namespace {

/// Something drawn: where all of it is, and the part of that which isn't scrolled away.
struct Drawn
{
    const QQuickItem* item;
    QString name;
    QRectF whole;
    QRectF seen;
    bool scrollsAcross; ///< in something that scrolls, so that it may be elsewhere at the moment
    bool scrollsDown;
    bool lost; ///< outside of what its page can scroll to, or cut off by what doesn't scroll
};

/// A text's letters, which may be less than its item.
QRectF lettersOf(const QQuickItem& item)
{
    const QSizeF letters(
        item.property("contentWidth").toReal(), item.property("contentHeight").toReal());
    const double left = item.property("leftPadding").toReal();
    const double top = item.property("topPadding").toReal();
    const QRectF room(
        left, top, item.width() - left - item.property("rightPadding").toReal(),
        item.height() - top - item.property("bottomPadding").toReal());
    QRectF area({0, 0}, letters);
    const int across = item.property("effectiveHorizontalAlignment").toInt();
    area.moveLeft(
        across == Qt::AlignHCenter ? room.center().x() - letters.width() / 2
        : across == Qt::AlignRight ? room.right() - letters.width()
                                   : room.left());
    const int down = item.property("verticalAlignment").toInt();
    area.moveTop(
        down == Qt::AlignVCenter  ? room.center().y() - letters.height() / 2
        : down == Qt::AlignBottom ? room.bottom() - letters.height()
                                  : room.top());
    return area;
}

/// In a direction in which no page inside of it scrolls already.
bool outOfReach(const QQuickItem& item, const QRectF& area, const QQuickItem& page, const Drawn& so)
{
    auto* content = page.property("contentItem").value<QQuickItem*>();
    if (content == nullptr || page.inherits("QQuickItemView")) // whose ends are estimates
        return false;
    const QRectF at = item.mapRectToItem(content, area);
    const double width = std::max(page.width(), page.property("contentWidth").toReal());
    const double height = std::max(page.height(), page.property("contentHeight").toReal());
    return (!so.scrollsAcross && (at.left() < -2 || at.right() > width + 2)) ||
           (!so.scrollsDown && (at.top() < -2 || at.bottom() > height + 2));
}

Drawn drawn(QQuickItem* item, const QString& name, const QRectF& area)
{
    Drawn result{item, name, item->mapRectToScene(area), {}, false, false, false};
    result.seen = result.whole;
    for (const QQuickItem* up = item->parentItem(); up; up = up->parentItem()) {
        if (up->inherits("QQuickFlickable")) {
            const auto longer = [up](const char* content, double room) {
                return up->property(content).toReal() > room + 1;
            };
            result.lost = result.lost || outOfReach(*item, area, *up, result);
            result.scrollsAcross = result.scrollsAcross || longer("contentWidth", up->width());
            result.scrollsDown = result.scrollsDown || longer("contentHeight", up->height());
        }
        if (!up->clip())
            continue;
        const QRectF room = up->mapRectToScene(up->boundingRect()).adjusted(-2, -2, 2, 2);
        const QRectF& whole = result.whole;
        result.lost =
            result.lost ||
            (!result.scrollsAcross &&
             (whole.left() < room.left() || whole.right() > room.right())) ||
            (!result.scrollsDown && (whole.top() < room.top() || whole.bottom() > room.bottom()));
        result.seen &= room;
    }
    return result;
}

bool transparent(const QQuickItem* item)
{
    for (; item; item = item->parentItem())
        if (item->opacity() <= 0)
            return true;
    return false;
}

/// What lies over the rest on purpose, and moves nothing: an item with `overlay: true`.
const QQuickItem* overlayOf(const QQuickItem* item)
{
    while (item && !item->property("overlay").toBool())
        item = item->parentItem();
    return item;
}

bool related(const QQuickItem* a, const QQuickItem* b)
{
    return a->isAncestorOf(b) || b->isAncestorOf(a) || overlayOf(a) != overlayOf(b);
}

QString where(const QRectF& r)
{
    return QStringLiteral(" (%1, %2, %3x%4)")
        .arg(r.x(), 0, 'f', 0)
        .arg(r.y(), 0, 'f', 0)
        .arg(r.width(), 0, 'f', 0)
        .arg(r.height(), 0, 'f', 0);
}

void addOverlaps(const QList<Drawn>& all, const char* kind, QStringList& faults)
{
    for (qsizetype i = 0; i < all.size(); ++i)
        for (qsizetype j = 0; j < i; ++j) {
            // Letters have air around them, and frames may touch.
            const QRectF both =
                all[i].seen.adjusted(1, 2, -1, -2) & all[j].seen.adjusted(1, 2, -1, -2);
            if (!both.isEmpty() && !related(all[i].item, all[j].item))
                faults << QString::fromLatin1(kind) + " \"" + all[i].name + "\"" +
                              where(all[i].seen) + " over \"" + all[j].name + "\"" +
                              where(all[j].seen);
        }
}

} // namespace

QStringList geometryFaults(const QList<QQuickItem*>& items, const QSizeF& size)
{
    const QRectF window(QPointF(-1, -1), size + QSizeF(2, 2));
    QList<Drawn> texts;
    QList<Drawn> controls;
    QStringList faults;
    for (QQuickItem* item : items) {
        if (transparent(item))
            continue;
        const QString text = item->property("text").toString();
        Drawn one{};
        if (item->inherits("QQuickText") && !text.trimmed().isEmpty())
            one = drawn(item, text, lettersOf(*item));
        else if (item->activeFocusOnTab() || item->inherits("QQuickAbstractButton"))
            one = drawn(
                item, text.isEmpty() ? QString::fromLatin1(item->metaObject()->className()) : text,
                item->boundingRect());
        else
            continue;
        const QRectF& whole = one.whole;
        const bool across = whole.left() < window.left() || whole.right() > window.right();
        const bool down = whole.top() < window.top() || whole.bottom() > window.bottom();
        if ((across && !one.scrollsAcross) || (down && !one.scrollsDown))
            faults << "\"" + one.name + "\" leaves the window" + where(whole);
        else if (one.lost)
            faults << "\"" + one.name + "\" is cut off" + where(whole);
        if (one.seen.isEmpty())
            continue;
        (item->inherits("QQuickText") ? texts : controls) << one;
    }
    addOverlaps(texts, "text", faults);
    addOverlaps(controls, "control", faults);
    return faults;
}

} // namespace inceptoscope
