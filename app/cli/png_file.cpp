#include "cli/png_file.h"

#include "error.h"
#include "files/output_file.h"

#include <QBuffer>
#include <QImageWriter>

namespace inceptoscope {

void writePng(const QImage& image, const std::filesystem::path& path)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    if (!writer.write(image))
        throw Error(
            ErrorKind::OutOfMemory,
            "-o: the picture can't be made: " + writer.errorString().toStdString());
    const QByteArray& png = buffer.data();
    writeOutputFile(path, {png.constData(), size_t(png.size())});
}

} // namespace inceptoscope
