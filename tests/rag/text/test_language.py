"""Language detection: accuracy on public sentences and questions, and on our own."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from rag.text import detect


def _accuracy(pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for language, text in pairs:
        total[language] += 1
        right[language] += detect(text) == language
    return {language: right[language] / count for language, count in total.items()}


def _ours(data: Path) -> list[tuple[str, str, bool, str]]:
    """(language, kind, held out, text); of each language every second line was not tuned on."""
    seen: Counter[str] = Counter()
    rows = []
    for line in (data / "languages.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            language, kind, text = line.split(" ", 2)
            seen[language] += 1
            rows.append((language, kind, seen[language] % 2 == 0, text))
    return rows


@pytest.mark.parametrize("held_out", [False, True])
def test_sentences_are_told_apart(flores: list[tuple[str, str]], held_out: bool) -> None:
    # Three languages a sentence, and every second sentence tuned on.
    accuracy = _accuracy(pair for number, pair in enumerate(flores) if (number // 3 % 2 == 1) == held_out)
    assert min(accuracy[language] for language in ("bg", "ru", "en")) >= 0.98


def test_public_questions_are_told_apart(xquad_questions: list[tuple[str, str]]) -> None:
    accuracy = _accuracy(pair for pair in xquad_questions if len(pair[1].split()) >= 4)
    assert min(accuracy.values()) >= 0.98


@pytest.mark.parametrize("held_out", [False, True])
def test_our_questions_are_told_apart(data: Path, held_out: bool) -> None:
    rows = _ours(data)
    questions = [(language, text) for language, kind, out, text in rows if kind == "q" and out == held_out]
    accuracy = _accuracy(pair for pair in questions if len(pair[1].split()) >= 4)
    assert set(accuracy) == {"bg", "ru", "en"}
    assert min(accuracy.values()) >= 0.92


def test_neighbouring_languages_are_told_apart(data: Path) -> None:
    rows = [(language, text) for language, _, _, text in _ours(data) if language in ("uk", "mk", "sr", "be")]
    assert min(Counter(language for language, _ in rows if language != "be").values()) >= 40
    accuracy = _accuracy(rows)
    assert min(accuracy.values()) >= 0.95


def test_other_european_languages_are_known(data: Path) -> None:
    cyrillic_or_english = ("bg", "ru", "en", "uk", "mk", "sr", "be")
    rows = [(language, text) for language, _, _, text in _ours(data) if language not in cyrillic_or_english]
    assert sum(detect(text) == language for language, text in rows) >= 0.95 * len(rows)
    assert all(detect(text) in (language, None) for language, text in rows)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Кто основал Microsoft Corporation?", "ru"),
        ("Колко струва Samsung Galaxy в София?", "bg"),
        ("What does «Правда» mean in English?", "en"),
        ("Η κυβέρνηση ενέκρινε το πρόγραμμα", "el"),
        ("日本の新聞が報じた", "ja"),
        ("中国政府宣布", "zh"),
        ("한국 정부", "ko"),
    ],
)
def test_the_script_and_foreign_names_do_not_mislead(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "   ", "2025", "?!", "Путин", "Reuters", "ok"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert detect(text) is None


def test_only_the_models_of_the_texts_script_are_loaded() -> None:
    program = (
        "import sys; from rag.text.language import _detector, detect; detect('How long did the talks last and where?');"
        "assert 'lingua' not in sys.modules; detect('Кто возглавил делегацию?'); assert _detector.cache_info().currsize == 1"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
