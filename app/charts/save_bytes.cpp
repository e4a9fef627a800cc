#include "charts/save_bytes.h"

#include "files/output_file.h"

#include <QFile>

#include <exception>

namespace inceptoscope {

QString saveBytes(const QString& path, const QByteArray& bytes)
{
    try {
        writeOutputFile(
            QFile::encodeName(path).toStdString(), {bytes.constData(), size_t(bytes.size())});
        return {};
    } catch (const std::exception& error) {
        return QString::fromUtf8(error.what());
    }
}

} // namespace inceptoscope
