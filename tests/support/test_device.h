#pragma once

#include <QByteArray>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>

namespace inceptoscope {

/// Where Debian's chromium-common keeps SwiftShader, a driver in software that offers little more
/// than Vulkan promises: subgroups of 4, 65,536 texel-buffer elements, no 64-bit integers, no fp16.
inline constexpr const char* swiftShaderManifest = "/usr/lib/chromium/vk_swiftshader_icd.json";
/// Chromium's own validation layer, years newer than Debian 12's; it comes without a manifest.
inline constexpr const char* newerLayer = "/usr/lib/chromium/libVkLayer_khronos_validation.so";

/// On what ctest's entry runs the test, by INCEPTOSCOPE_TEST_DEVICE: empty is the machine's device,
/// "swiftshader" that driver; with "narrow" nothing is stored in words of 64 bits, "phone" leaves
/// no more of the machine's device than a phone's GPU has to have (gpu.h), and a newer validation
/// layer watches, where there is one.
inline QByteArray testDeviceName()
{
    return qgetenv("INCEPTOSCOPE_TEST_DEVICE");
}

/// Says loudly where a file of chromium-common isn't installed.
inline bool haveChromiums(const char* path)
{
    if (QFileInfo::exists(QString::fromUtf8(path)))
        return true;
    std::fprintf(
        stderr, "\n*** NOT TESTED: %s isn't there; on Debian: sudo apt install chromium-common\n\n",
        path);
    return false;
}

/// The Vulkan loader finds no layers but the newer one then.
inline void useNewerLayer()
{
    static const QTemporaryDir folder;
    QFile manifest(folder.filePath(QStringLiteral("validation.json")));
    if (!manifest.open(QIODevice::WriteOnly))
        qFatal("can't write a manifest in %s", qPrintable(folder.path()));
    manifest.write(QByteArray("{'file_format_version': '1.2.0', 'layer': {"
                              "'name': 'VK_LAYER_KHRONOS_validation', 'type': 'GLOBAL', "
                              "'api_version': '1.4.300', 'implementation_version': '1', "
                              "'description': 'newer', 'library_path': 'LIBRARY'}}")
                       .replace("LIBRARY", newerLayer)
                       .replace('\'', '"'));
    manifest.close();
    qputenv("VK_LAYER_PATH", folder.path().toUtf8());
}

/// Lets the Vulkan loader find what ctest's entry wants, and nothing else of the kind; false where
/// that isn't installed.
inline bool chooseTestDriver()
{
    const QByteArray name = testDeviceName();
    if (name == "phone" && haveChromiums(newerLayer))
        useNewerLayer();
    if (name != "swiftshader")
        return true;
    // Loaders before 1.3.207 know the first name only.
    qputenv("VK_ICD_FILENAMES", swiftShaderManifest);
    qputenv("VK_DRIVER_FILES", swiftShaderManifest);
    return haveChromiums(swiftShaderManifest);
}

} // namespace inceptoscope
