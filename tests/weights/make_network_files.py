#!/usr/bin/python3
"""Writes torchvision's own networks as people have them, and what they make of a tensor:

  make_network_files.py NET CLASSES FOLDER VARIANT...
                                  (Debian: python3-torch, python3-torchvision)

FOLDER gets input.safetensors, expected.safetensors (logits and auxiliary, an auxiliary head's, of
the input; probabilities of picture.ppm, normalised as torchvision's pretrained networks want it,
which have transform_input), and a file VARIANT for each of: zip, legacy, checkpoint (with class names), parallel, nested, half,
double, channels_last, parameters, safetensors, safetensors_half, onnx_OPSET_MODE_FOLDING (MODE is
eval, preserve or training, FOLDING 0 or 1), onnx_transform (with transform_input). "all": all of
them. NET is googlenet or inception_v3; -noaux behind it leaves the auxiliary heads out.
"""
import os
import sys
from collections import OrderedDict

import numpy as np
import torch
import torchvision

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "onnx"))
from make_models import randomise, write_safetensors  # noqa: E402

ONNX = [f"onnx_{opset}_{mode}_{folding}" for opset in (9, 11, 13, 14)
        for mode, folding in (("eval", 1), ("eval", 0), ("preserve", 1), ("preserve", 0),
                              ("training", 0))]


def floats(state, convert):
    return {key: convert(value) if value.is_floating_point() else value
            for key, value in state.items()}


def checkpoint(model):
    classes = model.fc.out_features
    return {"epoch": 3, "best": 0.5, "classes": [f"thing {i}" for i in range(classes)],
            "state_dict": model.state_dict()}


def parallel(model):
    return OrderedDict(("module." + key, value) for key, value in model.state_dict().items())


def last(value):
    return value.contiguous(memory_format=torch.channels_last) if value.dim() == 4 else value


STATES = {
    "zip": lambda model: model.state_dict(),
    "legacy": lambda model: model.state_dict(),
    "checkpoint": checkpoint,
    "parallel": parallel,
    "nested": lambda model: {"model": parallel(model), "epoch": 1},
    "half": lambda model: floats(model.state_dict(), torch.Tensor.half),
    "double": lambda model: floats(model.state_dict(), torch.Tensor.double),
    "channels_last": lambda model: floats(model.state_dict(), last),
    "parameters": lambda model: floats(model.state_dict(), torch.nn.Parameter),
}


def export(model, size, path, opset, mode, folding):
    modes = torch.onnx.TrainingMode
    kinds = {"eval": modes.EVAL, "preserve": modes.PRESERVE, "training": modes.TRAINING}
    model.train(mode == "training")
    # Two pictures: batch statistics of a single pixel don't exist.
    torch.onnx.export(model, torch.zeros(2 if mode == "training" else 1, 3, size, size), path,
                      opset_version=int(opset), training=kinds[mode],
                      do_constant_folding=folding == "1")
    model.eval()


def write(model, size, variant, path):
    if variant in STATES:
        torch.save(STATES[variant](model), path,
                   _use_new_zipfile_serialization=variant != "legacy")
    elif variant.startswith("safetensors"):
        half = variant.endswith("half")
        state = floats(model.state_dict(), torch.Tensor.half) if half else model.state_dict()
        write_safetensors(path, {key: value.numpy() for key, value in state.items()
                                 if value.is_floating_point()}, "F16" if half else "F32")
    elif variant == "onnx_transform":
        model.transform_input = True
        export(model, size, path, 13, "eval", "1")
        model.transform_input = False
    else:
        export(model, size, path, *variant.split("_")[1:])


def auxiliary_logits(model, x):
    """Of the first auxiliary head, which a model in evaluation leaves out."""
    inner = model.inception4a if hasattr(model, "inception4a") else model.Mixed_6e
    head = model.aux1 if hasattr(model, "inception4a") else model.AuxLogits
    found = []
    hook = inner.register_forward_hook(lambda module, args, result: found.append(result))
    model(x)
    hook.remove()
    return head(found[0])


def picture_probabilities(model, size, path):
    pixels = np.random.default_rng(6).integers(0, 256, (size, size, 3), dtype=np.uint8)
    with open(path, "wb") as file:
        file.write(f"P6 {size} {size} 255\n".encode() + pixels.tobytes())
    x = torch.from_numpy(pixels.astype(np.float32) / 255).permute(2, 0, 1)[None]
    mean = torch.tensor([0.485, 0.456, 0.406]).reshape(1, 3, 1, 1)
    deviation = torch.tensor([0.229, 0.224, 0.225]).reshape(1, 3, 1, 1)
    model.transform_input = True
    probabilities = torch.softmax(model((x - mean) / deviation), 1)
    model.transform_input = False
    return probabilities.numpy()


def main(net, classes, folder, variants):
    name, _, without = net.partition("-")
    model = getattr(torchvision.models, name)(
        weights=None, init_weights=False, num_classes=int(classes), transform_input=False,
        aux_logits=without == "")
    randomise(model)
    model.eval()
    size = 299 if name == "inception_v3" else 224
    x = torch.from_numpy(np.random.default_rng(5).normal(0, 1, (1, 3, size, size)).astype("<f4"))
    with torch.no_grad():
        expected = {"logits": model(x).numpy(),
                    "probabilities": picture_probabilities(model, size, f"{folder}/picture.ppm")}
        if not without:
            expected["auxiliary"] = auxiliary_logits(model, x).numpy()
    write_safetensors(f"{folder}/input.safetensors", {"input": x.numpy()})
    write_safetensors(f"{folder}/expected.safetensors", expected)
    if variants == ["all"]:
        variants = [*STATES, "safetensors", "safetensors_half", *ONNX, "onnx_transform"]
    for variant in variants:
        try:
            write(model, size, variant, f"{folder}/{variant}")
        except torch.onnx.errors.OnnxExporterError as error:
            print(f"{variant}: PyTorch can't: {error}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
