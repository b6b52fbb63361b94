"""The cohort engine in plain NumPy, vectorised over runs: an oracle of the compiled one and the measure of its speed.

A second writing of the same model from the equations in the docstrings and the printed order of the day. It shares
with the compiled engine parameters, layouts, levers and looked-up chance, and no equation. Arrays are (run, cohort).
"""

from types import SimpleNamespace

import numpy as np
from plain_contest import CIVILIANS, ELITE, OFFICERS, TROOPS, PlainFate
from plain_economy import PlainEconomy
from scipy.special import ndtr

from garrison.engines import ENDINGS, local_pushes, pushes_of_all_days
from garrison.regime import COHORTS, DRIVERS, known_conditions, lever_effects, uniforms
from garrison.regime.economy import economy_parameters
from garrison.regime.levers import MOVED

LOOKS = ("own", "unit", "place", "force", "nation")
SLICES = np.concatenate([[0.0], np.geomspace(1e-4, 1.0, 17)])
HAZARDS = 7
CONDITIONS = tuple(known_conditions())
NOT_MOVED = ("hardship", "pay", "rents", "identity", "vigilance", "oil", "reserves")


def within(value):
    """Keep an index between 0 and 1."""
    return np.clip(value, 0.0, 1.0)


def impression(share, half):
    """m / (m + h)."""
    return share / (share + half)


def column(values):
    """Stand (run,) beside (run, cohort)."""
    return np.asarray(values)[:, None]


