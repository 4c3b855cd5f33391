"""Made-up problems for training to an optimum: sparse like a9a, sparse like text, and dense.

Each is a folder with `problem.npz` for Python, and `data.libsvm` or `data.npz` for svmrepl, whose
labels are 0, 1, …; the bias column is not in them.
"""

import os

A9A_GROUPS = [5, 7, 5, 16, 5, 7, 14, 6, 5, 2, 3, 3, 5, 40]  # 123 in all


def a9a(rows):
    """Fourteen attributes of uneven values, one-hot; a linear rule with noise, 24 % positive."""
    import numpy as np
    import scipy.sparse

    random = np.random.default_rng(10)
    columns, first = [], 0
    for size in A9A_GROUPS:
        shares = random.dirichlet(np.full(size, 0.7))
        drawn = random.choice(size, rows, p=shares)
        drawn[:size] = np.arange(size)  # every value occurs
        columns.append(first + drawn)
        first += size
    indices = np.stack(columns, axis=1)
    X = scipy.sparse.csr_matrix(
        (np.ones(indices.size), indices.ravel(), np.arange(rows + 1) * len(A9A_GROUPS)),
        shape=(rows, first),
    )
    scores = X @ random.standard_normal(first) + 2 * random.standard_normal(rows)
    return X, (scores > np.quantile(scores, 0.76)).astype(int)


def text(rows, words=50000, classes=20, length=84):
    """Words by Zipf's law, a third of them by a ranking of the class's own; tf-idf, unit rows."""
    import numpy as np
    import scipy.sparse

    random = np.random.default_rng(11)
    y = random.integers(0, classes, rows)
    ranks = 1 / (np.arange(words) + 10.0)
    tokens = random.choice(words, (rows, length), p=ranks / ranks.sum())
    topics = np.stack([random.permutation(words) for _ in range(classes)])
    own = random.random((rows, length)) < 0.33
    tokens = np.where(own, topics[y[:, None], tokens], tokens)
    tokens[0, 0] = words - 1  # so that the file shows how many words there are
    entries = np.ones(tokens.size)
    X = scipy.sparse.csr_matrix(
        (entries, tokens.ravel(), np.arange(rows + 1) * length), shape=(rows, words)
    )
    X.sum_duplicates()
    seen = np.bincount(X.indices, minlength=words)
    X.data = (1 + np.log(X.data)) * (1 + np.log(rows / seen[X.indices]))
    norms = np.sqrt(np.asarray(X.multiply(X).sum(axis=1)).ravel())
    X = scipy.sparse.csr_matrix(X.multiply(1 / norms[:, None]))
    noisy = random.random(rows) < 0.05
    return X, np.where(noisy, random.integers(0, classes, rows), y)


def text2(rows):
    """The same words with two classes."""
    X, y = text(rows)
    return X, (y >= 10).astype(int)


def dense(rows):
    """Ten overlapping classes of dense, unscaled features."""
    from sklearn.datasets import make_classification

    return make_classification(
        n_samples=rows, n_features=200, n_informative=50, n_classes=10, class_sep=0.5,
        random_state=0,
    )


# Name: maker, rows, what it is.
PROBLEMS = {
    "a9a": (a9a, 32561, "a9a-like: sparse, {n} × 123, 14 ones a row, 2 classes"),
    "text2": (text2, 20000, "text-like: sparse, {n} × 50 000, about 80 a row, 2 classes"),
    "text20": (text, 20000, "text-like: sparse, {n} × 50 000, about 80 a row, 20 classes"),
    "dense": (dense, 20000, "dense: {n} × 200, 10 classes, not separable, not scaled"),
}


def write(folder, name, rows):
    """Makes a problem and writes its files."""
    import numpy as np
    import scipy.sparse

    X, y = PROBLEMS[name][0](rows)
    os.makedirs(folder)
    if scipy.sparse.issparse(X):
        from sklearn.datasets import dump_svmlight_file

        X.sort_indices()
        np.savez(f"{folder}/problem.npz", data=X.data, indices=X.indices, indptr=X.indptr,
                 shape=X.shape, y=y)
        dump_svmlight_file(X, y, f"{folder}/data.libsvm", zero_based=False)
    else:
        np.savez(f"{folder}/problem.npz", X=X, y=y)
        np.savez(f"{folder}/data.npz", X=X, y=y)


def read(folder):
    """Features and labels 0…K−1 for Python's side."""
    import numpy as np
    import scipy.sparse

    file = np.load(f"{folder}/problem.npz")
    if "X" in file:
        return np.ascontiguousarray(file["X"]), file["y"]
    parts = (file["data"], file["indices"], file["indptr"])
    return scipy.sparse.csr_matrix(parts, shape=tuple(file["shape"])), file["y"]


def with_ones(X):
    """The features with a last column of ones."""
    import numpy as np
    import scipy.sparse

    ones = np.ones((X.shape[0], 1))
    if scipy.sparse.issparse(X):
        return scipy.sparse.csr_matrix(scipy.sparse.hstack([X, ones]))
    return np.hstack([X, ones])


class Problem:
    """A problem on disk, made when it is first asked for."""

    def __init__(self, settings, name):
        from running import apart

        self.name = name
        self.rows = settings.scaled(PROBLEMS[name][1])
        self.title = PROBLEMS[name][2].format(n=self.rows)
        self.folder = settings.path(name)
        if not os.path.exists(self.folder):
            apart(write, self.folder, name, self.rows)

    def loaded(self):
        """The lines that give svmrepl the data `d`, with a bias column."""
        ending = "npz" if self.name == "dense" else "libsvm"
        return f'seed 0\nd = load "{self.folder}/data.{ending}";\nd = add-bias d;\n'
