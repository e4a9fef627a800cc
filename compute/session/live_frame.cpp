#include "session/live_frame.h"

#include "session/node_dispatches.h"
#include "session/session_impl.h"
#include "session/tensor_copy.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace inceptoscope {

namespace {

/// A map stays in its thumbnail unless another one is clearly stronger.
constexpr float keeps = 1.3F;

/// Timestamps: before the first part, and after each.
enum Stamp : uint32_t
{
    AtBegin,
    AfterPicture,
    AfterNetwork,
    AfterMaps,
    AfterReadback,
    stamps
};

} // namespace

LiveFrame::LiveFrame(
    Session::Impl& session, uint32_t width, uint32_t height, const Preprocessing& preprocessing,
    std::vector<NodeId> values)
    : m_session(session)
    , m_width(width)
    , m_height(height)
    , m_memory(session.memory)
    , m_first(session.device)
    , m_network(session.device)
    , m_drawing(session.device)
    , m_last(session.device)
    , m_values(std::move(values))
{
    if (session.queries)
        m_queries = makeQueries(session.device, stamps);
    recordPicture(preprocessing);
    recordNetwork();
    recordReadback();
    setMaps({}, {});
}

LiveFrame::~LiveFrame() = default;

void LiveFrame::recordPicture(const Preprocessing& preprocessing)
{
    const uint64_t bytes = uint64_t(m_width) * m_height * 4;
    Buffer& picture = m_memory.require(Memory::Picture, pictureBytes(m_width, m_height));
    if (picture.mapped().empty())
        m_upload.emplace(m_session.device, MemoryUse::Upload, bytes, "frames");
    m_first.begin();
    if (m_queries) {
        m_first.resetQueries(m_queries.get(), 0, stamps);
        m_first.timestamp(m_queries.get(), AtBegin);
    }
    if (m_upload)
        m_first.copy({&*m_upload, 0, bytes}, {&picture, 0, bytes});
    m_memory.record(
        m_first, preprocess(
                     preprocessOptions(preprocessing), m_width, m_height,
                     placed(m_session.plan, m_session.graph.input())));
    if (m_queries)
        m_first.timestamp(m_queries.get(), AfterPicture);
    m_first.end();
}

void LiveFrame::recordNetwork()
{
    m_network.begin();
    for (const ModuleId id : m_session.order)
        m_session.recordNodes(m_network, id, false);
    if (m_queries)
        m_network.timestamp(m_queries.get(), AfterNetwork);
    m_network.end();
}

void LiveFrame::setMaps(std::span<const FeatureMapRequest> requests, const FeatureMapStyle& style)
{
    auto maps =
        std::make_unique<MapRecording>(m_session.graph, m_session.plan, requests, style, keeps);
    maps->prepare(m_memory, style);
    m_maps = std::move(maps);
    const bool copied = m_memory.at(Memory::Atlas).mapped().empty();
    if (copied && (!m_readback || m_readback->size() < m_maps->readbackBytes()))
        m_readback.emplace(
            m_session.device, MemoryUse::Readback, m_maps->readbackBytes(), "feature maps");
    // No channel is the strongest of a frame before the first; between maps is nothing, ever.
    m_session.transient("clearing the maps", [&](Recorder& r) {
        for (const Memory memory : {Memory::Scratch, Memory::Atlas})
            r.fillZero({&m_memory.at(memory), 0, m_memory.at(memory).size()});
    });
    m_drawing.begin();
    if (!m_maps->jobs().empty())
        m_maps->record(m_drawing, m_memory, m_readback ? &*m_readback : nullptr);
    if (m_queries)
        m_drawing.timestamp(m_queries.get(), AfterMaps);
    m_drawing.end();
}

void LiveFrame::recordReadback()
{
    Buffer& arena = m_memory.at(Memory::Arena);
    uint64_t bytes = 0;
    for (const NodeId id : m_values)
        bytes += m_session.plan.slots.at(id).layout.bytes();
    if (arena.mapped().empty() && bytes > 0)
        m_results.emplace(m_session.device, MemoryUse::Readback, bytes, "results");
    m_last.begin();
    uint64_t at = 0;
    for (const NodeId id : m_values) {
        const Slot& slot = m_session.plan.slots[id];
        if (m_results)
            m_last.copy(
                {&arena, slot.offset, slot.layout.bytes()}, {&*m_results, at, slot.layout.bytes()});
        at += slot.layout.bytes();
    }
    if (m_queries)
        m_last.timestamp(m_queries.get(), AfterReadback);
    m_last.end();
}

std::span<std::byte> LiveFrame::picture()
{
    const size_t bytes = size_t(m_width) * m_height * 4;
    Buffer& to = m_upload ? *m_upload : m_memory.at(Memory::Picture);
    return to.mapped().first(bytes);
}

void LiveFrame::run()
{
    const std::array commands{
        m_first.commands(), m_network.commands(), m_drawing.commands(), m_last.commands()};
    const auto begin = std::chrono::steady_clock::now();
    m_session.submitter.run(commands, "running a frame");
    const auto end = std::chrono::steady_clock::now();
    m_times.waited = std::chrono::duration<double, std::milli>(end - begin).count();
    readTimes();
}

void LiveFrame::readTimes()
{
    if (!m_queries)
        return;
    std::array<uint64_t, stamps> at{};
    check(
        vkGetQueryPoolResults(
            m_session.device.handle(), m_queries.get(), 0, stamps, sizeof at, at.data(),
            sizeof(uint64_t), VK_QUERY_RESULT_64_BIT | VK_QUERY_RESULT_WAIT_BIT),
        "reading timestamps");
    const auto between = [&](Stamp from, Stamp to) {
        return m_session.device.nanoseconds(at[from], at[to]) / 1e6;
    };
    m_times.picture = between(AtBegin, AfterPicture);
    m_times.network = between(AfterPicture, AfterNetwork);
    m_times.maps = between(AfterNetwork, AfterMaps);
    m_times.readback = between(AfterMaps, AfterReadback);
}

std::span<const std::byte> LiveFrame::pixels(const MapJob& job)
{
    return m_maps->pixels(job, m_memory, m_readback ? &*m_readback : nullptr);
}

void LiveFrame::statistics(const MapJob& job, std::span<ChannelStatistics> out)
{
    readStatistics(m_maps->statistics(job, m_memory, m_readback ? &*m_readback : nullptr), out);
}

uint64_t LiveFrame::deviceBytes() const
{
    const auto size = [](const std::optional<Buffer>& buffer) {
        return buffer ? buffer->size() : 0;
    };
    return m_memory.bytes() + size(m_upload) + size(m_readback) + size(m_results);
}

void LiveFrame::read(size_t i, std::span<float> chw)
{
    uint64_t at = 0;
    for (size_t before = 0; before < i; ++before)
        at += m_session.plan.slots[m_values[before]].layout.bytes();
    const Slot& slot = m_session.plan.slots[m_values.at(i)];
    const std::span<std::byte> bytes =
        m_results ? m_results->mapped().subspan(at, slot.layout.bytes())
                  : m_memory.at(Memory::Arena).mapped().subspan(slot.offset, slot.layout.bytes());
    unpackTensor(slot.layout, 0, slot.layout.shape.c, bytes, chw);
}

} // namespace inceptoscope
