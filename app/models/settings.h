#pragma once

#include <QObject>
#include <QRect>
#include <QSettings>
#include <QVariant>

#include <optional>

namespace inceptoscope {

/// What the window keeps between starts.
class Settings : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool dark READ dark WRITE setDark NOTIFY themeChanged)
    /// What the window shows: one of windowViews().
    Q_PROPERTY(QString view READ view WRITE setView NOTIFY viewChanged)
    /// Of the Costs view: 0 parts, 1 groups, 2 roofline.
    Q_PROPERTY(int costsTab READ costsTab WRITE setCostsTab NOTIFY costsTabChanged)
    Q_PROPERTY(double textScale READ textScale WRITE setTextScale NOTIFY themeChanged)
    Q_PROPERTY(bool flowDown READ flowDown WRITE setFlowDown NOTIFY flowDownChanged)
    Q_PROPERTY(QString colormap READ colormap WRITE setColormap NOTIFY styleChanged)
    Q_PROPERTY(int keptMebibytes READ keptMebibytes WRITE setKeptMebibytes NOTIFY keptMemoryChanged)
    /// The lessons are offered at the start, until somebody begins one or doesn't want them.
    Q_PROPERTY(bool lessonsOffered READ lessonsOffered WRITE setLessonsOffered NOTIFY offersChanged)
    /// That weights are random is said in large, until somebody has read it.
    Q_PROPERTY(bool randomNoticed READ randomNoticed WRITE setRandomNoticed NOTIFY offersChanged)
    Q_PROPERTY(bool perLayer READ perLayer WRITE setPerLayer NOTIFY styleChanged)

public:
    static constexpr double smallestText = 0.8;
    static constexpr double largestText = 1.8;

    /// `path`: an ini file; empty for the user's own settings. Where no file is there but a folder,
    /// a pipe or a device, nothing is read and nothing is kept.
    explicit Settings(const QString& path = {}, QObject* parent = nullptr);

    /// Why nothing is kept, in a sentence; nearly always empty.
    [[nodiscard]] const QString& problem() const { return m_problem; }

    [[nodiscard]] bool dark() const;
    void setDark(bool dark);
    [[nodiscard]] QString view() const;
    void setView(const QString& view);
    [[nodiscard]] int costsTab() const;
    void setCostsTab(int tab);
    [[nodiscard]] double textScale() const;
    void setTextScale(double scale);
    Q_INVOKABLE void stepTextScale(int steps); ///< 0 goes back to the normal size
    [[nodiscard]] bool flowDown() const;
    void setFlowDown(bool down);
    [[nodiscard]] QString colormap() const;
    void setColormap(const QString& name);
    [[nodiscard]] bool perLayer() const;
    void setPerLayer(bool perLayer);

    /// What networks used before may take of the device's memory; negative: as the engine likes.
    [[nodiscard]] int keptMebibytes() const;
    void setKeptMebibytes(int mebibytes);
    [[nodiscard]] std::optional<quint64> keptMemory() const; ///< the same in bytes

    /// Weights that were opened for a network; empty when there are none.
    [[nodiscard]] QString weights(const QString& networkId) const;
    void rememberWeights(const QString& networkId, const QString& spec);
    void forgetWeights(const QString& networkId);

    [[nodiscard]] bool lessonsOffered() const;
    void setLessonsOffered(bool offered);
    [[nodiscard]] bool randomNoticed() const;
    void setRandomNoticed(bool noticed);
    /// How many pages of a lesson were seen.
    [[nodiscard]] int lessonPages(const QString& lesson) const;
    void rememberLessonPages(const QString& lesson, int pages);

    /// Where the last thing of a kind was saved, "pictures" or "documents"; empty before the first.
    [[nodiscard]] QString saveFolder(const QString& kind) const;
    void rememberSaveFolder(const QString& kind, const QString& folder);
    /// The folder that the last file of a kind was opened from; empty where none was.
    [[nodiscard]] QString openFolder(const QString& kind) const;
    void rememberOpenFolder(const QString& kind, const QString& folder);

    /// Where the window was last, as an address; empty before the first time.
    [[nodiscard]] QString address() const;
    void rememberAddress(const QString& address);
    /// Size and place of the window while it filled no screen; null before the first time.
    [[nodiscard]] QRect windowPlace() const;
    [[nodiscard]] bool windowMaximized() const;
    void rememberWindow(const QRect& place, bool maximized);

Q_SIGNALS:
    void themeChanged();
    void viewChanged();
    void costsTabChanged();
    void flowDownChanged();
    void styleChanged();
    void keptMemoryChanged();
    void offersChanged();

private:
    [[nodiscard]] QVariant value(const QString& key, const QVariant& fallback) const;
    void setValue(const QString& key, const QVariant& value);

    QString m_problem;
    QSettings* m_settings = nullptr;
    QVariantHash m_unkept; ///< in place of m_settings, until the window closes
};

} // namespace inceptoscope
