#!/usr/bin/env python3
"""Writes numpy_values.tsv: expressions of the language, and what numpy gives for them.

    python3 Tests/InterpreterTests/Fixtures/numpy_values.py

Each line of EXPRESSIONS is an expression, or statements with an expression at their end. Where
numpy writes it another way, that follows after " ||| ". Python reads the same text after a
translation: lists of numbers are arrays, indices are whole numbers, `and`, `or`, `not` go entry by
entry, and the names of NAMES stand for what differs (a shape is one tuple in numpy, and so on).

A line of the result has the expression and, for each value that it gives, a column: the shape, a
colon and the entries (`2 3:1.0 2.0 …`; no shape for one number), or a text in quotes, or a list of
texts in brackets, both as JSON.
"""
import ast
import builtins
import json
import pathlib

import numpy as np

SETUP = """
v = [3, -1, 2, 5]
w = [0.5, 2, 2, -4.25]
u = [1.5, nan, -2, 8, nan]
M = reshape(range(12), [3, 4])
N = [[2.5, -1, 0], [1, 4, 2], [-3, 0.5, 6]]
S = [[4, 1, -2], [1, 3, 0.5], [-2, 0.5, 5]]
T = [[1, 2], [3, 5], [-4, 0.5], [2, 2]]
c = [[1], [2], [3]]
y = [0, 2, 1, 2]
m = v > 0
names = ["cat", "dog", "cat", "ant"]
k = 2.5
"""

