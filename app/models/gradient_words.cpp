#include "models/gradient_words.h"

#include "graph/op.h"

namespace inceptoscope {

namespace {

struct Words
{
    const char* title;
    const char* sentence;
};

Words wordsOf(const GradientOp& op)
{
    return std::visit(
        Overloaded{
            [](const Given&) {
                return Words{"Given", "What is set before a run: where a backward pass starts."};
            },
            [](const Slice&) {
                return Words{"Part", "Of a concatenation's gradient the channels of one branch."};
            },
            [](const Scale&) {
                return Words{"Times a factor", "The residual branch's share of the gradient."};
            },
            [](const ReluGradient&) {
                return Words{
                    "ReLU gradient", "Passes on what comes back where the value was positive."};
            },
            [](const ConvInputGradient&) {
                return Words{
                    "Input gradient",
                    "A convolution backwards: with its weights flipped and transposed."};
            },
            [](const Interleave&) {
                return Words{
                    "Interleave",
                    "Puts the gradients between a stride's positions in their places."};
            },
            [](const WeightGradient&) {
                return Words{
                    "Weight gradient", "For each weight the sum over all pixels of what it read "
                                       "times what came back."};
            },
            [](const ChannelSum&) {
                return Words{"Bias gradient", "The sum of what came back, channel by channel."};
            },
            [](const Unfold&) {
                return Words{
                    "Unfold",
                    "Takes batch normalisation's factors out of a folded layer's gradient."};
            },
            [](const GammaGradient&) {
                return Words{"Gamma gradient", "By batch normalisation's own factors."};
            },
            [](const MaxPoolIndices&) {
                return Words{"Winners", "Where in each window of a max pool the largest value is."};
            },
            [](const MaxPoolGradient&) {
                return Words{"Max pool gradient", "Hands what came back to each window's winner."};
            },
            [](const AvgPoolGradient&) {
                return Words{
                    "Average pool gradient", "Shares what came back among a window's pixels."};
            },
            [](const AdaptiveAvgPoolGradient&) {
                return Words{
                    "Average gradient", "Shares what came back among the pixels averaged."};
            },
            [](const LrnGradient&) {
                return Words{
                    "LRN gradient", "Its own part, less what it damped of its neighbours."};
            },
            [](const SoftmaxGradient&) {
                return Words{"Softmax gradient", "What one class gains the others lose."};
            },
            [](const L2NormalizeGradient&) {
                return Words{
                    "L2 gradient", "Only what turns the vector; its length doesn't count."};
            },
            [](const CrossEntropy&) {
                return Words{
                    "Cross entropy", "How far the probabilities are from those that should be."};
            },
            [](const CrossEntropyGradient&) {
                return Words{
                    "Cross entropy gradient", "The probabilities, less those that should be."};
            },
            [](const BatchStatistics&) {
                return Words{"Batch statistics", "Each channel's mean and variance in this batch."};
            },
            [](const BatchNormalize&) {
                return Words{
                    "Batch normalisation",
                    "In training: by the statistics of the batch, not by running ones."};
            },
            [](const RunningStatistics&) {
                return Words{"Running statistics", "Moved a little towards those of this batch."};
            },
            [](const BatchNormSums&) {
                return Words{
                    "Batch normalisation sums",
                    "What came back, and that times the normalised values, channel by channel."};
            },
            [](const Column&) {
                return Words{"Column", "One of several values a channel."};
            },
            [](const BatchNormGradient&) {
                return Words{
                    "Batch normalisation gradient",
                    "What came back, less what the batch's mean and variance take of it."};
            },
        },
        op);
}

} // namespace

QString gradientTitle(const GradientOp& op)
{
    return QString::fromUtf8(wordsOf(op).title);
}

QString gradientSentence(const GradientOp& op)
{
    return QString::fromUtf8(wordsOf(op).sentence);
}

} // namespace inceptoscope
