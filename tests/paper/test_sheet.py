"""A routine on paper."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from coach import language
from coach.language import Language
from coach.own import paths
from coach.paper import sheet, sheet_page
from coach.routine.library import Library
from coach.routine.model import Routine

EN = language.load()
SHIPPED = Library([paths.routines()])
SLUGS = [listing.slug for listing in SHIPPED.routines()]

CIRCUIT = """\
routine: "Ladders & <b>stairs</b>"
about: "*Quick*, [bold]hard[/bold] | 1 < 2"
source: R&D
exercises:
  - family: step-up
    equipment: mini band
    band: around the <calves>
    setup: [Stand.]
    move: Step up.
    cues: [Stand tall]
    variants: [{name: step-up, sides: each leg}]
blocks:
  - circuit: 2-3 rounds
    rest: 60 s
    blocks:
      - {exercise: step-up, reps: 1}
      - circuit: 2 rounds
        blocks:
          - {exercise: step-up, reps: 8-12}
"""


@pytest.fixture
def circuit(tmp_path: Path) -> Routine:
    file = tmp_path / "circuit.yaml"
    file.write_text(CIRCUIT, encoding="utf-8")
    return SHIPPED.routine(file)


@pytest.fixture
def warm_up() -> Routine:
    return SHIPPED.routine("prerun-warmup")


def shown(routine: Routine, language: Language = EN, width: int = 200) -> str:
    console = Console(file=StringIO(), width=width, color_system=None)
    console.print(sheet.terminal(routine, EN))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("form", [sheet.plain, sheet.markdown, sheet_page.html, shown])
def test_every_form_has_the_exercise_its_dose_its_band_and_a_cue(
    form: Callable[[Routine, Language], str], warm_up: Routine
) -> None:
    text = form(warm_up, EN)
    assert "Pre-run warm-up" in text
    assert "Lateral band walk" in text
    assert "1 to 2 sets of 6 to 10 steps each direction" in text
    assert "around the calves" in text
    assert "Stay low, land through heels, toes forward" in text
    assert "20 seconds" in text
    assert "mini band" in text
    assert "If anything hurts, stop." in text
    assert "About 5 minutes." in text
    assert "From: Resistance band workouts for runners" in text
    assert ".txt" not in text


def test_plain_text_is_one_fact_a_line(warm_up: Routine) -> None:
    assert """\
1. Banded glute kickback
   Dose: 1 to 2 sets of 6 to 10 reps each leg
   Rest: 20 seconds
   Band: above the knees
   Cue: Hips level, trunk still, belly firm
""" in sheet.plain(warm_up, EN)


@pytest.mark.parametrize("form", [sheet.plain, sheet.markdown, sheet_page.html])
def test_how_it_is_done_is_there_for_who_asks(form: Callable[..., str], warm_up: Routine) -> None:
    text = form(warm_up, EN, how=True)
    for variant in sheet.variants(warm_up):
        assert all(line in text for line in (*variant.setup, variant.move, *variant.mistakes))
        assert not any(line in form(warm_up, EN) for line in variant.setup)


def test_a_circuit_shows_its_rounds_and_what_is_in_them(circuit: Routine) -> None:
    assert """\
1. 2 to 3 rounds
   1. Step-up
      Dose: 1 rep each leg
      Band: around the <calves>
      Cue: Stand tall
   2. 2 rounds
      1. Step-up
         Dose: 8 to 12 reps each leg
         Band: around the <calves>
         Cue: Stand tall
      Rest: 1 minute after each round
   Rest: 1 minute after each round
