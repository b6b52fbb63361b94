"""Layouts: who stands where, in which order, with how many heads; what is refused."""

import copy
import itertools
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import CountryError, ParameterError
from garrison.regime.cohorts import CIVILIANS, COHORTS, ELITE, OFFICERS, TROOPS
from garrison.regime.conditions import known_conditions
from garrison.regime.layout import Force, Layout, Place, Stratum
from garrison.regime.layout.country_layout import layout_of_country
from garrison.regime.layout.shifts import NATIONAL, Shifts
from garrison.regime.layout.sight import FORCE, NATION, OWN, PLACE, SIGHT_LEVELS, UNIT, sight_weights
from garrison.regime.priors import read_table
from garrison.world import FORCES, admin1_names, countries, country, places

CONDITION = {name: column for column, name in enumerate(known_conditions())}
LOCAL = [name for name in known_conditions() if name not in NATIONAL]
COUNTRY_CODES = [item.code for item in countries() if item.forces]


def three_places(**more):
    """A small country: the capital, a border place and one more; army and guard."""
    parts = [
        Place("Centre", 2e6, capital=True),
        Place("Coast", 1e6, border=True, shifts={"hardship": 0.1}),
        Place("Hills", 1e6),
    ]
    forces = [
        Force("army", 30_000, crowd_weight=0.3, command=3.0, shifts={"pay": -0.1}),
        Force("guard", 10_000, crowd_weight=1.0, command=1.0, spread=[0.8, 0.1, 0.1]),
    ]
    return Layout("a small country", parts, forces, **more)


@st.composite
def layouts(draw):
    """Any layout of a few places, forces and strata, with shifts in all of them."""
    size = st.floats(0.01, 100.0)
    amounts = st.dictionaries(st.sampled_from(LOCAL), st.floats(-0.2, 0.2), max_size=3)
    n_places, n_forces = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    capital = draw(st.integers(0, n_places - 1))
    parts = [
        Place(
            f"place {k}", draw(size), capital=k == capital, border=draw(st.booleans()), shifts=draw(amounts)
        )
        for k in range(n_places)
    ]
    forces = [
        Force(
            f"force {k}",
            draw(size),
            crowd_weight=draw(st.floats(0.1, 1.0)),
            command=draw(size),
            shifts=draw(amounts),
            spread=draw(st.one_of(st.just(()), st.lists(size, min_size=n_places, max_size=n_places))),
        )
        for k in range(n_forces)
    ]
    strata = {}
    for kind in ("civilian_strata", "force_strata"):
        part = draw(st.floats(0.1, 0.9))
        two = (Stratum(f"{kind} a", part, draw(amounts)), Stratum(f"{kind} b", 1.0 - part, draw(amounts)))
        strata[kind] = draw(st.sampled_from([(), two]))
    shifts = {name: draw(amounts) for name in COHORTS}
    return Layout("any", parts, forces, class_shifts=shifts, **strata)


# The national layout.


def test_the_nation_is_four_cohorts_without_shifts():
    layout = Layout.national()
    assert layout.names == COHORTS
    assert (layout.n_cohorts, layout.n_places, layout.n_forces, layout.capital) == (4, 1, 1, 0)
    assert layout.cohort_class.tolist() == [0, 1, 2, 3]
    assert layout.cohort_place.tolist() == [0, 0, 0, -1]
    assert layout.cohort_force.tolist() == [-1, 0, 0, 0]
    assert layout.cohort_stratum.tolist() == [-1, -1, -1, -1]
    assert layout.weight.tolist() == [1.0, 1.0, 1.0, 1.0]
    assert layout.unit_strength.tolist() == [[1.0]]
    assert not layout.shifts.any()
    assert layout.shifts.shape == (4, len(known_conditions()))
    assert layout is Layout.national()


def test_in_the_nation_everybody_sees_the_nation_exactly():
    sight = Layout.national().sight
    for looking, seen in itertools.product(range(4), repeat=2):
        expected = np.zeros(len(SIGHT_LEVELS))
        expected[OWN if looking == seen else NATION] = 1.0
        assert sight[looking, seen].tolist() == expected.tolist()


# Venezuela and the other countries.


