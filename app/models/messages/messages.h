#pragma once

#include <QObject>
#include <QString>

#include <array>

namespace inceptoscope {

/// The text over the window's views: what went wrong, or a remark. Of what goes wrong with the
/// picture, the network and a download each can be on screen: a start can have a bad picture and
/// bad weights, and neither sentence hides the other.
class Messages : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(bool isError READ isError NOTIFY changed)

public:
    enum class About
    {
        Picture,
        Engine,
        Download
    };

    using QObject::QObject;

    /// Safe to show, whatever it was put together from; empty for nothing.
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] bool isError() const { return m_isError; }
    [[nodiscard]] QString reported(About about) const { return m_reported[size_t(about)]; }

    /// What is wrong with one of these, in place of what was before; empty: nothing any more.
    void report(About about, const QString& sentence);
    /// A remark, in place of all that is shown.
    void note(const QString& text);
    /// What went wrong in one of the views; nothing for an empty sentence.
    Q_INVOKABLE void say(const QString& problem);
    Q_INVOKABLE void dismiss();

Q_SIGNALS:
    void changed();

private:
    void show(const QString& text, bool isError);

    std::array<QString, 3> m_reported; ///< by About
    QString m_text;
    bool m_isError = false;
};

} // namespace inceptoscope
