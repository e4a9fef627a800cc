#pragma once

#include "lessons/lesson_folder.h"
#include "models/lessons/handout.h"
#include "models/lessons/prediction_result.h"
#include "models/settings.h"

#include <QHash>
#include <QObject>
#include <QVariant>

namespace inceptoscope {

/// The lessons, and the page of one that is open: what it says, what it asks, and what the network
/// answers. Where the window goes is somebody else's to do: `wanted`.
class LessonsModel : public QObject
{
    Q_OBJECT
    /// {id, title, year, lessons: [{id, title, summary, pages, seen, done}]}
    Q_PROPERTY(QVariantList chapters READ chapters NOTIFY progressChanged)
    Q_PROPERTY(bool begun READ begun NOTIFY progressChanged)
    Q_PROPERTY(bool open READ isOpen NOTIFY pageChanged)
    Q_PROPERTY(QString title READ title NOTIFY pageChanged)
    Q_PROPERTY(QString chapter READ chapter NOTIFY pageChanged)
    Q_PROPERTY(int page READ page NOTIFY pageChanged)
    Q_PROPERTY(int pages READ pages NOTIFY pageChanged)
    Q_PROPERTY(QString heading READ heading NOTIFY pageChanged)
    Q_PROPERTY(QString text READ text NOTIFY figuresChanged)
    /// Where those of the text lead, in their order.
    Q_PROPERTY(QStringList links READ links NOTIFY pageChanged)
    Q_PROPERTY(QString task READ task NOTIFY pageChanged)
    Q_PROPERTY(bool taskDone READ taskDone NOTIFY taskChanged)
    Q_PROPERTY(QString question READ question NOTIFY pageChanged)
    Q_PROPERTY(QVariantList answers READ answers NOTIFY answersChanged)
    Q_PROPERTY(bool predicted READ predicted NOTIFY answersChanged)
    Q_PROPERTY(bool right READ right NOTIFY answersChanged)
    Q_PROPERTY(QString verdict READ verdict NOTIFY answersChanged)
    Q_PROPERTY(bool presenting READ presenting WRITE setPresenting NOTIFY presentingChanged)

public:
    explicit LessonsModel(Settings& settings, QObject* parent = nullptr);

    /// Those of a folder in place of the bundled ones.
    void use(LessonFolder folder);

    [[nodiscard]] QVariantList chapters() const;
    [[nodiscard]] bool begun() const; ///< a page of any lesson was seen, now or another time
    [[nodiscard]] bool isOpen() const { return m_lesson != nullptr; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString chapter() const;
    [[nodiscard]] int page() const { return m_page; }
    [[nodiscard]] int pages() const;
    [[nodiscard]] QString heading() const;
    /// HTML, figures told; those that a run has yet to measure are a dash.
    [[nodiscard]] QString text() const;
    [[nodiscard]] QStringList links() const;
    [[nodiscard]] QString task() const; ///< empty where the page asks for nothing
    [[nodiscard]] bool taskDone() const { return m_taskDone; }
    [[nodiscard]] QString question() const; ///< empty where the page asks nothing
    /// {title, part, branch, value, chosen, leads}: part as hover() takes it, branch as branchOf()
    /// has it; value and leads once it was answered.
    [[nodiscard]] QVariantList answers() const;
    [[nodiscard]] bool predicted() const { return m_predicted >= 0; }
    [[nodiscard]] bool right() const;
    /// After a prediction: what the network says, or that it is still computing.
    [[nodiscard]] QString verdict() const;
    [[nodiscard]] bool presenting() const { return m_presenting; }
    void setPresenting(bool presenting);

    /// At the page where it was left; from its beginning once it was read to the end.
    Q_INVOKABLE void start(const QString& id);
    Q_INVOKABLE void next(); ///< after the last page: the next lesson
    Q_INVOKABLE void back();
    Q_INVOKABLE void close();
    Q_INVOKABLE void predict(int answer);
    /// A word of the text or an answer under the pointer: lights up what it names; empty: none.
    Q_INVOKABLE void hover(const QString& link);
    /// "receptive field: The part of the picture ... (source)"; empty for what is no term.
    Q_INVOKABLE QString termText(const QString& link) const;
    /// The branch of its module that a link names, from 0, as colours are given; negative for
    /// others.
    Q_INVOKABLE int branchOf(const QString& link) const;
    /// Goes to the page's stage once more, after the reader went elsewhere.
    Q_INVOKABLE void show();
    /// The page on show with what the window shows, for the handout; `leaving` asks for it.
    Q_INVOKABLE void keepPage(const QImage& figure);
    /// The lesson as PDF, a SaveContent: kept pages as they were, the others without a figure.
    Q_INVOKABLE QVariant handoutContent() const;
    [[nodiscard]] Handout handout() const;

    void setNetwork(std::shared_ptr<const Network> network);
    void setPlace(const Address& place);
    void apply(std::shared_ptr<const RunSnapshot> snapshot);
    /// Ops that are meant, by NodeId, and those that the page asks about; empty: all.
    [[nodiscard]] std::vector<NodeId> pointed() const;

Q_SIGNALS:
    void progressChanged();
    void pageChanged();
    void figuresChanged();
    void taskChanged();
    void answersChanged();
    void presentingChanged();
    void pointedChanged();
    void wanted(const inceptoscope::Address& place);
    /// The page on show is about to change: the last moment to keep it.
    void leaving();

private:
    [[nodiscard]] const LessonPage* current() const;
    [[nodiscard]] const LessonPrediction* prediction() const;
    [[nodiscard]] qsizetype indexOf(const QString& id) const;
    /// The network that the page is about is on stage.
    [[nodiscard]] bool hasNetwork() const;
    [[nodiscard]] const RunSnapshot* run() const;
    [[nodiscard]] QString told(const QString& text) const;
    [[nodiscard]] HandoutPage unseenPage(int page) const;
    void go(int page);
    void tryToAnswer();

    Settings& m_settings;
    LessonFolder m_folder;
    const Lesson* m_lesson = nullptr;
    int m_page = 0;
    bool m_taskDone = false;
    int m_predicted = -1;
    std::optional<PredictionResult> m_result;
    bool m_presenting = false;
    QString m_hovered;
    QHash<int, HandoutPage> m_kept; ///< of this lesson
    std::shared_ptr<const Network> m_network;
    std::shared_ptr<const RunSnapshot> m_snapshot;
};

} // namespace inceptoscope
