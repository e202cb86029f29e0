"""What words in headers, cells and notes mean, in the languages in which such files come."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+\d*[a-z]*|[A-Z]+\d*(?:st|nd|rd|th)?|\d+|[^\W\d_]+|%")
_PIECE = re.compile(r"[^\W_]+|%")
_HEADS = (
    "quote", "anteil", "lohn", "löhne", "gehalt", "verdienst", "einkommen", "preis", "kosten", "umsatz", "betrag",
    "zahl", "jahr", "schlüssel",
)  # fmt: skip
"""Last parts of German words, which say what the whole is: an Arbeitslosenquote is a Quote."""
_LETTERS = re.compile(r"[^\W\d_]+|\d+")
"""Capitals inside a word divide it only where all letters are those of ASCII, as names that programs give are."""


def words_of(header: str) -> tuple[str, ...]:
    """The words of a header, in small letters, whatever joins them.

    >>> words_of("ShareWomen"), words_of("MD_EARN_WNE_P10"), words_of("Unemployment_rate")
    (('share', 'women'), ('md', 'earn', 'wne', 'p10'), ('unemployment', 'rate'))
    """
    found: list[str] = []
    for piece in _PIECE.findall(header.replace("’", "'")):
        for word in _WORD.findall(piece) if piece.isascii() else _LETTERS.findall(piece):
            found.append(word.lower())
            found.extend(head for head in _HEADS if found[-1].endswith(head) and found[-1] != head)
    return tuple(found)


def says_code(header: str, word: str) -> bool:
    """Whether a three-letter word is a currency's code: in capitals, or after "in"."""
    return word.upper() in re.split(r"[^A-Za-z]+", header) or f"in_{word}" in header.lower().replace(" ", "_")


def words_in(text: str) -> frozenset[str]:
    """The words of a text, for tests of membership."""
    return frozenset(text.split())


