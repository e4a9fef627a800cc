#include "models/screenshot.h"

#include "charts/save_bytes.h"
#include "models/app_model.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QQuickWindow>

namespace inceptoscope {

namespace {

constexpr int pollMilliseconds = 100;
/// Walls are painted in the thread pool and fade in: let them settle.
constexpr int quietPolls = 10;
constexpr int timeoutMilliseconds = 300'000;

} // namespace

Screenshot::Screenshot(
    AppModel& model, QQuickWindow& window, ScreenshotOptions options, Address address)
    : m_model(model)
    , m_window(window)
    , m_options(std::move(options))
    , m_address(std::move(address))
{
    if (!m_options.theme.isEmpty())
        m_model.settings()->setDark(m_options.theme == QLatin1String("dark"));
    m_window.showNormal(); // on a small screen it is maximized
    m_window.resize(m_options.size);
    connect(&m_model, &AppModel::snapshotShown, this, [this](bool complete) {
        m_complete = complete;
        if (!m_model.live()->active()) // live, it is never quiet
            m_quiet = 0;
    });
    connect(&m_poll, &QTimer::timeout, this, &Screenshot::check);
    m_poll.start(pollMilliseconds);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        fail(QStringLiteral("the run did not complete in time"));
    });
    m_patience.start(timeoutMilliseconds);
}

void Screenshot::fail(const QString& why)
{
    m_poll.stop();
    qWarning("%s: %s", m_options.handout ? "lessons" : "screenshot", qPrintable(why));
    // The event loop may not run yet, and only a running one can be left.
    QTimer::singleShot(0, this, [] { QCoreApplication::exit(1); });
}

void Screenshot::check()
{
    const bool failed = !m_model.run()->deviceError().isEmpty();
    if (failed && m_options.handout) // its figures would be empty
        return fail(m_model.run()->deviceError());
    // A head that doesn't run has no maps to wait for.
    const bool empty = m_model.stage()->auxiliary() && !m_model.auxiliary();
    const bool shown = empty || m_model.stage()->complete();
    if (!failed && (!m_complete || !shown || m_model.run()->busy()))
        return;
    if (!failed && !othersReady()) {
        m_quiet = 0;
        return;
    }
    ChannelModel* channel = m_model.channel();
    if (m_address.channel && !channel->isOpen()) { // weights of other classes close it
        m_model.places()->go(m_address);
        m_quiet = 0;
        return;
    }
    if (channel->isOpen() && !channel->hasValues() && !failed)
        return;
    if (channel->isOpen() && !channel->hovering())
        channel->hover(channel->mapSize().width() / 2, channel->mapSize().height() / 2);
    if (++m_quiet >= quietPolls)
        grab();
}

bool Screenshot::othersReady()
{
    if (m_address.view == QLatin1String("costs") && !m_model.peaksSettled())
        return false;
    if (m_address.view == QLatin1String("versions") && !versionsReady())
        return false;
    const bool trying =
        m_address.view == QLatin1String("laboratory") || !m_address.experiment.isEmpty();
    if (trying && m_model.laboratory()->measuring())
        return false;
    return evidenceReady() && growthReady() && dreamReady();
}

bool Screenshot::growthReady()
{
    GrowthModel* growth = m_model.growth();
    if (!m_options.grow || !m_model.channel()->hasValues())
        return true;
    if (!m_grown) {
        growth->setShown(true);
        growth->start();
    }
    m_grown = true;
    return !growth->growing() && (growth->hasPicture() || !growth->problem().isEmpty());
}

bool Screenshot::dreamReady()
{
    DreamModel* dream = m_model.dream();
    if (!m_options.dream)
        return true;
    if (!m_dreamt)
        dream->open();
    m_dreamt = dream->isOpen() && (dream->dreaming() || dream->hasPicture());
    return !dream->dreaming() && (dream->complete() || !dream->problem().isEmpty());
}

bool Screenshot::evidenceReady()
{
    EvidenceModel* evidence = m_model.evidence();
    if (m_options.why.isEmpty())
        return true;
    if (!evidence->isOpen()) {
        for (size_t i = 0; i < methods().size(); ++i)
            if (m_options.why.toStdString() == methods()[i].id)
                evidence->setMethod(int(i));
        evidence->ask(m_model.run()->top().value(0).toMap().value(QStringLiteral("index")).toInt());
    }
    return !evidence->busy() && (evidence->found() || !evidence->problem().isEmpty());
}

bool Screenshot::versionsReady()
{
    VersionsModel* versions = m_model.versions();
    const int tab = m_address.tab.value_or(0);
    if (!m_measured && tab < 2) {
        versions->measure();
        versions->setChartKind(int(VersionChart::AccuracyByTime));
        versions->toggle(versions->before());
        versions->toggle(versions->after());
    }
    m_measured = true;
    versions->setTab(tab);
    ModulePairModel* pair = m_model.pair();
    return !versions->running() &&
           (tab != 2 || (pair->first()->stage()->complete() && !pair->measuring()));
}

void Screenshot::grab()
{
    if (m_options.handout)
        return turnPage();
    m_poll.stop();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const QByteArray format = QFileInfo(m_options.path).suffix().toLatin1();
    if (!m_window.grabWindow().save(&buffer, format.isEmpty() ? "png" : format.constData()))
        return fail(m_options.path + QStringLiteral(" can't be written as that kind of picture"));
    write(buffer.data());
}

void Screenshot::turnPage()
{
    LessonsModel& lessons = *m_model.lessons();
    if (m_options.progress)
        m_options.progress(double(lessons.page() + 1) / lessons.pages());
    if (lessons.page() + 1 < lessons.pages()) {
        lessons.next(); // the window keeps the page that it leaves
        m_address = m_model.places()->address();
        m_quiet = 0;
        m_patience.start();
        return;
    }
    m_poll.stop();
    Q_EMIT lessons.leaving();
    write(handoutPdf(lessons.handout()));
}

void Screenshot::write(const QByteArray& bytes)
{
    if (const QString error = saveBytes(m_options.path, bytes); !error.isEmpty())
        return fail(error);
    QCoreApplication::exit(0);
}

} // namespace inceptoscope
