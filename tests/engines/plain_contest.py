"""What becomes of a regime, in plain NumPy: a second writing of the rules of `garrison.engines.contest`."""

import numpy as np
from scipy.special import ndtr

from garrison.engines import ENDINGS, thresholds

CIVILIANS, TROOPS, OFFICERS, ELITE = range(4)
ENDS = ("leader_exit", "pact", "election", "patron", "foreign_force")
RATES = ("hazard_exit", "hazard_pact", "hazard_election", "hazard_patron", "hazard_foreign_force")
DAYS = ("break_day", "hollow_day", "fracture_day", "coup_day", "desertion_day", "split_day", "end_day")


class PlainFate:
    """Days on which something became of each run, (run,), -1 for never."""

    def __init__(self, parameters, chances):
        n_runs = len(parameters)
        self.par, self.chances, self.line = parameters, chances, thresholds()
        self.day = {name: np.full(n_runs, -1) for name in DAYS}
        self.end, self.coup_won = np.zeros(n_runs, dtype=int), np.zeros(n_runs, dtype=bool)
        self.divided, self.outnumbered = np.zeros(n_runs, dtype=int), np.zeros(n_runs, dtype=int)
        self.summed = np.zeros((n_runs, len(ENDS) + 2))

    @property
    def alive(self):
        """Which runs have not ended."""
        return self.day["end_day"] < 0

    def note(self, name, which, day, *, again=False):
        """Write a day down where something happened for the first time (or whenever it does)."""
        fresh = which & self.alive & (again | (self.day[name] < 0))
        self.day[name][fresh] = day
        return fresh

    def test(self, state, moved, day):
        """Run every test of the evening, in order."""
        alive, line = self.alive, self.line
        layout, strength = state.layout, state.unit_share
        elite = state.visible[:, state.rows[ELITE]] @ layout.command
        fractured = elite >= line["break_elite"]
        turned = state.in_unit[OFFICERS] >= line["break_officers"]
        here = np.zeros(len(strength), dtype=bool)
        here[layout.capital * layout.n_forces : (layout.capital + 1) * layout.n_forces] = True
        taken = turned[:, here] @ strength[here] >= line["capital_share"] * strength[here].sum()
        senior, junior, ended = self._hazards(state, moved, elite, alive)
        broken = (fractured | taken | senior | junior) & alive
        self.note("fracture_day", fractured, day)
        self.note("break_day", broken, day)
        hollow = (state.nation[:, TROOPS] >= line["hollow_troops"]) & ~fractured & ~taken
        self.note("hollow_day", hollow, day)
        self._split(state, strength, turned, day)
        self._desertion(state, day)
        rested = (self.day["coup_day"] < 0) | (day - self.day["coup_day"] >= line["pause_after_coup"])
        tried = self.note("coup_day", broken & rested, day, again=True)
        generals_lead = fractured | senior
        plotters, loyal = self._both_sides(state, generals_lead, max(moved["militia"], 0.0))
        self.coup_won[tried] = (plotters > loyal)[tried]
        won = tried & (plotters > loyal)
        self.day["end_day"][won] = day
        below, above = ENDINGS.index("coup from below"), ENDINGS.index("coup from above")
        self.end[won] = np.where(generals_lead, above, below)[won]
        state.purge(tried & ~won, line["loyalty_after_purge"])
        need = self.par["crowd_to_contain"] * state.in_place[CIVILIANS][:, layout.capital]
        self.outnumbered = np.where(state.capacity[:, layout.capital] < need, self.outnumbered + 1, 0)
        street = (self.outnumbered >= line["fall_days"]) & self.alive
        other = (ended >= 0) & self.alive & ~street
        self.day["end_day"][street | other] = day
        self.end[street] = ENDINGS.index("street")
        self.end[other] = ended[other] + 1

    def _hazards(self, state, moved, elite, alive):
        """Add hazards up: did generals plot, did officers alone, and which end came, -1 for none; each (run,)."""
        growth = np.exp(self.par["hazard_by_belief"] * state.belief)
        for item, (name, rate) in enumerate(zip(ENDS, RATES, strict=True)):
            self.summed[alive, item] += (self.par[rate] * growth * np.exp(moved[name]))[alive]
        # Generals know what would follow them; officers cannot tell.
        generals_lead = np.ones(len(alive), dtype=bool)
        sides = self._both_sides(state, generals_lead, max(moved["militia"], 0.0))
        expect_to_win = ndtr((sides[0] - sides[1]) / self.line["doubt_of_plotters"])
        circles = ((-2, ELITE, elite, expect_to_win), (-1, OFFICERS, state.nation[:, OFFICERS], ndtr(0.0)))
        for item, class_, share, confidence in circles:
            seen = share / (share + self.par.half_saturation[:, class_])
            strikes = self.par["plot_rate"] * seen**2 * confidence * np.exp(moved["plot"])
            self.summed[:, item] += np.where(alive & (share >= self.line["least_circle"]), strikes, 0.0)
        came = self.summed >= self.chances
        first = np.where(came[:, :-2].any(axis=1), came[:, :-2].argmax(axis=1), -1)
        free = (first < 0) & (self.day["coup_day"] < 0)
        return free & came[:, -2], free & came[:, -1] & ~came[:, -2], first

    def _split(self, state, strength, turned, day):
        defected = turned @ strength
        loyal = (~turned * (1.0 - state.in_unit[TROOPS])) @ strength
        divided = (loyal > self.line["split_share"]) & (defected > self.line["split_share"])
        self.divided = np.where(divided, self.divided + 1, 0)
        self.note("split_day", self.divided >= self.line["split_days"], day)

    def _desertion(self, state, day):
        rows = state.rows[TROOPS]
        gone = (state.left - state.left_before)[:, rows] @ state.mean_of["force", TROOPS]
        self.note("desertion_day", (gone >= self.line["mass_desertion"]).any(axis=1), day)

    def _both_sides(self, state, generals_lead, militia):
        """Weigh plotters and loyalists, crowds included; both (run,).

        Officers who have turned bring their units along. Generals who have turned carry the rest with them if they
        lead, and those who have not hold the turned units back if officers act alone; both as far as units obey.
        """
        layout, line = state.layout, self.line
        near = np.full((layout.n_places, layout.n_forces), line["reinforcement"])
        near[layout.capital] = 1.0
        weight = near.ravel() * state.unit_share
        weight = weight / weight.sum()
        top = state.rows[ELITE]
        chain = np.clip(state.visible[:, top] / line["break_elite"], 0.0, 1.0)
        obedience = state.lived("cohesion")[:, top]
        carried = np.tile(obedience * chain, layout.n_places)
        held_back = np.tile(obedience * (1.0 - chain), layout.n_places)
        turned = state.in_unit[OFFICERS]
        with_generals = turned + (1.0 - turned) * carried
        follow = np.where(generals_lead[:, None], with_generals, turned * (1.0 - held_back))
        crowd = state.in_place[CIVILIANS][:, layout.capital]
        seen = crowd / (crowd + self.par.half_saturation[:, CIVILIANS])
        plotters = follow @ weight + line["crowd_in_contest"] * seen
        loyal = ((1.0 - follow) * (1.0 - state.in_unit[TROOPS])) @ weight
        loyal_crowd = line["counter_mobilisation"] * state.identity[:, CIVILIANS] * (1.0 - state.belief)
        return plotters, loyal + loyal_crowd + militia
