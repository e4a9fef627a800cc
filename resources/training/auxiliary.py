#!/usr/bin/env python3
"""Gives the shipped GoogLeNet its two auxiliary heads, trained on its frozen trunk:

    auxiliary.py --work DIR [--threads N]

reads ../weights/googlenet_bn.safetensors, leaves every tensor of the trunk as it is, and adds the
heads' beside them; what each head gets right is measured with the weights as they are stored and
goes into accuracy.json. The trunk doesn't change, so its maps are computed once, pooled to the 4x4
that a head sees, and kept in DIR: after that a pass over all pictures takes seconds.
Needs what report.py needs.
"""

import argparse
import json
import math
import os
import struct

import numpy as np
import torch
import torch.nn.functional as F
import torchvision

import dataset
import pictures
import report
import train

WEIGHTS = os.path.join(report.HERE, "..", "weights", "googlenet_bn.safetensors")
HEADS = {"aux1": "inception4a", "aux2": "inception4d"}
LOOKS = 1  # random crops of each picture
EPOCHS = 6
BATCH = 128
PEAK_RATE = 0.05
DECAY = 2e-4
SMOOTHING = 0.1


def read_safetensors(path):
    """Tensors by name, and the file's metadata."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    metadata = header.pop("__metadata__")
    return {key: np.frombuffer(data[slice(*entry["data_offsets"])], np.float16)
            .reshape(entry["shape"]) for key, entry in header.items()}, metadata


def load(tensors):
    net = torchvision.models.GoogLeNet(num_classes=len(pictures.CLASSES), aux_logits=True,
                                       transform_input=False, init_weights=False)
    net.load_state_dict({key: torch.from_numpy(value.astype(np.float32))
                         for key, value in tensors.items()}, strict=False)
    return net.eval().to(memory_format=torch.channels_last)


def pooled(net, x):
    """What the heads see of pictures: the maps that they branch off from, pooled to 4x4."""
    seen = {}
    x = x.to(memory_format=torch.channels_last)
    for name, part in net.named_children():
        x = part(x)
        for head, module in HEADS.items():
            if name == module:
                seen[head] = F.adaptive_avg_pool2d(x, (4, 4)).numpy().astype(np.float16)
        if len(seen) == len(HEADS):
            return seen


def look(work, net, name, looks, batch=50):
    """Pooled maps of a set's pictures by head, as float16 on disk, and the labels."""
    images, labels = dataset.prepare(work, name)
    path = os.path.join(work, f"{name}_pooled.npz")
    if not os.path.exists(path):
        n, kept = len(images), {}
        with torch.no_grad():
            for turn in range(max(looks, 1)):
                for i in range(0, n, batch):
                    chosen = np.array(images[i:i + batch])
                    rng = np.random.default_rng((17, turn, i))
                    x = train.augment(chosen, 224, rng) if looks else \
                        torch.from_numpy(chosen).permute(0, 3, 1, 2).float() / 127.5 - 1
                    for head, maps in pooled(net, x).items():
                        if head not in kept:
                            kept[head] = np.empty((max(looks, 1) * n, *maps.shape[1:]), np.float16)
                        at = turn * n + i
                        kept[head][at:at + len(maps)] = maps
                    if i % 1000 == 0:
                        print(f"{name}: looked at {turn * n + i}", flush=True)
        with open(path + ".part", "wb") as out:
            np.savez(out, **kept)
        os.replace(path + ".part", path)
    maps = np.load(path)
    return {head: maps[head] for head in HEADS}, np.tile(labels, max(looks, 1))


def right(head, maps, labels):
    head.eval()
    with torch.no_grad():
        said = [head(torch.from_numpy(maps[i:i + 500].astype(np.float32))).argmax(1).numpy()
                for i in range(0, len(maps), 500)]
    return float((np.concatenate(said) == labels).mean())


def learn(name, head, maps, labels, validation):
    """A head's training; dropout of 0.7 as in the paper."""
    torch.manual_seed(23)
    for parameter in head.parameters():
        if parameter.dim() > 1:
            torch.nn.init.kaiming_normal_(parameter, nonlinearity="relu")
    torch.nn.init.normal_(head.fc2.weight, std=0.01)
    optimizer = torch.optim.SGD(head.parameters(), lr=PEAK_RATE, momentum=0.9, nesterov=True,
                                weight_decay=DECAY)
    rng = np.random.default_rng(29)
    steps = EPOCHS * (len(maps) // BATCH)
    step = 0
    for epoch in range(EPOCHS):
        head.train()
        order, losses = rng.permutation(len(maps)), []
        for i in range(0, len(order) - BATCH + 1, BATCH):
            for group in optimizer.param_groups:
                group["lr"] = PEAK_RATE * 0.5 * (1 + math.cos(math.pi * step / steps))
            chosen = order[i:i + BATCH]
            x = torch.from_numpy(maps[chosen].astype(np.float32))
            loss = F.cross_entropy(head(x), torch.from_numpy(labels[chosen]),
                                   label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(float(loss))
            step += 1
        print(json.dumps({"head": name, "epoch": epoch + 1, "loss": round(np.mean(losses), 4),
                          "validation": round(right(head, *validation), 4)}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", required=True, help="folder for pictures and maps")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    torch.set_num_threads(options.threads)

    tensors, metadata = read_safetensors(WEIGHTS)
    tensors = {key: value for key, value in tensors.items() if key.split(".")[0] not in HEADS}
    net = load(tensors)
    sets = {name: look(options.work, net, name, looks)
            for name, looks in (("heads", LOOKS), ("validation", 0), ("test", 0))}
    for name in HEADS:
        (maps, labels), (seen, known) = sets["heads"], sets["validation"]
        learn(name, getattr(net, name), maps[name], labels, (seen[name], known))

    stored = report.half_weights(net)
    stored = {**tensors, **{k: v for k, v in stored.items() if k.split(".")[0] in HEADS}}
    net = load(stored)
    maps, labels = sets["test"]
    top1 = {name: round(right(getattr(net, name), maps[name], labels), 4) for name in HEADS}
    metadata.update({f"test_top1_{name}": str(share) for name, share in top1.items()})
    report.write_safetensors(WEIGHTS, stored, metadata)
    path = os.path.join(report.HERE, "accuracy.json")
    with open(path) as file:
        accuracy = json.load(file)
    accuracy["auxiliary"] = top1
    with open(path, "w") as out:
        json.dump(accuracy, out, indent=1)
        out.write("\n")
    print(", ".join(f"{name} {100 * share:.2f} %" for name, share in top1.items()),
          f"of {len(labels)} test pictures right")


if __name__ == "__main__":
    main()
