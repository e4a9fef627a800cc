#!/usr/bin/python3
"""Writes the files that test_torch_file and test_class_names read:

  make_torch_files.py FOLDER               (Debian: python3-torch)

What is in tests/weights/data was made by this, with PyTorch 1.13.
"""
import sys
from collections import OrderedDict

import torch


def tensors():
    base = torch.arange(12, dtype=torch.float32).reshape(3, 4)
    image = torch.arange(24, dtype=torch.float32).reshape(1, 2, 3, 4)
    return OrderedDict(
        [
            ("conv.weight", torch.arange(24, dtype=torch.float32).reshape(2, 3, 2, 2)),
            ("half", (torch.arange(6, dtype=torch.float32) / 4).reshape(2, 3).half()),
            ("brain", (torch.arange(6, dtype=torch.float32) - 2).bfloat16()),
            ("double", torch.arange(4, dtype=torch.float64) * 0.1),
            ("transposed", base.t()),
            ("slice", base[1:, 1:]),
            ("last", image.contiguous(memory_format=torch.channels_last)),
            ("parameter", torch.nn.Parameter(torch.arange(3, dtype=torch.float32))),
            ("scalar", torch.tensor(7.5)),
            ("empty", torch.zeros(0, 3)),
            ("counter", torch.tensor(5)),
        ]
    )


def main(folder):
    state = tensors()
    state._metadata = OrderedDict([("", {"version": 1})])
    other = {"state": {0: {"momentum": torch.ones(2)}}, "lr": 0.1, "steps": [1, 2**70, None, True]}
    checkpoint = {"epoch": 3, "optimizer": other, "state_dict": state, "size": torch.Size([1, 2])}
    parallel = OrderedDict(("module." + key, value) for key, value in state.items())
    torch.save(state, folder + "/zip.pth")
    torch.save(state, folder + "/legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(checkpoint, folder + "/nested.pth")
    torch.save({"model": state}, folder + "/model.pt", _use_new_zipfile_serialization=False)
    torch.save(parallel, folder + "/parallel.pth")
    torch.save(state, folder + "/protocol4.pth", pickle_protocol=4)
    small = {"fc.weight": torch.zeros(3, 1)}
    names = ["cat", "dog", "fl\u00fcgel"]
    torch.save({"classes": names, "state_dict": small}, folder + "/class_list.pth")
    numbers = {name: i for i, name in enumerate(names)}
    torch.save({"class_to_idx": numbers, "model": small}, folder + "/class_to_idx.pth")
    backward = dict(enumerate(names))
    torch.save({"idx_to_class": backward, "model": small}, folder + "/idx_to_class.pth",
               _use_new_zipfile_serialization=False)


main(sys.argv[1])
