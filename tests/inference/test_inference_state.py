"""The inferred state: laws that must hold whatever was reported."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from garrison.cases import case
from garrison.errors import DateError, UndefinedError
from garrison.events import weigh_sources
from garrison.inference import infer
from garrison.records import Event

START, AS_OF = date(2020, 1, 1), date(2020, 2, 5)
N_RUNS = 1500


def told(kind: str, day: date, sources: list[str], **fields) -> Event:
    ratio, p_happened = weigh_sources(kind, sources)
    values = {
        "published": day,
        "date_start": day,
        "date_end": day,
        "p_happened": p_happened,
        "evidence_ratio": ratio,
    }
    return Event(id=f"{kind}-{day}-{len(sources)}", type=kind, country="SDN", **{**values, **fields})


def state_of(*events: Event, **fields):
    return infer(
        events, **{"country": "SDN", "as_of": AS_OF, "start": START, "n_runs": N_RUNS, "seed": 3, **fields}
    )


def shift(*events: Event) -> float:
    return state_of(*events).log_evidence_ratio(90)


def test_nothing_reported_moves_nothing_at_all() -> None:
    state = state_of()
    assert state.log_evidence_ratio(90) == 0.0
    assert (state.weights() == state.prior_weights).all()
    assert (state.resampled_log_evidence_ratios(90) == 0).all()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["DEFECT", "DEFECT_DECLARED", "REFUSE_ORDER", "FRATERNIZE_JOIN", "MUTINY"])
def test_a_further_report_of_dissent_never_lowers_the_odds(kind: str) -> None:
    day = AS_OF - timedelta(days=2)
    others = [
        told("DEFECT_EXILE", AS_OF - timedelta(days=20), ["media"]),
        told(
            "PURGE_ARREST_MIL",
            day,
            ["ngo"],
            count_of="soldiers arrested",
            n_low=5.0,
            n_high=20.0,
            count_kind="stock",
        ),
        told(
            "FATALITIES_CUMULATIVE",
            day,
            ["media"],
            count_of="deaths",
            n_low=20.0,
            n_high=25.0,
            count_kind="stock",
        ),
    ]
    for given in ([], others[:1], others):
        before = shift(*given)
        for sources in (["social_media"], ["media"], ["media", "ngo"], ["official"]):
            assert shift(*given, told(kind, day, sources)) >= before - 1e-12


def test_a_story_that_is_denied_more_than_told_raises_nothing() -> None:
    story = told("MUTINY", AS_OF - timedelta(days=2), ["social_media"])
    ratio, p_happened = weigh_sources("MUTINY", ["social_media"], denied=True)
    assert ratio < 1
    assert shift(replace(story, evidence_ratio=ratio, p_happened=p_happened)) <= 0.0


def test_better_sources_move_the_odds_further() -> None:
    day = AS_OF - timedelta(days=2)
    shifts = [
        shift(told("DEFECT", day, sources))
        for sources in (["social_media"], ["media"], ["media"] * 2, ["official"])
    ]
    assert shifts == sorted(shifts)
    assert shifts[0] < shifts[-1]


def test_what_is_published_later_changes_no_bit() -> None:
    later = told("COUP", AS_OF - timedelta(days=1), ["official"], published=AS_OF + timedelta(days=1))
    refusal = replace(told("MUTINY", AS_OF, ["official"]), published=AS_OF + timedelta(days=1))
    assert (state_of(later, refusal).weights() == state_of().weights()).all()


def test_another_countrys_events_change_no_bit() -> None:
    abroad = replace(told("DEFECT", AS_OF, ["official"]), country="EGY")
    assert (state_of(abroad).weights() == state_of().weights()).all()


def test_runs_that_broke_are_out_and_hollow_ones_need_a_story() -> None:
    silent = state_of()
    assert (silent.prior_weights[~silent.unbroken] == 0).all()
    assert silent.hollowed.any()
    assert (silent.weights()[silent.hollowed] == 0).all()
    told_so = state_of(told("MUTINY", AS_OF - timedelta(days=1), ["media", "ngo"]))
    assert told_so.weights()[told_so.hollowed & told_so.unbroken].sum() > 0


def test_the_first_runs_are_the_same_whatever_their_number() -> None:
    few, many = state_of(n_runs=200), state_of(n_runs=400)
    assert (few.runs.break_day == many.runs.break_day[:200]).all()
    assert np.array_equal(few.runs.visible, many.runs.visible[:200])


def test_weights_are_weights_and_the_effective_sample_size_has_its_bounds() -> None:
    state = state_of(told("DEFECT", AS_OF, ["official"]))
    assert state.weights().sum() == pytest.approx(1.0)
    assert (state.weights() >= 0).all()
    assert 1 <= state.effective_sample_size <= state.n_runs


def test_more_deaths_than_any_run_knows_say_nothing_rather_than_break() -> None:
    absurd = told(
        "FATALITIES_CUMULATIVE",
        AS_OF,
        ["media"],
        count_of="deaths",
        n_low=1e9,
        n_high=1e9,
        count_kind="stock",
    )
    assert np.isfinite(state_of(absurd).log_evidence_ratio(90))


@pytest.mark.slow
def test_known_dissent_is_recovered() -> None:
    """Told the counts that one run made, the state leans to that run's dissent: over many truths it must correlate."""
    state = state_of()
    day = state.today
    hidden = state.runs.hidden[:, day, 1]
    # Every 40th of the possible runs plays the truth; its arrests of soldiers and deaths are told exactly.
    truths = np.flatnonzero(state.prior_weights > 0)[::40]
    estimates = []
    for truth in truths:
        counts = {
            "PURGE_ARREST_MIL": ("soldiers arrested", state.runs.soldiers_arrested_rate),
            "FATALITIES_CUMULATIVE": ("deaths", state.runs.deaths_rate),
        }
        events = [
            told(kind, AS_OF, ["media", "ngo"], count_of=what, n_low=n, n_high=n, count_kind="stock")
            for kind, (what, rate) in counts.items()
            for n in [float(round(rate[truth, : day + 1].sum()))]
        ]
        estimates.append(float(state_of(*events).weights() @ hidden))
    correlation = float(np.corrcoef(np.log(hidden[truths]), np.log(estimates))[0, 1])
    # With n truths a correlation of 0 has standard error 1/sqrt(n); three of them.
    assert correlation > 3 / np.sqrt(len(truths)), correlation


def test_asking_beyond_the_runs_is_refused() -> None:
    with pytest.raises(UndefinedError, match="longer runs"):
        state_of().p_break(400)
    with pytest.raises(DateError, match="crisis starts"):
        state_of(start=AS_OF + timedelta(days=1))


@pytest.mark.slow
def test_the_bundled_case_leaves_a_readable_sample() -> None:
    venezuela = case("venezuela-2017")
    state = infer(venezuela.events(), country="VEN", as_of=date(2017, 5, 7), case=venezuela)
    assert state.effective_sample_size > 200
    assert len(repr(state).splitlines()) <= 10
