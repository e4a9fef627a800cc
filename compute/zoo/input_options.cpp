#include "zoo/input_options.h"

#include "ascii.h"
#include "error.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace inceptoscope {

namespace {

constexpr std::array keys = {"channel_order", "input_range", "input_mean",   "input_std",
                             "input_size",    "resize",      "crop_fraction"};
constexpr uint32_t mostPixels = 8192;

/// One option's text.
struct Text
{
    std::string where;
    std::string key;
    std::string value;

    [[noreturn]] void refuse(const char* expected) const
    {
        std::string printable = value.substr(0, 60);
        for (char& c : printable)
            c = c >= ' ' && c <= '~' ? c : '?';
        throw Error(
            ErrorKind::BadInput,
            where + ": " + key + " is \"" + printable + "\", " + expected + " was expected");
    }

    /// Numbers between commas or spaces, perhaps in brackets; finite ones only.
    [[nodiscard]] std::vector<double> numbers(const char* expected) const
    {
        constexpr std::string_view between = " ,\t";
        std::string_view rest = value;
        if (rest.starts_with('[') || rest.starts_with('(')) {
            if (!rest.ends_with(rest.front() == '[' ? ']' : ')'))
                refuse(expected);
            rest = rest.substr(1, rest.size() - 2);
        }
        std::vector<double> all;
        while (true) {
            rest.remove_prefix(std::min(rest.find_first_not_of(between), rest.size()));
            if (rest.empty())
                break;
            double number = 0;
            const auto [end, fault] =
                std::from_chars(rest.data(), rest.data() + rest.size(), number);
            rest.remove_prefix(size_t(end - rest.data()));
            const bool ends = rest.empty() || between.find(rest.front()) != rest.npos;
            if (fault != std::errc() || !ends || !std::isfinite(number) || all.size() == 3)
                refuse(expected);
            all.push_back(number);
        }
        if (all.empty())
            refuse(expected);
        return all;
    }

    [[nodiscard]] std::array<float, 3> channels(const char* expected) const
    {
        const std::vector<double> all = numbers(expected);
        if (all.size() == 2)
            refuse(expected);
        return {float(all[0]), float(all[all.size() / 2]), float(all[all.size() - 1])};
    }

    [[nodiscard]] ChannelOrder order() const
    {
        std::string upper = value;
        for (char& c : upper)
            c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
        if (upper != "RGB" && upper != "BGR")
            refuse("RGB or BGR");
        return upper == "RGB" ? ChannelOrder::Rgb : ChannelOrder::Bgr;
    }

    /// "255", or from 0 on: "[0, 255]".
    [[nodiscard]] float range() const
    {
        constexpr const char* expected = "1 or 255";
        const std::vector<double> all = numbers(expected);
        const bool fromZero = all.size() == 1 || (all.size() == 2 && all[0] == 0);
        if (!fromZero || !(all.back() > 0) || float(all.back()) <= 0)
            refuse(expected);
        return float(all.back());
    }

    [[nodiscard]] uint32_t pixels(const char* expected) const
    {
        std::vector<double> all = numbers(expected);
        if (all.size() == 3 && all[0] == 3) // channels, rows, columns
            all.erase(all.begin());
        const bool square = all.size() == 1 || (all.size() == 2 && all[0] == all[1]);
        const double side = all.back();
        if (!square || side < 1 || side > mostPixels || side != std::floor(side))
            refuse(expected);
        return uint32_t(side);
    }

    [[nodiscard]] double fraction() const
    {
        constexpr const char* expected = "a number above 0.1 and up to 1";
        const std::vector<double> all = numbers(expected);
        if (all.size() != 1 || all[0] <= 0.1 || all[0] > 1)
            refuse(expected);
        return all[0];
    }
};

std::string listed(const std::array<float, 3>& values)
{
    std::string text;
    const bool same = values[0] == values[1] && values[1] == values[2];
    for (size_t i = 0; i < (same ? 1 : values.size()); ++i)
        text += (i > 0 ? ", " : "") + ascii::general(double(values.at(i)), 5);
    return same ? text : "(" + text + ")";
}

} // namespace

bool isInputOption(const std::string& key)
{
    return std::ranges::find(keys, key) != keys.end();
}

InputOptions inputOptions(const std::map<std::string, std::string>& pairs, const std::string& where)
{
    constexpr const char* side = "a side in pixels, from 1 to 8192,";
    InputOptions options;
    for (const auto& [key, value] : pairs) {
        const Text text{.where = where, .key = key, .value = value};
        if (key == "channel_order")
            options.order = text.order();
        else if (key == "input_range")
            options.range = text.range();
        else if (key == "input_mean")
            options.mean = text.channels("one number or three");
        else if (key == "input_std")
            options.deviation = text.channels("one number or three");
        else if (key == "input_size")
            options.inputSize = text.pixels(side);
        else if (key == "resize")
            options.resize = text.pixels(side);
        else if (key == "crop_fraction")
            options.cropFraction = text.fraction();
        if (key == "input_std" && std::ranges::any_of(*options.deviation, [](float d) {
                return !(d > 0) || !std::isfinite(1 / d);
            }))
            text.refuse("one number or three above 0");
    }
    return options;
}

Preprocessing withOptions(
    Preprocessing preprocessing, const InputOptions& options, uint32_t input,
    const std::string& where)
{
    if (options.order && *options.order != preprocessing.order) {
        std::swap(preprocessing.mean[0], preprocessing.mean[2]);
        std::swap(preprocessing.scale[0], preprocessing.scale[2]);
        preprocessing.order = *options.order;
    }
    if (options.range || options.mean || options.deviation) {
        preprocessing.mean = options.mean.value_or(std::array<float, 3>{0, 0, 0});
        const auto deviation = options.deviation.value_or(std::array<float, 3>{1, 1, 1});
        const bool large = std::max(
                               *std::ranges::max_element(preprocessing.mean),
                               *std::ranges::max_element(deviation)) > 1;
        preprocessing.range = options.range.value_or(large ? 255.0F : 1.0F);
        for (size_t c = 0; c < 3; ++c)
            preprocessing.scale.at(c) = 1 / deviation.at(c);
    }
    if (options.resize)
        preprocessing.resize = *options.resize;
    else if (options.cropFraction)
        preprocessing.resize = uint32_t(double(input) / *options.cropFraction);
    if ((options.resize || options.cropFraction) && preprocessing.resize < input)
        throw Error(
            ErrorKind::BadInput, where + ": resize is " + std::to_string(preprocessing.resize) +
                                     ", at least the input's " + std::to_string(input) +
                                     " pixels were expected");
    return preprocessing;
}

std::string describe(const Preprocessing& preprocessing)
{
    std::string text = preprocessing.order == ChannelOrder::Bgr ? "BGR" : "RGB";
    text += ", 0.." + ascii::general(double(preprocessing.range), 5);
    const auto all = [](const std::array<float, 3>& values, float value) {
        return std::ranges::all_of(values, [&](float v) { return v == value; });
    };
    if (!all(preprocessing.mean, 0))
        text += ", minus " + listed(preprocessing.mean);
    std::array<float, 3> deviation{};
    std::ranges::transform(
        preprocessing.scale, deviation.begin(), [](float scale) { return 1 / scale; });
    if (!all(preprocessing.scale, 1))
        text += ", divided by " + listed(deviation);
    return text + "; shorter side " + std::to_string(preprocessing.resize);
}

} // namespace inceptoscope
