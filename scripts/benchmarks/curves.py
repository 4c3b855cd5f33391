"""Suboptimality against seconds: every solver of ours and of the peers on two problems."""

import math
import textwrap
from dataclasses import dataclass

from problems import Problem
from report import duration, small_table
from running import run as run_program, script
from training import WARM, Task, ours, theirs

CUT = 15  # seconds: a solver that took so long gets no further point
LIMIT = 150
FLOOR = 1e-9  # what is drawn and written for less
DOUBLED = [2**i for i in range(11)]
TOLERANCES = ["10", "1", "0.1", "0.01", "0.001", "0.0001", "1e-5", "1e-6"]
EPOCHS = [1, 2, 4, 8, 16, 32, 64]
TRIAL = 8  # epochs of the trial runs that choose a step
BATCH = 200


@dataclass
class Point:
    """One run: what was varied, its seconds and its objective."""

    setting: str
    seconds: float
    objective: float


class Curve:
    """The points of one solver, or why there are none."""

    def __init__(self, name):
        self.name, self.points, self.error, self.remark = name, [], None, ""

    def extend(self, settings_and_runs):
        """Adds points until the time is up, the solver fails, or nothing changes any more."""
        for setting, run in settings_and_runs:
            outcome = run(1)
            if not outcome.error and outcome.seconds < WARM / 10:
                outcome = run(2)
            if outcome.error:
                self.error = outcome.error
                return self
            last = self.points[-1].objective if self.points else math.inf
            self.points.append(Point(setting, outcome.seconds, outcome.objective))
            same = abs(last - outcome.objective) <= FLOOR * abs(outcome.objective)
            if outcome.seconds > CUT or same or not math.isfinite(outcome.objective):
                return self
        return self


def best_of(trials):
    """The options whose trial run ended lowest, and the first error if all of them failed."""
    outcomes = [(options, run()) for options, run in trials]
    done = [
        (outcome.objective, index)
        for index, (_, outcome) in enumerate(outcomes)
        if not outcome.error and math.isfinite(outcome.objective)
    ]
    if not done:
        return None, outcomes[0][1].error
    return outcomes[min(done)[1]][0], None


def our_curves(settings, task):
    """dual, newton, lbfgs, fista by iterations; pegasos and sgd by epochs."""
    for solver, counts in (
        ("dual", DOUBLED), ("newton", DOUBLED[:7]), ("lbfgs", DOUBLED[2:]), ("fista", DOUBLED[2:])
    ):
        yield Curve(solver).extend(
            (f"iters={count}", lambda times, count=count, solver=solver: ours(
                settings, task, solver, times, settings.scaled(LIMIT),
                iters=count, tolerance="1e-12"))
            for count in counts
        )
    yield pegasos(settings, task)
    yield sgd(settings, task)


