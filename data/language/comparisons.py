"""Words by which a title compares, in each language that Fairsheet speaks: what they say may be true today only.

Told are those that leave little doubt: a word that compares in one sentence and not in another counts where its
neighbours decide, such as "earn most" and not "most people".
"""

from __future__ import annotations

import re
from functools import cache

_COUNTED_EN = r"(?!(?:the )?(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d+) )"
"""Not "the ten largest": that says which are meant, and the data say which they are."""
_FRACTION_EN = r"(?:half|a (?:half|third|quarter|fifth|sixth|eighth|tenth|dozen|hundred|thousand|million)|one in)"
_HIGHER_EN = (
    "higher|lower|larger|smaller|bigger|better|worse|faster|slower|longer|shorter|greater|stronger|weaker|older|younger"
    "|cheaper|dearer|richer|poorer|wider|narrower|closer|steeper"
)
_HIGHEST_EN = (
    "highest|lowest|largest|smallest|biggest|fastest|slowest|longest|shortest|greatest|strongest|weakest|oldest|youngest"
    "|cheapest|dearest|richest|poorest|widest|narrowest|closest|steepest|fewest"
)
_GAIN_EN = "earn|pay|cost|make|grow|rise|fall|gain|lose|spend|save|sell|win|score|rank|fare|do|perform|work|differ"
_HOEHER_DE = (
    "höher|niedriger|größer|kleiner|stärker|schwächer|schneller|langsamer|länger|kürzer|teurer|billiger|günstiger|älter"
    "|jünger|besser|schlechter|häufiger|seltener|ärmer|reicher|breiter|schmaler|enger"
)
_HOECHST_DE = (
    "höchst|niedrigst|größt|kleinst|stärkst|schwächst|schnellst|langsamst|längst|kürzest|teuerst|billigst|günstigst"
    "|ältest|häufigst|seltenst|ärmst|reichst|bestbezahlt|meistverdienend|bestverdienend"
)
_ZAHLT_DE = r"(?:verdien\w*|(?:be)?zahl\w*|kost\w*|bekomm\w*|brauch\w*|hab\w*|hat|schneide\w*)"
_GAGNE_FR = r"(?:gagn\w+|pai\w+|pay\w+|coût\w+|rapport\w+|rémunèr\w+|vend\w+|touch\w+)"
_GANA_ES = r"(?:gan\w+|pag\w+|cobr\w+|cuest\w+|vend\w+|ingres\w+)"