PERCENT_WORDS = words_in(
    """
    % percent percentage percentages pct prozent prozentual pourcentage pourcentages porcentaje porcentajes pourcent
    percentuale percentuali percentagem procent procenty odsetek відсоток відсотків процент проценты процентов
    prosent prosentti százalék ποσοστό 割合 百分比 比率 構成比 퍼센트 비율 yüzde
    """
)
"""A header with one of these is in percent, whatever its numbers."""
RATE_WORDS = words_in(
    """
    rate rates share shares ratio proportion probability taux quote anteil anteile tasa tasas proporción
    participación tasso tassi quota taxa taxas aandeel andel stopa udział wskaźnik доля рівень уровень частка 率 oran
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
    retribuzione retribuzioni stipendio reddito redditi prezzo prezzi salário salários rendimento rendimentos preço
    loon lonen inkomen lön löner inkomst wynagrodzenie wynagrodzenia płaca płace dochód зарплата зарплаты доход доходы
    дохід доходи плата ücret maaş
    """
)
"""Words for amounts of money. Alone they do not say which money."""
END_WORDS = words_in(
    "low high min max minimum maximum lowest highest from to median mean average value p10 p25 p75 p90"
)
"""Headers that say which amount it is, and not of what."""
YEAR_WORDS = words_in(
    """
    year years yr jahr jahre année annee an año ano anno année_universitaire anni år jaar rok roku рік год года
    év yıl vuosi 年 年度 調査年 연도 年份
    """
)
TIME_WORDS = words_in(
    """
    time period periods zeit zeitraum période temps tiempo período
    """
)
"""What the years across a header are called, beside years."""
WEEK_WORDS = words_in("week weeks wk woche wochen kw semaine semaines semana semanas settimana vecka uge uke viikko")
DATE_WORDS = words_in(
    """
    date day dates datum tag jour fecha día published updated deadline
    """
)
TELEPHONE_WORDS = words_in(
    "phone tel telephone telefon teléfono telefono téléphone telefone tlf mobile móvil movil handy fax"
)
CODE_WORDS = TELEPHONE_WORDS | words_in(
    """
    id ids code codes key ref nr no fips naics soc isic isced nace ukprn unitid cip cipcode opeid zip zipcode
    postcode plz postleitzahl nif dni cif nip bsn avs ahv matrikelnummer personalnummer isbn issn doi uai siren siret
    insee rome matricule kennung schlüssel kennziffer código codigo identifier identifiant index_code uuid guid
    ein duns lei ror codice cod kod
    koodi κωδικός код コード 番号 代码 代碼 编码 코드 nuts iso ags gkz ars_code bfs kommunenr istat
    """
)
"""Headers of codes and identifiers: written in digits, and never added up."""
COUNTING_WORDS = words_in(
    """
    number count headcount n rank ranking respondents sample size responses answers effectif effectifs nombre anzahl
    zahl número numero liczba antal aantal число кількість количество 人数 件数 人口 数
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
GROUP_WORDS = words_in(
    """
    all both sexes sex total men women male female males females boys girls persons people overall gesamt insgesamt
    zusammen männer frauen männlich weiblich personen ensemble hommes femmes garçons filles total ambos sexos hombres
    mujeres totale maschi femmine uomini donne homens mulheres totaal mannen vrouwen razem ogółem mężczyźni kobiety
    усього чоловіки жінки всего мужчины женщины 総数 計 男 女 男女計 total män kvinnor menn kvinner
    """
)
"""Headers that only say whom a number is about, so that the table's title says what is measured."""
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
    "pesos": "MXN", "reais": "BRL", "kronor": "SEK", "kroner": "NOK", "euró": "EUR", "euroa": "EUR", "zł": "PLN",
    "złotych": "PLN", "złote": "PLN", "kč": "CZK", "forint": "HUF", "lei": "RON", "руб": "RUB", "рублей": "RUB",
    "рубли": "RUB", "рублях": "RUB", "грн": "UAH", "гривень": "UAH", "гривня": "UAH", "гривнях": "UAH", "円": "JPY",
    "千円": "JPY", "万円": "JPY", "元": "CNY", "万元": "CNY", "원": "KRW", "천원": "KRW", "tl": "TRY", "lira": "TRY",
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
    r"\((?:thousands|000s|'000|’000|in 000|000['’]s|['’]000s|k|in k|tsd\.?)\)|"
    r"['’]000\b|\bthousands of\b|[(\[]?\b[x×]\s?1[., \u00a0]?000\b|"
    r"\b(?:in\s)?(?:tsd|tys|тис|тыс|tis|tusen|duizend(?:en|tallen)?|tusental|migliaia|milhares|milhar)\b\.?(?=[\s,)\]]|$)|"
    r"千[人円ドル戸世帯]|^\W*千|単位[：:]\s?千|천\s?명",
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
            rf"(?:^|[\s(\[])[Tk]\s?{_SIGN}|[(\[]\s?(?:in )?k\s?[)\]]|(?:,\s?|\bin )k\W*$|"
            rf"\bTEUR\b|{_SIGN}\s?k\b|\btsd\b",
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
NOTE = re.compile(
    r"\s*(?:notes?|footnotes?|sources?|data source|quellen?|anmerkung(?:en)?|hinweise?|fußnoten?|remarques?|fuentes?|"
    r"notas?|disclaimer|copyright|https?|fonti?|bron(?:nen)?|källa|kilde|lähde|źródł[oa]|uwag[ai]|zdroj|poznámk[ay]|"
    r"forrás|kaynak|πηγή|джерел[оа]|примітк[аи]|источник[и]?|примечани[ея]|kommentar|anm)\b|"
    r"\s*(?:出典|注|資料|備考|来源|資料來源|자료|주)|"
    r"\s*(?:lecture|champ|légende|legende|key|legend|symbols?|last updated|updated|stand|licen[cs]e|see|downloaded|"
    r"prepared by)\s*[:.]|\s*©|"
    r"\s*(?:\[\d+\]|\(\d+\)|\\\d+\\|\d{1,2}[/.)\]]\s|[*†‡#^¹²³⁴]+\s*\S|[a-z]\)\s|[-–—]{1,2}\s*(?:=|:|not\b|no\b))",
    re.IGNORECASE,
)
"""How a line begins that says something about the table and is no row of it."""
