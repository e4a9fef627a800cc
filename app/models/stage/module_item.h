#pragma once

#include "engine/run_snapshot.h"

#include <QImage>
#include <QObject>

namespace inceptoscope {

/// One module in the overview.
class ModuleItem : public QObject
{
    Q_OBJECT
    Q_PROPERTY(int module READ module CONSTANT)
    Q_PROPERTY(QString title READ title CONSTANT)
    Q_PROPERTY(QString shortTitle READ shortTitle CONSTANT)
    Q_PROPERTY(QString group READ group CONSTANT)
    Q_PROPERTY(bool auxiliary READ auxiliary CONSTANT)
    Q_PROPERTY(int feed READ feed CONSTANT)
    Q_PROPERTY(QString sizeText READ sizeText CONSTANT)
    Q_PROPERTY(QString channelsText READ channelsText CONSTANT)
    Q_PROPERTY(QImage thumbnail READ thumbnail NOTIFY changed)
    Q_PROPERTY(bool done READ done NOTIFY changed)
    Q_PROPERTY(double bar READ bar NOTIFY changed)
    Q_PROPERTY(QString shareText READ shareText NOTIFY changed)

public:
    ModuleItem(const Graph& graph, ModuleId id, QObject* parent = nullptr);

    [[nodiscard]] int module() const { return int(m_module); }
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString shortTitle() const { return m_shortTitle; }
    [[nodiscard]] QString group() const { return m_group; }
    [[nodiscard]] bool auxiliary() const { return m_auxiliary; }
    [[nodiscard]] int feed() const { return m_feed; } ///< the module it branches off from
    [[nodiscard]] QString sizeText() const;
    [[nodiscard]] QString channelsText() const;
    [[nodiscard]] QImage thumbnail() const { return m_thumbnail; }
    [[nodiscard]] bool done() const { return !m_thumbnail.isNull(); }
    [[nodiscard]] double bar() const { return m_bar; } ///< 0..1, of the longest bar
    [[nodiscard]] QString shareText() const { return m_shareText; }

    void setThumbnail(const QImage& thumbnail);
    void setShare(double bar, const QString& text);

Q_SIGNALS:
    void changed();

private:
    ModuleId m_module;
    QString m_title;
    QString m_shortTitle;
    QString m_group;
    bool m_auxiliary;
    int m_feed;
    Shape m_shape;
    QImage m_thumbnail;
    double m_bar = 0;
    QString m_shareText;
};

} // namespace inceptoscope
