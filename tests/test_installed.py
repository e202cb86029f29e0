"""Installed from a wheel, `fairsheet` is what `python generate.py` is in a checkout, and nothing else is installed."""

from __future__ import annotations

import importlib.util
import os
import shlex
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from reports.version import VERSION
from tests.conftest import ROOT

FILES = ("report.pdf", "handout.pdf", "deck.pptx", "manifest.json")
TRAP = "raise SystemExit('a module of the working folder was taken')\n"


def made(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def right(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = made(*command, cwd=cwd, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built(kind: str, source: Path, target: Path) -> Path:
    right(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", target, cwd=source)
    (archive,) = target.iterdir()
    return archive


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("hatchling") is None:
        if os.environ.get("FAIRSHEET_REQUIRE_TOOLS") == "1":
            pytest.fail("hatchling is not installed, and FAIRSHEET_REQUIRE_TOOLS=1")
        pytest.skip("hatchling, which builds the wheel, is not installed")
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an environment with the wheel, which finds its dependencies in this one."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=True, symlinks=os.name != "nt")
    folder = place / ("Scripts" if os.name == "nt" else "bin")
    right(folder / "python", "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=place)
    own = right(folder / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).strip()
    others = [entry for entry in sys.path if "-packages" in entry]
    Path(own, "dependencies.pth").write_text("\n".join(others), "utf-8")
    Path(own, "data").mkdir()
    Path(own, "data/__init__.py").write_text(TRAP, "utf-8")  # another distribution's
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder to work in that holds modules of the same names, and of libraries."""
    folder = tmp_path / "elsewhere"
    for name in ("data", "charts", "reports", "fairsheet"):
        (folder / name).mkdir(parents=True)
    for name in ("data/__init__.py", "charts/__init__.py", "reports/__init__.py", "generate.py", "data.py"):
        (folder / name).write_text(TRAP, "utf-8")
    return folder


def test_a_wheel_holds_one_package_with_everything_in_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.startswith(f"fairsheet-{VERSION}.dist-info/")}
        record = archive.read(f"fairsheet-{VERSION}.dist-info/RECORD").decode()
    assert {line.split("/")[0] for line in record.splitlines()} == {"fairsheet", f"fairsheet-{VERSION}.dist-info"}
    tree = [p for folder in ("data", "charts", "reports") for p in (ROOT / folder).rglob("*") if p.is_file()]
    ours = {p.relative_to(ROOT).as_posix() for p in tree if p.parent.name != "__pycache__"}
    ours |= {"generate.py", "LICENSE", "NOTICE", "__init__.py", "__main__.py"}
    assert names == {f"fairsheet/{name}" for name in ours}


def test_a_source_distribution_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(built("sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    again = built("wheel", tmp_path / f"fairsheet-{VERSION}", tmp_path / "again")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


@pytest.mark.parametrize("module", [False, True])
def test_an_installed_command_makes_the_documents_of_the_checkout(
    module: bool, programs: Path, elsewhere: Path, tmp_path: Path
) -> None:
    command = (programs / "python", "-m", "fairsheet") if module else (programs / "fairsheet",)
    if module:
        (elsewhere / "jinja2.py").write_text(TRAP, "utf-8")  # `-m` puts the working folder first
    said = "python -m fairsheet" if module else "fairsheet"
    assert right(*command, "--version", cwd=elsewhere) == f"fairsheet {VERSION}\n"
    assert f"then run: {said} build fair" in right(*command, "new", "fair", "--empty", cwd=elsewhere)
    assert right(*command, "check", "fair", "--strict", cwd=elsewhere).splitlines()[-1] == "No problems."
    right(*command, "build", "fair", cwd=elsewhere)
    right(sys.executable, ROOT / "generate.py", "build", elsewhere / "fair", "--out", tmp_path / "out", cwd=tmp_path)
    for name in FILES:
        assert (elsewhere / "out" / name).read_bytes() == (tmp_path / "out" / name).read_bytes(), name


def test_a_schedule_calls_this_installation_from_wherever_its_scheduler_begins(programs: Path, elsewhere: Path) -> None:
    right(programs / "fairsheet", "new", "fair", "--empty", cwd=elsewhere)
    (elsewhere / "fair/fairsheet.py").write_text(TRAP, "utf-8")  # a run is in the project's folder
    arguments = ("schedule", "install", "fair", "--every", "hourly", "--with", "systemd", "--out", "units")
    right(programs / "fairsheet", *arguments, cwd=elsewhere)
    (service,) = (elsewhere / "units").glob("*.service")
    line = next(one for one in service.read_text("utf-8").splitlines() if one.startswith("ExecStart="))
    python, *words = shlex.split(line.removeprefix("ExecStart="))
    assert Path(python) == programs / "python"
    assert words[:3] == ["-P", "-m", "fairsheet"]
    right(python, *words, cwd=elsewhere / "fair")
    assert (elsewhere / "published").is_dir()


def test_the_working_folder_on_the_path_has_no_part_in_a_run(programs: Path, elsewhere: Path) -> None:
    for path in (os.pathsep, str(elsewhere)):
        assert right(programs / "fairsheet", "--version", cwd=elsewhere, PYTHONPATH=path) == f"fairsheet {VERSION}\n"


def test_a_second_process_finds_the_same_modules(programs: Path, elsewhere: Path) -> None:
    script = elsewhere / "run.py"
    script.write_text(
        "import inspect, sys, fairsheet\n"
        "sys.path[0] = ''\n"
        "fairsheet.put_first()\n"
        "import reports.runs.write as write\n"
        "write.sys = type('System', (), {'platform': 'darwin'})  # begins it anew, as Windows does\n"
        "if __name__ == '__main__':\n"
        "    with write.second_process() as pool:\n"
        "        ask = inspect.getsourcefile if pool is None else lambda f: pool.submit(inspect.getsourcefile, f).result(60)\n"
        "        print(ask(write._warm_up))\n"
    )
    (elsewhere / "fairsheet").rmdir()
    found = Path(right(programs / "python", script, cwd=elsewhere).strip())
    assert found.parts[-4:] == ("fairsheet", "reports", "runs", "write.py")
    assert found.is_relative_to(programs.parent)


def test_modules_of_others_that_are_loaded_already_are_named(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "data.py").write_text("")
    done = made(programs / "python", "-c", "import data, fairsheet; fairsheet.run()", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Another module named 'data' is in the way of Fairsheet's: ")
    assert "Traceback" not in done.stderr


def test_mistakes_are_told_with_the_name_of_the_command(programs: Path, tmp_path: Path) -> None:
    done = made(programs / "fairsheet", "build", "--ou", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "More: fairsheet build --help"
    done = made(programs / "python", "-m", "fairsheet", "build", "--ou", cwd=tmp_path)
    assert done.stderr.splitlines()[-1] == "More: python -m fairsheet build --help"
    done = made(sys.executable, ROOT / "generate.py", "build", "--ou", cwd=tmp_path)
    assert done.stderr.splitlines()[-1] == "More: python generate.py build --help"


def test_a_shell_completes_the_command(programs: Path, tmp_path: Path) -> None:
    asked = {"_FAIRSHEET_COMPLETE": "complete_bash", "COMP_WORDS": "fairsheet bu", "COMP_CWORD": "1"}
    assert right(programs / "fairsheet", cwd=tmp_path, **asked).split() == ["build"]
    home = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    assert "complete_bash" in right(programs / "fairsheet", "--show-completion", "bash", cwd=tmp_path, **home)
    right(programs / "fairsheet", "--install-completion", "bash", cwd=tmp_path, **home)
    (script,) = (tmp_path / ".bash_completions").iterdir()
    assert str(script) in (tmp_path / ".bashrc").read_text("utf-8")
    program = "import shellingham, sys\nsys.argv[0] = 'fairsheet'\nfrom fairsheet import run\n"
    program += "def detect_shell(*_):\n    raise shellingham.ShellDetectionFailure\n"
    program += "shellingham.detect_shell = detect_shell\nsys.argv.append('--show-completion')\nrun()\n"
    unknown = made(programs / "python", "-c", program, cwd=tmp_path)
    assert (unknown.returncode, "Traceback" in unknown.stderr) == (2, False), unknown.stdout + unknown.stderr
    assert "completion" not in right(sys.executable, ROOT / "generate.py", "--help", cwd=tmp_path)


def test_the_built_in_documents_are_those_of_one_project_wherever_it_is_installed(
    programs: Path, tmp_path: Path
) -> None:
    right(sys.executable, ROOT / "generate.py", cwd=tmp_path)
    before = {name: (tmp_path / "out" / name).read_bytes() for name in FILES}
    done = made(programs / "fairsheet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == before
