#include "models/address/places.h"

#include "address/views.h"
#include "models/app_model.h"
#include "models/picture/samples.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScopedValueRollback>

#include <utility>

namespace inceptoscope {

Places::Places(AppModel& app)
    : QObject(&app)
    , m_app(app)
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &Places::note);
    watch();
}

void Places::watch()
{
    const auto soon = [this] {
        if (!m_going)
            m_later.start(0);
    };
    connect(&m_app, &AppModel::networkChanged, this, soon);
    connect(&m_app, &AppModel::viewChanged, this, soon);
    connect(m_app.pictures(), &Pictures::nameChanged, this, soon);
    connect(m_app.overview(), &OverviewModel::currentChanged, this, soon);
    connect(m_app.channel(), &ChannelModel::channelChanged, this, soon);
    connect(m_app.evidence(), &EvidenceModel::questionChanged, this, soon);
    connect(m_app.dream(), &DreamModel::openChanged, this, soon);
    connect(m_app.settings(), &Settings::costsTabChanged, this, soon);
    connect(m_app.versions(), &VersionsModel::tabChanged, this, soon);
    connect(m_app.laboratory(), &LaboratoryModel::experimentChanged, this, soon);
    // A slider that moves is one state to come back to: the last.
    connect(m_app.laboratory(), &LaboratoryModel::valuesChanged, this, [this, soon] {
        m_gliding = m_gliding || !m_going;
        soon();
    });
}

Address Places::address() const
{
    Address at;
    if (!m_app.network())
        return at;
    at.network = m_app.networkId();
    at.picture = m_app.pictures()->name();
    at.view = m_app.view();
    if (at.view == QLatin1String("costs"))
        at.tab = m_app.settings()->costsTab();
    if (at.view == QLatin1String("versions"))
        at.tab = m_app.versions()->tab();
    if (at.view == QLatin1String("laboratory")) {
        at.experiment = m_app.laboratory()->current();
        at.set = m_app.laboratory()->setText();
    }
    at.module = m_app.stage()->name();
    const ChannelModel* channel = m_app.channel();
    if (channel->isOpen()) {
        if (m_app.stage()->output() == nullptr ||
            channel->node() != m_app.stage()->output()->node())
            at.op = channel->opName();
        at.channel = channel->channel();
    }
    if (m_app.evidence()->isOpen()) {
        at.why = m_app.evidence()->methodId();
        at.ofClass = m_app.evidence()->classIndex();
    }
    if (m_app.dream()->isOpen())
        at.dream = m_app.dream()->octaves();
    return at;
}

QString Places::addressText() const
{
    return inceptoscope::addressText(address());
}

bool Places::canGoBack() const
{
    return m_history.canGoBack();
}

bool Places::canGoForward() const
{
    return m_history.canGoForward();
}

void Places::note()
{
    m_later.stop();
    const Address now = address();
    const bool glides = std::exchange(m_gliding, false);
    if (std::exchange(m_returning, false) || glides || m_app.overview()->playing())
        m_history.replace(now);
    else
        m_history.visit(now);
    if (m_remembering)
        m_app.settings()->rememberAddress(inceptoscope::addressText(now));
    Q_EMIT addressChanged();
    Q_EMIT historyChanged();
}

QString Places::go(const Address& address)
{
    m_app.overview()->stopPlay();
    const QScopedValueRollback going(m_going, true);
    if (!address.network.isEmpty() && address.network != m_app.networkId()) {
        // Nothing is done by halves: what the other network lacks keeps one here.
        const Network other = makeNetwork(address.network.toStdString());
        if (QString why = objection(address, other.graph); !why.isEmpty())
            return why;
        m_app.setNetworkId(address.network);
    } else if (QString why = objection(address, m_app.network()->graph); !why.isEmpty()) {
        return why;
    }
    if (!address.weights.isEmpty())
        m_app.weights()->open(address.weights);
    if (!address.picture.isEmpty() && address.picture != m_app.pictures()->name())
        m_app.pictures()->open(pictureUrl(address.picture));
    showModule(address);
    showOver(address);
    if (!address.view.isEmpty())
        m_app.setView(address.view);
    else if (!address.experiment.isEmpty())
        m_app.setView(QStringLiteral("laboratory"));
    else if (!address.module.isEmpty() || !address.why.isEmpty() || address.dream)
        m_app.setView(windowViews().front().id);
    if (!address.experiment.isEmpty())
        (void)m_app.laboratory()->take(address.experiment, address.set); // read without a fault
    if (address.tab && address.view == QLatin1String("costs"))
        m_app.settings()->setCostsTab(*address.tab);
    if (address.tab && address.view == QLatin1String("versions"))
        m_app.versions()->setTab(*address.tab);
    m_later.start(0);
    return {};
}

void Places::showModule(const Address& address)
{
    const Graph& graph = m_app.network()->graph;
    const auto module = graph.findModule(address.module.toStdString());
    if (address.module.isEmpty() || !module)
        return;
    m_app.overview()->setCurrent(int(*module));
    if (address.op.isEmpty() && !address.channel) {
        m_app.channel()->close();
        return;
    }
    const auto op = graph.find(address.op.toStdString());
    const NodeId node = op.value_or(graph.modules()[*module].output);
    m_app.openChannel(int(node), address.channel.value_or(0));
}

void Places::showOver(const Address& address)
{
    if (!address.why.isEmpty())
        m_app.evidence()->askOnceAvailable(address.why, address.ofClass);
    else if (!address.module.isEmpty())
        m_app.evidence()->close();
    if (address.dream) {
        m_app.dream()->setOctaves(*address.dream);
        m_app.dream()->open();
    } else if (!address.module.isEmpty()) {
        m_app.dream()->close();
    }
}

void Places::open(const QString& text)
{
    const AddressRead read = readAddress(text.trimmed());
    m_app.messages()->say(read.problem.isEmpty() ? go(read.address) : read.problem);
}

void Places::openCopied()
{
    open(QGuiApplication::clipboard()->text());
}

bool Places::isAddress(const QString& text) const
{
    return looksLikeAddress(text.trimmed());
}

void Places::glide(bool held)
{
    m_gliding = held && m_later.isActive();
}

void Places::back()
{
    note(); // what happened in this very moment is a state, too
    returnTo(m_history.back());
}

void Places::forward()
{
    note();
    returnTo(m_history.forward());
}

void Places::returnTo(const std::optional<Address>& address)
{
    if (!address)
        return;
    // What can't be gone back to, such as a pasted picture, stays as it is: no new state.
    m_returning = true;
    go(*address);
    note();
}

void Places::copyAddress()
{
    QGuiApplication::clipboard()->setText(addressText());
    Q_EMIT copied();
}

} // namespace inceptoscope
