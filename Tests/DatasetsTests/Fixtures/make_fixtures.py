#!/usr/bin/env python3
"""Writes the files beside this script, which tests read: small ones of the shape of what people
download, by the programs that write the large ones. The expected numbers are in the tests, by
formula, or beside the files, by another reader.

    pip install numpy scipy pillow
    ./make_fixtures.py
"""

import bz2
import gzip
import io
import json
import lzma
import os
import pickle
import subprocess
import tarfile
import zipfile
import zlib

import numpy as np
import scipy.io.arff
import scipy.io.matlab
import scipy.sparse
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))


def path(*parts):
    result = os.path.join(here, *parts)
    os.makedirs(os.path.dirname(result), exist_ok=True)
    return result


def write(data, *parts):
    with open(path(*parts), "wb") as file:
        file.write(data)


# -- Pickles ---------------------------------------------------------------------------------------


class Python2Pickler(pickle._Pickler):
    """Writes bytes and texts as Python 2 wrote its str."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_str2(self, text):
        data = text if isinstance(text, bytes) else text.encode("latin1")
        if not self.bin:
            self.write(b"S" + repr(data)[1:].encode() + b"\n")
        elif len(data) < 256:
            self.write(b"U" + bytes([len(data)]) + data)
        else:
            self.write(b"T" + len(data).to_bytes(4, "little") + data)
        self.memoize(text)

    dispatch[bytes] = save_str2
    dispatch[str] = save_str2


def old_names(data):
    return data.replace(b"numpy._core", b"numpy.core")


def pickled2(value, protocol=2):
    file = io.BytesIO()
    Python2Pickler(file, protocol).dump(value)
    return old_names(file.getvalue())


def pictures(first, count):
    """count x 3072: planes of 32 x 32, value 7 row + 50 channel + 3 y + 5 x modulo 256."""
    n, c, y, x = np.ogrid[first : first + count, 0:3, 0:32, 0:32]
    return ((7 * n + 50 * c + 3 * y + 5 * x) % 256).astype(np.uint8).reshape(count, 3072)


def batch10(first, count):
    return {
        b"batch_label": b"training batch 1 of 5",
        b"labels": [n % 10 for n in range(first, first + count)],
        b"data": pictures(first, count),
        b"filenames": [b"picture_%04d.png" % n for n in range(first, first + count)],
    }


def pickle_file(data, name):
    write(gzip.compress(data, mtime=0), "pickles", name + ".gz")


names10 = "airplane automobile bird cat deer dog frog horse ship truck".split()
batches10 = [("data_batch_%d" % (b + 1), 2 * b, 2) for b in range(5)] + [("test_batch", 10, 3)]
fine = ["fine_%02d" % i for i in range(100)]
coarse = ["coarse_%02d" % i for i in range(20)]


def archive(name, files):
    """An archive in the order of the real ones, which is that of no sort."""
    target = path(name)
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        folder = tarfile.TarInfo(files[0][0].split("/")[0])
        folder.type = tarfile.DIRTYPE
        folder.mode = 0o755
        tar.addfile(folder)
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    write(gzip.compress(buffer.getvalue(), mtime=0), target)


def cifar():
    files = [
        ("cifar-10-batches-py/" + name, pickled2(batch10(first, count)))
        for name, first, count in batches10
    ]
    meta = {
        b"num_cases_per_batch": 2,
        b"label_names": [name.encode() for name in names10],
        b"num_vis": 3072,
    }
    files += [
        ("cifar-10-batches-py/readme.html", b"<html>"),
        ("cifar-10-batches-py/batches.meta", pickled2(meta)),
    ]
    archive("cifar-10-python.tar.gz", files[3:] + files[:3])

    def binary(first, count):
        labels = (np.arange(first, first + count) % 10).astype(np.uint8)
        return np.hstack([labels[:, None], pictures(first, count)]).tobytes()

    files = [
        ("cifar-10-batches-bin/" + name + ".bin", binary(first, count))
        for name, first, count in batches10
    ]
    files += [("cifar-10-batches-bin/batches.meta.txt", "\n".join(names10 + ["", ""]).encode())]
    archive("cifar-10-binary.tar.gz", files[4:] + files[:4])

    def labels100(first, count):
        rows = np.arange(first, first + count)
        return (rows * 3 % 20).astype(np.uint8), (rows * 7 % 100).astype(np.uint8)

    def batch100(first, count):
        c, f = labels100(first, count)
        return pickled2(
            {
                b"filenames": [b"picture_%04d.png" % n for n in range(first, first + count)],
                b"batch_label": b"training batch 1 of 1",
                b"fine_labels": [int(v) for v in f],
                b"coarse_labels": [int(v) for v in c],
                b"data": pictures(first, count),
            }
        )

    def binary100(first, count):
        c, f = labels100(first, count)
        return np.hstack([c[:, None], f[:, None], pictures(first, count)]).tobytes()

    meta = {
        b"fine_label_names": [name.encode() for name in fine],
        b"coarse_label_names": [name.encode() for name in coarse],
    }
    archive(
        "cifar-100-python.tar.gz",
        [
            ("cifar-100-python/file.txt~", b""),
            ("cifar-100-python/train", batch100(0, 5)),
            ("cifar-100-python/test", batch100(5, 2)),
            ("cifar-100-python/meta", pickled2(meta)),
        ],
    )
    archive(
        "cifar-100-binary.tar.gz",
        [
            ("cifar-100-binary/coarse_label_names.txt", "\n".join(coarse + [""]).encode()),
            ("cifar-100-binary/fine_label_names.txt", "\n".join(fine + [""]).encode()),
            ("cifar-100-binary/test.bin", binary100(5, 2)),
            ("cifar-100-binary/train.bin", binary100(0, 5)),
        ],
    )
    for protocol in range(3):
        pickle_file(pickled2(batch10(3, 2), protocol), "python2-%d" % protocol)
    batch = {key.decode(): value for key, value in batch10(3, 2).items()}
    for protocol in range(6):
        data = pickle.dumps(batch, protocol)
        pickle_file(data, "python3-%d" % protocol)
        if protocol < 4:
            pickle_file(old_names(data), "python3-old-%d" % protocol)
    batch["labels"] = np.array([3, 4])
    batch["data"] = batch["data"].reshape(2, 3, 32, 32)
    pickle_file(pickle.dumps(batch), "arrays")
    batch["labels"] = [np.int64(3), np.int32(4)]
    pickle_file(pickle.dumps(batch, 2), "scalars")


# -- Archives --------------------------------------------------------------------------------------


def archives():
    table = b"u,v,label\n1,2,a\n3,4.5,b\n"
    for name, format in [
        ("ustar", tarfile.USTAR_FORMAT),
        ("gnu", tarfile.GNU_FORMAT),
        ("pax", tarfile.PAX_FORMAT),
    ]:
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w", format=format) as tar:
            for file, data in [("README.md", b"about"), ("a/b/%s.csv" % ("t" * 60), table)]:
                entry = tarfile.TarInfo("däta/" + file)
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))
        tar = buffer.getvalue()
        write(gzip.compress(tar, mtime=0), "archives", name + ".tar.gz")
        if name == "ustar":
            write(bz2.compress(tar), "archives", name + ".tar.bz2")
            write(lzma.compress(tar), "archives", name + ".tar.xz")
            zstd = subprocess.run(["zstd", "-c"], input=tar, stdout=subprocess.PIPE, check=True)
            write(zstd.stdout, "archives", name + ".tar.zst")
    for name, method in [("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED)]:
        with zipfile.ZipFile(path("archives", name + ".zip"), "w", method) as file:
            file.writestr(zipfile.ZipInfo("__MACOSX/._table.csv"), b"\0\1")
            file.writestr(zipfile.ZipInfo("table.csv"), table, method)


# -- IDX -------------------------------------------------------------------------------------------


def mnist():
    def idx(array):
        sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
        return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()

    with zipfile.ZipFile(path("mnist.zip"), "w") as file:
        for part, count in [("train", 5), ("test", 2)]:
            n, y, x = np.ogrid[0:count, 0:28, 0:28]
            for name, array in [
                ("images-idx3-ubyte.gz", (5 * n + 3 * y + x) % 256),
                ("labels-idx1-ubyte.gz", np.arange(count)),
            ]:
                data = gzip.compress(idx(array), mtime=0)
                name = "emnist-letters-%s-%s" % (part, name)
                write(data, "mnist", name)
                file.writestr(zipfile.ZipInfo("gzip/" + name), data)
    claim = bytes([0, 0, 8, 3]) + b"".join(n.to_bytes(4, "big") for n in [10 << 20, 32, 32])
    write(gzip.compress(claim + bytes(1000), mtime=0), "mnist-claim.gz")


# -- Pictures --------------------------------------------------------------------------------------


def picture_folders():
    """Every kind of PNG and JPEG, and beside them what Pillow decodes, as .npy."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:9, 0:11]
    gray = ((20 * y + 9 * x + rng.integers(0, 30, (9, 11))) % 256).astype(np.uint8)
    color = np.stack([gray, gray[::-1], 255 - gray[:, ::-1]], axis=2)
    alpha = np.dstack([color, gray])

    def png(image, **options):
        buffer = io.BytesIO()
        image.save(buffer, "PNG", **options)
        return buffer.getvalue()

    def chunk(name, data):
        body = name + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    def raw_png(depth, kind, rows, interlace=0):
        """A PNG of packed rows, of kinds that Pillow does not write."""
        header = (11).to_bytes(4, "big") + (9).to_bytes(4, "big") + bytes([depth, kind, 0, 0])
        data = zlib.compress(b"".join(b"\0" + row for row in rows))
        return (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", header + bytes([interlace]))
            + chunk(b"tEXt", b"Comment\0about")
            + chunk(b"IDAT", data)
            + chunk(b"IEND", b"")
        )

    def adam7(pixels):
        """The rows of the seven passes."""
        for y0, x0, dy, dx in [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2),
                               (0, 1, 2, 2), (1, 0, 2, 1)]:
            part = pixels[y0::dy, x0::dx]
            if part.size:
                yield from (row.tobytes() for row in part)

    def jpeg(image, **options):
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", **options)
        return buffer.getvalue()

    rgb, level = Image.fromarray(color), Image.fromarray(gray)
    bits = np.packbits(gray > 128, axis=1)
    two = np.packbits(np.unpackbits(gray[:, :, None], axis=2)[:, :, :2].reshape(9, -1), axis=1)
    four = np.packbits(np.unpackbits(gray[:, :, None], axis=2)[:, :, :4].reshape(9, -1), axis=1)
    files = {
        "gray.png": png(level),
        "gray1.png": raw_png(1, 0, [row.tobytes() for row in bits]),
        "gray2.png": raw_png(2, 0, [row.tobytes() for row in two]),
        "gray4.png": raw_png(4, 0, [row.tobytes() for row in four]),
        "gray-alpha.png": png(Image.fromarray(np.dstack([gray, gray[::-1]]), "LA")),
        "gray-interlaced.png": raw_png(8, 0, adam7(gray), interlace=1),
        "color.png": png(rgb),
        "color-alpha.png": png(Image.fromarray(alpha)),
        "color-palette.png": png(rgb.quantize(16)),
        "color-transparent.png": png(rgb.quantize(16), transparency=3),
        "color-interlaced.png": raw_png(8, 2, adam7(color), interlace=1),
        "color16.png": raw_png(
            16, 2, [row.tobytes() for row in (color.astype(">u2") * 256 + 77).astype(">u2")]
        ),
        "gray.jpg": jpeg(level),
        "color.jpg": jpeg(rgb, subsampling=0),
        "color-420.JPEG": jpeg(rgb),
        "color-422-progressive.jpg": jpeg(rgb, subsampling=1, progressive=True, quality=60),
        "color-profile.jpg": jpeg(rgb, exif=b"Exif\0\0" + bytes(20000)),
    }
    expected = {}
    for name, data in files.items():
        kind = "gray" if name.startswith("gray") else "color"
        write(data, "pictures", "kinds", kind, name)
        image = Image.open(io.BytesIO(data)).convert("L" if kind == "gray" else "RGB")
        for size in [None, (4, 3), (25, 30), (11, 5)]:
            resized = image if size is None else image.resize(size, Image.Resampling.BILINEAR)
            file = name if size is None else "%s-%dx%d" % (name, size[1], size[0])
            expected[file] = np.asarray(resized)
    np.savez(path("pictures", "expected.npz"), **expected)
    claim = files["color.png"][:16] + b"\xff" * 8 + files["color.png"][24:]
    write(gzip.compress(claim, mtime=0), "pictures", "claim.gz")
    write(jpeg(Image.fromarray(alpha, "CMYK")), "pictures", "inks.jpg")
    rows = [(np.full((4, 6, 3), 40 * n, np.uint8), n) for n in range(6)]
    with tarfile.open(fileobj=(buffer := io.BytesIO()), mode="w") as tar:
        for array, n in rows:
            part = "test" if n > 3 else "train"
            entry = tarfile.TarInfo("animals/%s/%s/%d.png" % (part, ["dog", "cat"][n % 2], n))
            data = png(Image.fromarray(array))
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    write(gzip.compress(buffer.getvalue(), mtime=0), "pictures", "animals.tar.gz")


