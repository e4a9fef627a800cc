#pragma once

#include "weights_store/expected_file.h"

#include <QList>
#include <QString>
#include <QUrl>

#include <array>
#include <optional>
#include <vector>

namespace inceptoscope {

/// How pictures were prepared when the weights were trained: the shorter side is resized to
/// `resize` pixels, the centre cropped to `input`, value = (pixel / 255 * range - mean) / std,
/// channels in the order of `bgr`.
struct TrainedOn
{
    int input = 0;
    int resize = 0;
    double cropFraction = 1;
    QString filter; ///< of the resize: "area", "bilinear", "bicubic"
    bool bgr = false;
    double range = 255;
    std::array<double, 3> mean = {};
    std::array<double, 3> std = {};
};

/// Of one crop on ILSVRC 2012's validation set, or as `source` says, in percent.
struct PublishedAccuracy
{
    double top1 = 0;
    double top5 = 0;
    QString source;
};

/// One weights file: bundled with the program, or to be had from `urls`.
struct ManifestEntry
{
    QString id;             ///< "inception_v3.tv_in1k"
    QString network;        ///< id of the network that it fits
    bool isDefault = false; ///< what "fetch NETWORK" takes
    bool bundled = false;   ///< comes with the program, so there are no addresses
    QString file;           ///< name it is kept under; a bare name
    QList<QUrl> urls;       ///< the first one, then mirrors of the same bytes
    ExpectedFile expected;
    QString format; ///< "safetensors", "onnx", "pytorch"
    QString licence;
    QString source;
    QString releasedBy;
    int classes = 0;
    TrainedOn trainedOn;
    std::optional<PublishedAccuracy> accuracy;
    QString notes;
};

/// The list of weights files that are known (resources/weights/manifest.json).
class Manifest
{
public:
    /// Throws Error(BadInput) that names `name`, the entry and the field.
    [[nodiscard]] static Manifest parse(const QByteArray& json, const QString& name);
    /// The program's own, or the file that INCEPTOSCOPE_MANIFEST names. Throws as parse(), or
    /// Error(Io).
    [[nodiscard]] static Manifest load();

    [[nodiscard]] const std::vector<ManifestEntry>& entries() const { return m_entries; }
    /// By the id of an entry, or else of a network: then its default. Null for neither.
    [[nodiscard]] const ManifestEntry* toFetch(const QString& id) const;

private:
    std::vector<ManifestEntry> m_entries;
};

} // namespace inceptoscope
