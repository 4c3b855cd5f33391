"""Reading text files beside pandas, polars, scikit-learn, scipy and numpy.

`reading.py KIND FILE FEATURES` is the peer, a program of its own.
"""

import gzip
import os
import sys
import time

from running import alternately, apart, python, script

BLOCK = 20000  # rows that are made; the file repeats them until it is long enough

# File, title, kind of peer, its name, features, how many times faster.
ROWS = [
    ("decimals.csv", "CSV, 50 decimals a row", "csv", "pandas", 50, 3),
    ("decimals.csv", "CSV, 50 decimals a row", "polars", "polars", 50, 3),
    ("pixels.csv", "CSV, 784 bytes a row", "csv", "pandas", 784, 3),
    ("pixels.csv", "CSV, 784 bytes a row", "polars", "polars", 784, 3),
    ("decimals.csv.gz", "CSV, gzip", "csv", "pandas", 50, 1),
    ("sparse.libsvm", "LIBSVM, 80 of 50 000", "libsvm", "scikit-learn", 50000, 10),
    ("decimals.arff", "ARFF, 50 decimals a row", "arff", "scipy", 50, 3),
    ("decimals.jsonl", "JSON lines, 50 decimals", "jsonl", "polars", 50, 1),
    ("decimals.jsonl", "JSON lines, 50 decimals", "json", "json", 50, 3),
    ("decimals.txt", "loadtxt, 51 decimals a row", "text", "numpy", 51, 1),
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
    """A file of about `size` bytes, decompressed."""
    name = os.path.basename(path)
    form = name.split(".")[1]
    makers = {"pixels": pixels, "sparse": sparse}
    block = makers.get(name.split(".")[0], decimals)()
    head = ""
    if form == "arff":
        names = "".join(f"@attribute x{j} numeric\n" for j in range(50))
        head = f"@relation decimals\n{names}@attribute y {{0,1,2,3,4,5,6,7,8,9}}\n@data\n"
    elif form == "jsonl":
        keys = [f'"x{j}":' for j in range(50)] + ['"y":']
        rows = (line.split(",") for line in block.splitlines())
        block = "".join(
            "{" + ",".join(map("".join, zip(keys, row))) + "}\n" for row in rows
        )
    elif form == "txt":
        block = block.replace(",", " ")
    compressed = name.endswith(".gz")
    with gzip.open(path, "wt", compresslevel=6) if compressed else open(path, "w") as file:
        written = file.write(head)
        while written < size:
            written += file.write(block)


def run(settings, table, works):
    """A row for each kind of file and each peer."""
    size = settings.scaled(100_000_000)
    table.section(f"reading: text files of {size / 1e6:.0f} MB, in the system's cache")
    names = [row[0] for row in ROWS]
    for i, (name, title, kind, peer, features, bar) in enumerate(ROWS):
        path = settings.path(name)
        if not os.path.exists(path):
            apart(make, path, size)
        call = f'loadtxt("{path}")' if kind == "text" else f'load "{path}"'
        text = f't = timeit d = {call};\nprint "RESULT {{t:.9f}}"\n'
        ours = script(settings, name, text)
        theirs = python("reading.py", kind, path, features)
        mine, other = alternately(3, ours, theirs)
        table.compare(title, mine, peer, other, bar)
        if name not in names[i + 1 :]:
            os.remove(path)
    table.remark(
        "reading: timed inside both programs, so that Python's imports don't count. pandas' C "
        "reader in float32 or float64, whichever is faster, no header; load_svmlight_file "
        "likewise, with n_features given; polars with its own choice of types and threads. Ours "
        "counts the classes and finds the narrowest storage, too."
    )


def readers(kind, path, features):
    """Calls that read a file in the peer's ways, of which the fastest counts."""
    import numpy as np

    if kind == "csv":
        import pandas

        return [
            lambda: pandas.read_csv(path, header=None, engine="c", dtype=np.float64),
            lambda: pandas.read_csv(path, header=None, engine="c", dtype=np.float32),
        ]
    if kind == "libsvm":
        from sklearn.datasets import load_svmlight_file

        return [
            lambda: load_svmlight_file(path, n_features=features, dtype=np.float64),
            lambda: load_svmlight_file(path, n_features=features, dtype=np.float32),
        ]
    if kind == "arff":
        from scipy.io.arff import loadarff

        return [lambda: loadarff(path)]
    if kind == "json":
        import json

        def lines():
            with open(path) as file:
                return np.array([list(json.loads(line).values()) for line in file])

        return [lines]
    if kind == "text":
        return [lambda: np.loadtxt(path)]
    import polars

    if kind == "jsonl":
        return [lambda: polars.read_ndjson(path)]
    return [lambda: polars.read_csv(path, has_header=False)]


def peer(kind, path, features):
    """Prints the seconds of the fastest of the peer's ways."""
    seconds = []
    for read in readers(kind, path, features):
        begin = time.perf_counter()
        read()
        seconds.append(time.perf_counter() - begin)
    print("RESULT", min(seconds))


if __name__ == "__main__":
    peer(sys.argv[1], sys.argv[2], int(sys.argv[3]))
