#pragma once

#include "graph/gradient_op.h"

#include <QString>

namespace inceptoscope {

/// What opTitle() and opSentence() (format.h) say of the ops of backward passes and losses.
[[nodiscard]] QString gradientTitle(const GradientOp& op);
[[nodiscard]] QString gradientSentence(const GradientOp& op);

} // namespace inceptoscope
