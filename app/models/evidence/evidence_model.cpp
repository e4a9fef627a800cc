#include "models/evidence/evidence_model.h"

#include "attribution/class_place.h"
#include "attribution/overlay.h"
#include "engine/labels.h"
#include "engine/study_job.h"
#include "models/colormaps.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr int evidencePollMilliseconds = 120;

ColourTable coloursOf(bool both)
{
    return *colormap(both ? "diverging" : "magma");
}

/// One pass back, and only as far as the module on stage.
bool isForFrames(Method method)
{
    return method == Method::GradCam;
}

QString fromView(std::string_view words)
{
    return QString::fromUtf8(words.data(), qsizetype(words.size()));
}

} // namespace

EvidenceModel::EvidenceModel(QObject* parent)
    : QObject(parent)
{
    m_poll.setInterval(evidencePollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (auto partial = m_progress->partial())
            m_shown = std::move(partial);
        show();
    });
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &EvidenceModel::begin);
}

bool EvidenceModel::available() const
{
    return m_snapshot && graph().logits();
}

QVariantList EvidenceModel::methodList() const
{
    QVariantList list;
    for (const MethodFacts& facts : inceptoscope::methods())
        list << QVariantMap{
            {"title", fromView(facts.title)},
            {"about", fromView(facts.sentence)},
            {"live", isForFrames(facts.method)}};
    return list;
}

QString EvidenceModel::sentence() const
{
    return fromView(factsOf(m_method).sentence);
}

QString EvidenceModel::source() const
{
    return fromView(factsOf(m_method).source);
}

QString EvidenceModel::nameOf(int classIndex) const
{
    const size_t classes = graph()[*graph().logits()].shape.c;
    const QString label = m_snapshot->labels
                              ? classLabel(*m_snapshot->labels, size_t(classIndex), classes)
                              : QString();
    return label.isEmpty() ? tr("class %1").arg(classIndex) : label.section(u',', 0, 0);
}

void EvidenceModel::ask(int classIndex)
{
    if (!available() || classIndex < 0 || classIndex >= int(graph()[*graph().logits()].shape.c))
        return;
    m_open = true;
    m_class = classIndex;
    m_className = nameOf(classIndex);
    m_following = live() && !m_snapshot->top.empty() && m_snapshot->top.front().index == classIndex;
    want();
}

QString EvidenceModel::methodId() const
{
    return fromView(factsOf(m_method).id);
}

void EvidenceModel::setMethod(int method)
{
    const auto count = int(inceptoscope::methods().size());
    if (method < 0 || method >= count || method == int(m_method) ||
        (live() && !isForFrames(inceptoscope::methods()[size_t(method)].method)))
        return;
    m_method = inceptoscope::methods()[size_t(method)].method;
    want();
}

/// Shows what is known of the question, and has the rest found.
void EvidenceModel::want()
{
    stop();
    m_problem.clear();
    m_shown = live() ? nullptr : m_found.value({m_class, int(m_method)});
    Q_EMIT questionChanged();
    show();
    askFrames();
    look();
}

void EvidenceModel::look()
{
    if (!m_open || !m_lookedAt || !available() || live() || m_busy || !m_problem.isEmpty() ||
        m_found.contains({m_class, int(m_method)}))
        return;
    m_busy = true;
    m_progress = std::make_shared<EvidenceProgress>();
    m_number = nextStudyNumber();
    m_soon.start(0);
    m_poll.start();
    Q_EMIT answerChanged();
}

void EvidenceModel::begin()
{
    EvidenceStudy study;
    study.network = m_snapshot->network->id;
    study.subject.picture = m_snapshot->picture;
    study.request.method = m_method;
    study.request.classIndex = uint32_t(m_class);
    if (m_method == Method::GradCam)
        study.request.modules = evidenceModules(graph());
    Q_EMIT wanted(m_number, study, m_progress);
}

