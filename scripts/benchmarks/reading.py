"""Reading text files: CSV beside pandas' C reader, LIBSVM's form beside scikit-learn's.

`reading.py csv|libsvm FILE FEATURES` is the peer, a program of its own.
"""

import os
import sys
import time

from running import alternately, apart, python, script

BLOCK = 20000  # rows that are made; the file repeats them until it is long enough

# Kind, title, peer, features, how many times faster.
ROWS = [
    ("decimals.csv", "CSV, 50 decimals a row", "pandas", 50, 3),
    ("pixels.csv", "CSV, 784 bytes a row", "pandas", 784, 3),
    ("sparse.libsvm", "LIBSVM, 80 of 50 000", "scikit-learn", 50000, 10),
]


def decimals():
    """Rows of decimals with six digits and a class, as text."""
    import numpy as np

    random = np.random.default_rng(1)
    X, y = random.standard_normal((BLOCK, 50)) * 10, random.integers(0, 10, BLOCK)
    return "".join(
        ",".join(f"{value:.6g}" for value in row) + f",{label}\n"
        for row, label in zip(X.tolist(), y)
    )


def pixels():
    """Rows of whole numbers below 256, most of them 0 as in written digits, and a class."""
    import numpy as np

    random = np.random.default_rng(2)
    rows = BLOCK // 10
    X = random.integers(0, 256, (rows, 784)) * (random.random((rows, 784)) < 0.2)
    y = random.integers(0, 10, rows)
    return "".join(",".join(map(str, row)) + f",{label}\n" for row, label in zip(X.tolist(), y))


def sparse():
    """Rows of about eighty entries with six digits, rare features rarer, in LIBSVM's form."""
    import numpy as np

    random = np.random.default_rng(3)
    lines = []
    for _ in range(BLOCK // 2):
        features = np.unique((50000 ** random.random(95)).astype(int)).tolist()
        values = random.random(len(features)).tolist()
        entries = " ".join(f"{j}:{value:.6g}" for j, value in zip(features, values))
        lines.append(f"{random.integers(0, 20)} {entries}\n")
    lines[0] = lines[0].rstrip("\n") + " 50000:0.5\n"
    return "".join(lines)


def make(path, size):
    """A file of about `size` bytes."""
    maker = {"decimals.csv": decimals, "pixels.csv": pixels, "sparse.libsvm": sparse}
    block = maker[os.path.basename(path)]()
    with open(path, "w") as file:
        while file.tell() < size:
            file.write(block)


def run(settings, table, works):
    """A row for each kind of file and each width of numbers."""
    size = settings.scaled(100_000_000)
    table.section(f"reading: text files of {size / 1e6:.0f} MB, in the system's cache")
    for name, title, peer, features, bar in ROWS:
        path = settings.path(name)
        apart(make, path, size)
        text = f't = timeit d = load "{path}";\nprint "RESULT {{t:.9f}}"\n'
        ours = script(settings, name, text)
        theirs = python("reading.py", name.split(".")[1], path, features)
        mine, other = alternately(3, ours, theirs)
        table.compare(title, mine, peer, other, bar)
        os.remove(path)
    table.remark(
        "reading: timed inside both programs, so that Python's imports don't count. pandas' C "
        "reader in float32 or float64, whichever is faster, no header; load_svmlight_file "
        "likewise, with n_features given. Ours counts the classes and finds the narrowest "
        "storage, too."
    )


def peer(kind, path, features):
    """Prints the seconds of the faster of the peer's widths of numbers."""
    import numpy as np

    def read(dtype):
        if kind == "csv":
            return pandas.read_csv(path, header=None, engine="c", dtype=dtype)
        return load_svmlight_file(path, n_features=features, dtype=dtype)

    if kind == "csv":
        import pandas
    else:
        from sklearn.datasets import load_svmlight_file
    seconds = []
    for dtype in (np.float64, np.float32):
        begin = time.perf_counter()
        read(dtype)
        seconds.append(time.perf_counter() - begin)
    print("RESULT", min(seconds))


if __name__ == "__main__":
    peer(sys.argv[1], sys.argv[2], int(sys.argv[3]))
