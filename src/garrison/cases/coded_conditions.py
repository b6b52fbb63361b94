"""What was known of a country's conditions by a day, as the model takes it."""

from __future__ import annotations

from datetime import date

from garrison.cases.case_file import Case
from garrison.regime import Conditions
from garrison.world import country as country_of

#: Whose members count as soldiers when soldiers are arrested or refuse.
UNDER_MILITARY_COMMAND = ("army", "guard")


def conditions_of(country: str, case: Case | None, as_of: date) -> Conditions:
    """Give what was known of a case's conditions by a day, or wide priors with a country's sizes.

    Parameters
    ----------
    country
        Alpha-3 code.
    case
        Or None.
    as_of
        Conditions whose ground was published later stay wide.

    Returns
    -------
    Conditions
        With the country's population and the strength of army and guard.

    Examples
    --------
    >>> conditions_of("VEN", None, date(2017, 5, 7)).drivers
    {}
    """
    place = country_of(country)
    drivers = case.conditions_known_by(as_of) if case is not None else {}
    forces = {name: item.value for name, item in case.strengths.items()} if case else dict(place.forces)
    strength = sum(forces.get(name, 0) for name in UNDER_MILITARY_COMMAND)
    return Conditions(drivers, population=place.population, strength=strength or None)
