#pragma once

// Vulkan's own headers lie where every compiler looks. Through this one they reach only targets
// that link `vulkan`, so that a view-model that would see them by way of others doesn't compile.
#ifndef INCEPTOSCOPE_SEES_VULKAN
#error "Vulkan stays behind the engine: see compute/vulkan/README.md"
#endif

// Qt 6.8 defines it for whoever links Qt Gui; we link the loader, so the functions are there.
#undef VK_NO_PROTOTYPES
#include <vulkan/vulkan_core.h>
