#include "engine/labels.h"

#include "error.h"
#include "weights/class_names.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace inceptoscope {

namespace {

std::shared_ptr<const ClassLabels> labels(const ClassNames& names, const QString& source)
{
    auto result = std::make_shared<ClassLabels>();
    result->source = source;
    for (const std::string& name : names)
        result->names << QString::fromStdString(name);
    return result;
}

QByteArray readNames(const QString& path, const std::string& where)
{
    if (!QFileInfo(path).isFile()) // opening a pipe would wait
        throw Error(ErrorKind::Io, where + " is not a file");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::Io, where + " can't be read: " + file.errorString().toStdString());
    if (uint64_t(file.size()) > mostClassNameBytes)
        throw Error(
            ErrorKind::BadInput, where + ": " + tooLongForClassNames(uint64_t(file.size())));
    return file.read(qint64(mostClassNameBytes));
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

std::shared_ptr<const ClassLabels> readLabels(const QString& path)
{
    const std::string where = "labels: " + path.toStdString();
    const QByteArray bytes = readNames(path, where);
    return labels(parseClassNames({bytes.data(), size_t(bytes.size())}, where), path);
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
        if (const QString path = stem + QLatin1String(suffix); QFileInfo(path).isFile())
            return readLabels(path);
    if (const char* key = classNamesKey(metadata)) {
        const std::string where = "weights: " + weightsFile.toStdString() + ": its \"" + key + "\"";
        return labels(
            parseClassNames(metadata.at(key), where), QStringLiteral("the file's metadata"));
    }
    const QString path = info.path() + QStringLiteral("/config.json");
    if (!QFileInfo(path).isFile())
        return nullptr;
    const std::string where = "labels: " + path.toStdString();
    const QByteArray bytes = readNames(path, where);
    const auto names = parseConfigNames({bytes.data(), size_t(bytes.size())}, where);
    return names ? labels(*names, path) : nullptr;
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
