#include "ascii.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "session/peaks.h"
#include "session/self_test.h"
#include "vulkan/newer_driver.h"
#include "vulkan/vector_width.h"

#include <cmath>
#include <map>

namespace inceptoscope {

namespace {

struct DevicesOptions
{
    bool peaks = false;
    bool json = false;
};

/// What --precision takes there.
std::vector<std::string> precisions(const DeviceInfo& d)
{
    return d.fp16Storage ? std::vector<std::string>{"fp32", "fp16"}
                         : std::vector<std::string>{"fp32"};
}

Json toJson(const DeviceInfo& d)
{
    return {
        {"index", d.index},
        {"name", d.name},
        {"type", d.type},
        {"driver", d.driver},
        {"api_version", d.apiVersion},
        {"memory_bytes", d.memoryBytes},
        {"max_allocation_bytes", d.maxAllocationBytes},
        {"max_storage_buffer_bytes", d.maxStorageBufferRange},
        {"max_texel_buffer_elements", d.maxTexelBufferElements},
        {"binding_alignment", d.bindingAlignment},
        {"subgroup_size", d.subgroupSize},
        {"timestamp_ns", d.timestampNanoseconds},
        {"fp16", d.fp16},
        {"fp16_storage", d.fp16Storage},
        {"precisions", precisions(d)},
        {"cooperative_matrix", d.cooperativeMatrix},
        {"usable", d.usable},
        {"reason", d.reason},
        {"faster_driver", newerDriver(d, osRelease())}};
}

std::string mebibytes(uint64_t bytes)
{
    return std::to_string(bytes >> 20U) + " MiB";
}

const char* yesNo(bool value)
{
    return value ? "yes" : "no";
}

std::string line(const std::string& what, const std::string& value)
{
    return "   " + what + std::string(22 - what.size(), ' ') + value + "\n";
}

std::string describe(const DeviceInfo& d)
{
    std::string text = std::to_string(d.index) + "  " + d.name + "\n";
    const auto add = [&](const std::string& what, const std::string& value) {
        text += line(what, value);
    };
    add("usable", d.usable ? "yes" : "no: " + d.reason);
    add("type", d.type);
    add("driver", d.driver);
    add("Vulkan", d.apiVersion);
    add("memory", mebibytes(d.memoryBytes));
    add("largest allocation", mebibytes(d.maxAllocationBytes));
    add("largest binding", mebibytes(d.maxStorageBufferRange));
    add("texel buffer elements", std::to_string(d.maxTexelBufferElements));
    add("subgroup size", std::to_string(d.subgroupSize));
    add("precisions", d.fp16Storage ? "fp32, fp16" : "fp32");
    add("fp16 arithmetic", yesNo(d.fp16));
    add("fp16 storage", yesNo(d.fp16Storage));
    add("cooperative matrix", yesNo(d.cooperativeMatrix));
    add("timestamps", yesNo(d.timestampNanoseconds > 0));
    if (const std::string faster = newerDriver(d, osRelease()); !faster.empty())
        add("faster driver", faster);
    return text;
}

Json toJson(const Peaks& p)
{
    return {
        {"fma_gflops", rounded(p.fmaGflops, 5)},
        {"fma_spread", rounded(p.fmaSpread, 3)},
        {"half_gflops", rounded(p.halfGflops, 5)},
        {"half_spread", rounded(p.halfSpread, 3)},
        {"read_gb_s", rounded(p.readGBs, 5)},
        {"read_spread", rounded(p.readSpread, 3)},
        {"copy_gb_s", rounded(p.copyGBs, 5)},
        {"copy_spread", rounded(p.copySpread, 3)},
        {"host_fma_gflops", rounded(p.hostFmaGflops, 5)},
        {"host_fma_spread", rounded(p.hostFmaSpread, 3)},
        {"host_handover_ns", rounded(p.hostHandoverNs, 3)}};
}

/// "203.1 GFLOP/s (worst attempt 12 % less)"
std::string rate(double best, const char* unit, double spread)
{
    return ascii::fixed(best, 1) + " " + unit + " (worst attempt " + ascii::fixed(spread * 100, 0) +
           " % less)";
}

std::string describe(const Peaks& p)
{
    std::string text = "   measured at best\n";
    text += line("  multiply-add, fp32", rate(p.fmaGflops, "GFLOP/s", p.fmaSpread));
    if (p.halfGflops > 0)
        text += line("  multiply-add, fp16", rate(p.halfGflops, "GFLOP/s", p.halfSpread));
    text += line("  memory read", rate(p.readGBs, "GB/s", p.readSpread));
    text += line("  memory copied", rate(p.copyGBs, "GB/s, both ways", p.copySpread));
    if (p.hostFmaGflops > 0)
        text += line("  processor's own FMA", rate(p.hostFmaGflops, "GFLOP/s", p.hostFmaSpread));
    if (p.hostHandoverNs > 0)
        text += line("  core to core", std::to_string(std::lround(p.hostHandoverNs)) + " ns");
    return text;
}

/// Of every device that can be used; the others have none.
std::map<uint32_t, Peaks> peaksOf(const Instance& instance, const std::vector<DeviceInfo>& devices)
{
    std::map<uint32_t, Peaks> peaks;
    Progress progress("Measuring what the devices can do");
    for (const DeviceInfo& info : devices) {
        if (!info.usable)
            continue;
        Device device(instance, std::to_string(info.index));
        peaks.emplace(info.index, measurePeaks(device));
        progress.update(double(info.index + 1) / double(devices.size()));
    }
    return peaks;
}

int run(const DevicesOptions& options)
{
    preferWideVectors(Beside::Nothing, computesRight);
    const Instance instance;
    const std::vector<DeviceInfo> devices = instance.devices();
    const auto peaks = options.peaks ? peaksOf(instance, devices) : std::map<uint32_t, Peaks>();
    Json list = Json::array();
    std::string text;
    for (const DeviceInfo& device : devices) {
        const auto measured = peaks.find(device.index);
        list.push_back(toJson(device));
        text += (text.empty() ? "" : "\n") + describe(device);
        if (measured == peaks.end())
            continue;
        list.back()["peaks"] = toJson(measured->second);
        text += describe(measured->second);
    }
    if (options.json)
        writeJson(list);
    else
        writeOutput(text.empty() ? "No Vulkan device.\n" : text);
    int code = 0;
    for (const std::string& message : instance.validationMessages()) {
        note("validation: " + message);
        code = 1;
    }
    return code;
}

} // namespace

void addDevices(CLI::App& app, Action& action)
{
    const auto options = std::make_shared<DevicesOptions>();
    CLI::App* command = app.add_subcommand("devices", "List the Vulkan devices");
    command->add_flag(
        "--peaks", options->peaks,
        "Also measure what each can do: multiply-adds, reading and copying of memory");
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace inceptoscope
