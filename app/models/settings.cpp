#include "models/settings.h"

#include "address/views.h"
#include "files/state_file.h"
#include "models/colormaps.h"

#include <QFile>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

/// As QSettings would choose, but without the organisation's and the system's files behind it.
QString usersFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/inceptoscope/inceptoscope.ini");
}

} // namespace

Settings::Settings(const QString& path, QObject* parent)
    : QObject(parent)
{
    const QString file = path.isEmpty() ? usersFile() : path;
    m_problem = QString::fromStdString(stateObjection(QFile::encodeName(file).toStdString()));
    // QSettings would wait for whoever writes into a pipe.
    if (m_problem.isEmpty())
        m_settings = new QSettings(file, QSettings::IniFormat, this);
}

QVariant Settings::value(const QString& key, const QVariant& fallback) const
{
    return m_settings != nullptr ? m_settings->value(key, fallback) : m_unkept.value(key, fallback);
}

void Settings::setValue(const QString& key, const QVariant& value)
{
    if (m_settings != nullptr)
        m_settings->setValue(key, value);
    else
        m_unkept[key] = value;
}

bool Settings::dark() const
{
    return value("view/dark", true).toBool();
}

void Settings::setDark(bool dark)
{
    if (dark == this->dark())
        return;
    setValue("view/dark", dark);
    Q_EMIT themeChanged();
}

QString Settings::view() const
{
    const QString view = value("view/shown", {}).toString();
    return findView(view) != nullptr ? view : windowViews().front().id;
}

void Settings::setView(const QString& view)
{
    if (view == this->view() || findView(view) == nullptr)
        return;
    setValue("view/shown", view);
    Q_EMIT viewChanged();
}

int Settings::costsTab() const
{
    return std::clamp(value("view/costsTab", 0).toInt(), 0, 2);
}

void Settings::setCostsTab(int tab)
{
    if (tab == costsTab())
        return;
    setValue("view/costsTab", tab);
    Q_EMIT costsTabChanged();
}

double Settings::textScale() const
{
    // A settings file can hold anything.
    const double scale = value("view/textScale", 1.0).toDouble();
    return std::isfinite(scale) ? std::clamp(scale, smallestText, largestText) : 1.0;
}

void Settings::setTextScale(double scale)
{
    scale = std::clamp(scale, smallestText, largestText);
    if (std::abs(scale - textScale()) < 1e-6)
        return;
    setValue("view/textScale", scale);
    Q_EMIT themeChanged();
}

void Settings::stepTextScale(int steps)
{
    setTextScale(steps == 0 ? 1.0 : std::round(textScale() * 10.0 + steps) / 10.0);
}

bool Settings::flowDown() const
{
    return value("view/flowDown", false).toBool();
}

void Settings::setFlowDown(bool down)
{
    if (down == flowDown())
        return;
    setValue("view/flowDown", down);
    Q_EMIT flowDownChanged();
}

QString Settings::colormap() const
{
    const QString name = value("maps/colormap", "viridis").toString();
    return inceptoscope::colormap(name.toStdString()) ? name : QStringLiteral("viridis");
}

void Settings::setColormap(const QString& name)
{
    if (name == colormap() || !inceptoscope::colormap(name.toStdString()))
        return;
    setValue("maps/colormap", name);
    Q_EMIT styleChanged();
}

bool Settings::perLayer() const
{
    return value("maps/perLayer", false).toBool();
}

void Settings::setPerLayer(bool perLayer)
{
    if (perLayer == this->perLayer())
        return;
    setValue("maps/perLayer", perLayer);
    Q_EMIT styleChanged();
}

int Settings::keptMebibytes() const
{
    bool number = false;
    const int mebibytes = value("memory/keptMebibytes", -1).toInt(&number);
    return number ? std::clamp(mebibytes, -1, 1 << 20) : -1;
}

void Settings::setKeptMebibytes(int mebibytes)
{
    if (mebibytes == keptMebibytes())
        return;
    setValue("memory/keptMebibytes", mebibytes);
    Q_EMIT keptMemoryChanged();
}

std::optional<quint64> Settings::keptMemory() const
{
    const int mebibytes = keptMebibytes();
    return mebibytes < 0 ? std::nullopt : std::optional(quint64(mebibytes) << 20U);
}

QString Settings::weights(const QString& networkId) const
{
    return value("weights/" + networkId, {}).toString();
}

void Settings::rememberWeights(const QString& networkId, const QString& spec)
{
    setValue("weights/" + networkId, spec);
}

void Settings::forgetWeights(const QString& networkId)
{
    if (m_settings != nullptr)
        m_settings->remove("weights/" + networkId);
    m_unkept.remove("weights/" + networkId);
}

bool Settings::lessonsOffered() const
{
    return value("offers/lessons", true).toBool();
}

void Settings::setLessonsOffered(bool offered)
{
    if (offered == lessonsOffered())
        return;
    setValue("offers/lessons", offered);
    Q_EMIT offersChanged();
}

bool Settings::randomNoticed() const
{
    return value("offers/randomWeights", true).toBool();
}

void Settings::setRandomNoticed(bool noticed)
{
    if (noticed == randomNoticed())
        return;
    setValue("offers/randomWeights", noticed);
    Q_EMIT offersChanged();
}

int Settings::lessonPages(const QString& lesson) const
{
    return std::max(0, value("lessons/" + lesson, 0).toInt());
}

void Settings::rememberLessonPages(const QString& lesson, int pages)
{
    setValue("lessons/" + lesson, pages);
}

QString Settings::saveFolder(const QString& kind) const
{
    return value("saved/" + kind, {}).toString();
}

void Settings::rememberSaveFolder(const QString& kind, const QString& folder)
{
    setValue("saved/" + kind, folder);
}

QString Settings::openFolder(const QString& kind) const
{
    return value("opened/" + kind, {}).toString();
}

void Settings::rememberOpenFolder(const QString& kind, const QString& folder)
{
    setValue("opened/" + kind, folder);
}

QString Settings::address() const
{
    return value("last/address", {}).toString();
}

void Settings::rememberAddress(const QString& address)
{
    setValue("last/address", address);
}

QRect Settings::windowPlace() const
{
    return value("last/window", {}).toRect();
}

bool Settings::windowMaximized() const
{
    return value("last/maximized", false).toBool();
}

void Settings::rememberWindow(const QRect& place, bool maximized)
{
    if (place.isValid())
        setValue("last/window", place);
    setValue("last/maximized", maximized);
}

} // namespace inceptoscope
