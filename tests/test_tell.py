"""People are told by mail what became of a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivering import ADDRESS, Mailbox, delivering, mail_server
from tests.publishing import publish, settings, with_salary

pytest.importorskip("apprise", reason="apprise is not installed")
pytest.importorskip("aiosmtpd", reason="aiosmtpd is not installed")

TELL = f"""\
[tell.team]
url = "${{{ADDRESS}}}"
attach = ["handout"]
link = "https://files.careers.test/fair/editions/{{edition}}/"
"""


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server() as box:
        monkeypatch.setenv(ADDRESS, box.address)
        monkeypatch.setenv("FAIRSHEET_SECRETS", ADDRESS)
        yield box


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return delivering(tmp_path / "project", TELL)


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


def test_a_published_edition_is_told_with_its_documents_byte_for_byte(mail: Mailbox, root: Path, to: Path) -> None:
    code, said = publish(root, to)
    assert code == 0, said
    assert mail.subjects == ["Published: Two jobs"]
    edition = (to / "current").resolve()
    assert f"https://files.careers.test/fair/editions/{edition.name}/" in mail.text
    assert mail.attachments == {"handout.pdf": (edition / "handout.pdf").read_bytes()}


def test_where_nothing_is_new_nobody_is_told(mail: Mailbox, root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    assert publish(root, to)[0] == 0
    assert len(mail.messages) == 1


def test_a_held_edition_is_told_with_its_causes_and_what_lets_it_out(mail: Mailbox, root: Path, to: Path) -> None:
    settings(root, 'as_of = "2024"', 'as_of = "2019"\nstale_after = "18 months"')
    code, said = publish(root, to)
    assert code == 3, said
    assert mail.subjects == ["Held: Two jobs"]
    assert "2019" in mail.text
    assert "fairsheet editions accept" in mail.text
    assert f"--to {to}" in mail.text
    assert publish(root, to)[0] == 3
    assert len(mail.messages) == 1


def test_a_mistake_in_the_project_is_told(mail: Mailbox, root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    with_salary(root, -5)
    code, said = publish(root, to)
    assert code == 2, said
    assert mail.subjects[-1] == "Failed: Two jobs"
    assert "-5" in mail.text
    assert "Readers find what they found before" in mail.text


def test_a_project_file_that_cannot_be_read_is_told_to_those_who_were_told_before(
    mail: Mailbox, root: Path, to: Path
) -> None:
    assert publish(root, to)[0] == 0
    with (root / "project.toml").open("a") as stream:
        stream.write("\n[tables.pay\n")
    assert publish(root, to)[0] == 2
    assert mail.subjects[-1].startswith("Failed: ")
    assert "project.toml:" in mail.text


def test_a_message_that_is_refused_is_said_and_sent_the_next_time(mail: Mailbox, root: Path, to: Path) -> None:
    mail.refuses = "554 no room for fair@careers.test"
    code, said = publish(root, to)
    assert code == 5, said
    assert "tell.team: mailto:// did not take the message" in said
    assert "careers.test" not in said.partition("tell.team")[2]
    assert (to / "current").exists()
    mail.refuses = None
    code, said = publish(root, to)
    assert code == 0, said
    assert mail.subjects == ["Published: Two jobs"]


def test_a_receiver_that_is_not_allowed_gets_nothing(
    mail: Mailbox, root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAIRSHEET_SECRETS")
    code, said = publish(root, to)
    assert code == 5, said
    assert f"allow secret:{ADDRESS}" in said
    assert not mail.messages
