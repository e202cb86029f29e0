"""Answers whose order everybody knows, lowest first, in the languages in which surveys ask."""

from __future__ import annotations

import re

Ranks = tuple[frozenset[str], ...]
"""An order: for each rank the ways in which it is said, in small letters."""

NO_ANSWERS = frozenset(
    (
        "not applicable", "n/a", "na", "don't know", "do not know", "no opinion", "prefer not to say",
        "prefer not to answer", "no answer", "not sure", "unsure", "weiß nicht", "keine angabe", "k.a.",
        "trifft nicht zu / keine angabe", "ne sait pas", "sans réponse", "non concerné", "sans opinion", "no sabe",
        "no contesta", "ns/nc", "no aplica", "entfällt",
    )
)  # fmt: skip
"""Answers beside an order that say nothing of it."""
_OPPOSITES = (
    "dissatisfied satisfied", "disagree agree", "unlikely likely", "unimportant important", "difficult easy",
    "unprepared prepared", "uncomfortable comfortable", "ineffective effective", "unhelpful helpful",
    "negative positive", "unhappy happy", "disappointed pleased",
)  # fmt: skip
"""What surveys grade from one end to the other."""
_FROM_NOTHING = (
    "satisfied", "likely", "important", "helpful", "useful", "confident", "prepared", "interested", "familiar",
    "effective", "clear", "concerned", "comfortable",
)  # fmt: skip
"""What they grade from nothing."""
_DEGREES = (
    "extremely | completely | totally | strongly < very < mostly | moderately < < "
    "somewhat | rather | fairly | quite < slightly | a little | tend to"
)
_UPWARDS = (
    "not at all {0} | not {0} at all | not {0} < not very {0} | not too {0} | not so {0} < slightly {0} | "
    "a little {0} < somewhat {0} | fairly {0} < moderately {0} | {0} < quite {0} | mostly {0} < very {0} < "
    "extremely {0} | completely {0}"
)
_MIDDLE = (
    "neither {0} nor {1} | neither {1} nor {0} | neither {0} or {1} | neither {1} or {0} | neutral | neither | "
    "undecided"
)
_WRITTEN = """
xxs < xs < s < m < l < xl < xxl < xxxl
very small < small < medium < large < very large
very low < low < medium | moderate | average < high < very high
basic < elementary < intermediate < upper intermediate < advanced < proficient < expert
beginner < elementary < intermediate < advanced < expert
novice < advanced beginner < competent < proficient < expert
entry | entry level < junior < mid | mid level < senior | senior level < lead < principal < executive |
    executive level
a1 < a2 < b1 < b2 < c1 < c2
first year | first-year | 1st year | freshman | freshmen | year 1 < second year | 2nd year | sophomore |
    sophomores | year 2 < third year | 3rd year | junior | juniors | year 3 < fourth year | 4th year | senior |
    seniors | year 4 < fifth year | 5th year | fifth year senior | year 5 < graduate | graduate student | grad
    student | graduates < doctoral | phd | doctoral student
never < almost never | hardly ever | very rarely < rarely | seldom < occasionally | once in a while < sometimes
    < about half the time < often | frequently < usually | most of the time | very often < almost always |
    nearly always < always
never < less than once a year < once a year | yearly | annually < once a semester | once a term < several times
    a year | a few times a year | quarterly < monthly | once a month < a few times a month | 2-3 times a month <
    weekly | once a week < a few times a week | 2-3 times a week | several times a week < daily | every day <
    several times a day
not at all < a little | slightly | very little | to a small extent < somewhat | to some extent | moderately | to
    a moderate extent < quite a bit | a lot | to a great extent | very < a great deal | extremely | very much |
    completely
terrible | awful | very poor < poor | bad < fair | average | ok | acceptable < good < very good < excellent |
    outstanding
much worse < worse | somewhat worse < about the same | the same | same < better | somewhat better < much better
far below expectations | far short of expectations < below expectations | short of expectations < met
    expectations | equals expectations | meets expectations < exceeded expectations | exceeds expectations < far
    exceeded expectations | far exceeds expectations
no high school | less than high school < high school | high school diploma < some college < associate |
    associate degree | associate's degree < bachelor | bachelor's | bachelor's degree | bachelors < master |
    master's | master's degree | masters < doctorate | doctoral degree | phd
sehr niedrig < niedrig | gering < mittel < hoch < sehr hoch
klein < mittel < groß
sehr unzufrieden | äußerst unzufrieden < unzufrieden < eher unzufrieden < teils/teils | teils, teils | teils
    teils | weder noch | neutral | weder zufrieden noch unzufrieden < eher zufrieden < zufrieden < sehr
    zufrieden | äußerst zufrieden
stimme überhaupt nicht zu | stimme gar nicht zu | stimme nicht zu < stimme eher nicht zu | stimme teilweise
    nicht zu < teils/teils | teils, teils | teils teils | weder noch | neutral | unentschieden < stimme eher zu
    | stimme teilweise zu < stimme zu < stimme voll zu | stimme voll und ganz zu | stimme völlig zu | stimme
    sehr zu
trifft überhaupt nicht zu | trifft gar nicht zu | trifft nicht zu < trifft eher nicht zu < teils/teils | teils,
    teils | teils teils | weder noch | neutral < trifft eher zu < trifft zu | trifft voll zu | trifft voll und
    ganz zu | trifft völlig zu
nie | niemals < fast nie < selten < gelegentlich < manchmal < oft | häufig < sehr oft | meistens < fast immer <
    immer
sehr schlecht < schlecht < mittelmäßig | befriedigend | teils/teils < gut < sehr gut
sehr unwahrscheinlich < unwahrscheinlich < eher unwahrscheinlich < neutral | weder noch < eher wahrscheinlich <
    wahrscheinlich < sehr wahrscheinlich
überhaupt nicht wichtig | völlig unwichtig | sehr unwichtig < unwichtig | nicht wichtig < eher unwichtig <
    teils/teils | neutral | weder noch < eher wichtig < wichtig < sehr wichtig
très faible < faible < moyen < élevé < très élevé
pas du tout satisfait | très insatisfait < insatisfait | peu satisfait < plutôt insatisfait | plutôt pas
    satisfait < ni satisfait ni insatisfait | neutre < plutôt satisfait | assez satisfait < satisfait < très
    satisfait | tout à fait satisfait
pas du tout d'accord | tout à fait en désaccord | fortement en désaccord < pas d'accord | en désaccord < plutôt
    pas d'accord | plutôt en désaccord < ni d'accord ni pas d'accord | ni en accord ni en désaccord | neutre |
    ni d'accord, ni pas d'accord < plutôt d'accord < d'accord < tout à fait d'accord | entièrement d'accord
jamais < presque jamais | très rarement < rarement < de temps en temps | occasionnellement < parfois |
    quelquefois < souvent < très souvent | le plus souvent < presque toujours < toujours
très mauvais < mauvais < moyen | passable < bon < très bon < excellent
très improbable < improbable | peu probable < neutre < probable < très probable
pas du tout important < peu important | pas important < moyennement important | neutre < assez important |
    plutôt important < important < très important
l1 | licence 1 < l2 | licence 2 < l3 | licence 3 < m1 | master 1 < m2 | master 2 < doctorat
muy bajo < bajo < medio < alto < muy alto
nada satisfecho | muy insatisfecho < insatisfecho | poco satisfecho < algo insatisfecho < ni satisfecho ni
    insatisfecho | neutral | indiferente < algo satisfecho | bastante satisfecho < satisfecho < muy satisfecho |
    totalmente satisfecho
totalmente en desacuerdo | muy en desacuerdo < en desacuerdo < algo en desacuerdo < ni de acuerdo ni en
    desacuerdo | neutral | indiferente < algo de acuerdo < de acuerdo < totalmente de acuerdo | muy de acuerdo
nunca < casi nunca < rara vez | raramente < ocasionalmente < a veces | algunas veces < a menudo | frecuentemente
    | con frecuencia < muy a menudo | la mayoría de las veces < casi siempre < siempre
muy malo | muy mal < malo | mal < regular < bueno | bien < muy bueno | muy bien < excelente
muy improbable < improbable | poco probable < neutral < probable < muy probable
nada importante < poco importante < algo importante | neutral < importante | bastante importante < muy
    importante
"""
"""An order a line, its ranks divided by <, ways to say the same by bars; a line that goes on is indented."""


