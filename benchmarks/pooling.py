"""The time to pool studies, by each model: made up, always the same, with a true spread of 1.

python benchmarks/pooling.py [STUDIES ...]

Seconds are of the processor, the best of three; the first line is the time to import numpy and what
the models take of scipy, which a process pays once.
"""

import sys
from collections.abc import Callable
from time import process_time

from allograph.synthesis.effects import (
    INVERSE_VARIANCE,
    TwoArms,
    effect_of,
    pool_effects,
    pool_rare,
)
from allograph.synthesis.pooled import FREEMAN_TUKEY, MANTEL_HAENSZEL, PETO
from allograph.synthesis.shares import SENSITIVITY, Counted, pool_shares

SIZES = (5, 50, 500, 5000)
RUNS = 3


def made_up(studies: int) -> list[TwoArms]:
    """Trials of 10 to 500 people in each arm, whose arms differ."""
    import numpy as np

    random = np.random.default_rng(15)
    people = random.integers(10, 500, (2, studies))
    logits = random.normal(-1, 1, studies)
    odds = np.exp(np.stack((logits + random.normal(-0.4, 0.3, studies), logits)))
    events = random.binomial(people, odds / (1 + odds))
    columns = np.stack((events[0], people[0], events[1], people[1]), -1).tolist()
    return [TwoArms(f"study {place}", *numbers) for place, numbers in enumerate(columns)]


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, the best of some runs."""
    runs = []
    for _ in range(RUNS):
        started = process_time()
        work()
        runs.append(process_time() - started)
    return min(runs)


def ways(trials: list[TwoArms]) -> dict[str, Callable[[], object]]:
    """Each model, with what it pools of these trials."""
    shares = [Counted(trial.label, trial.events, trial.people) for trial in trials]
    whole = [trial for trial in trials if trial.events and trial.comparator_events]
    effects = [effect_of(trial, "rr") for trial in whole]
    return {
        **{
            f"share, {model}": lambda model=model: pool_shares(shares, model)
            for model in (*SENSITIVITY, FREEMAN_TUKEY)
        },
        **{
            f"rr, {model}": lambda model=model: pool_effects(effects, "rr", model)
            for model in INVERSE_VARIANCE
        },
        **{
            f"or, {model}": lambda model=model: pool_rare(trials, "or", model)
            for model in (MANTEL_HAENSZEL, PETO)
        },
    }


def main() -> None:
    """Print a table: a row for each model, a column for each number of studies."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    started = process_time()
    pool_shares([Counted(str(place), place, 20) for place in (3, 6, 9)])
    sys.stdout.write(f"first of all, with imports: {process_time() - started:.2f} s\n")
    by_size = [ways(made_up(size)) for size in sizes]
    head = "".join(f"{size:>9,}" for size in sizes)
    sys.stdout.write(f"{'seconds for':24}{head}  studies\n")
    for name in by_size[0]:
        times = "".join(f"{seconds(ways[name]):9.4f}" for ways in by_size)
        sys.stdout.write(f"{name:24}{times}\n")


if __name__ == "__main__":
    main()
