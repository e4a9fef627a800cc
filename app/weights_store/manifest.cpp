#include "weights_store/manifest.h"

#include "error.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const QString& what)
{
    throw Error(ErrorKind::BadInput, "manifest: " + what.toStdString());
}

/// Fields of one object, by name; what is missing or of another type is refused by name.
class Fields
{
public:
    Fields(const Json& json, QString where)
        : m_json(json)
        , m_where(std::move(where))
    {
        if (!json.is_object())
            refuse(m_where + QStringLiteral(" is no object"));
    }

    [[nodiscard]] bool has(const char* key) const
    {
        return m_json.contains(key) && !m_json[key].is_null();
    }
    template <class T> [[nodiscard]] T get(const char* key) const
    {
        try {
            return m_json.at(key).get<T>();
        } catch (const Json::exception&) {
            fail(key, QStringLiteral("is missing or of another type"));
        }
    }
    [[nodiscard]] QString text(const char* key) const
    {
        QString text = QString::fromStdString(get<std::string>(key));
        if (text.isEmpty())
            fail(key, QStringLiteral("is empty"));
        return text;
    }
    [[nodiscard]] bool flag(const char* key) const { return has(key) && get<bool>(key); }
    [[nodiscard]] Fields inner(const char* key) const
    {
        return {get<Json>(key), m_where + QStringLiteral(": ") + QLatin1String(key)};
    }
    [[noreturn]] void fail(const char* key, const QString& what) const
    {
        refuse(QStringLiteral("%1: %2 %3").arg(m_where, QLatin1String(key), what));
    }

private:
    Json m_json;
    QString m_where;
};

/// It becomes part of a path.
QString bareName(const Fields& fields, const char* key)
{
    QString name = fields.text(key);
    if (name.contains(u'/') || name.startsWith(u'.'))
        fields.fail(key, QStringLiteral("is no bare file name: ") + name);
    return name;
}

QUrl address(const Fields& fields, const char* key, const QString& text)
{
    QUrl url(text, QUrl::StrictMode);
    const bool web =
        url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || !web || url.host().isEmpty())
        fields.fail(key, QStringLiteral("is no http or https address: ") + text);
    return url;
}

QList<QUrl> addresses(const Fields& fields)
{
    QList<QUrl> urls{address(fields, "url", fields.text("url"))};
    if (fields.has("mirrors"))
        for (const auto& mirror : fields.get<std::vector<std::string>>("mirrors"))
            urls << address(fields, "mirrors", QString::fromStdString(mirror));
    return urls;
}

QByteArray hash(const Fields& fields)
{
    const bool whole = fields.has("sha256");
    const char* key = whole ? "sha256" : "sha256_prefix";
    if (!fields.has(key))
        return {};
    static const QRegularExpression hex(QStringLiteral("^[0-9a-f]{8,64}$"));
    const QString text = fields.text(key);
    if (!hex.match(text).hasMatch() || (whole && text.size() != 64))
        fields.fail(key, QStringLiteral("is no SHA-256 in lower-case hex: ") + text);
    return text.toLatin1();
}

ExpectedFile expectedFile(const Fields& fields)
{
    ExpectedFile expected{
        .size = fields.get<qint64>("size"),
        .approximate = fields.flag("size_approximate"),
        .sha256 = hash(fields)};
    constexpr qint64 absurd = qint64(1) << 50; // keeps sums of sizes far from overflow
    if (expected.size <= 0 || expected.size > absurd)
        fields.fail("size", QStringLiteral("is no size of a file"));
    return expected;
}

TrainedOn trainedOn(const Fields& fields)
{
    const QString order = fields.text("order");
    if (order != QLatin1String("RGB") && order != QLatin1String("BGR"))
        fields.fail("order", QStringLiteral("is neither RGB nor BGR: ") + order);
    return {
        .input = fields.get<int>("input"),
        .resize = fields.get<int>("resize"),
        .cropFraction = fields.get<double>("crop_fraction"),
        .filter = fields.text("filter"),
        .bgr = order == QLatin1String("BGR"),
        .range = fields.get<double>("range"),
        .mean = fields.get<std::array<double, 3>>("mean"),
        .std = fields.get<std::array<double, 3>>("std")};
}

