"""One training of svmrepl or of a peer on a problem: seconds, and the objective of its weights."""

import os
from dataclasses import dataclass

from running import python, run, script

WARM = 5  # seconds up to which a training is done twice, and the second counts


@dataclass
class Task:
    """An objective on a problem."""

    problem: object
    loss: str
    reduction: str
    C: str = "1"

    def statement(self, solver, **options):
        """svmrepl's line that trains a model `m`."""
        words = [f"{key}={value}" for key, value in options.items() if value is not None]
        form = "" if self.C.startswith("alpha=") else f" C={self.C}"
        return (
            f"m = train d loss={self.loss} reduction={self.reduction}{form} solver={solver} "
            + " ".join(words)
        )


def ours(settings, task, solver, times=1, limit=None, **options):
    """A run of svmrepl, with `objective` filled in."""
    weights = settings.path("weights.npy")
    statement = task.statement(solver, **options)
    text = task.problem.loaded() + (statement + ";\n") * (times - 1)
    text += f't = timeit {statement};\nprint "RESULT {{t:.9f}}"\nsave m.W to="{weights}"\n'
    outcome = run(script(settings, "train", text), limit)
    outcome.objective = None
    if not outcome.error:
        (outcome.objective,) = objectives(task, [weights])
        os.remove(weights)
    return outcome


def objectives(task, files):
    """The objectives of weights in files, computed in numpy by a process of its own."""
    found = run(
        python("objectives.py", task.problem.folder, task.loss, task.reduction, task.C, *files)
    )
    if found.error:
        raise RuntimeError(found.error)
    return found.values("OBJECTIVE")


def theirs(task, peer, times=1, limit=None, **options):
    """A run of a peer, with `objective` and `capped` filled in."""
    words = [f"{key}={value}" for key, value in options.items() if value is not None]
    named = [task.problem.folder, task.loss, task.reduction, task.C, times, peer]
    outcome = run(python("peers.py", *named, *words), limit)
    outcome.objective = next(iter(outcome.values("OBJECTIVE")), None)
    outcome.capped = outcome.values("CAPPED") == [1]
    return outcome
