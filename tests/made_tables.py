"""Makes tables as people publish them, each from a seed, with what is known of it: header, first and last row.

Everything is chosen independently: titles, kinds of headers, columns, sections, totals, blank rows, notes. Left out is
only what nobody could tell by looking: blank rows in a table without numbers, which could as well divide two tables, and
a row that counts one or two columns, which could as well be values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from msgspec import Struct

from data.inspection.grids.several import tables_in
from data.sources.grid import Grid

Row = list[str]


class Made(Struct, frozen=True):
    """A grid and what is known of the table in it, rows counted from 0."""

    seed: int
    grid: Grid
    header: tuple[int, ...]
    first: int
    """The first row below header and column numbers, totals and sections among them."""
    last: int
    kinds: tuple[str, ...]
    """What was chosen, for the list of what fails."""


class _Words(Struct, frozen=True):
    """Words of one language."""

    places: Sequence[str]
    things: Sequence[str]
    groups: Sequence[str]
    label: Sequence[str]
    total: str
    title: Sequence[str]
    notes: Sequence[str]
    comma: bool


_ENGLISH = _Words(
    ("North East", "London", "Wales", "Engineering", "Law", "Health professionals", "Nursing", "Chief executives",
     "Aylesbury", "City of Durham", "Business and administration", "Other", "All Saints College", "Computer science",
     "Architects, surveyors", "Sales workers", "Bury St Edmunds", "Mathematics", "Dentistry", "Social work"),
    ("Number of jobs", "Median pay", "Mean", "Annual change", "Employed", "Unemployment rate", "Graduates", "Share",
     "Hours worked", "Vacancies", "Full-time", "Part-time", "Index", "Starters", "Leavers", "Sample size"),
    ("Men", "Women", "Both sexes", "First degree", "Postgraduate", "Public sector", "Private sector"),
    ("Occupation", "Region", "Subject of study", "Description", "Field", "Area"),
    "Total",
    ("Table 3.2 Graduates in employment by subject", "Weekly pay by region, 2019", "Earnings and hours worked",
     "Statistical bulletin", "[Numbers in thousands]", "Percentages, not seasonally adjusted"),
    ("Source: Annual survey of graduates", "Note: Figures are rounded to the nearest 5.",
     "1 Includes those in further study.", "a  Employees on adult rates whose pay was not affected by absence.",
     "* Too few cases to publish", "© National Statistics Office, 2021", "(p) provisional, revised next year",
     "Data extracted on 02/12/2020 from the database", "NOTE: Updated population controls are introduced annually.",
     "The survey was not held in 2014, so that no figures can be given."),
    False,
)  # fmt: skip
_GERMAN = _Words(
    ("Bayern", "Ingenieurwesen", "Rechtswissenschaft", "Sachsen-Anhalt", "Pflege", "Lehramt", "Handel", "Hamburg",
     "Gesundheitsberufe", "Verkehr und Lagerei", "Informatik", "Sonstige", "Kunst", "Mathematik", "Chemie"),
    ("Beschäftigte", "Bruttoverdienst", "Anteil", "Veränderung", "Absolventen", "Stellen", "Arbeitslose",
     "Stundenlohn", "Quote", "Zahl der Fälle", "Vollzeit", "Teilzeit"),
    ("Männer", "Frauen", "Insgesamt", "Früheres Bundesgebiet", "Neue Länder"),
    ("Wirtschaftszweig", "Land", "Fächergruppe", "Beruf"),
    "Insgesamt",
    ("GENESIS-Tabelle: 62321-0001", "Verdienste nach Wirtschaftszweigen", "Deutschland", "Tabelle 2: Beschäftigte",
     "in 1000"),
    ("Quelle: Statistisches Bundesamt", "© Statistisches Bundesamt (Destatis), 2021", "Stand: 21.07.2021",
     "1) Ohne Auszubildende.", "* Vorläufige Ergebnisse", "Hinweis: Abweichungen durch Rundung sind möglich."),
    True,
)  # fmt: skip
_FRENCH = _Words(
    ("Premier degré", "Enseignement supérieur", "Apprentissage", "Universités", "Île-de-France", "Bretagne",
     "Écoles de commerce", "Droit", "Santé", "Lettres", "Cadres", "Ouvriers", "Employés", "Second degré agricole"),
    ("Effectif", "Salaire médian", "Taux d'emploi", "Part des femmes", "Évolution", "Diplômés", "Emplois",
     "Taux de chômage"),
    ("Hommes", "Femmes", "Ensemble", "Public", "Privé"),
    ("Niveau d'étude", "Région", "Domaine", "Profession"),
    "Ensemble",
    ("Élèves et étudiants par niveau", "Salaires selon la profession", "en milliers", "Tableau 1"),
    ("Source : MENJS-DEPP", "Champ : France, public et privé.", "Lecture : en 2020, 85 % sont en emploi.",
     "(r) Données révisées.", "nd : donnée non disponible", "1. Y compris les apprentis."),
    True,
)  # fmt: skip
_JAPANESE = _Words(
    ("北海道 札幌市", "青森県", "岩手県", "宮城県 仙台市", "東京都", "大阪府", "福岡県", "沖縄県", "京都府", "奈良県"),
    ("最終学歴人口", "卒業者総数", "就業者数【人】", "平均給与", "失業率", "事業所数", "人口総数"),
    ("男", "女", "総数", "全国"),
    ("地域", "職業", "産業"),
    "総数",
    ("表題：都道府県のすがた", "社会・人口統計体系", "公開日：2022年6月21日"),
    ("出典：総務省統計局", "注）数値は四捨五入しています。", "* 調査していないもの"),
    False,
)
_UKRAINIAN = _Words(
    (
        "професіонали",
        "фахівці",
        "технічні службовці",
        "найпростіші професії",
        "Київська область",
        "освіта",
        "будівництво",
        "торгівля",
        "працівники сфери послуг",
    ),
    ("Зайняте населення", "Безробітні", "Середня заробітна плата", "Рівень зайнятості", "Випускники"),
    ("Жінки", "Чоловіки", "Усього"),
    ("Професія", "Регіон"),
    "Усього",
    ("Зайняте населення за професійними групами", "(тис. осіб)"),
    ("1 Дані наведено без урахування тимчасово окупованої території.", "Джерело: Державна служба статистики"),
    True,
)
_LANGUAGES = (_ENGLISH, _ENGLISH, _ENGLISH, _GERMAN, _FRENCH, _JAPANESE, _UKRAINIAN)
_MARKS = ("", "", "..", "x", ":", "-", "–", "n/a", "*", "…", ".", "nd", "///", "#")
_UNITS = ("%", "EUR", "thousands", "number", "hours", "in %", "Anzahl", "(1000)")
_ENDINGS = ("rate", "total", "(full-time)", "of all", "2020", "change")
_PERCENTILES = tuple(map(str, (5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 97, 98, 99, 100)))
_HEADERS = (
    "names", "names", "years", "years", "percentiles", "ages", "merged", "blanks", "three", "years over names",
    "wrapped", "corner",
)  # fmt: skip


def made(seed: int) -> Made:
    """The table of a seed."""
    return _Maker(seed).table()


def mistakes(table: Made) -> list[str]:
    """What is said wrongly of a made table: header, first row, last row."""
    found = tables_in(table.grid)
    if not found:
        return ["no table"]
    layout = found[0]
    first = next((r for r in range(layout.first, len(table.grid.cells)) if any(table.grid.cells[r])), -1)
    said = (("header", layout.header, table.header), ("first", first, table.first), ("last", layout.last, table.last))
    return [f"{name} {told}, not {true}" for name, told, true in said if told != true]


class _Maker:
    """Chooses one table, part by part; every choice comes from the seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = Random(seed)
        self.kinds: list[str] = []
        self.workbook = self.random.random() < 0.5
        self.words = self.random.choice(_LANGUAGES)
        self.header = self.random.choice(_HEADERS)
        self.labels = self.random.choice((1, 1, 1, 2, 2, 3))
        self.values = self.random.choice((1, 2, 3, 4, 5, 6, 8, 12, 17))
        if self.header in ("percentiles", "ages", "merged", "blanks", "three", "years over names", "corner"):
            self.values = max(3, self.values)
        self.mark = self.random.choice(_MARKS)
        self.gaps = self.random.choice((0, 0, 0.03, 0.15))
        self.flags = self.header in ("years", "corner") and self.random.random() < 0.2
        self.width = self.labels + self.values * (2 if self.flags else 1)
        self.formats = [self._format() for _ in range(self.values)]
        if self.random.random() < 0.6:
            self.formats = [self.formats[0]] * self.values
        self.flagged = self.random.choice(("", "", "", "", "(r) {}", "{} (p)", "{}*", "{} e"))
        if self.chance(0.05, "words only"):
            self.header, self.flags, self.width = "names", False, self.labels + self.values
            self.formats = [lambda: self.random.choice((*self.words.groups, *self.words.places))] * self.values
        self.second = [self.random.choice(("code", "zeros", "word", "date", "year")) for _ in range(self.labels - 1)]

    def chance(self, share: float, kind: str) -> bool:
        """Whether something that happens with this probability is to be; what is, is noted."""
        happens = self.random.random() < share
        if happens:
            self.kinds.append(kind)
        return happens

    def table(self) -> Made:
        """The grid, from top to bottom."""
        rows = self._titles()
        header, named = self._header()
        top = len(rows)
        rows += header
        last_named = max(named)
        if self.values > 2 and self.chance(0.1, "column numbers"):  # one or two could be values
            rows.append([str(n + 1) if n or self.random.random() < 0.5 else "" for n in range(self.width)])
            rows[-1] = [cell if rows[-1][0] or not cell else str(int(cell) - 1) for cell in rows[-1]]
        if self.chance(0.12, "blank under header"):
            rows.append([""] * self.width)
        body = self._body()
        first = len(rows)
        rows += body
        last = len(rows) - 1
        rows += self._notes()
        if self.workbook and self.chance(0.06, "legend beside"):
            self._beside(rows, top + last_named + 1)
        if self.workbook and self.chance(0.1, "margin at the left"):
            rows = [["", *row] for row in rows]
        width = max(map(len, rows))
        cells = tuple((*row, *("",) * (width - len(row))) for row in rows)
        grid = Grid("made", "Sheet" if self.workbook else "", cells, tuple(range(1, len(cells) + 1)), self.workbook)
        return Made(
            self.seed,
            grid,
            tuple(top + row for row in named),
            first,
            last,
            (self.header, "workbook" if self.workbook else "text", *self.kinds),
        )

    def _alone(self, text: str) -> Row:
        """A line: in its first cell, or merged over the whole width."""
        merged = self.workbook and self.width > 2 and self.random.random() < 0.4
        return [text] * self.width if merged else [text, *[""] * (self.width - 1)]

    def _titles(self) -> list[Row]:
        rows: list[Row] = []
        for text in self.random.sample(
            self.words.title, self.random.choice((0, 1, 1, 2, min(4, len(self.words.title))))
        ):
            if self.width > 1 and self.chance(0.2, "key and value"):
                rows.append(["Dataset:", text, *[""] * (self.width - 2)])
            elif self.width > 4 and self.chance(0.05, "key apart"):
                rows += [["Unit of measure", "", "Percentage", *[""] * (self.width - 3)], [""] * self.width]
            else:
                rows.append(self._alone(text))
            if self.random.random() < 0.2:
                rows.append([""] * self.width)
        if rows and any(rows[-1]) and self.chance(0.5, "blank over header"):
            rows.append([""] * self.width)
        return rows

    def _header(self) -> tuple[list[Row], list[int]]:
        """The rows between titles and body, and which of them are the header."""
        label = [
            self.random.choice(self.words.label),
            *(f"{kind.title()} {'of it' * n}".strip() for n, kind in enumerate(self.second)),
        ]
        rows, named = _HEADS[self.header](self, label)
        if self.header == "names" and not self.flags and self.chance(0.15, "codes over names"):
            codes = [f"{self.random.choice('ABE')}{9100 + n}" for n in range(self.values)]
            rows, named = [[*[""] * self.labels, *codes], *rows], [1]
        measured = self.header in ("names", "years", "merged", "blanks") and "words only" not in self.kinds
        if measured and self.chance(0.12, "units row"):
            unit = self.random.choice(_UNITS)
            units = [unit if self.random.random() < 0.8 else self.random.choice(_UNITS) for _ in range(self._cells())]
            rows.append([*[""] * self.labels, *units])
            named.append(len(rows) - 1)
        return rows, named

    def _cells(self) -> int:
        return self.width - self.labels

    def _spread(self, texts: Sequence[str]) -> Row:
        """Texts over the columns of values, flag columns beside them named alike or not at all."""
        if not self.flags:
            return list(texts)
        again = self.workbook and self.random.random() < 0.5
        return [cell for text in texts for cell in (text, text if again else "")]

    def named(self, label: Row) -> tuple[list[Row], list[int]]:
        things = list(self.words.things)
        self.random.shuffle(things)
        names = [
            things[n % len(things)] + (f" {n // len(things) + 1}" if n >= len(things) else "")
            for n in range(self.values)
        ]
        if self.random.random() < 0.15:
            label = ["", *label[1:]]
        return [[*label, *names]], [0]

    def numbered(self, label: Row) -> tuple[list[Row], list[int]]:
        """Years, percentiles or ages across."""
        if self.header == "percentiles":
            across = sorted(self.random.sample(_PERCENTILES, min(self.values, len(_PERCENTILES))), key=int)
        else:
            start = self.random.randint(1990, 2001) if self.header == "years" else self.random.choice((15, 16, 18))
            across = [str(start + n) for n in range(self.values)]
        if self.header == "years" and self.chance(0.2, "provisional year"):
            across[-1] += " (p)"
        head = [*label, *self._spread(across)]
        if self.header == "percentiles" and self.random.random() < 0.5:
            return [[*[""] * self.labels, "Percentiles", *[""] * (self.values - 1)], head], [0, 1]
        return [head], [0]

    def grouped(self, label: Row) -> tuple[list[Row], list[int]]:
        """Groups over names, filled or with blanks; labels above, below or in both rows."""
        each = self.random.choice((2, 2, 3, min(4, self.values)))
        count = -(-self.values // each)
        if self.header == "years over names":
            heads = [str(2020 - count + n) for n in range(count)]
        else:
            heads = [
                self.words.groups[n % len(self.words.groups)] + ("" if n < len(self.words.groups) else f" {n}")
                for n in range(count)
            ]
        merged = self.workbook and (self.header == "merged" or self.random.random() < 0.5)
        upper = [heads[n // each] if merged or n % each == 0 else "" for n in range(self.values)]
        under = list(self.random.sample(self.words.things, min(each, len(self.words.things))))
        names = [under[n % each % len(under)] for n in range(self.values)]
        where = self.random.choice(("both", "low", "high") if merged else ("low", "high"))
        rows = [
            [*(label if where != "low" else [""] * self.labels), *upper],
            [*(label if where != "high" else [""] * self.labels), *names],
        ]
        if self.header != "three":
            return rows, [0, 1]
        over = (
            self.random.choice(self.words.things)
            if self.random.random() < 0.5
            else str(self.random.randint(2000, 2024))
        )
        top = [over if merged or n == 0 else "" for n in range(self.values)]
        rows.insert(0, [*(label if where == "both" else [""] * self.labels), *top])
        return rows, [0, 1, 2]

    def wrapped(self, label: Row) -> tuple[list[Row], list[int]]:
        """Names broken over two or three rows, the last of them full."""
        deep = self.random.choice((2, 2, 3))
        names = [[*label][n] if n < self.labels else self.random.choice(self.words.things) for n in range(self.width)]
        parts = [
            self._broken(f"{name} {self.random.choice(_ENDINGS)}" if n >= self.labels else name, deep)
            for n, name in enumerate(names)
        ]
        if not any(part[0] for part in parts):
            parts[-1][0] = self.random.choice(self.words.things)
        used = [row for row in range(deep) if any(part[row] for part in parts)]
        return [[part[row] for part in parts] for row in used], list(range(len(used)))

    def _broken(self, name: str, deep: int) -> Row:
        words = name.split()
        lines = (
            [" ".join(words[: len(words) - deep + 1]), *words[len(words) - deep + 1 :]] if len(words) >= deep else words
        )
        lines = [line for line in lines if line]
        return [*[""] * (deep - len(lines)), *lines]

    def corner(self, label: Row) -> tuple[list[Row], list[int]]:
        """A row of years, headed by what they are, over a row that names the labels and nothing else."""
        start = self.random.randint(1995, 2021 - min(self.values, 20))
        upper = ["TIME", *[""] * (self.labels - 1), *self._spread([str(start + n) for n in range(self.values)])]
        return [upper, [*label, *[""] * self._cells()]], [0, 1]

    def _format(self) -> Callable[[], str]:
        """How the numbers of one column are written."""
        pick, comma = self.random, self.words.comma
        point = "," if comma and not self.workbook else "."
        group = "" if self.workbook else self.random.choice(("", "\u00a0" if comma else ",", "." if comma else ","))
        large = self.random.choice((100, 5_000, 900_000))
        kind = self.random.choice(("whole", "whole", "decimal", "decimal", "percent", "signed", "money", "bracketed"))
        if self.header in ("names", "wrapped") and self.random.random() < 0.1:
            self.kinds.append("words")
            return lambda: pick.choice(self.words.groups)

        def whole(n: int) -> str:
            return f"{n:,}".replace(",", group) if group else str(n)

        if kind == "decimal":
            return lambda: f"{whole(pick.randint(0, large))}{point}{pick.randint(0, 9)}"
        if kind == "percent":
            return lambda: f"{pick.randint(0, 99)}{point}{pick.randint(0, 9)}{'' if self.workbook else '%'}"
        if kind == "bracketed":
            return lambda: (
                f"({whole(pick.randint(10, large))})" if pick.random() < 0.2 else whole(pick.randint(10, large))
            )
        if kind == "signed":
            return lambda: f"{pick.choice('+-')}{pick.randint(0, 9)}{point}{pick.randint(0, 9)}"
        if kind == "money" and not self.workbook:
            return lambda: f"{'€' if comma else '$'}{whole(pick.randint(100, large))}"
        return lambda: whole(pick.randint(0, large))

    def _row(self, label: str, number: int) -> Row:
        others = [self._second(kind, number) for kind in self.second]
        values: Row = []
        for n in range(self.values):
            value = self.mark if self.random.random() < self.gaps else self.formats[n]()
            values.append(self.flagged.format(value) if self.flagged and self.random.random() < 0.05 else value)
            if self.flags:
                values.append(self.random.choice(("", "", "", "", "b", "p", "e")))
        return [label, *others, *values]

    def _second(self, kind: str, number: int) -> str:
        return {
            "code": f"E{14000000 + number * 7}",
            "zeros": f"{number * 13:05}",
            "word": self.random.choice(self.words.groups),
            "date": f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "year": str(2000 + number % 20),
        }[kind]

    def _body(self) -> list[Row]:
        count = self.random.choice((3, 4, 5, 8, 8, 12, 20, 30, 50, 120, 200))
        indented = self.chance(0.2, "indents")
        space = "\u00a0" if self.random.random() < 0.3 else " "
        rows = [self._row(self._label(n, indented, space), n) for n in range(count)]
        every = self.random.choice((3, 5, 10))
        if count >= 8 and self.header != "corner" and self.chance(0.2, "sections"):
            rows = self._sectioned(rows, max(every, count // 6))
        elif count >= 8 and "words only" not in self.kinds and self.chance(0.12, "blank rows"):
            # without numbers nobody can tell that what follows is no other table
            rows = [
                row
                for n, one in enumerate(rows)
                for row in ((one, [""] * self.width) if n % every == every - 1 else (one,))
            ]
        if self.labels + self.values > 2 and not indented and self.chance(0.05, "rows without values"):
            place = self.random.randint(1, len(rows) - 2)
            rows[place : place + 2] = [[row[0], *[""] * (self.width - 1)] for row in rows[place : place + 2]]
            rows.insert(place + 2, self._row(f"{self.words.places[0]} (2)", count + 1))
        total = self._row(self.words.total, count)
        if self.chance(0.15, "total on top"):
            rows.insert(0, total)
        elif self.chance(0.15, "total at the end"):
            rows.append(total)
        while not any(rows[-1]):
            rows.pop()
        return rows

    def _label(self, number: int, indented: bool, space: str) -> str:
        word = self.words.places[number % len(self.words.places)]
        word = f"{word} {number // len(self.words.places) + 1}" if number >= len(self.words.places) else word
        return f"{space * self.random.choice((0, 2, 2, 4)) if number else ''}{word}" if indented else word

    def _sectioned(self, rows: list[Row], every: int) -> list[Row]:
        """A heading for each few rows, with or without an empty row above it."""
        blank = self.random.random() < 0.4
        totals = self.chance(0.3, "totals by section")
        found: list[Row] = []
        names = [*self.words.groups, *(f"{word} 2" for word in self.words.groups)]
        for n, row in enumerate(rows):
            if n % every == 0 and n // every < len(names) and n + 1 < len(rows):
                if blank and n:
                    found.append([""] * self.width)
                found.append([names[n // every], *[""] * (self.width - 1)])
            found.append(row)
            if totals and n % every == every - 1:
                found.append(self._row(self.words.total, n))
        return found

    def _notes(self) -> list[Row]:
        texts = self.random.sample(self.words.notes, min(len(self.words.notes), self.random.choice((0, 0, 1, 2, 3, 5))))
        if not texts:
            return []
        rows = [self._alone(text) for text in texts]
        if self.width > 2 and self.chance(0.1, "notes in two cells"):
            rows.append(["Source:", self.words.title[0], *[""] * (self.width - 2)])
        if self.width > 1 and self.chance(0.1, "legend below"):
            rows.append(["Special value", *[""] * (self.width - 1)])
            rows.append([":", "not available", *[""] * (self.width - 2)])
        if self.chance(0.12, "underscores"):
            rows.insert(0, ["__________", *[""] * (self.width - 1)])
        if self.chance(0.6, "blank over notes"):
            rows.insert(0, [""] * self.width)
        return rows

    def _beside(self, rows: list[Row], start: int) -> None:
        """A key to the marks, to the right of the table with an empty column between."""
        for row in rows:
            row.extend(("", ""))
        for n, text in enumerate(("Key", "CV <= 5%", "x = unreliable", ".. = disclosive")):
            if start + n < len(rows):
                rows[start + n][-1] = text


_HEADS: dict[str, Callable[[_Maker, Row], tuple[list[Row], list[int]]]] = {
    "names": _Maker.named,
    "years": _Maker.numbered,
    "percentiles": _Maker.numbered,
    "ages": _Maker.numbered,
    "merged": _Maker.grouped,
    "blanks": _Maker.grouped,
    "three": _Maker.grouped,
    "years over names": _Maker.grouped,
    "wrapped": _Maker.wrapped,
    "corner": _Maker.corner,
}
"""Kinds of headers, and what makes them."""


def share_right(seeds: Sequence[int]) -> tuple[float, list[tuple[Made, list[str]]]]:
    """Tables of which header, first and last row are all told rightly, in percent; and the others."""
    wrong = [(table, said) for table in map(made, seeds) if (said := mistakes(table))]
    return 100 * (1 - len(wrong) / len(seeds)), wrong
