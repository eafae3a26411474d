"""The words of `rag.answer.said.speech` in English, by the name of their field.

`…_past` are infinitives of regular verbs, of which the past is made.
"""

ROWS = {
    "strong": """
        said says stated reported denied denies insisted insists stressed emphasised emphasized confirmed acknowledged
        admitted explained alleged remarked clarified asserted testified tweeted commented contended conceded reiterated
        disclosed blamed blames blame credits credited warned warns
    """,
    "weak": """
        reckons reckoned told tells announced claimed added adds wrote writes noted notes warned warns argued argues
        declared maintained maintains believes believed recalled replied answered revealed claims announces confirms
        admits explains states concluded predicted estimated estimates estimate suggested suggests thinks pointed promised
        vowed responded continued observed complained suspects fears feared say tell argue insist warn believe claim think
        deny hoped hopes asked repeated reads read joked lamented quipped predict predicts forecast forecasts shows showed
        indicates indicate indicated vow finds found write swore swears swear thought says held holds knows knew put puts
        show suggest allege maintain contend concede confirm acknowledge assert suspect recall reckon expect emphasise
        emphasize stress contends concedes acknowledges alleges clarifies asserts testifies reiterates reaffirms affirms
        recounts answers observes complains laments implies informs reflects retorts speculates submits wonders wondered
        insists vows promises pledges threatens expects concludes heard hear accuse accuses accused hints underlines
        underscores highlights outlines
    """,
    "relays": "reports reported report quotes quoted cites",
    "by": """
        according to, in the words of, by the account of, as per, in the view of, in the opinion of, based on data
        from,reported/announced/confirmed/disclosed by, on the evidence of, by the estimate of
    """,
    "via": """
        quoted/cited by, as reported by, as quoted by, as cited by, in an/the interview with/to, in comments to,
        report/reports/dispatch/dispatches by/from/of, , seen/obtained/reviewed by
    """,
    "citing": "citing, quoting, with reference to, in reference to, attributing it to",
    "own": """
        according to him/her/them, by his/her/their account/accounts, in his/her/their words, in his/her/their view,in
        his/her/their opinion, by his/her/their own account
    """,
    "doubtful": """
        according to, as per, in the view of, based on data from, on the evidence of, reported/announced/confirmed/disclosed by
    """,
    "possessives": "him her them his their",
    "datives": "me us him her them",
    "spoiling": """
        to was were be been being is are a an the its his their these those no any all some every each newly more less fewer
        many most few not another
    """,
    "as_": "as",
    "relatives": "who which that what when where if whom whoever how why because",
    "clause": "that who which what when where if while because although though but as whether than so and or how why",
    "leads": "but and so meanwhile however still yet also then later earlier now instead moreover next soon",
    "prepositions": """
        in on at after before during by with from for of to into over under since until about around near across despite
        following amid within without outside inside through
    """,
    "determiners": "the a an his her its their this that these those some one two three four five several many another",
    "joining": "and de von van der al bin ben la le du di da",
    "finite": "was were is are had has have will would could can may might must should did does do been",
    "telling": "told tells tell",
    "owning": "of",
    "quoting": "quoted",
    "objects": """
        truth lie lies nothing goodbye hello grace prayers thanks sorry story stories joke jokes yes no him her them
        access entry permission bail
    """,
    "excluded": "rule ruled deny",
    "toward": "to",
    "findings": """
        shows showed indicates indicate indicated finds found suggest suggests suggested estimates estimate estimated
        fears feared reads read show reveal reveals revealed heard hear
    """,
    "this_said": "this",
    "adjectives": "al ic ly ive ous ish ian ean ese",
    "pronouns": "he she they it",
    "that": "that how whether",
    "this": "this",
    "auxiliaries": """
        has have had also later earlier then again previously repeatedly publicly flatly further recently now still once today
        yesterday simply bluntly all both himself herself themselves itself did would will categorically strongly always first
        initially already only never subsequently separately reportedly quickly
    """,
    "negations": "not never didn't doesn't hasn't haven't wouldn't won't refused declined n't neither nor cannot can't",
    "linking": "of for at in from to with by",
    "stops": """
        that who whom whose which what when where why how if whether and or but as than while because although though so
        on before after during until since into about over under between through against without within among there here
        it its he she they we you i him her them his their is are was were be been being has have had do does did will
        would can could may might must should not no yes yet just even also only too very this these those to says said
        one's then later earlier again once today yesterday tomorrow goodbye hello prayers grace nothing something
        anything much little more less enough thanks farewell sorry aloud bluntly anyone anybody everyone everybody
        someone somebody nobody whoever seen obtained published released reviewed issued compiled conducted commissioned
        leaked
    """,
    "times": """
        monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
        october november december today yesterday tomorrow earlier later week month year night morning afternoon evening weekend
    """,
    "occasions": """
        statement interview briefing conference meeting speech letter email e-mail post report press news televised hearing
        court telephone phone call remarks message article broadcast comments note affidavit tweet release
    """,
    "addressees": """
        reporters journalists parliament lawmakers legislators the a an members voters investors supporters residents
    """,
    "roles": """
        minister president premier chancellor mayor governor spokes official director chief head leader chair deput
        secretary prosecutor lawyer attorney judge expert analyst doctor professor scientist researcher source witness
        resident commander general colonel captain adviser advisor ambassador envoy epidemiologist politician economist
        rescuer senator lawmaker coach owner engineer manager executive diplomat man woman mother father son daughter wife
        husband widow neighbour neighbor teacher farmer fisherman shepherd coordinator author forecaster meteorologist
        officer representative founder dr mr mrs ms prof king queen prince campaigner activist eyewitness sheriff
        inspector detective investigator historian architect relative friend colleague survivor passenger driver
        commissioner registrar surgeon nurse curator ranger pilot ombuds baker boss striker goalkeeper defender midfielder
        singer actor actress writer tourist shopkeeper trader pensioner veteran student hiker climber skipper player
        motorist worker villager protester critic observer supporter opponent insider aide chairman chairwoman congressman
        congresswoman councillor alderman treasurer trustee patient victim whistleblower biologist geologist physicist
        chemist ecologist psychologist anthropologist archaeologist astronomer therapist counsel advocate deputy
        strategist pollster archbishop bishop pope priest imam rabbi monk
    """,
    "bodies": """
        ministry government administration police court office agency department committee commission council parliament
        senate house embassy company corporation firm plant bank hospital university institute centre center organisation
        organization party headquarters army navy force union fund association federation authorit defence defense
        prosecution service kremlin pentagon white nato un who imf iaea eu bureau board authority officials rescuers
        prosecutors doctors experts scientists lawyers investigators campaigners residents witnesses researchers analysts
        firefighters document report study statement survey data figures poll records research treasury foundation group
        inquiry coalition opposition city county town state ngo charity studies military guard guards airline airlines
        railway rail unions utility operator utilities club league school schools college airport port task mission
        regulator regulators watchdog carrier crew lender brigade ambulance militia rebels insurgents taliban command
        secretariat cabinet assembly carmaker manufacturer retailer producer developer publisher tribunal network alliance
        team lab laboratory observatory bulletin dispatch memo filing lawsuit complaint indictment transcript letter email
        documents dossier paper papers dataset numbers inquest jury trial
    """,
    "media": """
        newspaper daily weekly television tv radio website site portal broadcaster magazine channel tabloid times post herald
        tribune gazette chronicle telegraph guardian ledger journal media press outlet outlets monitor courier news
    """,
    "strong_past": """
        state report deny insist stress emphasise emphasize confirm acknowledge admit explain allege remark clarify assert
        testify tweet comment contend concede reiterate disclose reaffirm affirm recount describe
    """,
    "weak_past": """
        announce claim add note warn argue declare maintain believe recall reply answer reveal conclude predict estimate
        suggest promise vow respond continue observe complain suspect fear hope ask repeat joke lament quip forecast
        indicate attest aver boast caution certify confess confide counter divulge echo elaborate exclaim expect fret
        gripe grumble guess hypothesise imply inform interject jest mention muse object opine plead pledge pronounce
        propose protest reason reassure reckon reflect relate remind retort rule signal speculate submit summarise
        summarize surmise theorise theorize threaten whisper worry shout murmur shrug laugh sigh reaffirm assess assure
        deduce judge demand urge advise hint underline underscore highlight outline stipulate posit gush enthuse fume
        scoff marvel cry
    """,
    "promising": """
        vow vows vowed promise promises promised pledge pledges pledged threaten threatens threatened expect expects
        expected hope hopes hoped swore swear swears
    """,
    "things": """
        sign plan schedule law rule rules tradition legend proverb saying custom poster banner placard plaque slogan label
        inscription rumour rumor constitution bible age size height weight need ability rank taste expectation
        expectations timetable calendar protocol convention model theory theorem principle folklore myth joke motto clock
        map menu billboard manual instructions recipe logic type category colour color order seniority merit script wishes
        usage song poem novel tale book film movie play photo photograph picture painting sequel
    """,
    "estimating": """
        put puts estimated estimates estimate described describes describe characterised characterized dismissed dismisses
        branded
    """,
    "amounting": "at as",
    "coordinating": "and but",
    "doing": "to",
    "objecting": "forecast forecasts predict predicts predicted accuse accuses accused rejected rejects reject",
}
