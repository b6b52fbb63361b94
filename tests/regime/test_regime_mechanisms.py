"""The registry of mechanisms: complete, in the project's own words, and naming only what the model has."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.errors import ParameterError
from garrison.regime.cohorts import DRIVERS
from garrison.regime.conditions import known_conditions
from garrison.regime.levers.known_levers import MOVED
from garrison.regime.mechanisms import Mechanism, mechanism, mechanism_of, mechanisms
from garrison.regime.mechanisms.mechanism_table import mechanism_table
from garrison.regime.priors import interactions, priors, read_table
from garrison.regime.today import TODAY

ROOT = Path(__file__).parents[2]
ROOMS = ROOT / "src" / "garrison"
SHARED = ROOT.parent / "shared"
ARTICLE = SHARED / "reports" / "venezuela-2017-05-07.txt"
LISTED = SHARED / "design" / "mechanisms.md"
LONGEST_SHARED = 5

# Outcomes and stocks of the model that are neither a driver nor a condition, a parameter or a thing that levers move.
STATES = {"fracture", "coup", "leave", "arrears", "price", *(TODAY.names or ())}


def rows():
    """Id and cells of every row of the design's list, header rows left out."""
    if not LISTED.is_file():
        pytest.skip("the list of mechanisms of the design is not beside this checkout")
    lines = LISTED.read_text(encoding="utf8").splitlines()
    return [re.split(r"(?<!\\)\|", line.strip("| ")) for line in lines if re.match(r"\| [AC]\d\d ", line)]


def words(text):
    return re.findall(r"[a-z']+", text.lower().replace("’", "'"))


def runs_of_words(text, length=LONGEST_SHARED + 1):
    listed = words(text)
    return {tuple(listed[place : place + length]) for place in range(len(listed) - length + 1)}


def test_every_listed_mechanism_stands_once_or_is_left_out_as_noise():
    listed = [cells[0].strip() for cells in rows()]
    left_out = read_table("mechanisms/mechanisms.toml")["left_out"]["ids"]
    assert len(listed) == 129
    assert sorted([*mechanisms(), *left_out]) == sorted(listed)


def test_only_rows_that_the_design_calls_noise_are_left_out():
    mechanism_cells = {cells[0].strip(): " ".join(cells[1:3]) for cells in rows()}
    for name in read_table("mechanisms/mechanisms.toml")["left_out"]["ids"]:
        assert re.search(r"noise|Thatcher", mechanism_cells[name]), name


def test_no_statement_repeats_the_article_its_comments_or_the_list():
    if not ARTICLE.is_file():
        pytest.skip("the source article is not beside this checkout")
    told = runs_of_words(ARTICLE.read_text(encoding="utf8"))
    told |= {run for cells in rows() for run in runs_of_words(cells[1])}
    assert len(told) > 2000
    for one in mechanisms().values():
        for text in (one.statement, one.why):
            assert not runs_of_words(text) & told, one.id


def test_the_page_repeats_no_sentence_either():
    if not ARTICLE.is_file():
        pytest.skip("the source article is not beside this checkout")
    page = (ROOT / "docs" / "mechanisms.md").read_text(encoding="utf8")
    assert not runs_of_words(page) & runs_of_words(ARTICLE.read_text(encoding="utf8"))


@pytest.mark.parametrize("one", mechanisms().values(), ids=lambda one: one.id)
def test_every_term_that_is_named_exists_in_the_model(one):
    names = {prior.name for prior in priors().values()} | {item.name for item in interactions()}
    known = {*DRIVERS, *known_conditions(), *MOVED, *names, *STATES}
    assert set(one.terms) <= known, sorted(set(one.terms) - known)
    assert bool(one.terms) == (one.kind == "modelled")


@pytest.mark.parametrize("one", mechanisms().values(), ids=lambda one: one.id)
def test_every_statement_is_one_plain_sentence(one):
    assert one.statement.endswith(".")
    assert one.statement[0].isupper()
    assert not re.search(r"[.!?] [A-Z]", one.statement)
    assert one.source.startswith("source article" if one.told_by == "article" else "reader comment")


def test_observations_name_a_room_that_there_is():
    for one in mechanisms().values():
        if one.kind == "observation":
            assert (ROOMS / one.room / "__init__.py").is_file(), one.id
            assert one.channel


def test_what_restates_a_row_leads_to_one_that_stands_for_itself():
    merged = [one for one in mechanisms().values() if one.kind == "merged"]
    assert merged
    assert all(mechanisms()[one.into].kind != "merged" for one in merged)


def test_a_row_whose_sign_is_open_claims_no_clear_theory():
    open_ones = [one for one in mechanisms().values() if one.kind == "modelled" and one.sign == 0]
    assert open_ones
    assert not any(one.clear for one in open_ones)


