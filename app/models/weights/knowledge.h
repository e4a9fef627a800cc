#pragma once

#include "engine/run_snapshot.h"
#include "weights_store/weights_store.h"

namespace inceptoscope {

/// What weights can be expected to recognise, from the list of known weights.
struct Knowledge
{
    QString sentence;     ///< empty where nothing is known of them
    QString photographs;  ///< what else there is for photographs; empty where they know them
    bool bundled = false; ///< came with the program, trained on drawn pictures
};

/// `offer`: what can be fetched for the network on screen; may be null.
[[nodiscard]] Knowledge
knowledgeOf(const WeightsStore& store, const WeightsState& weights, const ManifestEntry* offer);

/// Name of the sample to begin with: one that the weights know well.
[[nodiscard]] const char* firstSample(const WeightsStore& store, const QString& spec);

} // namespace inceptoscope
