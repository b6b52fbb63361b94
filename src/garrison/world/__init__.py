"""The world as Garrison knows it before it reads anything.

Countries with their codes, the names by which texts call them, their population and their forces as wide
priors; every code and name that event data give a country; their first-order divisions and larger towns, so
that a named place becomes a place on a map; who held which public office when, so that a name becomes a role.
Nothing here is a finding: a country without a case starts from these numbers, and its page says so.
"""

from garrison.world.country_codes import CountryCode, country_code_pairs, country_codes, country_of_code
from garrison.world.country_of_text import find_country
from garrison.world.country_table import FORCES, Country, countries, country
from garrison.world.folding import fold_name
from garrison.world.gazetteer import Place, admin1_names, admin1_of, capital_division, place_index, places
from garrison.world.office_holders import OfficeHolder, find_holders, holders_on, office_holders

__all__ = [
    "FORCES",
    "Country",
    "CountryCode",
    "OfficeHolder",
    "Place",
    "admin1_names",
    "admin1_of",
    "capital_division",
    "countries",
    "country",
    "country_code_pairs",
    "country_codes",
    "country_of_code",
    "find_country",
    "find_holders",
    "fold_name",
    "holders_on",
    "office_holders",
    "place_index",
    "places",
]
