"""The parts of a GPU's examination, in the order of their worth: PARTS maps a name to a function
(machine, results) -> {"outcome": "passed" | "failed" | "too slow" | "absent", "why": ..., figures}.
"""

import glob
import json
import os
import re
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ICD_FOLDERS = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d",
               "/usr/local/nvidia/share/vulkan/icd.d", "/usr/local/nvidia/vulkan/icd.d"]
NVIDIA_FOLDERS = ["/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/local/nvidia/lib64",
                  "/usr/local/nvidia/lib"]
# Networks whose layers are looked at one by one.
MAIN = ["googlenet_bn", "inception_v3"]


def judged(code, why=""):
    if code is None:
        return {"outcome": "too slow", "why": why}
    return {"outcome": "passed" if code == 0 else "failed", "why": "" if code == 0 else why}


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1][:300] if lines else ""


def drivers():
    """ICD files to try, an empty name first: what the loader finds by itself."""
    found = sorted(path for folder in ICD_FOLDERS for path in glob.glob(f"{folder}/*.json"))
    return [""] + [path for path in found if "nvidia" in path] + \
        [path for path in found if "nvidia" not in path]


def own_driver_file(folder):
    """NVIDIA's driver without its ICD file, as in containers: one is written. "" where there is none."""
    for name in ["libGLX_nvidia.so.0", "libEGL_nvidia.so.0"]:
        for place in NVIDIA_FOLDERS:
            if os.path.exists(f"{place}/{name}"):
                path = os.path.join(folder, "nvidia_icd.json")
                with open(path, "w", encoding="utf-8") as file:
                    json.dump({"file_format_version": "1.0.0",
                               "ICD": {"library_path": f"{place}/{name}", "api_version": "1.3.0"}}, file)
                return path
    return ""


def find_device(machine):
    """Sets the environment in which the loader sees a GPU, and says how; else any device."""
    tried = {}
    fallback = None
    for path in drivers() + [own_driver_file(machine.folder)]:
        if path == "" and path in tried:
            continue
        environment = dict(machine.environment)
        if path:
            environment.update({"VK_DRIVER_FILES": path, "VK_ICD_FILENAMES": path})
        code, out, err, _ = machine.run(machine.command("inceptoscope", "devices", "--json"), 40,
                                        environment)
        devices = json.loads(out) if code == 0 else []
        tried[path] = [d["name"] for d in devices] or last_line(err)
        usable = [d for d in devices if d["usable"]]
        real = [d for d in usable if "cpu" not in d["type"].lower()
                and "processor" not in d["type"].lower()]
        if real:
            machine.environment, machine.device = environment, real[0]
            return path, tried
        if usable and not fallback:
            fallback = path, environment, usable[0]
    if fallback:
        machine.environment, machine.device = fallback[1:]
        return fallback[0], tried
    return None, tried


def machine_part(machine, _):
    """What is there."""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        model = re.search(r"^model name\s*: (.*)$", file.read(), re.M)
    with open("/etc/os-release", encoding="utf-8") as file:
        system = re.search(r'^PRETTY_NAME="?([^"\n]*)', file.read(), re.M)
    nvidia = ""
    if shutil.which("nvidia-smi"):
        query = "name,driver_version,memory.total,clocks.max.sm,clocks.max.mem,power.limit"
        _, nvidia, _, _ = machine.run(["nvidia-smi", f"--query-gpu={query}", "--format=csv"], 20)
    driver, tried = find_device(machine)
    figures = {"processor": model.group(1) if model else "", "cores": os.cpu_count(),
               "system": system.group(1) if system else "",
               "glibc": ".".join(map(str, machine.glibc)), "nvidia_smi": nvidia.strip(),
               "drivers_tried": tried, "driver_file": driver, "device": machine.device}
    if machine.device is None:
        return {"outcome": "failed", "why": "no Vulkan device was found", **figures}
    return {"outcome": "passed", **figures}


