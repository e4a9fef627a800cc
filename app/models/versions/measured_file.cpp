#include "models/versions/measured_file.h"

#include "error.h"
#include "files/state_file.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr int measuredFormat = 1; ///< of the file; another's is passed over
/// Of the sessions that results come from.
const QString keptPrecision = QStringLiteral("fp32");

std::filesystem::path nativePath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

QString weightsKind(const ComparisonResult& result)
{
    return result.weights.trained ? QStringLiteral("trained") : QStringLiteral("random");
}

bool sameKind(const ComparisonResult& a, const ComparisonResult& b)
{
    return a.entry.network == b.entry.network && a.inputSize == b.inputSize &&
           a.weights.trained == b.weights.trained && a.device == b.device && a.driver == b.driver;
}

/// Six digits say more than a device repeats.
QJsonValue milliseconds(double value)
{
    return QString::number(value, 'g', 6).toDouble();
}

QJsonObject toJson(const ComparisonResult& result)
{
    QJsonArray ops;
    for (const double value : result.times.opMilliseconds)
        ops.append(milliseconds(value));
    QJsonObject object{
        {"network", QString::fromStdString(result.entry.network)},
        {"weights", weightsKind(result)},
        {"precision", keptPrecision},
        {"device", result.device},
        {"driver", result.driver},
        {"when", result.when.toUTC().toString(Qt::ISODate)},
        {"runs", int(result.times.runs)},
        {"median_ms", milliseconds(result.times.median)},
        {"min_ms", milliseconds(result.times.fastest)},
        {"max_ms", milliseconds(result.times.slowest)},
        {"op_ms", ops},
        {"weight_bytes", double(result.weightBytes)},
        {"activation_bytes", double(result.activationBytes)}};
    if (result.inputSize)
        object["input_size"] = int(*result.inputSize);
    if (result.ratio.known()) {
        object["reference"] = QString::fromStdString(result.reference);
        object["ratio"] = milliseconds(result.ratio.median);
        object["ratio_min"] = milliseconds(result.ratio.least);
        object["ratio_max"] = milliseconds(result.ratio.most);
    }
    return object;
}

/// A positive number; negative where it is none, which no result has.
double positive(const QJsonObject& object, const char* key)
{
    const double value = object[QLatin1String(key)].toDouble(-1);
    return std::isfinite(value) && value > 0 ? value : -1;
}

/// Null where anything is missing or can't be: then it is not what this program wrote.
std::shared_ptr<ComparisonResult> fromJson(const QJsonObject& object)
{
    auto result = std::make_shared<ComparisonResult>();
    result->entry.network = object["network"].toString().toStdString();
    if (object.contains("input_size")) {
        const double side = positive(object, "input_size");
        if (side < 1 || side > 65536 || side != std::floor(side))
            return nullptr;
        result->inputSize = uint32_t(side);
    }
    const QString weights = object["weights"].toString();
    if (weights != QLatin1String("random") && weights != QLatin1String("trained"))
        return nullptr;
    result->weights.trained = weights == QLatin1String("trained");
    result->device = object["device"].toString();
    result->driver = object["driver"].toString();
    result->when = QDateTime::fromString(object["when"].toString(), Qt::ISODate);
    MeasuredTimes& times = result->times;
    const double runs = positive(object, "runs");
    times.median = positive(object, "median_ms");
    times.fastest = positive(object, "min_ms");
    times.slowest = positive(object, "max_ms");
    const double weightBytes = positive(object, "weight_bytes");
    const double activationBytes = positive(object, "activation_bytes");
    const bool ordered = times.fastest > 0 && times.fastest <= times.median &&
                         times.median <= times.slowest && runs >= 1 && runs < 1e6;
    const bool sized =
        weightBytes > 0 && weightBytes < 1e15 && activationBytes > 0 && activationBytes < 1e15;
    if (!ordered || !sized || result->entry.network.empty() || !result->when.isValid() ||
        object["precision"] != keptPrecision)
        return nullptr;
    times.runs = size_t(runs);
    result->weightBytes = uint64_t(weightBytes);
    result->activationBytes = uint64_t(activationBytes);
    for (const QJsonValueConstRef value : object["op_ms"].toArray()) {
        if (!value.isDouble() || !std::isfinite(value.toDouble()))
            return nullptr;
        times.opMilliseconds.push_back(value.toDouble());
    }
    result->ratio = {
        .median = positive(object, "ratio"),
        .least = positive(object, "ratio_min"),
        .most = positive(object, "ratio_max")};
    if (result->ratio.known())
        result->reference = object["reference"].toString().toStdString();
    return result;
}

