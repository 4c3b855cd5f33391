#!/usr/bin/env python3
"""Writes small valid files of every format, from which the fuzzer begins: FOLDER/READER/*.

pip install numpy scipy pillow
./make_seeds.py FOLDER
"""

import bz2
import gzip
import io
import json
import lzma
import os
import pickle
import subprocess
import sys
import tarfile
import zipfile

import numpy as np
import scipy.sparse
from PIL import Image

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../DatasetsTests/Fixtures"))
import make_fixtures as fixtures  # noqa: E402


def write(reader, name, data):
    os.makedirs(os.path.join(sys.argv[1], reader), exist_ok=True)
    with open(os.path.join(sys.argv[1], reader, name), "wb") as file:
        file.write(data.encode() if isinstance(data, str) else data)


tables = {
    "quotes": 'u,"v ""q""",label\n1,2.5,"a\nb"\r\n-3e5,NA,c\n,7,"a\nb"\n',
    "semicolons": '\ufeffa;city;y\n1,5;P;u\n-2;"Q;";v\n;P;u\n3,25e1;;v\n',
    "tabs": "1\t2\ta\n3\t4\tb\n",
    "blanks": 'a  b y\n 1 2.5\tp\n3 -4 "q r" \n\n5  NA p\n',
    "bars": "1|x|p\n2|y|q\n?|x|p\n",
    "numbers": "1.5,-2e-3,0\n1e308,.5,1\n0x,inf,2\n+7,-0,1\n",
    "dates": "day,hour,y\n2024-01-02,07:30,1\n2024-02-30,23:59,0\n",
}
for name, text in tables.items():
    write("csv", name, text)
    write("table", name, text)
write("libsvm", "comments", "+1 1:0.5 3:2 # c\n-1 2:1e3 4:-7\n+1\n")
write("libsvm", "queries", "3 qid:1 0:0.5 2:1 # c\n1 qid:1 3:2 1:4\n2 qid:2 5:1 5:2\n")
write("libsvm", "wide", "1 2147483647:1\n2 1:1 1000000:0.5\n")
write(
    "arff",
    "dense",
    "% c\n@relation r\n@attribute 'a b' REAL\n@attribute k {s, 'v w' , \"x,y\"}\n"
    "@attribute t string\n@attribute d date 'yyyy-MM-dd'\n@attribute class {no,yes}\n@data\n"
    "5.1,s,a,?,yes\n4 , 'v w' , 'y', ?, no\n?,?,?,?,no\n",
)
write(
    "arff",
    "sparse",
    "@RELATION r\n@ATTRIBUTE a numeric\n@attribute b integer\n@attribute c {x,y}\n@DATA\n"
    "{0 1.5, 2 y}\n{}\n{1 -4 ,2 x}, {3}\n",
)
write("jsonl", "objects", '{"a": 1, "b": "x", "label": "p"}\n{"a": null, "b": "y", "label": "q"}\n')
write("jsonl", "lists", "[1, 2.5e3, true, \"\\u00e4\"]\n[2, -1, false, \"b\"]\n")
write("jsonl", "array", '[{"a": [1, 2], "y": 0},\n {"a": [3, 4], "y": 1}]\n')


def npy(array, **options):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, **options)
    return file.getvalue()


for name in "? b B <h >u2 <i4 >i8 <u8 <e <f >f8 <d".split():
    array = np.arange(6).reshape(2, 3).astype(name)
    write("npy", "type-%s%d" % (array.dtype.kind, array.dtype.itemsize), npy(array))
write("npy", "fortran", npy(np.asfortranarray(np.arange(6.0).reshape(3, 2))))
write("npy", "version2", npy(np.arange(4), version=(2, 0)))
write("npy", "texts", npy(np.array(["a", "äb"])))
write("npy", "bytes", npy(np.array([b"a", b"bc"])))


def npz(compressed=False, **arrays):
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **arrays)
    return file.getvalue()


X, y = np.array([[0, 1.5], [2, 300]]), np.array([0, 1])
write("npz", "stored", npz(X=X, y=y, classes=np.array(["a", "b"])))
write("npz", "deflated", npz(True, X=X.astype("f4"), y=y, X_test=X[:1], y_test=y[:1]))
write("npz", "pictures", npz(X=np.arange(24, dtype="u1").reshape(2, 2, 2, 3), y=y))
write("npz", "arrays", npz(a=X, b=y))
matrix = scipy.sparse.csr_matrix([[0, 1.5, 0, 0], [2, 0, 0, 7], [0, 0, 0, 1], [1, 0, 2, 0]])
for kind in ["csr", "csc", "coo", "bsr", "dia"]:
    file = io.BytesIO()
    scipy.sparse.save_npz(file, matrix.asformat(kind), compressed=kind in ("csc", "dia"))
    write("npz", kind, file.getvalue())

for name in sorted(os.listdir(fixtures.path("matlab"))):
    with open(fixtures.path("matlab", name), "rb") as file:
        data = file.read()
    if len(data) < 1100:
        write("mat", name, data)

record = bytes(i * 7 % 256 for i in range(3072))
write("cifar10", "two", b"\3" + record + b"\7" + record)
write("cifar100", "two", b"\3\12" + record + b"\7\1" + record)
for name in sorted(os.listdir(fixtures.path("pickles"))):
    with gzip.open(fixtures.path("pickles", name)) as file:
        write("pickle", name[:-3], file.read())
