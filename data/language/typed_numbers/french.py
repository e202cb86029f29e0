"""French words around numbers."""

from __future__ import annotations

from decimal import Decimal

from data.language.typed_numbers.vocabulary import Vocabulary, idioms, numbered, phrases, words_of

_ORDINALS = (
    "deuxième/second/seconde troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième"
)
_SPLITS = [
    *numbered("deux trois quatre cinq six sept huit neuf dix", 2).items(),
    *((str(number), number) for number in range(2, 11)),
]
_SPLIT = {
    (verb + end, "par", word): Decimal(number) if verb == "multipli" else round(1 / Decimal(number), 4)
    for verb, ends in (
        ("divis", ("é", "ée", "és", "ées", "ent", "e")),
        ("multipli", ("é", "ée", "és", "ées", "ent", "e")),
    )
    for end in ends
    for word, number in _SPLITS
}

WORDS = Vocabulary(
    cardinals=numbered(
        "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    )
    | {
        "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
        "huitante": 80,
        "octante": 80, "nonante": 90, "douzaine": 12, "dizaine": 10, "vingtaine": 20, "trentaine": 30,
        "cinquantaine": 50,
        "centaine": 100,
    },
    hundred=words_of("cent cents"),
    scales={
        "mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9, "mds": 10**9,
        "md": 10**9,
    },
    shortened=frozenset(),
    short_scales={"k": 10**3, "m": 10**6, "md": 10**9},
    joints=words_of("et"),
    weak=words_of("un une"),
    articles=frozenset(),
    only=words_of("seul seule seulement exactement qu"),
    decimal_signs=words_of("virgule"),
    phrased={
        ("un", "demi", "-", "million"): Decimal(500_000), ("demi", "-", "million"): Decimal(500_000),
        ("un", "quart", "de", "million"): Decimal(250_000), ("quart", "de", "million"): Decimal(250_000),
        ("trois", "quarts", "de", "million"): Decimal(750_000),
    },
    about=phrases(
        "environ, près de, près d ’, près d ', à peu près, autour de, autour d ’, plus de, plus d ’, plus d ', plus "
        "du, plus des, moins de, moins d ’, moins d ', moins du, quelque, presque, presque le, presque la, près du, "
        "près des, près de la, plus de la, moins de la, un peu plus de, quasiment, quasi, jusqu ’ à, jusqu ' à, au "
        "moins, approximativement, ~, ≈, >, <, environ le, environ la, environ les"
    ),
    minus=words_of("moins"),
    percent=phrases("%, pour cent, pourcent, p . cent"),
    points=phrases("points de pourcentage, point de pourcentage, points de pour cent, points, point, pp, pts"),
    times=phrases("fois, ×, x"),
    fold=(),
    and_a_half=phrases("et demi, et demie"),
    currencies={
        "euros": "EUR", "euro": "EUR", "dollars": "USD", "dollar": "USD", "livres": "GBP", "francs": "CHF",
        "yens": "JPY",
    },
    between_unit=words_of("de d"),
    fractions={
        "moitié": 2, "demi": 2, "demie": 2, "tiers": 3, "quart": 4, "quarts": 4,
        **numbered(
            "cinquième/cinquièmes sixième/sixièmes septième/septièmes huitième/huitièmes neuvième/neuvièmes "
            "dixième/dixièmes",
            5,
        ),
        "centième": 100, "centièmes": 100, "vingtième": 20,
    },
    fraction_phrases={},
    bare_fractions=phrases("la moitié, le tiers, le quart, les deux tiers, les trois quarts, moitié"),
    strict=words_of("cinquième sixième septième huitième neuvième dixième"),
    after_share=words_of("des de du d plus moins est sont et ou ont"),
    in_each=phrases("sur, sur les"),
    far_in_each=phrases("sur"),
    determined=words_of("les des ces ses leurs nos aux le la"),
    every=frozenset(),
    ordinals=numbered(_ORDINALS, 2),
    ordinal_ends=words_of("e è ème eme nd nde"),
    superlatives=("plus", "moins", "meilleur", "meilleure", "meilleurs", "meilleures", "pire"),
    far_superlatives=phrases(
        "le plus, la plus, les plus, le moins, la moins, les moins, le mieux, la mieux, les mieux"
    ),
    not_superlative=frozenset(),
    rank_stems=("\0",),
    ranks=words_of("rang place position"),
    ratios={
        "double": Decimal(2), "doublé": Decimal(2), "doublée": Decimal(2), "doublent": Decimal(2),
        "doubler": Decimal(2),
        "doublement": Decimal(2), "triple": Decimal(3), "triplé": Decimal(3), "triplent": Decimal(3),
        "tripler": Decimal(3),
        "quadruple": Decimal(4), "quadruplé": Decimal(4), "quintuplé": Decimal(5), "décuplé": Decimal(10),
    },
    not_ratio=words_of("diplôme diplômes licence cursus page interligne peine jeu sens face emploi compétence culture"),
    adverbs=frozenset(),
    after_adverb=words_of("plus moins supérieur supérieure supérieurs supérieures le la les ce celui celle"),
    ratio_phrases=_SPLIT,
    months=words_of(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr avr juil sept "
        "oct nov déc"
    ),
    month_links=words_of("er et ."),
    clock=phrases("h"),
    spelled_clock=(),
    before_hour=(),
    hours=phrases("heures, heure"),
    before_clock=phrases("à, vers, dès, de, avant, après, entre"),
    before_year=words_of(
        "en an année années depuis jusqu à de du des le la l dès avant après entre fin début mi printemps été automne "
        "hiver rentrée promotion septembre et ou pour édition"
    ),
    counted=(
        "diplômés", "diplômées", "étudiants", "étudiantes", "emplois", "postes", "personnes", "salariés", "entreprises",
        "employeurs",
        "candidats", "candidatures", "offres", "places", "femmes", "hommes", "répondants", "stages", "alternants",
        "apprentis", "ménages",
    ),
    labels=words_of(
        "j page pages p pp hall halls salle salles étage figure figures fig tableau tableaux chapitre chapitres "
        "section sections étape question questions no n nos numéro numéros version phase niveau palier partie ligne "
        "lignes colonne diapositive annexe classe stand stands bâtiment porte quai bus tram métro autoroute zone "
        "semaine jour module exercice volume vol article articles art alinéa formulaire encadré bloc aile labo sortie "
        "semestre groupe cohorte vague amphi amphithéâtre chambre poste téléphone arrondissement note notes échelle "
        "fiche licence master bac but type modèle saison épisode voie rubrique point bp cs option réponse terminal "
        "décret loi bureau nationale départementale"
    ),
    label_ends=(),
    street_before=frozenset(),
    streets=(),
    street_words=words_of(
        "rue avenue boulevard place quai allée allées chemin impasse square route bis ter faubourg"
    ),
    idioms=idioms(
        """l ' un, l ’ un, l ' une, l ’ une, les uns, un à un, une à une, un par un, une par une, à deux mains
        à neuf, flambant neuf, tout neuf, quoi de neuf, regard neuf, remettre à neuf, entre quatre yeux
        entre deux chaises, une fois, d ' une pierre deux coups, d ’ une pierre deux coups, une demi - heure
        demi - heure, une demi, demi - journée, un quart d ' heure, un quart d ’ heure, quart d ' heure
        quart d ’ heure, trois quarts d ' heure, trois quarts d ’ heure, deux fois par an, deux fois par semaine
        deux fois par mois, une fois par an, deux parts égales, trois ou quatre, quatre ou cinq, cent fois
        mille fois, il n ' y a pas deux, à deux chiffres, pas deux, neuf fois sur dix, 50 - 50
        trois fois par semaine, trois fois par an, deux fois par jour, tous les quatre matins, se mettre en quatre
        couper en deux, à cent pour cent, cent pour cent sûr, second degré, seconde main, de seconde main
        seconde nature, les deux parties, mille et un, mille mercis, mille et une, en mille morceaux
        deux poids deux mesures, au premier coup d ’ œil, double diplôme, première moitié, seconde moitié
        deuxième moitié, tiers payant, tiers de confiance, tiers - monde, un tiers de confiance, zéro déchet
        repartir de zéro, partir de zéro, de zéro, à zéro, deux - points, deux points :, entre deux, zéro faute
        cinquante - cinquante, un ou deux, une ou deux, deux ou trois, de plus, en un mot, en deux mots"""
    ),
    time_nouns=(
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
        "minute", "heure", "seconde", "jour", "semaine", "mois", "an", "année", "décennie", "semestre", "nuit",
        "trimestre", "siècle",
        "soir",
    ),
    around_time=words_of(
        "en dans pendant depuis durant après sous avant derniers dernières prochains prochaines premiers premières "
        "tous toutes ces dernière prochaine chaque à"
    ),
    behind_time=words_of("après avant auparavant durant plus"),
    measures=(
        "moyenne", "moyen", "médian", "pass", "baiss", "augment", "recul", "mett", "allong", "raccour",
    ),
    halves=("plus", "moins", "dessus", "dessous"),
    imperatives=words_of(
        "apporte prends demande prépare imprime écris lis choisis parle montre note fais dis pose cherche"
    ),
    imperative_ends=("ez",),
    leading=words_of("puis et aussi ensuite enfin d toujours alors ne n"),
    polite=frozenset(),
    advising=words_of(
        "devez devriez doit devrait faut suffit suffisent conseille conseillé conseillons vaut pensez prévoyez "
        "recommandé"
    ),
    rather=frozenset(),
    things=(
        "copie", "exemplaire", "question", "personne", "gens", "exemple", "phrase", "page", "chose", "point", "ami",
        "raison", "projet",
        "ligne", "mot", "fois", "conseil", "étape", "stylo", "référence", "minute", "heure", "jour", "semaine", "mois",
        "seconde",
        "diapositive", "objectif", "contact",
    ),
    pairs=words_of("les ces derniers dernières premiers premières autres des"),
    behind_pair=words_of("sont étaient peuvent doivent ont avaient diffèrent ne n se s et ou mais vont restent"),
    rhetoric=(
        "chose", "raison", "réponse", "risque", "remarque", "idée", "façon", "manière", "sorte", "côté", "phrase",
        "paragraphe", "erreur",
        "mythe", "leçon", "conseil", "mot", "option", "message", "but", "histoire", "mise", "sens", "aspect", "vérité",
        "avantage", "règle",
        "conclusion", "explication", "habitude", "stratégie", "monde", "question", "objectif",
        "catégorie", "situation", "forme", "page",
    ),
    ranges=words_of("à et ou"),
)  # fmt: skip
