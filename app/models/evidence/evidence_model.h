#pragma once

#include "attribution/live_evidence.h"
#include "attribution/study.h"
#include "engine/run_snapshot.h"

#include <QHash>
#include <QObject>
#include <QTimer>
#include <QVariantList>

namespace inceptoscope {

/// "Why this class?": the picture wears what speaks for a class, by one method after the other.
/// Found on the engine's thread; what was found for this picture stays until the next.
class EvidenceModel : public QObject
{
    Q_OBJECT
    /// There is a picture with classes to ask about.
    Q_PROPERTY(bool available READ available NOTIFY availableChanged)
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY questionChanged)
    Q_PROPERTY(int classIndex READ classIndex NOTIFY questionChanged)
    Q_PROPERTY(QString className READ className NOTIFY questionChanged)
    /// {title, about, live}, in the order of the choice; live: quick enough for live pictures.
    Q_PROPERTY(QVariantList methods READ methodList CONSTANT)
    /// Of a live picture: Grad-CAM of each frame.
    Q_PROPERTY(bool live READ live NOTIFY availableChanged)
    /// Live: asks about the class that leads, whichever that is; else about one.
    Q_PROPERTY(bool following READ following WRITE setFollowing NOTIFY questionChanged)
    Q_PROPERTY(int method READ method WRITE setMethod NOTIFY questionChanged)
    Q_PROPERTY(QString sentence READ sentence NOTIFY questionChanged)
    Q_PROPERTY(QString source READ source NOTIFY questionChanged)
    Q_PROPERTY(bool ofModules READ ofModules NOTIFY questionChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY answerChanged)
    Q_PROPERTY(double progress READ progress NOTIFY answerChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY answerChanged)
    /// What the network sees, with its evidence; without it while there is none.
    Q_PROPERTY(QImage picture READ picture NOTIFY answerChanged)
    Q_PROPERTY(QSize figureSize READ figureSize NOTIFY answerChanged)
    Q_PROPERTY(QString title READ title NOTIFY questionChanged)
    Q_PROPERTY(bool found READ found NOTIFY answerChanged)
    Q_PROPERTY(QString place READ place NOTIFY answerChanged)
    Q_PROPERTY(QString scoreText READ scoreText NOTIFY answerChanged)
    Q_PROPERTY(QImage colours READ colours NOTIFY answerChanged)
    Q_PROPERTY(QString lowText READ lowText NOTIFY answerChanged)
    Q_PROPERTY(QString highText READ highText NOTIFY answerChanged)
    /// {title, text}.
    Q_PROPERTY(QVariantList facts READ facts NOTIFY answerChanged)
    /// Of Grad-CAM, of the module on stage: {name, branch, picture, evidence, text, share, cost}.
    Q_PROPERTY(QVariantList branches READ branches NOTIFY answerChanged)
    Q_PROPERTY(QStringList orders READ orders CONSTANT)
    Q_PROPERTY(QString branchesText READ branchesText NOTIFY answerChanged)

public:
    explicit EvidenceModel(QObject* parent = nullptr);

