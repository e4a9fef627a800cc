#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

/// The ids in messages that list them.
#define ALL_NETWORKS                                                                               \
    "googlenet, googlenet_naive, googlenet_bn, bn_inception, bn_inception_slim, inception_v2, "    \
    "inception_v3, inception_v4, inception_resnet_v1, facenet, inception_resnet_v2, "              \
    "inception_resnet_v2_paper"

namespace inceptoscope {

/// What the program answered.
struct Answer
{
    int code = -1;
    QString out;
    QString err;

    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(out.toUtf8()); }
    /// Standard error without the note about random weights and progress.
    [[nodiscard]] QString error() const
    {
        QStringList lines;
        for (const QString& line : err.split(u'\n', Qt::SkipEmptyParts))
            if (!line.contains(QStringLiteral("random")) && !line.endsWith(QStringLiteral(" %")))
                lines << line;
        return lines.join(u'\n');
    }
};

/// Runs the built program without a display.
inline Answer program(const QStringList& arguments, const QStringList& environment = {})
{
    QProcess process;
    QStringList variables = QProcess::systemEnvironment();
    variables.removeIf([](const QString& v) {
        return v.startsWith(QStringLiteral("DISPLAY=")) ||
               v.startsWith(QStringLiteral("WAYLAND_DISPLAY=")) ||
               v.startsWith(QStringLiteral("QT_QPA_PLATFORM="));
    });
    process.setEnvironment(variables + environment);
    process.start(QStringLiteral(INCEPTOSCOPE_PROGRAM), arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, {}, process.errorString()};
    return {
        process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

inline QStringList keys(const QJsonObject& object)
{
    return object.keys(); // sorted
}

} // namespace inceptoscope
