# ruff: noqa: E501
"""The adjectives of countries, peoples and parts of the world, which often do not follow from the names: Hungarian, венгерский, унгарски.

Data only: of the places of `rag/text/exonyms.txt` by their English names, for English whole words, for Russian and Bulgarian
beginnings of words.
"""

from __future__ import annotations

from functools import lru_cache

from rag.text.exonyms import words

_ROWS = """
Afghanistan|afghan afghans|афганск афганец афганц|афганск афганец афганц афганистанск афганистанец афганистанц
Albania|albanian albanians|албанск албанец албанц|албанск албанец албанц
Algeria|algerian algerians|алжирск алжирец алжирц|алжирск алжирец алжирц
Angola|angolan angolans|ангольск|анголск
Argentina|argentine argentinian argentinians argentines|аргентинск аргентинец аргентинц|аржентинск аржентинец аржентинц
Armenia|armenian armenians|армянск армяне армян|арменск арменец арменц
Australia|australian australians|австралийск австралиец австралийц|австралийск австралиец австралийц
Austria|austrian austrians|австрийск австриец австрийц|австрийск австриец австрийц
Azerbaijan|azerbaijani azeri azerbaijanis azeris|азербайджанск азербайджанец азербайджанц|азербайджанск азербайджанец азербайджанц азерск
Bahrain|bahraini|бахрейнск|бахрейнск
Bangladesh|bangladeshi bangladeshis|бангладешск|бангладешк
Belarus|belarusian belarusians byelorussian|белорусск белорус|беларуск белоруск беларус
Belgium|belgian belgians|бельгийск бельгиец бельгийц|белгийск белгиец белгийц
Bolivia|bolivian bolivians|боливийск|боливийск
Bosnia and Herzegovina|bosnian bosnians|боснийск босниец боснийц|босненск босненец босненц
Botswana|botswanan|ботсванск|ботсванск
Brazil|brazilian brazilians|бразильск бразилец бразильц бразильян|бразилск бразилец бразилц
Bulgaria|bulgarian bulgarians|болгарск болгар|българск българин българи българк
Cambodia|cambodian cambodians|камбоджийск|камбоджанск
Cameroon|cameroonian cameroonians|камерунск|камерунск
Canada|canadian canadians|канадск канадец канадц|канадск канадец канадц
Chile|chilean chileans|чилийск чилиец чилийц|чилийск чилиец чилийц
China|chinese|китайск китаец китайц|китайск китаец китайц
Colombia|colombian colombians|колумбийск колумбиец колумбийц|колумбийск колумбиец колумбийц
Croatia|croatian croatians croat croats|хорватск хорват|хърватск хърват
Cuba|cuban cubans|кубинск кубинец кубинц|кубинск кубинец кубинц
Cyprus|cypriot cypriots|кипрск киприот|кипърск киприот
Czech Republic|czech czechs|чешск чех чехи чехов чехам|чешк чех чехи чехкин
Denmark|danish dane danes|датск датчан|датск датчан
Dominican Republic|dominican dominicans|доминиканск|доминиканск
Ecuador|ecuadorian ecuadorean ecuadorians|эквадорск|еквадорск
Egypt|egyptian egyptians|египетск египтян|египетск египтян
Estonia|estonian estonians|эстонск эстонец эстонц|естонск естонец естонц
Ethiopia|ethiopian ethiopians|эфиопск эфиоп|етиопск етиопец етиопц
Finland|finnish finn finns|финск финн финнов финны|финландск финск финландец финландц финец финц
France|french frenchman frenchmen frenchwoman|французск француз француженк|френск французин французи французойк французк
Georgia|georgian georgians|грузинск грузин|грузинск грузинец грузинц
Germany|german germans|немецк немец немц германск фрг|германск немск германец германц немец немц
Ghana|ghanaian ghanaians|ганск|ганайск
Greece|greek greeks|греческ грек греки греков греч|гръцк грък гърци гъркин
Guatemala|guatemalan|гватемальск|гватемалск
Haiti|haitian haitians|гаитянск гаитян|хаитянск хаитян
Hungary|hungarian hungarians|венгерск венгр|унгарск унгарец унгарц
Iceland|icelandic icelander icelanders|исландск исландец исландц|исландск исландец исландц
India|indian indians|индийск индиец индийц|индийск индиец индийц
Indonesia|indonesian indonesians|индонезийск индонезиец индонезийц|индонезийск индонезиец индонезийц
Iran|iranian iranians|иранск иранец иранц|иранск иранец иранц
Iraq|iraqi iraqis|иракск иракец иракц|иракск иракчан
Ireland|irish irishman irishmen|ирландск ирландец ирландц|ирландск ирландец ирландц
Israel|israeli israelis|израильск израильтян|израелск израелтян
Italy|italian italians|итальянск итальян|италианск италианец италианц
Jamaica|jamaican jamaicans|ямайск|ямайск
Japan|japanese|японск японец японц японк|японск японец японц
Jordan|jordanian jordanians|иорданск иорданец иорданц|йорданск йорданец йорданц
Kazakhstan|kazakh kazakhs kazakhstani|казахстанск казахстанец казахстанц казахск казахи казахов казахам|казахстанск казахстанец казахстанц казахск казахи казахът
Kenya|kenyan kenyans|кенийск кениец кенийц|кенийск кениец кенийц
Korea|korean koreans|корейск кореец корейц|корейск кореец корейц
Kosovo|kosovan kosovar kosovars|косовск косовар|косовск косовар
Kuwait|kuwaiti kuwaitis|кувейтск|кувейтск
Kyrgyzstan|kyrgyz|киргизск кыргызск киргиз|киргизк киргизстанск киргиз
Laos|lao laotian|лаосск|лаоск
Latvia|latvian latvians|латвийск латышск латыш|латвийск латвиец латвийц
Lebanon|lebanese|ливанск ливанец ливанц|ливанск ливанец ливанц
Libya|libyan libyans|ливийск ливиец ливийц|либийск либиец либийц
Lithuania|lithuanian lithuanians|литовск литовец литовц|литовск литовец литовц
Luxembourg|luxembourgish luxembourger|люксембургск|люксембургск
Madagascar|malagasy|мадагаскарск|мадагаскарск
Malaysia|malaysian malaysians|малайзийск|малайзийск
Mali|malian|малийск|малийск
Malta|maltese|мальтийск|малтийск
Mexico|mexican mexicans|мексиканск мексикан|мексиканск мексиканец мексиканц
Moldova|moldovan moldovans|молдавск молдаван молдовск|молдовск молдавск молдовец молдовц
Mongolia|mongolian mongolians|монгольск монгол|монголск монголец монголц
Montenegro|montenegrin montenegrins|черногорск черногорец черногорц|черногорск черногорец черногорц
Morocco|moroccan moroccans|марокканск|марокански мароканск мароканец мароканц
Mozambique|mozambican|мозамбикск|мозамбикск
Myanmar|burmese|мьянманск бирманск|мианмарск бирманск
Nepal|nepali nepalese|непальск непалец непальц|непалск непалец непалц
Netherlands|dutch dutchman dutchmen|нидерландск голландск голландец голландц|нидерландск холандск нидерландец холандец холандц
New Zealand|new-zealander|новозеландск новозеландец новозеландц|новозеландск новозеландец новозеландц
Niger|nigerien|нигерск|нигерск
Nigeria|nigerian nigerians|нигерийск нигериец нигерийц|нигерийск нигериец нигерийц
North Korea|north-korean korean koreans|северокорейск кндр корейск кореец корейц|севернокорейск корейск кореец корейц
North Macedonia|macedonian macedonians|македонск македонец македонц|македонск македонец македонц
Norway|norwegian norwegians|норвежск норвежец норвежц|норвежк норвежец норвежц
Oman|omani|оманск|омански оманск
Pakistan|pakistani pakistanis|пакистанск пакистанец пакистанц|пакистанск пакистанец пакистанц
Palestine|palestinian palestinians|палестинск палестинец палестинц|палестинск палестинец палестинц
Panama|panamanian|панамск|панамск
Paraguay|paraguayan|парагвайск|парагвайск
Peru|peruvian peruvians|перуанск перуанец перуанц|перуанск перуанец перуанц
Philippines|philippine filipino filipinos|филиппинск филиппинец филиппинц|филипинск филипинец филипинц
Poland|polish poles|польск поляк полячк|полск поляк поляци полякин
Portugal|portuguese|португальск португалец португальц|португалск португалец португалц
Qatar|qatari qataris|катарск катарец катарц|катарск катарец катарц
Romania|romanian romanians|румынск румын|румънск румънец румънц
Russia|russian russians|российск русск россиян росси|руск руснак руснаци рускин российск
Rwanda|rwandan rwandans|руандийск|руандийск
Saudi Arabia|saudi saudis|саудовск саудит|саудитск
Scotland|scottish scots scot|шотландск шотландец шотландц|шотландск шотландец шотландц
Senegal|senegalese|сенегальск|сенегалск
Serbia|serbian serbians serb serbs|сербск серб|сръбск сърбин сърби сръбкин
Singapore|singaporean|сингапурск|сингапурск
Slovakia|slovak slovaks slovakian|словацк словак|словашк словак словаци
Slovenia|slovenian slovenians slovene slovenes|словенск словенец словенц|словенск словенец словенц
Somalia|somali somalis somalian|сомалийск сомалиец сомалийц|сомалийск сомалиец сомалийц
South Africa|south-african|южноафриканск юар|южноафриканск
South Korea|south-korean korean koreans|южнокорейск корейск кореец корейц|южнокорейск корейск кореец корейц
Spain|spanish spaniard spaniards|испанск испанец испанц|испанск испанец испанц
Sri Lanka|sri-lankan|шри-ланкийск ланкийск|шриланкск
Sudan|sudanese|суданск суданец суданц|суданск суданец суданц
Sweden|swedish swede swedes|шведск швед|шведск швед
Switzerland|swiss|швейцарск швейцарец швейцарц|швейцарск швейцарец швейцарц
Syria|syrian syrians|сирийск сириец сирийц|сирийск сириец сирийц
Taiwan|taiwanese|тайваньск тайванец тайванц|тайванск тайванец тайванц
Tajikistan|tajik tajiks|таджикск таджик|таджикск таджик
Tanzania|tanzanian tanzanians|танзанийск|танзанийск
Thailand|thai thais|таиландск тайск|тайландск тайск
Tunisia|tunisian tunisians|тунисск тунисец тунисц|тунизийск тунизиец
Turkey|turkish turk turks|турецк турок турк|турск турчин турци туркин
Turkmenistan|turkmen|туркменск туркмен|туркменск
Uganda|ugandan ugandans|угандийск|угандийск
Ukraine|ukrainian ukrainians|украинск украинец украинц|украинск украинец украинц
United Arab Emirates|emirati|эмиратск|емиратск
United Kingdom|british briton britons brit brits|британск британец британц великобритан|британск британец британц великобритан
England|english englishman englishmen|английск англичан|английск англичан
United States|american americans|американск американец американц|американск американец американц щатск
Uruguay|uruguayan uruguayans|уругвайск|уругвайск
Uzbekistan|uzbek uzbeks|узбекистанск узбекск узбек|узбекистанск узбекск узбек
Venezuela|venezuelan venezuelans|венесуэльск венесуэлец венесуэльц|венецуелск венецуелец
Vietnam|vietnamese|вьетнамск вьетнамец вьетнамц|виетнамск виетнамец виетнамц
Wales|welsh welshman|валлийск уэльск|уелск
Yemen|yemeni yemenis|йеменск йеменец йеменц|йеменск йеменец йеменц
Zambia|zambian|замбийск|замбийск
Zimbabwe|zimbabwean zimbabweans|зимбабвийск|зимбабвийск
Soviet Union|soviet soviets|советск ссср|съветск ссср
European Union|eu european europeans|ес евросоюз европейск|ес европейск
Europe|european europeans|европейск европеец европейц|европейск европеец европейц
Asia|asian asians|азиатск азиат|азиатск азиатец азиатц
Africa|african africans|африканск африкан|африканск африканец африканц
North America|north-american|североамериканск|северноамериканск
South America|south-american|южноамериканск|южноамериканск
Latin America|latin-american|латиноамериканск|латиноамериканск
Antarctica|antarctic|антарктик антарктическ|антарктик антарктическ
Antarctic|antarctica|антарктид антарктическ|антарктид антарктическ
Arctic|arctic|арктическ|арктическ
Baltic Sea|baltic|балтийск прибалтийск|балтийск прибалтийск
Balkans|balkan|балканск|балканск
Pacific|pacific|тихоокеанск|тихоокеанск
Atlantic|atlantic|атлантическ|атлантическ
Mediterranean|mediterranean|средиземноморск|средиземноморск
Black Sea|black-sea|черноморск причерноморск|черноморск
Caribbean|caribbean|карибск|карибск
Caucasus|caucasian|кавказск|кавказк
Siberia|siberian|сибирск сибиряк|сибирск
Crimea|crimean|крымск|кримск
Chechnya|chechen chechens|чеченск чечен|чеченск чечен
Catalonia|catalan catalans|каталонск каталонец каталонц|каталунск каталонск каталунец каталунц
Rome|roman romans|римск римлян|римск римлян
Moscow|muscovite muscovites|московск москвич|московск москвич
Vatican|papal|ватиканск|ватиканск
Kremlin|kremlin|кремлевск|кремълск
"""


