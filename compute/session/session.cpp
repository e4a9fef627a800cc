// What callers see of a session; what is behind it is in session_impl.cpp.
#include "session/session_impl.h"

#include "error.h"
#include "kernels/preprocess.h"
#include "session/live_frame.h"
#include "session/node_dispatches.h"
#include "session/tensor_copy.h"

#include <cstring>

namespace inceptoscope {

Session::Session(
    Device& device, const Graph& graph, const TensorSource& weights, const SessionOptions& options,
    const Progress& progress)
    : m_impl(std::make_unique<Impl>(device, graph, weights, options, progress))
{
}

Session::~Session() = default;

void Session::setInput(std::span<const float> chw)
{
    m_impl->setTensor(m_impl->graph.input(), chw, "the network");
}

void Session::setGiven(NodeId id, std::span<const float> chw)
{
    const Graph& graph = m_impl->graph;
    const auto* op = std::get_if<GradientOp>(&graph[id].op);
    if (op == nullptr || !std::holds_alternative<Given>(*op))
        throw Error(ErrorKind::Usage, "session: " + graph[id].name + " is computed, not given");
    m_impl->setTensor(id, chw, graph[id].name);
}

void Session::Impl::setTensor(NodeId id, std::span<const float> chw, const std::string& what)
{
    const Slot& slot = plan.slots[id];
    if (chw.size() != slot.layout.shape.elements())
        throw Error(
            ErrorKind::Usage, "input: " + std::to_string(chw.size()) + " values, " + what +
                                  " needs " + toString(slot.layout.shape));
    const uint64_t bytes = slot.layout.batchBytes();
    Buffer& upload = memory.upload(bytes);
    const uint64_t values = slot.layout.shape.values();
    for (uint32_t picture = 0; picture < slot.layout.shape.n; ++picture)
        packTensor(
            slot.layout, chw.subspan(picture * values, values),
            upload.mapped().subspan(slot.layout.pictureOffset(picture)));
    transient("uploading " + graph[id].name, [&](Recorder& r) {
        r.copy({&upload, 0, bytes}, {&memory.at(Memory::Arena), slot.offset, bytes});
    });
}

void Session::setImage(const ImageView& image, const Preprocessing& preprocessing, uint32_t picture)
{
    Impl& s = *m_impl;
    s.requirePicture(s.graph.input(), picture);
    const size_t row = size_t(image.width) * 4;
    const uint64_t bytes = uint64_t(row) * image.height;
    if (bytes == 0)
        throw Error(ErrorKind::BadInput, "picture: it has no pixels");
    Buffer& upload = s.memory.upload(bytes);
    for (uint32_t y = 0; y < image.height; ++y)
        std::memcpy(upload.mapped().data() + y * row, image.rgba + y * image.stride, row);
    Buffer& source = s.memory.require(Memory::Picture, pictureBytes(image.width, image.height));

    s.transient("preparing the picture", [&](Recorder& r) {
        r.copy({&upload, 0, bytes}, {&source, 0, bytes});
        s.memory.record(
            r, preprocess(
                   preprocessOptions(preprocessing), image.width, image.height,
                   placed(s.plan, s.graph.input(), picture)));
    });
}

const std::vector<ModuleId>& Session::modules() const
{
    return m_impl->order;
}
void Session::runModule(ModuleId id)
{
    m_impl->runModule(id);
}
void Session::run()
{
    m_impl->run();
}
double Session::lastRunSeconds() const
{
    return m_impl->runSeconds;
}
bool Session::warm() const
{
    return m_impl->warm;
}
double Session::milliseconds(NodeId id) const
{
    return m_impl->times.at(id);
}
bool Session::readable(NodeId id) const
{
    return m_impl->plan.kept.at(id);
}
std::unique_ptr<LiveFrame> Session::makeLiveFrame(
    uint32_t width, uint32_t height, const Preprocessing& preprocessing, std::vector<NodeId> values)
{
    return std::make_unique<LiveFrame>(*m_impl, width, height, preprocessing, std::move(values));
}
const Plan& Session::plan() const
{
    return m_impl->plan;
}
uint64_t Session::weightBytes() const
{
    return m_impl->weights.total;
}
uint64_t Session::weightBytes(NodeId id) const
{
    return m_impl->weights.bytes.at(id);
}
uint64_t Session::activationBytes() const
{
    return m_impl->plan.arenaBytes;
}
uint64_t Session::deviceBytes() const
{
    return m_impl->memory.bytes();
}

std::vector<float> Session::read(NodeId id)
{
    return m_impl->readAll(id);
}

std::vector<float> Session::readChannel(NodeId id, uint32_t channel, uint32_t picture)
{
    return m_impl->read(id, picture, channel, 1);
}

std::vector<FeatureMapAtlas> Session::renderFeatureMaps(
    std::span<const FeatureMapRequest> requests, const FeatureMapStyle& style)
{
    return m_impl->renderFeatureMaps(requests, style);
}

} // namespace inceptoscope
