"""Times svmrepl and numpy at the same work; `scripts/bench` starts it."""

import argparse
import multiprocessing
import os
import statistics
import subprocess
import sys
import time

WORKS = ["loss", "sgd", "assignment", "naive", "scalar", "start"]

# --- numpy's side: the code of the course's assignment, run as a program of its own -------------

NUMPY_COMMON = """
import sys, time
import numpy as np

def read(folder, names, dtype):
    xs, ys = [], []
    for name in names:
        raw = np.fromfile(f"{folder}/{name}", dtype=np.uint8).reshape(-1, 3073)
        ys.append(raw[:, 0].astype(np.int64))
        xs.append(raw[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1).reshape(len(raw), -1))
    return np.concatenate(xs).astype(dtype), np.concatenate(ys)

def prepared(folder, n, dtype):
    X, y = read(folder, [f"data_batch_{i}.bin" for i in range(1, 6)], dtype)
    Xt, yt = read(folder, ["test_batch.bin"], dtype)
    mean = X[:n].mean(axis=0)
    X, y = X[:n] - mean, y[:n]
    X = np.hstack([X, np.ones((len(X), 1), dtype)])
    Xt = np.hstack([Xt - mean, np.ones((len(Xt), 1), dtype)])
    return X, y, Xt, yt

def loss_vectorized(W, X, y, reg):
    n = len(X)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(n), y][:, None] + 1)
    M[np.arange(n), y] = 0
    G = (M > 0).astype(X.dtype)
    G[np.arange(n), y] = -G.sum(axis=1)
    return M.sum() / n + reg * np.sum(W * W), X.T @ G / n + 2 * reg * W

def train(X, y, lr, reg, iters, batch):
    W = (0.001 * np.random.randn(X.shape[1], 10)).astype(X.dtype)
    for _ in range(iters):
        chosen = np.random.choice(len(X), batch)
        loss, dW = loss_vectorized(W, X[chosen], y[chosen], reg)
        W -= lr * dW.astype(X.dtype)
    return W

def best(repeat, f):
    times = []
    for _ in range(repeat):
        begin = time.perf_counter(); f(); times.append(time.perf_counter() - begin)
    return sorted(times)[len(times) // 2]

folder, n, dtype = sys.argv[1], int(sys.argv[2]), np.dtype(sys.argv[3]).type
np.random.seed(0)
"""

NUMPY = {
    "loss": """
X, y, _, _ = prepared(folder, n, dtype)
W = (1e-4 * np.random.randn(X.shape[1], 10)).astype(dtype)
loss_vectorized(W, X, y, 5e-6)
print("RESULT", best(5, lambda: loss_vectorized(W, X, y, 5e-6)))
""",
    "sgd": """
X, y, _, _ = prepared(folder, n, dtype)
train(X, y, 1e-7, 2.5e4, 50, 200)
print("RESULT", best(3, lambda: train(X, y, 1e-7, 2.5e4, 1500, 200)))
""",
    "assignment": """
X, y, Xt, yt = prepared(folder, n, dtype)
W = train(X, y, 1e-7, 2.5e4, 1500, 200)
print("accuracy", np.mean(np.argmax(Xt @ W, axis=1) == yt))
""",
    "naive": """
X, y, _, _ = prepared(folder, n, np.float64)
X, y = X[:500], y[:500]
W = 1e-4 * np.random.randn(X.shape[1], 10)

def svm_loss_naive(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    n = X.shape[0]
    for i in range(n):
        s = X[i] @ W
        for j in range(W.shape[1]):
            if j != y[i]:
                margin = s[j] - s[y[i]] + 1
                if margin > 0:
                    loss += margin
                    dW[:, j] += X[i]
                    dW[:, y[i]] -= X[i]
    return loss / n + reg * np.sum(W * W), dW / n + 2 * reg * W

print("RESULT", best(3, lambda: svm_loss_naive(W, X, y, 5e-6)))
""",
    "scalar": """
def scalar():
    s = 0
    for i in range(3000000):
        s += i * 2 % 7
    return s

print("RESULT", best(3, scalar))
""",
    "start": "",
}

# --- svmrepl's side -----------------------------------------------------------------------------

PREPARED = """
seed 0
data = load "{folder}";
d = split data train={n} val={val} dev=500;
d = center d by=train;
d = add-bias d;
"""

