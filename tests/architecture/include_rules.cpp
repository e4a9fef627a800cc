#include "architecture/include_rules.h"

#include <QMap>
#include <QRegularExpression>

namespace inceptoscope {

namespace {

constexpr int longestFile = 500;

/// A folder's own files and compute/error.h are always allowed.
const QMap<QString, QStringList>& mayInclude()
{
    static const QMap<QString, QStringList> rules = {
        {"compute/files", {}},
        {"compute/graph", {}},
        {"compute/vulkan", {"files"}},
        {"compute/zoo", {"graph"}},
        {"compute/cost", {"graph"}},
        {"compute/plan", {"graph"}},
        {"compute/gradient", {"graph"}},
        {"compute/weights", {"graph", "files"}},
        {"compute/kernels", {"graph", "shaders"}},
        // zoo: a network's Preprocessing.
        {"compute/session",
         {"files", "plan", "weights", "kernels", "vulkan", "graph", "zoo", "shaders"}},
        // The engine owns the device and sessions, and opens networks and weights for them.
        {"app/engine", {"session", "plan", "weights", "vulkan", "graph", "zoo", "files"}},
        // States of the window: names of what networks, views, methods and experiments there are.
        {"app/address", {"attribution", "experiments", "graph", "zoo"}},
        // Files, and what they name of the networks.
        {"app/lessons", {"address", "graph", "zoo", "cost"}},
        // Networks with their weights, run forward and backward on the engine's terms.
        {"app/attribution", {"engine", "session", "weights", "graph", "gradient", "zoo"}},
        // Small graphs with their weights, run on the engine's terms.
        {"app/experiments",
         {"engine", "session", "gradient", "weights", "vulkan", "graph", "zoo", "cost"}},
        // Gradient ascent through sessions of networks' first parts.
        {"app/visualization",
         {"engine", "session", "weights", "vulkan", "graph", "gradient", "zoo"}},
        // Cameras and files, no tensors.
        {"app/live_source", {}},
        // Files and the network, no tensors.
        {"app/weights_store", {"files"}},
        // Plain data in, pictures out, and into files.
        {"app/charts", {"files"}},
        {"app/models",
         {"address", "lessons", "engine", "attribution", "experiments", "visualization", "graph",
          "zoo", "cost", "charts", "live_source", "weights_store", "files"}},
        // main.cpp links everything, and the command line is its other half.
        {"app/cli",
         {"address", "lessons", "engine", "attribution", "experiments", "visualization", "models",
          "charts", "weights_store", "session", "plan", "weights", "kernels", "vulkan", "graph",
          "gradient", "zoo", "cost", "files"}},
        {"app",
         {"cli", "engine", "models", "charts", "weights_store", "session", "plan", "weights",
          "kernels", "vulkan", "graph", "zoo", "cost"}},
    };
    return rules;
}

QStringList ourFolders()
{
    QStringList folders = {"shaders"};
    for (const QString& path : mayInclude().keys())
        if (path != "app")
            folders.append(path.section('/', 1));
    return folders;
}

bool isQt(const QString& header)
{
    static const QRegularExpression qt(QStringLiteral("^(Q[A-Za-z]|q[a-z_]+\\.h$)"));
    return qt.match(header).hasMatch();
}

bool isVulkanHeader(const QString& header)
{
    static const QRegularExpression vulkan(QStringLiteral("^(vulkan/(vulkan|vk_)|vk_)"));
    return vulkan.match(header).hasMatch();
}

struct Include
{
    QString header;
    bool quoted;
};

QList<Include> includesOf(const QString& content)
{
    static const QRegularExpression include(
        QStringLiteral("^[ \\t]*#[ \\t]*include[ \\t]*([<\"])([^>\"]+)[>\"]"),
        QRegularExpression::MultilineOption);
    QList<Include> found;
    auto matches = include.globalMatch(content);
    while (matches.hasNext()) {
        const auto match = matches.next();
        found.append({match.captured(2), match.captured(1) == "\""});
    }
    return found;
}

/// What is wrong with including `header` from `folder`; empty where nothing is.
QString objection(const QString& folder, const QString& header, bool quoted)
{
    if (header.contains(QStringLiteral("..")))
        return QStringLiteral("leaves its folder by \"..\"");
    if (folder.startsWith("compute/") && isQt(header))
        return QStringLiteral("is Qt, which stays out of compute/");
    if (!quoted && isVulkanHeader(header)) {
        const bool allowed = folder == "compute/vulkan" || folder == "compute/session";
        return allowed ? QString() : QStringLiteral("is Vulkan, which stays in compute/vulkan");
    }
    if (!header.contains('/'))
        return {};
    const QString target = header.section('/', 0, 0);
    if (!ourFolders().contains(target))
        return quoted ? QStringLiteral("is in no folder of ours") : QString();
    const bool own = folder.section('/', 1) == target;
    if (own || mayInclude().value(folder).contains(target))
        return {};
    return QStringLiteral("is beyond what %1 may include").arg(folder);
}

} // namespace

QStringList includeViolations(const QString& file, const QString& content)
{
    const QStringList parts = file.split('/');
    const QString folder = parts.size() > 2 ? parts[0] + '/' + parts[1] : parts[0];
    if (parts.size() == 2 && folder == "compute")
        return {}; // error.h
    if (!mayInclude().contains(folder))
        return {file + ": no rule says what " + folder + " may include"};

    QStringList found;
    for (const auto& [header, quoted] : includesOf(content)) {
        const QString why = objection(folder, header, quoted);
        if (!why.isEmpty())
            found.append(QStringLiteral("%1 includes %2, which %3").arg(file, header, why));
    }
    return found;
}

QStringList vulkanLeaks(const QMap<QString, QString>& sources)
{
    QStringList leaks;
    for (const QString& file : sources.keys()) {
        if (!file.startsWith("app/models/"))
            continue;
        QStringList queue = {file}; // breadth first: the shortest way is told
        QMap<QString, QString> cameFrom = {{file, QString()}};
        while (!queue.isEmpty()) {
            const QString at = queue.takeFirst();
            for (const auto& [header, quoted] : includesOf(sources.value(at))) {
                if (!quoted && isVulkanHeader(header)) {
                    QStringList way = {header};
                    for (QString step = at; !step.isEmpty(); step = cameFrom.value(step))
                        way.prepend(step);
                    leaks.append(way.join(" > "));
                    continue;
                }
                for (const QString& path : {"app/" + header, "compute/" + header}) {
                    if (sources.contains(path) && !cameFrom.contains(path)) {
                        cameFrom.insert(path, at);
                        queue.append(path);
                    }
                }
            }
        }
    }
    return leaks;
}

QStringList lengthViolations(const QString& file, const QString& content)
{
    const auto lines = content.count('\n');
    if (lines <= longestFile)
        return {};
    return {
        QStringLiteral("%1 has %2 lines; split it at %3").arg(file).arg(lines).arg(longestFile)};
}

QStringList localeViolations(const QString& file, const QString& content)
{
    static const QRegularExpression asks(QStringLiteral(
        "\\b(?:std::)?((?:is(?:alnum|alpha|cntrl|digit|graph|lower|print|punct|space|"
        "upper|xdigit)|to(?:lower|upper)|sto(?:d|f|ld)|"
        "strto(?:d|f|ld)|atof|strn?casecmp|strcoll)\\s*\\(|"
        "[io]?stringstream\\b|v?sn?printf\\((?=[^;]*%[-+ #0-9.*]*[aefgAEFG]))"));
    QStringList found;
    auto matches = asks.globalMatch(content);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const QString before = content.left(match.capturedStart()).right(2);
        if (before.endsWith('.') || before == "->" || before == "::")
            continue; // somebody's own
        found.append(QStringLiteral("%1 uses %2, which asks the locale; ascii.h has another")
                         .arg(file, match.captured(1).remove('(').trimmed()));
    }
    return found;
}

} // namespace inceptoscope
