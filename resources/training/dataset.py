"""The pictures of training, validation and test as arrays on disk, rendered by all cores."""

import multiprocessing
import os
import sys
import time

import numpy as np

import pictures

# name: pictures of each class, size, seed. No two sets share a seed, so none share a picture.
SETS = {
    "train": (500, 128, 1),
    "train_large": (80, 224, 2),
    "validation": (25, 224, 3),
    "test": (50, 224, 4),
    "heads": (150, 224, 5),
}


def _draw(job):
    path, label, count, size, seed = job
    out = np.load(path, mmap_mode="r+")
    for index in range(count):
        out[label * count + index] = pictures.render(label, index, size, seed)
    return label


def prepare(folder, name, workers=None):
    """Pictures [n, size, size, 3] as uint8 and their labels [n]; rendered once, then kept."""
    count, size, seed = SETS[name]
    path = os.path.join(folder, f"{name}.npy")
    n = count * len(pictures.CLASSES)
    if not os.path.exists(path):
        part = path + ".part.npy"
        start = time.time()
        np.lib.format.open_memmap(part, "w+", np.uint8, (n, size, size, 3))
        jobs = [(part, label, count, size, seed) for label in range(len(pictures.CLASSES))]
        with multiprocessing.Pool(workers) as pool:
            for done, _ in enumerate(pool.imap_unordered(_draw, jobs), 1):
                if done % 10 == 0:
                    print(f"{name}: {done} of {len(jobs)} classes, {time.time() - start:.0f} s",
                          file=sys.stderr, flush=True)
        os.replace(part, path)
    return np.load(path, mmap_mode="r"), np.repeat(np.arange(len(pictures.CLASSES)), count)