/// The network that it was measured of, as this program makes it; null where that is another now.
std::shared_ptr<const Network> networkOf(const ComparisonResult& result)
{
    const std::vector<std::string> ids = networkIds();
    if (std::ranges::find(ids, result.entry.network) == ids.end())
        return nullptr;
    try {
        auto network = std::make_shared<const Network>(
            makeNetwork(result.entry.network, {.inputSize = result.inputSize}));
        return network->graph.size() == result.times.opMilliseconds.size() ? network : nullptr;
    } catch (const Error&) {
        return nullptr; // it doesn't take this size any more
    }
}

} // namespace

QString MeasuredFile::usersFile()
{
    // QStandardPaths knows the place from Qt 6.7 on.
    const QString set = qEnvironmentVariable("XDG_STATE_HOME");
    const QString folder =
        QDir::isAbsolutePath(set) ? set : QDir::homePath() + QStringLiteral("/.local/state");
    return folder + QStringLiteral("/inceptoscope/measured.json");
}

QString MeasuredFile::read()
{
    m_results.clear();
    const std::filesystem::path path = nativePath(m_path);
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return {};
    const QString unusable = QStringLiteral(
        "%1: %2; what was measured before is passed over, and measuring writes the file anew");
    if (const std::string objection = stateObjection(path); !objection.empty())
        return QString::fromStdString(objection);
    const auto text = readStateFile(path, largestBytes);
    if (!text)
        return unusable.arg(m_path, QStringLiteral("can't be read, or is larger than 8 MiB"));
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(*text));
    const QJsonObject whole = document.object();
    if (whole.isEmpty())
        return unusable.arg(m_path, QStringLiteral("is not the JSON that this program writes"));
    if (whole["format"].toInt() != measuredFormat)
        return unusable.arg(
            m_path, QStringLiteral("was written by another version of this program"));
    for (const QJsonValueConstRef entry : whole["results"].toArray()) {
        auto result = fromJson(entry.toObject());
        if (!result) {
            m_results.clear();
            return unusable.arg(m_path, QStringLiteral("has a result that no measuring gives"));
        }
        if (m_results.size() < mostResults)
            m_results.push_back(std::move(result));
    }
    return {};
}

MeasuredFile::Results MeasuredFile::of(const QString& device, const QString& driver) const
{
    Results found;
    for (const auto& result : m_results) {
        if (result->device != device || result->driver != driver)
            continue;
        auto complete = std::make_shared<ComparisonResult>(*result);
        complete->network = networkOf(*result);
        if (complete->network != nullptr)
            found.push_back(std::move(complete));
    }
    return found;
}

QString MeasuredFile::add(const std::shared_ptr<const ComparisonResult>& result)
{
    if (!result->measured())
        return {};
    std::erase_if(m_results, [&](const auto& kept) { return sameKind(*kept, *result); });
    m_results.push_back(result);
    if (m_results.size() > mostResults)
        m_results.erase(m_results.begin());
    try {
        writeStateFile(nativePath(m_path), json().toStdString());
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

QByteArray MeasuredFile::json() const
{
    QJsonArray results;
    for (const auto& result : m_results)
        results.append(toJson(*result));
    return QJsonDocument(QJsonObject{{"format", measuredFormat}, {"results", results}})
        .toJson(QJsonDocument::Compact);
}

} // namespace inceptoscope
