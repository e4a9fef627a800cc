#include "attribution/named_class.h"

#include "engine/labels.h"
#include "error.h"

#include <QStringList>

#include <charconv>
#include <vector>

namespace inceptoscope {

namespace {

constexpr size_t listed = 5;

std::string listOf(const std::vector<uint32_t>& found, const ClassLabels& labels, uint32_t classes)
{
    std::string text;
    for (size_t i = 0; i < std::min(listed, found.size()); ++i)
        text += (text.empty() ? "" : "; ") + std::to_string(found[i]) + " is \"" +
                classLabel(labels, found[i], classes).toStdString() + "\"";
    return text + (found.size() > listed ? "; and others" : "");
}

/// Classes whose label `fits`.
template <class Fits>
std::vector<uint32_t> those(const ClassLabels& labels, uint32_t classes, const Fits& fits)
{
    std::vector<uint32_t> found;
    for (uint32_t i = 0; i < classes; ++i)
        if (fits(classLabel(labels, i, classes)))
            found.push_back(i);
    return found;
}

} // namespace

uint32_t classNamed(
    const std::string& text, const ClassLabels& labels, uint32_t classes, const std::string& option)
{
    uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end == text.data() + text.size() && !text.empty() && error != std::errc::invalid_argument) {
        if (error == std::errc() && number < classes)
            return number;
        throw Error(
            ErrorKind::Usage, option + ": class " + text + ", the network has " +
                                  std::to_string(classes) + " (0 to " +
                                  std::to_string(classes - 1) + ")");
    }
    const QString word = QString::fromStdString(text).trimmed();
    const std::vector<uint32_t> found = those(labels, classes, [&](const QString& label) {
        if (label.compare(word, Qt::CaseInsensitive) == 0)
            return !word.isEmpty();
        const QStringList names = label.split(QStringLiteral(", "));
        return !word.isEmpty() && names.contains(word, Qt::CaseInsensitive);
    });
    if (found.size() == 1)
        return found.front();
    const std::string begin = option + ": ";
    if (found.size() > 1)
        throw Error(
            ErrorKind::Usage, begin + "several classes are called \"" + text +
                                  "\": " + listOf(found, labels, classes) + "; give the number");
    if (labels.names.isEmpty())
        throw Error(
            ErrorKind::Usage, begin + "\"" + text + "\" is no number, and these weights' classes " +
                                  "have no names (0 to " + std::to_string(classes - 1) + ")");
    const std::vector<uint32_t> near = those(labels, classes, [&](const QString& label) {
        return !word.isEmpty() && label.contains(word, Qt::CaseInsensitive);
    });
    throw Error(
        ErrorKind::Usage,
        begin + "no class is called \"" + text + "\"" +
            (near.empty() ? "; see inceptoscope classify, or give a number from 0 to " +
                                std::to_string(classes - 1)
                          : "; " + listOf(near, labels, classes)));
}

} // namespace inceptoscope
