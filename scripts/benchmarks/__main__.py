"""Times svmrepl and its peers at the same work; `scripts/bench` starts it."""

import argparse
import os
import sys

import curves
import epochs
import files
import growth
import memory
import optimum
import pictures
import reading
from report import Table
from running import Settings

# What runs a work, in the order of the table.
PARTS = [
    (pictures.WORKS, pictures.run),
    (["reading"], reading.run),
    (["files"], files.run),
    (["memory"], memory.run),
    (["optimum"], optimum.run),
    (["epochs"], epochs.run),
    (["growth"], growth.run),
    (["curves"], curves.run),
]

WORKS = [work for works, _ in PARTS for work in works]


def arguments():
    """The options, and the works that were asked for: all of them if none is named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("works", nargs="*")
    options = parser.parse_args()
    for work in options.works:
        if work not in WORKS:
            sys.exit(f"bench: no work is called '{work}'; there are {', '.join(WORKS)}")
    return options


def main():
    """Prints the table, part by part."""
    options = arguments()
    settings = Settings(options.program, options.folder, options.quick)
    table = Table()
    print(f"{os.cpu_count()} cores; ratio: the peer's time over svmrepl's\n")
    table.head()
    for works, run in PARTS:
        chosen = [work for work in works if not options.works or work in options.works]
        if chosen:
            run(settings, table, chosen)
    table.foot()


main()