EXPRESSIONS = r"""
# Operators and broadcasting.
v + w
v - 1
2 * v
v / w
1 / v
v // 2
v % 3
v % -3
-v % 2.5
-7 // 2
7 % -3
7.5 // 2
v ** 2
2 ** v
v ** 0.5
-2 ** 2
2 ** -1
(-8) ** (1 / 3)
M + v
M * c
M - c
c + v
c * [1, 10]
M / (M + 1)
M // 5
M % 5
-M
+v
v == 2
v != 2
v < w
v <= 2
v > w
v >= 2
M > 5
M == v
m and w > 0
m or w > 0
not m
not (M > 5)
m + m
m * 2
-m
m * v
true + true
1e308 * 10
-1 / 0 ||| -inf
0 / 0 ||| nan
nan == nan
inf - inf
v @ w
M @ v
M.T @ [1, 2, 3]
M @ M.T
N @ S
N @ [1, 0, 2]
[1, 0, 2] @ N
c @ c.T
c.T @ c
[[1, 2]] @ [[3], [4]]
M.T
v.T
M.shape
v.shape
M.size
c.T.shape
# Indexing.
v[0]
v[-1]
v[1:3]
v[:2]
v[2:]
v[::2]
v[::-1]
v[3:0:-1]
v[-3:]
v[10:]
v[5:1]
v[[0, 2]]
v[[3, 3, -1]]
v[v > 2]
v[m]
v[not m]
v[[true, false, true, false]]
v[argsort(v)]
M[1]
M[-1]
M[1, 2]
M[-1, -2]
M[0:2]
M[:, 1]
M[:, -1]
M[0:2, 1:3]
M[::-1]
M[:, ::-1]
M[::2, ::3]
M[::-1, 0]
M[1, 1:]
M[2:0:-1, 1]
M[[2, 0]]
M[[0, 2], [1, 3]]
M[range(3), [0, 1, 2]]
M[range(3), argmax(M, axis=1)]
M[:, [3, 0]]
M[1:, [0, 0]]
M[M > 8]
M[M % 2 == 0]
M[[true, false, true]]
M[:, [true, false, true, false]]
M[M[:, 0] > 3]
M[1][2]
M[5:]
M[:, 4:]
# Assignment by index.
a = zeros(4); a[1] = 5; a
a = zeros(4); a[-1] = 5; a
a = zeros(4); a[1:3] = 7; a
a = zeros(4); a[::2] = [1, 2]; a
a = v + 0; a[a < 0] = 0; a
a = v + 0; a[m] = 9; a
a = zeros(4); a[[1, 3]] = [5, 6]; a
a = zeros(3, 4); a[1] = v; a
a = zeros(3, 4); a[:, 1] = [1, 2, 3]; a
a = zeros(3, 4); a[1:, 2:] = 4; a
a = zeros(3, 4); a[range(3), [0, 1, 2]] = 1; a
a = M + 0; a[a > 5] = -1; a
a = M + 0; a[[0, 2]] = v; a
a = v + 0; a[0] += 10; a
a = v + 0; a[1:] -= 1; a
a = v + 0; a *= 2; a
a = v + 0; a /= 4; a
a = v + 0; a[m] *= 3; a
a = M + 0; a[:, 0] -= 5; a
a = M + 0; a += v; a
a = zeros(3); a[[0, 0, 2]] += 1; a ||| a = zeros(3); np.add.at(a, [0, 0, 2], 1); a
a = zeros(3); a[[1, 1, 1]] += [1, 2, 3]; a ||| a = zeros(3); np.add.at(a, [1, 1, 1], [1, 2, 3]); a
a = ones(3); a[[0, 0, 2]] *= 2; a ||| a = ones(3); np.multiply.at(a, [0, 0, 2], 2); a
a = zeros(2, 3); a[[0, 0], [1, 1]] += 1; a ||| a = zeros(2, 3); np.add.at(a, ([0, 0], [1, 1]), 1); a
a = zeros(3, 2); a[[2, 2, 0]] += T[:3]; a ||| a = zeros(3, 2); np.add.at(a, [2, 2, 0], T[:3]); a
b = v; a = b + 0; a[0] = 100; b
# Creation.
zeros(3)
zeros(2, 3)
zeros([2, 3])
zeros(M.shape)
ones(4)
ones(2, 2)
full([2, 3], 7)
full(3, -1)
eye(3)
eye(2, 3)
range(5)
range(2, 10, 3)
range(5, 0, -2)
arange(0, 1, 0.25)
arange(1, 2.1, 0.5)
arange(3)
linspace(0, 1, 5)
linspace(2, -1, 4)
linspace(0, 1, 1)
logspace(-2, 2, 5)
zeros_like(M)
ones_like(v)
full_like(w, 2.5)
zeros_like(3)
diag([1, 2, 3])
diag([1, 2], 1)
diag([1, 2], k=-1)
diag(M)
diag(M, 1)
diag(M, -2)
diag(M, 9)
meshgrid([1, 2, 3], [10, 20])
tile(v, 2)
tile(v, [2, 1])
tile(c, 2)
tile(c, [2, 3])
tile(k, 3)
onehot([0, 2, 1])
onehot(y, 4)
rand(2, 3).shape
randn(4).shape
randint(5, 6)
randint(3, 4, size=3)
sort(permutation(5))
sort(permutation(v))
choice([7], size=3)
# Shapes.
shape(M)
shape(v)
len(v)
len(M)
len("abc")
size(M)
reshape(v, [2, 2])
reshape(M, [2, 6])
reshape(M, [4, -1])
reshape(M, -1, 2)
reshape(M, [12])
reshape(v, [4, 1])
ravel(M)
ravel(M.T)
transpose(M)
transpose(v)
hstack(v, w)
hstack(M, c)
hstack(M, M, c)
vstack(v, w)
vstack(M, v)
vstack(M, M)
concatenate([v, w])
concatenate([M, M])
concatenate([M, c], axis=1)
concatenate([v, [1], w[:2]])
concatenate([M, M], axis=-1)
stack([v, w])
stack([v, w], axis=1)
stack([v, w, v], axis=-1)
repeat(v, 2)
repeat(M, 2)
repeat(M, 2, axis=0)
repeat(M, 2, axis=1)
append([1, 2], 3)
pad(v, 1)
pad(v, [0, 2])
pad(v, 2, value=9)
pad(N, 1)
pad(N, [1, 0])
pad(N, [[1, 0], [0, 2]], value=-1)
flip(v)
flip(M)
flip(M, axis=0)
flip(M, axis=1)
roll(v, 1)
roll(v, -1)
roll(v, 6)
roll(M, 1)
roll(M, 1, axis=0)
roll(M, -1, axis=1)
len(enumerate([5, 6])) ||| len(list(enumerate([5, 6])))
len(zip(v, w, y)) ||| len(list(zip(v, w, y)))
# Reductions.
sum(v)
sum(M)
sum(M, axis=0)
sum(M, axis=1)
sum(M, axis=-1)
sum(M, axis=1, keepdims=true)
sum(M, axis=0, keepdims=true)
sum(M, keepdims=true)
sum(m)
sum(zeros(0))
mean(v)
mean(M, axis=0)
mean(M, axis=1, keepdims=true)
mean(m)
std(v)
std(v, ddof=1)
std(M, axis=0)
std(M, axis=1, ddof=1)
var(v)
var(v, ddof=1)
var(M, axis=1)
var(N, axis=0, ddof=1, keepdims=true)
prod(v)
prod(M + 1, axis=0)
prod(M + 1, axis=1)
prod(zeros(0))
min(v)
max(v)
min(M, axis=0)
max(M, axis=1)
max(M, 0)
min(M, 1)
max(-3, 0)
min(5, 0)
max(1, 7, 3)
max(u)
max(N, axis=1, keepdims=true)
argmin(v)
argmax(v)
argmax(M, axis=0)
argmin(N, axis=1)
argmax([1, 3, 3])
argmax(u)
any(m)
all(m)
any(M > 5, axis=0)
all(M > 3, axis=1)
any([0, 0, 2])
norm(v)
norm(N)
norm(N, axis=0)
norm(N, axis=1, keepdims=true)
norm([3e200, 4e200])
cumsum(v)
cumsum(M)
cumsum(M, axis=0)
cumsum(M, axis=1)
cumprod(w)
cumprod(M + 1, axis=0)
cumprod(N, axis=1)
diff(v)
diff(v, n=2)
diff(v, 9)
diff(N)
diff(N, axis=0)
diff(N, n=2, axis=1)
count_nonzero(v > 0)
count_nonzero(M, axis=0)
nansum(u)
nanmean(u)
nansum([[1, nan], [nan, nan]], axis=0)
nanmean([[1, nan], [3, 5]], axis=0)
trace(N)
trace(M)
# Statistics.
median(v)
median([3, 1, 2])
median(M, axis=0)
median(N, axis=1)
median(N, axis=1, keepdims=true)
median(u)
percentile(v, 25)
percentile(v, 90)
percentile(w, [0, 25, 50, 100])
percentile(N, 40, axis=0)
percentile(N, [10, 60], axis=0)
percentile(N, [10, 60], axis=1)
percentile(N, 30)
percentile(N, 75, axis=1, keepdims=true)
quantile(v, 0.3)
quantile(w, [0.1, 0.5])
quantile(u, 0.5)
histogram(v, bins=4)
histogram(w)
histogram(w, bins=[-5, 0, 1, 2])
histogram([1, 1, 1], bins=2)
histogram(v, bins=3, range=[0, 6])
histogram(M, bins=5)
histogram([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], bins=5)
bincount(y)
bincount(y, minlength=5)
cov(v)
cov(M)
cov(N)
cov(N, rowvar=false)
cov(v, w)
cov(N, ddof=0)
corrcoef(v, w)
corrcoef(N)
corrcoef(T, rowvar=false)
corrcoef(v)
# Order.
sort(v)
sort(N)
sort(N, axis=0)
sort(N, axis=1)
sort(u)
sort(names)
argsort(v)
argsort(N)
argsort(N, axis=0)
argsort([2, 1, 2, 1])
unique(y)
unique(M % 3)
unique(y, return_counts=true)
unique(names)
unique(names, return_counts=true)
unique([1, nan, nan])
searchsorted([1, 3, 5], 4)
searchsorted([1, 3, 5], 3)
searchsorted([1, 3, 5], 3, side="right")
searchsorted([1, 3, 5], [0, 5, 9])
searchsorted([1, 3, nan], nan)
# Search.
where(m)
where(v > 100)
where(M > 8)
where(m, v, 0)
where(m, v, w)
where(M > 5, M, -M)
where(c > 1, v, w)
where(true, 1, 2)
where([true, false, true, false], v, w)
where(names == "cat")
nonzero(v - 2)
nonzero([[0, 1], [2, 0]])
argwhere(v > 0)
argwhere(M % 5 == 1)
isin(v, [2, 5])
isin(M, [1, 7, 30])
isin(2, [1, 2])
isin(nan, [nan])
isin(names, ["dog", "ant"])
names == "cat"
names != "cat"
"dog" == names
allclose(v, v + 1e-9)
allclose(v, v + 1e-3)
allclose(v, w)
allclose(inf, inf)
allclose(nan, nan)
allclose(u, u, equal_nan=true)
allclose(1, 1.1, rtol=0.2)
allclose(1, 1.1, atol=0.2)
array_equal(v, v)
array_equal(v, w)
array_equal(v, M)
array_equal([1, 2], [[1, 2]])
array_equal(u, u)
# Linear algebra.
dot(v, w)
dot(N, S)
dot(N, [1, 2, 3])
dot(2, v)
matmul(N, S)
matmul(M, v)
outer(v, w)
outer(M, [1, 2])
solve(N, [1, 2, 3])
solve(N, S)
solve(N, c)
solve([[2]], [3])
solve(zeros(0, 0), zeros(0))
inv(N)
inv(S)
inv([[4]])
det(N)
det(S)
det([[3]])
det([[1, 2], [2, 4]])
det(zeros(0, 0))
det(1e200 * eye(3) / 1e150)
svd(N)
svd(T)
svd(T.T)
svd(T, full_matrices=false)
svd(T.T, full_matrices=false)
svd(N, compute_uv=false)
svd([[2]])
svd(zeros(0, 2))
eigh(S)
eigh([[2, 1], [1, 2]])
eigh([[5]])
eigh(zeros(0, 0))
lstsq(T, v)
lstsq(T, [[1, 2], [3, 4], [5, 6], [7, 8]])
lstsq([[1, 2, 3], [4, 5, 6]], [1, 2])
lstsq([[1, 1], [2, 2]], [1, 2])
lstsq(N, [1, 2, 3])
matrix_rank(N)
matrix_rank([[1, 2], [2, 4]])
matrix_rank(M)
matrix_rank(zeros(2, 2))
matrix_rank(v)
# Entry by entry.
abs(v)
abs(-2)
exp(w)
exp(1)
log(M + 1)
log(0)
log2(M + 1)
log2(8)
log10(1000)
log1p(w + 5)
log1p(1e-20)
expm1(w)
expm1(1e-20)
sqrt(abs(w))
sqrt(-1)
square(w)
sign(w)
sign(0)
floor(w)
ceil(w)
trunc(w)
trunc(-2.7)
round(2.5)
round(3.5)
round(2.567, 2)
round(w * 3.3, 1)
round(1234, -2)
clip(v, 0, 3)
clip(M, 2, v + 3)
maximum(0, v)
maximum(M, v)
minimum(v, w)
minimum(N, S)
maximum(nan, 1)
isnan(u)
isfinite(u / 0) ||| isfinite(u / zeros(5))
isinf([1, inf, -inf, nan])
isnan(nan)
isfinite(1)
isinf(inf)
sin(w)
cos(w)
tan(w)
tanh(w)
sin(pi)
cos(pi / 3)
pi
arctan2(1, -1)
arctan2(w, v)
arctan2(-0.0, -1)
power(2, v)
power(v, 2)
power(abs(w), c)
mod(v, 3)
mod(-7, 3)
mod(7, -3)
int(-2.7)
int("12")
int(" -7 ")
int(w) ||| np.trunc(w)
float("2.5e-3")
float("-inf")
float(" 3 ")
float(true)
softmax(v)
softmax(N)
softmax(N, axis=0)
softmax(N, axis=none)
softmax([1000, 1001])
# Text.
str(1.5)
str(3) ||| "3"
str(1e-7)
str(1e16)
str("a") + "b"
format(3.14159, ".2f")
format(1234567, ",")
format(0.25, ".1%")
format(-3, "+d")
format(1e-5, "e")
"abc"[0]
"abc"[-1]
"abcdef"[1:4]
"abc"[::-1]
# What the assignment asks for.
mean(argmax(M, axis=1) == 3)
sum(maximum(0, M - M[range(3), [0, 1, 2]][0] + 1))
M - mean(M, axis=0)
(M - mean(M, axis=0)) / std(M, axis=0)
sqrt(sum(M ** 2, axis=1, keepdims=true))
exp(v - max(v)) / sum(exp(v - max(v)))
sum(N * N) * 0.5
M.T @ (M @ v - [1, 2, 3]) / 3
hstack(M, ones(3, 1))
# Methods.
M.mean(axis=0)
M.sum(axis=1, keepdims=true)
v.argmax()
M.T.max(axis=0)
M.reshape(4, 3)
M.ravel()
M.flatten()
N.dot(v[0:3])
v.clip(0, 3)
w.round(1)
M.std(axis=1)
v.cumsum()
(v > 0).any()
(v > 0).all()
M.transpose()
N.trace()
w.argsort()
"a,b,,c".split(",") ||| array("a,b,,c".split(","))
" a  b ".split() ||| array(" a  b ".split())
", ".join(["a", "b"]) ||| ", ".join(["a", "b"])
"  x ".strip() + "Ab".lower() + "Ab".upper() ||| "xabAB"
"banana".replace("an", "o")
int("banana".startswith("ba")) + int("banana".endswith("x"))
# A tuple is a shape.
zeros((3, 2))
full((2, 3), 7)
reshape(v, (2, 2))
M.reshape((2, 6))
zeros(M.shape)
# What is in what.
int(3 in v) + 2 * int(7 in v)
int(7 not in M)
int("cat" in names) + 2 * int("ox" in names)
int("ell" in "hello")
# Brackets with a loop.
[x ** 2 for x in v] ||| np.array([x * x for x in v])
[x for x in v if x > 0] ||| v[v > 0]
[[i * j for j in range(3)] for i in range(4)] ||| np.outer(np.arange(4.0), np.arange(3.0))
[sum(row) for row in M] ||| np.sum(M, axis=1)
[a * b for a, b in zip(v, w)] ||| v * w
[i + 10 * x for i, x in enumerate(v)] ||| np.arange(4.0) + 10 * v
["{x}!" for x in names] ||| np.array(["cat!", "dog!", "cat!", "ant!"])
# Functions without a name.
f = fn(x, p=2) => x ** p; f(v) ||| v ** 2
f = fn(x, p=2) => x ** p; f(v, p=3) ||| v ** 3
a = 3; f = fn(x) => x * a; a = 5; f(v) ||| 3 * v
s = fn(g, x) => (g(x + 1) - g(x - 1)) / 2; s(fn(x) => x * x, 3) ||| 6.0
# Dictionaries.
d = {"a": v, "b": w}; d["a"] + d["b"] ||| v + w
d = {"a": 1}; d["a"] += 2; d["c"] = 4; d["a"] * d["c"] ||| 12.0
d = {(1, 2): 5, 3: 6}; d[1, 2] * d[3] ||| 30.0
d = {"a": 1, "b": 2}; [d[key] for key in d] ||| np.array([1.0, 2.0])
d = {"a": 1, "b": 2}; len(remove(d, "a")) ||| 1
d = {"a": 1, "b": 2}; d.values() ||| np.array([1.0, 2.0])
d = {"a": 1}; d.get("z", 7) ||| 7.0
# The other augmented assignments.
a = v; a //= 2; a ||| v // 2
a = v; a %= 3; a ||| v % 3
a = v; a **= 2; a ||| v ** 2
a = zeros(3); a[1:] += 5; a[0] -= 2; a[2] **= 2; a ||| np.array([-2.0, 5.0, 25.0])
a = ones(2, 2); a[0, :] //= 0.3; a ||| np.array([[3.0, 3.0], [1.0, 1.0]])
"""


