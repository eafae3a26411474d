"""What the page's link asks for: a model and filters. Only what is here is taken; what is not is named, never passed over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Parameters(Protocol):
    """The parameters of an address, as Starlette has them."""

    def getlist(self, key: str) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Link:
    """What a link sets. `unknown` are the (kind, value) pairs that it names and that are not here."""

    model: str | None
    languages: tuple[str, ...]
    outlets: tuple[str, ...]
    since: str | None
    until: str | None
    unknown: tuple[tuple[str, str], ...]


def read(parameters: Parameters, here: Mapping[str, Collection[str]]) -> Link:
    """What the parameters of a page's address ask for; `here` are the models, languages and outlets that there are."""
    unknown: list[tuple[str, str]] = []

    def among(kind: str) -> tuple[str, ...]:
        asked = dict.fromkeys(filter(None, parameters.getlist(kind)))
        unknown.extend((kind, value) for value in asked if value not in here[kind])
        return tuple(value for value in asked if value in here[kind])

    def day(name: str) -> str | None:
        asked = next(filter(None, parameters.getlist(name)), None)
        try:
            return asked and date.fromisoformat(asked).isoformat()
        except ValueError:
            unknown.append(("day", asked or ""))
            return None

    model = next(iter(among("model")), None)
    return Link(model, among("language"), among("outlet"), day("since"), day("until"), tuple(unknown))
