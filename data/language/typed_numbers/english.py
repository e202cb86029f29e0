"""English words around numbers."""

from __future__ import annotations

from decimal import Decimal

from data.language.typed_numbers.vocabulary import Vocabulary, idioms, listed, numbered, phrases, words_of

_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")

WORDS = Vocabulary(
    cardinals={
        **numbered(
            "zero one two three four five six seven eight nine ten eleven/11 twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        ),
        **{word: 20 + 10 * n for n, word in enumerate(_TENS)},
        "dozen": 12,
    },
    hundred=words_of("hundred"),
    scales={"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    shortened=frozenset(),
    short_scales={"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12},
    joints=words_of("and"),
    weak=words_of("one a an"),
    articles=words_of("a an"),
    only=words_of("only just exactly precisely"),
    decimal_signs=words_of("point"),
    phrased={
        ("half", "a", "million"): Decimal(500_000), ("half", "a", "billion"): Decimal(500_000_000),
        ("quarter", "million"): Decimal(250_000), ("a", "quarter", "of", "a", "million"): Decimal(250_000),
        ("quarter", "of", "a", "million"): Decimal(250_000),
        ("three", "quarters", "of", "a", "million"): Decimal(750_000),
    },
    about=phrases(
        "about, around, roughly, approximately, some, nearly, almost, close to, over, more than, fewer than, less "
        "than, well over, just over, just under, under, upwards of, an estimated, or so, circa, ca ., ~, ≈, >, <, "
        "above, below, as many as, up to, at least"
    ),
    minus=words_of("minus negative"),
    percent=phrases("%, percent, per cent, pct, pc"),
    points=phrases(
        "percent points, per cent points, percentage points, percentage point, percentage - points, percentage - "
        "point, points, point, pp, pts, ppt"
    ),
    times=phrases("times, ×, x, - fold, fold"),
    fold=("fold",),
    currencies={
        "dollars": "USD", "dollar": "USD", "euros": "EUR", "euro": "EUR", "pounds": "GBP", "francs": "CHF",
        "yen": "JPY",
        "rupees": "INR",
    },
    and_a_half=phrases("and a half, and one half"),
    between_unit=frozenset(),
    fractions={
        **numbered(
            "half/halves third/thirds quarter/quarters/fourth/fourths fifth/fifths sixth/sixths seventh/sevenths "
            "eighth/eighths ninth/ninths tenth/tenths",
            2,
        ),
        "twentieth": 20, "twentieths": 20, "hundredth": 100, "hundredths": 100,
    },
    fraction_phrases={},
    bare_fractions=phrases("half"),
    strict=words_of("third quarter fourth fifth sixth seventh eighth ninth tenth"),
    after_share=words_of(
        "of more less fewer higher lower as to were was are is and or said say have had has did do does in below "
        "above work works smaller larger cheaper from between go went stay stayed earn earned find found take took "
        "study studied leave left live lived report reported end ended become became receive received hold choose "
        "chose expect get got come came join joined start started than while but who work use used pay paid want need "
        "planned plan since by on at within"
    ),
    in_each=phrases("in every, in, out of every, out of, of every, of"),
    far_in_each=phrases("in every, in, out of every, out of"),
    determined=words_of("the these those all its their our both"),
    every=words_of("every each"),
    ordinals={
        **numbered("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 2),
    },
    ordinal_ends=words_of("st nd rd th"),
    superlatives=("est", "most", "best", "worst", "least"),
    far_superlatives=(),
    not_superlative=words_of(
        "rest interest test request guest west forest contest quest harvest suggest invest post host cost"
    ),
    rank_stems=("\0",),
    ranks=words_of("rank ranks ranked ranking place placed places finishes finished"),
    ratios={
        "twice": Decimal(2), "thrice": Decimal(3), "double": Decimal(2), "doubled": Decimal(2), "doubles": Decimal(2),
        "doubling": Decimal(2), "triple": Decimal(3), "tripled": Decimal(3), "triples": Decimal(3),
        "tripling": Decimal(3),
        "trebled": Decimal(3), "quadruple": Decimal(4), "quadrupled": Decimal(4), "halved": Decimal("0.5"),
        "halving": Decimal("0.5"), "halves": Decimal("0.5"), "twofold": Decimal(2), "threefold": Decimal(3),
        "fourfold": Decimal(4), "fivefold": Decimal(5), "tenfold": Decimal(10),
    },
    not_ratio=words_of(
        "digit digits figures major majors degree degrees check checked checking room rooms bachelor down counting "
        "standard standards sided edged spaced page spread click clicked clicking blind booked booking bind take "
        "whammy duty a each"
    ),
    adverbs=words_of("twice thrice"),
    after_adverb=words_of(
        "as the that what its their his her our more this those these less higher larger greater bigger lower faster "
        "likelier"
    ),
    ratio_phrases={("half", "as"): Decimal("0.5"), ("half", "again", "as"): Decimal("1.5")},
    months=words_of(
        "january february march april may june july august september october november december jan feb mar apr jun "
        "jul aug sep sept oct nov dec"
    ),
    month_links=words_of("of st nd rd th . ,"),
    clock=phrases("am, pm, a . m, p . m, a.m, p.m, o ' clock, o ’ clock, hours sharp, noon"),
    spelled_clock=phrases("o ' clock, o ’ clock, am, pm, a . m, p . m"),
    before_hour=phrases("quarter to, quarter past, half past, ten to, ten past"),
    hours=(),
    before_clock=(),
    before_year=words_of(
        "in since by until till from to before after during of the for between through year early mid late spring "
        "summer autumn fall winter class academic fiscal and or"
    ),
    counted=(
        "jobs", "job", "graduates", "students", "employees", "employers", "openings", "people", "applicants",
        "applications",
        "respondents", "companies", "positions", "places", "workers", "vacancies", "women", "men", "responses",
        "interns",
        "enrolments", "enrollments", "degrees", "households", "offers", "postings", "engineers", "teachers", "nurses",
    ),
    labels=words_of(
        "page pages p pp hall halls room rooms floor figure figures fig table tables chapter chapters section "
        "sections step question questions no number nos version phase level tier track part item line row column "
        "slide appendix grade booth booths building gate platform bus tram highway route zone suite week day year "
        "module unit exercise lesson note notes volume vol issue article art clause rule form box exhibit stand block "
        "wing lab terminal exit stage round season episode model type class group cohort wave lecture theatre "
        "auditorium room rm apt apartment ext extension seat desk pier dock interstate channel option answer footnote "
        "annex schedule batch sheet equation line"
    ),
    label_ends=(),
    street_before=frozenset(),
    streets=(),
    street_words=words_of("street st avenue ave road rd boulevard blvd drive lane way court square"),
    idioms=idioms(
        """hour or two, day or two, week or two, month or two, year or two, thing or two, one another, one of the
        no one, at first sight, for one thing, in two minds, second to none, first and foremost, half an hour
        half a day, half - day, half - hour, half hour, half - year, half past, half - time, half the battle
        half the story, half the truth, half the fun, half the work, no two, two equal, a hundred times
        a thousand times, three or four, four or five, five or six, second half, first half, other half, better half
        one day, zero in on, zero in, zeroed in, ground zero, net zero, twice a year, twice a week, twice a month
        twice a day, three times a week, two - way, one - way, four - letter, think twice, check twice, one by one
        two by two, one or two, a thing or two, two cents, all fours, on all fours, 2 : 1, 2 : 2, 50 - 50, 50 – 50
        9 to 5, 9 - 5, 9 – 5, at zero, the middle half, middle half, lower half, upper half, top half, bottom half
        nine times out of ten, ten to one, nine - to - five, nine to five, big four, big five, big three, four - year
        two - year, six - figure, five - figure, seven - figure, hundred percent sure, one hundred percent sure
        a million reasons, one in a million, third party, third parties, third - party, third time
        two sides of the same, at sixes and sevens, kill two birds, two birds with one stone, a quarter of an hour
        three quarters of an hour, two heads are better, from zero, square one, day one, year one, number one
        one size fits all, one - size, catch - 22, quarter to, quarter past, last quarter, next quarter, half a year
        half a dozen times, fifty - fifty, one - third time, third world, sixth sense, sixth form, seventh heaven
        eleventh hour, cloud nine, two - faced, once or twice, two or three, a few hundred, four corners, five senses
        seven seas, seven wonders, half - way"""
    ),
    time_nouns=(
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "minute", "hour", "second", "day", "week", "month", "year", "decade", "semester", "night", "quarter", "summer",
        "evening", "century", "centuries", "generation",
    ),
    around_time=words_of(
        "in within for after over past last next first every previous following these those coming final early until "
        "before than another recent"
    ),
    behind_time=words_of("after before ago later earlier from prior post into out old in ahead away"),
    measures=(
        "average", "median", "typical", "took", "fell", "rose", "drop", "grew", "increase", "decrease",
        "shorter", "longer",
        "reduc", "shrank", "lengthen",
    ),
    halves=("more", "less", "above", "below", "higher", "lower", "under", "over"),
    imperatives=words_of(
        "bring ask practice practise prepare print write read take send apply give choose pick spend arrive plan "
        "allow set keep call wait follow block schedule list name find talk try aim leave make tell learn do get "
        "start check look visit use add save note research tailor update draft review submit join book limit rehearse "
        "answer introduce pack wear put open go speak pause return email copy collect offer let say think remember "
        "repeat record join invite show explain reach compare contact reserve count stop attend narrow brush build "
        "clear come describe don download exchange focus hand have help highlight identify include invest jot keep "
        "meet mention order run scan select share sign sit skip sleep stand stay study summarise summarize swap turn "
        "type walk watch work"
    ),
    imperative_ends=(),
    leading=words_of("then and also next first please always finally afterwards so or but now to instead"),
    polite=frozenset(),
    advising=words_of(
        "should must please let need remember try worth enough want advise advises recommend recommends better"
    ),
    rather=words_of("rather"),
    things=(
        "copies", "copy", "question", "people", "example", "sentence", "page", "thing", "stor", "point", "friend",
        "stranger",
        "reason", "project", "line", "word", "time", "tip", "step", "paragraph", "book", "booth", "pen", "reference",
        "email",
        "alumn", "minute", "hour", "day", "week", "month", "second", "slide", "skill", "goal", "bullet", "contact",
        "person",
    ),
    pairs=words_of("the these those last first other"),
    behind_pair=words_of(
        "are were is was need needs may might do did differ can cannot could have had will would should must go come "
        "came look seem agree and or but in on together overlap with meet"
    ),
    rhetoric=(
        "thing", "reason", "answer", "risk", "caution", "idea", "way", "kind", "sort", "side", "sentence", "paragraph",
        "mistake", "myth", "misconception", "lesson", "tip", "word", "point", "option", "message", "purpose", "story",
        "stories", "remark", "warning", "caveat", "meaning", "sense", "aspect", "truth", "advantage", "rule",
        "takeaway", "categor", "situation", "page", "conclusion", "explanation", "habit", "strateg", "piece",
        "world", "question", "goal", "trouble",
        "belief",
    ),
    ranges=words_of("to and or"),
)  # fmt: skip