def whole(x):
    """An index or a shape: whole numbers where numpy wants them."""
    if isinstance(x, np.ndarray) and x.dtype == float:
        return x.astype(np.int64)
    if isinstance(x, tuple):
        return tuple(whole(item) for item in x)
    return int(x) if isinstance(x, float) and x.is_integer() else x


def shape_of(sizes):
    sizes = sizes[0] if len(sizes) == 1 else sizes
    return tuple(int(n) for n in np.atleast_1d(np.array(sizes)))


def extreme(of_array, of_numbers):
    def f(*x, **options):
        several = len(x) > 1 and np.ndim(x[0]) == 0
        return of_numbers(*x) if several else of_array(*x, **options)

    return f


def places(f):
    def g(*x):
        result = f(*x)
        return result[0] if isinstance(result, tuple) and len(result) == 1 else result

    return g


def softmax(x, axis=-1):
    e = np.exp(x - np.max(x, axis=axis, keepdims=axis is not None))
    return e / np.sum(e, axis=axis, keepdims=axis is not None)


def onehot(labels, k=None):
    return np.eye(int(max(labels)) + 1 if k is None else k)[whole(labels)]


NAMES = {
    **{name: getattr(np, name) for name in np.__all__},
    **{name: getattr(np.linalg, name) for name in np.linalg.__all__},
    **{name: getattr(np, name) for name in ("pi", "inf", "nan", "cov", "diag", "trace", "outer")},
    "np": np, "true": True, "false": False, "none": None, "len": len, "str": str,
    "format": format, "int": int, "float": float, "list": list, "enumerate": enumerate,
    "zip": zip, "matmul": np.matmul,
    "range": lambda *x: np.arange(*x, dtype=float),
    "zeros": lambda *x: np.zeros(shape_of(x)), "ones": lambda *x: np.ones(shape_of(x)),
    "full": lambda x, value: np.full(whole(x), value, dtype=float),
    "eye": np.eye, "shape": lambda x: np.array(np.shape(x)),
    "reshape": lambda x, *s: np.reshape(x, shape_of(s)),
    "hstack": lambda *x: np.hstack(x), "vstack": lambda *x: np.vstack(x),
    "repeat": np.repeat, "tile": lambda x, n: np.tile(x, whole(n)),
    "pad": lambda x, n, value=0: np.pad(x, whole(n), constant_values=value),
    "rand": np.random.rand, "randn": np.random.randn, "randint": np.random.randint,
    "permutation": np.random.permutation, "choice": np.random.choice,
    "max": extreme(np.max, builtins.max), "min": extreme(np.min, builtins.min),
    "bincount": lambda x, **o: np.bincount(whole(x), **o),
    "where": places(np.where), "nonzero": places(np.nonzero),
    "percentile": np.percentile, "norm": np.linalg.norm,
    "lstsq": lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0],
    "histogram": lambda x, bins=10, range=None: np.histogram(x, bins=bins, range=range),
    "softmax": softmax, "onehot": onehot, "whole": whole, "array": np.array,
}


