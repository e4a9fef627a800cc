#pragma once

#include <array>
#include <string_view>

namespace inceptoscope {

/// Our networks and the files of ../shared/oracle that describe them.
struct OracleNetwork
{
    std::string_view id;
    std::string_view facts;
    float inputScale; ///< of the golden file's input tensor: (pixel - 128) * inputScale
};

constexpr std::array oracleNetworks = {
    OracleNetwork{"googlenet", "own_bvlc_googlenet", 0.5F},
    OracleNetwork{"googlenet_bn", "torchvision_googlenet", 1 / 64.0F},
    OracleNetwork{"bn_inception", "cadene_bninception", 1 / 64.0F},
    OracleNetwork{"bn_inception_slim", "own_slim_inception_v2", 1 / 64.0F},
    OracleNetwork{"inception_v2", "own_article_inception_v2", 1 / 64.0F},
    OracleNetwork{"inception_v3", "torchvision_inception_v3", 1 / 64.0F},
    OracleNetwork{"inception_v4", "timm_inception_v4", 1 / 64.0F},
    OracleNetwork{"inception_resnet_v1", "own_paper_inception_resnet_v1", 1 / 64.0F},
    OracleNetwork{"facenet", "facenet_inception_resnet_v1", 1 / 64.0F},
    OracleNetwork{"inception_resnet_v2", "timm_inception_resnet_v2", 1 / 64.0F},
    OracleNetwork{"inception_resnet_v2_paper", "own_paper_inception_resnet_v2", 1 / 64.0F},
};

} // namespace inceptoscope
