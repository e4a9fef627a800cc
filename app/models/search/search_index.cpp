#include "models/search/search_index.h"

#include "address/views.h"
#include "experiments/experiment.h"
#include "models/format.h"
#include "models/stage/module_layout.h"

#include <QCoreApplication>

namespace inceptoscope {

namespace {

QString qt(const std::string& text)
{
    return QString::fromStdString(text);
}

void addViews(SearchEntries& entries)
{
    for (const View& view : windowViews()) {
        SearchEntry entry{.kind = SearchKind::View, .title = view.title, .detail = view.about};
        entry.words = view.id;
        entry.target.view = view.id;
        entries << entry;
    }
}

void addExperiments(SearchEntries& entries)
{
    for (const Experiment& experiment : experiments()) {
        SearchEntry entry{
            .kind = SearchKind::Experiment, .title = withTimesSigns(qt(experiment.title))};
        entry.detail = withTimesSigns(qt(experiment.claim));
        entry.words = qt(experiment.id) + u' ' + qt(experiment.chapter);
        entry.target.experiment = qt(experiment.id);
        entries << entry;
    }
}

SearchEntry networkEntry(const Network& network)
{
    SearchEntry entry{.kind = SearchKind::Network, .title = qt(network.title)};
    entry.detail = qt(network.family) + QStringLiteral(", ") + QString::number(network.year);
    entry.words = qt(network.id);
    entry.target.network = qt(network.id);
    return entry;
}

void addModules(SearchEntries& entries, const Network& network, SearchKind kind)
{
    for (const Module& module : network.graph.modules()) {
        SearchEntry entry{.kind = kind, .title = qt(module.title)};
        entry.detail = qt(network.title) + QStringLiteral(" · ") + qt(module.group);
        entry.words = qt(module.name) + u' ' + qt(module.alias) + u' ' + qt(module.article);
        entry.target.network = qt(network.id);
        entry.target.module = qt(module.name);
        entries << entry;
    }
}

void addOp(SearchEntries& entries, const Network& network, NodeId id)
{
    const Node& node = network.graph[id];
    const Module& module = network.graph.modules()[node.module];
    SearchEntry entry{.kind = SearchKind::Op, .title = qt(node.name)};
    entry.detail = opTitle(node.op) + QStringLiteral(" · ") + qt(module.title);
    entry.target.network = qt(network.id);
    entry.target.module = qt(module.name);
    entry.target.op = qt(node.name);
    entry.target.channel = 0;
    entries << entry;
}

/// Those that the stage draws.
void addOps(SearchEntries& entries, const Network& network)
{
    const Graph& graph = network.graph;
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        const NodeId output = graph.modules()[id].output;
        bool drawn = output == graph.input();
        for (const LayoutCell& cell : layoutModule(graph, id).cells) {
            addOp(entries, network, cell.node);
            drawn = drawn || cell.node == output;
        }
        if (!drawn)
            addOp(entries, network, output);
    }
}

void addClasses(SearchEntries& entries, const Network& network, const ClassLabels& labels)
{
    const Graph& graph = network.graph;
    const auto node = graph.probabilities() ? graph.probabilities() : graph.logits();
    if (!node)
        return;
    const qsizetype classes = std::min(labels.names.size(), qsizetype(graph[*node].shape.c));
    for (qsizetype i = 0; i < classes; ++i) {
        SearchEntry entry{.kind = SearchKind::Class, .title = labels.names[i]};
        entry.detail =
            QCoreApplication::translate("Search", "Class %1 of %2").arg(i).arg(qt(network.title));
        entry.target.network = qt(network.id);
        entry.target.module = qt(graph.modules()[graph[*node].module].name);
        entry.target.op = qt(graph[*node].name);
        entry.target.channel = int(i);
        entries << entry;
    }
}

/// Of each network as it is published.
const std::vector<SearchEntries>& modulesOfAll()
{
    static const std::vector<SearchEntries> all = [] {
        std::vector<SearchEntries> networks;
        for (const std::string& id : networkIds()) {
            const Network network = makeNetwork(id);
            networks.push_back({networkEntry(network)});
            addModules(networks.back(), network, SearchKind::ElsewhereModule);
        }
        return networks;
    }();
    return all;
}

} // namespace

QString kindTitle(SearchKind kind)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("Search", text); };
    switch (kind) {
    case SearchKind::View:
        return tr(QT_TRANSLATE_NOOP("Search", "View"));
    case SearchKind::Experiment:
        return tr(QT_TRANSLATE_NOOP("Search", "Experiment"));
    case SearchKind::Command:
        return tr(QT_TRANSLATE_NOOP("Search", "Command"));
    case SearchKind::Network:
        return tr(QT_TRANSLATE_NOOP("Search", "Network"));
    case SearchKind::Module:
    case SearchKind::ElsewhereModule:
        return tr(QT_TRANSLATE_NOOP("Search", "Module"));
    case SearchKind::Class:
        return tr(QT_TRANSLATE_NOOP("Search", "Class"));
    case SearchKind::Op:
        return tr(QT_TRANSLATE_NOOP("Search", "Op"));
    }
    return {};
}

SearchEntries searchIndex(
    const std::shared_ptr<const Network>& shown, const std::shared_ptr<const ClassLabels>& labels)
{
    SearchEntries entries;
    addViews(entries);
    addExperiments(entries);
    SearchEntries elsewhere;
    for (const SearchEntries& network : modulesOfAll()) {
        entries << network.front();
        if (!shown || network.front().target.network != qt(shown->id))
            elsewhere << network.mid(1);
    }
    if (shown) {
        addModules(entries, *shown, SearchKind::Module);
        if (labels)
            addClasses(entries, *shown, *labels);
        addOps(entries, *shown);
    }
    return entries + elsewhere;
}

} // namespace inceptoscope
