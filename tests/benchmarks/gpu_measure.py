#!/usr/bin/python3
"""Measures and checks Inceptoscope on this machine's GPU: `measure [--limit SECONDS] [--out FOLDER]`
beside the files that `tests/benchmarks/gpu pack` made. Writes results.json, tables.md and log.txt; a
part that fails or takes too long is recorded, and the next one goes on.
"""

import argparse
import datetime
import json
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
import time

sys.dont_write_bytecode = True
import gpu_parts
import gpu_tables

HERE = os.path.dirname(os.path.abspath(__file__))
OLDEST_GLIBC = (2, 36)  # Debian 12's, for which the programs were built


class Machine:
    """Where the files lie, how they are started, and what is left of the time."""

    def __init__(self, folder, limit, log):
        self.folder, self.log = folder, log
        self.end = time.monotonic() + limit
        self.device = None  # what `devices --json` says of the one that is measured
        glibc = os.confstr("CS_GNU_LIBC_VERSION").split()[-1]
        self.glibc = tuple(int(n) for n in glibc.split(".")[:2])
        self.environment = dict(os.environ)
        for name in ["DISPLAY", "WAYLAND_DISPLAY"]:
            self.environment.pop(name, None)
        self.environment.update({
            "VK_LAYER_PATH": f"{folder}/layers",
            "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen",
            **{f"XDG_{kind}_HOME": f"{folder}/{kind.lower()}" for kind in ["CONFIG", "DATA", "CACHE"]}})

    def left(self):
        return self.end - time.monotonic()

    def command(self, program, *arguments):
        libraries = f"{self.folder}/lib"
        if self.glibc < OLDEST_GLIBC:
            libraries += f":{self.folder}/libc"
            return [f"{self.folder}/libc/ld-linux-x86-64.so.2", "--library-path", libraries,
                    f"{self.folder}/bin/{program}", *arguments]
        return ["env", f"LD_LIBRARY_PATH={libraries}:{os.environ.get('LD_LIBRARY_PATH', '')}",
                f"{self.folder}/bin/{program}", *arguments]

    def run(self, command, timeout, environment=None):
        """(exit code or None where it took too long, stdout, stderr, seconds); never raises."""
        timeout = max(1, min(timeout, self.left()))
        start = time.monotonic()
        print(f"\n$ {' '.join(command)}", file=self.log, flush=True)
        with tempfile.TemporaryFile("w+", errors="replace") as out, \
                tempfile.TemporaryFile("w+", errors="replace") as err:
            try:
                # A session of its own: whatever it started ends with it.
                process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL,
                                           env=environment or self.environment,
                                           start_new_session=True)
            except OSError as error:
                print(error, file=self.log, flush=True)
                return 127, "", str(error), 0.0
            try:
                code = process.wait(timeout)
            except subprocess.TimeoutExpired:
                code = None
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            seconds = time.monotonic() - start
            texts = []
            for file in (out, err):
                file.seek(0)
                texts.append(file.read())
        self.log.write("".join(texts))
        print(f"\n-> {'stopped' if code is None else code} after {seconds:.1f} s", file=self.log,
              flush=True)
        return code, *texts, seconds

    def program(self, *arguments, timeout=60):
        return self.run(self.command("inceptoscope", *arguments), timeout)


def place_facts(folder):
    """The tests look for reference facts where they were built: puts them there for as long as this
    runs, if nothing is there. Returns what to remove again; without facts the tests use those in them."""
    with open(f"{folder}/facts_place", encoding="utf-8") as file:
        root = file.read().strip()
    shared = os.path.join(os.path.dirname(root), "shared")
    made = []
    try:
        if os.path.isdir(f"{folder}/shared") and not os.path.lexists(shared):
            for path in [os.path.dirname(root), root]:
                if not os.path.isdir(path):
                    os.makedirs(path)
                    made.insert(0, path)
            os.symlink(f"{folder}/shared", shared)
            made.insert(0, shared)
    except OSError as error:
        print(f"{shared} can't be made ({error}): golden tests compare with embedded facts alone",
              file=sys.stderr)
    return made


def remove(paths):
    for path in paths:
        try:
            os.unlink(path) if os.path.islink(path) else os.rmdir(path)
        except OSError:
            pass  # somebody has put something there since


def record(name, part, machine, results):
    """Runs one part and puts its outcome into results, come what may."""
    start = time.monotonic()
    outcome = {"outcome": "not run", "why": "no time was left"}
    if machine.left() > 5:
        try:
            outcome = part(machine, results)
        except Exception as error:  # pylint: disable=broad-except
            outcome = {"outcome": "failed", "why": f"{type(error).__name__}: {error}"}
    outcome["seconds"] = round(time.monotonic() - start, 1)
    results["parts"][name] = outcome
    print(f"{name}: {outcome['outcome']}"
          f"{' (' + outcome['why'] + ')' if outcome.get('why') else ''}, {outcome['seconds']} s",
          file=sys.stderr, flush=True)


def save(results, folder):
    for name, text in [("results.json", json.dumps(results, indent=1) + "\n"),
                       ("tables.md", gpu_tables.tables(results))]:
        part = os.path.join(folder, name + ".part")
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(part, os.path.join(folder, name))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--limit", type=float, default=450, help="seconds for all of it")
    parser.add_argument("--out", default=os.path.join(HERE, "results"), help="where the results go")
    parser.add_argument("--only", nargs="+", choices=list(gpu_parts.PARTS), help="instead of all")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, \
            open(os.path.join(options.out, "log.txt"), "w", encoding="utf-8") as log:
        machine = Machine(folder, options.limit, log)
        with tarfile.open(os.path.join(HERE, "files.tar.xz")) as tar:
            tar.extractall(folder)
        with open(f"{folder}/source", encoding="utf-8") as file:
            source = file.read().strip()
        made = place_facts(folder)
        results = {"date": datetime.date.today().isoformat(), "source": source, "parts": {}}
        try:
            for name, part in gpu_parts.PARTS.items():
                if options.only and name not in options.only and name != "machine":
                    continue
                record(name, part, machine, results)
                save(results, options.out)
        finally:
            remove(made)
        results["seconds"] = round(time.monotonic() - started, 1)
        save(results, options.out)
    print(gpu_tables.tables(results))
    bad = [name for name, part in results["parts"].items() if part["outcome"] not in ("passed", "absent")]
    if bad:
        raise SystemExit(f"not as it should be: {', '.join(bad)} (log.txt says more)")


if __name__ == "__main__":
    main()