for protocol in range(6):
    batch = {"labels": [1, 2], "data": np.zeros((2, 3072), "u1"), "batch_label": "b"}
    write("pickle", "short-%d" % protocol, pickle.dumps(batch, protocol))
    batch = {b"fine_labels": [1, 2], b"coarse_labels": [0, 1], b"data": batch["data"]}
    write("pickle", "fine-%d" % protocol, fixtures.pickled2(batch, min(protocol, 2)))
write("idx", "pair", bytes([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4]))
write("labels", "pair", bytes([0, 0, 8, 1, 0, 0, 0, 2, 1, 0]))


def picture(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


gray = Image.fromarray(np.arange(12, dtype="u1").reshape(3, 4) * 20)
color = Image.fromarray(np.arange(36, dtype="u1").reshape(3, 4, 3) * 7)
for name, image in [
    ("gray", gray), ("color", color), ("palette", color.convert("P")),
    ("bits", gray.convert("1")), ("alpha", color.convert("RGBA")),
    ("grayalpha", gray.convert("LA")),
    ("deep", Image.fromarray((np.arange(12).reshape(3, 4) * 5000).astype("u2"))),
]:
    write("png", name, picture(image, "PNG"))
for name, image, options in [
    ("gray", gray, {}), ("color", color, {}), ("progressive", color, {"progressive": True}),
    ("inks", color.convert("CMYK"), {}), ("restart", color, {"restart_marker_rows": 1}),
]:
    write("jpeg", name, picture(image, "JPEG", **options))


def tar(files, kind):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=kind) as archive:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    # One block in place of twenty at the end.
    return file.getvalue().rstrip(b"\0") + bytes(1024)


table, images = b"1,2,a\n3,4,b\n", [("p/a/1.png", picture(gray, "PNG"))] * 1
for name, kind in [("ustar", 0), ("gnu", 1), ("pax", 2)]:
    long = "n" * (9 if kind == 0 else 110)
    write("tar", name, tar([("t/x.csv", table), (f"t/{long}.txt", b"a")], kind))
write("tar", "pictures", tar(images + [("p/b/2.png", picture(gray, "PNG"))], 0))
write("tar", "gzip", gzip.compress(tar([("x.csv", table)], 0), mtime=0))
for name, method in [("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED)]:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo("t/x.csv"), table)
    write("zip", name, file.getvalue())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo("p/a/1.png"), picture(gray, "PNG"))
        archive.writestr(zipfile.ZipInfo("p/b/1.png"), picture(gray, "PNG"))
    write("zip", name + "-pictures", file.getvalue())
table *= 4
write("gzip", "gzip", gzip.compress(table, mtime=0))
write("gzip", "members", gzip.compress(table, mtime=0) * 2)
write("gzip", "bzip2", bz2.compress(table))
write("gzip", "xz", lzma.compress(table))
write("gzip", "lzma", lzma.compress(table, lzma.FORMAT_ALONE))
write("gzip", "zstd", subprocess.run(["zstd", "-qc"], input=table, capture_output=True).stdout)
write("text", "matrix", "# c\n1 2.5 -3\n4e5 nan 6 # x\n")
write("text", "commas", "a,b\n1,2.5\n4e5,inf\n")
header = "solver_type L2R_L2LOSS_SVC_DUAL\nnr_class %d\nlabel %s\nnr_feature 2\nbias %s\nw\n"
write("model", "two", header % (2, "1 -1", "-1") + "0.5 \n-1.25e-3 \n")
write("model", "three", header % (3, "3 1 2", "1") + "0.5 1 2 \n-1 0 1 \n1 2 3 \n")
# As `save` writes a model.
model = {
    "svmrepl_model": [1.0], "W": [[1.5, -2, 0], [0, 1e-3, 7], [0.5, 0, 1]], "b": [0.0],
    "classes": ["a", "b", "c"], "has_bias": [1.0], "iteration": [7.0],
    "options": ["loss=hinge", "reg=0.1", "reduction=one-vs-rest"],
    "kept_columns": [0.0, 2.0], "raw_columns": [3.0], "feature_names": ["u", "v"],
    "fill": [0.0, 1.0], "mean": [0.5, 1.0], "scale": [2.0, 1.0], "class_weights": [1.0, 2.0, 1.0],
    "history_iteration": [0.0, 7.0], "history_loss": [2.0, 1.0], "history_gap": ["inf", 0.5],
    "history_val_iteration": [7.0], "history_val_accuracy": [0.75],
}
history = {name: values for name, values in model.items() if name.startswith("history")}
for name, arrays in [("model", model), ("history", history)]:
    numbers = {name: [float(v) for v in values] if "gap" in name else values
               for name, values in arrays.items()}
    write("archivedModel", name, npz(**numbers))
scalars = {name: model[name][0] for name in ("svmrepl_model", "b", "has_bias", "iteration",
                                             "raw_columns")}
write("json", "model", json.dumps(model | scalars | {"coef": model["W"], "intercept": [0, 0, 0]},
                                  separators=(",", ":")))
write("json", "history", json.dumps({"svmrepl_history": [1]} | history, separators=(",", ":")))
for name, value in [("vector", "[1,2.5,\"inf\"]"), ("matrix", "[[1,2],[3,\"nan\"]]")]:
    write("json", name, '{"svmrepl_value":' + value + "}")
