"""The world as Garrison knows it before it reads anything.

Countries with their codes, the names by which texts call them, their population and their forces as wide
priors; their first-order divisions and larger towns, so that a named place becomes a place on a map. Nothing
here is a finding: a country without a case starts from these numbers, and its page says so.
"""

from garrison.world.country_of_text import find_country
from garrison.world.country_table import FORCES, Country, countries, country
from garrison.world.folding import fold_name
from garrison.world.gazetteer import Place, admin1_names, admin1_of, capital_division, place_index, places

__all__ = [
    "FORCES",
    "Country",
    "Place",
    "admin1_names",
    "admin1_of",
    "capital_division",
    "countries",
    "country",
    "find_country",
    "fold_name",
    "place_index",
    "places",
]
