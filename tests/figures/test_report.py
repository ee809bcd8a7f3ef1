"""The report: everything in one file, for no shot, one, eleven, sixty and five thousand, in a browser in both themes."""

import html
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aiuteur.craft.anchors import Drift, Drifted
from aiuteur.craft.figures.effects import FirstTake
from aiuteur.craft.figures.facts import Facts, ProjectFacts, ShotFigures
from aiuteur.craft.figures.summary import JudgeReport, Summary, summarised
from aiuteur.craft.figures.trends import Claim
from aiuteur.exports import report_charts, report_numbers
from aiuteur.exports.learning_curve import picture
from aiuteur.exports.report import cards, page, sparkline
from aiuteur.exports.report_notes import notes
from aiuteur.film.figures import CurvePoint
from aiuteur.stages.forecast import points
from tests.figures.invented import project

SIZES = (0, 1, 11, 60, 5_000)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def said() -> dict[int, Summary]:
    return {size: summarised(project(size)) for size in SIZES}


def charts(made: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="charts">(.*?)</script>', made)
    return json.loads(found[1]) if found else {}


@pytest.mark.parametrize("size", SIZES)
def test_the_page_is_whole_and_asks_nobody(said: dict[int, Summary], size: int) -> None:
    made = page(said[size], made="today")
    assert made.startswith("<!doctype html>")
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", made)
    assert len(made) < 5_500_000
    assert ("Plotly.react" in made) == (size > 0)
    assert "today" in made


def test_the_numbers_of_the_summary_are_on_the_page(said: dict[int, Summary]) -> None:
    made, of = page(said[60]), said[60]
    assert of.total is not None
    assert of.forecast is not None
    assert f"<b>{of.total.shots}</b>" in made
    assert f"{of.forecast.attempts.median:,.0f}" in made
    assert of.trends["quality"].why in html.unescape(made)
    assert all(f"{one.takes:,}" in made for one in of.comparisons["model"])
    assert "60" in made


def test_a_shot_that_is_to_be_made_again_is_completed_no_more(said: dict[int, Summary]) -> None:
    assert cards(replace(said[60], whole=62))[0] == ("completed shots", "50", "of 62")
    assert cards(said[60])[0] == ("completed shots", "60", "of 72")


def test_names_are_text_and_never_markup(said: dict[int, Summary]) -> None:
    made = page(said[11])
    assert "The Ferryman &lt;old&gt;" in made
    assert "<old>" not in made


def test_what_cannot_be_claimed_is_not(said: dict[int, Summary]) -> None:
    assert "nothing is claimed below 12 shots" in page(said[11])
    assert "Nothing has been made yet" in page(said[0])
    assert charts(page(said[0])) == {}
    assert said[1].trends["quality"].claim is Claim.NONE
    assert said[60].drift is not None
    assert not said[60].drift.sure
    assert said[5_000].drift is not None
    assert said[5_000].drift.sure


def test_many_shots_are_drawn_as_medians(said: dict[int, Summary]) -> None:
    drawn = charts(page(said[5_000]))
    dots = drawn["quality"]["traces"][-1]
    assert len(dots["x"]) == report_charts.MOST
    assert dots["text"][0] == "median of shots 1 to 5"
    assert len(charts(page(said[60]))["quality"]["traces"][-1]["x"]) == 60


def test_the_fan_ends_where_the_forecast_says(said: dict[int, Summary]) -> None:
    of = said[60]
    assert of.forecast is not None
    spent = sum(shot.cost_usd or 0 for shot in of.shots)
    traces = charts(page(of))["spending"]["traces"]
    assert traces[-1]["y"] == pytest.approx([spent, spent + of.forecast.cost_usd.median])
    assert max(traces[1]["y"]) == pytest.approx(spent + of.forecast.cost_usd.high90)


def test_unknown_scores_and_prices_leave_gaps_not_noughts() -> None:
    shots = [ShotFigures(1, None, 2, None, 4.0, "1A", None), ShotFigures(2, 0.9, 1, 0.5, 4.0, "1B", "m")]
    assert report_charts.condensed(shots, "quality") == [(2.0, 0.9, "shot 1B, number 2")]
    of = summarised(Facts("x", {}, shots))
    assert of.total is None
    assert report_numbers.money(None) == report_numbers.percent(None) == report_numbers.NOTHING
    assert page(of)
    facts = project(3)
    assert facts.outlook is not None


def test_a_rule_is_told_with_how_it_was_found() -> None:
    trial = [FirstTake(drawn, drawn, 0.7 + 0.2 * drawn + at / 500) for at, drawn in enumerate([True, False] * 10)]
    takes = [*[FirstTake(None, had=False, score=0.6 + at / 200) for at in range(9)], *trial]
    made = page(summarised(Facts("x", {}, rules={"keep the <hat> on": takes})))
    row = re.search(r"<tr><td>keep the &lt;hat&gt; on</td>(.*?)</tr>", made)
    assert row is not None
    assert "helped" in row[1]
    assert "randomised" in row[1]


def test_judge_and_people_are_told_where_they_part(said: dict[int, Summary]) -> None:
    made = html.unescape(page(said[60]))
    row = re.search(r"<tr><td>accepted</td><td>20</td><td>(\d+%)</td><td>([\d.]+)<small>(.*?)</small></td>", made)
    found = said[60].agreement["accepted"]
    assert row is not None
    assert row.groups()[:2] == (f"{found.agreed:.0%}", f"{found.kappa:.2f}")
    assert "accepted, but rejected (3)" in made
    assert "Judge and people" not in page(said[1])


@pytest.mark.parametrize(("who", "judge", "work", "words"), [
    (Drifted.JUDGE, 0.1, 0.01, "the judge grew 0.100 kinder; what scores rose or fell is its doing"),
    (Drifted.BOTH, -0.1, 0.2, "the judge grew 0.100 stricter; the work changed by +0.200 besides"),
    (Drifted.WORK, 0.01, 0.2, "the judge has not drifted (+0.010, which chance may do), so that the work's change by +0.200"),
    (Drifted.NOBODY, None, None, "nothing is claimed of a judge below 20 readings"),
], ids=["judge", "both", "work", "few"])
def test_the_anchors_say_whose_drift_it_is(
    said: dict[int, Summary], who: Drifted, judge: float | None, work: float | None, words: str,
) -> None:
    told = JudgeReport("eyes-2", "judge@1", 10, 50, Drift(who, judge, work))
    assert any(words in note for note in notes(replace(said[60], judge=told)))


def test_scores_are_drawn_around_what_there_is_and_never_beyond_what_there_can_be(said: dict[int, Summary]) -> None:
    low, high = charts(page(said[60]))["quality"]["span"]
    assert 0.7 < low < high <= 1.0
    assert charts(page(said[1]))["quality"]["last"] == 1.0
    assert sparkline([0.5, 0.75, 1.0, 0.2]) == "M0.0 100.0 L33.3 50.0 L66.7 0.0 L100.0 100.0"


@pytest.mark.parametrize(("value", "shown"), [(0.0, "$0.00"), (0.004, "$0.0040"), (1234.5, "$1,234.50")])
def test_money_is_shown_to_the_digit_that_matters(value: float, shown: str) -> None:
    assert report_numbers.money(value) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(12, "12 s"), (600, "10 min"), (36_000, "10.0 h")])
