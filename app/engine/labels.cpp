#include "engine/labels.h"

#include "error.h"
#include "file_name.h"
#include "files/system_reason.h"
#include "shown_text.h"
#include "weights/class_names.h"

#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>

namespace inceptoscope {

namespace {

std::shared_ptr<const ClassLabels> labels(const ClassNames& names, const std::string& source)
{
    auto result = std::make_shared<ClassLabels>();
    result->source = QString::fromStdString(source);
    for (const std::string& name : names)
        result->names << QString::fromStdString(name);
    return result;
}

bool isFile(const QString& path)
{
    std::error_code fault;
    return std::filesystem::is_regular_file(fileBytes(path), fault); // opening a pipe would wait
}

std::string readNames(const QString& path)
{
    if (!isFile(path))
        throw Error(ErrorKind::Io, labelsAt(path) + " is not a file");
    errno = 0;
    std::ifstream file(fileBytes(path), std::ios::binary);
    if (!file)
        throw Error(ErrorKind::Io, labelsAt(path) + " can't be read: " + systemReason(errno));
    std::string bytes(mostClassNameBytes + 1, '\0');
    file.read(bytes.data(), std::streamsize(bytes.size()));
    bytes.resize(size_t(file.gcount()));
    if (bytes.size() > mostClassNameBytes) {
        std::error_code fault;
        const auto size = std::filesystem::file_size(fileBytes(path), fault);
        throw Error(
            ErrorKind::BadInput,
            labelsAt(path) + ": " + tooLongForClassNames(fault ? bytes.size() : uint64_t(size)));
    }
    return bytes;
}

std::shared_ptr<const ClassLabels> imagenetLabels(bool background)
{
    const std::string_view text = imagenetLabelText();
    auto result = std::make_shared<ClassLabels>();
    result->source = QStringLiteral("ILSVRC 2012");
    result->names = QString::fromUtf8(text.data(), qsizetype(text.size())).trimmed().split(u'\n');
    if (background) {
        result->names.prepend(QStringLiteral("background"));
        result->source += QStringLiteral(" behind \"background\"");
    }
    return result;
}

} // namespace

std::shared_ptr<const ClassLabels> usualLabels(size_t classes)
{
    static const std::array known = {imagenetLabels(false), imagenetLabels(true)};
    static const auto none = std::make_shared<const ClassLabels>();
    for (const auto& list : known)
        if (size_t(list->names.size()) == classes)
            return list;
    return none;
}

std::string labelsAt(const QString& path)
{
    return "labels: " + shownLine(fileBytes(path));
}

std::shared_ptr<const ClassLabels> readLabels(const QString& path)
{
    return labels(parseClassNames(readNames(path), labelsAt(path)), shownLine(fileBytes(path)));
}

void requireAsMany(const ClassLabels& labels, size_t classes, const std::string& where)
{
    if (size_t(labels.names.size()) != classes)
        throw Error(
            ErrorKind::BadInput, where + " names " + std::to_string(labels.names.size()) +
                                     " classes, the weights have " + std::to_string(classes));
}

std::shared_ptr<const ClassLabels>
labelsWith(const QString& weightsFile, const std::map<std::string, std::string>& metadata)
{
    const QFileInfo info(weightsFile);
    const QString stem = info.path() + u'/' + info.completeBaseName();
    for (const char* suffix : {".labels.txt", ".labels.json"})
        if (const QString path = stem + QLatin1String(suffix); isFile(path))
            return readLabels(path);
    if (const char* key = classNamesKey(metadata)) {
        const std::string where =
            "weights: " + shownLine(fileBytes(weightsFile)) + ": its \"" + key + "\"";
        return labels(parseClassNames(metadata.at(key), where), "the file's metadata");
    }
    const QString path = info.path() + QStringLiteral("/config.json");
    if (!isFile(path))
        return nullptr;
    const auto names = parseConfigNames(readNames(path), labelsAt(path));
    return names ? labels(*names, shownLine(fileBytes(path))) : nullptr;
}

QString classLabel(const ClassLabels& labels, size_t index, size_t outputs)
{
    if (outputs != size_t(labels.names.size()) || index >= outputs)
        return {};
    return labels.names[qsizetype(index)];
}

std::vector<ClassScore>
topClasses(std::span<const float> probabilities, size_t count, const ClassLabels& labels)
{
    std::vector<int> order(probabilities.size());
    std::iota(order.begin(), order.end(), 0);
    // NaN first, so that it can't be missed; compared like a number it would leave no order at all.
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        const float x = probabilities[size_t(a)];
        const float y = probabilities[size_t(b)];
        return std::isnan(x) ? !std::isnan(y) : x > y;
    });
    order.resize(std::min(count, order.size()));

    std::vector<ClassScore> top;
    top.reserve(order.size());
    for (const int index : order)
        top.push_back(
            {index, classLabel(labels, size_t(index), probabilities.size()),
             probabilities[size_t(index)]});
    return top;
}

} // namespace inceptoscope
