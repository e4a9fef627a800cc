"""PyTorch's times on this machine's GPU, a line of JSON each, so that what was measured stays when it
is stopped: gpu_torch.py LAYERS.json (network -> its convolutions as `networks ID --json` lists them).
First torchvision's networks at batch 1 as they are, then each convolution alone, which cuDNN computes.
"""

import json
import statistics
import sys
import time


def say(**row):
    print(json.dumps(row), flush=True)


try:
    import torch
    from torch.nn import functional
except ImportError as problem:
    say(absent=f"PyTorch isn't there ({problem})")
    raise SystemExit(0)

GPU = torch.cuda.is_available()
DEVICE = "cuda" if GPU else "cpu"
RUNS, REPEATS = (30, 20) if GPU else (3, 1)
PRECISIONS = {"fp32": torch.float32, **({"fp16": torch.float16} if GPU else {})}
MODELS = {"googlenet_bn": "googlenet", "inception_v3": "inception_v3"}


def milliseconds(run, repeats=1):
    """Median of one run's time, measured over `repeats` at once."""
    for _ in range(3):
        run()
    times = []
    for _ in range(RUNS):
        if GPU:
            torch.cuda.synchronize()
        start = time.perf_counter()
        for _ in range(repeats):
            run()
        if GPU:
            torch.cuda.synchronize()
        times.append((time.perf_counter() - start) * 1e3 / repeats)
    return statistics.median(times)


def captured(run, repeats=1):
    """`repeats` runs as one CUDA graph, which leaves out what Python and launches take."""
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            run()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        for _ in range(repeats):
            run()
    return graph.replay


def whole_networks():
    try:
        import torchvision
    except ImportError as problem:
        say(note=f"whole networks weren't measured: {problem}")
        return
    for network, name in MODELS.items():
        for precision, dtype in PRECISIONS.items():
            model = getattr(torchvision.models, name)(weights=None, aux_logits=False, init_weights=False)
            size = 299 if name == "inception_v3" else 224
            model = model.eval().to(DEVICE, dtype)
            x = torch.randn(1, 3, size, size, device=DEVICE, dtype=dtype)
            say(network=network, precision=precision, how="eager", ms=milliseconds(lambda: model(x)))
            if GPU:
                say(network=network, precision=precision, how="CUDA graph",
                    ms=milliseconds(captured(lambda: model(x))))
                last = model.to(memory_format=torch.channels_last)
                y = x.to(memory_format=torch.channels_last)
                say(network=network, precision=precision, how="CUDA graph, channels last",
                    ms=milliseconds(captured(lambda: last(y))))


def layer(op, precision, dtype):
    """(key as `inceptoscope tune` writes it, ms)"""
    channels, height, width = op["in_shape"]
    rows, columns = op["kernel"]
    left, right, top, bottom = op["padding"]
    key = (f"{channels}x{height}x{width} to {op['out_shape'][0]}, kernel {rows}x{columns}, stride "
           f"{op['stride'][0]}x{op['stride'][1]}, padding {top}x{bottom}x{left}x{right}, groups 1, "
           f"{precision}")
    x = torch.randn(1, channels, height, width, device=DEVICE, dtype=dtype)
    w = torch.randn(op["out_shape"][0], channels, rows, columns, device=DEVICE, dtype=dtype)
    b = torch.randn(op["out_shape"][0], device=DEVICE, dtype=dtype)

    def run():
        padded = x if (left, top) == (right, bottom) else functional.pad(x, (left, right, top, bottom))
        at = (top, left) if padded is x else 0
        return functional.conv2d(padded, w, b, tuple(op["stride"]), at)

    # The graph's runs are counted, the plain loop's are not many launches of little work.
    return key, (milliseconds(captured(run, REPEATS)) / REPEATS if GPU
                 else milliseconds(run, REPEATS))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        networks = json.load(file)
    torch.backends.cudnn.benchmark = True
    # fp32 means fp32, as with us.
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_tf32 = False
    say(torch=torch.__version__, device=torch.cuda.get_device_name() if GPU else "cpu",
        cudnn=torch.backends.cudnn.version() if GPU else None)
    with torch.no_grad():
        whole_networks()
        for network, ops in networks.items():
            for precision, dtype in PRECISIONS.items():
                known = {}
                for op in ops:
                    shape = json.dumps([op[k] for k in ("in_shape", "out_shape", "kernel", "stride",
                                                        "padding")])
                    if shape not in known:
                        known[shape] = layer(op, precision, dtype)
                    key, ms = known[shape]
                    say(network=network, precision=precision, op=op["name"], layer=key, ms=ms)


if __name__ == "__main__":
    main()
