#!/usr/bin/env python3
"""From a finished training to what the project ships and shows:

    report.py --work DIR

writes ../weights/googlenet_bn.safetensors (float16, labels and preprocessing in its metadata),
and here curve.svg, confusion.png, filters.png and accuracy.json, measured on the test pictures with
the weights as they are stored. Needs python3-matplotlib in addition.
"""

import argparse
import json
import os
import struct

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import torch

import dataset
import pictures
import train

HERE = os.path.dirname(os.path.abspath(__file__))
GREY = {"axes.edgecolor": "#777", "text.color": "#222", "axes.labelcolor": "#222", "font.size": 9,
        "svg.hashsalt": "inceptoscope"}


def half_weights(net):
    """The network's tensors as float16, without the counters that only training needs."""
    tensors = {}
    for key, value in net.state_dict().items():
        if key.endswith("num_batches_tracked"):
            continue
        half = value.detach().cpu().float().numpy().astype(np.float16)
        if not np.isfinite(half).all():
            raise SystemExit(f"{key} doesn't fit into float16")
        tensors[key] = half
    return tensors


def write_safetensors(path, tensors, metadata):
    header, offset = {"__metadata__": metadata}, 0
    for key, value in tensors.items():
        header[key] = {"dtype": "F16", "shape": list(value.shape),
                       "data_offsets": [offset, offset + value.nbytes]}
        offset += value.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path + ".part", "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for value in tensors.values():
            out.write(value.tobytes())
    os.replace(path + ".part", path)


def draw_curve(curve, path):
    seen, total = [], 0
    for i, point in enumerate(curve):
        before = curve[i - 1]["step"] if i and curve[i - 1]["size"] == point["size"] else 0
        batch = next(b for size, _, b, _ in train.PHASES if size == point["size"])
        total += (point["step"] - before) * batch
        seen.append(total / 1000)
    figure, axes = plt.subplots(figsize=(7.2, 3.2))
    axes.plot(seen, [100 * p["train"] for p in curve], color="#8aa4c8", label="training pictures")
    axes.plot(seen, [100 * p["validation"] for p in curve], color="#d1600a",
              label="validation pictures")
    for a, b in zip(range(len(curve)), range(1, len(curve))):
        if curve[a]["size"] != curve[b]["size"]:
            axes.axvline(seen[a], color="#bbb", linewidth=0.8)
            axes.text(seen[a], 2, f" {curve[b]['size']} px", color="#555", rotation=90)
    axes.text(0, 2, f" {curve[0]['size']} px", color="#555", rotation=90)
    axes.set(xlabel="pictures seen, in thousands", ylabel="right, in %", ylim=(0, 100),
             xlim=(0, seen[-1]))
    axes.legend(loc="center right", frameon=False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def draw_confusion(matrix, path):
    share = matrix / matrix.sum(1, keepdims=True)
    n = len(share)
    figure, axes = plt.subplots(figsize=(13, 13))
    axes.imshow(np.sqrt(share), cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(n), pictures.CLASSES, rotation=90, fontsize=6)
    axes.set_yticks(range(n), pictures.CLASSES, fontsize=6)
    axes.set(xlabel="said", ylabel="shown")
    axes.tick_params(length=0)
    figure.tight_layout()
    figure.savefig(path, dpi=100)
    plt.close(figure)


def draw_filters(weight, path):
    """The 64 filters of the first layer, each scaled to its own largest value."""
    tile, gap = 42, 3
    sheet = np.full((8 * (tile + gap) + gap, 8 * (tile + gap) + gap, 3), 255, np.uint8)
    order = np.argsort(-np.square(weight).sum((1, 2, 3)))
    for place, i in enumerate(order):
        filter_ = weight[i].transpose(1, 2, 0)
        shown = (filter_ / np.abs(filter_).max() * 127.5 + 127.5).astype(np.uint8)
        y, x = (gap + (tile + gap) * k for k in divmod(place, 8))
        sheet[y:y + tile, x:x + tile] = shown.repeat(6, 0).repeat(6, 1)
    plt.imsave(path, sheet)


def worst_pairs(matrix, count=12):
    off = matrix.copy()
    np.fill_diagonal(off, 0)
    order = np.argsort(-off, axis=None)[:count]
    return [{"shown": pictures.CLASSES[i], "said": pictures.CLASSES[j], "times": int(off[i, j])}
            for i, j in zip(*np.unravel_index(order, off.shape))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", required=True, help="the folder that train.py worked in")
    work = parser.parse_args().work
    torch.set_num_threads(os.cpu_count())
    plt.rcParams.update(GREY)

    state = torch.load(os.path.join(work, "checkpoint.pt"), map_location="cpu")
    net = train.make_network()
    net.load_state_dict(state["net"])
    tensors = half_weights(net)
    net.load_state_dict({k: torch.from_numpy(v.astype(np.float32)) for k, v in tensors.items()},
                        strict=False)
    net = net.to(memory_format=torch.channels_last)

    images, labels = dataset.prepare(work, "test")
    said, right = train.accuracy(net, images, labels, 224, "cpu")
    n = len(pictures.CLASSES)
    matrix = np.zeros((n, n), int)
    np.add.at(matrix, (labels, said), 1)
    by_class = np.diag(matrix) / matrix.sum(1)
    families = {}
    for family, members in pictures.FAMILIES.items():
        indices = [pictures.CLASSES.index(name) for name in members]
        families[family] = round(float(by_class[indices].mean()), 4)
    result = {"pictures": len(labels), "top1": round(right, 4), "by_family": families,
              "by_class": {name: round(float(a), 3) for name, a in zip(pictures.CLASSES, by_class)},
              "most_confused": worst_pairs(matrix), "training_seconds": round(state["seconds"])}
    with open(os.path.join(HERE, "accuracy.json"), "w") as out:
        json.dump(result, out, indent=1)
        out.write("\n")

    draw_curve(state["curve"], os.path.join(HERE, "curve.svg"))
    draw_confusion(matrix, os.path.join(HERE, "confusion.png"))
    draw_filters(tensors["conv1.conv.weight"].astype(np.float32), os.path.join(HERE, "filters.png"))
    weights = os.path.join(HERE, "..", "weights")
    os.makedirs(weights, exist_ok=True)
    write_safetensors(os.path.join(weights, "googlenet_bn.safetensors"), tensors, {
        "title": "Inceptoscope's own pictures: 100 kinds of textures, shapes, solids and scenes",
        "network": "googlenet_bn", "licence": "MIT", "labels": json.dumps(pictures.CLASSES),
        "test_top1": str(result["top1"])})
    print(f"{100 * right:.2f} % of {len(labels)} test pictures right")


if __name__ == "__main__":
    main()
