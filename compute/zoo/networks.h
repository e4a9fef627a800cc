#pragma once

#include "zoo/network.h"
#include "zoo/parts.h"

/// One function a network, each in the file of its name. Private to zoo/.
namespace inceptoscope {

[[nodiscard]] Network googlenet(const Size& size);
[[nodiscard]] Network googlenetNaive(const Size& size);
[[nodiscard]] Network googlenetBn(const Size& size);
[[nodiscard]] Network bnInception(const Size& size);
[[nodiscard]] Network bnInceptionSlim(const Size& size);
[[nodiscard]] Network inceptionV2(const Size& size);
[[nodiscard]] Network inceptionV3(const Size& size);
[[nodiscard]] Network inceptionV4(const Size& size);
[[nodiscard]] Network inceptionResnetV1(const Size& size);
[[nodiscard]] Network facenet(const Size& size);
[[nodiscard]] Network inceptionResnetV2(const Size& size);
[[nodiscard]] Network inceptionResnetV2Paper(const Size& size);

} // namespace inceptoscope
