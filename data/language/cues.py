"""Words by which a sentence says what its number is: a sum, a mean, a middle, a change, a multiple, what is left."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

_CUES = {
    "en": {
        "sum": "total together altogether sum combined overall add adds in all",
        "mean": "average mean averages averaged typically",
        "median": "median middle",
        "change": "more fewer less rose rise rises risen grew grow grown growth fell fall fallen increase increased"
        " change added gained lost dropped drop since above below higher lower gap difference between ahead",
        "ratio": "times twice doubled double doubles tripled triple as many much fold",
        "rest": "rest remaining other others not left",
        "share": "share part proportion percentage of",
    },
    "de": {
        "sum": "gesamt insgesamt zusammen summe total alle",
        "mean": "durchschnitt durchschnittlich mittel mittelwert schnitt",
        "median": "median mitte",
        "change": "mehr weniger stieg steigt gestiegen wuchs gewachsen wachstum sank gesunken fiel gefallen zunahme"
        " abnahme veränderung seit über unter höher niedriger abstand unterschied vor",
        "ratio": "mal doppelt verdoppelt dreifach verdreifacht so viel viele fach",
        "rest": "rest übrige übrigen andere anderen nicht",
        "share": "anteil teil prozentsatz von der",
    },
    "fr": {
        "sum": "total ensemble somme tout toutes",
        "mean": "moyenne moyen moyens",
        "median": "médiane médian milieu",
        "change": "plus moins augmenté augmente hausse baissé baisse croissance depuis dessus dessous écart différence"
        " entre supérieur inférieur gagné perdu",
        "ratio": "fois double doublé triple triplé autant",
        "rest": "reste autres restants pas",
        "share": "part proportion pourcentage des de",
    },
    "es": {
        "sum": "total conjunto suma todos todas",
        "mean": "media promedio medio",
        "median": "mediana medio",
        "change": "más menos subió aumentó aumento creció crecimiento bajó cayó desde sobre debajo diferencia brecha"
        " entre superior inferior",
        "ratio": "veces doble duplicó triple triplicó",
        "rest": "resto otros restantes no",
        "share": "parte proporción porcentaje de los",
    },
}
"""Of each kind, words that stand in sentences about it; which of several values is meant, they help to say."""


@cache
def cues(language: str) -> MappingProxyType[str, frozenset[str]]:
    """Kind of a computed number → words that tell it, in the language of a BCP 47 tag such as "de-DE"."""
    return MappingProxyType({kind: frozenset(said.split()) for kind, said in _CUES[language.split("-")[0]].items()})