class PlainRegimes:
    """All runs of an ensemble on one day."""

    def __init__(self, parameters, chances=None):
        self.par, self.layout = parameters, parameters.layout
        n_runs, layout = len(parameters), parameters.layout
        self.beta = {
            name: parameters.loadings[:, :, place] for place, name in enumerate(DRIVERS)
        }  # driver to (run, class)
        self.gamma = {
            pair[0]: parameters.product_loadings[:, :, i] for i, pair in enumerate(parameters.products)
        }
        self.half = parameters.half_saturation
        self._lay_out()
        self.jailed, self.dead = np.zeros((2, n_runs, layout.n_cohorts))
        self.push, self.won_loyalty = np.zeros((2, n_runs, len(COHORTS)))
        self.place_push = np.zeros((n_runs, layout.n_places))
        self.survived = parameters["survival_horizon"].copy()
        self.operations, self.orders = np.ones(n_runs), dict.fromkeys(MOVED, 0.0)
        self.conditions = {name: values.copy() for name, values in parameters.conditions.items()}
        self.identity = np.repeat(column(parameters.conditions["identity"]), len(COHORTS), axis=1)
        self.visible = parameters.rest.shares.copy()
        self._keep_stocks_at_rest()
        self._let_go_at_rest()
        self.economy = PlainEconomy(parameters, economy_parameters(), self.nation[:, CIVILIANS])
        self.fate = PlainFate(parameters, np.full((n_runs, HAZARDS), np.inf) if chances is None else chances)
        self.resisting = np.zeros(n_runs)

    def _lay_out(self):
        """Lay out who is where, and the weights that make means over units, places and forces."""
        layout, rows = self.layout, []
        for class_ in range(len(COHORTS)):
            found = np.flatnonzero(layout.cohort_class == class_)
            rows.append(slice(found[0], found[-1] + 1))
        self.rows = rows
        unit = layout.cohort_place * layout.n_forces + layout.cohort_force
        self.group = {"unit": unit, "place": layout.cohort_place, "force": layout.cohort_force}
        sizes = {
            "unit": layout.n_places * layout.n_forces,
            "place": layout.n_places,
            "force": layout.n_forces,
        }
        exists = {
            "unit": (TROOPS, OFFICERS),
            "place": (CIVILIANS, TROOPS, OFFICERS),
            "force": (TROOPS, OFFICERS, ELITE),
        }
        self.mean_of = {}
        for level, classes in exists.items():
            for class_ in classes:
                where = self.group[level][rows[class_]]
                heads = np.zeros((len(where), sizes[level]))
                heads[np.arange(len(where)), where] = layout.weight[rows[class_]]
                self.mean_of[level, class_] = heads / heads.sum(axis=0)
        self.unit_share = layout.unit_strength.ravel()
        self.fit = (layout.unit_strength * layout.crowd_weight).ravel()
        self.shift = {name: layout.shifts[:, place] for place, name in enumerate(CONDITIONS)}

    def lived(self, name):
        """Give a condition as every cohort lives under it, (run, cohort)."""
        if name == "identity":
            return within(self.identity[:, self.layout.cohort_class] + self.shift[name])
        return within(column(self.conditions[name]) + self.shift[name])

    def count(self):
        """Add visible shares up."""
        means = {"unit": {}, "place": {}, "force": {}}
        for (level, class_), weights in self.mean_of.items():
            means[level][class_] = self.visible[:, self.rows[class_]] @ weights
        self.in_unit, self.in_place, self.in_force = means.values()
        self.nation = np.stack(
            [self.visible[:, rows] @ self.layout.weight[rows] for rows in self.rows], axis=1
        )

    def deploy(self):
        """K_k: loyal strength sent over strength required."""
        layout, orders = self.layout, self.orders
        general = np.tile(np.arange(layout.n_forces), layout.n_places)
        elite = self.rows[ELITE]
        cohesion = self.lived("cohesion")[:, elite][:, general]
        held_back = 1.0 - (1.0 - within(orders["quarter"]) * cohesion) * (
            1.0 - cohesion * self.visible[:, elite][:, general]
        )
        middle = self.identity[:, [TROOPS]]
        trust = within(middle + self.shift["identity"][elite]) - middle
        fit = self.fit * np.exp(3.0 * within(orders["trusted_first"]) * trust)[:, general]
        sent = fit * (1.0 - self.in_unit[TROOPS]) * (1.0 - held_back)
        by_place = (len(fit), layout.n_places, layout.n_forces)
        share = sent.reshape(by_place).sum(axis=2) / fit.reshape(by_place).sum(axis=2)
        self.capacity = column(self.conditions["force"] * self.operations) * share + max(
            orders["militia"], 0.0
        )

    def go_out(self):
        """Count the crowd, those of it who meet K, and the dead of the day."""
        par = self.par
        out = self.layout.place_share * self.in_place[CIVILIANS]
        persons = par["attendance"] * max(1.0 + self.orders["attendance"], 0.0) * par.population
        self.crowd, self.clashes = persons * out.sum(axis=1), persons * (out * self.capacity).sum(axis=1)
        self.deaths = par["deaths_per_protester_day"] * np.exp(self.orders["lethality"]) * self.clashes

    def _keep_stocks_at_rest(self):
        self.count()
        self.deploy()
        self.go_out()
        self.recent_deaths = self.deaths / self.par.population * 1e6 * self.par["outrage_memory"]
        self.fatigue = impression(self.nation[:, CIVILIANS], self.half[:, CIVILIANS])
        self.expected = self.nation.copy()
        self.belief = self.believable()

    def _let_go_at_rest(self):
        self.weigh()
        gone = np.where(self.layout.cohort_class == CIVILIANS, 0.0, ndtr(self.total - self.exit_gap(0.0)))
        self.bins = within((gone[..., None] - SLICES[:-1]) / np.diff(SLICES))
        self.left = np.minimum(self.bins @ np.diff(SLICES), self.visible)
        self.left_before = self.left.copy()
        self.refusing = self.visible - self.left

    def displace(self, begin):
        """Move everybody whom a shock has moved."""
        shares = np.broadcast_to(begin.shares, self.nation.shape)
        self.visible = np.maximum(self.visible, shares[:, self.layout.cohort_class])
        self.refusing = self.visible - self.left
        self.count()
        self.deploy()
        if begin.belief is not None:
            self.belief = np.broadcast_to(np.asarray(begin.belief, float), self.belief.shape).copy()

    def exit_gap(self, cost):
        """delta: how much worse than refusing leaving must seem."""
        reference = known_conditions()["haven"].reference
        gap = column(self.par["leave_gap"]) * (1.5 - self.lived("haven")) / (1.5 - reference)
        return np.maximum(gap + cost, 0.02)

    def surprises(self):
        """What is seen beyond what was expected, (run, class)."""
        seen = impression(self.nation, self.half) - impression(self.expected, self.half)
        return column(self.conditions["visibility"]) * seen

    def believable(self):
        """B*: the belief that today's signals would lead to."""
        par, conditions = self.par, self.conditions
        told = conditions["visibility"] * self.orders["rumour"] * par.belief_loadings[:, TROOPS]
        return ndtr(
            par.belief_level
            + par["belief_foreign"] * conditions["foreign"]
            - par["belief_propaganda"] * conditions["propaganda"]
            - par["belief_survival"] * np.log1p(self.survived)
            + self.orders["belief"]
            + told
            + (par.belief_loadings * self.surprises()).sum(axis=1)
        )

    def believe(self):
        """The clock of survival, belief, expectations."""
        kept = 1.0 - within(self.surprises()[:, CIVILIANS])
        self.survived = np.minimum((self.survived + 1.0) * kept, self.par["survival_horizon"])
        self.belief = self.belief + self.par["belief_speed"] * (self.believable() - self.belief)
        self.expected = self.expected + (self.nation - self.expected) / column(self.par["expectation_memory"])

    def weigh(self):
        """x of every cohort, and q, the share that would defy alone and safe."""
        self.total, self.social = np.empty((2, *self.visible.shape))
        lived = {name: self.lived(name) for name in CONDITIONS if name not in ("oil", "reserves")}
        for class_, rows in enumerate(self.rows):
            here = SimpleNamespace(**{name: values[:, rows] for name, values in lived.items()})
            beta = {name: self.beta[name][:, [class_]] for name in DRIVERS}
            fear, obedience = self._fear(class_, rows, here)
            hunger = self.gamma["H"][:, [class_]] * here.hardship
            social = self._peers(class_, rows) + obedience + beta["B"] * column(self.belief)
            social = social + (beta["P"] + hunger) * fear
            left_of_it, doubt = column(1.0 - self.belief), column(1.0 - 2.0 * self.belief)
            self.social[:, rows] = social
            self.total[:, rows] = (
                self.par.intercepts[:, [class_]]
                + social
                + beta["H"] * here.hardship
                + beta["W"] * here.pay * left_of_it
                + beta["V"] * here.rents * left_of_it
                + beta["X"] * here.exposure * doubt
                + beta["I"] * here.identity
                + self._street(class_, rows, here, beta)
            )
        self.hidden = ndtr(self.total - self.social)

    def _peers(self, class_, rows):
        found, media = 0.0, column(self.conditions["visibility"])
        for seen in range(len(COHORTS)):
            weight = dict(zip(LOOKS, self.layout.sight[class_, seen], strict=True))
            share = media * weight["nation"] * self.nation[:, [seen]]
            if seen == class_:
                share = share + weight["own"] * self.visible[:, rows]
            for level, means, told in (
                ("unit", self.in_unit, 1.0),
                ("place", self.in_place, media),
                ("force", self.in_force, media),
            ):
                if weight[level] > 0.0:
                    share = share + told * weight[level] * means[seen][:, self.group[level][rows]]
            gain = self.beta["M_" + "CSOE"[seen]][:, [class_]]
            found = found + gain * impression(share, self.half[:, [seen]])
        return found

    def _fear(self, class_, rows, here):
        """P, and what one's own commanders do to obedience; both (run, cohort of the class)."""
        par, orders = self.par, self.orders
        severity = np.exp(orders["severity"])
        if class_ == CIVILIANS:
            place = self.group["place"][rows]
            crowd = self.in_place[CIVILIANS][:, place] / column(par["crowd_capacity"])
            gain = column(par["control_gain_civilians"]) * severity
            risk = 1.0 - np.exp(-gain * self.capacity[:, place] / (1.0 + crowd))
            return 1.0 - (1.0 - risk) * (1.0 - within(orders["conditional_aid"])), 0.0
        generals = self.visible[:, self.rows[ELITE]][:, self.group["force"][rows]]
        unit = self.group["unit"][rows]
        own = generals if class_ == ELITE else self.in_unit[class_][:, unit]
        above = {TROOPS: self.in_unit[OFFICERS][:, unit], OFFICERS: generals, ELITE: 0.0}[class_]
        gain = column(par["control_gain_forces"]) * severity * self.tightened(here.control)
        strain = own / column(par["defector_capacity"]) + 0.5
        risk = 1.0 - np.exp(-gain * (1.0 - above) * (1.0 - own) / strain)
        half = self.half[:, [OFFICERS if class_ == TROOPS else ELITE]]
        return risk, self.gamma["cohesion"][:, [class_]] * here.cohesion * impression(above, half)

    def tightened(self, control):
        """ci, (run, cohort), as a regime that grows nervous tightens it."""
        alarm = np.maximum(self.belief - self.par["belief_rest"], 0.0)
        return control + column(self.conditions["vigilance"] * alarm) * (1.0 - control)

    def _street(self, class_, rows, here, beta):
        """Outrage, fatigue, pushes, the guardians' temptation, and the order to shoot at one's own."""
        surplus = self.conditions["force"] - known_conditions()["force"].reference
        tempted = self.gamma["surplus"][:, [class_]] * column(surplus)
        tired = self.fatigue + (self.orders["fatigue_troops"] if class_ == TROOPS else 0.0)
        outrage = beta["O"] * column(impression(self.recent_deaths, self.par["outrage_half"]))
        found = beta["T"] * column(within(tired)) + beta["U"] * self.push[:, [class_]] + tempted
        place = self.group["place"][rows]
        if class_ in (CIVILIANS, TROOPS):
            found = found + beta["U"] * self.place_push[:, place]
        if class_ == CIVILIANS:
            return found + outrage
        reference = known_conditions()["violence"].reference
        mixing = here.kinship * (1.0 - here.violence) / (1.0 - reference)
        near = within(mixing * (1.0 - within(self.orders["rotation"])))
        crowd = self.nation[:, [CIVILIANS]] if class_ == ELITE else self.in_place[CIVILIANS][:, place]
        forced = self.gamma["order"][:, [class_]] * here.order * impression(crowd, self.half[:, [CIVILIANS]])
        return found + (outrage + forced) * near

    def live_one_day(self, moved, pushes, place_pushes, day):
        """Every step of the day, in the printed order."""
        par = self.par
        self.orders = moved
        fading = column(np.exp(-1.0 / par["push_memory"]))
        self.push = self.push * fading + pushes + [moved[f"push_{name}"] for name in COHORTS]
        self.place_push = self.place_push * fading + place_pushes
        for name, item in known_conditions().items():
            if name not in NOT_MOVED:
                self.conditions[name] = np.clip(par.conditions[name] + moved[name], item.low, item.high)
        felt = self.economy.live_one_day(moved, self.nation[:, CIVILIANS])
        self.conditions["hardship"], self.conditions["pay"], self.conditions["rents"], self.operations = felt
        gained = [moved[f"identity_{name}"] for name in COHORTS] + self.won_loyalty
        self.identity = within(column(par.conditions["identity"]) + gained)
        self.believe()
        self.weigh()
        self._civilians_choose()
        self.count()
        self.deploy()
        self._clash()
        self._forces_choose()
        self._find_dissent()
        self.count()
        toll = self.deaths / par.population * 1e6
        self.recent_deaths = self.recent_deaths + toll - self.recent_deaths / par["outrage_memory"]
        load = impression(self.nation[:, CIVILIANS], self.half[:, CIVILIANS])
        tired = self.fatigue + (load - self.fatigue) / par["fatigue_memory"]
        self.fatigue = within(tired + moved["fatigue"])
        self.fate.test(self, moved, day)

    def _civilians_choose(self):
        rows = self.rows[CIVILIANS]
        rate = self.par.reaction_rate[:, [CIVILIANS]]
        self.visible[:, rows] += rate * (ndtr(self.total[:, rows]) - self.visible[:, rows])
        self.refusing[:, rows] = self.visible[:, rows]

    def _clash(self):
        self.go_out()
        killed = (
            self.par["forces_killed_ratio"] * self.conditions["violence"] * self.deaths / self.par.strength
        )
        rows = self.rows[TROOPS]
        there = 1.0 - self.refusing - self.left - self.jailed - self.dead
        self.dead[:, rows] += np.minimum(column(killed), np.maximum(there[:, rows], 0.0))

    def _forces_choose(self):
        forces = slice(self.rows[TROOPS].start, None)
        class_ = self.layout.cohort_class[forces]
        rate, mass = self.par.reaction_rate[:, class_], np.diff(SLICES)
        total, bins = self.total[:, forces], self.bins[:, forces]
        would_defy = ndtr(total)
        would_go = ndtr(total - self.exit_gap(self.orders["exit_cost"])[:, forces])
        reach = within((would_go[..., None] - SLICES[:-1]) / mass)
        bins += rate[..., None] * np.maximum(reach - bins, 0.0)
        kept = 1.0 - self.jailed[:, forces] - self.dead[:, forces]
        newly = np.maximum(np.minimum(bins @ mass, kept) - self.left[:, forces], 0.0)
        troops = slice(0, self.rows[TROOPS].stop - forces.start)
        self.resisting = (
            self.resisting + newly[:, troops] @ self.layout.weight[self.rows[TROOPS]] * self.belief
        )
        self.left[:, forces] += newly
        below = within((would_defy[..., None] - SLICES[:-1]) / mass)
        would_refuse = np.maximum(would_defy - np.minimum(bins, below) @ mass, 0.0) * kept
        refusing = np.maximum(self.refusing[:, forces] - newly, 0.0)
        refusing = refusing + rate * (would_refuse - refusing)
        self.refusing[:, forces] = np.minimum(refusing, kept - self.left[:, forces])
        self.visible[:, forces] = self.refusing[:, forces] + self.left[:, forces]

    def _find_dissent(self):
        ranks = slice(self.rows[TROOPS].start, self.rows[OFFICERS].stop)
        control = self.tightened(column(self.conditions["control"]))
        found = column(self.par["military_arrests_per_hidden_day"]) * control
        there = 1.0 - self.left[:, ranks] - self.jailed[:, ranks] - self.dead[:, ranks]
        taken = np.minimum(found * self.hidden[:, ranks] * there, there)
        self.jailed[:, ranks] += taken
        self.refusing[:, ranks] -= np.minimum(found * self.refusing[:, ranks], taken)
        self.visible[:, ranks] = self.refusing[:, ranks] + self.left[:, ranks]
        troops = self.rows[TROOPS]
        heads = taken[:, : troops.stop - troops.start] @ self.layout.weight[troops]
        self.soldiers_arrested = heads * self.par.strength

    def purge(self, which, loyalty):
        """After a coup that failed: jail those who turned, put loyal men in their place."""
        above = slice(self.rows[OFFICERS].start, None)
        caught = np.where(column(which), self.refusing[:, above], 0.0)
        self.jailed[:, above] += caught
        self.refusing[:, above] -= caught
        self.visible[:, above] -= caught
        for class_ in (OFFICERS, ELITE):
            self.won_loyalty[which, class_] += loyalty
            self.push[which, class_] = 0.0
        self.survived = np.where(which, 0.0, self.survived)
        self.count()

    def evening(self):
        """What is written down of a day: name to (run,) or (run, class or cohort)."""
        weights = np.zeros((self.layout.n_cohorts, len(COHORTS)))
        weights[np.arange(len(weights)), self.layout.cohort_class] = self.layout.weight
        par, conditions = self.par, self.conditions
        told = par["refusal_reports_per_refuser_day"] * conditions["visibility"] * self.nation[:, TROOPS]
        return {
            "visible": self.nation,
            "hidden": self.hidden @ weights,
            "left": (self.left - self.left_before) @ weights,
            "by_cohort": self.visible,
            "belief": self.belief,
            "hardship": conditions["hardship"],
            "pay": conditions["pay"],
            "rents": conditions["rents"],
            "capacity": self.capacity[:, self.layout.capital],
            "price": self.economy.price,
            "arrears": self.economy.arrears["pay"],
            "resisting": self.resisting,
            "refusals_rate": told * par.strength,
            "crowd": self.crowd,
            "protests_rate": self.crowd / par["protest_size"],
            "deaths_rate": self.deaths,
            "civilians_arrested_rate": par["arrests_per_protester_day"] * self.clashes,
            "soldiers_arrested_rate": self.soldiers_arrested,
            **{f"heads {name}": getattr(self, name) for name in ("refusing", "left", "jailed", "dead")},
        }


