"""Fonts: what stands in for a character, and what cannot."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from typer.testing import CliRunner

from data.look.fonts import coverage, font_file, missing_characters, shipped_family, split_by_font
from generate import app


@pytest.fixture
def chinese_font(tool: Callable[[str], str]) -> Path:
    """A TrueType font with Chinese characters: Debian's fonts-droid-fallback."""
    said = subprocess.run(
        [tool("fc-match"), "-f", "%{family}\n%{file}", "Droid Sans Fallback"],
        capture_output=True,
        text=True,
        check=True,
    )
    family, file = said.stdout.split("\n")
    if "Fallback" not in family:
        pytest.skip("fonts-droid-fallback is not installed")
    return Path(file)


def test_a_project_in_chinese_builds_with_a_fallback_font(
    chinese_font: Path, small_project: Path, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    (small_project / "fonts").mkdir()
    shutil.copy(chinese_font, small_project / "fonts/chinese.ttf")
    (small_project / "brand.toml").write_text('[fonts]\nfallback = ["fonts/chinese.ttf"]\n', "utf-8")
    table = small_project / "tables/pay.csv"
    table.write_text(table.read_text("utf-8").replace("Analyst", "数据分析师"), "utf-8")
    for name in ("report", "handout", "deck"):
        story = small_project / f"story/{name}.md"
        text = story.read_text("utf-8").replace('pay["Analyst"]', 'pay["数据分析师"]')
        story.write_text(text + "\n## 工程师的工资\n\n工程师的工资比分析师高。\n", "utf-8")
    result = CliRunner().invoke(app, ["build", str(small_project), "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "chinese.ttf" in json.loads((tmp_path / "manifest.json").read_text("utf-8"))["fonts"]
    for name in ("report.pdf", "handout.pdf"):
        said = subprocess.run(
            [tool("pdftotext"), str(tmp_path / name), "-"], capture_output=True, text=True, check=True
        ).stdout
        assert "工程师的工资" in said
        assert "数据分析师" in said
    titles = [slide.shapes.title.text for slide in Presentation(str(tmp_path / "deck.pptx")).slides]
    assert "工程师的工资" in titles


def test_each_character_takes_the_first_font_that_has_it(chinese_font: Path) -> None:
    sans = shipped_family("Source Sans Pro").regular
    chinese = font_file(chinese_font)
    assert split_by_font("a 工 b", (sans, chinese)) == [(sans, "a "), (chinese, "工 "), (sans, "b")]
    assert missing_characters("a工🎓", (sans, chinese)) == ["🎓"]


def test_the_shipped_fonts_have_what_our_own_text_uses() -> None:
    for name in ("Source Sans Pro", "Source Serif Pro"):
        for file in shipped_family(name).files:
            assert coverage(file) >= set(map(ord, "–—“”‘’„‚«»‹›×−≥≤€£•·…\u00a0")), file.path.name
