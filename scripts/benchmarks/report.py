"""The table: a row for each work, with its bar and whether it is met."""

import textwrap

WIDTH = 80
FORM = "{:<27}{:>9}  {:<14}{:>9}{:>7} {:>5} {}"


def duration(seconds):
    """Seconds as people write them."""
    if seconds is None:
        return "–"
    if seconds < 1:
        return f"{seconds * 1e3:.1f} ms"
    return f"{seconds:.2f} s" if seconds < 100 else f"{seconds:.0f} s"


def figure(ratio):
    """A ratio in two or three digits."""
    return f"{ratio:.0f}" if ratio >= 99.5 else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2g}"


class Table:
    """Prints its rows as they come, and counts which bars were met."""

    def __init__(self):
        self.verdicts = {"met": 0, "missed": 0, "no bar": 0, "skipped": 0}
        self.remarks = []

    def head(self):
        """The names of the columns."""
        print(FORM.format("work", "svmrepl", "peer", "its time", "ratio", "bar", "").rstrip())
        print("─" * WIDTH, flush=True)

    def section(self, title):
        """A line between rows that says what the next ones have in common."""
        print(f"\n{title}", flush=True)

    def row(self, work, ours, peer, theirs, ratio=None, bar=None, met=None, more=False, note=None):
        """One line; `more` marks a ratio that the peer's failure makes a lower bound."""
        verdict = "" if met is None else "met" if met else "missed"
        self.verdicts[verdict or "no bar"] += 1
        shown = "–" if ratio is None else (">" if more else "") + figure(ratio)
        bar = "–" if bar is None else bar if isinstance(bar, str) else f"{bar:g}×"
        print(FORM.format(work, ours, peer, theirs, shown, bar, verdict).rstrip())
        self.note(note)

    def compare(self, work, ours, peer, theirs, bar=None, more=False, note=None):
        """A row of two outcomes: the ratio of their seconds against a bar."""
        if ours.error or theirs.error:
            return self.skipped(work, ours, peer, theirs, note)
        ratio = theirs.seconds / ours.seconds
        met = None if bar is None else ratio >= bar
        self.row(
            work, duration(ours.seconds), peer, duration(theirs.seconds),
            ratio, bar, met, more, note,
        )

    def skipped(self, work, ours, peer, theirs, note=None):
        """A row without a ratio, and why."""
        self.verdicts["skipped"] += 1
        times = [duration(None if one.error else one.seconds) for one in (ours, theirs)]
        print(FORM.format(work, times[0], peer, times[1], "–", "–", "").rstrip())
        if ours.error:
            self.note(f"svmrepl: {ours.error}")
        if theirs.error:
            self.note(f"{peer}: {theirs.error}")
        self.note(note)

    def note(self, text):
        """A remark under a row."""
        if text:
            print(textwrap.fill(text, WIDTH, initial_indent="    ", subsequent_indent="    "))
        print(end="", flush=True)

    def remark(self, text):
        """Something for the table's foot, once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def foot(self):
        """How it was measured, and the count of bars."""
        print("─" * WIDTH)
        counts = [f"{name}: {count}" for name, count in self.verdicts.items() if count]
        print(", ".join(counts) or "no row has a bar")
        print()
        for text in self.remarks:
            print(textwrap.fill(text, WIDTH, initial_indent="· ", subsequent_indent="  "))
        print(end="", flush=True)


def small_table(names, rows, right=True):
    """Lines of a table with columns as wide as they need be."""
    cells = [[str(cell) for cell in row] for row in [names, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(names))]
    for row in cells:
        first, rest = row[0].ljust(widths[0]), zip(row[1:], widths[1:])
        aligned = [cell.rjust(width) if right else cell.ljust(width) for cell, width in rest]
        print("  " + "  ".join([first, *aligned]).rstrip())
    print(end="", flush=True)
