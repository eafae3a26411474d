"""A quotation in the reader's language, by the model: marked as machine-made, and refused where its figures or names differ."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event as Flag

from rag.answer.drafts.forms import tidy
from rag.answer.drafts.llm import MARKUP
from rag.answer.drafts.prompts import TRANSLATE_RULES, as_data, language_name
from rag.models.base import Writer
from rag.models.reading import written
from rag.settings import without_secrets
from rag.types import Citation, Refused, Translation

# (translation, original, language of the translation) -> why it may not stand, None where it may
CheckTranslation = Callable[[str, str, str], Refused | None]

_LONGER = 3  # times the original's length, at most
_LEAST = 200  # characters


def translate(
    citation: Citation, language: str, writer: Writer, check: CheckTranslation, *, stop: Flag | None = None
) -> Translation | Refused:
    """The quotation in `language`, or why what the model wrote is refused. Raises ModelError where the model fails.

    Who no longer wants it sets `stop`: the model is let go, and what it had written is refused or not as it stands.
    """
    messages = [
        ("system", TRANSLATE_RULES.fill(language=language_name(language))),
        ("human", as_data(citation.quote)),
    ]
    most = max(_LEAST, _LONGER * len(citation.quote))
    text = tidy(without_secrets(written(writer, messages, most=most, stop=stop)))
    if not text or len(text) >= most:
        return Refused(text, "The model wrote no translation of it.", "no_translation")
    if MARKUP.search(text):
        return Refused(text, "It holds a link or markup.", "markup")
    return check(text, citation.quote, language) or Translation(citation, text, language, writer.name)
