"""The lexical index: tantivy, over words that we tokenise and lemmatise ourselves, ranked by BM25.

Every passage has three fields, each a run of words joined by spaces: `body` holds lemmas, `surface` the folded words as
they are written, `title` the lemmas of the document's title. The document's language, outlet and day of publication are
indexed beside them, so that filters are part of the search.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from rag.errors import ArchiveDamaged
from rag.index.operators import Operators
from rag.text.tokens import lemmas, stopwords, tokenize
from rag.types import Document, Query, day

if TYPE_CHECKING:
    import tantivy

Field = Literal["body", "surface", "title"]
Fields = tuple[str, str, str]

# A word of the title counts, in every passage of the document, for less than the same word in the passage itself.
TITLE_BOOST = 0.4
# Lemmas meet more of a word's forms; the form as it is written breaks ties in favour of the exact one.
TIE = 0.15
# Least that tantivy accepts for one thread; batches are of hundreds of passages.
_HEAP_BYTES = 20_000_000
_PRIVATE = ("meta.json", ".managed.json")


def lexical_fields(document: Document, start: int, end: int) -> Fields:
    """The body, surface and title of the passage `document.text[start:end]`."""
    text = document.text[start:end]
    title = lemmas(document.title, document.language) if document.title else ()
    return " ".join(lemmas(text, document.language)), " ".join(token.text for token in tokenize(text)), " ".join(title)


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as the lexical index takes it."""

    id: int
    fields: Fields
    language: str | None
    outlet: str | None
    day: int


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question: the word as written, and its lemma in each language of the archive."""

    surface: str
    lemmas: tuple[str, ...]


def query_terms(text: str, languages: Sequence[str]) -> tuple[Term, ...]:
    """The words of a question that are worth searching for, each once.

    Words are lemmatised in every language of the archive, since a name in the question's script may stand in documents
    of another language. Function words are left out unless there are no others.
    """
    forms = [lemmas(text, language) for language in languages] or [lemmas(text, None)]
    words = [token.text for token in tokenize(text)]
    terms = {
        word: Term(word, tuple(dict.fromkeys(variants))) for word, *variants in zip(words, *forms, strict=True)
    }  # the same word again gives the same term
    stop = frozenset().union(*(stopwords(language) for language in languages))
    return tuple(term for word, term in terms.items() if word not in stop) or tuple(terms.values())


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    # Not unsigned: tantivy 0.27 takes a Python int for a signed term, and deletes nothing from an unsigned field.
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("surface", tokenizer_name="whitespace")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    return builder.build()


class LexicalWriter:
    """Adds to the index in a folder, or begins one there. Use it in a `with` block; one at a time."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._index = tantivy.Index(_schema(), str(folder))
        self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)

    def update(self, entries: Iterable[Entry], dead: Iterable[int] = ()) -> None:
        """Make the index hold `entries` and not `dead`, whatever it held of them. On return it is on disk."""
        import tantivy

        for id_ in dead:
            self._writer.delete_documents_by_term("id", int(id_))
        for entry in entries:
            self._writer.delete_documents_by_term("id", entry.id)
            document = tantivy.Document()
            document.add_integer("id", entry.id)
            for name, value in zip(("body", "surface", "title"), entry.fields, strict=True):
                document.add_text(name, value)
            if entry.language is not None:
                document.add_text("language", entry.language)
            if entry.outlet is not None:
                document.add_text("outlet", entry.outlet)
            document.add_integer("day", entry.day)
            self._writer.add_document(document)
        self._writer.commit()
        self._share()

    def close(self) -> None:
        """Wait for merges that are under way, and let the index go."""
        self._writer.wait_merging_threads()
        self._share()

    def _share(self) -> None:
        """Let those read the index who may read the archive's other files: tantivy keeps two files to their owner."""
        mode = (self._folder / ".tantivy-writer.lock").stat().st_mode
        for name in _PRIVATE:
            (self._folder / name).chmod(mode)


@contextmanager
def lexical_writer(folder: Path) -> Iterator[LexicalWriter]:
    writer = LexicalWriter(folder)
    try:
        yield writer
    finally:
        writer.close()


def open_lexical(folder: Path) -> tantivy.Index:
    """The index in a folder. Raises FileNotFoundError where the folder is gone, ArchiveDamaged where it is broken."""
    import tantivy

    if not folder.exists():
        raise FileNotFoundError(folder)
    try:
        with _lockable(folder) as place:
            index = tantivy.Index.open(str(place))
            index.config_reader("manual")  # else tantivy reloads by itself, past the snapshot a query reads
            index.searcher()
    except ValueError as error:
        raise ArchiveDamaged(f"The lexical index {folder} cannot be opened: {error}. Repair it: sverka rebuild") from error
    return index


