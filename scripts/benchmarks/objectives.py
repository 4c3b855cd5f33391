"""The primal objectives, computed in numpy for every solver's weights alike.

`objectives.py FOLDER LOSS REDUCTION C WEIGHTS.npy…` prints one for each file of weights. W has the
bias as its last row. `C` is LIBLINEAR's; `alpha=A` is scikit-learn's form, mean loss + A/2 ‖W‖².
"""

import sys

import numpy as np

import problems


def losses(S, y, loss, reduction):
    """The sum of the losses of all rows of scores."""
    rows = np.arange(len(y))
    if reduction == "binary":
        violations = 1 - np.where(y == 1, 1, -1) * S.ravel()
    elif reduction == "one-vs-rest":
        signs = np.full(S.shape, -1.0)
        signs[rows, y] = 1
        violations = 1 - signs * S
    else:  # crammer-singer
        others = S.copy()
        others[rows, y] = -np.inf
        violations = 1 - (S[rows, y] - others.max(axis=1))
    violations = np.maximum(0, violations)
    return np.sum(violations if loss == "hinge" else violations**2)


def objective(W, X, y, loss, reduction, C):
    """½‖W‖² + C Σ L, or with `alpha=A` the mean of L and A/2 ‖W‖²."""
    W = np.asarray(W, dtype=np.float64).reshape(X.shape[1] + 1, -1)
    total = losses(X @ W[:-1] + W[-1], y, loss, reduction)
    if str(C).startswith("alpha="):
        return total / len(y) + float(C[6:]) / 2 * np.sum(W * W)
    return np.sum(W * W) / 2 + float(C) * total


if __name__ == "__main__":
    X, y = problems.read(sys.argv[1])
    for path in sys.argv[5:]:
        print("OBJECTIVE", repr(float(objective(np.load(path), X, y, *sys.argv[2:5]))))