def test_durations_are_said_as_people_say_them(seconds: float, shown: str) -> None:
    assert report_numbers.duration(seconds) == shown


def test_a_studio_lists_its_projects_and_claims_only_what_stands_beside_all() -> None:
    rising = [0.5 + at / 100 for at in range(40)]
    flat = [0.8 + 0.01 * (at % 2) for at in range(40)]
    projects = [ProjectFacts("up", 90, 12.5, 40, rising, [1.0] * 40), *(
        ProjectFacts(f"p{at}", 50, 1.0, 40, flat, [1.0] * 40) for at in range(20)), ProjectFacts("new", 0, 0.0, 0, [], [])]
    of = summarised(Facts("the studio", {}, projects=projects))
    assert {one.name: one.quality.claim for one in of.projects if one.quality.claim is not Claim.NONE} == {"up": Claim.RISING}
    assert "<td>up</td>" in page(of)


def test_the_picture_for_the_event_log_is_small() -> None:
    shots = project(5_000).shots
    drawn = picture(points(shots), quality="rising")
    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) < 60_000
    assert len(points(shots)) <= 240
    assert picture([]).startswith(b"\x89PNG")
    assert picture([CurvePoint(ordinal=1, score=None, attempts=3)]).startswith(b"\x89PNG")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize(("size", "theme"), [(60, "light"), (5_000, "dark")])
def test_a_browser_draws_it_in_both_themes(said: dict[int, Summary], size: int, theme: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(said[size]), encoding="utf-8")
    drawn = subprocess.run([
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", f"--user-data-dir={tmp_path / 'profile'}",
        f"--blink-settings=preferredColorScheme={0 if theme == 'dark' else 1}", "--virtual-time-budget=6000", "--dump-dom",
        f"file://{tmp_path / 'page.html'}",
    ], capture_output=True, text=True, timeout=120, check=True).stdout
    assert f'data-theme="{theme}"' in drawn
    assert drawn.count("main-svg") >= 5
    dots = {"light": "fill: rgb(31, 111, 178)", "dark": "fill: rgb(108, 182, 255)"}
    assert [name for name, fill in dots.items() if fill in drawn] == [theme]
    assert "Uncaught" not in drawn
