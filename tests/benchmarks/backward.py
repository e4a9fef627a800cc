#!/usr/bin/python3
"""A run forward and backward, ours beside PyTorch's eager mode on the same cores, with the same
weights and input:

    tests/benchmarks/backward.py [--program PROGRAM] [--rounds 5] [--networks ID...]

To the input from one class's logit, and to all parameters from a cross entropy, batch normalisation
with running statistics as the program has it. Every round runs each of them once, in turn; the input
gradients must agree before anything is timed. Prints a table in Markdown. Needs what peers.py needs.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import peers

KINDS = ("input", "parameters")
LABEL = 0
BOUND = 1e-2  # relative L2: what lies near 0 falls to either side of a ReLU, so gradients step


def eager(model, x, wrt):
    """Milliseconds of a run forward and backward, parameters' gradients made anew each time."""
    picture = x.clone().requires_grad_(wrt == "input")
    for parameter in model.parameters():
        parameter.requires_grad_(wrt == "parameters")

    def run():
        model.zero_grad(set_to_none=True)
        picture.grad = None
        logits = model(picture)
        if wrt == "input":
            logits[0, LABEL].backward()
        else:
            peers.torch.nn.functional.cross_entropy(logits, peers.torch.tensor([LABEL])).backward()
    return lambda: peers.timed(run)


def ours(program, network, wrt):
    def run():
        text = subprocess.run(
            [program, "bench", network, "--backward", wrt, "--runs", str(peers.RUNS), "--json"],
            check=True, capture_output=True, text=True).stdout
        return json.loads(text)[0]
    return run


def require_equal_gradients(program, network, model, x, folder):
    weights = os.path.join(folder, "weights.pth")
    source = os.path.join(folder, "input.safetensors")
    out = os.path.join(folder, "gradient.safetensors")
    peers.torch.save(model.state_dict(), weights)
    peers.write_input(source, x.numpy())
    subprocess.run([program, "gradients", "--input-tensor", source, "--network", network,
                    "--weights", weights, "--of", f"class:{LABEL}", "-o", out],
                   check=True, stderr=subprocess.DEVNULL)
    picture = x.clone().requires_grad_(True)
    model(picture)[0, LABEL].backward()
    got, expected = peers.read_tensor(out, "d/input"), picture.grad.numpy().ravel()
    error = peers.np.linalg.norm(got - expected) / peers.np.linalg.norm(expected)
    if not error <= BOUND:
        raise SystemExit(f"{network}: its input gradient differs from PyTorch's by {error:.2e}")


def measure(network, program, rounds):
    """{kind: [(ours, times our forward run, PyTorch's) of each round]}, milliseconds."""
    size, name = peers.MODELS[network]
    model = peers.make_model(name)
    x = peers.torch.randn(1, 3, size, size)
    with tempfile.TemporaryDirectory() as folder:
        require_equal_gradients(program, network, model, x, folder)
    result = {kind: [] for kind in KINDS}
    for _ in range(rounds):
        for kind in KINDS:
            row = ours(program, network, kind)()
            result[kind].append((row["median_ms"], row["ratio"], eager(model, x, kind)()))
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=os.path.join(
        peers.ROOT, "build", "release", "bin", "inceptoscope"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--networks", nargs="+", default=list(peers.MODELS),
                        choices=list(peers.MODELS))
    options = parser.parse_args()
    if peers.missing:
        raise SystemExit(peers.missing)
    peers.torch.set_num_threads(os.cpu_count())
    print(f"PyTorch {peers.torch.__version__}, eager; milliseconds forward and backward at batch 1, "
          f"median of {options.rounds} rounds\n")
    print("| network | to | ours | times our forward run | PyTorch | ours takes |\n"
          "|---|---|---|---|---|---|")
    for network in options.networks:
        for kind, rounds in measure(network, options.program, options.rounds).items():
            mine, times, theirs = (statistics.median(column) for column in zip(*rounds))
            ratio = statistics.median(a / b for a, _, b in rounds)
            print(f"| {network} | {kind} | {mine:.0f} | {times:.2f} | {theirs:.0f} | "
                  f"{ratio:.2f} of it |", flush=True)


if __name__ == "__main__":
    main()
