"""What the readers of dates and of quantities find, in pieces of a scanned text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rag.values.units import Unit
from rag.values.value import Hedge, Kind


@dataclass(frozen=True, slots=True)
class Found:
    """A date from piece `begin` up to piece `end`: its first and last day, or else what is known of it."""

    begin: int
    end: int
    unit: str
    low: date | None
    high: date | None
    resolved: bool = False
    partial: str | None = None
    hedge: Hedge = "exact"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value from piece `begin` up to piece `end`, in the base unit of its kind."""

    kind: Kind
    begin: int
    end: int
    low: float
    high: float
    unit: str = ""
    hedge: Hedge = "exact"
    what: str | None = None
    group: str | None = None
    step: float = 1.0


def quantity_of(unit: Unit, low: float, high: float, step: float, begin: int, end: int) -> Quantity:
    """The quantity of `low` to `high` of a unit, in the base unit of its kind."""
    if unit.key == "°F":
        low, high, step = (low - 32) / 1.8, (high - 32) / 1.8, step / 1.8
        return Quantity(unit.kind, begin, end, low, high, unit.key, step=step)
    factor = unit.factor
    return Quantity(unit.kind, begin, end, low * factor, high * factor, unit.key, step=step * factor)
