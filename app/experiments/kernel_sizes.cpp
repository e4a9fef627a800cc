#include "ascii.h"
#include "experiments/bench.h"
#include "experiments/parts.h"
#include "experiments/registry.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr double scales[] = {0.2, 0.3, 0.4, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0};

struct BranchOf
{
    const char* name;
    const char* key;
    const char* local; ///< in the trained network
};

/// GoogLeNet's branches. Where the trained network has a 3x3 for the paper's 5x5, it says so.
constexpr BranchOf branchesOf[] = {
    {"1x1", "1x1", ".branch1"},
    {"3x3", "3x3", ".branch2.1"},
    {"5x5 (3x3 in this network)", "5x5", ".branch3.1"},
    {"pool", "pool", ".branch4.1"}};

/// A disc on grey, where no picture is open.
QImage disc()
{
    QImage image(256, 256, QImage::Format_RGBA8888);
    image.fill(QColor(128, 128, 128));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(QColor(230, 120, 40));
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(48, 48, 160, 160);
    return image;
}

/// The mean colour of the picture's edge, on which a smaller copy of it lies.
QColor edgeColour(const QImage& picture)
{
    qint64 sum[3] = {0, 0, 0};
    qint64 count = 0; // of no picture there is no edge
    const auto take = [&](int x, int y) {
        const QRgb pixel = picture.pixel(x, y);
        sum[0] += qRed(pixel);
        sum[1] += qGreen(pixel);
        sum[2] += qBlue(pixel);
        ++count;
    };
    for (int x = 0; x < picture.width(); ++x) {
        take(x, 0);
        take(x, picture.height() - 1);
    }
    for (int y = 0; y < picture.height(); ++y) {
        take(0, y);
        take(picture.width() - 1, y);
    }
    if (count == 0)
        return Qt::gray;
    return {int(sum[0] / count), int(sum[1] / count), int(sum[2] / count)};
}