def peaks_part(machine, _):
    code, out, err, _ = machine.program("devices", "--peaks", "--json", timeout=90)
    rows = [d for d in json.loads(out) if d["name"] == machine.device["name"]] if code == 0 else []
    return {**judged(code, last_line(err)), "peaks": rows[0].get("peaks") if rows else None}


def tests_part(name, timeout):
    """One executable of Qt Test. What it did until it was stopped counts."""
    def run(machine, _):
        code, out, err, _ = machine.run(machine.command(name, "-v1"), timeout)
        results = re.findall(r"^(PASS|FAIL!|SKIP|XPASS)\s*: (.*)$", out, re.M)
        worst = re.findall(r"^QINFO\s*: \w+::(\w+\(.*\)) (.*)$", out, re.M)
        count = {kind: sum(1 for k, _ in results if k == kind) for kind in ("PASS", "FAIL!", "SKIP")}
        why = "; ".join(what for kind, what in results if kind == "FAIL!")[:600] or last_line(out + err)
        if code == 200:  # something was left out
            code = 0
        return {**judged(code, why), "passed": count["PASS"], "failed": count["FAIL!"],
                "skipped": count["SKIP"], "worst": [" ".join(w) for w in worst],
                "messages": re.findall(r"validation: .*", out + err)[:20]}
    return run


def bench_part(precision, per="network", networks=(), timeout=90):
    def run(machine, _):
        code, out, err, _ = machine.program("bench", *networks, "--precision", precision, "--per", per,
                                            "--runs", "20", "--warmup", "3", "--json", timeout=timeout)
        return {**judged(code, last_line(err)), "rows": json.loads(out) if code == 0 else []}
    return run


def forms_part(precision):
    """Every form of each layer, from the slowest kernel to the fastest."""
    def run(machine, _):
        code, out, err, _ = machine.program("tune", *MAIN, "--precision", precision, "--again", "--json",
                                            timeout=90)
        return {**judged(code, last_line(err)), "layers": json.loads(out) if code == 0 else []}
    return run


def live_part(machine, _):
    code, out, err, _ = machine.program("bench", "--live", "--json", timeout=60)
    return {**judged(code, last_line(err)), "rows": json.loads(out) if code == 0 else []}


def torch_part(machine, _):
    """PyTorch on the same GPU, where it is there: whole networks, and each convolution by cuDNN."""
    layers = {}
    for network in MAIN:
        code, out, _, _ = machine.program("networks", network, "--json", timeout=30)
        if code == 0:
            layers[network] = [op for module in json.loads(out)["modules"]
                               if module["kind"] != "auxiliary"
                               for branch in module["branches"] for op in branch["ops"]
                               if op["op"] == "conv"]
    path = os.path.join(machine.folder, "layers.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(layers, file)
    code, out, err, _ = machine.run([shutil.which("python3") or sys.executable,
                                     os.path.join(HERE, "gpu_torch.py"), path], 120, dict(os.environ))
    lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    if lines and "absent" in lines[0]:
        return {"outcome": "absent", "why": lines[0]["absent"]}
    return {**judged(code, last_line(err)), "rows": lines}


PARTS = {
    "machine": machine_part,
    "peaks": peaks_part,
    "ops": tests_part("test_kernels", 100),
    "bench fp32": bench_part("fp32"),
    "bench fp16": bench_part("fp16"),
    "torch": torch_part,
    "live": live_part,
    "golden": tests_part("test_golden", 130),
    "halves": tests_part("test_fp16", 40),
    "sessions": tests_part("test_session", 40),
    "live frames": tests_part("test_live_frame", 40),
    "forms fp32": forms_part("fp32"),
    "forms fp16": forms_part("fp16"),
    "ops fp32": bench_part("fp32", "op", MAIN, 40),
    "ops fp16": bench_part("fp16", "op", MAIN, 40),
    "device": tests_part("test_device", 30),
    "tuner": tests_part("test_tuner", 40),
    "peaks, tested": tests_part("test_peaks", 30),
    "work recorded": tests_part("test_work_recorded", 30),
}
