// Each branch's part of the evidence, beside what it costs: of the module on stage, and of all.
#include "cost/cost.h"
#include "models/evidence/evidence_model.h"
#include "models/format.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr int branchSide = 160; ///< pixels of a branch's picture

/// "+3.21", "−0.04": what is added to the score.
QString signedText(double value)
{
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + formatDigits(std::abs(value));
}

/// Device time of a branch; negative while a part of it is unknown.
double timeOf(const RunSnapshot& snapshot, const Branch& branch)
{
    double sum = 0;
    for (const NodeId node : branch.nodes) {
        if (node >= snapshot.opMilliseconds.size() || snapshot.opMilliseconds[node] < 0)
            return -1;
        sum += snapshot.opMilliseconds[node];
    }
    return sum;
}

double mostOf(const ModuleEvidence& module)
{
    double most = std::abs(module.rest);
    for (const BranchEvidence& branch : module.branches)
        most = std::max(most, std::abs(branch.evidence));
    return most;
}

double shareOf(double evidence, double most)
{
    return most > 0 ? evidence / most : 0.0;
}

struct LedgerRow
{
    QVariantMap shown;
    double key = 0; ///< largest first
};

} // namespace

QVariantMap EvidenceModel::rowOf(
    ModuleId module, size_t branch, const BranchEvidence& evidence, double most) const
{
    const Branch part = graph().branches(module)[branch];
    return {
        {"name", QString::fromStdString(evidence.name)},
        {"branch", int(branch)},
        {"text", signedText(evidence.evidence)},
        {"share", shareOf(evidence.evidence, most)},
        {"cost", tr("%1 channels, %2, %3")
                     .arg(graph()[part.output].shape.c)
                     .arg(
                         formatMacs(cost(graph(), part).macs),
                         formatMilliseconds(timeOf(*m_snapshot, part)))}};
}

void EvidenceModel::showBranches()
{
    const ModuleEvidence* module = moduleShown();
    if (module == nullptr || module->branches.empty())
        return;
    const double most = mostOf(*module);
    for (size_t i = 0; i < module->branches.size(); ++i) {
        QVariantMap row = rowOf(m_module, i, module->branches[i], most);
        row.insert("picture", paint(module->branches[i].map, branchSide, false));
        m_branches << row;
    }
    if (!module->exact)
        m_branches << QVariantMap{
            {"name", tr("shortcut and biases")},
            {"branch", -1},
            {"text", signedText(module->rest)},
            {"share", shareOf(module->rest, most)},
            {"cost", QString()}};
}

QStringList EvidenceModel::orders() const
{
    return {tr("Evidence"), tr("MACs"), tr("Time"), tr("Order")};
}

QVariantList EvidenceModel::ledger(int order) const
{
    QVariantList list;
    if (!m_shown || m_shown->modules.empty() || m_method != Method::GradCam)
        return list;
    double most = 0;
    for (const ModuleEvidence& module : m_shown->modules)
        if (!module.branches.empty())
            most = std::max(most, mostOf(module));
    std::vector<LedgerRow> rows;
    for (const ModuleEvidence& module : m_shown->modules) {
        const std::vector<Branch> branches = graph().branches(module.module);
        for (size_t i = 0; i < module.branches.size(); ++i) {
            QVariantMap row = rowOf(module.module, i, module.branches[i], most);
            row["name"] = tr("%1: %2").arg(
                QString::fromStdString(graph().modules()[module.module].title),
                row["name"].toString());
            const std::array<double, 4> keys{
                std::abs(module.branches[i].evidence), double(cost(graph(), branches[i]).macs),
                timeOf(*m_snapshot, branches[i]), 0};
            rows.push_back({row, keys.at(size_t(std::clamp(order, 0, 3)))});
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const LedgerRow& a, const LedgerRow& b) {
        return a.key > b.key;
    });
    for (const LedgerRow& row : rows)
        list << row.shown;
    return list;
}

} // namespace inceptoscope
