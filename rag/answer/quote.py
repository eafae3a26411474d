"""Citations: the one place where they are made, and only after the offsets were checked."""

from __future__ import annotations

from rag.errors import CitationError
from rag.types import Citation, Document


def cite(document: Document, start: int, end: int) -> Citation:
    """The citation of `document.text[start:end]`.

    Offsets count code points. Raises CitationError when they lie outside the text, name nothing but white space,
    begin or end in white space, or touch a skipped span: words that are not the article's own are never quoted.
    """
    size = len(document.text)
    if not 0 <= start < end <= size:
        raise CitationError(f"Span {start}:{end} is not inside document {document.id}, which has {size} characters.")
    quote = document.text[start:end]
    if quote != quote.strip():
        raise CitationError(f"Span {start}:{end} of document {document.id} begins or ends in white space.")
    for skipped_start, skipped_end in document.skipped:
        if start < skipped_end and skipped_start < end:
            raise CitationError(
                f"Span {start}:{end} of document {document.id} touches {skipped_start}:{skipped_end}, "
                "which is not the article's own text."
            )
    return Citation(
        doc_id=document.id,
        start=start,
        end=end,
        quote=quote,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        language=document.language,
        url=document.url,
    )


def holds(citation: Citation, document: Document) -> bool:
    """Whether the document still has exactly the quoted words at the cited place."""
    return citation.doc_id == document.id and document.text[citation.start : citation.end] == citation.quote