def said(text: str) -> str:
    """An answer as it is looked up: in small letters, without the endings that stand for both sexes.

    >>> said("Plutôt satisfait(e)"), said("Muy satisfecho/a")
    ('plutôt satisfait', 'muy satisfecho')
    """
    plain = re.sub(r"\(e\)|\(a\)|/-?as?\b|·e\b", "", text.replace("\u2019", "'").lower())
    return " ".join(plain.split())


def _ranks(line: str) -> Ranks:
    return tuple(frozenset(said(way) for way in rank.split("|")) for rank in line.split("<"))


def _between(low: str, high: str) -> Ranks:
    """A scale from a word to its opposite, with every degree of both."""
    degrees = [[degree.strip() for degree in degrees.split("|")] for degrees in _DEGREES.split("<")]

    def graded(word: str) -> list[frozenset[str]]:
        return [
            frozenset(way.strip() for one in ways for way in (f"{one} {word}", f"{word} {one}")) for ways in degrees
        ]

    return (*graded(low), *_ranks(_MIDDLE.format(low, high)), *reversed(graded(high)))


SCALES: tuple[Ranks, ...] = (
    *(_ranks(line) for line in re.split(r"\n(?! )", _WRITTEN.strip())),
    *(_between(*pair.split()) for pair in _OPPOSITES),
    *(_ranks(_UPWARDS.format(word)) for word in _FROM_NOTHING),
)
"""Each order; the first that has a rank for every answer is taken."""
