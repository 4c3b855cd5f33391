"""Prints the numbers of SupportTests.swift, by scikit-learn 1.9.

SVC says itself which rows are support vectors (alpha > 0). LinearSVC does not: they are the rows
with a margin of at most 1, of weights at a tolerance of 1e-10.
"""

import numpy as np
from sklearn.datasets import load_iris
from sklearn.svm import SVC, LinearSVC

X, y = load_iris(return_X_y=True)
for C in (0.1, 1, 100):
    svc = SVC(kernel="linear", C=C, tol=1e-10).fit(X[50:], y[50:])
    print(f"binary, free b, C={C}:", sorted(svc.support_.tolist()))

options = dict(C=1, tol=1e-10, max_iter=10_000_000, random_state=0)
svc = LinearSVC(loss="hinge", **options).fit(X, y)
s = svc.decision_function(X)
own = np.where(np.arange(3) == y[:, None], s, -s)
print("one-vs-rest:", np.flatnonzero((own <= 1 + 1e-4).any(axis=1)).tolist())

svc = LinearSVC(multi_class="crammer_singer", **options).fit(X, y)
s = svc.decision_function(X)
others = np.where(np.arange(3) == y[:, None], -np.inf, s).max(axis=1)
margins = s[np.arange(len(y)), y] - others
print("crammer-singer:", np.flatnonzero(margins <= 1 + 1e-4).tolist())
