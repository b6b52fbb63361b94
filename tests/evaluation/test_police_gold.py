"""The measure on IndiaPoliceEvents: rows read and set aside, claims mapped onto sentences and labels."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from garrison.errors import TableError
from garrison.evaluation.police_gold import (
    POLICE_LABELS,
    PoliceSentence,
    labels_of,
    police_labels_of,
    read_police,
    score_police,
)
from garrison.records import Claim, Source

HEAD = ",doc_id,sent_id,sent_text,KILL,ARREST,ANY_ACTION,FAIL,FORCE\n"
ROWS = (
    '0,7,0,"Communal riots broke out in the old town.",0,0,0,0,0\n'
    '1,7,1,"Police opened fire on the mob, and two persons were killed in police firing.",1,0,1,0,1\n'
    '2,7,2,"Forty rioters were\narrested.",0,1,1,0,0\n'
    '3,7,3,"At the market the police remained mute spectators.",0,0,0,1,0\n'
    '4,9,0,"The monsoon came early.",0,0,0,0,0\n'
)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sents.csv"
    path.write_text(text, encoding="utf-8")
    return path


def claim(kind: str, **told: object) -> Claim:
    fixed = {"id": "", "doc": "", "char_start": 0, "char_end": 1, "quote": "", "certainty": "reported_fact"}
    return Claim(type=kind, published=date(2002, 3, 1), **{**fixed, **told})  # type: ignore[arg-type]


def test_every_label_is_told_from_the_claims_of_its_sentence(tmp_path: Path) -> None:
    result = score_police(written(tmp_path, HEAD + ROWS))
    assert (result.n_sentences, result.n_documents, result.rejected) == (5, 2, ())
    assert result.f1 == dict.fromkeys(POLICE_LABELS, 1.0)


def test_a_label_that_the_gold_lacks_is_a_false_alarm(tmp_path: Path) -> None:
    result = score_police(written(tmp_path, HEAD + ROWS.replace(",0,1,1,0,0\n", ",0,0,1,0,0\n")))
    arrest = next(score for score in result.scores if score.label == "ARREST")
    assert (arrest.n_gold, arrest.n_predicted, arrest.n_right) == (0, 1, 0)


def test_bad_rows_are_named_and_set_aside(tmp_path: Path) -> None:
    bad = (
        '5,9,x,"A",0,0,0,0,0\n6,9,2,"A",2,0,0,0,0\n7,,3,"A",0,0,0,0,0\n8,9,4,"A",0\n9,7,1,"Again",0,0,0,0,0\n'
    )
    sentences, rejected = read_police(written(tmp_path, HEAD + ROWS + bad))
    assert len(sentences) == 5
    assert [line.split(":")[0] for line in rejected] == [f"row {number}" for number in range(6, 11)]
    for line, word in zip(rejected, ("sent_id", "KILL", "doc_id", "FAIL", "twice"), strict=True):
        assert word in line


def test_sentences_of_a_document_are_brought_together_in_their_order(tmp_path: Path) -> None:
    lines = ROWS.replace("Forty rioters were\narrested", "Forty rioters were arrested").splitlines(
        keepends=True
    )
    sentences, _ = read_police(written(tmp_path, HEAD + "".join([lines[3], lines[4], *lines[:3]])))
    assert [(sentence.doc, sentence.number) for sentence in sentences] == [
        ("7", 0),
        ("7", 1),
        ("7", 2),
        ("7", 3),
        ("9", 0),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (HEAD.replace("FORCE", "FORCED") + ROWS, "FORCE"),
        (HEAD, "no row"),
        (HEAD + '0,7,0,"A",0,0,0,0,5\n', "FORCE is '5'"),
        ("", "doc_id"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(TableError, match=named):
        read_police(written(tmp_path, text))


def test_a_file_that_is_not_there_or_not_text_says_why(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        read_police(tmp_path / "none.csv")
    path = tmp_path / "binary.csv"
    path.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(TableError, match="cannot be read"):
        read_police(path)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (claim("REPRESSION_LETHAL", actor_sector="COP"), {"KILL", "FORCE"}),
        (claim("REPRESSION_LETHAL"), set()),
        (claim("REPRESSION_LETHAL", actor_sector="COP", negated=True), set()),
        (claim("REPRESSION", plover_mode="arrest"), {"ARREST"}),
        (claim("REPRESSION", plover_mode="arrest", actor_sector="CVL"), set()),
        (claim("PURGE_ARREST_MIL", plover_mode="arrest"), {"ARREST"}),
        (claim("PURGE_ARREST_MIL"), set()),
        (claim("REPRESSION", plover_mode="beat", actor_sector="COP"), {"FORCE"}),
        (claim("CROWD_CONTROL", plover_mode="crowd-control"), {"FORCE"}),
        (claim("CROWD_CONTROL", plover_mode="restrict", actor_sector="COP"), set()),
        (claim("NON_EVENT", actor_sector="COP"), {"FAIL"}),
        (claim("NON_EVENT", actor_sector="CVL"), set()),
        (claim("REPRESSION", plover_mode="arrest", actor_sector="COP", negated=True), {"FAIL"}),
        (claim("REPRESSION", plover_mode="arrest", certainty="forecast"), set()),
        (
            claim(
                "REPRESSION", actor_sector="COP", negated=True, sources=(Source("police", "security_force"),)
            ),
            set(),
        ),
    ],
)
def test_the_mapping_of_claims_to_labels(given: Claim, expected: set[str]) -> None:
    assert labels_of(given) == expected


def test_a_sentence_with_line_ends_keeps_its_place() -> None:
    document = [
        PoliceSentence("a", 0, "The riots\r\nwent on.\n\n", frozenset()),
        PoliceSentence("a", 1, "", frozenset()),
        PoliceSentence("a", 2, "Police arrested forty rioters.", frozenset()),
    ]
    assert police_labels_of(document) == [frozenset(), frozenset(), frozenset({"ARREST"})]
