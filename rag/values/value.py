"""What a sentence states: one figure, quantity, date or time of day, made comparable across languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "number", "percent", "money", "duration", "age", "distance", "mass", "area", "volume", "temperature", "speed", "power",
    "energy", "magnitude", "score", "ordinal", "date", "time",
]  # fmt: skip
Hedge = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "range"]
Relation = Literal["same", "approximation", "different", "incomparable"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a text states, at `text[start:end]` of what was read; `text` is that slice, with its hedge and noun.

    `low` and `high` are in the base unit of the kind; they differ where two ends are stated ("10 to 15"), whatever the hedge
    ("about 10 to 15" is `about`). A bound is one figure: "at least 12" is 12 to 12 with the hedge `at_least`.

        number, ordinal     the figure itself
        percent             percent (points of a percentage have the unit "pp")
        money               units of the currency; `unit` is its ISO 4217 code ("shekels", "dollars" too), never converted
        duration            seconds (a month is 30.4375 days, a year 365.25)
        age                 years
        distance, area, volume, mass, speed     metres, square metres, litres, kilograms, metres a second
        temperature         degrees Celsius
        power, energy       watts, watt-hours
        magnitude           points of a scale for earthquakes
        score               first and second figure as written ("3:1" is low 3, high 1)
        time                seconds after midnight
        date                the ordinals (date.toordinal) of the first and the last day that it covers

    `unit` names the unit as written ("hour", "mile", "%", "USD"), for dates the precision ("day", "week", "month",
    "season", "year", "decade", "century"), "" for bare numbers. `what` is the key of the counted thing, shared across
    languages for common nouns of the news ("dead", "injured", "people", "house"), else "en:lemma", "ru:lemma" or
    "bg:lemma"; None where none was found. `group` is the narrower group that a role such as "dead" is said of ("soldier",
    "child"), where there is one. `step` is the rounding step of the figure as written, in the base unit ("1.2 million":
    100,000; "2.5 hours": 1,800), 0 for dates and times of day.

    `resolved` says that a date was completed or worked out from the day of publication. A date that could not be, for
    want of that day, has `low` and `high` None and says in `partial` what is known: "--09-03" (3 September), "--09",
    "weekday 2" (Tuesday), "day -1" (yesterday), "week -1", "month 0", "year -1", "year -1 06-19" (19 June last year).
    """

    kind: Kind
    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    unit: str = ""
    hedge: Hedge = "exact"
    what: str | None = None
    group: str | None = None
    step: float = 0.0
    resolved: bool = False
    partial: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a value at ({self.start}, {self.end}) has no text")
        if (self.low is None) != (self.high is None) or (self.low is None) == (self.partial is None):
            raise ValueError(f"{self.text!r} needs both ends, or else a partial date")


def ends(value: Value) -> tuple[float, float]:
    """The two ends of a value; ValueError for a date that is not resolved."""
    if value.low is None or value.high is None:
        raise ValueError(f"{value.text!r} is not resolved to a day")
    return value.low, value.high
