"""What changed: places gained and lost, why, and what is known of releases."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts import rank_moves
from dashboard.reads import shared as data
from kpis.building.build import build
from kpis.catalogue import Catalogue
from kpis.queries import Warehouse
from kpis.sources.observations import write_source
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, text_of
from tests.kpis.sources.test_releases import SECOND

MOVES = pd.DataFrame(
    {
        "ref_area": ["AAA", "BBB", "CCC", "DDD"],
        "rank_from": [4, 2, 1, 3],
        "rank_to": [1, 2, 3, 4],
        "rank_change": [3, 0, -2, -1],
    }
)
NAMES = {"AAA": "Aland", "BBB": "Borduria", "CCC": "Cascara", "DDD": "Elbonia"}


def releases_page() -> None:
    """The script of the page alone."""
    from dashboard.app_pages.releases import page as releases
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("releases")
    releases.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.end()


def test_the_largest_of_each_side_and_the_chosen_one_are_drawn(ctx) -> None:
    rows = rank_moves.largest(MOVES, "BBB")
    assert rows["ref_area"].tolist() == ["AAA", "BBB", "DDD", "CCC"]
    assert rank_moves.largest(MOVES)["ref_area"].tolist() == ["AAA", "DDD", "CCC"]
    (bar,) = checked(rank_moves.figure(rows, NAMES, ctx, marked="BBB")).data
    assert list(bar.text) == ["▲ 3", "= 0", "▼ 1", "▼ 2"]
    assert next(iter(bar.marker.pattern.shape)) == ""
    assert list(bar.marker.pattern.shape)[2:] == ["\\", "\\"]
    assert bar.customdata[0] == "Aland: 4 → 1"
    assert rank_moves.counts(MOVES) == (1, 2, 1)


def test_title_and_words_name_the_ends(ctx) -> None:
    assert (
        rank_moves.title(MOVES, NAMES, ctx)
        == "Largest rise: Aland, 3 places. Largest fall: Cascara, 2 places"
    )
    tied = MOVES.assign(rank_change=[3, 3, -1, -1])
    assert rank_moves.title(tied, NAMES, ctx) == (
        "Largest rise: Aland, Borduria, 3 places. Largest fall: Cascara, Elbonia, 1 place"
    )
    assert rank_moves.title(MOVES.iloc[[3]], NAMES, ctx) == "Largest fall: Elbonia, 1 place"
    assert rank_moves.title(MOVES.iloc[[1]], NAMES, ctx) == "No rank moved"
    assert "Aland ▲ 3 (4 → 1)" in rank_moves.alt(MOVES, NAMES, ctx)


def test_egdi_is_told_with_its_causes_and_without_invented_revisions(home: Path, wh: Warehouse) -> None:
    text = text_of(opened(releases_page, lang="en"))
    change = wh.moved("EGDI")["rank_change"]
    assert f"of 193 ranks, {(change > 0).sum()} up and {(change < 0).sum()} down (World)" in text
    assert "Largest rise: Libya, 44 places" in text
    assert "The last release of this source, 2026-05-08, changed no value of this KPI." in text
    assert "Shown is the movement between the last two years" in text
    assert "Others’ movement" in text
    assert "moved by the release" not in text


def test_a_chosen_country_comes_first(home: Path) -> None:
    text = text_of(opened(releases_page, lang="en", country="COL"))
    assert re.search(
        r"Colombia rose 2 places in EGDI, from rank 70 \(2022\) to 68 .*: TII \+14, others’", text
    )
    assert text.index("Colombia rose") < text.index("of 193 ranks")
    assert text.index("both as published now") < text.index("changed no value")
    markup = text.split("by cause")[-1]
    assert re.search(r"<tbody><tr class=e-on><th[^>]*><a[^>]*>Colombia<", markup)
    assert " rose " not in text_of(opened(releases_page, lang="en"))


def test_causes_of_a_row_add_up_to_its_places(home: Path) -> None:
    from dashboard.app_pages.releases.reads import why
    from dashboard.app_pages.releases.tables import CAUSES
    from dashboard.reads.rank_moves import moved

    wh = data.warehouse()
    rows = moved(wh, "EGDI").head(3)
    for row in rows.to_dict("records"):
        parts = why(wh, row["ref_area"], row["year_from"], row["year_to"])
        assert set(parts.index) == set(CAUSES)
        assert parts.sum() == pytest.approx(row["rank_change"], abs=1e-9)  # sums of a few hundred doubles


@pytest.mark.parametrize(
    ("parts", "total", "whole"),
    [
        ([1.5, 0.6, -0.1], 2, [1, 1, 0]),
        ([58.9, -14.95, 0.05], 44, [59, -15, 0]),
        ([-0.5, -0.5], -1, [0, -1]),
        ([0.0, 0.0], 0, [0, 0]),
        ([], 0, []),
    ],
)
def test_places_by_cause_are_whole_and_add_up(parts: list[float], total: int, whole: list[int]) -> None:
    assert rank_moves.whole(parts, total) == whole


def test_causes_are_whole_places_without_columns_of_zeros(home: Path) -> None:
    app = opened(releases_page, lang="en")
    (markup,) = [part.proto.body for part in app.get("html") if "by cause" in part.proto.body]
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", markup)
    cells = [re.findall(r"<td[^>]*>(?:<span[^>]*>)?([^<]*)<", row) for row in rows]
    assert len(cells) == 14
    for places, *parts in cells:
        assert all(re.fullmatch(r"[+−]?\d+", part) for part in parts), parts
        up = -1 if places.startswith("▼") else 1
        assert sum(int(part.replace("−", "-")) for part in parts) == up * int(places.split()[1])
    assert all(any(part != "0" for part in column) for column in zip(*cells, strict=True))
    assert "Rounding" not in markup


def test_a_kpi_without_ranks_says_why(home: Path, wh: Warehouse) -> None:
    kpis = wh.kpis()
    context = kpis.loc[(kpis["direction"] == "context") & (kpis["n_areas"] > 0), "kpi"].iloc[0]
    text = text_of(opened(releases_page, lang="es", kpi=context))
    assert "no hay un sentido deseable" in text


def test_equal_answers_have_no_order_and_move_no_places(home: Path) -> None:
    text = text_of(opened(releases_page, lang="en", kpi="GTMI_I35", country="COL"))
    assert "Its values are levels of an answer: equal answers have no order" in text
    assert "places" not in text


@pytest.mark.parametrize("kpi", ["SDG_9.c.1", "GTMI", "SDG_16.10.2"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_other_kpis_open(kpi: str, lang: str, home: Path) -> None:
    assert not opened(releases_page, lang=lang, kpi=kpi, country="JAM", group="CARIBBEAN_SIDS").exception


def test_sources_with_a_release_before_say_what_it_changed(home: Path, wh: Warehouse) -> None:
    sources = wh.sources()
    text = text_of(opened(releases_page, lang="en", show="sources"))
    n_sources = (sources["n_values"] > 0).sum()
    assert f"The last releases changed {len(wh.releases())} of {n_sources} sources; values new: " in text
    assert "Imported once: no release before is held" in text
    assert "Largest revision" in text


@pytest.mark.parametrize(
    ("kpi", "words"),
    [
        ("OGDI", "The last release, 2026-05-08, brought new values of this KPI (new: 193)."),
        ("HDI", "Release 2025-09-11, in place of 2025-01-07, changed values of this KPI (new: 196;"),
        ("OSI", "changed no value of this KPI."),
        ("SDG_16.10.2", "No earlier release of this source is held"),
    ],
)
def test_each_kpi_is_told_what_its_own_figures_went_through(kpi: str, words: str, home: Path) -> None:
    assert words in text_of(opened(releases_page, lang="en", kpi=kpi))


def test_without_any_release_before_the_page_says_so(
    tiny_data: Path, tiny_catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = build(tmp_path / "t.duckdb", data=tiny_data, catalogue=tiny_catalogue, today=dt.date(2024, 6, 1))
    monkeypatch.setattr("kpis.building.opening.refresh", lambda: None)
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(path))
    text = text_of(opened(releases_page, lang="en", show="sources"))
    assert "A release before is known for none of 1 sources" in text
    assert "Imported once: no release before is held" in text
    assert "Changed by the last release" not in text
    assert "Withdrawn" not in text
    ranks = text_of(opened(releases_page, lang="en", kpi="A"))
    assert "No earlier release of this source is held" in ranks
    assert "by the release" not in ranks


def test_after_another_release_its_changes_are_shown(
    tiny_data: Path, tiny_catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_source(tiny_data / "observations", "src", "open", SECOND)
    path = build(tmp_path / "t.duckdb", data=tiny_data, catalogue=tiny_catalogue, today=dt.date(2024, 6, 1))
    monkeypatch.setattr("kpis.building.opening.refresh", lambda: None)  # serve the tiny one as it is
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(path))
    app = opened(releases_page, lang="en", kpi="A")
    assert not app.exception
    text = text_of(app)
    changed = "Release v3, in place of v1, changed values of this KPI"
    assert f"{changed} (new: 1; revised: 1; withdrawn: 1)." in text
    assert "No earlier release" not in text
    assert "Values revised by the release: 1" in text
    assert "Ranks moved by the release: 3" in text  # COL twice, JAM once; NAM had or has none
    text = text_of(opened(releases_page, lang="en", show="sources"))
    assert "The last releases changed 1 of 1 sources; values new: 1; revised: 1; withdrawn: 1" in text
    assert "Imported once" not in text
    assert "KPIs with changed values: 3" in text  # one, and two that are computed from it
    (markup,) = [
        part.proto.body
        for part in opened(releases_page, lang="en", show="sources").get("html")
        if "KPIs with values that the last release changed" in part.proto.body
    ]
    assert re.search(r"Colombia</td>.*2020</td>.*>0\.5.*\(v1\).*>0\.3.*\(v3\).*>2 \(2022\)</td>", markup)


def test_a_kpi_that_the_release_left_alone_says_so(
    tiny_data: Path, tiny_catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_source(tiny_data / "observations", "src", "open", SECOND)
    path = build(tmp_path / "t.duckdb", data=tiny_data, catalogue=tiny_catalogue, today=dt.date(2024, 6, 1))
    monkeypatch.setattr("kpis.building.opening.refresh", lambda: None)
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(path))
    assert "The last release of this source, v3, changed no value of this KPI." in text_of(
        opened(releases_page, lang="en", kpi="B")
    )
