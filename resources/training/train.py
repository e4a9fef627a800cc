#!/usr/bin/env python3
"""Trains GoogLeNet with batch normalisation on the pictures that pictures/ draws.

    train.py --work DIR [--budget 1.0] [--device cpu] [--threads N]

Small pictures first, full size last: a network without fully connected inner layers learns most
of what it needs at a quarter of the size, sixteen times as fast. Everything is seeded; DIR keeps
the rendered pictures and a checkpoint, from which the same command goes on after a stop.
Needs Debian's python3-torch and python3-torchvision.
"""

import argparse
import json
import math
import os
import time

import numpy as np
import torch
import torch.nn.functional as F
import torchvision

import dataset
import pictures

# Size of the network's input, pictures seen, pictures a step, the set they come from.
PHASES = (
    (64, 180_000, 64, "train"),
    (96, 60_000, 64, "train"),
    (128, 16_000, 50, "train"),
    (224, 4_800, 32, "train_large"),
)
PEAK_RATE = 0.06
WARM_UP = 0.03  # share of the work
DECAY = 2e-4
# Batch normalisation makes a filter's length meaningless but for how fast it turns: the shorter,
# the faster. What the first layer learns is to be looked at, so its filters start short and decay
# sooner; otherwise a third of them would still show the noise that they started from.
FIRST_LENGTH = 0.1
FIRST_DECAY = 0.01
SMOOTHING = 0.1


