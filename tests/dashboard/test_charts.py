"""Charts: what is drawn for each row, and what is said about it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote

import pandas as pd
import pytest

from dashboard.app_pages.country import sparkline
from dashboard.charts import profile, ranking, sentences, tile_grid, trend, world_map
from dashboard.charts.figures import plain
from dashboard.charts.look import LIGHT
from dashboard.charts.trend import Line, spread
from kpis import paths
from tests.dashboard.plotly_figure import checked


def test_every_row_of_the_map_is_a_shape_or_a_marker(four, share, ctx):
    missing, shapes, markers = checked(world_map.figure(four, share, ctx)).data
    assert list(missing.locations) == ["TUV"]
    assert list(shapes.locations) == ["DNK", "KOR", "NAM"]
    assert len(markers.lat) == 1  # Tuvalu is small, so it has a marker as well
    assert markers.marker.color[0] == LIGHT.missing


def test_map_stays_on_this_host_at_50_m_and_world_scope(four, share, ctx):
    geo = checked(world_map.figure(four, share, ctx)).layout.geo
    assert (geo.resolution, geo.scope) == (world_map.WORLD, "world")


def test_map_in_words(four, share, ctx):
    assert world_map.alt(four, share, ctx) == (
        "World map of Coverage: 3 countries with data, 1 without; from 40.3% to 90.0%, median 90.0%; "
        "figures of 2023–2024."
    )
    assert "no data" in world_map.alt(four.assign(obs_value=None), share, ctx)


def test_tile_per_country_and_hatch_for_missing(four, share, ctx):
    grid = pd.DataFrame({"ref_area": ["DNK", "KOR", "NAM", "TUV", "COL"], "col": range(5), "row": 0})
    [bars] = checked(tile_grid.figure(four, grid, share, ctx)).data
    assert list(bars.text) == ["DNK", "KOR", "NAM", "TUV", "COL"]
    assert list(bars.marker.pattern.shape) == ["", "", "", "/", ""]  # Colombia is not in the choice


def test_grid_of_the_world_has_a_square_for_every_member_and_namibia():
    grid = pd.read_csv(paths.data_dir() / "geo" / "tile_grid.csv", keep_default_na=False)
    assert len(grid) == 193
    assert not grid.duplicated(["col", "row"]).any()
    assert "NAM" in set(grid["ref_area"])


def test_ranking_shares_places_and_leaves_out_missing(four, share, ctx):
    [bars] = checked(ranking.figure(four, share, ctx, marked=frozenset({"NAM"}))).data
    assert list(bars.y) == ["1. Denmark", "1. Republic of Korea", "3. Namibia"]
    assert bars.marker.color[2] == LIGHT.accent


def test_ranking_of_the_world_is_a_skyline(share, ctx):
    codes = [f"A{n}" for n in range(60)]
    many = pd.DataFrame({"ref_area": codes, "name": codes, "obs_value": range(60)})
    many = many.assign(time_period=2024, rank=range(60, 0, -1), n=60)
    assert len(checked(ranking.figure(many, share, ctx)).data[0].x) == 60


def test_lower_is_better_turns_the_order(four, share, ctx):
    lower = type(share)("X", "Price", "percent", "%", "lower", 1)
    assert ranking.ordered(four, lower)["ref_area"].tolist() == ["NAM", "DNK", "KOR"]
    assert plain(sentences.leader(four, lower, ctx)) == "Price. First of 3 countries: Namibia, 40.3% (2023)."


def test_a_break_starts_a_new_piece_of_the_line(share, ctx):
    rows = pd.DataFrame({"id": "A", "time_period": [2019, 2020, 2021], "obs_value": [1.0, 2.0, 9.0],
                         "obs_status": ["A", "A", "B"]})  # fmt: skip
    [line] = checked(trend.figure(rows, [Line("A", "Area", "focus")], share, ctx)).data
    assert [None if pd.isna(x) else x for x in line.x] == [2019, 2020, None, 2021]
    assert line.marker.symbol[-1] == "x"


def test_missing_years_are_not_zero(share, ctx):
    rows = pd.DataFrame({"id": "A", "time_period": [2020, 2021], "obs_value": [None, 3.0], "obs_status": ""})
    [line] = checked(trend.figure(rows, [Line("A", "Area")], share, ctx)).data
    assert list(line.y) == [3.0]
    assert "no data" in trend.alt(rows, [Line("B", "Other")], share, ctx)


@pytest.mark.parametrize("places", [[5, 5, 5], [0, 1, 50], [99, 99, 98, 97], [0, 0, 0, 0, 0]])
def test_labels_keep_their_distance_and_stay_inside(places):
    moved = spread(places, 16, 100)
    ordered = sorted(moved)
    assert all(later - before >= 16 - 1e-9 for before, later in pairwise(ordered))
    assert ordered[0] >= 0
    assert ordered[-1] <= 100


def test_profile_places_missing_rows_without_a_dot(ctx):
    rows = pd.DataFrame({"row": ["legal", "services"], "label": ["Law", "Services"]})
    dots = pd.DataFrame(
        {"id": ["A"], "row": ["services"], "percentile": [80.0], "kind": ["main"], "said": ["x"]}
    )
    figure = profile.figure(rows, dots, ctx, areas=[("A", "Area")])
    assert list(checked(figure).data[-1].y) == [1]
    assert profile.alt(rows, dots, ctx, areas=[("A", "Area")]).endswith("Area: Services 80.")


def test_a_median_of_a_profile_needs_three_kpis():
    rows = pd.DataFrame(
        {
            "dimension": ["legal", "legal", "services", "services", "services", "services"],
            "kpi": list("ABCDEF"),
            "percentile": [90.0, 80.0, 10.0, 20.0, 60.0, None],
        }
    )
    medians = profile.summarise(rows).set_index("dimension")
    assert medians["n"].to_dict() == {"legal": 2, "services": 3}
    assert pd.isna(medians.at["legal", "percentile"])
    assert medians.at["services", "percentile"] == 20


def test_a_sparkline_has_one_scale_for_all_so_that_a_small_fall_looks_small():
    def heights(values: list[float], scale: tuple[float, float]) -> list[float]:
        drawing = unquote(sparkline.image([2022, 2025], values, "", scale=scale))
        line = re.search(r'points="([^"]+)"', drawing)
        assert line
        return [float(point.split(",")[1]) for point in line[1].split()]

    start, end = heights([0.85, 0.817], (0, 1))
    assert 0 < end - start < 1
    top, bottom = heights([9.0, -1.0], (0, 1))  # beyond the scale it stays at the hairlines
    assert (top, bottom) == (sparkline.PAD, sparkline.HEIGHT - sparkline.PAD)
    assert heights([2.0, 2.0], (2, 2)) == [sparkline.HEIGHT / 2] * 2


def test_sparkline_is_an_image_with_words():
    image = sparkline.image([2020, 2024], [1.0, 3.0], 'from "1" to 3', scale=(0, 4))
    assert 'alt="from &quot;1&quot; to 3"' in image
    assert "polyline" in image
    assert "polyline" not in sparkline.image([2020], [1.0], "one", scale=(0, 4))
    assert sparkline.image([], [], "", scale=(0, 4)) == ""


def test_sentences_need_no_article(four, share, ctx):
    assert (
        plain(sentences.leader(four, share, ctx))
        == "Coverage. First of 3 countries: Denmark, Republic of Korea, 90.0% (2024)."
    )
    assert sentences.leader(four.head(0), share, ctx) == "Coverage: no data for this choice."
    assert sentences.places(3, 2022, ctx) == "up 3 places since 2022"
    assert sentences.places(-1, 2022, ctx) == "down one place since 2022"
    assert sentences.places(0, 2022, ctx) == "same place as in 2022"
    assert sentences.places(None, 2022, ctx) == ""


def test_equal_values_are_called_level(ctx, share):
    last = pd.DataFrame({"name": ["World", "SIDS"], "obs_value": [40.0, 40.0], "time_period": 2024})
    assert plain(sentences.compared(last, share, ctx)) == "Coverage. All are level: 40.0% (2024)."


def test_an_old_value_has_its_year_and_the_word_wherever_it_is_printed(four, share, ctx):
    aged = four.assign(time_period=four["time_period"] - 10)
    assert "40.3% (2013, old)" in ranking.alt(aged, share, ctx)
    assert "90.0% (2014, old)" in checked(ranking.figure(aged, share, ctx)).data[0].text[0]
    assert "90.0% · 2014, old" in world_map.hover(aged, share, ctx)[0]
    sentence = plain(sentences.compared(aged, share, ctx))
    assert sentence == "Coverage. Ahead: Denmark, 90.0% (2014) old. Behind: Namibia, 40.3% (2013) old."
    rows = pd.DataFrame({"id": "A", "time_period": [2013, 2014], "obs_value": [1.0, 2.0], "obs_status": ""})
    chart = trend.figure(rows, [Line("A", "Area", "focus")], share, ctx)
    assert checked(chart).layout.annotations[0].text == "<b>Area 2.0% (2014, old)</b>"
    assert trend.alt(rows, [Line("A", "Area")], share, ctx).endswith("Area: 1.0% (2013) – 2.0% (2014, old).")


def test_a_point_of_a_history_is_not_called_old(share, ctx):
    rows = pd.DataFrame({"time_period": [2003, 2024], "obs_value": [10.0, 20.0]})
    sentence = sentences.course(rows, share, "Jamaica", ctx)
    assert plain(sentence) == "Jamaica: from 10.0% in 2003 to 20.0% in 2024"
    assert 'data-year="2003" data-age="23" data-old="past"' in sentence
    assert 'data-year="2024" data-age="2" data-old="false"' in sentence


def test_no_side_is_ahead_where_none_is_better(four, share, ctx):
    context = replace(share, direction="context")
    sentence = plain(sentences.compared(four, context, ctx))
    assert sentence == "Coverage. Highest: Denmark, 90.0% (2024). Lowest: Namibia, 40.3% (2023)."


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([2024, 2024], ""),
        ([2023, 2024], "figures of 2023 to 2024"),
        ([2018, 2024], "figures of 2018 to 2024; 1 of 2 are older than the limit of 5 years"),
        ([2020, 2020], "2020 · figures of 6 years ago"),
        ([2006, 2017], "figures of 2006 to 2017 · the newest is 9 years old"),
        ([None, None], ""),
    ],
)
def test_the_age_of_what_is_shown_in_words(years, said, share, ctx):
    rows = pd.DataFrame(
        {"obs_value": [None if year is None else 1.0 for year in years], "time_period": years}
    )
    assert sentences.age(rows, share, ctx) == said
