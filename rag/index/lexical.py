"""The lexical index: tantivy, over words that we tokenise and lemmatise ourselves, ranked by BM25.

Every passage has four fields, each a run of words joined by spaces: `body` holds lemmas, `surface` the folded words as
they are written, `title` the lemmas of the document's title and, each after a hyphen, the keys of its names, and `names` the
keys of names, under which their spellings in other scripts meet, and, each after a hyphen, the lemmas of the parts of hyphenated
words. The document's language, outlet and day of publication are indexed beside them, so that filters are part of the search.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from rag.errors import ArchiveDamaged
from rag.index.operators import Operators, Run
from rag.index.readonly import writable
from rag.text.names import LISTED, name_keys, term_keys, worth
from rag.text.tokens import Token, lemmas, stopwords, surface, tokenize
from rag.types import Document, Query, day

if TYPE_CHECKING:
    import tantivy

Field = Literal["body", "surface", "title", "names"]
Fields = tuple[str, str, str]

# Raise it whenever the same text comes to be indexed otherwise: an index of another recipe is made anew.
RECIPE = "2"

# A word of the title counts, in every passage of the document, for less than the same word in the passage itself.
TITLE_BOOST = 0.4
# Lemmas meet more of a word's forms; the form as it is written breaks ties in favour of the exact one.
TIE = 0.15
# Least that tantivy accepts for one thread; batches are of hundreds of passages.
_HEAP_BYTES = 20_000_000
_PRIVATE = ("meta.json", ".managed.json")
_RECIPE_FILE = "recipe"
# A part of a hyphenated word counts for less than the same word alone.
PART_BOOST = 0.5


def lexical_fields(document: Document, start: int, end: int) -> Fields:
    """The body, surface and title of the passage `document.text[start:end]`."""
    text = document.text[start:end]
    headline = document.title or ""
    title = (*lemmas(headline, document.language), *(f"-{key}" for key in name_keys(headline)))
    return " ".join(lemmas(text, document.language)), " ".join(surface(text)), " ".join(title)


def names_field(document: Document, start: int, end: int) -> str:
    """The names of the passage, and the parts of hyphenated words."""
    text = document.text[start:end]
    parts = (part for token in tokenize(text) for part in _parts(token))
    return " ".join([*name_keys(text), *(f"-{x}" for x in _lemmas(parts, document.language))])


def _parts(token: Token) -> list[str]:
    """The parts of a hyphenated word that may be looked for alone."""
    parts = token.text.split("-") if token.kind == "word" else []
    return [part for part in parts if len(part) > 2] if len(parts) > 1 else []


def _lemmas(words: Iterable[str], language: str | None) -> tuple[str, ...]:
    return lemmas(" ".join(words), language)


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as the lexical index takes it."""

    id: int
    fields: Fields
    language: str | None
    outlet: str | None
    day: int
    names: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question: the word as written, its lemma in each language of the archive, those of its parts where it has a
    hyphen, and the keys of the name that it may be, with what each is worth."""

    surface: str
    lemmas: tuple[str, ...]
    parts: tuple[str, ...] = ()
    names: tuple[tuple[str, float], ...] = ()

    def titles(self) -> Iterator[tuple[Field, str, float]]:
        """What the word may be found by in a title: the field, the word there, and what finding it is worth."""
        yield from (("title", lemma, 1.0) for lemma in self.lemmas)
        yield from (("title", f"-{key}", share) for key, share in self.names)

    def forms(self) -> Iterator[tuple[Field, str, float]]:
        """What it may be found by in a passage."""
        yield from (("body", lemma, 1.0) for lemma in self.lemmas)
        yield "surface", self.surface, 1.0
        yield from (("body", part, PART_BOOST) for part in self.parts)
        yield from (("names", f"-{lemma}", PART_BOOST) for lemma in self.lemmas)
        yield from (("names", key, share) for key, share in self.names)


def query_terms(text: str, languages: Sequence[str]) -> tuple[Term, ...]:
    """The words of a question that are worth searching for, each once.

    Words are lemmatised in every language of the archive, since a name in the question's script may stand in documents
    of another language. Function words are left out unless there are no others, or they are written as a name is (US).
    """
    forms = [lemmas(text, language) for language in languages] or [lemmas(text, None)]
    tokens = tokenize(text)
    keys = term_keys(text, [(token.start, token.end) for token in tokens])
    terms: dict[str, Term] = {}
    for token, word, named, *variants in zip(tokens, surface(text), keys, *forms, strict=True):
        parts = [lemma for language in languages or (None,) for lemma in _lemmas(_parts(token), language)]
        names = tuple((key, worth(key)) for key in named)
        terms.setdefault(word, Term(word, tuple(dict.fromkeys(variants)), tuple(dict.fromkeys(parts)), names))
    stop = frozenset().union(*(stopwords(language) for language in languages))
    listed = {word for word, term in terms.items() if any(share == LISTED for _, share in term.names)}
    return tuple(term for word, term in terms.items() if word not in stop or word in listed) or tuple(terms.values())


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    # Not unsigned: tantivy 0.27 takes a Python int for a signed term, and deletes nothing from an unsigned field.
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("body", tokenizer_name="whitespace")
    builder.add_text_field("surface", tokenizer_name="whitespace")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("names", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    return builder.build()


class LexicalWriter:
    """Adds to the index in a folder, or begins one there. Use it in a `with` block; one at a time.

    Raises ArchiveDamaged where the folder holds what is no index, or one of another recipe.
    """

    def __init__(self, folder: Path) -> None:
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "meta.json").exists():
            _check_recipe(folder)
        else:
            (folder / _RECIPE_FILE).write_text(RECIPE)
        self._folder = folder
        with _damage(folder):
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
            document.add_text("names", entry.names)
            if entry.language is not None:
                document.add_text("language", entry.language)
            if entry.outlet is not None:
                document.add_text("outlet", entry.outlet)
            document.add_integer("day", entry.day)
            self._writer.add_document(document)
        with _damage(self._folder):
            self._writer.commit()
        self._share()

    def close(self) -> None:
        """Wait for merges that are under way, and let the index go."""
        with _damage(self._folder):
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


def is_current(folder: Path) -> bool:
    """Whether there is an index in the folder, and it was made by this version's recipe."""
    file = folder / _RECIPE_FILE
    return (folder / "meta.json").exists() and file.exists() and file.read_text() == RECIPE


