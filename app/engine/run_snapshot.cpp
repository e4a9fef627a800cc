#include "engine/run_snapshot.h"

#include <algorithm>

namespace inceptoscope {

const OpPicture* ModulePictures::find(NodeId node) const
{
    const auto it = std::lower_bound(
        ops.begin(), ops.end(), node, [](const OpPicture& op, NodeId id) { return op.node < id; });
    return it != ops.end() && it->node == node ? &*it : nullptr;
}

} // namespace inceptoscope
