"""How the time of loss and gradient grows with samples, features and classes."""

import os

from report import duration, figure, small_table
from running import apart, run as run_program, script

TEXT = """
seed 0
data = load "{path}";
d = center data;
d = add-bias d;
W = randn(d.d, d.k) * 1e-4
loss, dW = svm_loss(W, d, reg=5e-6, precision="single")
t = timeit repeat=7 svm_loss(W, d, reg=5e-6, precision="single");
print "RESULT {{t:.9f}}"
"""

# What is doubled, and n, d, k to begin with.
SERIES = [("N", 6000, 3072, 10), ("D", 48000, 384, 10), ("K", 12000, 3072, 10)]
DOUBLINGS = 3
ALLOWED = 1.2  # times 2³: what counts as linear


def make(path, n, d, k):
    """Random bytes with every class among the labels."""
    import numpy as np

    random = np.random.default_rng(4)
    np.savez(path, X=random.integers(0, 256, (n, d), dtype=np.uint8), y=np.arange(n) % k)


def measure(settings, n, d, k):
    """The seconds of one size: the better of two runs' medians."""
    path = settings.path("growth.npz")
    apart(make, path, n, d, k)
    outcomes = [run_program(script(settings, "growth", TEXT.format(path=path))) for _ in range(2)]
    os.remove(path)
    return min(outcomes, key=lambda one: (one.error is not None, one.seconds))


def series(settings, what, n, d, k):
    """The sizes and outcomes of one that is doubled again and again."""
    for step in range(DOUBLINGS + 1):
        size = [count * 2**step if name == what else count for name, count in zip("NDK", (n, d, k))]
        yield size, measure(settings, *size)


def run(settings, table, works):
    """A small table, and a row in the large one for each of the three."""
    table.section("loss + gradient in single while one of N, D, K doubles; 2 is linear")
    lines, rows = [], []
    for what, n, d, k in SERIES:
        seconds = []
        for size, outcome in series(settings, what, settings.scaled(n), d, k):
            if outcome.error:
                lines.append([what, *size, "–", f"svmrepl: {outcome.error}"])
                continue
            ratio = figure(outcome.seconds / seconds[-1]) if seconds else ""
            seconds.append(outcome.seconds)
            lines.append([what, *size, duration(outcome.seconds), ratio])
        rows.append((what, seconds))
    small_table(["doubled", "N", "D", "K", "seconds", "ratio"], lines)
    for what, seconds in rows:
        if len(seconds) == DOUBLINGS + 1:
            summary(table, what, seconds)
    table.remark(
        "growth: the ratio is the last size's time over the first's, which linear cost makes 8; "
        "the bar allows a fifth more, since the smallest sizes may stay in the processor's cache."
    )


def summary(table, what, seconds):
    """The first size beside the last, which is eight times as large."""
    ratio = seconds[-1] / seconds[0]
    most = ALLOWED * 2**DOUBLINGS
    table.row(
        f"{what} eightfold", duration(seconds[-1]), f"{what} ÷ 8", duration(seconds[0]), ratio,
        f"≤{most:.1f}", ratio <= most,
    )
