"""Everything that Fairsheet makes is sound: by its own audit, by page-validation and by veraPDF."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from data.look.brand import Brand
from data.project_folder import built_in_projects
from reports.deck.writer import write_deck
from tests.audited import by_verapdf, found, outputs
from tests.pdf_pages import Ids, document, every_block, failures, stress
from tests.writing import write_report

LANGUAGES = ("en-US", "de-DE", "fr-FR")


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("project", built_in_projects())
def test_nothing_is_found_in_the_built_in_outputs(project: str, paper: str) -> None:
    for file, content in outputs(project, paper).items():
        assert not [str(finding) for finding in found(content)], file
        if file.endswith(".pdf"):
            assert not failures(content), file


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_in_documents_of_each_language(language: str, paper: str) -> None:
    made = document(every_block(Ids()), language=language)
    brand = replace(Brand(), paper=paper)
    assert not found(write_report(made, brand))
    assert not found(write_deck(made, brand))


def test_verapdf_finds_nothing_in_reports_and_handouts(tmp_path_factory: pytest.TempPathFactory) -> None:
    files: dict[str, bytes] = {}
    for project in built_in_projects():
        for paper in ("letter", "a4"):
            pdfs = {name: content for name, content in outputs(project, paper).items() if name.endswith(".pdf")}
            files |= {f"{project}, {paper}, {name}": content for name, content in pdfs.items()}
    for language in LANGUAGES:
        for paper in ("letter", "a4"):
            brand = replace(Brand(), paper=paper)
            made = document(every_block(Ids()), language=language)
            files[f"{language}, {paper}"] = write_report(made, brand)
    files["60 pages"] = write_report(stress(10), Brand())
    answers = by_verapdf(files, tmp_path_factory.mktemp("sound"))
    assert answers == {name: [] for name in files}


def test_nothing_is_found_in_a_report_of_60_pages() -> None:
    from io import BytesIO

    import pikepdf

    content = write_report(stress(10), Brand())
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) >= 60
    assert not found(content)
