"""Spanish words around numbers."""

from __future__ import annotations

from decimal import Decimal

from data.language.typed_numbers.vocabulary import Vocabulary, idioms, listed, numbered, phrases, words_of

_HUNDREDS = listed("doscient trescient cuatrocient quinient seiscient setecient ochocient novecient")

WORDS = Vocabulary(
    cardinals=numbered(
        "cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
        "diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro "
        "veinticinco veintiséis veintisiete veintiocho veintinueve treinta"
    )
    | {
        "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100,
        "ciento": 100,
        "docena": 12, "decena": 10, "veintena": 20,
        **{stem + end: 200 + 100 * n for n, stem in enumerate(_HUNDREDS) for end in ("os", "as")},
    },
    hundred=frozenset(),
    scales={"mil": 10**3, "millón": 10**6, "millones": 10**6, "mill": 10**6, "billón": 10**12, "billones": 10**12},
    shortened=words_of("mill"),
    short_scales={"k": 10**3, "m": 10**6},
    joints=words_of("y"),
    weak=words_of("un uno una"),
    articles=frozenset(),
    only=words_of("solo sólo solamente exactamente único única"),
    decimal_signs=words_of("coma punto"),
    phrased={
        ("medio", "millón"): Decimal(500_000), ("un", "cuarto", "de", "millón"): Decimal(250_000),
        ("cuarto", "de", "millón"): Decimal(250_000), ("tres", "cuartos", "de", "millón"): Decimal(750_000),
    },
    about=phrases(
        "menores de, mayores de, unos, unas, cerca de, alrededor de, aproximadamente, casi, casi la, casi el, más de, "
        "más de la, más del, menos de, menos de la, menos del, cerca de la, alrededor de la, aproximadamente la, en "
        "torno a, en torno al, hasta, al menos, poco más de, poco menos de, algo más de, ~, ≈, >, <, casi un, cerca "
        "del"
    ),
    minus=words_of("menos"),
    percent=phrases("%, por ciento, por cien"),
    points=phrases("puntos porcentuales, punto porcentual, puntos de porcentaje, puntos, punto, pp"),
    times=phrases("veces, ×, x"),
    fold=(),
    and_a_half=phrases("y medio, y media"),
    currencies={
        "euros": "EUR", "euro": "EUR", "dólares": "USD", "dólar": "USD", "pesos": "USD", "peso": "USD",
        "libras": "GBP", "francos": "CHF", "yenes": "JPY",
    },
    between_unit=words_of("de"),
    fractions={
        "mitad": 2, "tercio": 3, "tercios": 3, "cuarto": 4, "cuartos": 4, "quinto": 5, "quintos": 5, "décimo": 10,
        "sexto": 6, "octavo": 8,
    },
    fraction_phrases={
        (stem + end, part): n
        for n, stem in enumerate(("tercer", "cuart", "quint", "sext", "séptim", "octav", "noven", "décim"), 3)
        for end, part in (("a", "parte"), ("as", "partes"))
    },
    bare_fractions=phrases(
        "la mitad, mitad, el tercio, la tercera parte, la cuarta parte, la quinta parte, la décima parte"
    ),
    strict=words_of("cuarto quinto sexto octavo décimo"),
    after_share=words_of("de del más menos es son y o"),
    in_each=phrases("de cada, de"),
    far_in_each=phrases("de cada"),
    determined=words_of("los las estos estas sus esos esas ambos ambas el la"),
    every=frozenset(),
    ordinals=numbered(
        "segundo/segunda tercer/tercero/tercera cuarto/cuarta quinto/quinta sexto/sexta séptimo/séptima octavo/octava "
        "noveno/novena décimo/décima",
        2,
    ),
    ordinal_ends=words_of("º ª er o a"),
    superlatives=("más", "menos", "mejor", "peor", "mayor", "menor"),
    far_superlatives=phrases("más, menos, mejor, peor"),
    not_superlative=frozenset(),
    rank_stems=("\0",),
    ranks=words_of("lugar puesto posición"),
    ratios={
        "doble": Decimal(2), "duplicado": Decimal(2), "duplicó": Decimal(2), "duplica": Decimal(2),
        "duplican": Decimal(2),
        "duplicaron": Decimal(2), "duplicará": Decimal(2), "duplicarse": Decimal(2), "triple": Decimal(3),
        "triplicado": Decimal(3),
        "triplicó": Decimal(3), "triplica": Decimal(3), "triplican": Decimal(3), "triplicaron": Decimal(3),
        "cuádruple": Decimal(4),
        "cuadruplicado": Decimal(4), "quíntuple": Decimal(5),
    },
    not_ratio=words_of("grado grados titulación titulaciones espacio cara clic sentido nacionalidad filo check vía"),
    adverbs=frozenset(),
    after_adverb=words_of("más menos superior superiores mayor mayores lo el la los las"),
    ratio_phrases={
        (verb, "por", word): Decimal(n)
        for verb in ("multiplicó", "multiplica", "multiplicaron", "multiplicado", "multiplican")
        for word, n in (("dos", 2), ("tres", 3), ("cuatro", 4), ("cinco", 5), ("diez", 10))
    }
    ,
    months=words_of(
        "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene feb "
        "mar abr jun jul ago sept oct nov dic"
    ),
    month_links=words_of("de º al a y ."),
    clock=phrases("h, a . m, p . m"),
    spelled_clock=(),
    before_hour=phrases("y cuarto"),
    hours=phrases("horas, de la mañana, de la tarde"),
    before_clock=phrases("a las, las, de, desde las"),
    before_year=words_of(
        "en año años curso desde hasta de del el la entre finales principios mediados primavera verano otoño invierno "
        "promoción y o para edición septiembre"
    ),
    counted=(
        "titulados", "tituladas", "graduados", "graduadas", "estudiantes", "empleos", "puestos", "personas",
        "empleados", "empresas",
        "candidatos", "candidaturas", "ofertas", "plazas", "mujeres", "hombres", "encuestados", "prácticas",
        "trabajadores", "hogares",
        "vacantes", "alumnos",
    ),
    labels=words_of(
        "página páginas pág págs p pp pabellón pabellones sala salas aula aulas planta piso figura figuras fig tabla "
        "tablas capítulo capítulos sección apartado paso pregunta preguntas número números núm nº n no versión fase "
        "nivel parte línea fila columna diapositiva anexo clase estand stand stands caseta edificio puerta andén "
        "autobús bus tranvía metro autopista zona semana día módulo ejercicio volumen vol artículo artículos art "
        "párrafo formulario recuadro bloque ala laboratorio salida semestre grupo cohorte ola habitación extensión "
        "teléfono nota notas ficha tipo modelo temporada episodio vía punto opción respuesta terminal ley carretera "
        "despacho mesa máster grado"
    ),
    label_ends=(),
    street_before=words_of("calle avenida plaza paseo ronda avda"),
    streets=(),
    street_words=frozenset(),
    idioms=idioms(
        """uno a uno, una a una, uno por uno, una por una, cada uno, cada una, uno de los, una de las, el uno, la una
        uno mismo, una vez, unos y otros, media hora, medio día, una hora y media, un cuarto de hora, cuarto de hora
        tres cuartos de hora, y cuarto, menos cuarto, dos veces al año, dos veces por semana, dos veces al mes
        tres veces al año, tres veces por semana, dos veces al día, a primera vista, en segundo lugar
        en tercer lugar, en cuarto lugar, segunda mano, de segunda mano, tercera persona, por un lado
        matar dos pájaros de un tiro, dos pájaros, mil gracias, cien por cien seguro, al cien por cien
        entre cuatro paredes, cuatro ojos, en dos palabras, desde cero, de cero, partir de cero, a cero
        cero residuos, en un dos por tres, primera mitad, segunda mitad, mitad de precio, a mitad de, una de dos
        dos puntos :, cincuenta por ciento de probabilidades, dos partes iguales, tres o cuatro, cuatro o cinco
        mil veces, cien veces, no hay dos, dos dígitos, dos más dos, nueve veces de cada diez, uno o dos, una o dos
        dos o tres, doble grado, doble titulación, tercer mundo, tercera edad, en cuatro patas, de dos en dos"""
    ),
    time_nouns=(
        "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
        "minuto", "hora", "segundo", "día", "semana", "mes", "año", "década", "semestre", "noche", "trimestre",
        "cuatrimestre", "siglo",
        "curso",
    ),
    around_time=words_of(
        "en durante tras desde hace después dentro últimos últimas próximos próximas primeros primeras cada estos "
        "estas por antes otros"
    ),
    behind_time=words_of("después antes más atrás desde"),
    measures=(
        "media", "mediana", "mediano", "promedio", "bajó", "bajan", "subió", "suben", "aument", "redu", "tard", "pasó",
        "alarg", "acort",
    ),
    halves=("más", "menos", "encima", "debajo"),
    imperatives=words_of(
        "lleva lleve llevad pregunta pregunte practica practique prepara prepare imprime imprima escribe escriba lee "
        "lea elige elija pide pida haz haga toma tome habla hable busca busque muestra muestre nombra nombre compara "
        "compare visita visite dedica dedique apunta apunte ensaya ensaye envía envíe guarda guarde trae traiga "
        "reserva reserve responde responda explica explique da dé contacta contacte revisa revise anota anote aprende "
        "aprenda espera espere llama llame lleguen llega llegue cuenta cuente di diga planifica planifique limita "
        "limite resume resuma deja deje pon ponga piensa piense"
    ),
    imperative_ends=(),
    leading=words_of("luego y también después primero por siempre ahora entonces no finalmente"),
    polite=frozenset(),
    advising=words_of(
        "debe debes debería deberías conviene basta bastan recomienda recomendamos aconseja hay tienes procura intenta"
    ),
    rather=frozenset(),
    things=(
        "copia", "ejemplar", "pregunta", "persona", "ejemplo", "frase", "página", "cosa", "punto", "amigo", "razón",
        "razones",
        "proyecto", "línea", "palabra", "vez", "veces", "consejo", "paso", "bolígrafo", "referencia", "minuto", "hora",
        "día", "semana",
        "mes", "segundo", "diapositiva", "objetivo", "contacto",
    ),
    pairs=words_of("los las estos estas esos esas últimos últimas primeros primeras otros otras"),
    behind_pair=words_of("son eran pueden deben han habían difieren no se y o pero van están"),
    rhetoric=(
        "cosa", "razón", "razones", "respuesta", "riesgo", "observaci", "idea", "manera", "forma", "tipo", "lado",
        "frase", "párrafo",
        "error", "mito", "lecci", "consejo", "palabra", "opci", "mensaje", "historia", "advertencia", "sentido",
        "aspecto", "verdad",
        "ventaja", "regla", "conclusi", "explicaci", "hábito", "estrategia", "mundo", "pregunta", "objetivo", "motivo",
        "categoría", "situaci", "página",
    ),
    ranges=words_of("a y o"),
)  # fmt: skip