# -- NumPy -----------------------------------------------------------------------------------------


def npy(array):
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def zip64(files):
    """An archive whose sizes and places are all in the 64-bit fields, as beyond 4 GB."""
    body, directory, ones = b"", b"", b"\xff" * 4
    for name, data in files:
        crc = zlib.crc32(data).to_bytes(4, "little")
        size, place = len(data).to_bytes(8, "little"), len(body).to_bytes(8, "little")
        start = b"\x2d\0\0\0\0\0\0\0\x21\0" + crc + ones + ones
        names = len(name).to_bytes(2, "little")
        body += b"PK\3\4" + start + names + b"\x14\0" + name.encode()
        body += b"\1\0\x10\0" + size + size + data
        directory += b"PK\1\2\x2d\0" + start + names + b"\x1c\0" + bytes(10) + ones
        directory += name.encode() + b"\1\0\x18\0" + size + size + place
    count, size = len(files).to_bytes(8, "little"), len(directory).to_bytes(8, "little")
    end = b"PK\6\6" + (44).to_bytes(8, "little") + b"\x2d\0\x2d\0" + bytes(8)
    end += count + count + size + len(body).to_bytes(8, "little")
    place = len(body + directory).to_bytes(8, "little")
    end += b"PK\6\7" + bytes(4) + place + b"\1\0\0\0"
    return body + directory + end + b"PK\5\6" + bytes(4) + b"\xff" * 12 + bytes(2)