""" in sheet.plain(circuit, EN)


def test_a_hold_is_dosed_in_seconds(tmp_path: Path) -> None:
    file = tmp_path / "hold.yaml"
    file.write_text(
        "routine: Hold\nblocks: [{exercise: plank, sets: 2, hold: 20-30 s, rest: 90 s}]\n", encoding="utf-8"
    )
    text = sheet.plain(SHIPPED.routine(file), EN)
    assert "Dose: 2 sets of 20 to 30 seconds\n" in text
    assert "Rest: 90 seconds\n" in text


def test_sides_without_a_common_name_are_named() -> None:
    assert "Dose: 3 sets of 10 steps forward and backward" in sheet.plain(SHIPPED.routine("lower-body-bands"), EN)


def test_an_exercise_without_a_band_has_no_band_line() -> None:
    assert "Band:" not in sheet.plain(SHIPPED.routine("no-band"), EN)
    assert " band" not in sheet.plain(SHIPPED.routine("no-band"), EN).partition("You need")[2].partition(".")[0]


def test_text_of_a_file_is_never_taken_for_markup(circuit: Routine) -> None:
    page = sheet_page.html(circuit, EN)
    assert "<b>" not in page
    assert "<h1>Ladders &amp; &lt;b&gt;stairs&lt;/b&gt;</h1>" in page
    assert "around the &lt;calves&gt;" in page
    assert r"\*Quick\*, \[bold\]hard\[/bold\] \| 1 \< 2" in sheet.markdown(circuit, EN)
    assert "[bold]hard[/bold]" in shown(circuit)


class _Outline(HTMLParser):
    """Checks that tags nest, and collects the headings' levels and what the page refers to."""

    VOID = ("meta",)

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.language: str | None = None
        self.references: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.language = dict(attrs).get("lang")
        self.references += [name for name, _ in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_is_whole_has_a_language_and_headings_to_jump_by(slug: str) -> None:
    routine = SHIPPED.routine(slug)
    page = sheet_page.html(routine, EN)
    outline = _Outline()
    outline.feed(page)
    assert outline.open == []
    assert outline.language == "en"
    assert outline.headings == [1, *[2] * len(routine.blocks)]
    assert outline.references == []
    assert "url(" not in page


def test_headings_of_circuits_go_down_one_level_at_a_time(circuit: Routine) -> None:
    outline = _Outline()
    outline.feed(sheet_page.html(circuit, EN))
    assert outline.open == []
    assert outline.headings == [1, 2, 3, 3, 4]


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

AXE_RUN = """\
axe.run(document, {resultTypes: ["violations"]}).then(function (found) {
  const report = document.createElement("pre");
  report.id = "report";
  report.textContent = JSON.stringify({
    passes: found.passes.length,
    violations: found.violations.map(function (v) { return v.id + ": " + v.help; }),
  });
  document.body.append(report);
});
"""


def chromium(profile: Path, *arguments: str) -> str:
    assert CHROMIUM
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", *arguments], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's source, from its npm package."""
    folder = tmp_path_factory.mktemp("axe")
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("npm is not installed, so axe-core cannot be fetched")
    done = subprocess.run(
        [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@4"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode:
        pytest.skip("axe-core cannot be fetched from the npm registry")
    return (folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian: apt install chromium)")


def violations(page: str, axe: str, tmp_path: Path) -> list[str]:
    """What axe-core finds wrong with a page, in a real browser."""
    file = tmp_path / "sheet.html"
    file.write_text(
        page.replace("</body>", f"<script>{axe}</script><script>{AXE_RUN}</script></body>"), encoding="utf-8"
    )
    dom = chromium(tmp_path / "profile", "--virtual-time-budget=20000", "--dump-dom", file.as_uri())
    report = re.search('<pre id="report">(.*?)</pre>', dom, re.DOTALL)
    assert report, "axe-core did not come to an end"
    found = json.loads(unescape(report[1]))
    assert found["passes"] > 10
    return list(found["violations"])


@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize("slug", SLUGS)
def test_an_accessibility_checker_finds_nothing_wrong_with_the_page(slug: str, axe: str, tmp_path: Path) -> None:
    assert violations(sheet_page.html(SHIPPED.routine(slug), EN, how=True), axe, tmp_path) == []


@pytest.mark.slow
@needs_chromium
def test_the_accessibility_checker_would_find_something(warm_up: Routine, axe: str, tmp_path: Path) -> None:
    page = sheet_page.html(warm_up, EN).replace(' lang="en"', "").replace("<h1>", '<h1 style="color: #ddd">')
    assert {found.partition(":")[0] for found in violations(page, axe, tmp_path)} == {"html-has-lang", "color-contrast"}


@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize(("how", "pages"), [(False, 1), (True, 2)])
def test_the_warm_up_is_one_page_of_paper_in_large_print(
    how: bool, pages: int, warm_up: Routine, tmp_path: Path
) -> None:
    page = sheet_page.html(warm_up, EN, how=how)
    assert "font: 18pt" in page
    assert "size: A4" in page
    file, pdf = tmp_path / "sheet.html", tmp_path / "sheet.pdf"
    file.write_text(page, encoding="utf-8")
    chromium(tmp_path / "profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", file.as_uri())
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) == pages
