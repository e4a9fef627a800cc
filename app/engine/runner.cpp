#include "engine/runner.h"

#include "engine/labels.h"
#include "engine/module_pictures.h"
#include "engine/picture.h"

#include <algorithm>

namespace inceptoscope {

namespace {

/// Until somebody sets a style: grey.
FeatureMapStyle greyStyle()
{
    FeatureMapStyle style;
    for (uint32_t i = 0; i < style.colours.size(); ++i)
        style.colours[i] = 0xFF000000U | i << 16 | i << 8 | i;
    return style;
}

} // namespace

Runner::Runner(Publish publish, PublishChannel publishChannel)
    : m_publish(std::move(publish))
    , m_publishChannel(std::move(publishChannel))
    , m_style(greyStyle())
{
}

void Runner::setPicture(const QImage& picture, const QString& title)
{
    m_picture = picture;
    m_title = title;
    m_opaque = picture.isNull() ? QImage() : opaqueRgba(picture);
}

void Runner::setStage(const StageRequest& stage)
{
    if (stage == m_stage)
        return;
    m_stage = stage;
    m_stageChanged = true;
}

void Runner::setStyle(const FeatureMapStyle& style)
{
    m_style = style;
    m_styleChanged = true;
}

bool Runner::run(Loaded& loaded, const QString& device, const Between& between)
{
    if (!loaded.session->warm())
        loaded.times.clear();
    begin(loaded, device);
    for (const ModuleId module : loaded.session->modules()) {
        if (!between())
            return false;
        // In between somebody may have asked for what ran already.
        refresh(loaded);
        loaded.session->runModule(module);
        finishModule(loaded, module);
    }
    addTimes(loaded);
    readTop(loaded);
    // Everything is on screen; a driver compiles during a session's first run, so that only
    // those after it tell the time.
    while (loaded.times.runs() < RunTimes::enough) {
        publish();
        if (!measure(loaded, between))
            return false;
    }
    finish();
    return true;
}

void Runner::runFrame(
    Loaded& loaded, const QString& device, const LivePicture& picture,
    const std::function<FrameResult(const QImage& frame)>& ask)
{
    const QSize size = picture.frame.size();
    const bool fresh = !loaded.live || loaded.live->frameSize() != size;
    if (fresh) {
        loaded.live.reset(); // first: its memory is needed
        loaded.live =
            std::make_unique<LivePipeline>(loaded.network, *loaded.session, loaded.labels, size);
    }
    if (fresh || !m_now.live || m_ran.empty())
        beginFrames(loaded, device, picture);
    loaded.live->setStage(m_stage, m_style);
    m_stageChanged = false;
    m_styleChanged = false;
    loaded.live->run(picture.frame);
    loaded.live->fill(m_now);
    ++m_now.run;
    m_now.picture = picture.frame;
    m_now.live = picture.state;
    FrameResult asked = ask(picture.frame);
    m_now.frameStudy = std::move(asked.study);
    m_now.frameStudyProblem = std::move(asked.problem);
    serveChannel(loaded);
    publish();
}

/// What stays the same from frame to frame; times are those of before.
void Runner::beginFrames(Loaded& loaded, const QString& device, const LivePicture& picture)
{
    const Graph& graph = loaded.network->graph;
    m_ran.assign(graph.modules().size(), false);
    reset(loaded, device);
    m_now.pictureTitle = picture.title;
    const Shape& input = graph[graph.input()].shape;
    const QSize size = picture.frame.size();
    const CropRect crop = seenRect(
        loaded.network->preprocessing, input, uint32_t(size.width()), uint32_t(size.height()));
    m_now.seenRect = QRectF(crop.x, crop.y, crop.w, crop.h);
    m_ran[graph[graph.input()].module] = true;
    for (const ModuleId module : loaded.session->modules())
        m_ran[module] = true;
    if (loaded.times.runs() > 0)
        showTimes(loaded);
    m_now.complete = true;
}

bool Runner::measure(Loaded& loaded, const Between& between)
{
    for (const ModuleId module : loaded.session->modules()) {
        if (!between())
            return false;
        refresh(loaded);
        loaded.session->runModule(module);
    }
    addTimes(loaded);
    return true;
}

void Runner::addTimes(Loaded& loaded)
{
    const Graph& graph = loaded.network->graph;
    std::vector<double> run(graph.size(), -1.0);
    bool known = false;
    for (const ModuleId module : loaded.session->modules()) {
        for (const NodeId node : graph.modules()[module].nodes) {
            run[node] = loaded.session->milliseconds(node);
            known = known || run[node] > 0;
        }
    }
    if (known)
        loaded.times.add(std::move(run));
    showTimes(loaded);
}

void Runner::showTimes(Loaded& loaded)
{
    const Graph& graph = loaded.network->graph;
    for (ModuleId module = 0; module < graph.modules().size(); ++module)
        if (m_ran[module])
            readTimes(loaded, module);
    m_now.fastestMilliseconds = loaded.times.fastest();
    m_now.slowestMilliseconds = loaded.times.slowest();
    m_now.measuredRuns = int(loaded.times.runs());
    m_now.runMilliseconds = loaded.times.all();
    double total = 0;
    for (const double milliseconds : m_now.moduleMilliseconds)
        total += std::max(0.0, milliseconds);
    m_now.totalMilliseconds = total > 0 ? total : -1.0;
}

void Runner::reset(Loaded& loaded, const QString& device)
{
    const Graph& graph = loaded.network->graph;
    const quint64 run = m_now.run + 1;
    m_now = RunSnapshot{};
    m_now.run = run;
    m_now.network = loaded.network;
    m_now.weights = loaded.state;
    m_now.labels = loaded.labels;
    m_now.device = device;
    m_now.opMilliseconds.assign(graph.size(), -1.0);
    m_now.moduleMilliseconds.assign(graph.modules().size(), -1.0);
    m_now.thumbnails.assign(graph.modules().size(), QImage());
}

void Runner::begin(Loaded& loaded, const QString& device)
{
    const Graph& graph = loaded.network->graph;
    SeenPicture seen = seenBy(loaded.network->preprocessing, graph[graph.input()].shape, m_opaque);
    reset(loaded, device);
    m_now.pictureTitle = m_title;
    m_now.picture = m_picture;
    m_now.seen = std::move(seen.image);
    m_now.seenRect = seen.rect;
    m_ran.assign(graph.modules().size(), false);
    m_stageChanged = false;
    m_styleChanged = false;
    loaded.session->setImage(viewOf(m_opaque), loaded.network->preprocessing);
    publish();
}

void Runner::finishModule(Loaded& loaded, ModuleId module)
{
    const Graph& graph = loaded.network->graph;
    // The picture becomes a tensor with the first module, not as a module of its own.
    const ModuleId input = graph[graph.input()].module;
    if (module != input && !m_ran[input])
        finishModule(loaded, input);
    readTimes(loaded, module);
    m_ran[module] = true;
    RenderedModule rendered = renderFinished(*loaded.session, graph, module, m_stage, m_style);
    m_now.thumbnails[module] = std::move(rendered.thumbnail);
    if (rendered.pictures)
        m_now.shown = std::move(rendered.pictures);
    serveChannel(loaded);
    publish();
}

void Runner::readTimes(Loaded& loaded, ModuleId module)
{
    double sum = 0;
    for (const NodeId node : loaded.network->graph.modules()[module].nodes) {
        // Until a run is complete, the times of this one are all there is.
        const double median = loaded.times.median(node);
        const double milliseconds = median < 0 ? loaded.session->milliseconds(node) : median;
        m_now.opMilliseconds[node] = milliseconds;
        sum = milliseconds < 0 || sum < 0 ? -1.0 : sum + milliseconds;
    }
    m_now.moduleMilliseconds[module] = sum;
}

void Runner::readTop(Loaded& loaded)
{
    if (const auto node = loaded.network->graph.probabilities())
        m_now.top = topClasses(loaded.session->read(*node), topCount, *loaded.labels);
}

void Runner::nameClasses(const Loaded& loaded)
{
    if (!m_now.network || m_now.network != loaded.network)
        return;
    m_now.labels = loaded.labels;
    const Graph& graph = loaded.network->graph;
    const size_t classes = graph.logits() ? graph[*graph.logits()].shape.c : 0;
    for (ClassScore& score : m_now.top)
        score.label = classLabel(*loaded.labels, size_t(score.index), classes);
    if (!m_now.live) // else the next frame has them
        publish();
}

void Runner::finish()
{
    m_now.complete = true;
    publish();
}

void Runner::refresh(Loaded& loaded)
{
    if (!loaded.session || m_ran.empty())
        return;
    const Graph& graph = loaded.network->graph;
    const bool redraw = m_stageChanged || m_styleChanged;
    if (m_styleChanged)
        renderThumbnails(*loaded.session, graph, m_ran, m_style, m_now.thumbnails);
    if (redraw) {
        m_now.shown =
            ran(loaded, m_stage.module)
                ? renderModule(*loaded.session, graph, m_stage.module, m_stage.columns, m_style)
                : nullptr;
    }
    m_stageChanged = false;
    m_styleChanged = false;
    serveChannel(loaded);
    if (redraw)
        publish();
}

void Runner::serveChannel(Loaded& loaded)
{
    const Graph& graph = loaded.network->graph;
    if (!m_channel)
        return;
    const auto [node, channel] = *m_channel;
    if (node >= graph.size() || channel >= graph[node].shape.c) {
        m_channel.reset(); // asked for a network that was replaced since
        return;
    }
    if (!ran(loaded, graph[node].module))
        return; // comes as soon as its module ran
    m_channel.reset();
    auto data = std::make_shared<ChannelData>();
    data->run = m_now.run;
    data->node = node;
    data->channel = channel;
    data->width = graph[node].shape.w;
    data->height = graph[node].shape.h;
    data->values = loaded.session->readChannel(node, channel);
    m_publishChannel(std::move(data));
}

bool Runner::ran(Loaded& loaded, ModuleId module) const
{
    return loaded.session && module < m_ran.size() && m_ran[module];
}

void Runner::forget()
{
    m_ran.clear();
    m_channel.reset();
}

void Runner::publish() const
{
    m_publish(std::make_shared<const RunSnapshot>(m_now));
}

} // namespace inceptoscope
