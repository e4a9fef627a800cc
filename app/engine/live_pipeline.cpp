#include "engine/live_pipeline.h"

#include "engine/labels.h"
#include "engine/module_pictures.h"

#include <QElapsedTimer>

#include <algorithm>
#include <atomic>
#include <cstring>

namespace inceptoscope {

namespace {

double milliseconds(const QElapsedTimer& timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

/// Takes the pixels over; in the same memory where nobody else has the picture.
void copyInto(QImage& image, const MapJob& job, std::span<const std::byte> pixels)
{
    const Shape& shape = job.tensor.layout.shape;
    const QSize size(int(job.picture.width(shape)), int(job.picture.height(shape)));
    if (image.size() != size || !image.isDetached())
        image = QImage(size, QImage::Format_RGBA8888);
    std::memcpy(image.bits(), pixels.data(), pixels.size());
}

std::vector<NodeId> resultsOf(const Graph& graph)
{
    const auto probabilities = graph.probabilities();
    return probabilities ? std::vector<NodeId>{*probabilities} : std::vector<NodeId>{};
}

} // namespace

LivePipeline::LivePipeline(
    std::shared_ptr<const Network> network, Session& session,
    std::shared_ptr<const ClassLabels> labels, QSize frame)
    : m_network(std::move(network))
    , m_session(session)
    , m_labels(std::move(labels))
    , m_frame(session.makeLiveFrame(
          uint32_t(frame.width()), uint32_t(frame.height()), m_network->preprocessing,
          resultsOf(m_network->graph)))
    , m_modules{m_network->graph[m_network->graph.input()].module}
{
    m_modules.insert(m_modules.end(), session.modules().begin(), session.modules().end());
    if (const auto node = m_network->graph.probabilities())
        m_probabilities.resize(m_network->graph[*node].shape.elements());
}

QSize LivePipeline::frameSize() const
{
    return {int(m_frame->width()), int(m_frame->height())};
}

void LivePipeline::setStage(const StageRequest& stage, const FeatureMapStyle& style)
{
    const bool sameStyle = style.colours == m_style.colours && style.scaling == m_style.scaling &&
                           style.diverging == m_style.diverging;
    if (m_stage == stage && sameStyle)
        return;
    const Graph& graph = m_network->graph;
    std::vector<FeatureMapRequest> requests;
    for (const ModuleId module : m_modules)
        requests.push_back(thumbnailOf(graph, module));
    m_staged = std::find(m_modules.begin(), m_modules.end(), stage.module) != m_modules.end();
    if (m_staged) {
        const auto maps = mapsOfModule(graph, stage.module, stage.columns);
        requests.insert(requests.end(), maps.begin(), maps.end());
    }
    m_stage.reset(); // recorded anew the next time, too, where this fails
    m_frame->setMaps(requests, style);
    m_stage = stage;
    m_style = style;
    m_pool.clear();
}

void LivePipeline::run(const QImage& frame)
{
    QElapsedTimer timer;
    timer.start();
    const bool fits =
        frame.format() == QImage::Format_RGBX8888 || frame.format() == QImage::Format_RGBA8888;
    const QImage rgba = fits ? frame : frame.convertToFormat(QImage::Format_RGBX8888);
    const size_t row = size_t(rgba.width()) * 4;
    std::byte* to = m_frame->picture().data();
    for (int y = 0; y < rgba.height(); ++y)
        std::memcpy(to + size_t(y) * row, rgba.constScanLine(y), row);
    m_times.upload = milliseconds(timer);
    m_frame->run();
    m_times.device = m_frame->times();
}

std::shared_ptr<ModulePictures> LivePipeline::unusedPictures()
{
    for (const auto& pictures : m_pool) {
        if (pictures.use_count() == 1) {
            // What the last owner read on its thread comes before what is written here.
            std::atomic_thread_fence(std::memory_order_acquire);
            return pictures;
        }
    }
    m_pool.push_back(std::make_shared<ModulePictures>());
    return m_pool.back();
}

void LivePipeline::fill(RunSnapshot& snapshot)
{
    QElapsedTimer timer;
    timer.start();
    const std::vector<MapJob>& jobs = m_frame->jobs();
    snapshot.thumbnails.resize(m_network->graph.modules().size());
    for (size_t i = 0; i < m_modules.size(); ++i)
        copyInto(snapshot.thumbnails[m_modules[i]], jobs[i], m_frame->pixels(jobs[i]));
    snapshot.shown.reset();
    if (m_staged) {
        const std::shared_ptr<ModulePictures> pictures = unusedPictures();
        pictures->module = m_stage->module;
        pictures->ops.resize(jobs.size() - m_modules.size());
        for (size_t i = 0; i < pictures->ops.size(); ++i) {
            const MapJob& job = jobs[m_modules.size() + i];
            const Shape& shape = job.tensor.layout.shape;
            OpPicture& op = pictures->ops[i];
            op.node = job.request.node;
            op.columns = int(job.picture.columns);
            op.gap = int(job.picture.gap);
            op.tile = {int(shape.w), int(shape.h)};
            op.statistics.resize(shape.c);
            m_frame->statistics(job, op.statistics);
            copyInto(op.atlas, job, m_frame->pixels(job));
        }
        snapshot.shown = pictures;
    }
    if (!m_probabilities.empty()) {
        m_frame->read(0, m_probabilities);
        snapshot.top = topClasses(m_probabilities, topCount, *m_labels);
    }
    m_times.conversion = milliseconds(timer);
}

} // namespace inceptoscope
