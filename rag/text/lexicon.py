"""The lemma dictionaries of simplemma, folded, in a form that opens at once.

simplemma unpacks a whole dictionary at each start (Russian: 0.85 s and 130 MB). Here each is built once into a trie file
in the user's cache directory and from then on mapped into memory (under a millisecond). Forms and lemmas are folded, so
that they meet the folded words of texts. Where the cache cannot be written, the trie is built anew in each process.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import marisa_trie
from simplemma import __version__ as simplemma_version
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import DefaultDictionaryFactory, DictionaryFactory
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from rag.settings import default_cache_dir
from rag.text.normalise import fold_word

_FORMAT = 2  # raise it when what is stored changes
_CODES = {"no": "nb", "sr": "hbs", "hr": "hbs", "bs": "hbs"}  # ISO 639-1 to simplemma's


class Dictionary(Mapping[str, str]):
    """Folded form -> folded lemma."""

    def __init__(self, trie: marisa_trie.BytesTrie) -> None:
        self._trie = trie

    def __getitem__(self, form: str) -> str:
        return str(self._trie[form][0], "utf-8")

    def get(self, form: str, default: str | None = None) -> str | None:  # type: ignore[override]
        values = self._trie.get(form)
        return str(values[0], "utf-8") if values else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._trie.iterkeys())

    def __len__(self) -> int:
        return len(self._trie)


class Lexicon(DictionaryFactory):
    """Opens the dictionaries, building each the first time it is asked for. Safe for several processes at once."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._open: dict[str, Dictionary] = {}

    def get_dictionary(self, lang: str) -> Dictionary:
        if lang not in self._open:
            self._open[lang] = Dictionary(self._load(lang))
        return self._open[lang]

    def _load(self, lang: str) -> marisa_trie.BytesTrie:
        path = self._directory / f"{lang}-{simplemma_version}-{_FORMAT}.trie"
        if path.exists():
            try:
                return marisa_trie.BytesTrie().mmap(str(path))
            except (RuntimeError, OSError):
                path.unlink(missing_ok=True)  # damaged; a good one is put in its place below
        trie = marisa_trie.BytesTrie((form, lemma.encode()) for form, lemma in _folded(lang).items())
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._directory, suffix=".part", delete=False) as part:
                part.write(trie.tobytes())
            os.replace(part.name, path)
        except OSError:
            return trie
        return trie


def _folded(lang: str) -> dict[str, str]:
    """Forms and lemmas folded. Where two forms fold alike, one that is folded already goes before one with ё or a capital."""
    folded: dict[str, str] = {}
    others: list[tuple[bool, str, str]] = []
    for form, lemma in DefaultDictionaryFactory().get_dictionary(lang).items():
        same = fold_word(form)
        if same == form:
            folded[form] = _tidy(lemma)
        else:
            others.append((not form.islower(), same, _tidy(lemma)))
    for _, form, lemma in sorted(others):
        folded.setdefault(form, lemma)
    return folded


def _tidy(lemma: str) -> str:
    """A lemma folded, without the particle that dictionaries of Bulgarian add to verbs: казвам-(се)."""
    return fold_word(lemma).partition("-(")[0]


@cache
def _strategy() -> DefaultStrategy:
    directory = default_cache_dir() / "lemmas"
    return DefaultStrategy(dictionary_factory=Lexicon(directory))


def simplemma_code(language: str) -> str | None:
    """simplemma's code for an ISO 639-1 language; None for a language it has no dictionary of."""
    code = _CODES.get(language, language)
    return code if code in SUPPORTED_LANGUAGES else None


def find_lemma(word: str, code: str) -> str | None:
    """The lemma of a folded word by dictionary and simplemma's rules, folded; None where neither knows it."""
    lemma = _strategy().get_lemma(word, code)
    return None if lemma is None else fold_word(lemma)


def is_form(word: str, code: str) -> bool:
    """Whether the dictionary itself holds the folded word."""
    return _strategy().is_dictionary_member(word, code)
