"""What gpu_measure.py found, as tables in Markdown."""

import statistics


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def heading(title, *columns):
    return f"\n## {title}\n\n" + row(*columns) + "|---" * len(columns) + "|\n"


def outcomes(parts):
    text = heading("What was done", "part", "outcome", "s", "")
    for name, part in parts.items():
        note = part.get("why") or ""
        if "passed" in part:
            note = f"{part['passed']} passed, {part['failed']} failed, {part['skipped']} left out" + \
                (f"; {note}" if note and part["outcome"] != "passed" else "")
        text += row(name, part["outcome"], part["seconds"], note.replace("|", "/").replace("\n", " "))
    return text


def torch_rows(parts):
    return parts.get("torch", {}).get("rows", [])


def networks(parts):
    ours = {(r["network"], p): r for p in ("fp32", "fp16")
            for r in parts.get(f"bench {p}", {}).get("rows", [])}
    if not ours:
        return ""
    whole = {}
    layers = {}
    for r in torch_rows(parts):
        key = (r.get("network"), r.get("precision"))
        if "how" in r:
            whole.setdefault(key, []).append(f"{r['how']} {r['ms']:.3f}")
        elif "layer" in r:
            layers[key] = layers.get(key, 0) + r["ms"]
    text = heading("Networks at batch 1", "network", "precision", "ms (quartiles)", "GFLOP/s",
                   "PyTorch, ms", "cuDNN, sum of its convolutions, ms")
    for key, r in ours.items():
        cudnn = f"{layers[key]:.3f}" if key in layers else ""
        text += row(r["network"], r["precision"],
                    f"{r['median_ms']:.3f} ({r['q1_ms']:.3f}-{r['q3_ms']:.3f})", f"{r['gflops']:.0f}",
                    "; ".join(whole.get(key, [])), cudnn)
    return text


def live(parts):
    rows = parts.get("live", {}).get("rows", [])
    if not rows:
        return ""
    names = ["upload_ms", "preprocess_ms", "network_ms", "maps_ms", "readback_ms", "conversion_ms"]
    text = heading("Live, frames of 640x480", "network", "frames/s", "frame, ms",
                   *(n.removesuffix("_ms") for n in names))
    for r in rows:
        text += row(r["network"], f"{r['frames_per_second']:.1f}", f"{r['median_ms']:.2f}",
                    *(f"{r[n]:.2f}" for n in names))
    return text


def forms(parts):
    """How often each form of a convolution is the fastest, and what it costs to have only that."""
    text = ""
    for precision in ("fp32", "fp16"):
        layers = parts.get(f"forms {precision}", {}).get("layers", [])
        names = sorted({name for layer in layers for name in layer["min_ms"]})
        if not names:
            continue
        text += heading(f"Forms of convolutions, {precision}", "form", "fastest in",
                        "of", "its time by the fastest's, median")
        for name in names:
            having = [layer for layer in layers if name in layer["min_ms"]]
            ratios = [layer["min_ms"][name] / min(layer["min_ms"].values()) for layer in having]
            text += row(name, sum(1 for layer in having if layer["form"] == name), len(having),
                        f"{statistics.median(ratios):.2f}")
    return text


def layers(parts):
    """Our convolutions beside cuDNN's, those first that lose most."""
    cudnn = {r["layer"]: r["ms"] for r in torch_rows(parts) if "layer" in r}
    rows = []
    for precision in ("fp32", "fp16"):
        for layer in parts.get(f"forms {precision}", {}).get("layers", []):
            if layer["layer"] in cudnn:
                best = min(layer["min_ms"].values())
                rows.append((best - cudnn[layer["layer"]], layer, best))
    if not rows:
        return ""
    text = heading("Convolutions that lose most to cuDNN", "layer", "form", "ms", "cuDNN, ms", "ratio")
    for _, layer, best in sorted(rows, key=lambda r: -r[0])[:25]:
        other = cudnn[layer["layer"]]
        text += row(layer["layer"], layer["form"], f"{best:.4f}", f"{other:.4f}", f"{best / other:.2f}")
    return text


def golden(parts):
    worst = parts.get("golden", {}).get("worst", [])
    text = heading("Whole networks against float64", "network and form", "") if worst else ""
    for line in worst:
        if "groups" in line:
            text += row(*line.replace("everyGroup(", "").split(") ", 1))
    return text


def tables(results):
    """All of it; what wasn't measured is left out."""
    parts = results["parts"]
    machine = parts.get("machine", {})
    device = machine.get("device") or {}
    text = (f"# Inceptoscope on {device.get('name', 'no device')}\n\n{results['date']}, source "
            f"{results['source']}; {device.get('driver', '')}, subgroups of "
            f"{device.get('subgroup_size', '?')}; {machine.get('processor', '')}, "
            f"{machine.get('cores', '')} cores, {machine.get('system', '')}, glibc "
            f"{machine.get('glibc', '')}; driver file "
            f"{machine.get('driver_file') or 'as the loader finds it'}.\n")
    if device.get("type") == "cpu":
        text += "\n**No GPU was found: this is a rehearsal on the processor.**\n"
    if parts.get("peaks", {}).get("peaks"):
        text += "\nPeaks: " + ", ".join(f"{k} {v}" for k, v in parts["peaks"]["peaks"].items()) + "\n"
    return (text + outcomes(parts) + networks(parts) + live(parts) + forms(parts) + layers(parts)
            + golden(parts))
