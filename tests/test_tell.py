"""People are told by mail what became of a run."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.delivering import ADDRESS, Between, Mailbox, delivering, mail_server, redelivering
from tests.publishing import editions, ids, publish, run, settings, with_salary

pytestmark = pytest.mark.usefixtures("without_verapdf")

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
    assert "editions accept" in mail.text
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


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("attach =", "atach ="),
        ("attach =", 'when = ["publishd"]\nattach ='),
        (f'"${{{ADDRESS}}}"', '"mailto://relay.careers.test"'),
        ("[tell.team]", "[tell.staff]\nattach = 7\n[tell.team]"),
        ("[tell.team]", "[tell]"),
    ],
)
def test_a_mistake_in_the_receivers_themselves_is_told_to_them_as_they_were_before(
    mail: Mailbox, root: Path, to: Path, right: str, wrong: str
) -> None:
    assert publish(root, to)[0] == 0
    settings(root, right, wrong)
    code, said = publish(root, to)
    assert code == 2, said
    assert mail.subjects == ["Published: Two jobs", "Failed: Two jobs"]
    assert "project.toml:" in mail.text


def test_a_message_that_is_refused_is_said_and_sent_the_next_time(mail: Mailbox, root: Path, to: Path) -> None:
    mail.refuses = "554 no room for fair@careers.test"
    code, said = publish(root, to)
    assert code == 5, said
    assert "tell.team: mailto:// did not take the message: 554 no room for ***@***." in said
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
    assert f"tell.team: the project asks for your environment variable {ADDRESS}" in said
    assert not mail.messages


def test_a_mail_server_that_hangs_ends_the_message_and_not_the_run(
    mail: Mailbox, root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Between(mail.port)
    line.hangs_after = 0
    monkeypatch.setenv(ADDRESS, mail.address.replace(str(mail.port), str(line.own_port)))
    redelivering(root, f"{TELL}timeout = 2\n")
    try:
        code, said = publish(root, to)
    finally:
        line.close()
    assert code == 5, said
    assert "mailto:// did not take the message within 2 s" in said
    assert (to / "current").exists()


def test_a_mail_server_that_drops_the_line_in_a_message_gets_it_again(
    mail: Mailbox, root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Between(mail.port)
    line.fails_after = 9_000
    monkeypatch.setenv(ADDRESS, mail.address.replace(str(mail.port), str(line.own_port)))
    try:
        code, said = publish(root, to)
        assert code == 5, said
        assert not mail.messages
        line.fails_after = None
        assert publish(root, to)[0] == 0
    finally:
        line.close()
    assert mail.subjects == ["Published: Two jobs"]


def test_a_login_that_is_refused_is_told_without_the_password(
    root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aiosmtpd.smtp import AuthResult

    def refuse(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False, message="535 no entry for fairmailer hunter2hunter2")

    with mail_server(authenticator=refuse, auth_require_tls=False) as box:
        address = f"mailto://fairmailer:hunter2hunter2@127.0.0.1:{box.port}?from=fair@careers.test&to=jo@careers.test"
        monkeypatch.setenv(ADDRESS, f"{address}&mode=insecure")
        monkeypatch.setenv("FAIRSHEET_SECRETS", ADDRESS)
        code, said = publish(root, to)
    assert code == 5, said
    assert "mailto:// did not take the message: 535 no entry for *** ***." in said
    assert "hunter2" not in said
    assert "fairmailer" not in said
    assert not box.messages


def test_an_address_that_is_none_is_told_without_it(root: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS, "nosuchservice://tokentokentoken/secret")
    monkeypatch.setenv("FAIRSHEET_SECRETS", ADDRESS)
    code, said = publish(root, to)
    assert code == 5
    assert f"Check the environment variable {ADDRESS}" in said
    assert "token" not in said


@contextmanager
def chat(status: int) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """A chat's web hook: its address as Apprise writes it, and what it is told."""
    told: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"json://127.0.0.1:{server.server_address[1]}/hooks/tokentokentoken", told
    finally:
        server.shutdown()
        server.server_close()


TWO = """\
[tell.chat]
url = "${FAIR_CHAT_URL}"
when = ["published"]

[tell.team]
url = "${FAIR_MAIL_URL}"
when = ["published", "failed"]
attach = ["handout", "report"]
"""


