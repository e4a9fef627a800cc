#pragma once

#include "zoo/network.h"

#include <QVariant>

namespace inceptoscope {

/// Everything that the window says about a network as a whole: {id, title, family, year, paper,
/// follows, differences, status, embedding, facts: [{label, value}], groups: [{title, article,
/// count, macs, params}]}.
[[nodiscard]] QVariantMap networkFacts(const Network& network);

/// What there is to choose from, in the order of publication: {id, title, family, detail},
/// detail being "2014 · 7.00 M params · 1.58 G MACs" and the status, where there is one.
[[nodiscard]] QVariantList networkChoices();

/// "RGB, values from −1 to 1", "BGR, 0 to 255 minus (104, 117, 123)".
[[nodiscard]] QString preprocessingText(const Preprocessing& preprocessing);

} // namespace inceptoscope
