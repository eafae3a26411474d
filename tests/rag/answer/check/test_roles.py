"""Who acts in a sentence, in three languages, and what the verifier makes of those who have changed places."""

from __future__ import annotations

from datetime import date

import pytest

from rag import Document, Hit, Passage, Refused, Supported, verify
from rag.answer.check.clauses import clauses, past_words
from rag.answer.check.concepts import agents, opposite, sides
from rag.answer.check.doubts import Doubt, refusal, weight
from rag.answer.check.frames import acts
from rag.answer.check.parties import Party
from rag.answer.check.reading import Read, read
from rag.text import split_sentences

SALE = "Morven Ltd sold the old mill to Kestrel Foods on 3 May. Inspectors fined the producer in June."


def parsed(text: str, language: str) -> Read:
    return read(text, language, None, None)


def place(sentence: Read, word: str) -> range:
    number = next(i for i, w in enumerate(sentence.words) if w.text == word)
    return range(number, number + 1)


def hits(text: str, language: str) -> list[Hit]:
    document = Document(id="a", text=text, source="a", sha256="0", language=language, outlet="Lamp", published=date(2027, 6, 15))
    sentences = split_sentences(text, language=language)
    return [Hit(Passage(1, "a", 0, 0, len(text), sentences), document, 1.0, 1, None, sentences[0])]


@pytest.mark.parametrize(
    ("word", "language", "other", "its_language"),
    [("sold", "en", "купил", "ru"), ("отхвърли", "bg", "accepted", "en"), ("открыли", "ru", "затвориха", "bg")],
)
def test_opposites_meet_across_languages(word: str, language: str, other: str, its_language: str) -> None:
    assert opposite(sides(word, language), sides(other, its_language))
    assert not opposite(sides(word, language), sides(word, language))


def test_one_office_is_one_kind_in_three_languages_and_another_office_is_not() -> None:
    assert agents("inspector", "en") & agents("инспекторите", "bg") & agents("инспекторы", "ru")
    assert not agents("mayor", "en") & agents("прокурор", "ru")


def test_past_verbs_are_found_in_their_clauses_and_verbs_of_speech_are_not() -> None:
    sentence = parsed("Мост построили, сообщил мэр.", "ru")
    assert [sentence.words[i].text for i in past_words(sentence)] == ["построили"]
    assert len(clauses(sentence)) == 2


def test_a_doubt_of_a_kind_that_is_not_fitted_refuses_nothing() -> None:
    doubt = Doubt("negation", "unheard-of", "not", {"met": 1.0}, "No.")
    assert weight(doubt) == float("-inf")
    assert refusal([doubt]) is None


def test_what_is_denied_outweighs_what_the_source_denies_too() -> None:
    alone = Doubt("negation", "denies", "not", {"none": 1.0, "scope": 0.6, "more": 1.0}, "No.")
    answered = Doubt("negation", "denies", "not", {"met": 0.6, "here": 1.0, "scope": 0.6}, "No.")
    assert weight(alone) > weight(answered)
    assert refusal([alone]) is not None
    assert refusal([answered]) is None


@pytest.mark.parametrize(
    ("draft", "language"),
    [
        ("Morven Ltd sold the old mill to Kestrel Foods on 3 May [1].", "en"),
        ("The old mill was sold by Morven Ltd to Kestrel Foods on 3 May [1].", "en"),
    ],
)
def test_active_and_passive_say_the_same(draft: str, language: str) -> None:
    assert isinstance(verify(draft, hits(SALE, "en"), language=language), Supported)


def test_seller_and_buyer_exchanged_are_refused() -> None:
    verdict = verify("Kestrel Foods sold the old mill to Morven Ltd on 3 May [1].", hits(SALE, "en"))
    assert isinstance(verdict, Refused)
    assert verdict.code == "roles"


def named(party: Party) -> str:
    return party.names[0].split()[-1]


@pytest.mark.parametrize(
    ("text", "language", "first", "second"),
    [
        ("Rolf Ivers praised Lena Dunlin.", "en", "Ivers", "Dunlin"),
        ("Lena Dunlin was praised by Rolf Ivers.", "en", "Ivers", "Dunlin"),
        ("Lena Dunlin, who had praised Rolf Ivers, resigned.", "en", "Dunlin", "Ivers"),
        ("Mayor Ada Ivers thanked the coach, Rolf Dunlin.", "en", "Ivers", "Dunlin"),
        ("Съдията Рут Иверс бе обвинен от треньора Лен Дунлин.", "bg", "Дунлин", "Иверс"),
    ],
)
def test_a_verb_has_those_who_act_and_those_acted_upon(text: str, language: str, first: str, second: str) -> None:
    act = acts(parsed(text, language))[0]
    assert ([named(p) for p in act.first], [named(p) for p in act.second]) == ([first], [second])


def test_russian_cases_tell_who_praises_whatever_the_order() -> None:
    (act,) = acts(parsed("Тренера похвалил министр.", "ru"))
    assert [agents("министр", "ru") & p.kinds for p in act.first] == [agents("министр", "ru")]
    assert [agents("тренер", "ru") & p.kinds for p in act.second] == [agents("тренер", "ru")]


def test_who_sells_and_who_buys_are_told_by_one_deed() -> None:
    (sold,) = acts(parsed("Morven Ltd sold a mill to Kestrel Foods.", "en"))
    (bought,) = acts(parsed("Kestrel Foods bought a mill from Morven Ltd.", "en"))
    assert {row for row, _ in sold.deeds} == {row for row, _ in bought.deeds}
    assert [named(p) for p in sold.first] == [named(p) for p in bought.first] == ["Ltd"]
    assert [named(p) for p in sold.second] == [named(p) for p in bought.second] == ["Foods"]


LAWSUIT = "The shipyard Brannock sued the insurer Delmar over a barge. The baker Olen Marsk praised judge Nora Felton."


@pytest.mark.parametrize(
    ("draft", "language", "refused"),
    [
        ("The insurer Delmar was sued by the shipyard Brannock over a barge [1].", "en", False),
        ("The insurer Delmar sued the shipyard Brannock over a barge [1].", "en", True),
        ("Застрахователят „Делмар“ съди корабостроителницата „Бранок“ заради баржа [1].", "bg", True),
        ("Судья Нора Фелтон похвалила пекаря Олена Марска [1].", "ru", True),
        ("Судью Нору Фелтон похвалил пекарь Олен Марск [1].", "ru", False),
        ("Judge Nora Felton praised the baker Olen Marsk [1].", "en", True),
    ],
)
def test_roles_that_are_exchanged_are_refused_and_those_that_are_kept_are_not(draft: str, language: str, refused: bool) -> None:
    verdict = verify(draft, hits(LAWSUIT, "en"), language=language)
    assert (isinstance(verdict, Refused) and verdict.code == "roles") is refused
