#pragma once

#include "address/address.h"
#include "models/watched_study.h"
#include "visualization/dream_study.h"

#include <QObject>
#include <QTimer>

namespace inceptoscope {

/// The open picture, dreamt by the module on stage: it gets more of what the module sees in it.
class DreamModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY openChanged)
    /// There is a module with maps, a picture, and a device to dream on.
    Q_PROPERTY(bool possible READ possible NOTIFY subjectChanged)
    /// Why it isn't possible, one sentence.
    Q_PROPERTY(QString reason READ reason NOTIFY subjectChanged)
    Q_PROPERTY(QString moduleTitle READ moduleTitle NOTIFY subjectChanged)
    /// The picture that it begins with, as large as the dream.
    Q_PROPERTY(QImage before READ before NOTIFY subjectChanged)
    /// What has been dreamt; null before the first step.
    Q_PROPERTY(QImage picture READ picture NOTIFY dreamt)
    Q_PROPERTY(bool hasPicture READ hasPicture NOTIFY dreamt)
    Q_PROPERTY(bool dreaming READ dreaming NOTIFY dreamingChanged)
    /// All steps are done: it can go on deeper.
    Q_PROPERTY(bool complete READ complete NOTIFY dreamt)
    Q_PROPERTY(double progress READ progress NOTIFY dreamt)
    Q_PROPERTY(QString text READ text NOTIFY dreamt)
    Q_PROPERTY(QString problem READ problem NOTIFY dreamt)
    /// How far a step goes, 0..1.
    Q_PROPERTY(double strength READ strength WRITE setStrength NOTIFY settingsChanged)
    /// Sizes of the picture at which it dreams, one after the other: 1..6.
    Q_PROPERTY(int octaves READ octaves WRITE setOctaves NOTIFY settingsChanged)
    Q_PROPERTY(int mostOctaves READ mostOctaves CONSTANT)
    /// What a file of it is called.
    Q_PROPERTY(QString title READ title NOTIFY subjectChanged)

public:
    /// What is dreamt of. No node: nothing can be, and `reason` says why.
    struct Subject
    {
        std::string network;
        std::string weights;
        std::string node;
        QString moduleTitle;
        QString pictureTitle;
        QImage picture;
        QString reason;
    };

    explicit DreamModel(QObject* parent = nullptr);

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool possible() const { return !m_subject.node.empty(); }
    [[nodiscard]] QString reason() const { return m_subject.reason; }
    [[nodiscard]] QString moduleTitle() const { return m_subject.moduleTitle; }
    [[nodiscard]] QImage before() const { return m_before; }
    [[nodiscard]] QImage picture() const { return m_dreamt.picture; }
    [[nodiscard]] bool hasPicture() const { return !m_dreamt.picture.isNull(); }
    [[nodiscard]] bool dreaming() const { return m_study.running(); }
    [[nodiscard]] bool complete() const;
    [[nodiscard]] double progress() const; ///< 0..1 of the steps asked for
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString problem() const { return m_study.problem(); }
    [[nodiscard]] double strength() const { return m_strength; }
    void setStrength(double strength); ///< from the next dream on
    [[nodiscard]] int octaves() const { return m_octaves; }
    void setOctaves(int octaves); ///< from the next dream on
    [[nodiscard]] static int mostOctaves() { return mostDreamSizes; }
    [[nodiscard]] QString title() const;
    /// Pixels of the longer side at most.
    [[nodiscard]] static int mostPixels() { return 480; }

    /// Opens it, and dreams where nothing was dreamt of this yet.
    Q_INVOKABLE void open();
    Q_INVOKABLE void close(); ///< and stops
    /// From the open picture.
    Q_INVOKABLE void start();
    /// From what was dreamt.
    Q_INVOKABLE void deepen();
    Q_INVOKABLE void stop();

    /// Where it is another one, what was dreamt goes; an open dream begins anew.
    void setSubject(const Subject& subject);
    [[nodiscard]] WatchedStudy& study() { return m_study; }

Q_SIGNALS:
    void openChanged();
    void subjectChanged();
    void dreamt();
    void dreamingChanged();
    void settingsChanged();

private:
    void begin(const QImage& from);
    void look();
    void clear();

    Subject m_subject;
    QImage m_before;
    std::shared_ptr<DreamTask> m_task; ///< the last one
    DreamtPicture m_dreamt;
    WatchedStudy m_study;
    QTimer m_soon; ///< after the last of several steps through the network
    double m_strength = 0.5;
    int m_octaves = 4;
    bool m_open = false;
};

} // namespace inceptoscope