class Translation(ast.NodeTransformer):
    """The language's meaning of a text that Python can parse."""

    def visit_List(self, node):
        self.generic_visit(node)
        texts = any(isinstance(x, ast.Constant) and isinstance(x.value, str) for x in node.elts)
        rows = [x for x in node.elts if not isinstance(x, ast.Constant)]
        if texts:
            return call("array", node)
        # Rows of one length are a matrix; other arrays stay in a list.
        return call("bracket", node) if rows else call("numbers", node)

    def visit_Subscript(self, node):
        self.generic_visit(node)
        if not isinstance(node.slice, (ast.Slice, ast.Tuple)):
            node.slice = call("whole", node.slice)
        if isinstance(node.slice, ast.Tuple):
            node.slice.elts = [
                x if isinstance(x, ast.Slice) else call("whole", x) for x in node.slice.elts]
        return node

    def visit_Attribute(self, node):
        self.generic_visit(node)
        return call("array", node) if node.attr == "shape" else node

    def visit_BoolOp(self, node):
        self.generic_visit(node)
        name = "logical_and" if isinstance(node.op, ast.And) else "logical_or"
        return call(name, *node.values)

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        if isinstance(node.op, ast.Not):
            return call("logical_not", node.operand)
        if isinstance(node.op, ast.UAdd):
            return node
        isNumber = isinstance(node.operand, ast.Constant)
        # True is 1 in arithmetic.
        return call("negative", node.operand) if not isNumber else node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        node.left, node.right = call("plain", node.left), call("plain", node.right)
        return node


