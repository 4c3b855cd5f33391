"""numpy's side of the works on pictures: the code of the course's assignment.

A program of its own: `numpy_side.py WORK FOLDER N VAL ITERS DTYPE`.
"""

import sys
import time

import numpy as np


def read(folder, names, dtype):
    """Pictures and labels of CIFAR-10's binary batches, height by width by channel."""
    xs, ys = [], []
    for name in names:
        raw = np.fromfile(f"{folder}/{name}", dtype=np.uint8).reshape(-1, 3073)
        ys.append(raw[:, 0].astype(np.int64))
        xs.append(raw[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1).reshape(len(raw), -1))
    return np.concatenate(xs).astype(dtype), np.concatenate(ys)


def prepared(folder, n, val, dtype):
    """Train, validation and test parts, centered by train's mean, with a column of ones."""
    X, y = read(folder, [f"data_batch_{i}.bin" for i in range(1, 6)], dtype)
    Xt, yt = read(folder, ["test_batch.bin"], dtype)
    mean = X[:n].mean(axis=0)
    parts = []
    for features, labels in ((X[:n], y[:n]), (X[n : n + val], y[n : n + val]), (Xt, yt)):
        ones = np.ones((len(features), 1), dtype)
        parts += [np.hstack([features - mean, ones]), labels]
    return parts


def loss_vectorized(W, X, y, reg):
    """Loss and gradient, as the assignment has them."""
    n = len(X)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(n), y][:, None] + 1)
    M[np.arange(n), y] = 0
    G = (M > 0).astype(X.dtype)
    G[np.arange(n), y] = -G.sum(axis=1)
    return M.sum() / n + reg * np.sum(W * W), X.T @ G / n + 2 * reg * W


def loss_naive(W, X, y, reg):
    """The same with loops."""
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


def train(X, y, lr, reg, iters, batch):
    """Stochastic gradient descent; it ends where the loss is no longer finite."""
    W = (0.001 * np.random.randn(X.shape[1], 10)).astype(X.dtype)
    for _ in range(iters):
        chosen = np.random.choice(len(X), batch)
        loss, dW = loss_vectorized(W, X[chosen], y[chosen], reg)
        if not np.isfinite(loss):
            break
        W -= lr * dW.astype(X.dtype)
    return W


def accuracy(W, X, y):
    """The share of rows whose class has the highest score."""
    return np.mean(np.argmax(X @ W, axis=1) == y)


def grid(X, y, Xv, yv, iters):
    """The assignment's sixteen runs, each with its accuracies."""
    results = {}
    for lr in (5e-8, 1e-7, 2e-7, 5e-5):
        for reg in (5e3, 1e4, 2.5e4, 5e4):
            W = train(X, y, lr, reg, iters, 200)
            results[lr, reg] = accuracy(W, X, y), accuracy(W, Xv, yv)
    return results


def scalar():
    """Arithmetic on one number after the other."""
    s = 0
    for i in range(3000000):
        s += i * 2 % 7
    return s


def median(repeat, f):
    """Prints the median time of a call."""
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        f()
        times.append(time.perf_counter() - begin)
    print("RESULT", sorted(times)[len(times) // 2])


def arithmetic(n, dtype):
    """Seconds for the operations of both products of loss and gradient, at the best rate that
    numpy's BLAS shows for large square matrices."""
    size = 3000
    A, B = (np.random.randn(size, size).astype(dtype) for _ in range(2))
    seconds = []
    for _ in range(7):
        begin = time.perf_counter()
        A @ B
        seconds.append(time.perf_counter() - begin)
    print("RESULT", 4 * n * 3073 * 10 / (2 * size**3 / min(seconds)))


def main(work, folder, n, val, iters, dtype):
    """One work, on data that are read and prepared before the clock starts."""
    if work == "start":
        return
    if work == "scalar":
        return median(3, scalar)
    if work == "limit":
        return arithmetic(n, dtype)
    X, y, Xv, yv, Xt, yt = prepared(folder, n, val, dtype)
    np.seterr(all="ignore")
    np.random.seed(0)
    W = (1e-4 * np.random.randn(X.shape[1], 10)).astype(dtype)
    if work == "loss":
        loss_vectorized(W, X, y, 5e-6)
        median(5, lambda: loss_vectorized(W, X, y, 5e-6))
    elif work == "sgd":
        train(X, y, 1e-7, 2.5e4, 50, 200)
        median(1, lambda: train(X, y, 1e-7, 2.5e4, iters, 200))
    elif work == "grid":
        train(X, y, 1e-7, 2.5e4, 50, 200)
        median(1, lambda: grid(X, y, Xv, yv, iters))
    elif work == "assignment":
        print("accuracy", accuracy(train(X, y, 1e-7, 2.5e4, iters, 200), Xt, yt))
    elif work == "naive":
        X, y = X[:500], y[:500]
        median(3, lambda: loss_naive(W, X, y, 5e-6))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]), np.dtype(sys.argv[6]).type)
