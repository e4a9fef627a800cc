#!/usr/bin/env python3
"""Writes ONNX files for the tests, with Debian's python3-torch, -torchvision and -onnx:

  make_models.py fixtures FOLDER           the files beside this script, anew
  make_models.py torchvision NET FOLDER OPSET:MODE...
                                           NET_OPSET_MODE.onnx and NET.safetensors (what they hold)
  make_models.py facts FACTS FOLDER [WEIGHTS]
                                           the network of the oracle's FACTS: named.onnx (as ONNX's
                                           model zoo names Caffe's) and shuffled.onnx (names that
                                           say nothing); without WEIGHTS made up, and written

MODE is "folded" (batch normalisation in the convolutions' weights), "kept", or "training" (kept,
with auxiliary heads as further outputs).
"""
import json
import random
import struct
import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")


def write_safetensors(path, tensors, dtype="F32"):
    stored = {"F32": "<f4", "F16": "<f2"}[dtype]
    header, end = {}, 0
    for key, value in tensors.items():
        begin, end = end, end + np.dtype(stored).itemsize * value.size
        header[key] = {"dtype": dtype, "shape": list(value.shape), "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for value in tensors.values():
            file.write(np.ascontiguousarray(value, dtype=stored).tobytes())


def read_safetensors(path):
    with open(path, "rb") as file:
        content = file.read()
    length = struct.unpack("<Q", content[:8])[0]
    types = {"F32": "<f4", "F16": "<f2"}
    tensors = {}
    for key, entry in json.loads(content[8:8 + length]).items():
        if key == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        raw = content[8 + length + begin:8 + length + end]
        tensors[key] = np.frombuffer(raw, types[entry["dtype"]]).reshape(entry["shape"])
    return tensors


def randomise(model):
    """Statistics that no layer shares, so that nothing mixed up goes unnoticed."""
    import torch
    torch.manual_seed(1)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.uniform_(module.bias, -0.5, 0.5)
            torch.nn.init.uniform_(module.running_mean, -0.5, 0.5)
            torch.nn.init.uniform_(module.running_var, 0.5, 2)
            module.momentum = 0.0  # an export in training mode runs the model
        elif isinstance(module, (torch.nn.Conv2d, torch.nn.Linear)):
            torch.nn.init.normal_(module.weight, 0, 0.05)
            if module.bias is not None:
                torch.nn.init.uniform_(module.bias, -0.5, 0.5)


def export(model, size, path, opset, mode):
    import torch
    kinds = {"folded": torch.onnx.TrainingMode.EVAL, "kept": torch.onnx.TrainingMode.PRESERVE,
             "training": torch.onnx.TrainingMode.TRAINING}
    model.train(mode == "training")
    # Two pictures: batch statistics of a single pixel don't exist.
    torch.onnx.export(model, torch.zeros(2 if mode == "training" else 1, 3, size, size), path,
                      opset_version=opset, training=kinds[mode],
                      do_constant_folding=mode == "folded")


def state(model):
    return {key: value.numpy() for key, value in model.state_dict().items()
            if not key.endswith("num_batches_tracked")}


def small_model():
    """A convolution, an Inception module of four branches, a classifier."""
    import torch
    from torch import nn

    class Unit(nn.Module):
        def __init__(self, channels, out, kernel, **options):
            super().__init__()
            self.conv = nn.Conv2d(channels, out, kernel, bias=False, **options)
            self.bn = nn.BatchNorm2d(out, eps=0.001)

        def forward(self, x):
            return torch.relu(self.bn(self.conv(x)))

    class Mixed(nn.Module):
        def __init__(self):
            super().__init__()
            self.b1 = Unit(3, 3, 1)
            self.b2a = Unit(3, 3, 1)
            self.b2b = Unit(3, 4, 3, padding=1)
            self.b3a = Unit(3, 3, 1)
            self.b3b = Unit(3, 4, 3, padding=1)
            self.b4 = Unit(3, 3, 1)

        def forward(self, x):
            pool = torch.nn.functional.max_pool2d(x, 3, 1, 1)
            return torch.cat([self.b1(x), self.b2b(self.b2a(x)), self.b3b(self.b3a(x)),
                              self.b4(pool)], 1)

    class Small(nn.Module):
        def __init__(self):
            super().__init__()
            self.stem = nn.Module()
            self.stem.c = Unit(3, 3, 3, stride=2)
            self.mixed = Mixed()
            self.head = nn.Module()
            self.head.fc = nn.Linear(14, 5)

        def forward(self, x):
            x = self.mixed(self.stem.c(x))
            x = torch.nn.functional.adaptive_avg_pool2d(x, (1, 1))
            x = torch.nn.functional.dropout(torch.flatten(x, 1), 0.5, self.training)
            return self.head.fc(x)

    return Small()


def fixtures(folder):
    model = small_model()
    randomise(model)
    for opset in (9, 13):
        for mode in ("folded", "kept"):
            export(model, 9, f"{folder}/small_{opset}_{mode}.onnx", opset, mode)
    write_safetensors(f"{folder}/small.safetensors", state(model))


def torchvision_nets(net, folder, variants):
    import torchvision
    model = getattr(torchvision.models, net)(weights=None, init_weights=False,
                                             transform_input=True)
    randomise(model)
    write_safetensors(f"{folder}/{net}.safetensors", state(model))
    for variant in variants:
        opset, mode = variant.split(":")
        export(model, 299 if net == "inception_v3" else 224,
               f"{folder}/{net}_{opset}_{mode}.onnx", int(opset), mode)


def layer_nodes(op, source, out):
    """A convolution or linear layer, as conversions of Caffe models have them."""
    from onnx import helper
    key = op["key"]
    inputs = [source, key + "_w_0"] + ([key + "_b_0"] if op["bias"] else [])
    nodes = []
    result = out + "_raw" if "bn" in op else out
    if op["op"] == "conv":
        nodes.append(helper.make_node("Conv", inputs, [result], kernel_shape=op["k"],
                                      strides=op["s"], pads=op["p"] * 2))
    else:
        nodes.append(helper.make_node("Dropout", [source], [out + "_d", out + "_mask"], ratio=0.4))
        nodes.append(helper.make_node("Reshape", [out + "_d", "flat_shape"], [out + "_flat"]))
        nodes.append(helper.make_node("Gemm", [out + "_flat"] + inputs[1:], [result], transB=1))
    if "bn" in op:
        bn = op["bn"]["key"]
        parts = [bn + part for part in ("_w_0", "_b_0", "_running_mean", "_running_var")]
        nodes.append(helper.make_node("BatchNormalization", [result] + parts, [out],
                                      epsilon=op["bn"]["eps"]))
    return nodes


def network_nodes(facts):
    from onnx import helper
    nodes, names = [], {"input": "data_0"}
    for op in facts["ops"]:
        ins, out, kind = [names[i] for i in op["in"]], op["id"], op["op"]
        window = {}
        if "s" in op:
            window = {"kernel_shape": op["k"], "strides": op["s"], "pads": op["p"] * 2}
        if op.get("ceil_mode"):  # which this version can't say otherwise
            window["pads"] = op["p"] + [p + s - 1 for p, s in zip(op["p"], op["s"])]
        if kind in ("conv", "fc"):
            nodes += layer_nodes(op, ins[0], out)
        elif kind == "maxpool":
            nodes.append(helper.make_node("MaxPool", ins, [out], **window))
        elif kind == "avgpool":
            nodes.append(helper.make_node("AveragePool", ins, [out], **window,
                                          count_include_pad=int(op["count_include_pad"])))
        elif kind == "global_avgpool":
            nodes.append(helper.make_node("GlobalAveragePool", ins, [out]))
        elif kind == "lrn":
            nodes.append(helper.make_node("LRN", ins, [out], size=op["size"], alpha=op["alpha"],
                                          beta=op["beta"], bias=op["k"]))
        elif kind == "concat":
            nodes.append(helper.make_node("Concat", ins, [out], axis=1))
        elif kind == "scale":
            nodes.append(helper.make_node("Mul", ins + [f"factor_{op['factor']}"], [out]))
        elif kind == "add":
            nodes.append(helper.make_node("Add", ins, [out]))
        elif kind == "dropout":
            out = ins[0]
        else:
            raise ValueError(kind)
        if op.get("relu"):
            nodes.append(helper.make_node("Relu", [out], [out + "_relu"]))
            out += "_relu"
        names[op["id"]] = out
    nodes.append(helper.make_node("Softmax", [out], ["prob_1"]))
    return nodes


def made_up(facts):
    """Weights of which no two tensors are alike."""
    generator = np.random.default_rng(1)
    weights = {}

    def add(key, shape, low=-1.0, high=1.0):
        weights[key] = generator.uniform(low, high, shape).astype(np.float32)

    for op in facts["ops"]:
        if op["op"] not in ("conv", "fc"):
            continue
        add(op["key"] + ".weight", [op["cout"], op["cin"] // op.get("groups", 1)] + op.get("k", []))
        if op["bias"]:
            add(op["key"] + ".bias", [op["cout"]])
        if "bn" in op:
            for part in (".weight", ".bias", ".running_mean"):
                add(op["bn"]["key"] + part, [op["cout"]])
            add(op["bn"]["key"] + ".running_var", [op["cout"]], 0.5, 2)
    return weights


def renamed(nodes, tensors):
    """The same under names that say nothing."""
    numbers = random.Random(1).sample(range(100000), 10 * len(nodes))
    new = {"data_0": "data_0", "prob_1": "prob_1", "": ""}
    for node in nodes:
        for names in (node.input, node.output):
            for i, name in enumerate(names):
                names[i] = new.setdefault(name, f"x{numbers[len(new)]}")
    for tensor in tensors:
        tensor.name = new[tensor.name]
    random.Random(2).shuffle(tensors)


def facts_nets(facts_path, folder, weights_path=None):
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    with open(facts_path) as file:
        facts = json.load(file)
    weights = read_safetensors(weights_path) if weights_path else made_up(facts)
    if not weights_path:
        write_safetensors(f"{folder}/weights.safetensors", weights)
    for variant in ("named", "shuffled"):
        nodes = network_nodes(facts)
        tensors = [numpy_helper.from_array(np.array([1, -1], dtype=np.int64), "flat_shape")]
        for factor in {op["factor"] for op in facts["ops"] if "factor" in op}:
            tensors.append(numpy_helper.from_array(np.float32(factor), f"factor_{factor}"))
        for key, value in weights.items():
            name = key.replace(".weight", "_w_0").replace(".bias", "_b_0")
            name = name.replace(".running", "_running")
            tensors.append(numpy_helper.from_array(value.astype(np.float32), name))
        if variant == "shuffled":
            renamed(nodes, tensors)
        inputs = [helper.make_tensor_value_info("data_0", TensorProto.FLOAT, [1, 3, 224, 224])]
        inputs += [helper.make_tensor_value_info(t.name, t.data_type, t.dims)
                   for t in tensors]
        outputs = [helper.make_tensor_value_info("prob_1", TensorProto.FLOAT, [1, 1000])]
        graph = helper.make_graph(nodes, facts["net"], inputs, outputs, tensors)
        model = helper.make_model(graph, producer_name="onnx-caffe2", ir_version=3,
                                  opset_imports=[helper.make_opsetid("", 9)])
        onnx.save(model, f"{folder}/{variant}.onnx")


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "fixtures":
        fixtures(*arguments)
    elif command == "torchvision":
        torchvision_nets(arguments[0], arguments[1], arguments[2:])
    elif command == "facts":
        facts_nets(*arguments)
    else:
        sys.exit(__doc__)