_PATTERNS: dict[str, tuple[str, ...]] = {
    "en": (
        r"\bthe most\b(?! of| part\b)",
        rf"(?<!^)\b(?:{_GAIN_EN}|pa|ha)(?:s|es|ys|ve)? (?:the )?(?:most|least|best|worst)\b",
        r"\b(?:is|are|was|were) (?:the )?(?:most|least|best|worst)\b",
        r"\b(?:is|are|was|were) (?:paid|rated|ranked) (?:more|less|most|least|best|worst|better|worse)\b",
        rf"\b{_COUNTED_EN}\w+ (?:{_HIGHEST_EN})\b",
        rf"^(?:{_HIGHEST_EN})\b",
        rf"\b{_COUNTED_EN}\w+ (?:best|worst|most|least|highest|lowest)[- ](?:paid|earning|paying|rated|ranked)\b",
        r"^(?:best|worst|most|least|highest|lowest)-(?:paid|earning|paying|rated|ranked)\b",
        rf"\bthe (?:{_HIGHER_EN}|more|less|fewer)\b(?! you)[^.!?;:]*,? the (?:{_HIGHER_EN}|more|less|fewer)\b(?! you)",
        r"\b(?:more|fewer|less) (?:\w+ ){1,4}(?:every|each) year\b",
        rf"\b(?:more|less|fewer) than (?:{_FRACTION_EN}|\d|two|three|four|five|ten|\w+fold|double|twice)",
        rf"\b(?:more|less|fewer|{_HIGHER_EN}|earlier|later|sooner)\b(?! about| on| for| from)[^.!?;:]*\bthan\b"
        r"(?! (?:an?|just|ever|you|we|meets|one)\b)",
        rf"(?<!^)\b(?:{_GAIN_EN})(?:s|es)? (?:\w+ly )?(?:more|less|fewer|{_HIGHER_EN})\b(?! about| attention| time)",
        r"\b(?:has|have|had|with) (?:more|fewer|less) \w+ (?:is|are|pay|earn|get|have)s?\b",
        rf"\b(?:is|are|was|were|gets?|becomes?|became|stays?) (?:\w+ )?(?:{_HIGHER_EN})\b",
        r"\b(?:doubl|tripl|quadrupl|halv)(?:ed|es)\b|\btwice (?:as|the|that|what|its|their)\b|\bthree times\b",
        r"\b(?:two|three|four|five|six|seven|eight|nine|ten|hundred|\d+)-?fold\b|\btimes (?:as|more|the|higher)\b",
        r"(?<!^)\b(?:rises|rose|risen|falls|fell|fallen|grows|grew|grown|shrinks|shrank|increases|increased|decreases"
        r"|decreased|declines|declined|drops|dropped|climbs|climbed|soars|soared|plunged|surged|jumped|peaked|narrows"
        r"|narrowed|widens|widened|slows|slowed)\b",
        r"\b\w+s (?:rise|grow|shrink|increase|decrease|decline|fall|drop)"
        r"(?=$|[,.;:]| (?:by|since|every|each|faster|sharply|slowly|again)\b)",
        r"\b(?:is|are|was|were|been|keeps?|still) (?:rising|falling|growing|shrinking|increasing|decreasing"
        r"|declining)\b",
        r"(?<!^)(?<!the )(?<!team )(?<!your )(?<!an )(?<!can )(?<!to )\b(?:leads?|led)\b"
        r"(?! (?:to|into|through|the way|by|an?|you|your|with|from|both|time)\b)",
        r"\b(?:comes?|came|ranks?|ranked|is|are|puts? \w+|stands?) (?:first|last)\b",
        r"\b(?:is|are|far|well|stays?|pulls?|comes?) ahead\b|\b(?:lags?|trails?) behind\b",
        r"(?<!^)\b(?:outearn|outpace|exceed|surpass|overtake|outnumber|outperform)s?\b|\btops? (?:the|all|every)\b",
        r"\b(?:is|are|in) (?:a|the) (?:small |large |clear |vast )?(?:majority|minority)\b",
        r"\b(?:much|about|nearly|almost) the same\b|\bclose together\b",
        r"\bas (?:much|many|high|low|large|often|well) as\b(?! (?:you|possible|we|i|they)\b)",
    ),
    "de": (
        r"\bam (?!besten|ersten|nächsten|letzten|liebsten|ehesten|jüngsten)\w+sten\b|\bam (?:meisten|wenigsten)\b",
        rf"\b{_ZAHLT_DE} (?:\w+ )?am besten\b",
        rf"(?<!zwei )(?<!drei )(?<!vier )(?<!fünf )(?<!zehn )(?<!zwanzig )\b(?:{_HOECHST_DE})e[nrsm]?\b",
        rf"\b(?:mehr|weniger|{_HOEHER_DE})\b(?! über| zu\b| von| für| erfahren)[^.!?;:]*\bals\b"
        r"(?! (?:nur|eine?|je|Sie)\b)",
        r"\b(?:mehr|weniger) als (?:die Hälfte|ein (?:Drittel|Viertel|Fünftel|Zehntel)|doppelt|jede|\d)",
        rf"(?<!^)\b{_ZAHLT_DE} (?:\w+ )?(?:mehr|weniger|besser|schlechter)\b(?! über)",
        rf"\b(?:ist|sind|war|waren|wird|werden|bleibt|bleiben) (?:\w+ )?(?:{_HOEHER_DE})\b",
        r"\b(?:verdoppel|verdreifach|vervierfach|halbier)\w+|\b(?:doppelt|dreimal|viermal|zweimal|halb) so\b"
        r"|\b(?:zwei|drei|vier|fünf|zehn)fache\w*\b",
        r"(?<!^)(?<!Sie )(?<!wir )(?<!zu )\b(?:steigt|steigen|stieg|stiegen|gestiegen|sinkt|sinken|sank|sanken|gesunken"
        r"|wächst|wachsen|wuchs|wuchsen|gewachsen|schrumpft|schrumpfen|zugenommen|abgenommen|fiel|fielen)\b"
        r"(?! (?:ein|um|auf|Sie)\b(?! \d))",
        r"\bfällt\b(?! (?:auf|ein|aus|leicht|schwer)\b)|\b(?:ist|sind) gefallen\b",
        r"\b(?:nimmt|nehmen) (?:\w+ )?(?:zu|ab)\b",
        r"(?<!^)\b(?:führt|führen)\b(?! (?:zu|durch|in|Sie|wir|auch|Gespräche|nach|viele)\b)|\ban der Spitze\b",
        r"\b(?:liegt|liegen|steht|stehen|kommt|kommen) (?:\w+ )?(?:vorn|vorne|hinten|zurück|an erster Stelle|zuerst)\b",
        r"\b(?:übertrifft|übertreffen|übertraf|überholt|überholen)\b",
        r"\b(?:ist|sind|bilden|stellen) (?:die|eine|in der) (?:Mehrheit|Minderheit|Mehrzahl)\b",
        r"\b(?:eben|genau)?so (?:viele?|hoch|niedrig|groß|oft|gut) wie\b(?! (?:möglich|Sie)\b)",
        r"\b(?:fast|etwa) gleich\b",
    ),
    "fr": (
        r"\b(?:le|la|les) (?:plus|moins|mieux) (?!souvent|tôt|simple|possible|que\b|d)\w+",
        rf"(?<!^)\b{_GAGNE_FR} (?:le )?(?:plus|moins|mieux|davantage)\b",
        r"\b(?:plus|moins|mieux|davantage|meilleure?s?|pires?|supérieure?s?|inférieure?s?)\b(?! sur| d['’]informations)"
        r"[^.!?;:]*\b(?:que\b|qu['’])(?! (?:jamais|vous)\b)(?!une?\b)",
        r"\b(?:plus|moins) (?:de la moitié|d['’]un (?:tiers|quart|dixième|cinquième)|de (?:deux|trois|\d))",
        r"\b(?:est|sont|était|étaient|reste|restent) (?:\w+ )?(?:supérieur|inférieur|meilleur|pire)e?s?\b",
        r"(?<!^)\b(?:augmente|augmentent|augmenté|progresse|progressent|progressé|croît|croissent|grimpe|grimpent|grimpé"
        r"|bondit|bondissent|recule|reculent|reculé|baisse|baissent|baissé|diminue|diminuent|diminué|chute|chutent"
        r"|chuté|doublent|triple|triplent|triplé)\b",
        r"\b(?:a|ont) doublé\b|\bdouble en\b|\ben (?:hausse|baisse|recul)\b",
        r"\b(?:deux|trois|quatre|\d) fois (?:plus|moins)\b",
        r"\ben tête\b|\barrive(?:nt)? (?:en )?(?:premi|derni)\w+\b|\b(?:dépasse|devance|surpasse)(?:nt)?\b",
        r"\b(?:est|sont) (?:\w+ )?(?:en (?:majorité|minorité)|majoritaires?|minoritaires?|une (?:majorité|minorité))\b",
        r"\b(?:autant|aussi \w+) que\b(?! (?:possible|vous)\b)|\b(?:presque|à peu près) (?:le|la|les) mêmes?\b",
    ),
    "es": (
        r"\b(?:el|la|los|las) (?:\w+ )?(?:más|menos) (?!que\b|de\b)\w+|\b(?:el|la|los|las) (?:mayor|menor)(?:es)?\b",
        rf"(?<!^)\b{_GANA_ES} (?:\w+ )?(?:más|menos|mejor|peor)\b(?! atención)",
        r"\b(?:más|menos|mejor|peor|mayor|menor)(?:es)?\b(?! sobre| información)[^.!?;:]*\bque\b"
        r"(?! (?:una?|nunca|usted)\b)",
        r"\b(?:más|menos) de (?:la mitad|un (?:tercio|cuarto|quinto|décimo)|una de|dos|tres|\d)",
        r"\b(?:es|son|era|eran|sigue|siguen) (?:\w+ )?(?:mayor|menor|mejor|peor|superior|inferior)(?:es)?\b",
        r"(?<!^)(?<!la )(?<!una )(?<!de )(?<!planta )\b(?:sube|suben|subió|subieron|bajan|bajó|bajaron|crece|crecen"
        r"|creció|crecieron|aumenta|aumentan|aumentó|aumentaron|disminuye|disminuyen|disminuyó|cae|caen|cayó|cayeron|duplica"
        r"|duplican|duplicó|duplicaron|triplica|triplicó)\b",
        r"\b(?:ha|han) (?:subido|bajado|crecido|aumentado|disminuido|caído|duplicado)\b",
        r"\b(?:el doble|la mitad) (?:de|que)\b"
        r"|\b(?:dos|tres|cuatro|\d) veces (?:más|menos)\b",
        r"(?<!^)\b(?:lidera|lideran|encabeza|encabezan|supera|superan)\b|\ben cabeza\b",
        r"\b(?:va|van|queda|quedan|llega|llegan) (?:primer|últim)[oa]s?\b",
        r"\b(?:es|son) (?:una )?(?:mayoría|minoría)\b|\btant[oa]s? (?:\w+ )?como\b|\bcasi (?:lo|el|la) mism[oa]\b",
    ),
}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _PATTERNS[language]), re.IGNORECASE)


def compares(text: str, language: str) -> str:
    """The words by which a title in `language`, a BCP 47 tag, compares; empty for one that does not.

    >>> compares("Engineers earn the most", "en-US")
    'the most'
    >>> compares("What most people ask", "en-US")
    ''
    """
    found = _pattern(language.split("-")[0]).search(" ".join(text.split()))
    return found[0].strip() if found else ""