def test_venezuela_has_220_cohorts():
    layout = layout_of_country("VEN")
    assert (layout.n_places, layout.n_forces, layout.n_cohorts) == (24, 4, 220)
    assert np.bincount(layout.cohort_class).tolist() == [24, 96, 96, 4]
    assert layout.places[layout.capital].name == "Distrito Capital"
    assert tuple(force.name for force in layout.forces) == FORCES
    assert sorted(layout.names)[:1] == ["civilians, Amazonas"]
    assert {"troops, guard, Zulia", "officers, army, Táchira", "elite, militia"} <= set(layout.names)


def test_the_bundled_borders_are_divisions_of_their_country():
    for code, table in read_table("layout/borders.toml").items():
        names = admin1_names(code)
        for adm1, name in {**table["border"], **table["left_out"]}.items():
            assert names[adm1] == name
        layout = layout_of_country(code)
        assert {place.name for place in layout.places if place.border} == set(table["border"].values())
        assert layout.border.sum() == len(table["border"])
        assert not {place.name for place in layout.places} & set(table["left_out"].values())


@pytest.mark.parametrize("code", [item.code for item in countries() if not item.forces])
def test_a_country_without_a_known_force_asks_for_its_strength(code):
    with pytest.raises(ParameterError, match=r"no force of .* is known: give the strength"):
        layout_of_country(code)
    assert layout_of_country(code, {"police": 100}).n_forces == 1


@pytest.mark.parametrize("code", COUNTRY_CODES)
def test_every_country_has_a_layout(code):
    layout = layout_of_country(code)
    known = country(code)
    n_places, n_forces = layout.n_places, layout.n_forces
    assert layout.n_cohorts == n_places + 2 * n_places * n_forces + n_forces
    left_out = read_table("layout/borders.toml").get(code, {}).get("left_out", {})
    assert n_places == max(len(admin1_names(code)) - len(left_out), 1)
    assert [force.name for force in layout.forces] == [kind for kind in FORCES if kind in known.forces]
    assert sum(place.population for place in layout.places) == pytest.approx(known.population)
    assert min(place.population for place in layout.places) > 0
    strengths = layout.unit_strength.sum(axis=0) * known.n_forces
    np.testing.assert_allclose(strengths, [known.forces[force.name] for force in layout.forces])
    # A coded condition stays the average over the heads of every class.
    np.testing.assert_allclose(layout.class_shares(layout.shifts.T), 0.0, atol=1e-12)
    if n_places > 1:
        assert known.capital_adm1 is not None
        assert layout.places[layout.capital].name == admin1_names(code)[known.capital_adm1]


def test_forces_differ_as_their_table_says():
    layout = layout_of_country("VEN")
    units = {layout.forces[f].name: layout.unit_strength[:, f] / layout.place_share for f in range(4)}
    inland = [k for k, place in enumerate(layout.places) if not (place.border or place.capital)]
    for name, strength in units.items():
        row = read_table("layout/forces.toml")["force"][name]
        usual = strength[inland[0]]
        np.testing.assert_allclose(strength[inland], usual)
        assert strength[layout.capital] / usual == pytest.approx(row["capital_factor"]["value"])
        np.testing.assert_allclose(strength[layout.border] / usual, row["border_factor"]["value"])
    at = {name: index for index, name in enumerate(layout.names)}
    identity = layout.shifts[:, CONDITION["identity"]]
    assert identity[at["troops, militia, Lara"]] > identity[at["troops, guard, Lara"]]
    assert identity[at["troops, guard, Lara"]] > identity[at["troops, army, Lara"]]
    hardship = layout.shifts[:, CONDITION["hardship"]]
    gap = hardship[at["civilians, Distrito Capital"]] - hardship[at["civilians, Lara"]]
    assert gap == pytest.approx(read_table("layout/forces.toml")["places"]["capital_hardship"]["value"])
    haven = layout.shifts[:, CONDITION["haven"]]
    assert haven[at["troops, army, Táchira"]] > haven[at["troops, army, Lara"]]


def test_people_live_where_towns_are():
    share = {
        place.name: place.population / country("VEN").population for place in layout_of_country("VEN").places
    }
    assert share["Zulia"] > share["Lara"] > share["Cojedes"] > share["Delta Amacuro"]


@pytest.mark.parametrize("code", ["MLI", "NER", "TUR", "VEN"])
def test_divisions_without_a_listed_town_are_alike_and_not_empty(code):
    layout = layout_of_country(code)
    listed = {town.adm1 for town in places(code) if town.kind in ("city", "capital")}
    with_towns = {name for adm1, name in admin1_names(code).items() if adm1 in listed}
    floor = (1.0 - read_table("layout/forces.toml")["places"]["listed_share"]["value"]) / layout.n_places
    for place, share in zip(layout.places, layout.place_share, strict=True):
        if place.name in with_towns:
            assert share > floor
        else:
            assert share == pytest.approx(floor)


