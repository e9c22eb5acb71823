"""The report's files: the table in a browser's eyes, the workbook in Excel's, OSCAL in NIST's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.batch.index_page import agency_file
from bot.batch.wording import load_batch_wording
from evals.manuals import generate, write
from knowledge.errors import KnowledgeError
from tests.bot.batch.runs import BAN, review


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on eight manuals, two of one agency with a hostile name, and a bad file."""
    home = tmp_path_factory.mktemp("batch")
    folder = home / "manuals"
    own = folder / "<b>&Agency"
    own.mkdir(parents=True)
    for manual in generate(6, fewest=5, most=8, seed=5):
        write(manual, folder)
    (own / "=cmd force.txt").write_text(BAN + '=HYPERLINK("x") \x07 bell.\n')
    (own / "rules.txt").write_text("Officers may use a choke hold on anyone who resists.\n")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    review(folder, home / "report")
    return home / "report"


def test_the_table_has_a_row_a_file_and_every_link_leads_somewhere(report: Path) -> None:
    page = (report / "index.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == 1 + 9
    links = re.findall(r'href="([^"]+)"', page)
    assert len(links) == 8 + 2  # a page a manual, and the agency's from both its rows
    for link in links:
        assert (report / link).is_file(), link
    assert "<b>&Agency" not in page
    assert "&lt;b&gt;&amp;Agency" in page


def test_the_page_loads_nothing_and_runs_only_its_own_script(report: Path) -> None:
    page = (report / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy content="([^"]+)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "script-src 'sha256-" in policy[1]
    assert not re.search(r"(?:src|href)=\"?https?:", page)
    assert page.count("<script") == 1


def test_an_agency_with_several_manuals_has_a_page_of_its_own(report: Path) -> None:
    pages = list((report / "agencies").glob("*.html"))
    assert [page.name for page in pages] == [agency_file("<b>&Agency")]
    text = pages[0].read_text(encoding="utf-8")
    assert "rules.txt" in text
    for link in re.findall(r'href="([^"]+)"', text):
        assert (pages[0].parent / link).is_file(), link


def test_the_workbook_holds_words_and_no_formulas(report: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(report / "reviews.xlsx")
    manuals, findings = book["Manuals"], book["Findings"]
    assert manuals.max_row == 1 + 9
    assert findings.max_row == 1 + 8 * 14
    names = [cell.value for cell in manuals["B"]]
    assert "<b>&Agency/=cmd force.txt" in names
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_the_oscal_file_obeys_the_schema(report: Path) -> None:
    models = pytest.importorskip("oscal_bindings.v1.models", reason="needs oscal-bindings")
    text = (report / "oscal-assessment-results.json").read_text(encoding="utf-8")
    document = models.AssessmentResultsDocument.model_validate_json(text)
    results = document.assessment_results.results
    assert len(results) == 8
    assert all(len(result.findings) == 14 for result in results)


def test_the_schema_check_would_notice_a_slip(report: Path) -> None:
    models = pytest.importorskip("oscal_bindings.v1.models", reason="needs oscal-bindings")
    told = json.loads((report / "oscal-assessment-results.json").read_text(encoding="utf-8"))
    told["assessment-results"]["results"][0]["findings"][0]["target"]["status"] = {"state": "ok"}
    with pytest.raises(ValueError, match="state"):
        models.AssessmentResultsDocument.model_validate(told)


def test_every_oscal_identifier_is_unique_and_every_reference_is_answered(report: Path) -> None:
    told = json.loads((report / "oscal-assessment-results.json").read_text(encoding="utf-8"))
    own: list[str] = []
    meant: list[str] = []
    _collect(told, own, meant)
    assert len(own) == len(set(own))
    assert meant
    assert set(meant) <= set(own)
    assert told["assessment-results"]["import-ap"]["href"].removeprefix("#") in own


def test_only_meets_is_satisfied(report: Path) -> None:
    told = json.loads((report / "oscal-assessment-results.json").read_text(encoding="utf-8"))
    for result in told["assessment-results"]["results"]:
        for finding in result["findings"]:
            verdict = next(p["value"] for p in finding["props"] if p["name"] == "verdict")
            state = finding["target"]["status"]["state"]
            assert (state == "satisfied") == (verdict == "meets")


def test_a_slip_in_the_wording_is_refused_by_name(tmp_path: Path) -> None:
    file = Path(load_batch_wording.__wrapped__.__code__.co_filename).parents[1]
    text = (file / "data" / "batch" / "wording.toml").read_text(encoding="utf-8")
    slip = tmp_path / "wording.toml"
    slip.write_text(text.replace("{count} manuals", "{number} manuals"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="number"):
        load_batch_wording.__wrapped__(slip)
    slip.write_text(text.replace("[say]", '[say]\nodd = "x"'), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="odd"):
        load_batch_wording.__wrapped__(slip)


def _collect(value: object, own: list[str], meant: list[str]) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "uuid":
                own.append(item)
            elif key.endswith("-uuid"):
                meant.append(item)
            _collect(item, own, meant)
    elif isinstance(value, list):
        for item in value:
            _collect(item, own, meant)
