#pragma once

#include "cli/run_options.h"
#include "visualization/ascent_graph.h"

#include <string>

namespace inceptoscope {

/// "inception_4a/output:12" in its two halves; a target without a channel has no colon.
struct ChannelName
{
    std::string node;
    std::optional<uint32_t> channel;
};

/// `option` is for the message. Throws Error(Usage) where behind the colon is no number.
[[nodiscard]] ChannelName parseChannel(const std::string& text, const std::string& option);

/// Names of nodes as `activations --tap` takes them. Throws Error(Usage).
[[nodiscard]] AscentTarget
targetNamed(const Graph& graph, const ChannelName& name, bool auxiliary, const std::string& option);

} // namespace inceptoscope
