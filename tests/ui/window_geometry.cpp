#include "ui/window_geometry.h"

namespace inceptoscope {

namespace {

/// Something drawn: where all of it is, and the part of that which isn't scrolled away.
struct Drawn
{
    const QQuickItem* item;
    QString name;
    QRectF whole;
    QRectF seen;
    bool scrolls; ///< in something that scrolls
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

Drawn drawn(QQuickItem* item, const QString& name, const QRectF& area)
{
    Drawn result{item, name, item->mapRectToScene(area), {}, false};
    result.seen = result.whole;
    for (const QQuickItem* up = item->parentItem(); up; up = up->parentItem()) {
        if (up->clip())
            result.seen &= up->mapRectToScene(up->boundingRect());
        result.scrolls = result.scrolls || up->inherits("QQuickFlickable");
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
        if (!one.scrolls && !window.contains(one.whole))
            faults << "\"" + one.name + "\" leaves the window" + where(one.whole);
        if (one.seen.isEmpty())
            continue;
        (item->inherits("QQuickText") ? texts : controls) << one;
    }
    addOverlaps(texts, "text", faults);
    addOverlaps(controls, "control", faults);
    return faults;
}

} // namespace inceptoscope
