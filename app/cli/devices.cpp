#include "cli/command.h"
#include "cli/output.h"
#include "vulkan/device.h"

namespace inceptoscope {

namespace {

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
        {"reason", d.reason}};
}

std::string mebibytes(uint64_t bytes)
{
    return std::to_string(bytes >> 20U) + " MiB";
}

const char* yesNo(bool value)
{
    return value ? "yes" : "no";
}

std::string describe(const DeviceInfo& d)
{
    std::string text = std::to_string(d.index) + "  " + d.name + "\n";
    const auto line = [&](const std::string& what, const std::string& value) {
        text += "   " + what + std::string(22 - what.size(), ' ') + value + "\n";
    };
    line("usable", d.usable ? "yes" : "no: " + d.reason);
    line("type", d.type);
    line("driver", d.driver);
    line("Vulkan", d.apiVersion);
    line("memory", mebibytes(d.memoryBytes));
    line("largest allocation", mebibytes(d.maxAllocationBytes));
    line("largest binding", mebibytes(d.maxStorageBufferRange));
    line("texel buffer elements", std::to_string(d.maxTexelBufferElements));
    line("subgroup size", std::to_string(d.subgroupSize));
    line("precisions", d.fp16Storage ? "fp32, fp16" : "fp32");
    line("fp16 arithmetic", yesNo(d.fp16));
    line("fp16 storage", yesNo(d.fp16Storage));
    line("cooperative matrix", yesNo(d.cooperativeMatrix));
    line("timestamps", yesNo(d.timestampNanoseconds > 0));
    return text;
}

int run(bool json)
{
    const Instance instance;
    const std::vector<DeviceInfo> devices = instance.devices();
    if (json) {
        Json list = Json::array();
        for (const DeviceInfo& device : devices)
            list.push_back(toJson(device));
        writeJson(list);
        return 0;
    }
    std::string text;
    for (const DeviceInfo& device : devices)
        text += (text.empty() ? "" : "\n") + describe(device);
    writeOutput(text.empty() ? "No Vulkan device.\n" : text);
    return 0;
}

} // namespace

void addDevices(CLI::App& app, Action& action)
{
    const auto json = std::make_shared<bool>(false);
    CLI::App* command = app.add_subcommand("devices", "List the Vulkan devices");
    command->add_flag("--json", *json, "Print JSON");
    command->callback([json, &action] { action = [json] { return run(*json); }; });
}

} // namespace inceptoscope
