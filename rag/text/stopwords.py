"""Words that say little about what a question is about: question words and function words."""

from __future__ import annotations

from functools import cache

from rag.text.normalise import fold_word

_WORDS = {
    "ru": """
        а без более больше бы был была были было быть в вам вами вас ваш ваша ваше ваши вдруг ведь весь вместо во вокруг
        вот впрочем все всегда всего всей всем всеми всему всех всю вся всё вы где да даже для до достаточно его ее еще
        ещё если есть ещё её ею же за зачем здесь и из из-за изо или им ими именно иногда их к каждая каждого каждое
        каждые каждый как какая какие каким какими каких какова каковы како каково какого какое какой каком какому какую
        ко когда кого ком кому которая которого которое которой котором которому которую которые который которым
        которыми которых кроме кто куда ли либо лишь между меня мне много мной мог могла могли может можно мои мой моя
        моё мы на над надо нам нами нас насколько наш наша наше наши не него нее ней некоторые некоторых нельзя нем нему
        несколько нет неужели нечто нею неё ни ними них ничего но ну о об обо один одна одно однако он она они оно от
        откуда отчего очень перед по под после потом потому почему почти при про с сам сама сами само себе себя сейчас
        сих сколько со совсем та так также такая такие таким таких такого такое такой такую там те тебе тебя тем теми
        теперь тех то тобой того тоже той только том тому тот ту тут ты у уже хотя чего чей чем чему через что чтоб
        чтобы чье чьей чьи чьих чья чуть эта эти этим этими этих это этого этой этом этому этот эту я расскажи
        расскажите скажи скажите назови назовите
    """,
    "bg": """
        а ако ала без беше би бил била били било бих бъде бъдат бъда във в вас ваш ваша ваше ваши вече все всеки всичка
        всички всичко всяка всяко вследствие във върху вие ви г ги го да дали до докато докога дори е едва един една
        едни едно ето за заради защо защото зад и из или им има имат имаше иска й как каква какви какво както какъв като
        кога когато което които кой който коя която къде където към кое кои кого кому колко колкото ли между ме мен мене
        ми мнозина много могат може можем моя мой моите мои му на над най накъде нали нас нашата наш наша наше наши не
        него неговата негов негова негово неговите нейна нейно нейната нея ни ние никой никога нито нищо но някои някой
        някоя няколко някаква някакво някакви някакъв няма о обаче около онази онези онзи онова освен от отколкото
        откъде откога по под поне после почти пред през при против пък с са само сам сама се себе сега си сме сте следва
        след със според срещу съм съответно така такава такива такова такъв там та тази те тебе теб тези техен техните
        ти то това тогава този той толкова тоя тук тъй тя тях у че чие чий чии чия чрез ще щом щеше я ѝ кажи кажете
        посочи посочете разкажи
    """,
    "en": """
        a about above after again against all also am an and any are aren't as at be because been before being below
        between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each
        either ever few for from further had hadn't has hasn't have haven't having he her here hers herself him himself
        his how however i if in into is isn't it its itself just let many may me might more most much must my myself
        neither no nor not of off on once only or other our ours ourselves out over own per same shall she should
        shouldn't since so some such than that the their theirs them themselves then there these they this those through
        to too under until up upon us very was wasn't we were weren't what what's when where which while who who's whom
        whose why will with within without won't would wouldn't yet you your yours yourself please tell give name
    """,
}


@cache
def function_words(language: str | None) -> frozenset[str]:
    """The listed words of a language, folded; of all languages for None; empty for a language without a list."""
    listed = " ".join(_WORDS.values()) if language is None else _WORDS.get(language, "")
    return frozenset(map(fold_word, listed.split()))