PublishedAccuracy publishedAccuracy(const Fields& fields)
{
    return {
        .top1 = fields.get<double>("top1"),
        .top5 = fields.get<double>("top5"),
        .source = fields.text("source")};
}

ManifestEntry entry(const Fields& fields)
{
    ManifestEntry entry;
    entry.id = fields.text("id");
    entry.network = fields.text("network");
    entry.isDefault = fields.flag("default");
    entry.bundled = fields.has("bundled");
    entry.file = bareName(fields, entry.bundled ? "bundled" : "file");
    if (!entry.bundled) {
        entry.urls = addresses(fields);
        entry.expected = expectedFile(fields);
    }
    entry.format = fields.text("format");
    entry.licence = fields.text("licence");
    entry.source = fields.text("source");
    entry.releasedBy = fields.text("released_by");
    entry.classes = fields.get<int>("classes");
    entry.trainedOn = trainedOn(fields.inner("preprocessing"));
    if (fields.has("accuracy"))
        entry.accuracy = publishedAccuracy(fields.inner("accuracy"));
    if (fields.has("notes"))
        entry.notes = QString::fromStdString(fields.get<std::string>("notes"));
    return entry;
}

void requireDistinct(const std::vector<ManifestEntry>& entries, const QString& name)
{
    QSet<QString> ids;
    QSet<QString> files;
    QSet<QString> defaults;
    for (const ManifestEntry& entry : entries) {
        const QString where = name + QStringLiteral(": ") + entry.id;
        if (std::exchange(ids, ids + QSet{entry.id}).contains(entry.id))
            refuse(where + QStringLiteral(" is there twice"));
        if (std::exchange(files, files + QSet{entry.file}).contains(entry.file))
            refuse(where + QStringLiteral(" has the file name of another entry, ") + entry.file);
        if (!entry.isDefault)
            continue;
        if (entry.bundled)
            refuse(where + QStringLiteral(" is bundled, so it can't be the default to fetch"));
        if (std::exchange(defaults, defaults + QSet{entry.network}).contains(entry.network))
            refuse(where + QStringLiteral(" is a second default for ") + entry.network);
    }
}

} // namespace

Manifest Manifest::parse(const QByteArray& json, const QString& name)
{
    Json root;
    try {
        root = Json::parse(json.begin(), json.end());
    } catch (const Json::exception& error) {
        refuse(name + QStringLiteral(" is no JSON: ") + QString::fromUtf8(error.what()));
    }
    const Fields fields(root, name);
    if (fields.get<int>("version") != 1)
        fields.fail("version", QStringLiteral("isn't 1, the only one known"));
    Manifest manifest;
    for (const Json& file : fields.get<std::vector<Json>>("files")) {
        const QString id = file.is_object() && file.contains("id") && file["id"].is_string()
                               ? QString::fromStdString(file["id"].get<std::string>())
                               : QStringLiteral("entry %1").arg(manifest.m_entries.size() + 1);
        manifest.m_entries.push_back(entry(Fields(file, name + QStringLiteral(": ") + id)));
    }
    requireDistinct(manifest.m_entries, name);
    return manifest;
}

Manifest Manifest::load()
{
    QString path = qEnvironmentVariable("INCEPTOSCOPE_MANIFEST");
    if (path.isEmpty())
        path = QStringLiteral(":/weights/manifest.json");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(
            ErrorKind::Io, "manifest: " + path.toStdString() +
                               " can't be read: " + file.errorString().toStdString());
    return parse(file.readAll(), path);
}

const ManifestEntry* Manifest::toFetch(const QString& id) const
{
    const auto find = [this](const auto& wanted) -> const ManifestEntry* {
        const auto found = std::find_if(m_entries.begin(), m_entries.end(), wanted);
        return found == m_entries.end() ? nullptr : &*found;
    };
    const ManifestEntry* named = find([&](const ManifestEntry& entry) { return entry.id == id; });
    return named != nullptr ? named : find([&](const ManifestEntry& entry) {
        return entry.network == id && entry.isDefault;
    });
}

} // namespace inceptoscope