    [[nodiscard]] bool available() const;
    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool live() const { return m_snapshot && m_snapshot->live; }
    [[nodiscard]] bool following() const { return m_following; }
    void setFollowing(bool on);
    [[nodiscard]] int classIndex() const { return m_class; }
    [[nodiscard]] QString className() const { return m_className; }
    [[nodiscard]] QVariantList methodList() const;
    [[nodiscard]] int method() const { return int(m_method); }
    void setMethod(int method);
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QString source() const;
    [[nodiscard]] bool ofModules() const { return m_method == Method::GradCam; }
    [[nodiscard]] bool busy() const { return m_busy || (m_frames && !m_shown); }
    [[nodiscard]] double progress() const { return m_progress ? m_progress->fraction() : 0; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QImage picture() const { return m_picture; }
    [[nodiscard]] bool found() const { return m_shown != nullptr; }
    [[nodiscard]] QString place() const; ///< where the map is from
    [[nodiscard]] QString scoreText() const;
    [[nodiscard]] QImage colours() const; ///< one row, from low to high
    [[nodiscard]] QString lowText() const;
    [[nodiscard]] QString highText() const;
    [[nodiscard]] QVariantList facts() const;
    [[nodiscard]] QVariantList branches() const { return m_branches; }
    [[nodiscard]] QString branchesText() const;

    /// "googlenet leopard grad-cam": what a file of it is called.
    [[nodiscard]] QString title() const;
    [[nodiscard]] QSize figureSize() const { return m_picture.size(); }
    /// A SaveContent: the picture with its evidence as PNG, `scale` times figureSize().
    Q_INVOKABLE QVariant content(int scale) const;
    /// The map's values as they lie; empty while there are none.
    Q_INVOKABLE QString csv() const;

    /// Every branch of the network: {name, branch, text, share, cost}, by what orders() says.
    Q_INVOKABLE QVariantList ledger(int order) const;
    /// "Evidence", "MACs", "Time", "Order": most first, or as they run.
    [[nodiscard]] QStringList orders() const;

    /// Asks about a class of the network's; live, about the one that leads where that is it now.
    Q_INVOKABLE void ask(int classIndex);
    /// The same by a method of this id, about the most probable class where none is given: now, or
    /// once there is a run to ask about.
    void askOnceAvailable(const QString& methodId, std::optional<int> classIndex);
    [[nodiscard]] QString methodId() const;
    Q_INVOKABLE void close();
    /// Gives up what is under way; setMethod() or ask() begin anew.
    Q_INVOKABLE void cancel();

    /// A network whose runs are to come: nothing is known of it.
    void reset();
    void apply(std::shared_ptr<const RunSnapshot> snapshot);
    void setModule(ModuleId module);
    /// Somebody sees it, and there is a device: only then it is asked for.
    void setLookedAt(bool on);
    void apply(quint64 number, const StudyResult& result, const QString& problem);
    /// The study that is under way, for what it tells meanwhile.

Q_SIGNALS:
    void availableChanged();
    void questionChanged();
    void answerChanged();
    /// Network, class and picture are filled in; the weights are not.
    void wanted(
        quint64 number, const inceptoscope::EvidenceStudy& study,
        std::shared_ptr<inceptoscope::EvidenceProgress> progress);
    void cancelWanted();
    /// For live pictures; null: no more.
    void frameStudyWanted(std::shared_ptr<inceptoscope::FrameStudy> study);

private:
    [[nodiscard]] const Graph& graph() const { return m_snapshot->network->graph; }
    [[nodiscard]] QString nameOf(int classIndex) const;
    /// What was found for the module on stage; null where it has no map.
    [[nodiscard]] const ModuleEvidence* moduleShown() const;
    [[nodiscard]] bool isSigned() const { return factsOf(m_method).isSigned; }
    void askWhatWaits();
    void want();
    void begin();
    void stop();
    void look();
    /// Live: asks of the next frames what is asked now, or nothing more.
    void askFrames();
    /// Of a live picture; `anew`: the first of it, or the first that is of none any more.
    void applyFrame(bool anew);
    void show();
    void showBranches();
    /// A branch's row, without its picture.
    [[nodiscard]] QVariantMap
    rowOf(ModuleId module, size_t branch, const BranchEvidence& evidence, double most) const;
    [[nodiscard]] QImage paint(const PlaneMap& map, int side, bool both) const;

    std::shared_ptr<const RunSnapshot> m_snapshot; ///< complete
    bool m_open = false;
    bool m_waits = false; ///< a question for the next run
    std::optional<int> m_waitingClass;
    bool m_lookedAt = false;
    bool m_busy = false;
    bool m_following = true;
    int m_class = -1;
    QString m_className;
    Method m_method = Method::GradCam;
    ModuleId m_module = 0;
    quint64 m_number = 0; ///< of the study under way
    std::shared_ptr<EvidenceProgress> m_progress;
    QTimer m_poll;
    QTimer m_soon; ///< after others gave up what they had under way
    /// By class and method, of this picture.
    QHash<QPair<int, int>, std::shared_ptr<const Evidence>> m_found;
    std::shared_ptr<const Evidence> m_shown; ///< what the picture wears; may be a part
    std::shared_ptr<LiveEvidence> m_frames;  ///< what the engine asks of live pictures
    QString m_problem;
    QImage m_picture;
    QVariantList m_branches;
};

} // namespace inceptoscope
