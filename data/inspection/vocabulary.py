"""What words in headers, cells and notes mean, in the languages in which such files come."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+\d*[a-z]*|[A-Z]+\d*(?:st|nd|rd|th)?|\d+|[^\W\d_]+|%")


def words_of(header: str) -> tuple[str, ...]:
    """The words of a header, in small letters, whatever joins them.

    >>> words_of("ShareWomen"), words_of("MD_EARN_WNE_P10"), words_of("Unemployment_rate")
    (('share', 'women'), ('md', 'earn', 'wne', 'p10'), ('unemployment', 'rate'))
    """
    return tuple(word.lower() for word in _WORD.findall(header.replace("’", "'")))


def words_in(text: str) -> frozenset[str]:
    """The words of a text, for tests of membership."""
    return frozenset(text.split())


PERCENT_WORDS = words_in(
    """
    % percent percentage percentages pct prozent pourcentage porcentaje pourcent
    """
)
"""A header with one of these is in percent, whatever its numbers."""
RATE_WORDS = words_in(
    """
    rate rates share shares ratio proportion probability taux quote anteil anteile tasa proporción
    participación
    """
)
"""A header with one of these is in percent when its numbers can be: 0 to 100, or 0 to 1."""
NOT_PERCENT_WORDS = words_in(
    """
    per pro par por percentile percentiles quotient index change_numeric numeric
    """
)
"""Words that make a rate something else: jobs per 1,000, a location quotient."""
MONEY_WORDS = words_in(
    """
    salary salaries wage wages pay earnings earning income incomes revenue revenues price prices cost costs fee
    fees amount tuition stipend compensation rent debt salaire salaires revenu revenus rémunération prix coût
    coûts montant gehalt gehälter lohn löhne verdienst einkommen preis preise kosten betrag gebühr gebühren
    salario salarios sueldo sueldos ingreso ingresos precio precios coste costes importe budget budgets spending
    expenditure turnover profit umsatz umsätze gewinn erlös erlöse ausgaben einnahmen presupuesto dépenses bénéfice
    """
)
"""Words for amounts of money. Alone they do not say which money."""
END_WORDS = words_in(
    "low high min max minimum maximum lowest highest from to median mean average value p10 p25 p75 p90"
)
"""Headers that say which amount it is, and not of what."""
YEAR_WORDS = words_in(
    """
    year years yr jahr jahre année annee an año ano anno année_universitaire
    """
)
DATE_WORDS = words_in(
    """
    date day dates datum tag jour fecha día published updated deadline
    """
)
CODE_WORDS = words_in(
    """
    id ids code codes key ref nr no fips naics soc isic isced nace ukprn unitid cip cipcode opeid zip zipcode
    postcode plz postleitzahl phone tel telephone telefon mobile handy fax isbn issn doi uai siren siret insee rome
    matricule kennung schlüssel kennziffer código codigo identifier identifiant index_code uuid guid ein duns lei ror
    """
)
"""Headers of codes and identifiers: written in digits, and never added up."""
COUNTING_WORDS = words_in(
    """
    number count headcount n rank ranking respondents sample size responses answers effectif effectifs nombre anzahl
    zahl número
    """
)
"""A header with one of these counts things, whatever else it speaks of: "number of salaries"."""
COUNT_WORDS = words_in(
    """
    number count total headcount n rank ranking population students graduates employees employed unemployed jobs
    openings respondents sample size responses answers enrolments enrollment starts achievements cohort men women
    male female effectif effectifs nombre anzahl zahl número
    """
)
PERIODS = {
    word: period
    for period, words in (
        ("hour", "hour hours hourly hr hrs stunde stunden stündlich heure horaire hora horario"),
        ("day", "day daily tag täglich jour journalier día diario"),
        ("week", "week weekly wk woche wöchentlich semaine hebdomadaire semana semanal"),
        ("month", "month monthly mo monat monate monatlich monats mois mensuel mensuelle mes mensual"),
        ("year", "year yearly annual annually annum yr jahr jahre jährlich jahres an annuel annuelle año anual"),
    )
    for word in words.split()
}
"""Words for the span of time that an amount is for."""
CURRENCY_WORDS = {
    "dollar": "USD", "dollars": "USD", "usd": "USD", "euro": "EUR", "euros": "EUR", "pound": "GBP", "pounds": "GBP",
    "sterling": "GBP", "franken": "CHF", "rupee": "INR", "rupees": "INR", "yen": "JPY", "yuan": "CNY", "zloty": "PLN",
    "pesos": "MXN", "reais": "BRL", "kronor": "SEK", "kroner": "NOK",
}  # fmt: skip
CURRENCY_CODES = words_in(
    """
    USD EUR GBP CHF JPY CNY INR CAD AUD NZD SGD HKD SEK NOK DKK PLN CZK HUF RON BGN TRY RUB UAH BRL MXN CLP COP
    ARS PEN ZAR NGN KES EGP MAD ILS AED SAR QAR KRW TWD THB MYR IDR PHP VND PKR BDT LKR ISK GHS
    """
)
CURRENCY_SIGNS = {
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "S$": "SGD", "NZ$": "NZD", "HK$": "HKD",
    "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₪": "ILS", "₽": "RUB",
    "₺": "TRY", "zł": "PLN", "Fr.": "CHF", "Kč": "CZK",
}  # fmt: skip
THOUSANDS = re.compile(
    r"\b(?:in|en|em)\s+(?:1[.,\u00a0 ']?000(?:er|s)?\b|thousands?\b|tausend\b|milliers\b|miles\b|tsd\b)|"
    r"\((?:thousands|000s|'000|’000|in 000)\)|['’]000\b|\bthousands of\b",
    re.IGNORECASE,
)
MILLIONS = re.compile(
    r"\b(?:in|en)\s+(?:millions?|mio|millionen|millones)\b|\((?:millions|m)\)|\bmillions of\b", re.IGNORECASE
)
_SIGN = r"(?:[$€£¥]|\b(?:EUR|USD|GBP|CHF)\b)"
HEADER_SCALES = {
    1000: (
        "thousands",
        re.compile(
            rf"{THOUSANDS.pattern}|(?<!\d[.,\u00a0 '’])(?<![\d.,])(?<!per )\b000['’]?s?\b|\bthousands?\b(?=\W*$)|"
            rf"(?:^|[\s(\[])[Tk]\s?{_SIGN}|\bTEUR\b|{_SIGN}\s?k\b|\btsd\b",
            re.IGNORECASE,
        ),
    ),
    1_000_000: (
        "millions",
        re.compile(
            rf"{MILLIONS.pattern}|{_SIGN}\s?(?:m|mn|mio|mill|millions?)\b|\bmillions?\b(?=\W*$)|"
            rf"\b(?:mio|mill|mn|millions?|millionen|m)\b\.?\s?{_SIGN}",
            re.IGNORECASE,
        ),
    ),
    1_000_000_000: (
        "billions",
        re.compile(
            rf"{_SIGN}\s?(?:bn|billions?)\b|\b(?:in|en)\s+(?:billions?|mrd|milliarden|milliards)\b|\(billions?\)|"
            rf"\b(?:mrd|bn|billions?|milliarden|milliards)\b\.?\s?(?:d['’])?{_SIGN}",
            re.IGNORECASE,
        ),
    ),
}
"""What headers count in, beside what titles say: "(€ 000s)", "T€", "£m"."""
YES_AND_NO: tuple[dict[str, str], ...] = (
    {"y": "Yes", "n": "No"},
    {"j": "Ja", "n": "Nein"},
    {"o": "Oui", "n": "Non"},
    {"s": "Sí", "n": "No"},
    {"true": "Yes", "false": "No"},
)
TOTAL = re.compile(
    r"^\W*(?:(?:grand |sub-?|overall )?totals?|insgesamt|gesamt(?:summe)?|summe|ensemble|total g[eé]n[eé]ral|sum)\b"
    r"(?![-\w])",
    re.IGNORECASE,
)
"""How a row begins that sums up others, where nothing else can be meant: "All Saints College" is none."""
EVERYTHING = re.compile(
    r"^\W*(?:all|overall|whole|entire|alle|gesamt\w*|tous|toutes|tout|todos|todas|both|everyone|everybody)\b",
    re.IGNORECASE,
)
"""How a row may begin that sums up others, if its numbers do."""
NOTE = re.compile(
    r"\s*(?:notes?|footnotes?|sources?|data source|quellen?|anmerkung(?:en)?|hinweise?|fußnoten?|remarques?|fuentes?|"
    r"notas?|disclaimer|copyright|https?)\b|"
    r"\s*(?:lecture|champ|légende|legende|key|legend|symbols?|last updated|updated|stand|licen[cs]e|see|downloaded|"
    r"prepared by)\s*[:.]|\s*©|"
    r"\s*(?:\[\d+\]|\(\d+\)|\\\d+\\|\d{1,2}[/.)\]]\s|[*†‡#^¹²³⁴]+\s*\S|[a-z]\)\s|[-–—]{1,2}\s*(?:=|:|not\b|no\b))",
    re.IGNORECASE,
)
"""How a line begins that says something about the table and is no row of it."""
SIZES: tuple[tuple[str, ...], ...] = (
    ("XS", "S", "M", "L", "XL", "XXL"),
    ("very small", "small", "medium", "large", "very large"),
    ("very low", "low", "medium", "high", "very high"),
    ("low", "moderate", "high"),
    ("basic", "elementary", "intermediate", "upper intermediate", "advanced", "proficient", "expert"),
    ("beginner", "elementary", "intermediate", "advanced", "expert"),
    ("novice", "advanced beginner", "competent", "proficient", "expert"),
    ("entry", "junior", "mid", "senior", "lead", "principal", "executive"),
    ("entry level", "mid level", "senior level", "executive level"),
    ("never", "rarely", "sometimes", "often", "always"),
    ("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
    ("strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"),
    ("very unlikely", "unlikely", "neutral", "likely", "very likely"),
    ("not at all", "slightly", "moderately", "very", "extremely"),
    ("sehr unzufrieden", "unzufrieden", "teils/teils", "zufrieden", "sehr zufrieden"),
    ("sehr unzufrieden", "eher unzufrieden", "teils/teils", "eher zufrieden", "sehr zufrieden"),
    ("stimme gar nicht zu", "stimme eher nicht zu", "teils/teils", "stimme eher zu", "stimme voll zu"),
    ("pas du tout satisfait", "peu satisfait", "assez satisfait", "satisfait", "très satisfait"),
    ("nada satisfecho", "poco satisfecho", "satisfecho", "muy satisfecho"),
    ("very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"),
    ("poor", "fair", "good", "very good", "excellent"),
    ("a1", "a2", "b1", "b2", "c1", "c2"),
    ("niedrig", "mittel", "hoch"),
    ("gering", "mittel", "hoch"),
    ("klein", "mittel", "groß"),
    ("faible", "moyen", "élevé"),
    ("bajo", "medio", "alto"),
)
"""Words whose order everybody knows, lowest first."""