def numpy_archives():
    """Sparse matrices of scipy, and arrays of every type, order and compression."""
    rng = np.random.default_rng(11)
    dense = np.where(rng.random((7, 5)) < 0.4, rng.integers(-9, 9, (7, 5)) / 4, 0)
    dense[3] = 0
    np.save(path("numpy", "sparse.npy"), dense)
    for layout in ["csr", "csc", "coo", "bsr", "dia"]:
        for compressed in [False, True]:
            name = layout + ("-compressed" if compressed else "") + ".npz"
            scipy.sparse.save_npz(
                path("numpy", name), scipy.sparse.coo_matrix(dense).asformat(layout), compressed
            )
    # Entries in no order, and some twice.
    row, col = rng.integers(0, 7, 40), rng.integers(0, 5, 40)
    data = rng.normal(size=40).astype(np.float32)
    coo = scipy.sparse.coo_matrix((data, (row, col)), shape=(7, 5))
    scipy.sparse.save_npz(path("numpy", "repeats.npz"), coo)
    np.save(path("numpy", "repeats.npy"), coo.toarray().astype(np.float64))
    unsorted = scipy.sparse.csr_matrix(
        (np.arange(1.0, 6), np.array([4, 0, 2, 3, 1]), np.array([0, 3, 3, 5, 5, 5, 5, 5])), (7, 5)
    )
    scipy.sparse.save_npz(path("numpy", "unsorted.npz"), unsorted)
    np.save(path("numpy", "unsorted.npy"), unsorted.toarray())
    # Entry (n, d) is 3 n + d, by every type; "?" has whether that is odd.
    values = np.add.outer(3 * np.arange(50), np.arange(4))
    arrays = {}
    for kind in ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]:
        for order in "<>":
            for layout in "CF":
                source = values % 2 if kind == "?" else values % 100
                arrays["%s%s%s" % (kind.replace("?", "b"), order, layout)] = np.array(
                    source, dtype=order + kind, order=layout
                )
    write(zip64([("X.npy", npy(values)), ("y.npy", npy(np.arange(50) % 3))]), "numpy", "zip64.npz")
    with np.load(path("numpy", "zip64.npz")) as file:
        assert (file["X"] == values).all()
    for name, save in [("types", np.savez), ("types-compressed", np.savez_compressed)]:
        save(path("numpy", name + ".npz"), **arrays)


