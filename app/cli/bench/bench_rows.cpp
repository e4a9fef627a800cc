#include "cli/bench/bench_rows.h"

#include "ascii.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

double quantile(const Samples& sorted, double share)
{
    const double at = share * double(sorted.size() - 1);
    const auto below = size_t(std::floor(at));
    const size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (at - double(below));
}

/// Of the whole network, or of the part's own layers.
uint64_t weightBytes(const BenchSubject& subject, const Part& part)
{
    if (subject.per == Per::Network)
        return subject.session.weightBytes();
    uint64_t bytes = 0;
    for (const NodeId node : part.nodes)
        bytes += subject.session.weightBytes(node);
    return bytes;
}

/// The arena of the whole network, in which memory is used again; of a part what it writes.
uint64_t activationBytes(const BenchSubject& subject, const Part& part)
{
    if (subject.per == Per::Network)
        return subject.session.activationBytes();
    const Plan& plan = subject.session.plan();
    uint64_t bytes = 0;
    for (const NodeId node : part.nodes)
        if (!plan.isFree(subject.network.graph, node))
            bytes += plan.slots[node].layout.batchBytes();
    return bytes;
}

std::string fixed(const Json& row, const char* key, int decimals, double unit = 1)
{
    return ascii::fixed(row[key].get<double>() / unit, decimals);
}

std::string partName(const Json& row)
{
    if (row.contains("op"))
        return row["op"];
    if (row.contains("branch"))
        return row["module"].get<std::string>() + "/" + row["branch"].get<std::string>();
    return row.contains("module") ? row["module"].get<std::string>() : std::string();
}

} // namespace

Spread spreadOf(Samples samples)
{
    std::sort(samples.begin(), samples.end());
    return {
        .min = samples.front(),
        .q1 = quantile(samples, 0.25),
        .median = quantile(samples, 0.5),
        .q3 = quantile(samples, 0.75),
        .max = samples.back()};
}

Json benchRow(const BenchSubject& subject, const Part& part, const Samples& samples)
{
    const Spread spread = spreadOf(samples);
    Json row{{"network", subject.network.id}};
    if (subject.per != Per::Network)
        row["module"] = part.module;
    if (subject.per == Per::Branch || subject.per == Per::Op)
        row["branch"] = part.branch;
    if (subject.per == Per::Op)
        row["op"] = part.op;
    row["device"] = subject.device;
    row["precision"] = precisionName(subject.precision);
    const uint32_t batch = subject.network.graph[0].shape.n;
    row["batch"] = batch;
    row["runs"] = samples.size();
    row["median_ms"] = rounded(spread.median, 6);
    row["min_ms"] = rounded(spread.min, 6);
    row["q1_ms"] = rounded(spread.q1, 6);
    row["q3_ms"] = rounded(spread.q3, 6);
    row["max_ms"] = rounded(spread.max, 6);
    if (subject.per == Per::Network) {
        const bool timed = spread.median > 0;
        row["images_per_second"] = timed ? rounded(1e3 * double(batch) / spread.median, 6) : 0.0;
        row["ms_per_image"] = rounded(spread.median / double(batch), 6);
    }
    const double gflop = 2.0 * double(batch) * double(part.cost.macs) / 1e9;
    const double gflops = spread.median > 0 ? gflop / (spread.median / 1e3) : 0.0;
    row["gflops"] = rounded(gflops, 5);
    row["weight_bytes"] = weightBytes(subject, part);
    row["activation_bytes"] = activationBytes(subject, part);
    return row;
}

void addPeaks(Json& rows, const Peaks& peaks)
{
    const double peak = peaks.referenceGflops();
    for (Json& row : rows) {
        row["peak_share"] = peak > 0 ? rounded(row["gflops"].get<double>() / peak, 4) : 0.0;
        row["peak_gflops"] = rounded(peak, 5);
        row["shader_peak_gflops"] = rounded(peaks.fmaGflops, 5);
    }
}

std::string benchText(const Json& rows)
{
    constexpr double mebibyte = 1 << 20;
    const Json& first = rows.front();
    const auto batch = first["batch"].get<uint32_t>();
    const std::string batchText =
        batch == 1 ? "" : ", times of batches of " + std::to_string(batch) + " pictures";
    std::string text = first["device"].get<std::string>() + ", " +
                       first["precision"].get<std::string>() + ", median of " +
                       std::to_string(first["runs"].get<size_t>()) +
                       " runs (half of them lie between the quartiles)" +
                       (first.contains("module") ? ", one op at a time" : "") + batchText +
                       "\npeak " + fixed(first, "peak_gflops", 0) + " GFLOP/s, of shaders " +
                       fixed(first, "shader_peak_gflops", 0) + "\n\n";
    const bool whole = first.contains("images_per_second");
    Table table(
        {"NETWORK", whole ? ">IMAGES/s" : "PART", ">MEDIAN ms", ">QUARTILES", ">GFLOP/s",
         ">OF PEAK", ">WEIGHTS MiB", ">ACTIVATIONS MiB"});
    for (const Json& row : rows) {
        const bool counted = row["gflops"].get<double>() > 0; // poolings have no MACs
        table.add(
            {row["network"], whole ? fixed(row, "images_per_second", 2) : partName(row),
             fixed(row, "median_ms", 3), fixed(row, "q1_ms", 3) + "-" + fixed(row, "q3_ms", 3),
             counted ? fixed(row, "gflops", 1) : "",
             counted ? fixed(row, "peak_share", 1, 0.01) + " %" : "",
             fixed(row, "weight_bytes", 2, mebibyte), fixed(row, "activation_bytes", 2, mebibyte)});
    }
    return text + table.text();
}

} // namespace inceptoscope
