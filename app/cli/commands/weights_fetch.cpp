#include "cli/command.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/qt_application.h"
#include "cli/stop_signals.h"
#include "error.h"
#include "vulkan/process_limits.h"
#include "weights_store/weights_store.h"
#include "zoo/network.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace inceptoscope {

namespace {

struct WeightsFetchOptions
{
    std::string id;
    std::string url;
    bool force = false;
    bool json = false;
};

constexpr int pollMilliseconds = 50;

std::string inWords(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat).toStdString();
}

const ManifestEntry& requireEntry(const Manifest& manifest, const std::string& id)
{
    const ManifestEntry* entry = manifest.toFetch(QString::fromStdString(id));
    if (entry != nullptr && entry->bundled)
        throw Error(
            ErrorKind::Usage, "weights fetch: " + id + " comes with the program and isn't fetched");
    if (entry != nullptr)
        return *entry;
    const std::vector<std::string> networks = networkIds();
    if (std::find(networks.begin(), networks.end(), id) != networks.end())
        throw Error(
            ErrorKind::Usage, "weights fetch: nobody is known to have published weights of " + id +
                                  "; see: inceptoscope weights list");
    std::vector<std::string> known;
    for (const ManifestEntry& candidate : manifest.entries())
        if (!candidate.bundled)
            known.push_back(candidate.id.toStdString());
    known.insert(known.end(), networks.begin(), networks.end());
    throw Error(
        ErrorKind::Usage, "weights fetch: \"" + id +
                              "\" is neither a network nor a weights file that is known" +
                              suggestion(id, known));
}

QUrl requireUrl(const std::string& text)
{
    QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    const bool web =
        url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!web || url.host().isEmpty())
        throw Error(ErrorKind::Usage, "--url: " + text + " is no http or https address");
    return url;
}

/// Runs the download to its end. Throws Error(Io); a signal ends the program, with the last word.
void run(const ManifestEntry& entry, const Download::Request& request)
{
    Download download(request);
    Progress progress("Fetching " + entry.id.toStdString());
    Download::Outcome outcome = Download::Outcome::Failed;
    QString sentence;
    QObject::connect(&download, &Download::progress, &download, [&](qint64 done, qint64 total) {
        progress.update(double(done) / double(std::max<qint64>(total, 1)));
    });
    QObject::connect(
        &download, &Download::finished, &download,
        [&](Download::Outcome ended, const QString& reason) {
            outcome = ended;
            sentence = reason;
            QCoreApplication::quit();
        });
    const StopsAreHeld held;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &download, [&] {
        if (stopSignal() != 0)
            download.cancel();
    });
    poll.start(pollMilliseconds);
    download.start();
    QCoreApplication::exec();
    if (outcome == Download::Outcome::Failed)
        throw Error(ErrorKind::Io, sentence.toStdString());
    if (outcome == Download::Outcome::Cancelled) {
        note(
            entry.id.toStdString() + ": stopped after " + inWords(download.done()) + " of " +
            inWords(download.total()) + "; fetch it again to go on from there");
        // At once: Qt would wait for a name server that doesn't answer.
        endStopped(stopSignal());
    }
}

int fetch(const WeightsFetchOptions& options)
{
    const WeightsStore store;
    const ManifestEntry& entry = requireEntry(store.manifest(), options.id);
    Download::Request request = store.request(entry);
    if (!options.url.empty())
        request.urls = {requireUrl(options.url)};
    const bool fetched = options.force || !store.isThere(entry);
    if (fetched) {
        note(
            entry.id.toStdString() + ": " + inWords(entry.expected.size) + " from " +
            request.urls.front().host().toStdString() +
            ", licence: " + entry.licence.toStdString());
        run(entry, request);
        if (entry.expected.sha256.isEmpty())
            note(entry.id.toStdString() + ": no hash is published, so only the size was checked");
    }
    if (options.json)
        writeJson(
            {{"id", entry.id.toStdString()},
             {"network", entry.network.toStdString()},
             {"path", request.path.toStdString()},
             {"fetched", fetched}});
    else
        writeOutput(request.path.toStdString() + (fetched ? "\n" : " is there already\n"));
    return 0;
}

} // namespace

void addWeightsFetch(CLI::App& weights, Action& action)
{
    const auto options = std::make_shared<WeightsFetchOptions>();
    CLI::App* command = weights.add_subcommand(
        "fetch", "Download trained weights, verified; Ctrl-C keeps what is there for next time");
    command->add_option("ID", options->id, "Network, or a weights file's id (weights list)")
        ->required();
    command->add_option("--url", options->url, "Another address of the same file");
    command->add_flag("--force", options->force, "Fetch it even if it is there already");
    command->add_flag("--json", options->json, "Print JSON");
    command->footer("They go to ~/.local/share/inceptoscope/weights (XDG_DATA_HOME) and are used "
                    "from then on where --weights is left out. INCEPTOSCOPE_MANIFEST=FILE replaces "
                    "the list of what can be fetched.");
    command->callback([options, &action] {
        action = [options] {
            requireThreadsAndAddressSpace(); // Qt would wait for a thread that never was
            const auto application = makeCoreApplication();
            return fetch(*options);
        };
    });
}

} // namespace inceptoscope
