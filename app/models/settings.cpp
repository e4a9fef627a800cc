#include "models/settings.h"

#include "models/colormaps.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

Settings::Settings(const QString& path, QObject* parent)
    : QObject(parent)
    , m_settings(
          path.isEmpty() ? new QSettings(
                               QSettings::IniFormat, QSettings::UserScope,
                               QStringLiteral("inceptoscope"), QStringLiteral("inceptoscope"), this)
                         : new QSettings(path, QSettings::IniFormat, this))
{
}

QVariant Settings::value(const QString& key, const QVariant& fallback) const
{
    return m_settings->value(key, fallback);
}

bool Settings::dark() const
{
    return value("view/dark", true).toBool();
}

void Settings::setDark(bool dark)
{
    if (dark == this->dark())
        return;
    m_settings->setValue("view/dark", dark);
    Q_EMIT themeChanged();
}

const QStringList& Settings::views()
{
    static const QStringList names = {
        QStringLiteral("modules"), QStringLiteral("costs"), QStringLiteral("versions")};
    return names;
}

QString Settings::view() const
{
    const QString view = value("view/shown", views().front()).toString();
    return views().contains(view) ? view : views().front();
}

void Settings::setView(const QString& view)
{
    if (view == this->view() || !views().contains(view))
        return;
    m_settings->setValue("view/shown", view);
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
    m_settings->setValue("view/costsTab", tab);
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
    m_settings->setValue("view/textScale", scale);
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
    m_settings->setValue("view/flowDown", down);
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
    m_settings->setValue("maps/colormap", name);
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
    m_settings->setValue("maps/perLayer", perLayer);
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
    m_settings->setValue("memory/keptMebibytes", mebibytes);
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
    m_settings->setValue("weights/" + networkId, spec);
}

void Settings::forgetWeights(const QString& networkId)
{
    m_settings->remove("weights/" + networkId);
}

} // namespace inceptoscope