def _check_recipe(folder: Path) -> None:
    if not is_current(folder):
        raise ArchiveDamaged(f"The lexical index {folder} was made by another version of Sverka. Make it anew: sverka rebuild")


def open_lexical(folder: Path) -> tantivy.Index:
    """The index in a folder. Raises FileNotFoundError where the folder is gone, ArchiveDamaged where it is broken or was made by
    another recipe."""
    import tantivy

    if not folder.exists():
        raise FileNotFoundError(folder)
    _check_recipe(folder)
    # Tantivy locks an index in order to open it; an open one needs its files no more: they are mapped into memory.
    with _damage(folder), writable(folder) as place:
        index = tantivy.Index.open(str(place))
        index.config_reader("manual")  # else tantivy reloads by itself, past the snapshot a query reads
        index.searcher()
    return index


@contextmanager
def _damage(folder: Path) -> Iterator[None]:
    """What tantivy finds wrong with its files, as our error."""
    try:
        yield
    except ValueError as error:
        raise ArchiveDamaged(f"The lexical index {folder} cannot be opened: {error}. Repair it: sverka rebuild") from error


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

        body = tantivy.Query.disjunction_max_query(self._weighed(term.forms()), tie_breaker=TIE)
        title = tantivy.Query.boost_query(tantivy.Query.disjunction_max_query(self._weighed(term.titles())), TITLE_BOOST)
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, body), (tantivy.Occur.Should, title)])

    def _weighed(self, forms: Iterable[tuple[Field, str, float]]) -> list[tantivy.Query]:
        import tantivy

        return [
            tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, word, index_option="freq"), share)
            for field, word, share in forms
        ]

    def _operators(self, operators: Operators, wanted: tantivy.Query) -> tantivy.Query:
        import tantivy

        parts = [(tantivy.Occur.Must, wanted)]
        parts += [(tantivy.Occur.Must, self._phrase(phrase)) for phrase in operators.required()]
        parts += [(tantivy.Occur.MustNot, self._phrase(phrase)) for phrase in operators.forbidden()]
        return tantivy.Query.boolean_query(parts)

    def _phrase(self, phrase: Iterable[Run]) -> tantivy.Query:
        import tantivy

        runs = [
            tantivy.Query.phrase_query(self._schema, field, list(words))
            if len(words) > 1
            else tantivy.Query.term_query(self._schema, field, words[0])
            for field, words in phrase
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, run) for run in runs])

    def _filters(self, query: Query) -> Iterator[tantivy.Query]:
        import tantivy

        for field, values in (("language", query.languages), ("outlet", query.outlets)):
            if values:
                yield tantivy.Query.term_set_query(self._schema, field, list(values))
        if query.since or query.until:
            first = query.since.toordinal() if query.since else 1  # 0 stands for an undated document
            last = (query.until or date.max).toordinal()
            yield tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Integer, first, last)


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
