"""Small countries and random levers that the tests of the engine share."""

import functools
from datetime import date, timedelta

import numpy as np

from garrison.regime import Force, Layout, Lever, Place, Stratum, draw_parameters, known_levers

START = date(2020, 1, 1)


@functools.cache
def two_by_two():
    """Two places and two forces that differ in nearly everything that a layout can say."""
    places = [
        Place("Centre", 3e6, capital=True, shifts={"hardship": -0.1, "kinship": 0.1}),
        Place("Coast", 1e6, border=True, shifts={"hardship": 0.2, "haven": 0.3, "violence": 0.1}),
    ]
    forces = [
        Force("army", 80_000, crowd_weight=0.4, command=0.7, shifts={"pay": -0.1, "cohesion": 0.2}),
        Force("guard", 20_000, command=0.3, shifts={"identity": 0.2, "control": 0.1}, spread=(0.8, 0.2)),
    ]
    return Layout("two places", places, forces, class_shifts={"elite": {"rents": 0.2, "exposure": 0.1}})


@functools.cache
def divided():
    """One place, two forces, and strata of civilians and of soldiers."""
    return Layout(
        "a divided country",
        [Place("Centre", 1e6, capital=True)],
        [Force("army", 30_000), Force("police", 10_000, crowd_weight=0.8, shifts={"identity": -0.2})],
        civilian_strata=[
            Stratum("poor", 0.7, {"hardship": 0.2}),
            Stratum("better off", 0.3, {"hardship": -0.3}),
        ],
        force_strata=[Stratum("kin of the ruler", 0.2, {"identity": 0.4}), Stratum("not kin", 0.8)],
    )


def regimes(n_runs, layout=None, seed=5):
    """Draw regimes whether or not they could exist: the engine has to carry those too."""
    return draw_parameters(n_runs, seed=seed, layout=layout)


def random_levers(seed, days, n_levers=8):
    """Draw levers of any size, day, ramp and credibility; successive seeds go through all kinds of them in turn."""
    generator, known = np.random.default_rng(seed), known_levers()
    kinds = np.random.default_rng(0).permutation(sorted(known)).tolist()
    found = []
    for name in [kinds[(n_levers * seed + number) % len(kinds)] for number in range(n_levers)]:
        size = float(generator.uniform(known[name].low, known[name].high))
        first, ramp = int(generator.integers(0, days)), int(generator.integers(1, 30))
        credibility = float(generator.uniform()) if known[name].pledge else 1.0
        found.append(Lever(name, size, START + timedelta(days=first), ramp, credibility))
    return found
