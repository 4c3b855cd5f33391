"""LIBLINEAR and scikit-learn at one problem; a program of its own.

`peers.py FOLDER LOSS REDUCTION C TIMES PEER KEY=VALUE…` trains so often and prints the last
seconds, whether the peer stopped at its limit of iterations, and the objective of its weights.
"""

import ctypes
import os
import sys
import tempfile
import time
import warnings

import numpy as np

import problems
from objectives import objective


def liblinear(X, y, options):
    """LIBLINEAR's C library, its problem built before the clock starts."""
    from liblinear.liblinear import parameter, problem
    from liblinear.liblinearutil import train

    data = problem(y.astype(float), X, bias=1)
    settings = parameter(f"-s {options['s']} -e {options['e']} -c {options['C']} -B 1")

    def fit():
        """Trains; what the library prints tells whether it stopped at its limit."""
        with Printed() as printed:
            begin = time.perf_counter()
            model = train(data, settings)
            seconds = time.perf_counter() - begin
        return seconds, "reaching max number of iterations" in printed.text, model

    def weights(model):
        """D + 1 rows, a column for each class, or one for class 1 against class 0."""
        labels = [int(label) for label in model.get_labels()]
        columns = 1 if len(labels) == 2 and options["s"] != "4" else len(labels)
        count = (X.shape[1] + 1) * columns
        doubles = ctypes.cast(model.w, ctypes.POINTER(ctypes.c_double))
        flat = np.ctypeslib.as_array(doubles, (count,))
        W = flat.reshape(-1, columns).copy()
        return W * (1 if labels[0] == 1 else -1) if columns == 1 else W[:, np.argsort(labels)]

    return fit, weights


class Printed:
    """What C code writes to the standard output."""

    def __enter__(self):
        sys.stdout.flush()
        self.kept, self.file = os.dup(1), tempfile.TemporaryFile()
        os.dup2(self.file.fileno(), 1)
        return self

    def __exit__(self, *_):
        ctypes.CDLL(None).fflush(None)
        os.dup2(self.kept, 1)
        os.close(self.kept)
        self.file.seek(0)
        self.text = self.file.read().decode()


def linear_svc(X, y, options):
    """scikit-learn's LinearSVC, with LIBLINEAR inside."""
    from sklearn.svm import LinearSVC

    def fit():
        """Trains as a user does: the conversion of the features is part of it."""
        model = LinearSVC(
            loss=options["loss"].replace("-", "_"), dual=options["dual"] == "true",
            tol=float(options["tol"]), C=float(options["C"]), multi_class=options["multi_class"],
            max_iter=10000, random_state=0,
        )
        begin = time.perf_counter()
        model.fit(X, y)
        return time.perf_counter() - begin, np.max(model.n_iter_) >= 10000, model

    return fit, lambda model: np.vstack([model.coef_.T, model.intercept_])


def sgd_classifier(X, y, options):
    """scikit-learn's SGDClassifier for a number of epochs, the bias a column of ones."""
    from sklearn.linear_model import SGDClassifier

    X = problems.with_ones(X).astype(options.get("dtype", "float64"))

    def fit():
        """Trains on all cores, one class each, which is what it offers."""
        model = SGDClassifier(
            loss=options["loss"].replace("-", "_"), alpha=float(options["alpha"]),
            fit_intercept=False,
            max_iter=int(options["epochs"]), tol=None, random_state=0, n_jobs=-1,
            learning_rate=options["rate"], eta0=float(options.get("eta", 0.01)),
            average=options.get("average") == "true",
        )
        begin = time.perf_counter()
        model.fit(X, y)
        return time.perf_counter() - begin, False, model

    return fit, lambda model: model.coef_.T


PEERS = {"LIBLINEAR": liblinear, "LinearSVC": linear_svc, "SGDClassifier": sgd_classifier}


def main(folder, loss, reduction, C, times, peer, *options):
    """Trains once for warmth where that is cheap, and once for its seconds."""
    warnings.simplefilter("ignore")
    X, y = problems.read(folder)
    settings = dict(option.split("=", 1) for option in options)
    fit, weights = PEERS[peer](X, y, {"loss": loss, "C": C, **settings})
    for _ in range(int(times)):
        seconds, capped, model = fit()
    print("RESULT", seconds)
    print("CAPPED", int(capped))
    print("OBJECTIVE", repr(float(objective(weights(model), X, y, loss, reduction, C))))


if __name__ == "__main__":
    main(*sys.argv[1:])
