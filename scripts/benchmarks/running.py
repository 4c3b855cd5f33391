"""Running programs: their seconds, their results, their peak memory."""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass
class Settings:
    """What holds for all works of one run of the benchmark."""

    program: str
    folder: str
    quick: bool

    def scaled(self, count):
        """A number of rows: a tenth of it where the run is to be quick."""
        return max(count // 10, 1) if self.quick else count

    def path(self, name):
        """A file or folder among the run's throw-away data."""
        return os.path.join(self.folder, name)


@dataclass
class Outcome:
    """What came of one program, or of several runs of it."""

    seconds: float = None  # what it says on a line RESULT, else how long it ran
    peak: float = 0  # megabytes
    error: str = None
    late: bool = False  # ended at its limit
    output: str = ""
    spread: list = field(default_factory=list)  # the seconds of every run

    def values(self, key):
        """The numbers on the lines of output that begin with `key`."""
        words = (line.split() for line in self.output.split("\n"))
        return [float(word[1]) for word in words if len(word) > 1 and word[0] == key]


def run(arguments, limit=None):
    """Runs a program; one that takes longer than `limit` seconds is ended."""
    with tempfile.TemporaryFile() as errors:
        begin = time.perf_counter()
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=errors)
        timer = threading.Timer(limit or 3600, process.kill)
        timer.start()
        output = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        seconds = time.perf_counter() - begin
        late = not timer.is_alive()
        timer.cancel()
        errors.seek(0)
        complaint = errors.read().decode().strip().split("\n")
    result = Outcome(seconds, usage.ru_maxrss / 1024, output=output)
    printed = result.values("RESULT")
    result.seconds = printed[-1] if printed else seconds
    result.spread = [result.seconds]
    if late:
        result.error, result.late = f"more than {limit:.0f} s", True
    elif status != 0:
        # svmrepl begins with what is wrong, Python ends with it.
        said = complaint[-1 if arguments[0] == sys.executable else 0].removeprefix("error: ")
        result.error = said or f"ended with status {status}"
    return result


def script(settings, name, text):
    """The arguments that run `text` with svmrepl."""
    path = settings.path(name + ".svm")
    with open(path, "w") as file:
        file.write(text)
    return [settings.program, path]


def python(module, *arguments):
    """The arguments that run a module of this folder as a program of its own."""
    return [sys.executable, os.path.join(HERE, module), *map(str, arguments)]


def apart(function, *arguments):
    """Calls in a process of its own, since children inherit the peak memory of their parent."""
    import multiprocessing

    process = multiprocessing.get_context("fork").Process(target=function, args=arguments)
    process.start()
    process.join()
    if process.exitcode != 0:
        raise RuntimeError(f"{function.__name__} failed")


def alternately(rounds, *sides, limit=None):
    """Runs programs by turns, so that a busy machine slows them alike; the median of each."""
    outcomes = [[] for _ in sides]
    for _ in range(rounds):
        for arguments, seen in zip(sides, outcomes):
            if not (seen and seen[-1].error):
                seen.append(run(arguments, limit))
    return [together(seen) for seen in outcomes]


def together(outcomes):
    """One outcome of several: the median of the seconds, the highest peak, the first error."""
    failed = next((one for one in outcomes if one.error), None)
    if failed:
        return failed
    spread = [one.seconds for one in outcomes]
    peak = max(one.peak for one in outcomes)
    return Outcome(statistics.median(spread), peak, output=outcomes[-1].output, spread=spread)