# -- MATLAB ----------------------------------------------------------------------------------------


def mat_files():
    """MAT-files of scipy; and those that MATLAB wrote, from scipy's own tests (BSD license)."""

    def save(name, **arrays):
        for compressed in [False, True]:
            file = name + ("-compressed" if compressed else "") + ".mat"
            scipy.io.savemat(path("matlab", file), arrays, do_compression=compressed)

    # Entry (n, d) is 3 n + d modulo 100, of bools whether that is odd.
    values = np.add.outer(3 * np.arange(50), np.arange(4)) % 100
    kinds = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8"]
    save("types", **{k.replace("?", "b"): np.array(values % 2 if k == "?" else values, k)
                     for k in kinds})
    cell = np.empty((50, 1), dtype=object)
    for n in range(50):
        cell[n, 0] = ["b", "ä€", "a"][n % 3]
    save("cell", meas=values, species=cell)
    save("columns", X=values.T, y=np.arange(50) % 3 + 1)
    save("characters", data=values, labels=np.array(["ab", "c", "ab", "dcd", "c"] * 10))
    # Pictures of 2 × 3 with 3 channels; entry (i, j, c) of picture n is 100 n + 18 …, in C order.
    pictures = np.arange(5 * 18).reshape(5, 2, 3, 3)
    save("pictures", X=pictures.transpose(1, 2, 3, 0), y=np.array([[10, 1, 2, 1, 2]]).T)
    save("pictures-first", X=pictures, y=np.array([[10, 1, 2, 1, 2]]).T)
    save("sparse", X=scipy.sparse.csc_matrix(values * (values % 7 == 0)), y=np.arange(50) % 2)
    # More than is kept in memory while it is read, and small in git.
    many = np.add.outer(3 * np.arange(150_000), np.arange(4)) % 100
    scipy.io.savemat(path("matlab", "large-compressed.mat"),
                     {"X": many.astype(float), "y": np.arange(150_000) % 3}, do_compression=True)
    save("parts", train_x=values[:30], train_y=np.arange(30) % 3, Xtest=values[30:40],
         ytest=np.arange(10) % 2, X_val=values[40:], y_val=np.arange(10) % 3)
    save("arrays", a=np.array([[1.5]]), v=np.array([[1, 2, 3]]), M=values, t=["x", "yz"],
         s={"field": 1})
    save("complex", z=np.array([[1 + 2j]]))
    save("struct", s={"X": values, "y": np.arange(50)})
    source = os.path.join(os.path.dirname(scipy.io.matlab.__file__), "tests", "data")
    for name in [
        "testmatrix_6.1_SOL2", "testmatrix_7.4_GLNX86", "testdouble_6.1_SOL2",
        "testdouble_7.4_GLNX86", "testsparse_6.1_SOL2", "testsparse_7.4_GLNX86", "logical_sparse",
        "test3dmatrix_7.4_GLNX86", "testcell_7.4_GLNX86", "teststringarray_6.1_SOL2",
        "teststringarray_7.4_GLNX86", "testunicode_7.4_GLNX86", "testbool_8_WIN64", "big_endian",
        "testminus_6.1_SOL2", "testobject_7.4_GLNX86", "testfunc_7.4_GLNX86",
        "testhdf5_7.4_GLNX86", "testsparsecomplex_7.4_GLNX86", "miuint32_for_miint32",
        "corrupted_zlib_data", "corrupted_zlib_checksum", "malformed1", "test_mat4_le_floats",
        "parabola",
    ]:  # fmt: skip
        with open(os.path.join(source, name + ".mat"), "rb") as file:
            write(file.read(), "matlab", name + ".mat")


