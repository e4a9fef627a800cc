#pragma once

#include <QString>
#include <QStringList>

#include <yaml-cpp/yaml.h>

#include <optional>
#include <utility>

namespace inceptoscope {

/// A block of YAML: "key: value" lines, each key one of those that are known.
class Keys
{
public:
    /// `line`: of the file, at which `yaml` begins. Throws YAML::Exception.
    Keys(const QString& yaml, int line)
        : m_line(line)
        , m_node(YAML::Load(yaml.toStdString()))
    {
    }

    [[nodiscard]] bool isMap() const { return m_node.IsMap(); }
    [[nodiscard]] bool has(const char* key) const { return bool(m_node[key]); }
    [[nodiscard]] int lineOf(const char* key) const
    {
        const YAML::Node node = m_node[key];
        return node ? m_line + node.Mark().line : m_line;
    }
    /// Empty where it isn't there or isn't a text.
    [[nodiscard]] QString text(const char* key) const
    {
        const YAML::Node node = m_node[key];
        return node && node.IsScalar() ? textOf(node) : QString();
    }
    /// One text or a list of them.
    [[nodiscard]] QStringList texts(const char* key) const
    {
        const YAML::Node node = m_node[key];
        QStringList all;
        if (node && node.IsScalar())
            all << textOf(node);
        else if (node && node.IsSequence())
            for (const YAML::Node& entry : node)
                all << (entry.IsScalar() ? textOf(entry) : QString());
        all.removeAll(QString());
        return all;
    }
    /// The first key that isn't among these, with its line.
    [[nodiscard]] std::optional<std::pair<QString, int>> unknown(const QStringList& known) const
    {
        for (const auto& entry : m_node) {
            const QString key = entry.first.IsScalar() ? textOf(entry.first) : QString();
            if (!known.contains(key))
                return std::pair(key, m_line + entry.first.Mark().line);
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] static QString textOf(const YAML::Node& node)
    {
        return QString::fromStdString(node.as<std::string>()).trimmed();
    }

    int m_line;
    YAML::Node m_node;
};

} // namespace inceptoscope