SVMREPL = {
    "loss": PREPARED
    + """
W = randn(d.d, d.k) * 1e-4
loss, dW = svm_loss(W, d.train, reg=5e-6, precision="{precision}")
t = timeit repeat=5 svm_loss(W, d.train, reg=5e-6, precision="{precision}");
print "RESULT {{t:.9f}}"
""",
    "sgd": PREPARED
    + """
m = train d.train lr=1e-7 reg=2.5e4 iters=50 batch=200 precision={precision};
t = timeit repeat=3 train d.train lr=1e-7 reg=2.5e4 iters=1500 batch=200 precision={precision};
print "RESULT {{t:.9f}}"
""",
    "assignment": PREPARED
    + """
m = train d.train lr=1e-7 reg=2.5e4 iters=1500 batch=200 precision={precision};
print "accuracy {{accuracy(m, d.test)}}"
""",
    "naive": PREPARED
    + """
fn svm_loss_naive(W, X, y, reg) {{
  dW = zeros(W.shape)
  loss = 0
  n = X.shape[0]
  for i in range(n) {{
    s = X[i] @ W
    for j in range(W.shape[1]) {{
      if j != y[i] {{
        margin = s[j] - s[y[i]] + 1
        if margin > 0 {{
          loss += margin
          dW[:, j] += X[i]
          dW[:, y[i]] -= X[i]
        }}
      }}
    }}
  }}
  return loss / n + reg * sum(W * W), dW / n + 2 * reg * W
}}
W = randn(d.d, d.k) * 1e-4
X = d.train.X[0:500]
y = d.train.y[0:500]
t = timeit repeat=3 svm_loss_naive(W, X, y, 5e-6);
print "RESULT {{t:.9f}}"
""",
    "scalar": """
fn scalar() {{
  s = 0
  for i in range(3000000) {{ s += i * 2 % 7 }}
  return s
}}
t = timeit repeat=3 scalar();
print "RESULT {{t:.9f}}"
""",
    "start": "print 1\n",
}

# What must be reached: svmrepl's speed over numpy's.
ROWS = [
    ("loss", "full loss + gradient", "single", 3),
    ("loss", "full loss + gradient", "double", 3),
    ("sgd", "SGD, 1500 batches of 200", "single", 4),
    ("sgd", "SGD, 1500 batches of 200", "double", 3),
    ("assignment", "files to test accuracy", "single", 4),
    ("assignment", "files to test accuracy", "double", None),
    ("naive", "naive loss, 500 × 3073", "double", 1),
    ("scalar", "scalar loop, 3 million", "double", 1),
    ("start", "start, one line", "double", None),
]


def make_pictures(folder, rows):
    """Five batches and a test batch in CIFAR-10's binary form: a label, then three planes."""
    import numpy as np

    random = np.random.default_rng(0)
    os.makedirs(folder)
    names = [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]
    templates = random.integers(60, 196, (10, 3072))
    for name in names:
        labels = random.integers(0, 10, rows, dtype=np.uint8)
        pixels = templates[labels] + random.integers(-60, 61, (rows, 3072))
        np.hstack([labels[:, None], pixels.astype(np.uint8)]).tofile(f"{folder}/{name}")
    with open(f"{folder}/batches.meta.txt", "w") as file:
        file.write("\n".join(f"class{i}" for i in range(10)) + "\n")


def run(arguments, attempts=1):
    """The result that a program prints, else how long it takes; and its peak memory in MB."""
    seconds, peak, printed = [], 0, None
    for _ in range(attempts):
        begin = time.perf_counter()
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        output = process.stdout.read().decode()
        errors = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - begin)
        if status != 0:
            return None, 0, errors.strip().split("\n")[0]
        peak = max(peak, usage.ru_maxrss / 1024)
        for line in output.split("\n"):
            if line.startswith("RESULT "):
                printed = float(line.split()[1])
    return printed if printed is not None else statistics.median(seconds), peak, None


def written(seconds):
    if seconds is None:
        return "–"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("works", nargs="*")
    options = parser.parse_args()
    for work in options.works:
        if work not in WORKS:
            sys.exit(f"bench: no work is called '{work}'; there are {', '.join(WORKS)}")
    rows = 1000 if options.quick else 10000
    n, val = rows * 49 // 10, rows // 10
    pictures = f"{options.folder}/pictures"
    # In a process of its own: children inherit the peak memory of the one that starts them.
    maker = multiprocessing.Process(target=make_pictures, args=(pictures, rows))
    maker.start()
    maker.join()

    form = "{:<28}{:<9}{:>12}{:>12}{:>8}{:>8}   {}"
    print(f"{n} × 3073 pictures, 10 classes, {os.cpu_count()} cores")
    print(form.format("work", "numbers", "svmrepl", "numpy", "ratio", "bar", "peak memory").rstrip())
    for work, title, precision, bar in ROWS:
        if options.works and work not in options.works:
            continue
        script = f"{options.folder}/{work}-{precision}"
        with open(script + ".svm", "w") as file:
            file.write(SVMREPL[work].format(folder=pictures, n=n, val=val, precision=precision))
        with open(script + ".py", "w") as file:
            file.write(NUMPY_COMMON + NUMPY[work])
        attempts = 15 if work == "start" else 3 if work == "assignment" else 1
        dtype = "float32" if precision == "single" else "float64"
        ours, memory, error = run([options.program, script + ".svm"], attempts)
        theirs, their_memory, their_error = run(
            [sys.executable, script + ".py", pictures, str(n), dtype], attempts
        )
        ratio = f"{theirs / ours:.1f}" if ours and theirs else "–"
        peak = f"{memory:.0f} and {their_memory:.0f} MB" if work == "assignment" else ""
        print(
            form.format(
                title, precision if work != "start" else "", written(ours), written(theirs), ratio,
                f"{bar}" if bar else "", error or their_error or peak,
            ).rstrip(),
            flush=True,
        )


main()