# -- ARFF and JSON ---------------------------------------------------------------------------------


def text_file(text, name):
    write(gzip.compress(text.encode(), mtime=0), "texts", name + ".gz")


def texts():
    rng = np.random.default_rng(13)
    colors = ["red", "green", "light blue"]
    lines = [
        "% A table as Weka writes it.",
        "@RELATION 'some things'",
        "",
        "@attribute width NUMERIC",
        "@ATTRIBUTE\t'the height' real",
        "@attribute color {red, green,'light blue'}",
        "@attribute count integer",
        "@attribute kind {b,a,c}",
        "@DATA",
        "% rows",
    ]
    rows = []
    for n in range(200):
        color = int(rng.integers(3))
        row = [rng.normal() * 10 ** int(rng.integers(-8, 8)), rng.normal(), color, int(n - 100)]
        texts = [repr(float(row[0])), "%.17g" % row[1], colors[color], str(row[3])]
        texts[2] = "'%s'" % texts[2] if " " in texts[2] else texts[2]
        if n % 17 == 3:
            texts[n % 2 * 3] = "?"
        lines.append([", ", ",", " ,"][n % 3].join(texts + ["abc"[n % 3]]))
    text_file("\n".join(lines + [""]), "dense.arff")
    # scipy knows no blanks around commas.
    plain = "\n".join(lines + [""]).replace(", ", ",").replace(" ,", ",")
    data, meta = scipy.io.arff.loadarff(io.StringIO(plain))
    order = {name.encode(): n for n, name in enumerate(colors)}
    columns = [data[name] for name in data.dtype.names[:4]]
    columns[2] = [order[value.strip(b"'")] for value in columns[2]]
    np.save(path("texts", "dense.npy"), np.array(columns, dtype=float).T)

    X = rng.normal(size=(300, 6)) * 10.0 ** rng.integers(-9, 9, (300, 6))
    X[5, 2] = X[7, 0] = np.nan
    names = ["a", "b", "ä\"\n", "d"]
    lines = []
    for n, row in enumerate(X):
        values = [None if np.isnan(v) else float(v) for v in row]
        fields = dict(zip(names, values[:4]))
        fields["pair"] = values[4:]
        fields["label"] = ["x", "y€", 3][n % 3]
        if n % 2:
            fields = dict(reversed(fields.items()))
        if n % 50 == 7 and n:
            fields.pop("a") if np.isnan(row[0]) else None
        lines.append(fields)
    text_file("\n".join(json.dumps(line) for line in lines), "rows.jsonl")
    text_file(json.dumps(lines, indent=1, ensure_ascii=False), "rows.json")
    lists = []
    for n, row in enumerate(X):
        lists.append([None if np.isnan(v) else float(v) for v in row] + ["xyz"[n % 3]])
    text_file("\r\n".join(json.dumps(line) for line in lists), "lists.jsonl")
    np.save(path("texts", "rows.npy"), X)

    # Entry (n, d) is 3 n + d modulo 100: more than is kept in memory while it is read.
    lines = ["%d,%d.0,%d,%s" % (3 * n % 100, (3 * n + 1) % 100, (3 * n + 2) % 100, "abc"[n % 3])
             for n in range(400_000)]
    text_file("u,v,w,kind\n" + "\n".join(lines) + "\n", "large.csv")
    lines[300_000] = lines[300_000].replace(",a", ',"a"')
    text_file("u,v,w,kind\n" + "\n".join(lines) + "\n", "large-quotes.csv")
    lines = [line.replace(",", ";").replace(".", ",") for line in lines]
    text_file("u;v;w;kind\n" + "\n".join(lines) + "\n", "large-commas.csv")


if __name__ == "__main__":
    cifar()
    archives()
    texts()
    numpy_archives()
    mat_files()
    mnist()
    picture_folders()