def make_network():
    net = torchvision.models.GoogLeNet(num_classes=len(pictures.CLASSES), aux_logits=False,
                                       transform_input=False, init_weights=False)
    for module in net.modules():
        if isinstance(module, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
    first = net.conv1.conv.weight
    with torch.no_grad():
        first *= FIRST_LENGTH / first.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
    return net


def augment(batch, size, rng):
    """uint8 [n, h, w, 3] to float [n, 3, size, size] in -1..1: random crops and exposures."""
    out = torch.empty(len(batch), 3, size, size)
    full = batch.shape[1]
    for i, picture in enumerate(batch):
        area = rng.uniform(0.55, 1.0) * full * full
        ratio = math.exp(rng.uniform(-0.2, 0.2))
        w = min(full, int(math.sqrt(area * ratio)))
        h = min(full, int(math.sqrt(area / ratio)))
        x, y = rng.integers(full - w + 1), rng.integers(full - h + 1)
        crop = torch.from_numpy(np.ascontiguousarray(picture[y:y + h, x:x + w]))
        crop = crop.permute(2, 0, 1)[None].float()
        out[i] = F.interpolate(crop, (size, size), mode="bilinear", antialias=True,
                               align_corners=False)[0]
    out = out / 127.5 - 1
    gain = torch.from_numpy(rng.uniform(0.75, 1.25, (len(batch), 1, 1, 1)).astype(np.float32))
    tint = torch.from_numpy(rng.uniform(0.9, 1.1, (len(batch), 3, 1, 1)).astype(np.float32))
    shift = torch.from_numpy(rng.uniform(-0.15, 0.15, (len(batch), 1, 1, 1)).astype(np.float32))
    grey = torch.from_numpy((rng.random((len(batch), 1, 1, 1)) < 0.08).astype(np.float32))
    out = out + (out.mean(1, keepdim=True) - out) * grey
    return (out * gain * tint + shift).clamp_(-1, 1)


class Schedule:
    """Where training stands: phases in order, the learning rate over the work done so far."""

    def __init__(self, budget):
        self.steps = [max(1, int(n * budget / batch)) for _, n, batch, _ in PHASES]
        self.work = [steps * batch * size * size
                     for steps, (size, _, batch, _) in zip(self.steps, PHASES)]

    def rate(self, phase, step):
        done = (sum(self.work[:phase]) + self.work[phase] * step / self.steps[phase])
        t = done / sum(self.work)
        if t < WARM_UP:
            return PEAK_RATE * (t / WARM_UP + 0.02)
        return PEAK_RATE * 0.5 * (1 + math.cos(math.pi * (t - WARM_UP) / (1 - WARM_UP)))


def accuracy(net, images, labels, size, device, batch=50):
    """Predicted class of each picture, resized to `size`, and the share that is right."""
    net.eval()
    predicted = []
    with torch.no_grad():
        for i in range(0, len(images), batch):
            x = torch.from_numpy(np.array(images[i:i + batch])).permute(0, 3, 1, 2).float()
            if x.shape[-1] != size:
                x = F.interpolate(x, (size, size), mode="area")
            x = (x / 127.5 - 1).to(device, memory_format=torch.channels_last)
            predicted.append(net(x).argmax(1).cpu().numpy())
    predicted = np.concatenate(predicted)
    return predicted, float((predicted == labels).mean())


class Training:
    def __init__(self, work, budget, device):
        self.work, self.device = work, device
        self.schedule = Schedule(budget)
        torch.manual_seed(5)
        self.net = make_network().to(device, memory_format=torch.channels_last)
        first = self.net.conv1.conv.weight
        weights = [p for p in self.net.parameters() if p.dim() > 1 and p is not first]
        others = [p for p in self.net.parameters() if p.dim() <= 1]
        self.optimizer = torch.optim.SGD(
            [{"params": [first], "weight_decay": FIRST_DECAY},
             {"params": weights, "weight_decay": DECAY},
             {"params": others, "weight_decay": 0.0}],
            lr=0.01, momentum=0.9, nesterov=True)
        self.phase = self.step = 0
        self.curve = []
        self.seconds = 0.0
        self.checkpoint = os.path.join(work, "checkpoint.pt")
        if os.path.exists(self.checkpoint):
            self.load()

    def load(self):
        state = torch.load(self.checkpoint, map_location=self.device)
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.phase, self.step = state["at"]
        self.curve, self.seconds = state["curve"], state["seconds"]

    def save(self):
        torch.save({"net": self.net.state_dict(), "optimizer": self.optimizer.state_dict(),
                    "at": (self.phase, self.step), "curve": self.curve,
                    "seconds": self.seconds}, self.checkpoint + ".part")
        os.replace(self.checkpoint + ".part", self.checkpoint)
        with open(os.path.join(self.work, "curve.json"), "w") as out:
            json.dump({"seconds": self.seconds, "curve": self.curve}, out, indent=1)

    def learn(self, x, y):
        self.net.train()
        with torch.autocast(self.device, dtype=torch.bfloat16):
            logits = self.net(x.to(self.device, memory_format=torch.channels_last))
        loss = F.cross_entropy(logits.float(), y.to(self.device), label_smoothing=SMOOTHING)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return float(loss), float((logits.argmax(1).cpu() == y).float().mean())

    def run(self):
        validation = dataset.prepare(self.work, "validation")
        while self.phase < len(PHASES):
            size, _, batch, name = PHASES[self.phase]
            images, labels = dataset.prepare(self.work, name)
            losses, hits = [], []
            start = time.time()
            while self.step < self.schedule.steps[self.phase]:
                rng = np.random.default_rng((11, self.phase, self.step))
                for group in self.optimizer.param_groups:
                    group["lr"] = self.schedule.rate(self.phase, self.step)
                chosen = np.sort(rng.integers(len(images), size=batch))
                x = augment(images[chosen], size, rng)
                loss, hit = self.learn(x, torch.from_numpy(labels[chosen]))
                losses.append(loss)
                hits.append(hit)
                self.step += 1
                if self.step % 250 == 0 or self.step == self.schedule.steps[self.phase]:
                    self.seconds += time.time() - start
                    self.report(size, losses, hits, validation)
                    losses, hits = [], []
                    start = time.time()
            self.phase, self.step = self.phase + 1, 0
            self.save()

    def report(self, size, losses, hits, validation):
        images, labels = validation
        _, held_out = accuracy(self.net, images[::5], labels[::5], size, self.device)
        point = {"size": size, "step": self.step, "seconds": round(self.seconds),
                 "loss": round(float(np.mean(losses)), 4),
                 "train": round(float(np.mean(hits)), 4), "validation": round(held_out, 4)}
        self.curve.append(point)
        print(json.dumps(point), flush=True)
        self.save()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", required=True, help="folder for pictures and checkpoint")
    parser.add_argument("--budget", type=float, default=1.0, help="share of the full training")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    torch.set_num_threads(options.threads)
    Training(options.work, options.budget, options.device).run()


if __name__ == "__main__":
    main()
