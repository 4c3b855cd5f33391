"""Time and peak memory of reading against the size of the file, which is made on the spot."""

import os
import re
import shutil

from report import duration, small_table
from running import apart, run as run_program, script

KINDS = [("CSV", "csv"), (".npy", "npy"), ("LIBSVM", "libsvm")]
SIZES = [62, 250, 1000, 4000]  # megabytes
ALLOWED = 1.2  # times the kept form
PROGRAM = 60  # megabytes that the program itself may take


def make(path, size):
    """A file of about `size` bytes: text repeats its first megabytes, numbers are all different."""
    import numpy as np

    random = np.random.default_rng(0)
    if path.endswith("npy"):
        rows = size // (8 * 512)
        array = np.lib.format.open_memmap(path, "w+", np.float64, (rows, 512))
        for first in range(0, rows, 4096):
            array[first : first + 4096] = random.standard_normal((min(4096, rows - first), 512))
        return
    import reading

    block = (reading.decimals if path.endswith("csv") else reading.sparse)().encode()
    with open(path, "wb") as file:
        while file.tell() < size:
            file.write(block)


def run(settings, table, works):
    """A table of its own: seconds, and peak memory over the kept form."""
    sizes = [settings.scaled(size) for size in SIZES]
    table.section(f"memory: files of {sizes[0]} to {sizes[-1]} MB")
    empty = run_program(script(settings, "nothing", "print 1\n")).peak
    lines = []
    for title, ending in KINDS:
        for size in sizes:
            free = shutil.disk_usage(settings.folder).free
            if free < 2e6 * size:
                table.remark(f"memory: no room for a file of {size} MB")
                continue
            path = settings.path(f"large.{ending}")
            apart(make, path, size * 1_000_000)
            # A matrix stays as it is in the file; of data, the report says how large they are.
            kept = os.path.getsize(path) / 1e6
            text = f't = timeit d = load "{path}" stream=false\nprint "RESULT {{t:.9f}}"\n'
            mine = run_program(script(settings, "large", text))
            os.remove(path)
            if mine.error:
                lines.append([title, f"{size} MB", "–", mine.error, "", ""])
                continue
            found = re.search(r"read as \w+: \w+, ([0-9.]+) ([kMG])B", mine.output)
            if found:
                kept = float(found[1]) * {"k": 1e-3, "M": 1, "G": 1e3}[found[2]]
            peak = (mine.peak - empty) * 1.048576
            lines.append(
                [title, f"{size} MB", duration(mine.seconds), f"{kept:.0f} MB", f"{peak:.0f} MB",
                 f"{peak / kept:.2f}"]
            )
    names = ["file", "size", "time", "kept", "peak", "peak / kept"]
    small_table(names, lines)
    table.remark(
        "memory: peak resident set without that of the program that reads nothing; kept is the "
        f"form in which the numbers stay in memory. At most {ALLOWED} times of it is the aim."
    )
