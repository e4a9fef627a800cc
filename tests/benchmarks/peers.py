#!/usr/bin/python3
"""Inceptoscope beside PyTorch and OpenCV on the same cores, with the same weights and input. Part
of tests/benchmarks/run, and can run alone:

    tests/benchmarks/peers.py [--program PROGRAM] [--rounds 5] [--networks ID...]

Every round runs each of them once, in turn, so that what else the machine does meets all alike;
results must agree before anything is timed. Prints a table in Markdown. Needs Debian's
python3-torch, python3-torchvision, python3-opencv and python3-onnx.
"""

import argparse
import json
import os
import statistics
import struct
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKAGES = "python3-torch python3-torchvision python3-opencv python3-onnx"
try:
    import cv2
    import numpy as np
    import onnx  # noqa: F401: torch.onnx.export checks what it wrote with it
    import torch
    import torchvision
    missing = None
except ImportError as error:
    missing = f"the peers can't be measured ({error}): apt install {PACKAGES}"

MODELS = {  # input size, name and options of the class in torchvision.models
    "googlenet_bn": (224, "GoogLeNet"),
    "inception_v3": (299, "Inception3"),
}
OURS, OPENCV = "Inceptoscope", "OpenCV DNN"
EAGER, OPTIMISED = "PyTorch, eager", "PyTorch, `optimize_for_inference`"
BOUND = 1e-4  # relative L2 of the logits
RUNS = 5      # of each in a round, after one that doesn't count


def make_model(name):
    """Random weights whose activations neither vanish nor explode."""
    torch.manual_seed(3)
    model = getattr(torchvision.models, name)(aux_logits=False, init_weights=False).eval()
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


def contestants(network, program, folder):
    """Name -> what runs it and returns milliseconds; all agree on the logits."""
    size, name = MODELS[network]
    model = make_model(name)
    x = torch.randn(1, 3, size, size)
    weights, model_file = os.path.join(folder, "weights.pth"), os.path.join(folder, "model.onnx")
    source = os.path.join(folder, "input.safetensors")
    torch.save(model.state_dict(), weights)
    write_input(source, x.numpy())
    torch.onnx.export(model, x, model_file, opset_version=11)
    with torch.no_grad():
        expected = model(x).numpy()
        traced = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(model, x)))
    ours = Program(program, network, weights)
    peer = cv2.dnn.readNetFromONNX(model_file)

    def opencv():
        peer.setInput(x.numpy())
        return peer.forward()

    def quietly(run):
        def call():
            with torch.no_grad():
                return run(x)
        return call

    require_equal(OURS, ours.logits(source, folder), expected)
    require_equal(OPENCV, opencv(), expected)
    for _ in range(3):  # the tracer optimises during its first runs
        optimised = quietly(traced)()
    require_equal(OPTIMISED, optimised.numpy(), expected)
    return {OURS: ours.time, OPENCV: lambda: timed(opencv), EAGER: lambda: timed(quietly(model)),
            OPTIMISED: lambda: timed(quietly(traced))}


def measure(networks, program, rounds):
    """{"versions": text, "rounds": n, "networks": {id: {name: [milliseconds of each round]}}}"""
    threads = os.cpu_count()
    torch.set_num_threads(threads)
    cv2.setNumThreads(threads)
    results = {"versions": f"OpenCV {cv2.__version__}, PyTorch {torch.__version__}",
               "rounds": rounds, "networks": {}}
    for network in networks:
        with tempfile.TemporaryDirectory() as folder:
            runners = contestants(network, program, folder)
            times = {name: [] for name in runners}
            for _ in range(rounds):
                for name, run in runners.items():
                    times[name].append(run())
        results["networks"][network] = times
    return results


def ratio(times, peer):
    """Our time by a peer's: the median of the rounds' ratios, for what slows a machine down
    for a while slows down both."""
    return statistics.median(a / b for a, b in zip(times[OURS], times[peer]))


def table(results):
    """Markdown: a column a network."""
    networks = results["networks"]
    text = "| | " + " | ".join(networks) + " |\n|---" + "|---" * len(networks) + "|\n"
    for name in next(iter(networks.values())):
        cells = []
        for times in networks.values():
            cell = f"{statistics.median(times[name]):.0f} "
            cell += f"({min(times[name]):.0f}-{max(times[name]):.0f})"
            if name != OURS:
                cell += f", ours takes {ratio(times, name):.2f} of it"
            cells.append(cell)
        text += f"| {name} | " + " | ".join(cells) + " |\n"
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program",
                        default=os.path.join(ROOT, "build", "release", "bin", "inceptoscope"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--networks", nargs="+", default=list(MODELS), choices=list(MODELS))
    options = parser.parse_args()
    if missing:
        raise SystemExit(missing)
    results = measure(options.networks, options.program, options.rounds)
    print(f"{results['versions']}; milliseconds a picture at batch 1, median of "
          f"{options.rounds} rounds (least-most)\n\n{table(results)}", end="")


if __name__ == "__main__":
    main()
