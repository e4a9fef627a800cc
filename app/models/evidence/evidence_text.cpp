// What EvidenceModel says of what was found.
#include "models/colormaps.h"
#include "models/evidence/evidence_model.h"
#include "models/format.h"

namespace inceptoscope {

QString EvidenceModel::place() const
{
    if (!m_shown)
        return {};
    if (const ModuleEvidence* module = moduleShown())
        return tr("at %1").arg(QString::fromStdString(graph().modules()[module->module].title));
    if (m_method == Method::GradCam)
        return tr("at %1: the module on stage has no map that leads to a class")
            .arg(QString::fromStdString(m_shown->at));
    return m_method == Method::Cam ? tr("at %1").arg(QString::fromStdString(m_shown->at))
                                   : tr("at the input");
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

} // namespace inceptoscope
