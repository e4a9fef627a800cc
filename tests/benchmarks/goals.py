"""What speed is to be reached on a CPU through llvmpipe, and whether it is."""

import statistics

import peers

# network, whom against, our time by theirs at most, in words
AGAINST = [(network, peer, most, words)
           for network in peers.MODELS
           for peer, most, words in ((peers.OPENCV, 1.0, "no slower"),
                                     (peers.EAGER, 1.0, "faster"),
                                     (peers.OPTIMISED, 1.5, "within 1.5x"))]
REFERENCE = "inception_v3"
AS_GOOD_AS_V3 = ("inception_v4", "inception_resnet_v2")
LIVE_FRAMES = 10.0
PEAK_SHARE = 0.30


def row(results, network):
    """Of `bench`, or nothing where that network was left out."""
    return next((r for r in results["networks"] if r["network"] == network), None)


def goals(results):
    """[{what, goal, measured, met}]; measured and met are None where it wasn't measured."""
    rows = []

    def add(what, goal, value, text, met):
        rows.append({"what": what, "goal": goal, "measured": None if value is None else text(value),
                     "met": None if value is None else bool(met(value))})

    for network, peer, most, words in AGAINST:
        times = (results.get("peers") or {}).get("networks", {}).get(network)
        value = peers.ratio(times, peer) if times else None
        add(f"{network} against {peer}", words, value, lambda v: f"{v:.2f}x its time",
            lambda v, most=most, words=words: v < most if words == "faster" else v <= most)
    turns = results.get("turns") or {}
    for network in AS_GOOD_AS_V3:
        ratios = [a / b for a, b in zip(turns.get(network, []), turns.get(REFERENCE, []))]
        # Single rounds differ by a few per cent.
        add(f"{network}, GFLOP/s", f"as {REFERENCE} or better",
            statistics.median(ratios) if ratios else None,
            lambda v: f"{v:.2f} of its", lambda v: v >= 0.97)
    live = next((r for r in results.get("live") or [] if r["network"] == "googlenet_bn"), None)
    add("live, googlenet_bn, 640x480", f">= {LIVE_FRAMES:.0f} frames/s",
        live and live["frames_per_second"], lambda v: f"{v:.1f} frames/s",
        lambda v: v >= LIVE_FRAMES)
    whole = row(results, "googlenet_bn")
    add("googlenet_bn, share of the processor's peak", f">= {PEAK_SHARE:.0%}",
        whole and whole["peak_share"], lambda v: f"{v:.1%}", lambda v: v >= PEAK_SHARE)
    return rows


def goals_table(rows):
    text = "| | goal | measured | |\n|---|---|---|---|\n"
    for r in rows:
        met = {None: "not measured", True: "met", False: "**not met**"}[r["met"]]
        text += f"| {r['what']} | {r['goal']} | {r['measured'] or '-'} | {met} |\n"
    return text


def networks_table(rows):
    text = ("| | ms (quartiles) | GFLOP/s | of the peak | weights, MiB | activations, MiB |\n"
            "|---|---|---|---|---|---|\n")
    for r in rows:
        text += (f"| {r['network']} | {r['median_ms']:.1f} ({r['q1_ms']:.1f}-{r['q3_ms']:.1f}) | "
                 f"{r['gflops']:.1f} | {r['peak_share']:.0%} | {r['weight_bytes'] / 2**20:.1f} | "
                 f"{r['activation_bytes'] / 2**20:.1f} |\n")
    return text
