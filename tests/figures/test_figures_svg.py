"""An inline drawing is small, the same every time, asks for nothing, and says what it shows."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from garrison.figures import PALETTE, draw_dots, draw_fan, to_svg


def fan(name: str = "fan") -> str:
    days = np.arange(-30, 91)
    quantiles = np.linspace(0.1, 0.4, 5)[:, None] * np.linspace(0.5, 1, days.size)
    return to_svg(
        lambda ax: draw_fan(ax, days, quantiles, name="hidden <&>"),
        400,
        250,
        name=name,
        title="Dissent & <b>",
        description="by day",
    )


def test_same_drawing_same_bytes() -> None:
    assert fan() == fan()


def test_it_is_well_formed_and_names_itself() -> None:
    root = ElementTree.fromstring(fan())
    assert root.tag == "svg"
    assert root.attrib["viewBox"] == "0 0 400 250"
    assert root.findtext("title") == "Dissent & <b>"
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert set(root.attrib["aria-labelledby"].split()) <= ids


def test_text_stays_text() -> None:
    texts = [element.text for element in ElementTree.fromstring(fan()).iter("text")]
    assert "hidden <&>" in texts


def test_no_date_no_address_no_font_of_the_machine() -> None:
    text = fan()
    for unwanted in ("http", "date", "Matplotlib", "DejaVu", "<style", "<script", "metadata"):
        assert unwanted not in text


def test_ids_are_used_once_and_carry_the_name() -> None:
    both = fan("first") + fan("second")
    ids = re.findall(r' id="([^"]+)"', both)
    assert len(ids) == len(set(ids)) > 4
    assert all(name.startswith(("first-", "second-")) for name in ids)


def test_every_reference_finds_its_id() -> None:
    text = fan()
    ids = set(re.findall(r' id="([^"]+)"', text))
    references = re.findall(r'href="#([^"]+)"', text) + re.findall(r"url\(#([^)]+)\)", text)
    assert references
    assert set(references) <= ids


def test_coordinates_are_rounded_to_a_tenth() -> None:
    assert not re.search(r"\d\.\d\d+[ ,\"]", re.sub(r'style="[^"]*"', "", fan()))


def test_colours_follow_the_page() -> None:
    text = fan()
    for shade in set(re.findall(r"#[0-9a-f]{6}", text)):
        role = next(role for role, colour in PALETTE.items() if colour == shade)
        assert text.count(shade) == text.count(f"var(--{role}, {shade})")


@pytest.mark.parametrize(("n_dots", "columns", "limit"), [(100, 20, 8_000), (1000, 50, 50_000)])
def test_dots_stay_small(n_dots: int, columns: int, limit: int) -> None:
    text = to_svg(
        lambda ax: draw_dots(ax, 2, n_dots, n_upper=5, columns=columns),
        320,
        84,
        name="dots",
        title="dots",
        description="",
    )
    assert text.count("<use") == n_dots
    assert len(text) < limit