@pytest.mark.parametrize("status", [200, 500])
def test_one_that_cannot_be_told_hides_behind_no_other(
    mail: Mailbox, root: Path, to: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    redelivering(root, TWO)
    with chat(status) as (address, told):
        monkeypatch.setenv("FAIR_CHAT_URL", address)
        monkeypatch.setenv("FAIRSHEET_SECRETS", f"{ADDRESS},FAIR_CHAT_URL")
        code, said = publish(root, to)
    assert code == (0 if status == 200 else 5), said
    assert told
    assert told[0]["title"] == "Published: Two jobs"
    assert mail.subjects == ["Published: Two jobs"]
    assert set(mail.attachments) == {"handout.pdf", "report.pdf"}
    assert ("tell.chat: json:// did not take the message" in said) is (status == 500)
    assert "token" not in said


def test_who_hears_of_failures_only_is_told_what_was_not_delivered(
    mail: Mailbox, root: Path, to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", str(gone))
    only = f'[tell.team]\nurl = "${{{ADDRESS}}}"\nwhen = ["failed"]\n'
    redelivering(root, f'[deliver.drive]\nto = "{gone.as_posix()}"\n{only}')
    assert publish(root, to)[0] == 5
    assert mail.subjects == ["Not delivered: Two jobs"]
    assert "deliver.drive" in mail.text
    assert publish(root, to)[0] == 5
    assert len(mail.messages) == 1
    gone.mkdir()
    assert publish(root, to)[0] == 0


def test_an_edition_that_was_accepted_is_told_with_the_next_run(mail: Mailbox, root: Path, to: Path) -> None:
    publish(root, to)
    settings(root, 'as_of = "2024"', 'as_of = "2019"\nstale_after = "18 months"')
    assert publish(root, to)[0] == 3
    code, said = editions(to, "accept", ids(to)[-1], "--by", "Jo", "--note", "It is right.")
    assert (code, "People are told with the next publish." in said) == (0, True)
    assert publish(root, to)[0] == 0
    assert mail.subjects == ["Published: Two jobs", "Held: Two jobs", "Published: Two jobs"]


def test_offline_nobody_is_told_and_that_is_said(mail: Mailbox, root: Path, to: Path) -> None:
    code, said = publish(root, to, "--offline")
    assert code == 0, said
    assert "tell.team: nothing was sent (--offline)." in said
    assert not mail.messages
    assert publish(root, to)[0] == 0
    assert mail.subjects == ["Published: Two jobs"]


def test_a_missing_output_cannot_be_attached(root: Path, to: Path) -> None:
    redelivering(root, TELL.replace("handout", "poster"))
    code, said = publish(root, to)
    assert code == 2
    assert "poster" in said


def test_without_its_library_it_says_what_to_install(
    mail: Mailbox, root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)  # what Python says then is what it says where it is absent
    code, said = publish(root, to)
    assert code == 5
    assert 'pip install "fairsheet[tell]"' in said


def test_allow_gives_leave_for_the_address_of_messages(
    mail: Mailbox, root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAIRSHEET_SECRETS")
    assert run("allow", f"secret:{ADDRESS}", root)[0] == 0
    code, said = publish(root, to)
    assert code == 0, said
    assert mail.subjects == ["Published: Two jobs"]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("FAIRSHEET_SECRETS", "", f"allow secret:{ADDRESS}"),
        (ADDRESS, "", f"the environment variable {ADDRESS} is not set"),
        (ADDRESS, "mial://127.0.0.1?to=jo@careers.test", "is not written as Apprise wants it"),
        ("apprise", "", 'pip install "fairsheet[tell]"'),
    ],
)
def test_who_could_not_be_told_is_found_where_nothing_is_new_and_not_when_it_matters(
    mail: Mailbox, root: Path, to: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, why: str
) -> None:
    redelivering(root, "")
    assert publish(root, to)[0] == 0
    redelivering(root, f"{TELL}# later\n")
    if name == "apprise":
        monkeypatch.setitem(sys.modules, "apprise", None)
    else:
        monkeypatch.setenv(name, value)
    for _ in range(2):  # the second finds that nothing was touched
        code, said = publish(root, to)
        assert code == 5, said
        assert "Nothing new" in said
        assert f"tell.team: {'a message needs' if name == 'apprise' else ''}" in said
        assert why in said
    assert publish(root, to, "--offline")[0] == 0
    assert not mail.messages


def test_a_trial_message_reaches_everyone_also_who_hears_of_failures_only(mail: Mailbox, root: Path, to: Path) -> None:
    redelivering(root, f'[tell.team]\nurl = "${{{ADDRESS}}}"\nwhen = ["failed", "held"]\n')
    assert publish(root, to)[0] == 0
    assert not mail.messages
    for count in (1, 2):  # also where nothing was touched since
        code, said = publish(root, to, "--trial-message")
        assert code == 0, said
        assert "tell.team: a trial message was sent." in said
        assert mail.subjects == ["Trial: Two jobs"] * count
    assert "You hear when a run fails, or an edition is held." in mail.text
    mail.refuses = "554 not today"
    code, said = publish(root, to, "--trial-message")
    assert code == 5, said
    assert "tell.team: mailto:// did not take the message: 554 not today." in said


def test_a_trial_with_nobody_to_tell_says_so(root: Path, to: Path) -> None:
    redelivering(root, "")
    code, said = publish(root, to, "--trial-message")
    assert code == 0
    assert "nobody is told" in said


@pytest.mark.parametrize(
    "password", ["hunter2@hunter3", "hunter2/hunter3", "hunter2:hunter3", "hunter2#hunter3", "hunter2?hunter3"]
)
def test_a_password_that_cuts_an_address_in_two_is_told_before_half_of_it_is_asked_for_as_a_host(
    root: Path, to: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv(ADDRESS, f"mailtos://fair:{password}@127.0.0.1?from=fair@careers.test&to=jo@careers.test")
    monkeypatch.setenv("FAIRSHEET_SECRETS", ADDRESS)
    code, said = publish(root, to)
    assert code == 5, said
    assert "@ as %40" in said
    assert "hunter" not in said


def test_a_password_is_written_with_percent_signs(monkeypatch: pytest.MonkeyPatch, root: Path, to: Path) -> None:
    from aiosmtpd.smtp import AuthResult

    heard: list[object] = []

    def take(*said: object) -> AuthResult:
        heard.append(said[-1])
        return AuthResult(success=True)

    with mail_server(authenticator=take, auth_require_tls=False) as box:
        address = f"mailto://fair%40careers.test:p%40ss%3A%2Fw%25@127.0.0.1:{box.port}"
        monkeypatch.setenv(
            ADDRESS, f"{address}?from=fair@careers.test&to=jo@careers.test,al@careers.test&mode=insecure"
        )
        monkeypatch.setenv("FAIRSHEET_SECRETS", ADDRESS)
        code, said = publish(root, to)
    assert code == 0, said
    assert [getattr(one, "password", b"") for one in heard] == [b"p@ss:/w%"]
    assert len(box.messages) == 2
