#pragma once

#include "graph/graph.h"

namespace inceptoscope {

/// A module of a network cut out as a graph of its own: node 0 is its input, of any shape, and
/// what follows are the module's ops under their own names and weight keys, so that a source of
/// the whole network's weights serves it too. Shapes are inferred anew, by the rules that the
/// network was written down with:
/// - a residual block's last convolution brings the channels back to the input's;
/// - a depthwise convolution has a filter for each of the input's channels;
/// - TensorFlow's SAME pads by the new size.
/// An auxiliary head becomes a head: alone, it is the main network. With the module's own input
/// shape every op is what it was.
///
/// Throws Error(Usage), one sentence, where the module can't be built on such an input (a kernel
/// doesn't fit, branches round differently), takes several tensors, or is the network's input.
[[nodiscard]] Graph moduleGraph(const Graph& graph, ModuleId module, const Shape& input);

/// What leads to `target`, as a graph of its own on an input of any shape: nothing that isn't read
/// on the way there, under the names and weight keys that everything has. The target is the last
/// node; with `linear` without its activation. TensorFlow's SAME pads by the new size. Auxiliary
/// heads become heads. Throws Error(Usage), one sentence, where the target can't be reached on such
/// an input.
[[nodiscard]] Graph
graphUpTo(const Graph& graph, NodeId target, const Shape& input, bool linear = false);

/// The shape that the module has as its input in its network. Throws as moduleGraph().
[[nodiscard]] const Shape& moduleInput(const Graph& graph, ModuleId module);

} // namespace inceptoscope