def call(name, *arguments):
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


def numbers(items):
    isMask = len(items) > 0 and all(isinstance(x, bool) for x in items)
    return np.array(items, dtype=bool if isMask else float)


def bracket(items):
    shapes = {np.shape(x) for x in items}
    return np.array(items) if len(shapes) == 1 and len(shapes.pop()) < 2 else items


def plain(x):
    """Truth values as numbers, and numbers that divide by 0 as IEEE says."""
    if isinstance(x, np.ndarray) and x.dtype == bool:
        return x.astype(float)
    return np.float64(x) if isinstance(x, (bool, int, float)) else x


NAMES |= {
    "power": lambda a, b: np.power(plain(a), plain(b)),
    "numbers": numbers, "bracket": bracket, "plain": plain,
    "negative": lambda x: np.negative(plain(x)),
}


def evaluate(text, names, translation=Translation()):
    """The value of the expression at the end of statements."""
    tree = ast.parse(text)
    if translation:
        tree = ast.fix_missing_locations(translation.visit(tree))
    *before, last = tree.body
    exec(compile(ast.Module(before, []), "<text>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<text>", "eval"), names)


def column(value):
    if isinstance(value, str):
        return json.dumps(value)
    array = np.asarray(value)
    if array.dtype.kind == "U":
        return json.dumps(array.tolist())
    entries = array.astype(float).ravel().tolist()
    return " ".join(map(str, array.shape)) + ":" + " ".join(map(repr, entries))


def main():
    names = dict(NAMES)
    for line in SETUP.strip().splitlines():
        exec(compile(ast.fix_missing_locations(Translation().visit(ast.parse(line))), line, "exec"),
             names)
    lines = []
    with np.errstate(all="ignore"):
        for line in EXPRESSIONS.strip().splitlines():
            if line.startswith("#"):
                continue
            ours, _, theirs = line.partition(" ||| ")
            try:
                value = (evaluate(theirs, dict(names), None) if theirs
                         else evaluate(ours, dict(names)))
            except Exception as error:
                raise SystemExit(f"{line}: {error!r}")
            several = isinstance(value, (tuple, list))
            lines.append("\t".join([ours, *map(column, value if several else [value])]))
    path = pathlib.Path(__file__).with_suffix(".tsv")
    setup = "".join(f"#{line}\n" for line in SETUP.strip().splitlines())
    path.write_text(setup + "\n".join(lines) + "\n")
    print(f"{len(lines)} expressions, numpy {np.__version__}")


if __name__ == "__main__":
    main()
