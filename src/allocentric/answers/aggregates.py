"""All aggregations, by name."""

from typing import Final

from allocentric.answers import aggregate_abstention, aggregate_types, aggregate_versions
from allocentric.answers.aggregate import Aggregation
from allocentric.errors import UnknownName

AGGREGATIONS: Final[tuple[Aggregation, ...]] = (
    *aggregate_types.AGGREGATIONS,
    *aggregate_versions.AGGREGATIONS,
    *aggregate_abstention.AGGREGATIONS,
)


def aggregation(name: str) -> Aggregation:
    """The aggregation called `name`; raises UnknownName with the near miss.

    >>> aggregation("vsi").name
    'vsi'
    """
    found = [each for each in AGGREGATIONS if each.name == name]
    if not found:
        known = [each.name for each in AGGREGATIONS]
        raise UnknownName("aggregation", name, known, where="allocentric.answers.aggregates")
    return found[0]
