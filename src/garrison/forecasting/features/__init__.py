"""Features: what was known of a state on the day of a forecast, as numbers.

One module a subject; `features.toml` says of every feature what it means, where it comes from, how late it is known and
how far it may go; `feature_table` joins all for rows of any unit.
"""

from garrison.forecasting.features.definitions import Feature, feature_definitions, features_of_group
from garrison.forecasting.features.feature_table import feature_table
from garrison.forecasting.features.feature_tables import FeatureTables, read_feature_tables

__all__ = [
    "Feature",
    "FeatureTables",
    "feature_definitions",
    "feature_table",
    "features_of_group",
    "read_feature_tables",
]