def test_a_case_may_know_the_strengths_better():
    layout = layout_of_country("VEN", {"militia": 50_000, "police": 0})
    assert [force.name for force in layout.forces] == ["army", "guard", "militia"]
    assert layout.forces[2].strength == 50_000
    assert layout_of_country("VEN", {"militia": 50_000, "police": 0}) is layout
    assert layout_of_country("venezuela") is layout_of_country("VEN")


def test_numbers_of_the_forces_lie_in_their_ranges_and_have_a_ground():
    def numbers(table, path):
        if "value" in table:
            yield path, table
            return
        for key, part in table.items():
            if isinstance(part, dict):
                yield from numbers(part, (*path, key))

    table = read_table("layout/forces.toml")
    found = dict(numbers(table, ()))
    assert set(table["force"]) == set(FORCES)
    for path, row in found.items():
        low, high = row["range"]
        assert low <= row["value"] <= high, path
        ground = table["sight"][path[1]] if path[0] == "sight" else row
        assert all(ground[key] for key in ("unit", "source", "why")), path
    for force in table["force"].values():
        assert all(name in LOCAL for name in force["shifts"])


# Laws.


@given(layouts())
@settings(max_examples=60, deadline=None)
def test_heads_and_strengths_sum_to_one(layout):
    np.testing.assert_allclose(np.bincount(layout.cohort_class, layout.weight), 1.0)
    assert layout.unit_strength.sum() == pytest.approx(1.0)
    assert layout.command.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(layout.unit_strength.sum(axis=0), layout.force_share)
    np.testing.assert_allclose(layout.sight.sum(axis=2), 1.0)
    assert layout.sight.min() >= 0.0
    for class_ in (TROOPS, OFFICERS):
        cohorts = layout.cohort_class == class_
        unit = layout.cohort_place[cohorts] * layout.n_forces + layout.cohort_force[cohorts]
        heads = np.bincount(unit, layout.weight[cohorts])
        np.testing.assert_allclose(heads, layout.unit_strength.ravel())


@given(layouts())
@settings(max_examples=40, deadline=None)
def test_cohorts_come_in_the_promised_order(layout):
    rows = zip(
        layout.cohort_class, layout.cohort_place, layout.cohort_force, layout.cohort_stratum, strict=True
    )
    rows = [tuple(int(number) for number in row) for row in rows]
    assert rows == sorted(rows)
    assert len(set(rows)) == len(rows) == len(set(layout.names)) == layout.n_cohorts
    for class_, start in enumerate(layout.class_start[:-1]):
        assert (layout.cohort_class[start : layout.class_start[class_ + 1]] == class_).all()
    for name in ("cohort_class", "cohort_place", "cohort_force", "cohort_stratum", "class_start"):
        assert getattr(layout, name).dtype == np.int64
        assert getattr(layout, name).flags.c_contiguous
    for name in ("weight", "shifts", "unit_strength", "sight", "command", "crowd_weight", "place_share"):
        array = getattr(layout, name)
        assert array.dtype == np.float64
        assert array.flags.c_contiguous
        assert not array.flags.writeable
        assert getattr(layout, name) is array


