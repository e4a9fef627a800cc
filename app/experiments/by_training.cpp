#include "experiments/parts.h"
#include "experiments/registry.h"

namespace inceptoscope {

namespace {

/// A claim that nothing but training can try. What is known of it is listed; nothing is counted.
Experiment byTraining(
    const char* id, const char* title, const char* chapter, const char* claim, const char* source,
    std::vector<std::pair<std::string, std::string>> known)
{
    return {
        .id = id,
        .title = title,
        .chapter = chapter,
        .claim = claim,
        .source = source,
        .count =
            [known = std::move(known)](const SettingValues&) {
                ExperimentReport report;
                ExperimentTable table{{"finding", "from"}, {}};
                for (const auto& [what, from] : known)
                    table.rows.push_back({what, from});
                report.add({.name = "known", .title = "what is known", .value = std::move(table)});
                return report;
            },
        .judge =
            [](const ExperimentReport&) {
                return ExperimentVerdict{
                    "not decided here: only training can show it, in the training laboratory, "
                    "which "
                    "is still to come",
                    std::nullopt};
            },
        .timed = false};
}

} // namespace

Experiment auxiliaryRegularise()
{
    return byTraining(
        "auxiliary-regularise", "Auxiliary heads as regularisers", "Inception v3",
        "Auxiliary classifiers help only near the end of training; they act as regularisers, more "
        "so with batch normalisation or dropout.",
        "article, Inception v3; Szegedy et al. 2015 (arXiv:1512.00567), section 4",
        {{"Early in training networks with and without the side head do alike; near the end the "
          "one "
          "with it overtakes and ends slightly higher.",
          "Szegedy et al. 2015, section 4"},
         {"Removing the lower of GoogLeNet's two heads did no harm.",
          "Szegedy et al. 2015, section 4"},
         {"With batch normalisation in the head the top-1 error went from 21.6 to 21.2 %.",
          "Szegedy et al. 2015, table 3"}});
}

Experiment residualAccuracy()
{
    return byTraining(
        "residual-accuracy", "Higher accuracy in fewer epochs", "Inception-ResNet",
        "Residual versions reach a higher accuracy in fewer epochs.",
        "article, Inception-ResNet; Szegedy et al. 2016 (arXiv:1602.07261), section 5",
        {{"Inception-ResNet v1 trained faster than v3 and ended slightly worse: 21.3 to 21.2 % "
          "top-1 "
          "error.",
          "Szegedy et al. 2016, figure 21, table 2"},
         {"Inception-ResNet v2 trained faster than v4 and ended slightly better: 19.9 to 20.0 % "
          "top-1 error.",
          "Szegedy et al. 2016, figure 23, table 2"}});
}

Experiment residualDeath()
{
    return byTraining(
        "residual-death", "Residuals that die in training", "Inception-ResNet",
        "With over 1000 filters residual networks die early in training: the last layer before the "
        "average produces only zeros.",
        "article, Inception-ResNet; Szegedy et al. 2016 (arXiv:1602.07261), section 3.3",
        {{"A lower learning rate or more batch normalisation did not prevent it.",
          "Szegedy et al. 2016, section 3.3"},
         {"Scaling the residuals by 0.1 to 0.3 before the sum did, and did not harm the accuracy.",
          "Szegedy et al. 2016, section 3.3"},
         {"What the scale does to untrained blocks is measured by the experiment Scaling "
          "residuals.",
          "here"}});
}

} // namespace inceptoscope
