#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inceptoscope {

/// How well a network names ImageNet's pictures, as somebody printed it: ILSVRC 2012 validation,
/// one crop, one model. Accuracies in percent; papers print errors, 100 minus these.
struct AccuracyFigure
{
    std::string label;          ///< what the source calls the network or the weights
    std::optional<double> top1; ///< nothing where the source prints none
    std::optional<double> top5;
    bool printedAsError = false;
    bool subset = false;         ///< of the pictures: see AccuracyTable::subset()
    std::optional<double> gmacs; ///< multiply-adds that the source prints beside it, in 10^9
    std::string source;          ///< paper and table, or whose weights
    std::string note;            ///< why it isn't quite this network's; mostly empty
};

struct NetworkAccuracy
{
    std::vector<AccuracyFigure> published; ///< by papers; the first is the one to show
    std::vector<AccuracyFigure> released;  ///< of weights that can be had; likewise
    std::string none;                      ///< why no paper has a figure; empty where one has
};

/// resources/accuracy.json, which is compiled into the program.
class AccuracyTable
{
public:
    /// Throws Error(BadInput) for a broken file.
    [[nodiscard]] static AccuracyTable fromJson(std::string_view json);
    [[nodiscard]] static const AccuracyTable& bundled();

    /// Null for a network that isn't in the file.
    [[nodiscard]] const NetworkAccuracy* of(std::string_view network) const;
    /// What a figure of a subset of the pictures is about, and what it hides.
    [[nodiscard]] const std::string& subset() const { return m_subset; }
    /// Ids, in alphabetical order.
    [[nodiscard]] std::vector<std::string> networks() const;

private:
    std::map<std::string, NetworkAccuracy, std::less<>> m_networks;
    std::string m_subset;
};

/// A figure as its source prints it: "BN-GoogLeNet, errors: top-1 26.8 %, top-5 not printed
/// (arXiv:1512.00567 table 3)".
[[nodiscard]] std::string citation(const AccuracyFigure& figure);

} // namespace inceptoscope