def test_no_two_rows_are_tested_by_the_same_change_and_outcome():
    tested = [(one.change, one.given, one.outcome) for one in mechanisms().values() if one.kind == "modelled"]
    assert len(set(tested)) == len(tested)


def test_the_table_has_a_line_for_every_mechanism_in_both_groups():
    lines = mechanism_table().splitlines()
    ids = [line.split(" | ")[0].strip("| ") for line in lines if re.match(r"\| [AC]\d\d ", line)]
    assert ids == list(mechanisms())
    columns = {line.count("|") for line in lines if line.startswith("|")}
    assert columns == {7}
    assert mechanism_table() == mechanism_table()


def test_no_name_that_the_article_tells_stands_in_a_statement():
    if not ARTICLE.is_file():
        pytest.skip("the source article is not beside this checkout")
    text = ARTICLE.read_text(encoding="utf8")
    names = set(re.findall(r"[A-ZÀ-Ý][\w']+", text)) - {
        word.capitalize() for word in re.findall(r"\b[a-z]+", text)
    }
    assert len(names) > 50
    for one in mechanisms().values():
        inside = re.findall(r"(?<=[a-z,;:] )[A-ZÀ-Ý][\w']+", f"{one.statement} {one.why}")
        assert not set(inside) & names, one.id


GOOD = {
    "id": "A99",
    "statement": "Pay buys loyalty.",
    "kind": "modelled",
    "terms": ["W"],
    "input": {"moves": "condition", "name": "pay", "from": 0.7, "to": 0.3},
    "outcome": "visible troops",
    "day": 30,
    "sign": 1,
    "clear": True,
    "source": "reader comment",
    "why": "An example.",
}


def test_a_good_row_is_read_as_it_stands():
    made = mechanism_of(GOOD)
    assert isinstance(made, Mechanism)
    assert (made.change.start, made.change.end, made.sign) == (0.7, 0.3, 1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "modeled"}, "Did you mean modelled?"),
        ({"statement": ""}, "'statement' is missing"),
        ({"outcome": "visible troop"}, "Did you mean visible troops?"),
        ({"sign": 2}, "sign is 2"),
        ({"sign": "ambiguous"}, "cannot be clear"),
        ({"colour": "red"}, "key 'colour' is unknown"),
        ({"input": {"moves": "condition", "name": "payy", "from": 0.7, "to": 0.3}}, "Did you mean pay?"),
        ({"input": {"moves": "lever", "name": "raise_pai", "from": 0, "to": 1}}, "Did you mean raise_pay?"),
        ({"input": {"moves": "levers", "name": "pay", "from": 0, "to": 1}}, "Did you mean lever?"),
        ({"input": {"moves": "condition", "name": "pay", "from": 0.7, "to": 1.3}}, "leaves the range 0 to 1"),
        ({"input": {"moves": "condition", "name": "pay", "from": 0.7}}, "'to' is missing"),
        ({"input": {"moves": "condition", "name": "pay", "from": 0.7, "to": 0.7}}, "changes nothing"),
        ({"input": {"moves": "condition", "name": "pay", "from": 0, "to": 1, "til": 3}}, "key 'til'"),
        ({"input": {"moves": "loading", "name": "M_C trops", "from": 1, "to": 2}}, "Did you mean M_C troops?"),
        ({"input": {"moves": "credibility", "name": "march", "from": 1, "to": 0}}, "credibility 'march' is unknown"),
        ({"input": {"moves": "unevenness", "name": "pay", "from": 0, "to": 0.2}}, "group '' is unknown"),
        ({"given": [{"moves": "lever", "name": "march", "value": 99}]}, "leaves the range 0 to 3"),
        ({"kind": "merged"}, "'into' is missing"),
        ({"kind": "observation"}, "'room' is missing"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_what_is_wrong_and_where(changed, said):
    with pytest.raises(ParameterError, match=re.escape(said)) as refused:
        mechanism_of({**GOOD, **changed})
    assert "A99" in str(refused.value)
    assert "\n" not in str(refused.value)


@given(missing=st.sampled_from(sorted(GOOD)))
def test_no_field_can_be_left_out(missing):
    with pytest.raises(ParameterError, match="missing"):
        mechanism_of({key: value for key, value in GOOD.items() if key != missing})


def test_an_unknown_id_is_answered_with_the_nearest():
    with pytest.raises(ParameterError, match=r"'A011' is unknown\. Did you mean A"):
        mechanism("A011")


def test_the_file_is_in_the_order_of_the_ids():
    text = (ROOMS / "regime" / "mechanisms" / "mechanisms.toml").read_text(encoding="utf8")
    ids = [row["id"] for row in tomllib.loads(text)["mechanism"]]
    assert ids == sorted(ids)
