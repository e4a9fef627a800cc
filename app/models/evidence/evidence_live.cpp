// "Why this class?" of live pictures: Grad-CAM comes with each frame.
#include "file_name.h"
#include "models/evidence/evidence_model.h"

namespace inceptoscope {

void EvidenceModel::setFollowing(bool on)
{
    if (on == m_following)
        return;
    m_following = on;
    Q_EMIT questionChanged();
    askFrames();
}

void EvidenceModel::askFrames()
{
    if (!m_open || !m_lookedAt || !live() || !m_problem.isEmpty()) {
        if (m_frames)
            Q_EMIT frameStudyWanted(nullptr);
        m_frames.reset();
        return;
    }
    const bool asked = m_frames != nullptr;
    if (!asked)
        m_frames = std::make_shared<LiveEvidence>(
            [id = m_snapshot->network->id, weights = fileBytes(m_snapshot->weights.spec)] {
                return openNetwork({.network = id, .weights = weights});
            });
    m_frames->ask(
        m_module, m_following ? std::nullopt : std::optional<uint32_t>(uint32_t(m_class)));
    if (asked)
        return;
    Q_EMIT frameStudyWanted(m_frames);
    Q_EMIT answerChanged(); // it looks
}

void EvidenceModel::applyFrame(bool anew)
{
    if (anew) {
        // From a picture to a live one, or back: what was found is of no use for the other.
        stop();
        m_found.clear();
        m_problem.clear();
        m_frames.reset(); // the engine gave it up, if it had one
        if (live())
            m_method = Method::GradCam;
        Q_EMIT availableChanged();
        askWhatWaits();
        if (!m_open)
            return;
        return available() ? want() : close();
    }
    if (!m_open)
        return;
    if (!m_snapshot->frameStudyProblem.isEmpty()) {
        m_problem = m_snapshot->frameStudyProblem;
        m_frames.reset();
    }
    if (m_snapshot->frameStudy) {
        m_shown = std::static_pointer_cast<const Evidence>(m_snapshot->frameStudy);
        if (m_class != int(m_shown->classIndex)) {
            m_class = int(m_shown->classIndex);
            m_className = nameOf(m_class);
            Q_EMIT questionChanged();
        }
    } else if (m_problem.isEmpty()) {
        return; // of a frame before: the picture stays until its answer comes
    }
    show();
}

} // namespace inceptoscope
