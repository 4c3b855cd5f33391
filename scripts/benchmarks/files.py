"""Reading files as people download them: CIFAR-10, MNIST, folders of pictures, NumPy's archives.

`files.py WORK PATH` is the peer, a program of its own that prints its seconds.
"""

import os
import shutil
import sys
import time

from running import alternately, apart, python, script

# Kind of peer, file, title, name of the peer, how many times faster.
ROWS = [
    ("planes", "cifar-10-batches-bin", "CIFAR-10, binary", "numpy", 1),
    ("batches", "cifar-10-batches-py", "CIFAR-10, pickles", "pickle", 1),
    ("gunzip", "cifar-10-python.tar.gz", "CIFAR-10, .tar.gz", "gunzip", 0.67),
    ("gunzip", "mnist", "MNIST, .gz", "gunzip", 0.83),
    ("folder", "png", "10 000 PNG of 32×32", "Pillow", 1),
    ("folder", "jpeg", "10 000 JPEG of 96×96", "Pillow", 1),
    ("npz", "doubles.npz", ".npz of 376 MB", "numpy", 0.77),
    ("npz", "bytes.npz", ".npz of 47 MB of bytes", "numpy", 0.77),
    ("npz", "packed.npz", ".npz, compressed", "numpy", 0.77),
    ("npz", "singles.npz", ".npz of 188 MB of singles", "numpy", 0.77),
    ("npy", "doubles.npy", ".npy of 376 MB", "numpy", 0.77),
    ("sparse", "sparse.npz", "scipy's sparse .npz", "scipy", 0.77),
]

# Seconds that the whole of CIFAR-10 may take.
LIMITS = {
    "cifar-10-batches-bin": 0.1, "cifar-10-batches-py": 0.3, "cifar-10-python.tar.gz": 1.5,
}


