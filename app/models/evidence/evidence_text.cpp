// What EvidenceModel says of what was found, and what it hands to files.
#include "charts/export.h"
#include "models/colormaps.h"
#include "models/evidence/evidence_model.h"
#include "models/format.h"
#include "models/save/save_content.h"

#include <algorithm>

namespace inceptoscope {

QString EvidenceModel::place() const
{
    if (!m_shown)
        return {};
    if (const ModuleEvidence* module = moduleShown())
        return tr("at %1").arg(QString::fromStdString(graph().modules()[module->module].title));
    if (m_method != Method::GradCam && m_method != Method::Cam)
        return tr("at the input");
    const auto module = graph().findModule(m_shown->at);
    const QString title =
        QString::fromStdString(module ? graph().modules()[*module].title : m_shown->at);
    return m_method == Method::Cam
               ? tr("at %1").arg(title)
               : tr("at %1: the module on stage has no map that leads to a class").arg(title);
}

QString EvidenceModel::scoreText() const
{
    return m_shown ? tr("score %1").arg(formatDigits(m_shown->score)) : QString();
}

QImage EvidenceModel::colours() const
{
    const bool both = factsOf(m_method).isSigned;
    const ColourTable table = *colormap(both ? "diverging" : "magma");
    QImage image(int(table.size()), 1, QImage::Format_RGBA8888);
    std::copy(table.begin(), table.end(), reinterpret_cast<uint32_t*>(image.scanLine(0)));
    return image;
}

QString EvidenceModel::lowText() const
{
    return factsOf(m_method).isSigned ? tr("against") : tr("nothing");
}

QString EvidenceModel::highText() const
{
    return m_method == Method::Saliency ? tr("much") : tr("for the class");
}

QVariantList EvidenceModel::facts() const
{
    QVariantList list;
    const auto add = [&](const QString& title, const QString& said) {
        list << QVariantMap{{"title", title}, {"text", said}};
    };
    if (!m_shown)
        return list;
    if (const auto& check = m_shown->completeness) {
        add(tr("All pixels' shares"), formatDigits(check->sum));
        add(tr("This score less that of black"), formatDigits(check->difference));
        add(tr("Off by"),
            tr("%1 after %2 steps%3")
                .arg(formatPercent(check->error()))
                .arg(check->steps)
                .arg(
                    check->error() > completenessBound
                        ? tr(": more than 1 %, so don't take single pixels at their word")
                        : QString()));
    }
    if (m_method == Method::GradCam) {
        const ModuleEvidence* module = moduleShown();
        const PlaneMap& map = module == nullptr ? m_shown->map : module->map;
        if (std::ranges::all_of(map.values, [](float value) { return value == 0; }))
            add(tr("Nothing is above zero"),
                tr("here the maps, weighted, speak against the class everywhere"));
    }
    if (m_method == Method::Cam) {
        double sum = 0;
        for (const float value : m_shown->map.values)
            sum += double(value);
        add(tr("Mean of the map, plus bias"),
            formatDigits(sum / double(m_shown->map.values.size()) + m_shown->bias));
        add(tr("Score"), formatDigits(m_shown->score));
    }
    if (const auto& grid = m_shown->occlusion)
        add(tr("Squares"), tr("%1 pixels wide, every %2: %3 runs")
                               .arg(grid->window)
                               .arg(grid->stride)
                               .arg(grid->positions()));
    return list;
}

QString EvidenceModel::branchesText() const
{
    const ModuleEvidence* module = moduleShown();
    if (module == nullptr)
        return {};
    if (module->branches.empty())
        return tr("This module has no branches.");
    if (module->exact)
        return tr("Gradient times activation, in units of the score. The branches' parts add up to "
                  "%1, exactly what the module passes on: the concatenation is nothing else. What "
                  "lacks to the score comes in behind it, with biases and normalisation.")
            .arg(formatDigits(module->evidence));
    return tr("Gradient times activation, in units of the score: the module passes on %1. The "
              "branches account for their concatenation; a shortcut and biases bring the rest.")
        .arg(formatDigits(module->evidence));
}

QString EvidenceModel::title() const
{
    return QStringLiteral("%1 %2 %3")
        .arg(
            m_snapshot ? QString::fromStdString(m_snapshot->network->id) : QString(), m_className,
            QString::fromUtf8(factsOf(m_method).id.data(), qsizetype(factsOf(m_method).id.size())));
}

QVariant EvidenceModel::content(int scale) const
{
    if (m_picture.isNull())
        return {};
    return QVariant::fromValue(SaveContent{[picture = m_picture, scale] {
        return toPng(picture.scaled(
            picture.size() * scale, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    }});
}

QString EvidenceModel::csv() const
{
    QString text;
    if (!m_shown)
        return text;
    const ModuleEvidence* module = moduleShown();
    const PlaneMap& map = module == nullptr ? m_shown->map : module->map;
    for (size_t i = 0; i < map.values.size(); ++i) {
        text += QString::number(double(map.values[i]), 'g', 9);
        text += (i + 1) % map.w == 0 ? QChar(u'\n') : QChar(u',');
    }
    return text;
}

} // namespace inceptoscope