class LexicalView:
    """The index as it was when this view was made. `max_id` is what the archive said before that it holds."""

    def __init__(self, index: tantivy.Index, max_id: int) -> None:
        self.max_id = max_id
        self._searcher = index.searcher()
        self._schema = index.schema

    @property
    def passages(self) -> int:
        """How many passages it holds."""
        count: int = self._searcher.num_docs
        return count

    def document_frequency(self, word: str, field: Field = "body") -> int:
        """In how many passages a lemma occurs, or a word as it is written (`surface`), or a lemma in the title."""
        count: int = self._searcher.doc_freq(field, word)
        return count

    def ids(self) -> list[int]:
        """The ids of all passages in it, ascending."""
        import tantivy

        return sorted(self._ids(tantivy.Query.all_query(), limit=max(self.passages, 1))[0])

    def allowed(self, operators: Operators) -> list[int]:
        """The ids of the passages that have every phrase and nothing excluded, ascending."""
        import tantivy

        return sorted(self._ids(self._operators(operators, tantivy.Query.all_query()), limit=max(self.passages, 1))[0])

    def search(
        self, terms: Sequence[Term], query: Query, *, limit: int, operators: Operators | None = None
    ) -> list[tuple[int, float]]:
        """The best passages within the query's filters as (id, BM25 score), best first."""
        import tantivy

        if not terms:
            return []
        wanted = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(term)) for term in terms])
        if operators:
            wanted = self._operators(operators, wanted)
        must = [(tantivy.Occur.Must, wanted)]
        must += [(tantivy.Occur.Must, tantivy.Query.boost_query(part, 0.0)) for part in self._filters(query)]
        ids, scores = self._ids(tantivy.Query.boolean_query(must), limit=limit)
        return list(zip(ids, scores, strict=True))

    def _ids(self, query: tantivy.Query, *, limit: int) -> tuple[list[int], list[float]]:
        hits = self._searcher.search(query, limit=limit, count=False).hits
        ids: list[Any] = self._searcher.fast_field_values("id", [address for _, address in hits])
        return ids, [score for score, _ in hits]

    def _term(self, term: Term) -> tantivy.Query:
        import tantivy

        one = tantivy.Query.term_query
        forms = [one(self._schema, "body", lemma, index_option="freq") for lemma in term.lemmas]
        forms.append(one(self._schema, "surface", term.surface, index_option="freq"))
        titles = [one(self._schema, "title", lemma, index_option="freq") for lemma in term.lemmas]
        title = tantivy.Query.boost_query(tantivy.Query.disjunction_max_query(titles), TITLE_BOOST)
        body = tantivy.Query.disjunction_max_query(forms, tie_breaker=TIE)
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, body), (tantivy.Occur.Should, title)])

    def _operators(self, operators: Operators, wanted: tantivy.Query) -> tantivy.Query:
        import tantivy

        parts = [(tantivy.Occur.Must, wanted)]
        parts += [(tantivy.Occur.Must, self._phrase(phrase)) for phrase in operators.phrases]
        parts += [(tantivy.Occur.MustNot, self._phrase(phrase)) for phrase in operators.excluded]
        return tantivy.Query.boolean_query(parts)

    def _phrase(self, words: tuple[str, ...]) -> tantivy.Query:
        import tantivy

        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, "surface", words[0])
        return tantivy.Query.phrase_query(self._schema, "surface", list(words))

    def _filters(self, query: Query) -> Iterator[tantivy.Query]:
        import tantivy

        for field, values in (("language", query.languages), ("outlet", query.outlets)):
            if values:
                yield tantivy.Query.term_set_query(self._schema, field, list(values))
        if query.since or query.until:
            first = query.since.toordinal() if query.since else 1  # 0 stands for an undated document
            last = (query.until or date.max).toordinal()
            yield tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Integer, first, last)


@contextmanager
def _lockable(folder: Path) -> Iterator[Path]:
    """The folder, or a passing copy of it where it may not be written to: tantivy locks an index in order to open it.

    An open index needs its files no more: they are mapped into memory.
    """
    if os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        yield folder
        return
    with TemporaryDirectory(prefix="sverka-lexical-") as copy:
        try:
            shutil.copytree(folder, copy, dirs_exist_ok=True, copy_function=shutil.copyfile)
        except shutil.Error as error:
            raise FileNotFoundError(folder) from error  # a writer is at work: what was listed is gone
        yield Path(copy)


class LexicalIndex:
    """The reader's side: one view at a time, shared by all threads, replaced when the archive's generation grows."""

    def __init__(self) -> None:
        self._index: tuple[Path, tantivy.Index] | None = None
        self._view: tuple[int, Path, LexicalView] | None = None
        self._lock = threading.Lock()

    def view(self, generation: int, folder: Path, max_id: int) -> tuple[Path, LexicalView]:
        """A view that holds at least the passages up to `max_id`, read at `generation` or later, and its folder.

        Ask for it before the snapshot is taken in which the results are looked up: then what the view lacks of the
        snapshot has ids above `max_id`, and what it has beyond the snapshot is unknown there.
        Raises FileNotFoundError where the folder is gone, ArchiveDamaged where it is broken.
        """
        with self._lock:
            if self._view is None or self._view[0] < generation:
                self._index = folder, self._renewed(folder)
                self._view = generation, folder, LexicalView(self._index[1], max_id)
            return self._view[1:]

    def _renewed(self, folder: Path) -> tantivy.Index:
        if self._index is not None and self._index[0] == folder:
            try:
                self._index[1].reload()
                return self._index[1]
            except ValueError:
                pass  # its files are gone: they were a copy, or were damaged, which opening them says
        return open_lexical(folder)


def entry_day(document: Document) -> int:
    """The day of publication as the index keeps it; 0 where it is unknown."""
    return 0 if document.published is None else day(document.published).toordinal()
