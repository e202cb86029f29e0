"""Claims: sentences and titles that say something of the data, and what becomes of them when the data deny it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from charts.declared import Charts
from data.errors import Place, ProjectError
from data.language.show import show
from data.project import Project, load_project
from data.sandbox.claimed import FalseClaim, gathered
from data.sandbox.expressions import sentence
from data.sandbox.placeholders import TOKEN
from data.sandbox.rendered import RenderedStory, render_story
from reports.publishing.publish import publish
from reports.runs.bind import Options
from reports.runs.build import build
from reports.story.story import read_story

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
        ("{% claim pay.count > 1 %}x{% otherwise %}y{% otherwise %}z{% endclaim %}", "otherwise"),
        ("{% claim pay.count > 1 %}x", "cannot be read"),
        ("{% claim pay.top('salry').job == 'x' %}x{% otherwise %}y{% endclaim %}", "Did you mean 'salary'"),
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
    assert "is true no more, and what is said otherwise stands in place of its claim" in brief
    assert "“Engineers lead.” became “Others lead.”" in brief
