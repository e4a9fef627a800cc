#include "weights_store/weights_store.h"

#include <QFileInfo>
#include <QStandardPaths>

namespace inceptoscope {

namespace {

QString fetchedFolder()
{
    // Not AppDataLocation, which follows the name of whichever program asks: a test's, say.
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/inceptoscope/weights");
}

/// Beside the program, in the build folder as after an installation.
QString programsFolder()
{
    const QString program = QFileInfo(QStringLiteral("/proc/self/exe")).canonicalPath();
    return program + QStringLiteral("/../share/inceptoscope/weights");
}

} // namespace

WeightsStore::WeightsStore()
    : WeightsStore(Manifest::load(), fetchedFolder(), programsFolder())
{
}

WeightsStore::WeightsStore(Manifest manifest, QString folder, QString bundledFolder)
    : m_manifest(std::move(manifest))
    , m_folder(std::move(folder))
    , m_bundledFolder(std::move(bundledFolder))
{
}

QString WeightsStore::path(const ManifestEntry& entry) const
{
    const QString& folder = entry.bundled ? m_bundledFolder : m_folder;
    return QFileInfo(folder + u'/' + entry.file).absoluteFilePath();
}

bool WeightsStore::isThere(const ManifestEntry& entry) const
{
    const QFileInfo file(path(entry));
    // Verified when it was fetched; a file that was cut short since isn't it any more.
    return file.isFile() && (entry.bundled || entry.expected.sizeFits(file.size()));
}

WeightsStore::State WeightsStore::state(const ManifestEntry& entry) const
{
    if (entry.bundled)
        return isThere(entry) ? State::Bundled : State::Missing;
    return isThere(entry) ? State::Installed : State::Fetchable;
}

std::optional<QString> WeightsStore::weightsFor(const QString& networkId) const
{
    const ManifestEntry* best = nullptr;
    const auto rank = [](const ManifestEntry& entry) {
        return entry.bundled ? 0 : entry.isDefault ? 2 : 1;
    };
    for (const ManifestEntry& entry : m_manifest.entries())
        if (entry.network == networkId && isThere(entry) &&
            (best == nullptr || rank(entry) > rank(*best)))
            best = &entry;
    if (best == nullptr)
        return std::nullopt;
    return path(*best);
}

QString WeightsStore::specFor(const QString& networkId) const
{
    return weightsFor(networkId).value_or(QStringLiteral("synthetic"));
}

Download::Request WeightsStore::request(const ManifestEntry& entry) const
{
    return {.urls = entry.urls, .path = path(entry), .expected = entry.expected};
}

} // namespace inceptoscope