@given(layouts(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_places_is_a_matter_of_naming(layout, random):
    order = list(range(layout.n_places))
    random.shuffle(order)
    other = layout.permuted(order)
    assert other.places[other.capital] == layout.places[layout.capital]
    at = [layout.names.index(name) for name in other.names]
    np.testing.assert_allclose(other.weight, layout.weight[at])
    np.testing.assert_allclose(other.shifts, layout.shifts[at], atol=1e-12)
    np.testing.assert_allclose(other.unit_strength, layout.unit_strength[order])
    shares = np.random.default_rng(1).random((3, layout.n_cohorts))
    np.testing.assert_allclose(other.class_shares(shares[:, at]), layout.class_shares(shares))
    back = other.permuted([order.index(place) for place in range(layout.n_places)])
    assert back == layout
    assert hash(back) == hash(layout)


@given(layouts())
@settings(max_examples=40, deadline=None)
def test_centred_shifts_keep_differences_and_lose_the_average(layout):
    centred = layout.centred()
    np.testing.assert_allclose(centred.class_shares(centred.shifts.T), 0.0, atol=1e-12)
    moved = centred.shifts - layout.shifts
    for start, end in itertools.pairwise(layout.class_start):
        np.testing.assert_allclose(
            moved[start:end], moved[start : start + 1].repeat(end - start, axis=0), atol=1e-12
        )


@given(layouts(), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_averages_by_place_and_force_add_up_to_the_class(layout, seed):
    shares = np.random.default_rng(seed).random((2, 5, layout.n_cohorts))
    by_class = layout.class_shares(shares)
    assert by_class.shape == (2, 5, 4)
    by_place = layout.place_shares(shares, "civilians")
    assert by_place.shape == (2, 5, layout.n_places)
    np.testing.assert_allclose(by_place @ layout.place_share, by_class[..., CIVILIANS])
    for class_, name in ((TROOPS, "troops"), (OFFICERS, "officers")):
        by_force = layout.force_shares(shares, name)
        np.testing.assert_allclose(by_force @ layout.force_share, by_class[..., class_])
        by_place = layout.place_shares(shares, name)
        np.testing.assert_allclose(by_place @ layout.unit_strength.sum(axis=1), by_class[..., class_])
    np.testing.assert_allclose(layout.force_shares(shares, "elite") @ layout.command, by_class[..., ELITE])
    # A run alone gives the same bits as among others.
    assert layout.class_shares(shares[1, 2]).tolist() == by_class[1, 2].tolist()
    assert (
        layout.force_shares(shares[1, 2], "troops").tolist()
        == layout.force_shares(shares, "troops")[1, 2].tolist()
    )
    # Everybody alike: every average is that share.
    same = np.full(layout.n_cohorts, 0.3)
    np.testing.assert_allclose(layout.class_shares(same), 0.3)
    np.testing.assert_allclose(layout.place_shares(same, "troops"), 0.3)


def test_averages_are_those_of_a_loop():
    layout = three_places(force_strata=(Stratum("in-group", 0.4), Stratum("out-group", 0.6)))
    shares = np.random.default_rng(3).random(layout.n_cohorts)
    for place in range(layout.n_places):
        total = heads = 0.0
        for cohort in range(layout.n_cohorts):
            if layout.cohort_class[cohort] == TROOPS and layout.cohort_place[cohort] == place:
                total += layout.weight[cohort] * shares[cohort]
                heads += layout.weight[cohort]
        assert layout.place_shares(shares, "troops")[place] == pytest.approx(total / heads)


# Equality, hashing, keeping.


def test_layouts_with_the_same_content_are_equal():
    assert three_places() == three_places()
    assert hash(three_places()) == hash(three_places())
    assert three_places() != three_places(class_shifts={"elite": {"rents": -0.1}})
    assert three_places() != three_places().shifted({"Hills": {"pay": 0.1}})
    assert three_places() != three_places().permuted([1, 0, 2])
    assert len({three_places(), three_places(), Layout.national()}) == 2


def test_a_layout_survives_pickling_and_cannot_be_changed():
    layout = three_places()
    assert layout.shifts.any()
    for other in (pickle.loads(pickle.dumps(layout)), copy.deepcopy(layout)):
        assert other == layout
        assert other.shifts.tolist() == layout.shifts.tolist()
    with pytest.raises(AttributeError):
        layout.name = "another"
    with pytest.raises(ValueError, match="read-only"):
        layout.weight[0] = 1.0


# Shifts.


def test_shifts_reach_their_cohorts_and_no_others():
    layout = three_places(
        civilian_strata=(Stratum("poor", 0.7), Stratum("other", 0.3)),
        force_strata=(Stratum("conscripts", 0.5), Stratum("professionals", 0.5)),
    )
    belongs = {
        "elite": layout.cohort_class == ELITE,
        "Hills": layout.cohort_place == 2,
        "guard": layout.cohort_force == 1,
        "poor": (layout.cohort_class == CIVILIANS) & (layout.cohort_stratum == 0),
        "professionals": (np.isin(layout.cohort_class, [TROOPS, OFFICERS])) & (layout.cohort_stratum == 1),
        "border": layout.cohort_place == 1,
        "capital": layout.cohort_place == 0,
    }
    for group, cohorts in belongs.items():
        moved = layout.shifted({group: {"exposure": 0.25}}).shifts - layout.shifts
        expected = np.zeros_like(moved)
        expected[cohorts, CONDITION["exposure"]] = 0.25
        np.testing.assert_allclose(moved, expected, atol=1e-12)
    assert set(belongs) < set(layout.groups)


def test_shifts_of_a_cohorts_groups_add_up():
    layout = three_places(class_shifts={"troops": {"hardship": 0.05}}).shifted({"guard": {"hardship": 0.2}})
    row = layout.shifts[layout.names.index("troops, guard, Coast")]
    assert row[CONDITION["hardship"]] == pytest.approx(0.05 + 0.2 + 0.1)
    twice = layout.shifted({"guard": {"hardship": 0.1}})
    assert twice.forces[1].shifts["hardship"] == pytest.approx(0.3)
    assert layout.forces[1].shifts["hardship"] == pytest.approx(0.2)


def test_a_group_may_be_written_without_accents_and_capitals():
    layout = layout_of_country("VEN")
    assert layout.shifted({"tachira": {"pay": 0.1}}) == layout.shifted({"Táchira": {"pay": 0.1}})


def test_a_shift_undone_is_no_shift():
    layout = three_places()
    there_and_back = layout.shifted({"guard": {"pay": 0.5}}).shifted({"guard": {"pay": -0.5}})
    assert there_and_back == layout
    assert hash(there_and_back) == hash(layout)


# Who sees whom.


@given(st.integers(1, 30), st.integers(1, 4), st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_is_seen_sums_to_one_on_levels_that_exist(n_places, n_forces, civilian, armed):
    divided = ((CIVILIANS,) if civilian else ()) + ((TROOPS, OFFICERS) if armed else ())
    sight = sight_weights(n_places, n_forces, divided)
    assert sight.shape == (4, 4, 5)
    np.testing.assert_allclose(sight.sum(axis=2), 1.0)
    assert sight.min() >= 0.0
    for looking, seen in itertools.product(range(4), repeat=2):
        if looking != seen:
            assert sight[looking, seen, OWN] == 0.0
        if ELITE in (looking, seen):
            assert not sight[looking, seen, [UNIT, PLACE]].any()
        if CIVILIANS in (looking, seen):
            assert not sight[looking, seen, [UNIT, FORCE]].any()
    if n_places == 1:
        assert not sight[..., [UNIT, PLACE]].any()
    if n_forces == 1:
        assert not sight[..., [UNIT, FORCE]].any()


def test_sight_is_the_table_where_all_levels_exist():
    sight = sight_weights(24, 4)
    np.testing.assert_allclose(sight[CIVILIANS, CIVILIANS], [0.6, 0, 0, 0, 0.4])
    np.testing.assert_allclose(sight[CIVILIANS, TROOPS], [0, 0, 0.6, 0, 0.4])
    np.testing.assert_allclose(sight[CIVILIANS, ELITE], [0, 0, 0, 0, 1])
    np.testing.assert_allclose(sight[TROOPS, TROOPS], [0.5, 0, 0.15, 0.2, 0.15])
    np.testing.assert_allclose(sight[TROOPS, OFFICERS], [0, 0.5, 0.15, 0.2, 0.15])
    np.testing.assert_allclose(sight[TROOPS, CIVILIANS], [0, 0, 0.5, 0, 0.5])
    np.testing.assert_allclose(sight[TROOPS, ELITE], [0, 0, 0, 0.2 / 0.35, 0.15 / 0.35])
    np.testing.assert_allclose(sight[OFFICERS, TROOPS], [0, 0.25, 0.1, 0.4, 0.25])
    np.testing.assert_allclose(sight[ELITE, ELITE], [0.3, 0, 0, 0, 0.7])
    np.testing.assert_allclose(sight[ELITE, OFFICERS], [0, 0, 0, 0.3, 0.7])


def test_a_divided_class_looks_at_its_own_stratum_first():
    sight = sight_weights(24, 4, (TROOPS, OFFICERS))
    np.testing.assert_allclose(sight[TROOPS, TROOPS], [0.25, 0.25, 0.15, 0.2, 0.15])
    np.testing.assert_allclose(sight[TROOPS, OFFICERS], [0, 0.5, 0.15, 0.2, 0.15])


# What is refused.


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Layout("x", [], [Force("army", 1.0)]), "has no place"),
        (lambda: Layout("x", [Place("a", 1.0, capital=True)], []), "has no force"),
        (
            lambda: Layout("x", [Place("a", 1.0)], [Force("army", 1.0)]),
            "exactly one place as its capital; it has none",
        ),
        (
            lambda: Layout(
                "x", [Place("a", 1.0, capital=True), Place("b", 1.0, capital=True)], [Force("f", 1.0)]
            ),
            "it has a, b",
        ),
        (
            lambda: Layout("x", [Place("army", 1.0, capital=True)], [Force("army", 1.0)]),
            "two groups called 'army'",
        ),
        (
            lambda: Layout("x", [Place("border", 1.0, capital=True)], [Force("f", 1.0)]),
            "two groups called 'border'",
        ),
        (
            lambda: Layout("x", [Place("a", 1.0, capital=True)], [Force("f", 1.0, spread=[0.5, 0.5])]),
            "has 2 shares for 1 places",
        ),
        (lambda: three_places(civilian_strata=(Stratum("poor", 0.7),)), "civilian strata .* sum to 0.7"),
        (lambda: three_places(class_shifts={"general": {"pay": 0.1}}), "shifts class 'general'"),
        (lambda: Place("", 1.0), "a place is called ''"),
        (lambda: Place("a, b", 1.0), "without commas"),
        (lambda: Place("a", -1.0), "population of a is -1.0: give a number of persons above 0"),
        (lambda: Place("a", float("nan")), "population of a is nan"),
        (lambda: Force("army", 0.0), "strength of the army is 0.0"),
        (
            lambda: Force("army", 1.0, crowd_weight=1.5),
            "crowd weight of the army is 1.5: give a number above 0 and up",
        ),
        (lambda: Force("army", 1.0, command=float("inf")), "command weight of the army is inf"),
        (lambda: Force("army", 1.0, spread=[1.0, 0.0]), "spread of the army holds 0: give a share above 0"),
        (lambda: Stratum("poor", 1.2), "share of stratum poor is 1.2"),
        (
            lambda: Place("a", 1.0, shifts={"hardshipp": 0.1}),
            "a shifts condition 'hardshipp'.* Did you mean hardship?",
        ),
        (
            lambda: Force("army", 1.0, shifts={"pay": float("nan")}),
            "the army shifts pay by nan: give a number between",
        ),
        (lambda: Force("army", 1.0, shifts={"pay": -1.5}), "by -1.5: give a number between -1 and 1"),
        (lambda: Force("army", 1.0, shifts={"pay": "much"}), "by much: give a number"),
        (lambda: Force("army", 1.0, shifts={"pay": True}), "by True: give a number"),
        (
            lambda: Shifts({"oil": 0.1}, "Zulia"),
            "Zulia shifts condition 'oil', which the country has as a whole",
        ),
        (lambda: three_places().shifted({"gard": {"pay": 0.1}}), "no group 'gard'. Did you mean guard?"),
        (lambda: three_places().shifted({"guard": {"payy": 0.1}}), "the guard shifts condition 'payy'"),
        (
            lambda: three_places().shifted({"army": {"pay": -0.95}}),
            "the army shifts pay by -1.05: give a number between -1 and 1",
        ),
        (lambda: Layout.national().shifted({"border": {"pay": 0.1}}), "has no border place"),
        (lambda: three_places().permuted([0, 1]), r"\[0, 1\] is no order of 3 places"),
        (lambda: three_places().permuted([0, 1, 1]), "give each index from 0 to 2 once"),
        (
            lambda: three_places().class_shares(np.zeros(4)),
            r"shape \(4,\), but layout 'a small country' has 17",
        ),
        (lambda: three_places().place_shares(np.zeros(17), "elite"), "the elite have no place"),
        (lambda: three_places().force_shares(np.zeros(17), "civilians"), "the civilians have no force"),
        (
            lambda: three_places().force_shares(np.zeros(17), "troop"),
            "class 'troop' is unknown. Did you mean troops?",
        ),
        (lambda: layout_of_country("VEN", {"navy": 10}), "force 'navy' is unknown"),
        (lambda: layout_of_country("VEN", dict.fromkeys(FORCES, 0)), "no force of Venezuela is left"),
        (lambda: layout_of_country("VEN", {"army": -5}), "strength of the army is -5"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(make, says):
    with pytest.raises(ParameterError, match=says):
        make()


def test_an_unknown_country_is_named():
    with pytest.raises(CountryError, match="VNE"):
        layout_of_country("VNE")
