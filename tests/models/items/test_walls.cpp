#include "models/items/wall_picture.h"

#include <QtTest>

using namespace inceptoscope;

class TestWalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillsTheArea();
    void everyTileCanBeFound();
    void tooSmallAreas();
    void enlargedPixelsStaySharp();
    void shrinkingTakesTheMean();
    void tilesDoNotBleed();
};

void TestWalls::fillsTheArea()
{
    const WallLayout layout = layoutWall({220, 90}, 32, {28, 28}, 2);
    QCOMPARE(layout.count, 32);
    QCOMPARE(layout.tile.width(), layout.tile.height());
    const QRect all = layout.tileRect(0) | layout.tileRect(31);
    QVERIFY(QRect(0, 0, 220, 90).contains(all));
    // 32 squares in 220 x 90 can't be larger than 25 a side; 20 is what a grid reaches.
    QVERIFY(layout.tile.width() >= 18);
}

void TestWalls::everyTileCanBeFound()
{
    const WallLayout layout = layoutWall({300, 200}, 50, {14, 14}, 2);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(layout.at(layout.tileRect(i).center()), i);
    QCOMPARE(layout.at({-1, 5}), -1);
    QCOMPARE(layout.at({5, 1e6}), -1);
    QVERIFY(layout.tileRect(50).isEmpty());
}

void TestWalls::tooSmallAreas()
{
    QCOMPARE(layoutWall({0, 0}, 5, {7, 7}, 2).count, 0);
    QCOMPARE(layoutWall({3, 3}, 1000, {7, 7}, 2).count, 0);
    QCOMPARE(layoutWall({40, 30}, 1000, {1, 1}, 2).count, 1000);
}

void TestWalls::enlargedPixelsStaySharp()
{
    QImage from(2, 1, QImage::Format_RGBA8888);
    from.setPixel(0, 0, qRgb(10, 20, 30));
    from.setPixel(1, 0, qRgb(200, 100, 50));
    QImage to(8, 4, QImage::Format_RGBA8888_Premultiplied);
    resample(from, from.rect(), to, to.rect());
    for (int x = 0; x < 8; ++x)
        QCOMPARE(to.pixel(x, 2), x < 4 ? qRgb(10, 20, 30) : qRgb(200, 100, 50));
}

void TestWalls::shrinkingTakesTheMean()
{
    QImage from(4, 4, QImage::Format_RGBA8888);
    from.fill(qRgb(0, 0, 0));
    for (int i = 0; i < 4; ++i)
        from.setPixel(i, i, qRgb(200, 200, 200));
    QImage to(1, 1, QImage::Format_RGBA8888_Premultiplied);
    resample(from, from.rect(), to, to.rect());
    QCOMPARE(qRed(to.pixel(0, 0)), 50);
}

void TestWalls::tilesDoNotBleed()
{
    auto pictures = std::make_shared<ModulePictures>();
    OpPicture op{
        .node = 3,
        .atlas = QImage(21, 10, QImage::Format_RGBA8888),
        .columns = 2,
        .gap = 1,
        .tile = {10, 10},
        .statistics = {}};
    op.atlas.fill(Qt::transparent);
    for (int y = 0; y < 10; ++y)
        for (int x = 0; x < 10; ++x) {
            op.atlas.setPixel(x, y, qRgb(255, 0, 0));
            op.atlas.setPixel(x + 11, y, qRgb(0, 0, 255));
        }
    pictures->ops.push_back(op);
    WallRequest request{
        .pictures = pictures,
        .node = 3,
        .firstChannel = 0,
        .layout = layoutWall({16, 7}, 2, {10, 10}, 2),
        .area = {16, 7},
        .empty = Qt::gray};
    const QImage wall = paintWall(request);
    const QRect first = request.layout.tileRect(0);
    const QRect second = request.layout.tileRect(1);
    QCOMPARE(wall.pixel(first.topRight()), qRgb(255, 0, 0));
    QCOMPARE(wall.pixel(second.topLeft()), qRgb(0, 0, 255));
    request.pictures = nullptr;
    QCOMPARE(QColor(paintWall(request).pixel(first.center())), QColor(Qt::gray));
}

QTEST_GUILESS_MAIN(TestWalls)
#include "test_walls.moc"
