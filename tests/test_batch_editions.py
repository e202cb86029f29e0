"""Batches that are published: a part of their edition, behind the same gates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.batching import EMPLOYERS, batch_project, files, with_rows
from tests.publishing import editions, ids, publish, run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = batch_project(tmp_path / "project")
    (made / "story/sheet.md").write_text(
        "# {{ row.employer }}\n\nIt pays {{ row.pay }}, {% if row.pay > 40000 %}much{% else %}little{% endif %}.\n",
        "utf-8",
    )
    return made


def changed(employer: str, pay: str) -> tuple[tuple[str, ...], ...]:
    return tuple((a, b, c, pay if a == employer else d) for a, b, c, d in EMPLOYERS)


def documents(to: Path) -> dict[str, bytes]:
    return files(to / "current")


def test_an_edition_holds_a_document_for_each_row(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "public"
    code, said = publish(root, to)
    assert code == 0, said
    assert "(all.pdf, 6 in employers/)" in said
    assert len(documents(to)) == 6
    page = (to / "current/employers/index.html").read_text("utf-8")
    assert 'href="alder-sons.pdf"' in page
    code, said = publish(root, to)
    assert code == 0
    assert "Nothing new: edition" in said


def test_only_what_changed_is_made_and_the_brief_names_it(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "public"
    publish(root, to)
    before = documents(to)
    with_rows(root, changed("Civic Works", "39900"))
    code, said = publish(root, to)
    assert code == 0, said
    after = documents(to)
    assert {name for name in after if after[name] != before[name]} == {"civic-works.pdf"}
    brief = (to / "current/brief.md").read_text("utf-8")
    assert "1 is different of 6: Civic Works." in brief
    assert "1 document of a batch is another one" in brief
    first, second = ids(to)
    code, said = run("changes", first, second, "--to", to)
    assert code == 0
    assert "Civic Works" in said


def test_rows_that_come_and_go_are_told(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "public"
    publish(root, to)
    with_rows(root, (*EMPLOYERS[1:], ("Gull Bay", "Retail", "3", "31000")))
    code, said = publish(root, to)
    assert code == 0, said
    brief = (to / "current/brief.md").read_text("utf-8")
    assert "1 is gone: Alder &amp; Sons." in brief or "1 is gone: Alder & Sons." in brief
    assert "1 is new: Gull Bay." in brief
    assert "alder-sons.pdf" not in documents(to)


def test_an_item_that_fails_holds_the_edition_until_a_person_accepts_it_once(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "public"
    publish(root, to)
    with_rows(root, changed("Civic Works", ""))
    code, said = publish(root, to)
    assert code == 3
    assert "'Civic Works' could not be made: story/sheet.md" in said
    assert len(documents(to)) == 6
    held = ids(to)[-1]
    code, said = editions(to, "accept", held, "--by", "Ada", "--note", "They say nothing this year")
    assert code == 0, said
    assert len(documents(to)) == 5
    public = (to / "current/employers/index.html").read_text("utf-8")
    assert "Civic Works" not in public
    with_rows(root, (*changed("Civic Works", "")[:5], ("Fjord Analytics", "Energy", "16", "73000")))
    code, said = publish(root, to)
    assert code == 0, said  # it failed alike in the edition that was accepted


def test_readers_learn_nothing_of_recipients(root: Path, tmp_path: Path) -> None:
    toml = root / "project.toml"
    toml.write_text(
        toml.read_text("utf-8").replace('over = "employers"', 'over = "employers"\nrecipient_field = "to"'), "utf-8"
    )
    toml.write_text(
        toml.read_text("utf-8").replace("[charts.pay]", 'to = { title = "To", type = "text" }\n\n[charts.pay]'), "utf-8"
    )
    lines = (root / "tables/employers.csv").read_text("utf-8").splitlines()
    said = [f"{line},{'to' if n == 0 else f'desk-{n}@example.edu'}" for n, line in enumerate(lines)]
    (root / "tables/employers.csv").write_text("\n".join(said) + "\n", "utf-8")
    to = tmp_path / "public"
    code, told = publish(root, to)
    assert code == 0, told
    for path in (to / "current").rglob("*"):
        if path.is_file() and path.suffix != ".pdf":
            assert "example.edu" not in path.read_text("utf-8").replace("https://example.edu/fair", ""), path


def test_a_document_that_somebody_changed_is_published_anew(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "public"
    publish(root, to)
    before = documents(to)
    (to / "current/employers/delta-grid.pdf").write_bytes(b"not as it was")
    code, said = publish(root, to)
    assert code == 0, said
    assert documents(to) == before


def test_a_story_of_a_batch_that_changed_is_no_edition_that_was_withdrawn(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "public"
    publish(root, to)
    story = root / "story/sheet.md"
    right = story.read_text("utf-8")
    story.write_text(right + "\nThis is wrong.\n", "utf-8")
    publish(root, to)
    code, said = editions(to, "withdraw", ids(to)[-1], "--note", "A sentence was wrong")
    assert code == 0, said
    story.write_text(right + "\nThis is right.\n", "utf-8")
    code, said = publish(root, to)
    assert code == 0, said
    assert json.loads((to / "current/manifest.json").read_text("utf-8"))["corrected"]["note"] == "A sentence was wrong"


def test_a_project_of_batches_alone_can_be_published(root: Path, tmp_path: Path) -> None:
    toml = (root / "project.toml").read_text("utf-8")
    start, end = toml.index("[outputs.all]"), toml.index("[batches.employers]")
    (root / "project.toml").write_text(toml[:start] + toml[end:], "utf-8")
    code, said = publish(root, tmp_path / "public")
    assert code == 0, said
    assert len(documents(tmp_path / "public")) == 6


def test_a_delivered_edition_has_its_batches(root: Path, tmp_path: Path) -> None:
    place = tmp_path / "share"
    place.mkdir()
    toml = root / "project.toml"
    toml.write_text(f'{toml.read_text("utf-8")}\n[deliver.share]\nto = "{place.as_posix()}"\n', "utf-8")
    code, said = run("allow", "deliver:share", root)
    assert code == 0, said
    to = tmp_path / "public"
    code, said = publish(root, to)
    assert code == 0, said
    assert files(place / "current") == documents(to)


def with_recipients(root: Path, recipients: tuple[str, ...]) -> None:
    """A column that says to whom each document goes, and a place for them."""
    toml = (root / "project.toml").read_text("utf-8")
    if "recipient_field" not in toml:
        toml = toml.replace('over = "employers"', 'over = "employers"\nrecipient_field = "desk"')
        toml = toml.replace("[charts.pay]", 'desk = { title = "Desk", type = "text" }\n\n[charts.pay]')
        (root / "project.toml").write_text(
            f'{toml}\n[deliver.desks]\nto = "{(root.parent / "desks").as_posix()}"\nbatch = "employers"\n', "utf-8"
        )
        (root.parent / "desks").mkdir()
        assert run("allow", "deliver:desks", root)[0] == 0
    lines = [",".join((*row, desk)) for row, desk in zip(EMPLOYERS, recipients, strict=True)]
    (root / "tables/employers.csv").write_text("\n".join(("employer,industry,jobs,pay,desk", *lines)) + "\n", "utf-8")


def desks(root: Path) -> dict[str, bytes]:
    top = root.parent / "desks"
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in sorted(top.rglob("*.pdf"))}


def test_documents_are_delivered_to_the_folder_of_their_recipient(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "public"
    with_recipients(root, ("North desk", "North desk", "South desk", "South desk", "", "../up"))
    code, said = publish(root, to)
    assert code == 0, said
    assert "1 of 6 documents of 'employers' have no recipient: Elm Street Books." in said
    public = documents(to)
    assert desks(root) == {
        "north-desk/alder-sons.pdf": public["alder-sons.pdf"],
        "north-desk/brightwater-health.pdf": public["brightwater-health.pdf"],
        "south-desk/civic-works.pdf": public["civic-works.pdf"],
        "south-desk/delta-grid.pdf": public["delta-grid.pdf"],
        "up/fjord-analytics.pdf": public["fjord-analytics.pdf"],
    }


def test_a_document_follows_its_recipient_and_leaves_the_earlier_one(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "public"
    with_recipients(root, ("North desk",) * 6)
    publish(root, to)
    with_recipients(root, (*("North desk",) * 5, "South desk"))
    code, said = publish(root, to)
    assert code == 0, said
    assert "south-desk/fjord-analytics.pdf" in desks(root)
    assert "north-desk/fjord-analytics.pdf" not in desks(root)
    assert len(desks(root)) == 6


def test_what_was_withdrawn_is_taken_from_its_recipients(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "public"
    with_recipients(root, ("North desk",) * 6)
    publish(root, to)
    assert editions(to, "withdraw", ids(to)[-1], "--note", "Wrong.")[0] == 0
    assert run("deliver", root, "--to", to)[0] == 0
    assert not desks(root)


def test_a_place_for_recipients_needs_a_field_that_names_them(root: Path, tmp_path: Path) -> None:
    toml = root / "project.toml"
    toml.write_text(f'{toml.read_text("utf-8")}\n[deliver.desks]\nto = "desks"\nbatch = "employers"\n', "utf-8")
    code, said = publish(root, tmp_path / "public")
    assert code == 2
    assert "deliver.desks goes to recipients, and batches.employers does not say who they are" in said
