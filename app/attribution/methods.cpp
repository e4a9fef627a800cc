#include "attribution/methods.h"

#include <algorithm>

namespace inceptoscope {

const std::vector<MethodFacts>& methods()
{
    static const std::vector<MethodFacts> all = {
        {.method = Method::Cam,
         .id = "cam",
         .title = "CAM",
         .sentence = "The classifier's own sum, before it is averaged over places: the last maps, "
                     "each times its weight for the class. Exact, since nothing but an average and "
                     "a linear layer follow.",
         .source = "Zhou et al. 2016, Learning deep features for discriminative localization "
                   "(arXiv:1512.04150)",
         .isSigned = true},
        {.method = Method::GradCam,
         .id = "grad-cam",
         .title = "Grad-CAM",
         .sentence = "A module's maps, each times the mean of the score's gradient by it; what is "
                     "left below zero is cut off. It can be asked of any module.",
         .source = "Selvaraju et al. 2017, Grad-CAM (arXiv:1610.02391), equations 1 and 2"},
        {.method = Method::Saliency,
         .id = "saliency",
         .title = "Saliency",
         .sentence = "How fast the score changes with each pixel: the largest of its three "
                     "colours' derivatives, without sign.",
         .source = "Simonyan et al. 2014, Deep inside convolutional networks (arXiv:1312.6034), "
                   "section 3.1"},
        {.method = Method::IntegratedGradients,
         .id = "integrated-gradients",
         .title = "Integrated gradients",
         .sentence = "What each pixel adds to the score on the way from a black picture to this "
                     "one. Together the pixels' shares are the difference of the two scores.",
         .source = "Sundararajan et al. 2017, Axiomatic attribution for deep networks "
                   "(arXiv:1703.01365)",
         .isSigned = true},
        {.method = Method::Occlusion,
         .id = "occlusion",
         .title = "Occlusion",
         .sentence = "How much the score falls when a square of the picture is covered with the "
                     "mean colour; no gradient is asked.",
         .source = "Zeiler and Fergus 2014, Visualizing and understanding convolutional networks "
                   "(arXiv:1311.2901), section 4.2",
         .isSigned = true},
    };
    return all;
}

const MethodFacts& factsOf(Method method)
{
    return *std::ranges::find(methods(), method, &MethodFacts::method);
}

} // namespace inceptoscope
