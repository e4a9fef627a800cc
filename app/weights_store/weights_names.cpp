#include "weights_store/weights_names.h"

#include <QFileInfo>

namespace inceptoscope {

bool looksLikeWeights(const QString& fileName)
{
    static const QStringList suffixes = {"safetensors", "onnx", "pth", "pt", "bin", "ckpt"};
    const QString name = fileName.toLower();
    return suffixes.contains(QFileInfo(name).suffix()) ||
           name.endsWith(QLatin1String(".index.json")); // of shards
}

} // namespace inceptoscope
