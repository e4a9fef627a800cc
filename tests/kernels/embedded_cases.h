#pragma once

namespace inceptoscope {

/// A few cases of the oracle's ops.json, so that the reference means something without it.
constexpr const char* embeddedCases = R"json({"cases": [
{"id": "conv1x1_spatial1", "op": "conv", "inputs": [{"key": "ops/conv1x1_spatial1.x",
"shape": [1, 13, 1, 1], "scale": 1.0, "offset": 0.0}], "params": {"kernel": [1, 1],
"stride": [1, 1], "pad_left_right_top_bottom": [0, 0, 0, 0], "groups": 1, "bias": true,
"bn_eps": null, "bn_gamma": null, "relu": false}, "weights": [{"key": "ops/conv1x1_spatial1.conv.weight",
"shape": [7, 13, 1, 1]}, {"key": "ops/conv1x1_spatial1.conv.bias", "shape": [7]}], "out_shape":
[1, 7, 1, 1], "out": [0.375696366, 1.00488254, 0.0114329126, 0.467483755, 1.04986461,
-0.291381727, -0.0584237556]},
{"id": "conv5x5_to_1x1", "op": "conv", "inputs": [{"key": "ops/conv5x5_to_1x1.x", "shape":
[1, 7, 5, 5], "scale": 1.0, "offset": 0.0}], "params": {"kernel": [5, 5], "stride":
[1, 1], "pad_left_right_top_bottom": [0, 0, 0, 0], "groups": 1, "bias": false, "bn_eps":
0.001, "bn_gamma": true, "relu": true}, "weights": [{"key": "ops/conv5x5_to_1x1.conv.weight",
"shape": [6, 7, 5, 5]}, {"key": "ops/conv5x5_to_1x1.bn.weight", "shape": [6]}, {"key":
"ops/conv5x5_to_1x1.bn.bias", "shape": [6]}, {"key": "ops/conv5x5_to_1x1.bn.running_mean",
"shape": [6]}, {"key": "ops/conv5x5_to_1x1.bn.running_var", "shape": [6]}], "out_shape":
[1, 6, 1, 1], "out": [0.0, 0.321802207, 0.0, 0.0, 0.0, 0.459322068]},
{"id": "max3s2_4x4", "op": "pool", "inputs": [{"key": "ops/max3s2_4x4.x", "shape": [1,
7, 4, 4], "scale": 1.0, "offset": 0.0}], "params": {"kind": "max", "kernel": [3, 3],
"stride": [2, 2], "pad_hw": [0, 0], "ceil_mode": false}, "out_shape": [1, 7, 1, 1],
"out": [0.68733573, 0.989902496, 0.928764701, 0.815363407, 0.948275566, 0.862697363,
0.841423392]},
{"id": "avg3s1_p1_1x1_exclude", "op": "pool", "inputs": [{"key": "ops/avg3s1_p1_1x1_exclude.x",
"shape": [1, 5, 1, 1], "scale": 1.0, "offset": 0.0}], "params": {"kind": "avg", "kernel":
[3, 3], "stride": [1, 1], "pad_hw": [1, 1], "ceil_mode": false, "count_include_pad":
false}, "out_shape": [1, 5, 1, 1], "out": [-0.650499463, 0.734593511, 0.217665076, 0.741560698,
0.740265012]},
{"id": "lrn5_c1", "op": "lrn", "inputs": [{"key": "ops/lrn5_c1.x", "shape": [1, 1, 2,
2], "scale": 4.0, "offset": 0.0}], "params": {"size": 5, "alpha": 0.5, "beta": 0.75,
"k": 1.0}, "out_shape": [1, 1, 2, 2], "out": [1.63178323, -1.84255577, -1.03356398,
1.8053637]},
{"id": "residual_1.0_linear", "op": "residual_add", "inputs": [{"key": "ops/residual_1.0_linear.x",
"shape": [1, 7, 2, 2], "scale": 1.0, "offset": 0.0}, {"key": "ops/residual_1.0_linear.up",
"shape": [1, 7, 2, 2], "scale": 1.0, "offset": 0.0}], "params": {"scale": 1.0, "relu":
false}, "out_shape": [1, 7, 2, 2], "out": [1.4005512, 0.609269977, 1.4348563, 0.676809907,
0.558974862, 0.154241204, -0.510789752, -0.415540099, -1.14294517, 0.261732697, 0.122528553,
0.120022774, -0.0449932814, -0.154985189, 0.45300138, -0.14373827, -0.0241211653, 0.476810932,
0.184952974, -0.254916072, 0.790121675, 0.985035539, 0.364643693, -0.146603942, 0.531757593,
-0.775256395, -1.24119866, -0.0693663359]},
{"id": "softmax_large", "op": "softmax", "inputs": [{"key": "ops/softmax_large.x", "shape":
[1, 9], "scale": 128.0, "offset": 1024.0}], "params": {"axis": 1}, "out_shape": [1,
9], "out": [1.16905392e-11, 1.41735471e-39, 7.2495542e-41, 6.83792676e-09, 2.2696845e-83,
2.85225577e-69, 0.999999993, 1.47984821e-93, 5.88618696e-100]},
{"id": "fc13to7", "op": "fc", "inputs": [{"key": "ops/fc13to7.x", "shape": [1, 13],
"scale": 1.0, "offset": 0.0}], "params": {"bias": true, "relu": false}, "weights": [{"key":
"ops/fc13to7.fc.weight", "shape": [7, 13]}, {"key": "ops/fc13to7.fc.bias", "shape":
[7]}], "out_shape": [1, 7], "out": [0.287774214, 0.109514031, 0.577039142, 0.0404689366,
0.853157027, -0.679381999, -0.450732245]},
{"id": "pre_caffe_googlenet", "op": "preprocess", "inputs": [{"key": "input", "image_rule":
[5, 4]}], "params": {}, "out_shape": [1, 3, 5, 4], "out": [25.0, 62.0, 87.0, 66.0, 53.0,
34.0, 14.0, 67.0, 58.0, 9.0, 44.0, 68.0, 51.0, 14.0, 48.0, 39.0, 12.0, 72.0, 106.0,
53.0, 30.0, 9.0, 39.0, 18.0, 49.0, 33.0, 0.0, -6.0, 6.0, 40.0, -9.0, 40.0, 32.0, -7.0,
59.0, 13.0, -18.0, -2.0, 8.0, 48.0, -114.0, -108.0, -65.0, -36.0, -26.0, -43.0, -76.0,
-89.0, -72.0, -94.0, -92.0, -61.0, -91.0, -108.0, -30.0, -33.0, -80.0, -90.0, -41.0,
-55.0]}
]})json";

} // namespace inceptoscope
