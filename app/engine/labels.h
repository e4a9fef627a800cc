#pragma once

#include "engine/run_snapshot.h"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace inceptoscope {

/// The 1000 class names of ILSVRC 2012, one a line, in the order of the networks' outputs.
[[nodiscard]] std::string_view imagenetLabelText();

/// The names that a number of classes stands for: ILSVRC's for 1000, the same behind "background"
/// for 1001, as TensorFlow's networks have them; none for others.
[[nodiscard]] std::shared_ptr<const ClassLabels> usualLabels(size_t classes);

/// How a sentence about a file of names begins: "labels: PATH", safe to show.
[[nodiscard]] std::string labelsAt(const QString& path);

/// A file of names as --labels takes it (class_names.h tells which ones it may hold). Throws
/// Error(Io) where it can't be read, Error(BadInput) for what it holds.
[[nodiscard]] std::shared_ptr<const ClassLabels> readLabels(const QString& path);

/// Throws Error(BadInput), a sentence that begins with `where`, for another number of names.
void requireAsMany(const ClassLabels& labels, size_t classes, const std::string& where);

/// The names that come with a weights file: those of NAME.labels.txt or NAME.labels.json beside
/// NAME.safetensors, else those in its metadata, else those of a config.json beside it (Hugging
/// Face's id2label); null where there are none. Throws as above.
[[nodiscard]] std::shared_ptr<const ClassLabels>
labelsWith(const QString& weightsFile, const std::map<std::string, std::string>& metadata);

/// Name of an output of a layer with so many; empty where the labels are of another number.
[[nodiscard]] QString classLabel(const ClassLabels& labels, size_t index, size_t outputs);

/// Classes that a snapshot names.
inline constexpr size_t topCount = 5;

/// The `count` most probable classes, most probable first; equals stay in class order.
[[nodiscard]] std::vector<ClassScore>
topClasses(std::span<const float> probabilities, size_t count, const ClassLabels& labels);

} // namespace inceptoscope
