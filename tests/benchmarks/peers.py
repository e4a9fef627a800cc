#!/usr/bin/env python3
"""Inceptoscope beside PyTorch and OpenCV on the same cores, with the same weights and input:

    tests/benchmarks/peers.py [--program build/release/bin/inceptoscope] [--rounds 5] [--networks ID...]

Every round runs each of them once, in turn, so that what else the machine does meets all alike;
results must agree before anything is timed. Prints a table in Markdown. Needs Debian's
python3-torch, python3-torchvision, python3-opencv and python3-onnx.
"""

import argparse
import json
import os
import platform
import statistics
import struct
import subprocess
import tempfile
import time

import cv2
import numpy as np
import torch
import torchvision

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODELS = {
    "googlenet_bn": (224, lambda: torchvision.models.GoogLeNet(aux_logits=False, init_weights=False)),
    "inception_v3": (299, lambda: torchvision.models.Inception3(aux_logits=False,
                                                                init_weights=False)),
}
BOUND = 1e-4  # relative L2 of the logits
RUNS = 5      # of each in a round, after one that doesn't count


def make_model(build):
    """Random weights whose activations neither vanish nor explode."""
    torch.manual_seed(3)
    model = build().eval()
    for module in model.modules():
        if isinstance(module, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.7, 1.3)
    return model


def write_input(path, tensor):
    header = json.dumps({"input": {"dtype": "F32", "shape": list(tensor.shape),
                                   "data_offsets": [0, tensor.nbytes]}}).encode()
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(header)) + header + tensor.tobytes())


def read_tensor(path, name):
    with open(path, "rb") as file:
        size, = struct.unpack("<Q", file.read(8))
        entry = json.loads(file.read(size))[name]
        begin, end = entry["data_offsets"]
        file.seek(8 + size + begin)
        return np.frombuffer(file.read(end - begin), np.float32)


def timed(run):
    run()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def require_equal(name, got, expected):
    error = np.linalg.norm(got.ravel() - expected.ravel()) / np.linalg.norm(expected)
    if not error <= BOUND:
        raise SystemExit(f"{name}: its logits differ from PyTorch's by {error:.2e}")


class Program:
    """Inceptoscope, as its command line measures it."""

    def __init__(self, program, network, weights):
        self.program, self.network, self.weights = program, network, weights

    def logits(self, source, folder):
        out = os.path.join(folder, "activations.safetensors")
        subprocess.run([self.program, "activations", "--input-tensor", source, "--network",
                        self.network, "--weights", self.weights, "--tap", "logits", "-o", out],
                       check=True, stderr=subprocess.DEVNULL)
        return read_tensor(out, "logits")

    def time(self):
        """With random weights: time doesn't depend on values."""
        text = subprocess.run(
            [self.program, "bench", self.network, "--runs", str(RUNS), "--warmup", "1", "--json"],
            check=True, capture_output=True, text=True).stdout
        return json.loads(text)[0]["median_ms"]


def measure(network, options, folder):
    size, build = MODELS[network]
    model = make_model(build)
    x = torch.randn(1, 3, size, size)
    weights, onnx = os.path.join(folder, "weights.pth"), os.path.join(folder, "model.onnx")
    source = os.path.join(folder, "input.safetensors")
    torch.save(model.state_dict(), weights)
    write_input(source, x.numpy())
    torch.onnx.export(model, x, onnx, opset_version=11)
    with torch.no_grad():
        expected = model(x).numpy()
        traced = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, x)))
    ours = Program(options.program, network, weights)
    peer = cv2.dnn.readNetFromONNX(onnx)

    def opencv():
        peer.setInput(x.numpy())
        return peer.forward()

    def quietly(run):
        def call():
            with torch.no_grad():
                return run(x)
        return call

    require_equal("inceptoscope", ours.logits(source, folder), expected)
    require_equal("OpenCV", opencv(), expected)
    contestants = {"Inceptoscope": ours.time, "OpenCV DNN": lambda: timed(opencv),
                   "PyTorch, eager": lambda: timed(quietly(model)),
                   "PyTorch, optimised": lambda: timed(quietly(traced))}
    for _ in range(3):  # the tracer optimises during its first runs
        quietly(traced)()
    results = {name: [] for name in contestants}
    for _ in range(options.rounds):
        for name, run in contestants.items():
            results[name].append(run())
    return results


def table(network, results):
    ours = statistics.median(results["Inceptoscope"])
    for name, times in results.items():
        median = statistics.median(times)
        print(f"| {network} | {name} | {median:.0f} ({min(times):.0f}-{max(times):.0f}) | "
              f"{median / ours:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program",
                        default=os.path.join(ROOT, "build", "release", "bin", "inceptoscope"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--networks", nargs="+", default=list(MODELS), choices=list(MODELS))
    options = parser.parse_args()
    threads = os.cpu_count()
    torch.set_num_threads(threads)
    cv2.setNumThreads(threads)
    print(f"{platform.processor() or platform.machine()}, {threads} cores; OpenCV "
          f"{cv2.__version__}, PyTorch {torch.__version__}; milliseconds a picture at batch 1, "
          "median of the rounds (least-most)\n")
    print("| network | | ms | Inceptoscope is faster by |\n|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for network in options.networks:
            table(network, measure(network, options, folder))


if __name__ == "__main__":
    main()
