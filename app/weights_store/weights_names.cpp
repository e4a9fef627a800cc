#include "weights_store/weights_names.h"

#include <QFileInfo>

namespace inceptoscope {

bool looksLikeWeights(const QString& fileName)
{
    static const QStringList suffixes = {"safetensors", "onnx", "pth", "pt"};
    return suffixes.contains(QFileInfo(fileName).suffix().toLower());
}

} // namespace inceptoscope