def make(folder, rows):
    """Pictures about as compressible as CIFAR's, `rows` in a batch, in every form."""
    import gzip
    import pickle
    import tarfile

    import numpy as np
    import scipy.sparse
    from PIL import Image

    random = np.random.default_rng(0)

    def pictures(count, side=32):
        coarse = random.normal(128, 50, (count, 3, side // 4, side // 4))
        fine = np.repeat(np.repeat(coarse, 4, 2), 4, 3)
        noisy = fine + random.normal(0, 14, (count, 3, side, side))
        return np.clip(noisy, 0, 255).astype(np.uint8)

    binary, batches = f"{folder}/cifar-10-batches-bin", f"{folder}/cifar-10-batches-py"
    os.makedirs(binary)
    os.makedirs(batches)
    for name in [f"data_batch_{i}" for i in range(1, 6)] + ["test_batch"]:
        X, y = pictures(rows).reshape(rows, 3072), random.integers(0, 10, rows, dtype=np.uint8)
        np.hstack([y[:, None], X]).tofile(f"{binary}/{name}.bin")
        with open(f"{batches}/{name}", "wb") as file:
            pickle.dump({b"data": X, b"labels": y.tolist()}, file)
    with tarfile.open(f"{folder}/cifar-10-python.tar.gz", "w:gz", compresslevel=6) as tar:
        tar.add(batches, "cifar-10-batches-py")
    os.makedirs(f"{folder}/mnist")
    for part, count in [("train", 6 * rows), ("t10k", rows)]:
        ink = np.repeat(np.repeat(random.random((count, 7, 7)) < 0.22, 4, 1), 4, 2)
        pixels = (ink * random.integers(1, 256, ink.shape)).astype(np.uint8)
        for name, array in [("images-idx3", pixels), ("labels-idx1", np.arange(count) % 10)]:
            head = bytes([0, 0, 8, array.ndim])
            head += b"".join(size.to_bytes(4, "big") for size in array.shape)
            with gzip.open(f"{folder}/mnist/{part}-{name}-ubyte.gz", "wb") as file:
                file.write(head + array.astype(np.uint8).tobytes())
    for kind, ending, side in [("png", "png", 32), ("jpeg", "jpg", 96)]:
        for n, planes in enumerate(pictures(rows, side)):
            os.makedirs(f"{folder}/{kind}/class{n % 10}", exist_ok=True)
            picture = Image.fromarray(planes.transpose(1, 2, 0))
            picture.save(f"{folder}/{kind}/class{n % 10}/{n:05}.{ending}")
    X = random.standard_normal((rows * 3 // 2, 3072))
    y = random.integers(0, 10, len(X))
    np.savez(f"{folder}/doubles.npz", X=X, y=y)
    np.save(f"{folder}/doubles.npy", X)
    np.savez(f"{folder}/singles.npz", X=X.astype(np.float32), y=y)
    sparse = scipy.sparse.random(rows * 10, 50000, 0.0016, "csr", random_state=random)
    scipy.sparse.save_npz(f"{folder}/sparse.npz", sparse, compressed=False)
    pixels = random.integers(0, 256, X.shape).astype(np.uint8)
    np.savez(f"{folder}/bytes.npz", X=pixels, y=y)
    np.savez_compressed(f"{folder}/packed.npz", X=pixels // 32, y=y)


def run(settings, table, works):
    """A row for each kind of file."""
    rows = settings.scaled(10000)
    folder = settings.path("files")
    table.section("files: as they are downloaded, in the system's cache")
    apart(make, folder, rows)
    for kind, name, title, peer, bar in ROWS:
        path = f"{folder}/{name}"
        text = f't = timeit d = load "{path}";\nprint "RESULT {{t:.9f}}"\n'
        mine, other = alternately(3, script(settings, name, text), python("files.py", kind, path))
        table.compare(title, mine, peer, other, bar)
        if name in LIMITS and not settings.quick and not mine.error:
            table.row(
                title, f"{mine.seconds:.2f} s", "limit", f"{LIMITS[name]:.1f} s",
                met=mine.seconds <= LIMITS[name],
            )
    shutil.rmtree(folder)
    table.remark(
        "files: what a peer does is as much as gives the same arrays, except that gunzip only "
        "decompresses. Pillow decodes in two processes."
    )


def planes(path):
    """Binary batches: from planes to pixels."""
    import numpy as np

    for name in sorted(os.listdir(path)):
        if name.endswith(".bin"):
            batch = np.fromfile(f"{path}/{name}", np.uint8).reshape(-1, 3073)
            np.ascontiguousarray(batch[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1))


def batches(path):
    """Pickled batches: from planes to pixels."""
    import pickle

    import numpy as np

    for name in sorted(os.listdir(path)):
        with open(f"{path}/{name}", "rb") as file:
            data = pickle.load(file, encoding="bytes")[b"data"]
        np.ascontiguousarray(data.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1))


def gunzip(path):
    """All bytes, decompressed and dropped."""
    import subprocess

    files = [f"{path}/{name}" for name in os.listdir(path)] if os.path.isdir(path) else [path]
    subprocess.run(["gunzip", "-c", *files], stdout=subprocess.DEVNULL, check=True)


def picture(path):
    """One picture's pixels."""
    import numpy as np
    from PIL import Image

    return np.asarray(Image.open(path).convert("RGB"))


def folder(path):
    """All pictures in two processes, which are there already."""
    import glob
    from multiprocessing import Pool

    import numpy as np

    files = sorted(glob.glob(f"{path}/*/*"))
    with Pool(2) as pool:
        pool.map(picture, files[:20])
        begin = time.perf_counter()
        np.stack(pool.map(picture, files, chunksize=100))
        return time.perf_counter() - begin


def npz(path):
    """All arrays."""
    import numpy as np

    with np.load(path) as file:
        for name in file.files:
            file[name]


def npy(path):
    """The array."""
    import numpy as np

    np.load(path)


def sparse(path):
    """The matrix."""
    import scipy.sparse

    scipy.sparse.load_npz(path)


def peer(kind, path):
    """Prints the seconds of a peer, without those of its imports."""
    import numpy  # noqa: F401
    if kind == "sparse":
        import scipy.sparse  # noqa: F401

    begin = time.perf_counter()
    seconds = globals()[kind](path)
    print("RESULT", seconds or time.perf_counter() - begin)


if __name__ == "__main__":
    peer(sys.argv[1], sys.argv[2])
