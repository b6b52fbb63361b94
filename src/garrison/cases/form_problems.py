"""What is wrong with the form of a file, in words of our own instead of a library's."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from garrison.cases.toml_lines import Place
from garrison.errors import nearest

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

_WANTED = {
    "string_type": "a text in quotes",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "date_type": "a day such as 2017-05-07, without quotes",
    "finite_number": "a finite number",
    "dict_type": "a table with keys of its own",
    "model_type": "a table with keys of its own",
    "model_attributes_type": "a table with keys of its own",
    "list_type": "a list of tables, each headed by the name in double brackets",
    "literal_error": "1, the only form that there is so far",
    "bool_type": "true or false",
}
_EXAMPLES = {
    "schema": "schema = 1",
    "name": 'name = "a march"',
    "start": "start = 2017-05-07",
    "days": "days = 90",
    "size": "size = 0.3",
    "outcome": 'outcome = "p_break"',
    "sign": "sign = -1",
}
_SHOWN = 40


def problems_of_form(error: ValidationError, form: type[BaseModel]) -> list[tuple[Place, str]]:
    """Put all errors of a form into places and sentences; a misspelt key is not also said to be missing.

    Parameters
    ----------
    error
        What pydantic found.
    form
        The form that the whole was held against.

    Returns
    -------
    list of tuple
        Place and sentence, in the order of the form.
    """
    found: list[dict[str, Any]] = [dict(item) for item in error.errors(include_url=False)]
    misspelt = {
        (*item["loc"][:-1], meant)
        for item in found
        if item["type"] == "extra_forbidden"
        for meant in keys_at(form, item["loc"][:-1])
        if nearest(str(item["loc"][-1]), keys_at(form, item["loc"][:-1])) == f"Did you mean {meant}?"
    }
    return [
        problem_of(item, form) for item in found if item["type"] != "missing" or item["loc"] not in misspelt
    ]


def problem_of(found: Mapping[str, Any], form: type[BaseModel]) -> tuple[Place, str]:
    """Put one error of a form into a place and a sentence.

    Parameters
    ----------
    found
        One of pydantic's errors: `loc`, `type`, `input`, `msg`.
    form
        The form that the whole was held against.

    Returns
    -------
    tuple
        Place and sentence.
    """
    place = tuple(part for part in found["loc"] if part != "[key]")
    key = str(place[-1]) if place else "the file"
    if found["type"] == "missing":
        example = _EXAMPLES.get(key, f'{key} = "..."')
        return place[:-1] or place, f"'{key}' is missing{_inside(place)}: add it, for example {example}"
    if found["type"] == "extra_forbidden":
        known = keys_at(form, place[:-1])
        return place, f"unknown key '{key}'{_inside(place)}. {nearest(key, known)}"
    wanted = _WANTED.get(found["type"])
    ask = f"give {wanted}" if wanted else found["msg"]
    return place, f"{_named(place)} is {_shown(found['input'])}: {ask}"


def keys_at(form: type[BaseModel], place: Place) -> list[str]:
    """Give the keys that a form knows at a place.

    Parameters
    ----------
    form
        The form of the whole.
    place
        Names of tables from the top; numbers of entries are passed over.

    Returns
    -------
    list of str
        As they are written in the file.
    """
    for name in place:
        if isinstance(name, str):
            inner = _form_within(form.model_fields[name].annotation) if name in form.model_fields else None
            if inner is None:
                return []
            form = inner
    return [field.alias or name for name, field in form.model_fields.items()]


def _form_within(annotation: Any) -> type[BaseModel] | None:
    from pydantic import BaseModel

    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    return next((found for part in get_args(annotation) if (found := _form_within(part))), None)


def _inside(place: Place) -> str:
    above = [str(part + 1) if isinstance(part, int) else part for part in place[:-1]]
    return f" in {' '.join(above)}" if above else ""


def _named(place: Place) -> str:
    """Name a place as a reader counts: the first lever is lever 1."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in place) or "the file"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    words = repr(value) if isinstance(value, str) else str(value)
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "..."
