"""An answer outside the page: plain text for the clipboard, Markdown for a file. Both carry every quotation and its place."""

from __future__ import annotations

import re

from ui import words
from ui.markup import web_host
from ui.turn import Reference, Turn

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+|~!&$-])")
_LIST = re.compile(r"^(\d+)([.)])")
_NOT_IN_NAMES = re.compile(r"[^\w-]+")


def plain(turn: Turn) -> str:
    """An answer with its citations as plain text."""
    lines = [turn.question, *([f"({turn.understood})"] if turn.understood != turn.question else []), ""]
    lines += [f"{said.text} {_numbers(turn, said.places)}" for said in turn.statements]
    for difference in turn.differences:
        lines += ["", f"{words.difference(difference.about, difference.relation)}:"]
        lines += [f"- {side.value} {_numbers(turn, side.places)}" for side in difference.sides]
    lines.append("")
    for i, r in turn.of_kind("cited"):
        parts = [r.outlet or words.OUTLET_UNKNOWN, r.title, words.dated(r.published), words.language(r.language), r.url]
        lines.append(f"[{r.label}] {', '.join(part for part in parts if part)}: “{r.quote}”{_rendered(turn, i)}")
    return "\n".join(lines)


def markdown(turn: Turn) -> str:
    """An answer as a Markdown page: what was asked and said, where sources differ, how sure it is, each quotation."""
    lines = [f"# {_md(turn.question)}", ""]
    if turn.understood != turn.question:
        lines += [f"Understood as: {_md(turn.understood)}", ""]
    scope = words.scope(turn.query) if turn.query else ()
    lines += [f"Asked of: {_md(', '.join(scope))}", ""] if scope else []
    for said in turn.statements:
        whose = f" (according to {_md(said.attribution)})" if said.attribution else ""
        support = f" *{words.support(said.support)}.*" if said.support else ""
        lines += [f"{_md(said.text)} {_md(_numbers(turn, said.places))}{whose}{support}", ""]
    for difference in turn.differences:
        lines += [f"**{words.difference(difference.about, difference.relation)}**", ""]
        for side in difference.sides:
            limits = "; ".join(filter(None, (side.scope, side.attribution and f"according to {side.attribution}")))
            lines.append(f"- {_md(side.value)} {_md(_numbers(turn, side.places))}{f' ({_md(limits)})' if limits else ''}")
        lines.append("")
    if turn.outcome:
        lines += [words.confidence(turn.outcome.confidence), ""]
    lines += ["## Sources", ""]
    for index, reference in turn.of_kind("cited"):
        rendered = _rendered(turn, index)
        lines += [*_source(reference), *([_md(rendered), ""] if rendered else [])]
    return "\n".join(lines)


def file_name(turn: Turn) -> str:
    """A name for the saved answer, made of the question's words."""
    return (_NOT_IN_NAMES.sub("-", turn.question).strip("-")[:60].rstrip("-") or "answer") + ".md"


def _numbers(turn: Turn, places: tuple[int, ...]) -> str:
    return "".join(f"[{turn.references[place].label}]" for place in places)


def _rendered(turn: Turn, index: int) -> str:
    """A quotation's translation, marked as what it is; nothing where there is none."""
    made = turn.rendered(index)
    return f" Machine translation by {made.model}: {made.text}" if made and made.text else ""


def _source(r: Reference) -> list[str]:
    parts = [r.outlet or words.OUTLET_UNKNOWN, r.title, words.dated(r.published), words.language(r.language)]
    link = [f"<{r.url}>"] if r.url and web_host(r.url) else []
    place = f"document {r.doc_id}, characters {r.start} to {r.end}"
    head = ", ".join([_md(part) for part in parts if part] + link)
    return [f"{_md(f'[{r.label}]')} {head} ({_md(place)})", "", f"> {_md(r.quote)}", ""]


def _md(text: str) -> str:
    """Text as Markdown that shows exactly it."""
    return _LIST.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", " ".join(text.split())))
