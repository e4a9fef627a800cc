#pragma once

#include "engine/run_snapshot.h"
#include "lessons/lesson.h"
#include "models/lessons/handout.h"

#include <QString>

namespace inceptoscope {

/// A page's text with its figures in words; a dash for what isn't known yet, all of them without a
/// graph.
[[nodiscard]] QString toldOf(const QString& text, const Graph* graph, const RunSnapshot* run);

/// A page for paper, with what the network answers as far as the run has it; `predicted` is the
/// reader's answer, negative without one.
[[nodiscard]] HandoutPage
paperPage(const LessonPage& page, const Graph* graph, const RunSnapshot* run, int predicted);

} // namespace inceptoscope