void EvidenceModel::stop()
{
    if (!m_busy)
        return;
    m_poll.stop();
    m_number = 0; // what comes of it is of no use any more
    m_busy = false;
    if (m_soon.isActive())
        m_soon.stop();
    else
        Q_EMIT cancelWanted();
}

void EvidenceModel::cancel()
{
    if (!m_busy)
        return;
    stop();
    m_problem = tr("Stopped. Choose a method or a class to ask again.");
    show();
}

void EvidenceModel::close()
{
    m_waits = false;
    stop();
    if (!m_open)
        return;
    m_open = false;
    m_class = -1;
    askFrames();
    Q_EMIT questionChanged();
    Q_EMIT answerChanged();
}

void EvidenceModel::reset()
{
    close();
    m_found.clear();
    m_shown.reset();
    m_snapshot.reset();
    Q_EMIT availableChanged();
}

void EvidenceModel::apply(std::shared_ptr<const RunSnapshot> snapshot)
{
    if (!snapshot->complete)
        return;
    const bool sameNetwork = m_snapshot && m_snapshot->network == snapshot->network &&
                             m_snapshot->weights.spec == snapshot->weights.spec;
    const bool same = sameNetwork && m_snapshot->picture.cacheKey() == snapshot->picture.cacheKey();
    const bool wasLive = live();
    m_snapshot = std::move(snapshot);
    if (live() || wasLive)
        return applyFrame(!sameNetwork || live() != wasLive);
    if (!same) {
        stop();
        m_found.clear();
        m_shown.reset();
    }
    Q_EMIT availableChanged();
    askWhatWaits();
    if (!m_open)
        return;
    if (!available())
        return close();
    m_className = nameOf(m_class);
    if (!same)
        want();
    else
        Q_EMIT questionChanged();
}

void EvidenceModel::setModule(ModuleId module)
{
    m_module = module;
    askFrames();
    if (m_open && m_method == Method::GradCam)
        show();
}

void EvidenceModel::setLookedAt(bool on)
{
    if (on == m_lookedAt)
        return;
    m_lookedAt = on;
    askFrames();
    if (on) {
        look();
    } else if (m_busy) {
        stop();
        Q_EMIT answerChanged();
    }
}

void EvidenceModel::apply(quint64 number, const StudyResult& result, const QString& problem)
{
    if (number != m_number || !m_busy)
        return;
    m_poll.stop();
    m_busy = false;
    m_problem = problem;
    if (result) {
        m_shown = std::static_pointer_cast<const Evidence>(result);
        m_found.insert({m_class, int(m_method)}, m_shown);
    }
    show();
}

const ModuleEvidence* EvidenceModel::moduleShown() const
{
    if (!m_shown || m_method != Method::GradCam)
        return nullptr;
    const auto& modules = m_shown->modules;
    const auto it = std::ranges::find(modules, m_module, &ModuleEvidence::module);
    return it == modules.end() ? nullptr : &*it;
}

/// The map over what the network sees, `side` pixels wide.
QImage EvidenceModel::paint(const PlaneMap& map, int side, bool both) const
{
    QImage seen = m_snapshot->picture.copy(m_snapshot->seenRect.toAlignedRect())
                      .scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    if (map.empty())
        return seen;
    return laidOver(seen, stretched(map, uint32_t(side), uint32_t(side)), coloursOf(both), both);
}

void EvidenceModel::show()
{
    m_branches.clear();
    if (!m_open || !m_snapshot) {
        m_picture = {};
        Q_EMIT answerChanged();
        return;
    }
    const Shape& input = graph()[graph().input()].shape;
    const auto side = int(2 * input.w);
    PlaneMap map;
    if (const ModuleEvidence* module = moduleShown())
        map = module->map;
    else if (m_shown)
        map = m_method == Method::Occlusion ? overInput(*m_shown) : m_shown->map;
    m_picture = paint(map, side, isSigned());
    showBranches();
    Q_EMIT answerChanged();
}

} // namespace inceptoscope
