"""Who acts in a sentence, in three languages, and what the verifier makes of those who have changed places."""

from __future__ import annotations

from datetime import date

import pytest

from rag import Document, Hit, Passage, Refused, Supported, verify
from rag.answer.check.clauses import clauses, past_words
from rag.answer.check.concepts import agents, opposite, sides
from rag.answer.check.doubts import Doubt, refusal, weight
from rag.answer.check.frames import acts
from rag.answer.check.parties import Party, parties
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


@pytest.mark.parametrize(
    ("text", "language", "first", "second"),
    [
        ("Anna Rydal won the regatta on Sunday, beating Vera Kolm by two lengths.", "en", "Rydal", "Kolm"),
        ("Анна Рыдал вышла в финал, обыграв в среду Веру Кольм.", "ru", "Рыдал", "Кольм"),
        ("Третья ракетка мира Бьянка Моретти победила 3 июня Веру Кольм.", "ru", "Моретти", "Кольм"),
    ],
)
def test_the_last_verb_of_a_sentence_has_its_parties_too(text: str, language: str, first: str, second: str) -> None:
    act = acts(parsed(text, language))[-1]
    assert ([named(p) for p in act.first], [named(p) for p in act.second]) == ([first], [second])


def test_who_heads_something_thinks_and_not_what_she_heads() -> None:
    found = acts(parsed("Anna Rydal, who heads the Harbour Union, rejected the plan.", "en"))
    assert [named(p) for p in found[-1].first] == ["Rydal"]


def test_a_country_after_an_office_is_no_name_of_its_bearer() -> None:
    (leader,) = parties(parsed("После встречи лидер Франции пообещал помощь.", "ru"))
    assert leader.names == ()
    assert leader.about == ("Франции",)


def test_na_after_a_noun_says_whose_that_is_and_not_whom_it_is_done_to() -> None:
    (act,) = acts(parsed("Иво Дренски подкрепя мерките на правителството.", "bg"))
    assert act.second == ()


REPORT = (
    "The brewer Halden said the fire broke out in the cellar, but the inspector Mara Voss believes that it began on the roof. "
    "The suspects, brothers aged 34 and 41, were held at a warehouse on Sunday. Both men deny the charges. "
    "Kestrel Foods is taking over the mill in Odeby. For 82 per cent of the shares the buyer will pay 36 million crowns. "
    "The bridge will be closed until May, the mayor, Ines Falk, said. She hopes for a new one by the autumn. "
    "Norland will send Sudria forty divers, the minister Olof Brandt said."
)


@pytest.mark.parametrize(
    ("draft", "language"),
    [
        ("Both brothers deny the charges [1].", "en"),
        ("Kestrel Foods will pay 36 million crowns for 82 per cent of the shares [1].", "en"),
        ("Ines Falk hopes for a new bridge by the autumn [1].", "en"),
        ("По думите на Мара Вос пожарът е започнал на покрива [1].", "bg"),
        ("Inspector Mara Voss believes that the fire began on the roof [1].", "en"),
        ("The minister Olof Brandt said that Norland will send Sudria forty divers [1].", "en"),
    ],
)
def test_whom_the_source_calls_otherwise_or_only_means_is_no_other(draft: str, language: str) -> None:
    verdict = verify(draft, hits(REPORT, "en"), language=language)
    assert not (isinstance(verdict, Refused) and verdict.code == "roles"), verdict


@pytest.mark.parametrize(
    "draft",
    [
        "Inspector Mara Voss said the fire broke out in the cellar, but brewer Halden believes that it began on the roof [1].",
        "Sudria will send Norland forty divers, the minister Olof Brandt said [1].",
    ],
)
def test_who_says_or_does_what_another_does_is_refused(draft: str) -> None:
    verdict = verify(draft, hits(REPORT, "en"), language="en")
    assert isinstance(verdict, Refused)
    assert verdict.code in ("roles", "name"), verdict
