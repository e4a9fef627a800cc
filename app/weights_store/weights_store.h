#pragma once

#include "weights_store/download.h"
#include "weights_store/manifest.h"

namespace inceptoscope {

/// The weights files of the manifest: which come with the program, which were fetched, and where
/// the others go.
class WeightsStore
{
public:
    enum class State
    {
        Bundled,   ///< came with the program
        Installed, ///< was fetched
        Fetchable,
        Missing ///< should have come with the program
    };

    /// The program's manifest (Manifest::load(), whose errors it throws) and folders.
    WeightsStore();
    WeightsStore(Manifest manifest, QString folder, QString bundledFolder);

    [[nodiscard]] const Manifest& manifest() const { return m_manifest; }
    /// Where an entry's file is, or would be.
    [[nodiscard]] QString path(const ManifestEntry& entry) const;
    [[nodiscard]] State state(const ManifestEntry& entry) const;
    [[nodiscard]] bool isThere(const ManifestEntry& entry) const;
    /// A file that is there without anybody naming it: a fetched one, since somebody wanted it
    /// (the network's default before its others), else a bundled one; nothing where there is none.
    [[nodiscard]] std::optional<QString> weightsFor(const QString& networkId) const;
    /// The same as --weights takes it: "synthetic", random ones, where there is none.
    [[nodiscard]] QString specFor(const QString& networkId) const;
    [[nodiscard]] Download::Request request(const ManifestEntry& entry) const;

private:
    Manifest m_manifest;
    QString m_folder;        ///< ~/.local/share/inceptoscope/weights
    QString m_bundledFolder; ///< ../share/inceptoscope/weights, from the program
};

} // namespace inceptoscope
