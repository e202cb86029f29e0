"""What several tests share: the tools of other people that must be there, or are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("FAIRSHEET_SHARED", ROOT.parent / "shared"))

# how long an example takes is the machine's affair, and no fault of the code
settings.register_profile("fairsheet", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fairsheet")


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The tests' own folders for what is the user's: hers are not touched."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Path of a command; the test is skipped without it, or fails when FAIRSHEET_REQUIRE_TOOLS=1."""

    def find(name: str) -> str:
        found = shutil.which(name)
        if found:
            return found
        if os.environ.get("FAIRSHEET_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{name} is not installed, and FAIRSHEET_REQUIRE_TOOLS=1")
        pytest.skip(f"{name} is not installed")

    return find


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data that lie beside the checkout; the test is skipped where they do not."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this checkout")
    return SHARED


@pytest.fixture(autouse=True)
def user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user with folders of her own, so that no test touches a real home, who lets projects read servers on loopback
    and use the variables that tests set."""
    home = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("FAIRSHEET_CACHE", "off")  # what a test makes is made
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("FAIRSHEET_HOSTS", "127.0.0.1,127.0.0.2,localhost,[::1]")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "CAREERS_DB_PASSWORD,CAREERS_DB,CAREERS_TOKEN,YEAR")


PROJECT = """\
title = "Two jobs"
language = "en-US"
publisher = "Career Center"
website = "https://careers.test/two"

[tables.pay]
file = "tables/pay.csv"
source = "A survey"
as_of = "2024"
[tables.pay.fields]
job = { title = "Job", type = "text", key = true }
salary = { title = "Salary", type = "money", unit = "USD", minimum = 0 }

[charts.pay]
table = "pay"
x = "salary"
y = "job"
title = "Engineers earn more"
holds = "pay.top('salary').job == 'Engineer'"

[outputs.report]
writer = "report"
story = "story/report.md"
[outputs.handout]
writer = "handout"
story = "story/handout.md"
[outputs.deck]
writer = "deck"
story = "story/deck.md"
"""
REPORT = """\
# Engineers earn more {#pay kicker="Pay"}

An engineer earns {{ pay["Engineer"].salary }}.

![Pay by job](chart:pay)
"""
HANDOUT = """\
# Two jobs {kicker="For students"}

What they pay.

::: key-figures
- **{{ pay["Engineer"].salary }}** an engineer
- **{{ pay["Analyst"].salary }}** an analyst
- **{{ pay.top("salary").salary - pay.bottom("salary").salary }}** between them
:::

![Pay by job](chart:pay)

::: next-steps
1. Ask an advisor.
:::
"""
DECK = """\
# Pay

## Engineers earn more

![Pay by job](chart:pay)

::: notes
Say what the chart shows: {{ pay["Engineer"].salary }}.
:::
"""


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A project of one table, one chart and three short stories, to be broken in one place."""
    root = tmp_path / "small"
    for name, text in {
        "project.toml": PROJECT,
        "brand.toml": 'institution = "Test University"\n',
        "tables/pay.csv": "job,salary\nEngineer,120000\nAnalyst,110000\n",
        "story/report.md": REPORT,
        "story/handout.md": HANDOUT,
        "story/deck.md": DECK,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room; only the administrator of a machine can make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], capture_output=True)
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


@pytest.fixture
def without_verapdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that publish often: each audit by veraPDF begins a Java of its own, for seconds."""
    monkeypatch.delenv("FAIRSHEET_VERAPDF_JAR", raising=False)
