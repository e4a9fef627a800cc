#include "models/app_fixture.h"

#include <QSignalSpy>
#include <QtTest>

using namespace inceptoscope;

class TestChannelModel : public QObject, private AppFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void channelShowsValues();
    void channelRangeFollowsTheStyle();
    void overlayIsClearWhereTheMapIsZero();
    void mapOfNothingButNaN();

private:
    /// The fifth channel of a module's output; returns its node.
    int openChannel()
    {
        const ModuleId module = id("inception_5a");
        m_app->overview()->setCurrent(int(module));
        m_app->onSnapshot(fakeSnapshot(run(), module));
        const int node = m_app->stage()->output()->node();
        m_app->openChannel(node, 5);
        return node;
    }
};

void TestChannelModel::channelShowsValues()
{
    const ModuleId module = id("inception_5a");
    m_app->overview()->setCurrent(int(module));
    m_app->onSnapshot(fakeSnapshot(run(), module));
    ChannelModel& channel = *m_app->channel();
    QSignalSpy requested(&channel, &ChannelModel::requested);
    const int node = m_app->stage()->output()->node();
    m_app->openChannel(node, 5);
    QVERIFY(channel.isOpen());
    QCOMPARE(requested.count(), 1);
    QVERIFY(!channel.map().isNull()); // from the wall, until the values come
    QVERIFY(!channel.hasValues());
    const auto data = fakeChannel(run(), NodeId(node), 5);
    m_app->onChannel(fakeChannel(run(), NodeId(node), 6));
    QVERIFY(!channel.hasValues());
    m_app->onChannel(data);
    QVERIFY(channel.hasValues());
    channel.hover(2, 3);
    QCOMPARE(channel.pixel(), QPoint(2, 3));
    QVERIFY(!channel.valueText().isEmpty());
    QVERIFY(channel.field().width() > 100);
    channel.hover(7, 3); // outside
    QVERIFY(!channel.hovering());
    channel.step(-100);
    QCOMPARE(channel.channel(), 0);
    channel.step(100000);
    QCOMPARE(channel.channel(), channel.channelCount() - 1);
    m_app->overview()->step(1);
    QVERIFY(!channel.isOpen());
}

void TestChannelModel::channelRangeFollowsTheStyle()
{
    const int node = openChannel();
    m_app->onChannel(fakeChannel(run(), NodeId(node), 5));
    ChannelModel& channel = *m_app->channel();
    QCOMPARE(channel.highText(), channel.maximumText());
    m_app->settings()->setColormap("diverging");
    QCOMPARE(channel.lowText(), "−" + channel.highText());
    QCOMPARE(channel.histogram().size(), 48);
}

void TestChannelModel::overlayIsClearWhereTheMapIsZero()
{
    const int node = openChannel();
    ChannelModel& channel = *m_app->channel();
    QVERIFY(channel.overlay().isNull());
    auto data = std::make_shared<ChannelData>(*fakeChannel(run(), NodeId(node), 5));
    std::fill(data->values.begin(), data->values.end(), 0.0F);
    data->values[1] = 4;
    data->values[2] = 1;
    data->values[3] = -1;
    data->values[4] = std::numeric_limits<float>::quiet_NaN();
    m_app->onChannel(data);
    for (const char* colours : {"viridis", "diverging"}) {
        m_app->settings()->setColormap(colours);
        const QImage overlay = channel.overlay();
        QCOMPARE(overlay.size(), channel.map().size());
        const auto alpha = [&](int x) { return qAlpha(overlay.pixel(x, 0)); };
        QCOMPARE(alpha(0), 0);
        QCOMPARE(alpha(1), 255);
        QCOMPARE(alpha(2), 128); // the square root of a quarter
        QCOMPARE(alpha(3), 128);
        QCOMPARE(alpha(4), 255);
        QCOMPARE(overlay.pixelColor(4, 0).name(), ChannelModel::nanColor());
        QCOMPARE(qAlpha(channel.map().pixel(0, 0)), 255);
    }
}

void TestChannelModel::mapOfNothingButNaN()
{
    const int node = openChannel();
    ChannelModel& channel = *m_app->channel();
    auto data = std::make_shared<ChannelData>(*fakeChannel(run(), NodeId(node), 5));
    std::fill(data->values.begin(), data->values.end(), std::numeric_limits<float>::quiet_NaN());
    m_app->onChannel(data);
    // The colours span nothing: no figures, rather than zeros that nobody measured.
    QCOMPARE(channel.lowText(), "–");
    QCOMPARE(channel.highText(), "–");
    QCOMPARE(channel.map().pixelColor(3, 3).name(), ChannelModel::nanColor());
}

QTEST_GUILESS_MAIN(TestChannelModel)
#include "test_channel_model.moc"
