"""The codebook says everything that a reader needs of each type and grade, and nothing twice."""

from garrison.vocabulary import certainties, certainty_table, event_types, type_pages


def test_every_type_has_a_definition_a_contrast_and_two_examples_of_its_own() -> None:
    seen: set[str] = set()
    for kind in event_types().values():
        assert kind.definition.endswith(".")
        assert kind.is_not.endswith(".")
        assert len(kind.examples) == 2, kind.name
        assert not seen & set(kind.examples), kind.name
        seen |= set(kind.examples)
        for other in kind.is_not.replace("(", " ").replace(")", " ").replace(",", " ").split():
            if "_" in other and other.strip(".").isupper():
                assert other.strip(".") in event_types(), f"{kind.name} names the unknown type {other}"


def test_the_pages_hold_every_type_and_grade() -> None:
    pages, table = type_pages(), certainty_table()
    assert pages.count("### ") == len(event_types())
    for kind in event_types().values():
        assert f"### {kind.name}: {kind.label}" in pages
    for grade in certainties().values():
        assert f"| `{grade.name}` | {grade.definition} |" in table
