#include "cli/ascent_request.h"

#include "cli/names.h"
#include "error.h"

#include <charconv>

namespace inceptoscope {

ChannelName parseChannel(const std::string& text, const std::string& option)
{
    const size_t colon = text.rfind(':');
    ChannelName result{text.substr(0, colon), std::nullopt};
    if (colon == std::string::npos)
        return result;
    const std::string number = text.substr(colon + 1);
    uint32_t channel = 0;
    const char* last = number.data() + number.size();
    const auto [end, error] = std::from_chars(number.data(), last, channel);
    if (number.empty() || error != std::errc() || end != last)
        throw Error(
            ErrorKind::Usage, option +
                                  ": a channel's number was expected behind the colon, not \"" +
                                  number + "\" (such as " + result.node + ":12)");
    result.channel = channel;
    return result;
}

AscentTarget
targetNamed(const Graph& graph, const ChannelName& name, bool auxiliary, const std::string& option)
{
    const std::vector<Tap> taps = tapsNamed(graph, {name.node}, auxiliary, option);
    if (taps.size() != 1)
        throw Error(
            ErrorKind::Usage,
            option + ": one module, branch or op was expected, not \"" + name.node + "\"");
    const NodeId node = taps.front().node;
    if (graph.isAuxiliary(node) && !auxiliary)
        throw Error(
            ErrorKind::Usage,
            option + ": the weights have no tensors for the auxiliary head of " + name.node);
    const uint32_t channels = graph[node].shape.c;
    if (name.channel && *name.channel >= channels)
        throw Error(
            ErrorKind::Usage, option + ": " + name.node + " has no channel " +
                                  std::to_string(*name.channel) + ", it has " +
                                  std::to_string(channels) + " (0 to " +
                                  std::to_string(channels - 1) + ")");
    return {.node = node, .channel = name.channel};
}

} // namespace inceptoscope
