#pragma once

#include "models/address/history.h"

#include <QObject>
#include <QTimer>

namespace inceptoscope {

class AppModel;

/// Where the window is, as an address: goes to others, back and forward, and remembers the last.
class Places : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString address READ addressText NOTIFY addressChanged)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY historyChanged)
    Q_PROPERTY(bool canGoForward READ canGoForward NOTIFY historyChanged)

public:
    explicit Places(AppModel& app);

    [[nodiscard]] Address address() const;
    [[nodiscard]] QString addressText() const;
    [[nodiscard]] bool canGoBack() const;
    [[nodiscard]] bool canGoForward() const;

    /// Goes to what the address names; returns a sentence where the network at hand lacks it.
    QString go(const Address& address);
    Q_INVOKABLE void open(const QString& text); ///< what is wrong with it is shown
    Q_INVOKABLE void openCopied();              ///< that the clipboard holds
    Q_INVOKABLE bool isAddress(const QString& text) const;
    /// The state just changed for a key, which is held: only the last is one to come back to.
    Q_INVOKABLE void glide(bool held);
    Q_INVOKABLE void back();
    Q_INVOKABLE void forward();
    Q_INVOKABLE void copyAddress();
    /// From now on states are remembered in the settings; before, the window is still starting.
    void startRemembering() { m_remembering = true; }

Q_SIGNALS:
    void addressChanged();
    void historyChanged();
    void copied();

private:
    void watch();
    void note(); ///< the window's state may be another
    void showModule(const Address& address);
    void showOver(const Address& address);
    void returnTo(const std::optional<Address>& address);

    AppModel& m_app;
    History m_history;
    QTimer m_later; ///< one change of state is several signals
    bool m_going = false;
    bool m_gliding = false;
    bool m_returning = false;
    bool m_remembering = false;
};

} // namespace inceptoscope
