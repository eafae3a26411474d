"""References as HTML: the number with its card, the line that says where a quotation stands, the entry of a list."""

from __future__ import annotations

from dataclasses import dataclass

from ui import words
from ui.markup import esc, isolated
from ui.turn import Reference, Turn


def reference_button(turn: Turn, index: int, where: str) -> str:
    """The number of a citation: a button that opens it, with the quotation shown on hover and focus.

    `where` tells this place of the page from others that show the same reference.
    """
    reference = turn.references[index]
    label = f"Source {reference.label}: {reference.outlet or words.OUTLET_UNKNOWN}"
    return pointer(turn, index, where, Look("cite", label, esc(reference.label)))


@dataclass(frozen=True, slots=True)
class Look:
    """A pointer's class, its name for those who do not see it, its markup, its place, and the head of its card."""

    cls: str
    label: str
    shown: str = ""
    style: str = ""
    head: str = ""


def pointer(turn: Turn, index: int, where: str, look: Look) -> str:
    """A button that opens a reference, and the card that it shows when it is pointed at or has the focus."""
    card = f"t{turn.number}{where}r{index}"
    shown = quotation(turn.references[index], turn.language)
    style = f' style="{look.style}"' if look.style else ""
    return (
        f'<span class="ref"{style}><button type="button" class="{look.cls}" data-ref="{turn.number}:{index}" '
        f'aria-describedby="{card}" aria-label="{esc(look.label)}">{look.shown}</button>'
        f'<span class="card" role="tooltip" id="{card}">{look.head}{shown}</span></span>'
    )


def quotation(reference: Reference, question_language: str | None) -> str:
    """A quotation with where it stands: outlet, date, and the language where it is not the question's."""
    return (
        f"{isolated(reference.quote, 'q', lang=reference.language)}"
        f'<span class="source">{source_line(reference, question_language)}</span>'
    )


def source_line(reference: Reference, question_language: str | None) -> str:
    """Outlet, date and language of a reference on one line. A language that is not the question's stands out."""
    foreign = ' class="foreign"' if reference.language != question_language else ""
    return (
        f"<b>{outlet(reference)}</b> <span>{esc(words.dated(reference.published))}</span> "
        f"<span{foreign}>{esc(words.language(reference.language))}</span>"
    )


def outlet(reference: Reference) -> str:
    """The outlet of a reference, or that it is unknown."""
    return isolated(reference.outlet) if reference.outlet else esc(words.OUTLET_UNKNOWN)


def source_button(turn: Turn, index: int, *, quoted: bool = False) -> str:
    """A source as an entry of a list that opens it: its label, its title, or else its quotation, and where it stands."""
    reference = turn.references[index]
    label = f'<span class="label">{esc(reference.label)}</span>' if reference.label else ""
    named = reference.title and not quoted
    words_ = (
        isolated(reference.title or "", "span", cls="title") if named else isolated(reference.quote, "q", lang=reference.language)
    )
    return (
        f'<button type="button" class="open" data-ref="{turn.number}:{index}">{label}<span>{words_}'
        f'<span class="source">{source_line(reference, turn.language)}</span></span></button>'
    )


def translation(turn: Turn, index: int) -> str:
    """Beside a quotation in another language than the question's: its machine translation, or the button that asks for one."""
    if not turn.foreign(index):
        return ""
    place = f"{turn.number}:{index}"
    made = turn.rendered(index)
    if made is None:
        return f'<button type="button" class="quiet translate" data-translate="{place}">Translate</button>'
    if made.working:
        inside = '<span class="searching">Translating</span>'
    elif made.text is not None:
        sent = f" The quotation was sent to {isolated(made.sent_to)}." if made.sent_to else ""
        inside = (
            f"{isolated(made.text, 'span', cls='rendered', lang=turn.language)}"
            f"<small>Machine translation by {isolated(made.model)}, not a quotation.{sent}</small>"
        )
    else:
        inside = (
            f"<small>{esc(made.reason or '')}</small> "
            f'<button type="button" class="quiet translate" data-translate="{place}">Try again</button>'
        )
    return f'<span class="rendering" role="status" tabindex="-1" data-rendering="{place}">{inside}</span>'
