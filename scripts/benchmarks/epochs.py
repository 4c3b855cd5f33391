"""Stochastic gradient descent at equal work: as many passes over the rows as SGDClassifier."""

from problems import Problem
from running import together
from training import WARM, Task, ours, theirs

EPOCHS = 5
ALPHA = 1e-4
ROUNDS = 3
LIMIT = 60  # seconds for a whole process, imports and all

# Problem, reduction, and the step for batches of 1 and of 200.
CASES = [
    ("a9a", "binary", {1: 0.01, 200: 0.2}),
    ("text2", "binary", {1: 0.1, 200: 1}),
    ("dense", "one-vs-rest", {1: 1e-4, 200: 2e-3}),
]


def train(settings, task, batch, step, precision, times):
    """A run of ours: shuffled epochs with a constant step."""
    return ours(
        settings, task, "sgd", times, LIMIT, penalty="half-l2", reg=ALPHA, lr=step,
        batch=batch, replace="false", iters=EPOCHS * task.problem.rows // batch,
        precision=precision,
    )


def classifier(settings, task, step, precision):
    """A run of the peer."""
    return theirs(
        task, "SGDClassifier", 2, LIMIT, alpha=ALPHA, epochs=EPOCHS, rate="constant",
        eta=step, dtype={"single": "float32", "double": "float64"}[precision],
    )


def case(settings, table, problem, reduction, steps, precision):
    """A row for each size of batch, all of them by turns with the peer."""
    task = Task(Problem(settings, problem), "hinge", reduction, f"alpha={ALPHA}")
    batches = list(steps)
    runs = [[] for _ in range(len(batches) + 1)]
    for _ in range(ROUNDS):
        for batch, seen in zip(batches, runs):
            if not (seen and seen[-1].error):
                times = 2 if seen and seen[0].seconds < WARM else 1  # the first may be a long one
                seen.append(train(settings, task, batch, steps[batch], precision, times))
        runs[-1].append(classifier(settings, task, steps[1], precision))
    reached = [seen[-1].objective for seen in runs]
    *mine, other = [together(seen) for seen in runs]
    for batch, one in zip(batches, mine):
        table.compare(f"{problem}, batch={batch}, {precision}", one, "SGDClassifier", other)
    names = [f"batch={batch}" for batch in batches] + ["SGDClassifier"]
    ends = [f"{name} {value:.4g}" for name, value in zip(names, reached) if value is not None]
    table.note("objective at the end: " + ", ".join(ends))


def run(settings, table, works):
    """Three problems, each in single and double."""
    table.section(f"SGD at equal work: {EPOCHS} epochs, hinge, α = {ALPHA:g}, constant step")
    for problem, reduction, steps in CASES:
        for precision in ("single", "double"):
            case(settings, table, problem, reduction, steps, precision)
    table.remark(
        "epochs: mean hinge + ½α‖W‖², the bias a column of ones, no bar. SGDClassifier updates "
        "after each row, shrinks by a scale it keeps beside the weights, touches only the row's "
        "entries, and runs a class to a core. Ours with batch=1 makes as many updates, for all "
        "classes at once, of the row's entries where rows are sparse, and keeps a loss for each; "
        "with batch=200 as many rows pass in a 200th of the updates, with a step that is ten or "
        "twenty times as long: the end is less near the optimum for the same pass, as "
        "the objectives show."
    )
