#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace inceptoscope {

/// Ways to ask a network why it gives a class its score.
enum class Method : uint32_t
{
    Cam,
    GradCam,
    Saliency,
    IntegratedGradients,
    Occlusion
};

/// What a method is called, and what it tells, for people.
struct MethodFacts
{
    Method method = Method::Cam;
    std::string_view id;       ///< "grad-cam": as --method takes it
    std::string_view title;    ///< "Grad-CAM"
    std::string_view sentence; ///< what the map shows
    std::string_view source;   ///< the paper
    bool isSigned = false;     ///< the map also tells what speaks against the class
};

/// In the order in which to offer them.
[[nodiscard]] const std::vector<MethodFacts>& methods();
[[nodiscard]] const MethodFacts& factsOf(Method method);

} // namespace inceptoscope