# What is no longer counted once a regime has ended; everything else stays as it was on the last day.
COUNTED_WHILE_IT_LASTS = (
    "crowd",
    "protests_rate",
    "deaths_rate",
    "civilians_arrested_rate",
    "soldiers_arrested_rate",
    "refusals_rate",
)


def plain_simulate(parameters, *, start, days, seed, levers=(), pushes=True, begin=None, keep=None):
    """Simulate as `garrison.engines.simulate` does; `keep` names the series wanted, as float64 (run, day, ...)."""
    names = [("chance of an end", item) for item in range(HAZARDS)]
    if pushes:
        chance = [uniforms(seed, f"{what} {item}", parameters.replicate) for what, item in names]
        regimes = PlainRegimes(parameters, -np.log(np.stack(chance, axis=1)))
        arriving = pushes_of_all_days(parameters, seed=seed, days=days)
    else:
        regimes = PlainRegimes(parameters)
        arriving = np.zeros((len(parameters), days, len(COHORTS)))
    n_places = parameters.layout.n_places
    local = np.zeros((len(parameters), days, n_places))
    if pushes and n_places > 1:
        local = local_pushes(parameters, slice(None), seed=seed, days=days)
    if begin is not None:
        regimes.displace(begin)
    moved = lever_effects(levers, start=start, days=days).moved
    diary = []
    for day in range(days):
        ended = ~regimes.fate.alive
        regimes.live_one_day(dict(zip(MOVED, moved[day], strict=True)), arriving[:, day], local[:, day], day)
        today = regimes.evening()
        for name in list(today) if keep is None else keep:
            value = np.array(today[name], dtype=float)
            if ended.any():
                value[ended] = 0.0 if name in COUNTED_WHILE_IT_LASTS else diary[-1][name][ended]
            today[name] = value
        diary.append(today)
    series = {name: np.stack([day[name] for day in diary], axis=1) for name in (keep or diary[0])}
    fate = regimes.fate
    return SimpleNamespace(
        **{name: values for name, values in series.items() if " " not in name},
        heads={name.removeprefix("heads "): values for name, values in series.items() if " " in name},
        **fate.day,
        coup_won=fate.coup_won,
        end=np.array(ENDINGS)[fate.end],
    )
