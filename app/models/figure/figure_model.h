#pragma once

#include "models/stage/op_item.h"

#include <QObject>
#include <QSize>
#include <QVariant>

namespace inceptoscope {

/// The module on stage as a figure for a paper or a slide, drawn as `inceptoscope render` draws it.
class FigureModel : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool ready READ ready NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)

public:
    using QObject::QObject;

    /// The maps of the module are there.
    [[nodiscard]] bool ready() const;
    [[nodiscard]] QString title() const; ///< "GoogLeNet (Inception v1) Inception 3a"
    /// In units of the drawing; a PNG has as many pixels at a scale of 1.
    Q_INVOKABLE QSize size() const;
    /// A SaveContent of "svg", "pdf" or "png"; `scale` is that of a PNG.
    Q_INVOKABLE QVariant content(const QString& suffix, int scale) const;
    Q_INVOKABLE QImage picture() const; ///< for the clipboard; null before it is ready
    /// The same for all maps of one op, or the highest of its values; see opFigure().
    Q_INVOKABLE QSize opSize(inceptoscope::OpItem* op) const;
    Q_INVOKABLE QVariant
    opContent(inceptoscope::OpItem* op, const QString& suffix, int scale) const;

    void show(std::shared_ptr<const RunSnapshot> snapshot, ModuleId module);

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<const RunSnapshot> m_snapshot;
    ModuleId m_module = 0;
};

} // namespace inceptoscope
