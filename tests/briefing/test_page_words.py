"""The words of the page: every key that is asked for is there, in every language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import pytest

from garrison.briefing import words
from garrison.errors import ParameterError
from garrison.vocabulary import event_types

TABLES = tomllib.loads(files("garrison.briefing").joinpath("words.toml").read_text(encoding="utf8"))
SOURCES = [
    path.read_text(encoding="utf8")
    for folder in (files("garrison.briefing"), files("garrison.briefing").joinpath("templates"))
    for path in folder.iterdir()
    if path.name.endswith((".py", ".j2"))
]


def keys(table: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from keys(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def test_every_language_has_the_same_keys() -> None:
    assert {language: set(keys(table)) ^ set(keys(TABLES["en"])) for language, table in TABLES.items()} == {
        language: set() for language in TABLES
    }


#: Groups of keys that the page puts together from a code: of a rule, a type, a stage, a lane.
BY_CODE = (
    "audit.stock",
    "audit.flow",
    "confirm.",
    "dissent.",
    "frequency.",
    "months",
    "not_counted.",
    "probability",
    "rules.",
    "sections.",
    "stage.",
    "target.",
    "timeline.",
)


def test_no_key_is_left_over() -> None:
    """A sentence that nothing asks for is an option that does nothing."""
    text = "\n".join(SOURCES)
    left = [key for key in keys(TABLES["en"]) if not key.startswith(BY_CODE) and f'"{key}"' not in text]
    assert left == []


def test_every_type_has_words_for_what_would_confirm_it() -> None:
    said = words("en")
    for name, kind in event_types().items():
        assert said.says(f"confirm.{name}") or said.says(f"confirm.by_{kind.group}"), name
        assert said.says(f"timeline.{kind.group}"), kind.group


def test_confirmations_are_of_types_and_groups_that_exist() -> None:
    groups = {f"by_{kind.group}" for kind in event_types().values()}
    assert set(TABLES["en"]["confirm"]) <= {"one_source"} | set(event_types()) | groups


def test_the_words_of_misuse_stand() -> None:
    said = " ".join(words("en").lines("limits.always")).lower()
    for part in (
        "fulfil or defeat themselves",
        "silence can be censorship",
        "no safety for protesters",
        "not news",
    ):
        assert part in said


def test_unknown_language_key_and_gap_are_named() -> None:
    with pytest.raises(ParameterError, match=r"no language 'xx'.*en"):
        words("xx")
    with pytest.raises(ParameterError, match=r"sections\.clams.*claims"):
        words("en").say("sections.clams")
    with pytest.raises(ParameterError, match="date"):
        words("en").say("page.as_of")


def test_no_sentence_holds_markup_or_an_address() -> None:
    assert not re.search(r"<[a-z/]|https?:", files("garrison.briefing").joinpath("words.toml").read_text())