QImage scaledAboutCentre(const QImage& picture, double scale)
{
    QImage canvas(picture.size(), QImage::Format_RGBA8888);
    canvas.fill(edgeColour(picture));
    QPainter painter(&canvas);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const double w = picture.width() * scale;
    const double h = picture.height() * scale;
    if (scale < 1) { // filtered, where many pixels become one
        const QImage small = picture.scaled(
            std::max(1, int(std::lround(w))), std::max(1, int(std::lround(h))),
            Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        painter.drawImage(
            (picture.width() - small.width()) / 2, (picture.height() - small.height()) / 2, small);
        return canvas;
    }
    painter.drawImage(QRectF((picture.width() - w) / 2, (picture.height() - h) / 2, w, h), picture);
    return canvas;
}

/// One branch of the trained network's module.
Network branchAlone(const StandAt& at, size_t index)
{
    const Graph& graph = familyNetwork("googlenet_bn").graph;
    const ModuleId module = *graph.findModule(at.module);
    const Branch branch = graph.branches(module).at(index);
    return oneModule(
        branchesOf[index].name, at.input,
        [&](Tensor x) {
            for (const NodeId node : branch.nodes)
                x = x.then(localName(graph, node), graph[node].op);
            return x;
        },
        {.name = at.module, .separator = "."});
}

ExperimentReport countSizes(const SettingValues& values)
{
    const StandAt& at = depthOf(values);
    const Graph& graph = familyNetwork("googlenet_bn").graph;
    const Graph& paper = familyNetwork("googlenet").graph;
    ExperimentReport report;
    report.at = at.module;
    ExperimentTable fields{
        {"branch", "sees of its input", "sees of the picture", "in the paper's network"}, {}};
    std::string row = at.module;
    row.insert(std::string("inception").size(), "_");
    const ModuleId drawn = *paper.findModule(row);
    for (size_t i = 0; i < std::size(branchesOf); ++i) {
        report.sides.push_back(side(branchesOf[i].name, branchAlone(at, i)));
        fields.rows.push_back(
            {std::string(branchesOf[i].name), double(report.sides.back().receptiveField),
             double(middleField(graph, *graph.find(at.module + branchesOf[i].local))),
             double(middleField(paper, paper.branches(drawn).at(i).output))});
    }
    report.add(
        {.name = "receptive_fields",
         .title = "receptive fields, pixels",
         .value = fields,
         .decimals = 0});
    return report;
}

double responseOf(const std::vector<float>& values, size_t channels, bool strongest)
{
    const size_t plane = values.size() / channels;
    double best = 0;
    double all = 0;
    for (size_t c = 0; c < channels; ++c) {
        double sum = 0;
        for (size_t i = 0; i < plane; ++i)
            sum += values[c * plane + i];
        best = std::max(best, sum / double(plane));
        all += sum / double(plane);
    }
    return strongest ? best : all / double(channels);
}

void measureSizes(const SettingValues& values, ExperimentReport& report, ExperimentBench& bench)
{
    const OpenedNetwork& opened = bench.network();
    const Graph& graph = opened.network.graph;
    const QImage picture = bench.subject().picture.isNull() ? disc() : bench.subject().picture;
    report.input = bench.subject().picture.isNull() ? "a disc on grey" : "the picture";
    std::vector<double> all(std::begin(scales), std::end(scales));
    const double chosen = values["scale"];
    if (std::ranges::none_of(all, [&](double s) { return std::abs(s - chosen) < 1e-9; }))
        all.push_back(chosen);
    std::ranges::sort(all);
    std::vector<NodeId> nodes;
    for (const BranchOf& branch : branchesOf)
        nodes.push_back(*graph.find(report.at + branch.local));
    ExperimentPlot plot{
        .title = "response of the branches, each of its largest",
        .xTitle = "scale of the picture",
        .yTitle = "response",
        .curves = {},
        .logX = true};
    for (const BranchOf& branch : branchesOf)
        plot.curves.push_back({branch.name, all, {}});
    for (const double scale : all) {
        const auto results = bench.runOn(scaledAboutCentre(picture, scale), nodes);
        for (size_t i = 0; i < nodes.size(); ++i)
            plot.curves[i].y.push_back(
                responseOf(results[i], graph[nodes[i]].shape.c, values.whole("response") == 1));
        bench.setFraction(bench.fraction() + 0.9 / double(all.size()));
    }
    ExperimentTable table{{"branch", "strongest at scale", "response at the chosen scale"}, {}};
    for (size_t i = 0; i < nodes.size(); ++i) {
        std::vector<double>& y = plot.curves[i].y;
        const double most = *std::ranges::max_element(y);
        const double best = all[size_t(std::ranges::max_element(y) - y.begin())];
        for (double& value : y)
            value = most > 0 ? value / most : 0;
        const auto at = size_t(
            std::ranges::min_element(all, {}, [&](double s) { return std::abs(s - chosen); }) -
            all.begin());
        report.add(
            {.name = std::string("best_scale_") + branchesOf[i].key,
             .title = std::string(branchesOf[i].name) + ": strongest at scale",
             .value = best,
             .decimals = 1});
        table.rows.push_back({std::string(branchesOf[i].name), best, y[at]});
    }
    report.add({.name = "responses", .title = "responses", .value = table, .decimals = 2});
    report.plots.push_back(std::move(plot));
}

ExperimentVerdict judgeSizes(const ExperimentReport& report)
{
    std::vector<double> best;
    std::string list;
    for (const BranchOf& branch : branchesOf) {
        const auto scale = report.number(std::string("best_scale_") + branch.key);
        if (!scale)
            return {"not tried yet: only a run on the device shows it", std::nullopt};
        best.push_back(*scale);
        list += (list.empty() ? "" : ", ") + std::string(branch.key) + " at " +
                ascii::general(*scale, 2) + "x";
    }
    const bool holds = std::ranges::any_of(best, [&](double s) { return s != best.front(); });
    return {
        (holds ? "holds here: the branches respond most to different sizes: "
               : "does not show here: all branches respond most to the same size: ") +
            list,
        holds};
}

} // namespace

Experiment kernelSizes()
{
    return {
        .id = "kernel-sizes",
        .title = "Why several kernel sizes?",
        .chapter = "Inception v1",
        .claim =
            "What matters in a picture varies much in size, so one kernel size can't suit all.",
        .source = "article, Inception v1; Szegedy et al. 2014 (arXiv:1409.4842), section 4",
        .settings =
            {{.name = "scale",
              .title = "size of the picture's object",
              .least = 0.2,
              .most = 3,
              .step = 0.1,
              .standard = 1,
              .unit = "x",
              .words = {{1, "as it is"}}},
             withTitles(
                 choiceSetting(
                     "response", "what is plotted of a branch", {"mean", "strongest-channel"}),
                 {"The mean of its channels", "Its strongest channel"}),
             depthSetting()},
        .count = countSizes,
        .measure = measureSizes,
        .judge = judgeSizes,
        .onPicture = true};
}

} // namespace inceptoscope
