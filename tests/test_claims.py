"""Claims: sentences and titles that say something of the data, and what becomes of them when the data deny it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from charts.declared import Charts
from data.errors import Place, ProjectError
from data.language.comparisons import compares
from data.language.show import show
from data.project import Project, load_project
from data.project_folder import BUILT_IN
from data.sandbox.claimed import MOST, FalseClaim, gathered
from data.sandbox.expressions import sentence
from data.sandbox.placeholders import TOKEN
from data.sandbox.rendered import RenderedStory, render_story
from reports.document.blocks import ItemList
from reports.doubts.untested import untested_titles
from reports.publishing.publish import publish
from reports.runs.bind import Options
from reports.runs.build import build
from reports.runs.check import check
from reports.story.story import read_story
from tests.conftest import ROOT

PAYS = "pay.top('salary').job == 'Engineer'"
DENIED = "pay.top('salary').job == 'Analyst'"


def rendered(root: Path, story: str, **parts: str) -> RenderedStory:
    for name, text in {"report": story, **parts}.items():
        (root / f"story/{name}.md").write_text(text, "utf-8")
    return render_story(root / "story/report.md", root, load_project(root).names)


def words(story: RenderedStory) -> str:
    """The Markdown with its values."""
    return TOKEN.sub(lambda found: show(*story.placeholders[int(found[1])], "en-US"), story.markdown)


def denials(story: RenderedStory) -> list[str]:
    return [f"{one.place}: {one.message}" for one in story.denied]


def test_a_claim_that_holds_is_printed_without_its_tags(small_project: Path) -> None:
    story = rendered(small_project, f"# Pay\n\nFirst. {{% claim {PAYS} %}}Engineers lead{{% endclaim %}}. Last.\n")
    assert words(story) == "# Pay\n\nFirst. Engineers lead. Last.\n"
    assert not story.denied


def test_a_claim_that_the_data_deny_says_its_other_sentence(small_project: Path) -> None:
    both = "{% claim TEST %}Analysts lead{% otherwise %}{{ pay.top('salary').job }}s lead{% endclaim %}"
    said = f"# {both.replace('TEST', DENIED)} {{#pay}}\n\nIn short: {both.replace('TEST', PAYS)}.\n"
    assert words(rendered(small_project, said)) == "# Engineers lead {#pay}\n\nIn short: Analysts lead.\n"


def test_a_denied_claim_without_another_sentence_is_told_with_its_words_its_test_and_its_values(
    small_project: Path,
) -> None:
    claim = f"{{% claim {DENIED} and pay.count == 2 %}}\nAnalysts lead with\n{{{{ pay.top('salary').salary }}}}.\n"
    assert denials(rendered(small_project, f"# Pay\n\n{claim}{{% endclaim %}}\n")) == [
        "story/report.md:3: the data deny the claim 'Analysts lead with $120,000.': pay.top('salary').job == 'Analyst'"
        " and pay.count == 2 is false: pay.top('salary').job is Engineer."
    ]


def test_every_denied_claim_is_told_with_the_line_of_its_own_file(small_project: Path) -> None:
    claim = f"{{% claim {DENIED} %}}Analysts lead{{% endclaim %}}"
    macro = "{% macro said(n) %}{% claim n > 200 %}{{ n }} is much{% endclaim %}{% endmacro %}\n"
    story = rendered(
        small_project,
        f"{macro}# Pay\n\n- one\n- {claim}\n\n{{% include 'part.md' %}}\n{{{{ said(pay.count) }}}}\n",
        part=f"Words.\n\nMore words {claim}.\n",
    )
    assert [one.partition(" is false")[0].replace("the data deny the claim ", "") for one in denials(story)] == [
        f"story/report.md:5: 'Analysts lead': {DENIED}",
        f"story/part.md:3: 'Analysts lead': {DENIED}",
        "story/report.md:1: '2 is much': n > 200",
    ]


def test_claims_in_a_loop_are_made_of_each_row(small_project: Path) -> None:
    said = (
        "{% for row in pay %}\n- {% claim row.salary > 110000 %}{{ row.job }}s earn well{% otherwise %}"
        "{{ row.job }}s earn less{% endclaim %}\n{% endfor %}\n"
    )
    assert words(rendered(small_project, said)) == "- Engineers earn well\n- Analysts earn less\n"


def test_claims_stand_within_claims(small_project: Path) -> None:
    inner = f"{{% claim {DENIED} %}}analysts{{% otherwise %}}engineers{{% endclaim %}}"
    said = f"{{% claim pay.count > 5 %}}Of many{{% otherwise %}}Of few, {inner}{{% endclaim %}} lead.\n"
    assert words(rendered(small_project, said)) == "Of few, engineers lead.\n"
    said = f"{{% claim pay.count == 2 %}}Two: {{% claim {DENIED} %}}analysts lead{{% endclaim %}}{{% endclaim %}}\n"
    assert "claim 'analysts lead'" in denials(rendered(small_project, said))[0]


def test_words_of_a_claim_that_begins_a_line_of_a_list_stay_in_the_list(small_project: Path) -> None:
    claim = f"{{% claim {PAYS} %}}Engineers lead.{{% endclaim %}}"
    assert words(rendered(small_project, f"- one\n\n  {claim}\n- two\n")) == "- one\n\n  Engineers lead.\n- two\n"


def test_footnotes_and_addresses_for_words_that_these_data_leave_out_are_not_lost(small_project: Path) -> None:
    story = (
        "# Pay\n\n{% claim pay.count > 2 %}Many jobs[^many], [here][site]{% otherwise %}Few jobs{% endclaim %}.\n\n"
        "[^many]: More than two.\n\n[site]: https://careers.test\n"
    )
    rendered(small_project, story)
    assert read_story(Charts(load_project(small_project)), "report").claims[0].test == "pay.count > 2"
    (small_project / "story/report.md").write_text(story.replace("[^many],", ","), "utf-8")
    with pytest.raises(ProjectError, match="nothing calls it"):
        read_story(Charts(load_project(small_project)), "report")


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("{% claim 1 == 1 %}x{% endclaim %}", "tests nothing"),
        ("{% claim pay.count > 3 or true %}x{% endclaim %}", "tests nothing"),
        ("{% claim pay.count %}x{% endclaim %}", "is not true or false"),
        ("{% claim %}x{% endclaim %}", "has no test"),
        ("{% claim pay.count > 1 %}x{% else %}y{% endclaim %}", "Write {% otherwise %}"),
        ("{% claim pay.count > 1 %} {% endclaim %}", "says nothing"),
        ("{% claim pay.count > 1 %}x{% otherwise %}y{% otherwise %}z{% endclaim %}", "a second {% otherwise %}"),
        ("{% claim pay.count > 1 %}x{% otherwise %}y{% else %}z{% endclaim %}", "has no {% else %}"),
        ("{% claim pay.count > 1 %}x\n\nMore", "is not closed. Write {% endclaim %}"),
        ("{% claim pay.count > 1 %}x{% otherwise %}\n\nMore", "is not closed. Write {% endclaim %}"),
        ("{% claim pay.first.job | upper == 'X' %}x{% endclaim %}", "there is no filter 'upper'"),
        ("{% if pay.first.job | upper == 'X' %}x{% endif %}", "there is no filter 'upper'"),
        ("{% claim pay.count > 1 and nobody %}x{% endclaim %}", "there is no 'nobody'"),
        ("{% claim (pay.count | exact) == 2 %}x{% otherwise %}y{% endclaim %}", "is printed, and not compared"),
        ("{% claim pay.first.job | words > 3 %}x{% otherwise %}y{% endclaim %}", "is printed, and not compared"),
        ("{{ nobody | about }}", "there is no 'nobody'"),
        ("{{ nobody | exact }}", "there is no 'nobody'"),
        ("{% claim pay.top('salry').job == 'x' %}x{% otherwise %}y{% endclaim %}", "Did you mean 'salary'"),
        ("{% claim pay.first.salary is greater than 5 %}x{% endclaim %}", "Compare by ==, < or >"),
        ("{% claim pay.first.salary is greater(5) %}x{% endclaim %}", "no test 'greater'. Write a > b."),
        ("{% claim pay.first.salary is higest(pay, 'salary') %}x{% endclaim %}", "no test 'higest'. Did you mean"),
        ("{% cliam pay.count > 1 %}x{% endclaim %}", "no command {% cliam %}. Did you mean 'claim'?"),
        ("x{% otherwise %}y", "{% otherwise %} belongs to no {% claim %}. Write {% claim test %}"),
        ("{% if pay.count > 1 %}x{% otherwise %}y{% endif %}", "within {% if %}, {% else %}"),
        ("{% claim pay.count > 1 %}x{% endif %}", "Close {% claim %} first: {% endclaim %}"),
        ("x{% endclaim %}", "{% endclaim %} belongs to nothing that is open where it stands"),
        ("{% if pay.count > 1 %}x", "{% if %} is not closed. Write {% endif %}"),
        ("{% claim jobs.count > 1 %}x{% otherwise %}y{% endclaim %}", "there is no 'jobs'"),
    ],
)
def test_a_claim_that_tests_nothing_or_cannot_be_read_is_refused_with_its_line(
    small_project: Path, claim: str, message: str
) -> None:
    with pytest.raises(ProjectError) as refused:
        rendered(small_project, f"# Pay\n\nWords {claim}.\n")
    assert [str(one.place) for one in refused.value.problems] == ["story/report.md:3"]
    assert message in str(refused.value)


def test_a_claim_that_nobody_can_decide_is_never_guessed(small_project: Path) -> None:
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,100000\nAnalyst,100000\n", "utf-8")
    for claim in (f"{{% claim {PAYS} %}}x{{% endclaim %}}", f"{{% claim {PAYS} %}}x{{% otherwise %}}y{{% endclaim %}}"):
        with pytest.raises(ProjectError, match=r"story/report.md:1: .*"):
            rendered(small_project, f"{claim}\n")


def _project(root: Path, chart: str) -> Project:
    file = root / "project.toml"
    lines = file.read_text("utf-8").split("\n")
    kept = [line for line in lines if not line.startswith(('title = "Engineers', "holds ="))]
    at = kept.index("[charts.pay]")
    file.write_text("\n".join([*kept[: at + 1], chart, *kept[at + 1 :]]), "utf-8")
    return load_project(root)


def test_a_chart_whose_title_is_denied_has_its_other_title(small_project: Path) -> None:
    said = f'title = "Analysts lead"\nholds = "{DENIED}"\notherwise = "{{{{ pay.top(\'salary\').job }}}}s lead"'
    charts = Charts(_project(small_project, said))
    with gathered() as claims:
        title = charts.title("pay")
        assert charts.chart("pay").id == "pay"
    assert "".join(one if isinstance(one, str) else show(*one, "en-US") for one in title) == "Engineers lead"
    assert [(one.test, one.true, one.values) for one in claims] == [
        (DENIED, False, (("pay.top('salary').job", "Engineer"),))
    ]
    with gathered() as again:
        charts.title("pay")
    assert again == claims


def test_another_title_needs_a_test(small_project: Path) -> None:
    with pytest.raises(ProjectError, match="there is no holds"):
        _project(small_project, 'title = "Pay"\notherwise = "More pay"')


def test_texts_of_a_project_file_hold_claims(small_project: Path) -> None:
    names = load_project(small_project).names
    both = f"{{% claim {DENIED} %}}Analysts{{% otherwise %}}Engineers{{% endclaim %}} lead"
    assert sentence(both, names, Place("project.toml", 3)) == ("Engineers lead",)
    with pytest.raises(ProjectError) as refused:
        sentence(f"{{% claim {DENIED} %}}Analysts{{% endclaim %}} lead", names, Place("project.toml", 3))
    (problem,) = refused.value.problems
    assert isinstance(problem, FalseClaim)
    assert str(problem.place) == "project.toml:3"
    assert (problem.test, problem.values) == (DENIED, (("pay.top('salary').job", "Engineer"),))


def with_pay(root: Path, engineer: int, analyst: int) -> None:
    (root / "tables/pay.csv").write_text(f"job,salary\nEngineer,{engineer}\nAnalyst,{analyst}\n", "utf-8")


CLAIMING = (
    "# Pay\n\n{% claim pay.top('salary').job == 'Engineer' %}Engineers lead{% otherwise %}Others lead{% endclaim %}.\n\n"
    '[They earn much]{holds="pay["Engineer"].salary > 100000"}.\n\n{% claim pay.count == 2 %}Two jobs.{% endclaim %}\n'
).replace('pay["Engineer"]', "pay['Engineer']")


@pytest.fixture
def claiming(small_project: Path) -> Path:
    """A project of one report with three claims."""
    file = small_project / "project.toml"
    text = file.read_text("utf-8")
    kept = text[: text.index("[charts.pay]")] + text[text.index("[outputs.report]") : text.index("[outputs.handout]")]
    file.write_text(kept, "utf-8")
    (small_project / "story/report.md").write_text(CLAIMING, "utf-8")
    return small_project


def test_a_manifest_keeps_what_claims_compare_and_a_build_that_fails_tells_it(claiming: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(claiming, out, Options(published="2024-05-01"), overwrite=False)
    for _ in range(2):  # the second time the report stands there, and is not read
        kept = json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]["report"]["claims"]
        assert kept == [
            {"test": PAYS, "true": True, "values": [["pay.top('salary').job", "Engineer"]]},
            {"test": "pay.count == 2", "true": True, "values": [["pay.count", "2"]]},
            {
                "test": "pay['Engineer'].salary > 100000",
                "true": True,
                "values": [["pay['Engineer'].salary", "$120,000"]],
            },
        ]
        build(claiming, out, Options(published="2024-05-01"), overwrite=False)
    with_pay(claiming, 90_000, 110_000)
    with pytest.raises(ProjectError) as refused:
        build(claiming, out, Options(), overwrite=False)
    assert [problem.message for problem in refused.value.problems] == [
        "the data deny the claim 'They earn much': pay['Engineer'].salary > 100000 is false: pay['Engineer'].salary is"
        f" $90,000. In the edition before (2024-05-01, edition {_edition(out)}): pay['Engineer'].salary was $120,000."
    ]


def _edition(out: Path) -> str:
    return str(json.loads((out / "manifest.json").read_text("utf-8"))["edition"])


def test_a_publication_tells_what_a_claim_compared_before_and_which_claim_says_something_else(
    claiming: Path, tmp_path: Path, without_verapdf: None
) -> None:
    to = tmp_path / "public"
    assert publish(claiming, to, Options()).what == "published"
    public = json.loads((to / "current/manifest.json").read_text("utf-8"))
    assert "claims" not in public["outputs"]["report"]  # what they compare need not be in any document
    with_pay(claiming, 90_000, 110_000)
    held = publish(claiming, to, Options())
    (cause,) = held.causes
    said = f"In edition {held.current and held.current.id}, made 20"
    assert said in cause.message
    assert "pay['Engineer'].salary was $120,000. Since edition" in cause.message
    with_pay(claiming, 110_000, 115_000)
    assert publish(claiming, to, Options()).what == "published"
    brief = (to / "current/brief.md").read_text("utf-8")
    assert "Claims that say something else" in brief
    assert "is no longer true, and the words behind otherwise stand in place of its claim" in brief
    assert "“Engineers lead.” became “Others lead.”" in brief


COMPARING = {
    "en": (
        "Engineers earn the most", "The highest salaries are in Seattle", "Pay has doubled", "Rents rise",
        "Python is more wanted than R", "Women are a minority", "Technology leads", "Software pays best",
        "The number of openings fell", "More graduates find work each year", "Nurses earn more",
        "More than half are women", "Unemployment is highest in social science", "San Francisco pays more than New York",
    ),
    "de": (
        "Ingenieure verdienen am meisten", "Die höchsten Gehälter zahlt die Technik", "Die Mieten steigen",
        "Die Zahl der Stellen hat sich verdoppelt", "Mehr als die Hälfte sucht noch", "Informatik liegt vorn",
        "Frauen sind in der Minderheit", "Die Gehälter sind höher als 2019", "Pflege zahlt weniger",
    ),
    "fr": (
        "Les ingénieurs gagnent le plus", "Les salaires augmentent", "Le nombre a doublé", "Les salaires les plus élevés",
        "Plus de la moitié des diplômés", "Les femmes sont minoritaires", "L’informatique paie plus que l’histoire",
    ),
    "es": (
        "Los ingenieros ganan más", "El número se duplicó", "El salario más alto", "Más de la mitad",
        "Las mujeres son minoría", "Los sueldos suben", "Informática paga más que historia",
    ),
}  # fmt: skip
PLAIN = {
    "en": (
        "What most people ask", "More about us", "At least ask", "At most two pages", "More than a job",
        "Best practices", "Learn more", "How to earn a place", "Fall career fair", "Ask your team lead", "Think twice",
        "Where to grow", "Growing up on campus", "First things first", "Higher education", "Rather than wait",
        "The more you ask, the more you learn", "The twenty largest majors at a glance", "For the most part a desk job",
    ),
    "de": (
        "Was die meisten Menschen fragen", "Mehr über uns", "Am besten fragen Sie", "Mindestens fragen",
        "Ihre nächsten Schritte", "Wo Sie wachsen", "Am ersten Tag", "Mehr erfahren", "Höhere Bildung",
    ),
    "fr": ("Ce que la plupart des gens demandent", "En savoir plus", "Plus d’informations", "Au moins demander"),
    "es": ("Lo que pregunta la mayoría", "Más sobre nosotros", "Al menos pregunte", "Más información", "Planta baja"),
}  # fmt: skip


@pytest.mark.parametrize("language", COMPARING)
def test_titles_that_compare_are_told_from_plain_ones(language: str) -> None:
    assert [title for title in COMPARING[language] if not compares(title, language)] == []
    assert [(title, found) for title in PLAIN[language] if (found := compares(title, language))] == []


def test_check_doubts_a_title_that_compares_without_a_test_and_a_build_does_not(small_project: Path) -> None:
    (small_project / "story/handout.md").write_text("# Two jobs\n\nWords.\n", "utf-8")
    (small_project / "story/deck.md").write_text("# Pay\n\n## Pay by job\n\n![Pay by job](chart:pay)\n", "utf-8")
    settings = small_project / "project.toml"
    settings.write_text(settings.read_text("utf-8").replace("holds =", "alt ="), "utf-8")
    told = [str(problem) for problem in check(small_project)]
    assert told == [
        "project.toml:18: the title 'Engineers earn more' compares ('earn more'), and nothing tests it. Write its test,"
        " holds = '...', or a title that does not compare.",
        "story/report.md:1: the title 'Engineers earn more' compares ('earn more'), and nothing tests it. Write its test"
        ' behind it, {holds="..."}, or {% claim %} around it; or do not compare.',
    ]
    assert build(small_project, small_project / "out", Options(), overwrite=False).warnings == ()


def test_a_heading_that_says_what_a_tested_title_says_is_tested_with_it(small_project: Path) -> None:
    assert check(small_project) == ()


@pytest.mark.parametrize(
    "heading",
    [
        f'# Engineers earn more {{holds="{PAYS}"}}',
        f'# [Engineers earn more]{{holds="{PAYS}"}} {{#pay}}',
        f"# {{% claim {PAYS} %}}Engineers earn more{{% endclaim %}}",
        f"{{% claim {PAYS} %}}\n# Engineers earn more\n{{% otherwise %}}\n# Analysts earn more\n{{% endclaim %}}",
        "{% if pay.count == 2 %}\n# Engineers earn more\n{% endif %}",
        "<!--\n# Engineers earn more\n-->\n# Pay",
        "# Pay\n\n```\n# Engineers earn more\n```",
        "# What most people ask",
        "# {{ pay.top('salary').job }} earns more {#pay}",
        "# The work of an {{ pay.top('salary').job }} pays best",
    ],
)
def test_check_does_not_doubt_a_heading_that_is_tested_or_none(small_project: Path, heading: str) -> None:
    settings = small_project / "project.toml"
    text = settings.read_text("utf-8")
    kept = text[: text.index("[charts.pay]")] + text[text.index("[outputs.report]") : text.index("[outputs.handout]")]
    settings.write_text(kept, "utf-8")
    (small_project / "story/report.md").write_text(f"{heading}\n\nWords.\n", "utf-8")
    assert check(small_project) == ()


def test_what_the_highest_is_not_the_subject_of_is_doubted(small_project: Path) -> None:
    project = load_project(small_project)
    headings = "# Nurses earn more than an {{ pay.top('salary').job }}\n# {{ pay.first.job }} earns more\n"
    assert len(list(untested_titles(project, {"story/report.md": headings}))) == 2


def test_a_heading_that_says_what_a_chart_below_it_tests_is_tested(small_project: Path) -> None:
    project = load_project(small_project)
    heading, chart = "## Engineers *earn more* {#x}\n", "\n![Pay by job](chart:pay)\n"
    assert list(untested_titles(project, {"story/deck.md": heading + chart})) == []
    assert len(list(untested_titles(project, {"story/deck.md": heading}))) == 1
    switching = _project(small_project, 'title = "Engineers earn more"\nholds = "pay.count == 2"\notherwise = "No"')
    assert len(list(untested_titles(switching, {"story/deck.md": heading + chart}))) == 1


def test_a_title_by_a_ready_word_tests_itself(small_project: Path) -> None:
    project = _project(small_project, "title = \"{{ pay | ranking('salary') }}: engineers earn more\"")
    assert list(untested_titles(project, {})) == []


@pytest.mark.parametrize("name", ["machine-learning-engineer", "college-majors", "career-fair"])
def test_every_title_of_a_built_in_project_that_compares_is_tested(name: str) -> None:
    project = load_project(BUILT_IN / name)
    texts = {path.name: path.read_text("utf-8") for path in (project.root / "story").glob("*.md")}
    assert [str(problem) for problem in untested_titles(project, texts)] == []


GUIDE = (ROOT / "docs/story.md").read_text("utf-8").partition("\n## Claims\n")[2].partition("\n## ")[0]
TABLES = """
[tables.jobs]
file = "tables/jobs.csv"
source = "A survey"
[tables.jobs.fields]
year = { type = "year", key = true }
openings = { type = "integer" }
"""


def test_the_claims_of_the_guide_say_what_it_says_that_they_do(small_project: Path, tmp_path: Path) -> None:
    story, text, *_ = (found[1] for found in re.finditer(r"```(?:markdown|toml)\n(.*?)```", GUIDE, re.DOTALL))
    settings = small_project / "project.toml"
    report = settings.read_text("utf-8").partition("[outputs.handout]")[0]
    charted = re.sub(
        r'title = "Engineers earn more"\nholds = .*\n', lambda _: text.removeprefix("[charts.pay]\n"), report
    )
    settings.write_text(charted.replace("[charts.pay]", f"{TABLES}\n[charts.pay]"), "utf-8")

    def made(engineer: int, nurse: int, jobs: int) -> list[str]:
        (small_project / "tables/pay.csv").write_text(f"job,salary\nEngineer,{engineer}\nNurse,{nurse}\n", "utf-8")
        (small_project / "tables/jobs.csv").write_text(f"year,openings\n2020,100\n2024,{jobs}\n", "utf-8")
        document = rendered(small_project, f"{story}\n![](chart:pay)\n")
        title = Charts(load_project(small_project)).title("pay")
        said = "".join(one if isinstance(one, str) else show(*one, "en-US") for one in title)
        return [line for line in words(document).split("\n") if line and "chart:" not in line] + [said]

    assert made(120_000, 52_000, 160) == [
        "# Engineers earn the most {#most}",
        "There are more openings than in 2020, by 60.",
        "A nurse earns less than $55,000.",
        "Engineers earn the most",
    ]
    assert made(40_000, 52_000, 90) == [
        "# Nurse leads {#most}",
        "There are no more openings than in 2020.",
        "A nurse earns less than $55,000.",
        "Nurse leads",
    ]
    denied = '{% claim pay["Nurse"].salary > 50000 %}A nurse earns well above $50,000{% endclaim %}.\n'
    assert denied in GUIDE
    story = f"# Pay\n\n{denied}\n"
    made(120_000, 52_000, 160)
    build(small_project, tmp_path / "out", Options(published="2024-05-01"), overwrite=False)
    made(120_000, 48_500, 160)
    with pytest.raises(ProjectError) as refused:
        build(small_project, tmp_path / "out", Options(), overwrite=False)
    said = re.search(r'follows: "(In the edition before [^"]*)"', " ".join(GUIDE.split()))
    assert said is not None
    assert said[1] in re.sub("edition [0-9a-z]{7}", "edition 3f2a9c1", str(refused.value))


def test_a_loop_that_makes_a_claim_of_each_row_keeps_some_of_them_and_tells_all_that_are_denied(
    small_project: Path,
) -> None:
    rows = "".join(f"Job {number},{number}\n" for number in range(1, 701))
    (small_project / "tables/pay.csv").write_text(f"job,salary\n{rows}", "utf-8")
    with gathered() as claims:
        story = rendered(
            small_project, "{% for row in pay %}{% claim row.salary < 700 %}{{ row.job }}{% endclaim %}{% endfor %}\n"
        )
    assert len(claims) == MOST
    assert ["claim 'Job 700'" in one for one in denials(story)] == [True]
    assert "row.salary is $700" in denials(story)[0]


@pytest.mark.parametrize(
    ("test", "against"),
    [
        ("pay.all('salary > 110000')", "pay.where('not (salary > 110000)') is Analyst"),
        ("pay.none('salary > 5')", "pay.where('salary > 5') is Engineer, Analyst"),
        (
            "pay.where('salary > 5').all('salary < 5')",
            "pay.where('salary > 5').where('not (salary < 5)') is Engineer, An",
        ),
        ("pay.complete('salary')", "pay.missing('salary') is Nurse"),
        ("pay.lists('job', ['Engineer'])", "what pay lists in job is Engineer, Analyst"),
    ],
)
def test_a_test_of_all_rows_that_is_false_tells_the_rows_against_it(
    small_project: Path, test: str, against: str
) -> None:
    if "complete" in test:
        (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,120000\nNurse,\n", "utf-8")
    (told,) = denials(rendered(small_project, f"{{% claim {test} %}}So it is{{% endclaim %}}\n"))
    assert f"is false: {against}" in told


def test_a_list_numbers_the_items_that_the_data_leave(small_project: Path) -> None:
    gone = "{% claim pay.count > 9 %}Many{% otherwise %}{% endclaim %}"
    (small_project / "story/report.md").write_text(
        f"# Pay\n\n1. One.\n2. {gone}\n3. Three.\n\n- {gone}\n\nLast.\n", "utf-8"
    )
    found = read_story(Charts(load_project(small_project)), "report").blocks
    (listed,) = (block for block in found if isinstance(block, ItemList))
    assert len(listed.items) == 2


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ('title = "Engineers earn more"', "leave no word of the title"),
        ("- **{{ pay.count }}** jobs", "says what that is"),
    ],
)
def test_what_the_data_leave_without_words_is_refused(small_project: Path, where: str, message: str) -> None:
    gone = "{% if pay.count > 9 %}Many{% endif %}"
    key = f"::: key-figures\n- **{{{{ pay.count }}}}** {gone if 'count' in where else 'jobs'}\n:::\n"
    (small_project / "story/report.md").write_text(f"# Pay\n\n{key}\n![](chart:pay)\n", "utf-8")
    text = (small_project / "project.toml").read_text("utf-8")
    if where in text:
        (small_project / "project.toml").write_text(text.replace(where, f'title = "{gone}"'), "utf-8")
    with pytest.raises(ProjectError, match=message):
        read_story(Charts(load_project(small_project)), "report")


def test_a_title_over_several_lines_is_printed_on_one(small_project: Path) -> None:
    title = "'''\n{% claim pay.count > 9 %}\nMany\n{% otherwise %}\nFew\n{% endclaim %}\n'''"
    text = (small_project / "project.toml").read_text("utf-8")
    text = text.replace('"Engineers earn more"', title).replace("holds =", "# ")
    (small_project / "project.toml").write_text(text, "utf-8")
    assert Charts(load_project(small_project)).title("pay") == ("Few",)