def _feminine(stem: str) -> tuple[str, ...]:
    """The woman of a people whose man is named so: испанец, испанка; австриец, австрийка."""
    if not stem.endswith("ец"):
        return ()
    root = stem.removesuffix("ец")
    return (root + ("йк" if root[-1] in "аеиоуы" else "к"),)


def _load() -> tuple[dict[str, set[str]], tuple[tuple[str, str], ...]]:
    english: dict[str, set[str]] = {}
    begun: list[tuple[str, str]] = []
    for row in _ROWS.strip().splitlines():
        place, latin, russian, bulgarian = row.split("|")
        key = "=" + "-".join(words(place))
        for word in latin.split():
            english.setdefault(word, set()).add(key)
        begun += [
            (stem, key)
            for stem in dict.fromkeys(s for side in (russian, bulgarian) for w in side.split() for s in (w, *_feminine(w)))
        ]
    return english, tuple(begun)


_ENGLISH, _BEGUN = _load()


@lru_cache(maxsize=50_000)
def place_of(word: str) -> frozenset[str]:
    """The keys of the places that a folded word, or two joined by a hyphen, is an adjective or a people of; most words have none."""
    if word in _ENGLISH:
        return frozenset(_ENGLISH[word])
    begun = ((stem, key) for stem, key in _BEGUN if word.startswith(stem) and "-" not in word[len(stem) :])
    return frozenset(key for stem, key in begun if len(stem) > 3 or len(word) < 2 * len(stem))