def iterations(task, epochs):
    """So many epochs in batches."""
    return max(epochs * task.problem.rows // BATCH, 1)


def pegasos(settings, task):
    """Pegasos has no step to choose; without the projection its first steps throw it far off."""
    return Curve("pegasos").extend(
        (f"epochs={epochs}", lambda times, epochs=epochs: ours(
            settings, task, "pegasos", times, settings.scaled(LIMIT), batch=BATCH, replace="false",
            project="true", iters=iterations(task, epochs)))
        for epochs in EPOCHS
    )


def sgd(settings, task):
    """SGD with a cosine schedule and the best of several steps."""
    def train(times, epochs, step):
        """A step is given in units of 1 / (C N), which the gradient is long."""
        return ours(
            settings, task, "sgd", times, settings.scaled(LIMIT), batch=BATCH, replace="false",
            iters=iterations(task, epochs), schedule="cosine", init=0,
            lr=f"{step / task.problem.rows:.3g}",
        )

    curve = Curve("sgd")
    steps = [10.0 ** (power / 2) for power in range(-10, 3)]
    step, curve.error = best_of((step, lambda step=step: train(1, TRIAL, step)) for step in steps)
    if step is None:
        return curve
    curve.remark = f"lr={step / task.problem.rows:.3g}, cosine"
    return curve.extend(
        (f"epochs={epochs}", lambda times, epochs=epochs: train(times, epochs, step))
        for epochs in EPOCHS
    )


def peer_curves(settings, task):
    """LIBLINEAR and LinearSVC by tolerance, SGDClassifier by epochs."""
    limit = settings.scaled(LIMIT)
    squared = task.loss == "squared-hinge"
    for solver in (1, 2) if squared else (3,):
        yield Curve(f"LIBLINEAR -s {solver}").extend(
            (f"e={e}", lambda times, e=e, solver=solver: theirs(
                task, "LIBLINEAR", times, limit, s=solver, e=e))
            for e in TOLERANCES
        )
    yield Curve("LinearSVC").extend(
        (f"tol={tol}", lambda times, tol=tol: theirs(
            task, "LinearSVC", times, limit, dual="false" if squared else "true", multi_class="ovr",
            tol=tol))
        for tol in TOLERANCES
    )
    yield sgd_classifier(settings, task)


def sgd_classifier(settings, task):
    """SGDClassifier with the best of its schedules and several steps."""
    def train(times, epochs, options):
        """Its α is 1 / (C N)."""
        return theirs(
            task, "SGDClassifier", times, settings.scaled(LIMIT), alpha=1 / task.problem.rows,
            epochs=epochs, **options,
        )

    curve = Curve("SGDClassifier")
    choices = [{"rate": "optimal", "average": "false"}, {"rate": "optimal", "average": "true"}]
    choices += [
        {"rate": "invscaling", "eta": f"{10.0 ** (power / 2):.3g}", "average": "true"}
        for power in range(-12, 1)
    ]
    options, curve.error = best_of((one, lambda one=one: train(1, TRIAL, one)) for one in choices)
    if options is None:
        return curve
    curve.remark = " ".join(f"{key}={value}" for key, value in options.items())
    return curve.extend(
        (f"epochs={epochs}", lambda times, epochs=epochs: train(times, epochs, options))
        for epochs in EPOCHS
    )


def best_known(settings, task, curves):
    """The lowest objective of all points, and of a long run of each of our exact solvers."""
    found = [point.objective for curve in curves for point in curve.points]
    for solver in ("dual", "newton"):
        limit = settings.scaled(LIMIT)
        tight = ours(settings, task, solver, 1, limit, iters=10000, tolerance="1e-7")
        found += [] if tight.error else [tight.objective]
    return min(value for value in found if math.isfinite(value))


def excess(objective, best):
    """Relative suboptimality, not below what is drawn."""
    return max(objective / best - 1, FLOOR)


def drawn(settings, curves, best):
    """The plot, by the program itself: a scatter plot on logarithmic axes, joined to lines."""
    xs, ys, groups = [], [], []
    for group, curve in enumerate(curves):
        points = [
            (math.log10(point.seconds), math.log10(excess(point.objective, best)))
            for point in curve.points
            if math.isfinite(point.objective) and excess(point.objective, best) < 1e3
        ]
        for x, y in joined(points):
            xs.append(f"{10**x:.4g}")
            ys.append(f"{10**y:.4g}")
            groups.append(str(group))
    columns = zip("xyg", (xs, ys, groups))
    text = "\n".join(f"{name} = [{', '.join(values)}]" for name, values in columns)
    text += '\nplot-ascii x y color=g kind=scatter log=both width=80 height=28 canvas=ascii\n'
    outcome = run_program(script(settings, "curves", text))
    return outcome.output.rstrip() if not outcome.error else f"svmrepl: {outcome.error}"


def joined(points, between=12):
    """The points with others on the straight lines from each to the next."""
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        for step in range(between):
            share = step / between
            yield x0 + share * (x1 - x0), y0 + share * (y1 - y0)
    yield from points[-1:]


def run(settings, table, works):
    """A plot and a table of points for a dense and a sparse problem."""
    for name, loss, reduction in (
        ("dense", "squared-hinge", "one-vs-rest"), ("a9a", "hinge", "binary")
    ):
        task = Task(Problem(settings, name), loss, reduction)
        curves = [*our_curves(settings, task), *peer_curves(settings, task)]
        table.section(f"relative suboptimality against seconds; {loss}, {reduction}, C = 1;\n"
                      f"{task.problem.title}")
        show(settings, curves, best_known(settings, task, curves))
    table.remark(
        "curves: (J − J*) / J*, J* the lowest objective of all runs, also ours with "
        "tolerance=1e-7. Every point is a training of its own, from the start. The steps of sgd "
        f"and SGDClassifier are the best of several after {TRIAL} epochs; the trials' time "
        "isn't counted."
    )


def show(settings, curves, best):
    """The legend, the plot, the points and what failed."""
    shown = [curve for curve in curves if curve.points]
    entries = [f"{group} {curve.name}" for group, curve in enumerate(shown)]
    # A space that does not break keeps a curve's number with its name.
    legend = "  ".join(entry.replace(" ", "\u00a0") for entry in entries)
    legend = textwrap.fill(legend, 78, initial_indent="  ", subsequent_indent="  ")
    print(legend.replace("\u00a0", " "))
    print(drawn(settings, shown, best))
    rows = [
        [curve.name, point.setting, duration(point.seconds), f"{point.objective:.7g}",
         f"{excess(point.objective, best):.1e}"]
        for curve in shown for point in curve.points
    ]
    small_table(["solver", "setting", "seconds", "objective", "excess"], rows)
    for curve in curves:
        if curve.remark:
            print(f"  {curve.name}: {curve.remark}")
        if curve.error:
            print(f"  {curve.name}: {curve.error}")
    print(end="", flush=True)
