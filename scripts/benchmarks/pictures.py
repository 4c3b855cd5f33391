"""The works of the assignment, on made-up pictures in CIFAR-10's form, beside numpy."""

import os

from report import duration
from running import alternately, apart, python, run as run_program, script

PREPARED = """
seed 0
data = load "{folder}";
d = split data train={n} val={val} dev=500;
d = center d by=train;
d = add-bias d;
"""

SCRIPTS = {
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
t = timeit train d.train lr=1e-7 reg=2.5e4 iters={iters} batch=200 precision={precision};
print "RESULT {{t:.9f}}"
""",
    "grid": PREPARED
    + """
m = train d.train lr=1e-7 reg=2.5e4 iters=50 batch=200 precision={precision};
t = timeit tune d.train val=d.val lr=[5e-8, 1e-7, 2e-7, 5e-5] reg=[5e3, 1e4, 2.5e4, 5e4] \
iters={iters} batch=200 precision={precision};
print "RESULT {{t:.9f}}"
""",
    "assignment": PREPARED
    + """
m = train d.train lr=1e-7 reg=2.5e4 iters={iters} batch=200 precision={precision};
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

# Work, title, numbers, how often faster than the peer, and the rounds of which the median counts.
ROWS = [
    ("start", "start, one line", "", "10 ms", 15),
    ("scalar", "scalar loop, 3 million", "", 1, 3),
    ("naive", "naive, 500 × 3073", "double", 1, 3),
    ("loss", "loss + gradient", "single", 3, 3),
    ("loss", "loss + gradient", "double", 3, 3),
    ("sgd", "SGD, {iters} × 200", "single", 4, 3),
    ("sgd", "SGD, {iters} × 200", "double", 3, 3),
    ("grid", "16-run grid", "single", 4, 1),
    ("grid", "16-run grid", "double", None, 1),
    ("assignment", "files to accuracy", "single", 4, 3),
    ("assignment", "files to accuracy", "double", None, 3),
]

LIMIT = 1.7  # times the arithmetic of loss and gradient

WORKS = list(dict.fromkeys(row[0] for row in ROWS))


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


def memory_row(table, title, ours, theirs, raw):
    """Peak memory against 1.2 times the bytes of the files and 60 MB."""
    if ours.error or theirs.error:
        return
    allowed = 1.2 * raw / 1e6 + 60
    peaks = [one.peak * 1.048576 for one in (ours, theirs)]
    table.row(
        title, f"{peaks[0]:.0f} MB", "numpy", f"{peaks[1]:.0f} MB", peaks[1] / peaks[0],
        f"{allowed:.0f}MB", peaks[0] <= allowed,
    )


def limit_row(table, ours, arguments):
    """Loss and gradient beside the time that their operations take at the arithmetic's best."""
    limit = run_program(python("numpy_side.py", "limit", *arguments))
    if ours.error or limit.error:
        return
    ratio = ours.seconds / limit.seconds
    table.row(
        "  beside its arithmetic", duration(ours.seconds), "BLAS's rate",
        duration(limit.seconds), ratio, f"≤{LIMIT}", ratio <= LIMIT,
    )


def start_row(table, title, ours, theirs):
    """The start has a bar of its own, in milliseconds."""
    if ours.error or theirs.error:
        return table.skipped(title, ours, "numpy", theirs)
    table.row(
        title, duration(ours.seconds), "numpy", duration(theirs.seconds),
        theirs.seconds / ours.seconds, "10ms", ours.seconds < 0.01,
    )


def run(settings, table, works):
    """The rows of the works that were asked for."""
    rows = settings.scaled(10000)
    n, val, iters = rows * 49 // 10, rows // 10, settings.scaled(1500)
    folder = settings.path("pictures")
    apart(make_pictures, folder, rows)
    table.section(f"the assignment: {n} × 3073 pictures, 10 classes")
    for work, title, precision, bar, rounds in ROWS:
        if work not in works:
            continue
        text = SCRIPTS[work].format(
            folder=folder, n=n, val=val, iters=iters, precision=precision
        )
        dtype = "float32" if precision == "single" else "float64"
        ours, theirs = alternately(
            rounds,
            script(settings, f"{work}-{precision}", text),
            python("numpy_side.py", work, folder, n, val, iters, dtype),
        )
        title = f"{title}, {precision}".format(iters=iters) if precision else title
        if work == "start":
            start_row(table, title, ours, theirs)
            continue
        table.compare(title, ours, "numpy", theirs, bar)
        if work == "loss":
            limit_row(table, ours, (folder, n, val, iters, dtype))
        if work == "assignment":
            memory_row(table, f"  peak memory, {precision}", ours, theirs, 6 * rows * 3073)
    remarks(table, works)


def remarks(table, works):
    """How these rows were measured."""
    table.remark(
        "numpy, `loss` to `grid`: the assignment's vectorized code with numpy's own BLAS on all "
        "cores, warm; both sides' data are read and prepared before the clock starts. Ours is "
        "timed by `timeit` inside the script, theirs by time.perf_counter."
    )
    if "loss" in works:
        table.remark(
            "beside its arithmetic: the operations of both products at the best rate at which "
            "numpy's BLAS multiplies square matrices here, a ratio that should be small."
        )
    if "grid" in works:
        table.remark(
            "grid: both stop a run whose loss is no longer finite, and take the accuracies on "
            "train and validation of each run."
        )
    if "assignment" in works:
        table.remark(
            "files to accuracy, start: whole processes. Memory: peak resident set, in 10⁶ bytes."
        )
