"""One run of the compiled engine, stepped day by day from outside: tests see its whole state in double precision."""

from collections import namedtuple

import numpy as np

from garrison.engines import local_pushes, pushes_of_all_days
from garrison.engines.cohorts import Beginning, _displacement
from garrison.engines.contest import FATE, N_HAZARDS
from garrison.engines.day import Country, live_one_day
from garrison.engines.passage import wake_at_rest
from garrison.regime import lever_effects, uniforms
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.regime.economy import begin_economy, economy_parameters
from garrison.regime.leaving import N_SLICES
from garrison.regime.parameter_record import parameter_records
from garrison.regime.perception import class_shares
from garrison.regime.today import TODAY, nobody

State = namedtuple("State", ("people", "today", "purse", "fate"))
"""What a run looks like in the evening: arrays of `People`, records of `TODAY`, `PURSE` and `FATE`, all copies."""


def evenings(parameters, run, *, start, days, seed, levers=(), begin: Beginning | None = None):
    """Give the state of one run on every evening until its end."""
    one = parameters.take([run])
    layout, conditions = one.layout, one.conditions
    cohorts = compiled_cohorts(layout)
    purse = begin_economy(
        1,
        **{name: conditions[name] for name in ("hardship", "pay", "rents", "oil", "reserves")},
        mobilised=class_shares(cohorts, one.rest.shares)[:, 0],
    )
    today, fate = np.zeros(1, dtype=TODAY), np.zeros(1, dtype=FATE)
    for name in FATE.names:
        if name.endswith("_day"):
            fate[name] = -1
    people = nobody(layout.n_cohorts, layout.n_places, layout.n_forces, N_SLICES)
    country = Country(
        parameter_records(one)[0], economy_parameters()[0], purse[0], today[0], people, cohorts, fate[0]
    )
    displaced, belief = _displacement(one, begin)
    wake_at_rest(country, np.ascontiguousarray(one.rest.shares)[0], displaced[0], belief[0])
    chance = [uniforms(seed, f"chance of an end {item}", one.replicate) for item in range(N_HAZARDS)]
    chances = -np.log(np.stack(chance, axis=1))[0]
    pushes = pushes_of_all_days(one, seed=seed, days=days)[0]
    if layout.n_places > 1:
        local = local_pushes(one, slice(0, 1), seed=seed, days=days)[0]
    else:
        local = np.zeros((days, 1), dtype=np.float32)
    moved = lever_effects(levers, start=start, days=days).moved
    found = []
    for day in range(days):
        live_one_day(country, moved[day], pushes[day], local[day], day, chances)
        arrays = type(people)(*(array.copy() for array in people))
        found.append(State(arrays, today[0].copy(), purse[0].copy(), fate[0].copy()))
        if fate["end_day"][0] >= 0:
            break
    return found
