"""German words around numbers."""

from __future__ import annotations

from decimal import Decimal

from data.language.typed_numbers.vocabulary import Vocabulary, idioms, listed, numbered, phrases, words_of

_ORDINALS = listed("zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft")
_ENDINGS = ("e", "en", "er", "es", "em")
_RATIOS = {"doppelt": 2, "zweifach": 2, "dreifach": 3, "vierfach": 4, "fünffach": 5, "zehnfach": 10}

_HALVES = {
    (word + "einhalb",): Decimal(number) + Decimal("0.5")
    for word, number in numbered("ein zwei drei vier fünf sechs sieben acht neun", 1).items()
} | {("anderthalb",): Decimal("1.5")}

WORDS = Vocabulary(
    cardinals=numbered("null eins zwei/zwo drei/dreien vier fünf sechs sieben acht neun zehn elf zwölf")
    | {"dutzend": 12, "zweier": 2, "dreier": 3, "zweien": 2},
    hundred=words_of("hundert"),
    scales={
        "tausend": 10**3, "tsd": 10**3, "million": 10**6, "millionen": 10**6, "mio": 10**6, "milliarde": 10**9,
        "milliarden": 10**9, "mrd": 10**9, "billion": 10**12, "billionen": 10**12,
    },
    shortened=words_of("mio mrd tsd"),
    short_scales={"k": 10**3, "t": 10**3},
    joints=frozenset(),
    weak=words_of("ein eine einer eines einem einen eins"),
    articles=frozenset(),
    only=words_of("nur genau bloß lediglich"),
    decimal_signs=words_of("komma"),
    phrased={
        **_HALVES,
        ("eine", "halbe", "million"): Decimal(500_000), ("halbe", "million"): Decimal(500_000),
        ("viertelmillion",): Decimal(250_000), ("dreiviertelmillion",): Decimal(750_000),
        ("eine", "viertelmillion"): Decimal(250_000), ("eine", "dreiviertelmillion"): Decimal(750_000),
        ("halben", "million"): Decimal(500_000), ("eine", "halbe", "milliarde"): Decimal(500_000_000),
    },
    about=phrases(
        "etwa, rund, ungefähr, circa, ca ., zirka, gut, knapp, fast, nahezu, beinahe, über, mehr als, weniger als, "
        "mehr als das, weniger als das, fast das, etwa das, rund das, mehr als die, fast die, etwa die, weniger als "
        "die, rund die, knapp die, gut die, nahezu die, unter, bis zu, mindestens, an die, um die, annähernd, ~, ≈, "
        ">, <"
    ),
    minus=words_of("minus"),
    percent=phrases(
        "%, prozent, vom hundert, v . h ., - prozentig, - prozentige, - prozentigen, - prozentiger, prozentig, % ige"
    ),
    points=phrases("prozentpunkte, prozentpunkten, prozentpunkt, prozentpunktes, pp, %-punkte, punkte, punkten, punkt"),
    times=phrases("mal, - mal, ×, x, - fach, fach, - fache, - fachen, fache"),
    fold=("fach", "fache", "fachen", "faches", "facher", "mal"),
    and_a_half=phrases("einhalb, ein halb, und ein halb"),
    currencies={"euro": "EUR", "euros": "EUR", "dollar": "USD", "pfund": "GBP", "franken": "CHF", "fr": "CHF",
    "yen": "JPY"},
    between_unit=frozenset(),
    fractions=numbered(
        "hälfte drittel/dritteln viertel/vierteln fünftel/fünfteln sechstel siebtel achtel neuntel zehntel/zehnteln", 2
    )
    | {"zwanzigstel": 20, "hundertstel": 100},
    fraction_phrases={},
    bare_fractions=phrases("die hälfte, der hälfte, zur hälfte, eine hälfte, hälfte, dreiviertel"),
    strict=frozenset(),
    after_share=words_of("der des von aller mehr weniger dieser ist sind"),
    in_each=phrases("von je, von"),
    far_in_each=(),
    determined=words_of("den diesen die diese der dieser alle allen deren ihren unseren beiden"),
    every=words_of("jeder jede jedes jedem jeden"),
    ordinals={stem + end: n for n, stem in enumerate(_ORDINALS, 2) for end in _ENDINGS},
    ordinal_ends=words_of("."),
    superlatives=("ste", "sten", "ster", "stes", "stem"),
    far_superlatives=(),
    not_superlative=words_of(
        "semester fenster muster register minister schwester cluster ersten erste erster erstes kosten posten osten "
        "westen leisten meister"
    ),
    rank_stems=tuple(_ORDINALS),
    ranks=words_of("stelle platz rang position"),
    ratios={
        **{word + end: Decimal(n) for word, n in _RATIOS.items() for end in ("", "e", "en", "er", "es")},
        "verdoppelt": Decimal(2), "verdoppelte": Decimal(2), "verdoppelten": Decimal(2), "verdoppeln": Decimal(2),
        "verdoppelung": Decimal(2), "verdopplung": Decimal(2), "verdreifacht": Decimal(3), "verdreifachte": Decimal(3),
        "verdreifachen": Decimal(3), "vervierfacht": Decimal(4), "vervierfachte": Decimal(4),
        "verfünffacht": Decimal(5),
        "verzehnfacht": Decimal(10), "halbiert": Decimal("0.5"), "halbierte": Decimal("0.5"),
        "halbieren": Decimal("0.5"),
        "zweimal": Decimal(2), "dreimal": Decimal(3), "viermal": Decimal(4), "fünfmal": Decimal(5),
        "sechsmal": Decimal(6),
        "zehnmal": Decimal(10), "anderthalbmal": Decimal("1.5"),
    },
    not_ratio=words_of("abschluss studium bachelor master zimmer gemoppelt boden staatsbürgerschaft prüfen"),
    adverbs=words_of("zweimal dreimal viermal fünfmal sechsmal zehnmal doppelt"),
    after_adverb=words_of("so mehr höher größer"),
    ratio_phrases={("halb", "so"): Decimal("0.5"), ("anderthalb", "mal"): Decimal("1.5")},
    months=words_of(
        "januar jänner februar feber märz april mai juni juli august september oktober november dezember jan feb mär "
        "apr jun jul aug sept sep okt nov dez"
    ),
    month_links=words_of(". bis"),
    clock=phrases("uhr, h"),
    spelled_clock=phrases("uhr"),
    before_hour=phrases("viertel nach, viertel vor, halb, kurz nach, kurz vor"),
    hours=(),
    before_clock=(),
    before_year=words_of(
        "in im jahr jahre jahres jahren seit bis von ab vor nach um der das dem des den anfang ende mitte frühjahr "
        "sommer herbst winter wintersemester sommersemester und oder für"
    ),
    counted=(
        "absolventen", "absolventinnen", "studierende", "studierenden", "beschäftigte", "beschäftigten", "stellen",
        "personen",
        "menschen", "betriebe", "betrieben", "unternehmen", "bewerbungen", "befragte", "befragten", "plätze", "plätzen",
        "frauen", "männer",
        "auszubildende", "auszubildenden", "studenten", "firmen", "mitarbeiter", "arbeitsplätze", "abschlüsse",
        "haushalte",
    ),
    labels=words_of(
        "seite seiten s halle hallen raum räume saal hörsaal etage stock stockwerk geschoss abbildung abbildungen abb "
        "tabelle tabellen tab kapitel kap abschnitt schritt frage fragen nr nummer nummern version phase stufe ebene "
        "teil punkt zeile spalte folie anhang klasse stand stände gebäude haus tor gleis bus tram linie bahn "
        "straßenbahn autobahn zone woche tag jahr modul übung band heft ausgabe artikel art absatz abs satz paragraf "
        "paragraph formular feld kasten block flügel labor ausgang semester gruppe kohorte welle fach zimmer zi tür "
        "platznummer postfach lektion maßstab runde staffel folge fußnote anmerkung antwort spur typ modell "
        "paragraphen paragrafen kw fachsemester wahl anlage ziffer"
    ),
    label_ends=(
        "seite", "halle", "gruppe", "klasse", "nummer", "tabelle", "kapitel", "linie", "version",
        "stufe",
        "phase",
    ),
    street_before=frozenset(),
    streets=("straße", "strasse", "str", "weg", "allee", "gasse", "ring", "ufer", "damm", "chaussee", "platz"),
    street_words=frozenset(),
    idioms=idioms(
        """in acht, außer acht, gib acht, geben sie acht, unter vier augen, alle viere, auf allen vieren, zu zweit
        zu dritt, zu viert, eins zu eins, zwei fliegen mit einer klappe, zwischen zwei stühlen, null acht
        aller guten dinge sind drei, im siebten himmel, fünf vor zwölf, fünf nach zwölf, eine halbe stunde
        halbe stunde, halben stunde, ein halbes jahr, halbes jahr, zum einen, auf den ersten blick
        der erste eindruck, dritte seite, dritter seite, aus zweiter hand, zweite hand, ein für alle mal
        eins nach dem anderen, unter eins, um eins, doppelter boden, erste hälfte, zweite hälfte, ersten hälfte
        zweiten hälfte, von null, bei null, stunde null, ein viertel stunde, eine viertel stunde, viertel vor
        viertel nach, drei viertel stunde, zweimal im jahr, zweimal pro woche, dreimal im jahr, zweimal im monat
        zweimal täglich, eins a, ein oder zwei, eine oder zwei, zwei oder drei, drei oder vier, vier oder fünf
        zwei gleich, hundert mal, keine zwei, null bock, halb so wild, halb so schlimm, plan b
        hundert prozent sicher, hundertprozentig, vier wände, vier wänden, sieben sachen, dritte wahl
        dreimal überlegen, ein paar tausend, ein paar hundert, mehrere hundert, mehrere tausend, einige hundert
        einige tausend, fifty - fifty"""
    ),
    time_nouns=(
        "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
        "minute", "stunde", "sekunde", "tag", "woche", "monat", "jahr", "jahrzehnt", "semester", "nacht", "nächte",
        "quartal",
        "arbeitstag", "werktag", "abend", "generation",
    ),
    around_time=words_of(
        "in innerhalb binnen für nach über vor seit letzten vergangenen nächsten kommenden ersten alle diesen "
        "folgenden weiteren während von bis letzte nächste vergangene kommende erste"
    ),
    behind_time=words_of("nach vor später früher lang alt berufserfahrung erfahrung danach davor zuvor her pro"),
    measures=(
        "schnitt", "durchschnitt", "mittel", "mittler", "median", "sank", "sinkt", "stieg", "steigt", "gesunken",
        "gestiegen", "länger",
        "kürzer", "dauerte", "wuchs", "fiel", "verkürz", "verläng",
    ),
    halves=("mehr", "weniger", "darüber", "darunter", "über", "unter", "höher", "niedriger"),
    imperatives=words_of(
        "bring bringe nimm frag frage übe üb schreib schreibe lies wähle such suche plane plan sprich zeig zeige "
        "stell stelle mach mache druck drucke bereite bewirb notiere lerne lern kauf ruf rufe warte nenne erzähl "
        "erzähle prüfe prüf besuche besuch vergleiche sammle formuliere kopiere reserviere packe pack gib komm geh "
        "lass denk merk"
    ),
    imperative_ends=("en",),
    leading=words_of("dann und auch danach zuerst bitte immer jetzt anschließend also oder nun"),
    polite=words_of("sie wir"),
    advising=words_of(
        "sollte sollten sollst muss müssen musst bitte empfiehlt empfehlen ratsam genügen genügt reichen reicht lohnt"
    ),
    rather=words_of("lieber"),
    things=(
        "kopie", "exemplar", "frage", "leute", "person", "menschen", "beispiel", "satz", "sätze", "seite", "ding",
        "sache", "punkt",
        "freund", "grund", "gründe", "projekt", "zeile", "wort", "wörter", "worte", "mal", "tipp", "schritt", "stift",
        "referenz",
        "e", "minute", "stunde", "tag", "woche", "monat", "sekunde", "folie", "ziel", "kontakt", "stärken",
    ),
    pairs=words_of("die diese den diesen letzten ersten anderen"),
    behind_pair=words_of(
        "sind waren ist war können müssen haben hatten werden wurden unterscheiden liegen stehen und oder aber "
        "gehören passen"
    ),
    rhetoric=(
        "ding", "grund", "gründe", "antwort", "risik", "hinweis", "idee", "weg", "art", "seite", "satz", "sätze",
        "fehler", "mythen",
        "irrtüm", "lehre", "tipp", "wort", "worte", "punkte", "möglichkeit", "botschaft", "bemerkung", "warnung",
        "bedeutung", "aspekt",
        "vorteil", "regel", "schluss", "schlüsse", "erklärung", "gewohnheit", "strateg", "welten", "ziel", "frage",
        "vorurteil", "kategorie", "situation",
    ),
    ranges=words_of("bis und oder bzw"),
)  # fmt: skip
