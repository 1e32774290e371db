"""Forecasts in words: never a rank or a value without its band, no chance more precise than it is."""

from __future__ import annotations

import re
from dataclasses import replace
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import forecast_words as words
from dashboard.charts.context import MISSING, Context, KpiView
from dashboard.charts.look import LIGHT
from dashboard.components.language import catalogue
from dashboard.components.numbers import COMMA, POINT

EGDI = KpiView(
    "EGDI", "EGDI", "index, 0 to 1", "", "higher", 4, most=1.0,
    bounds=(0.25, 0.5, 0.75), class_names=("low", "middle", "high", "very high"),
)  # fmt: skip
ENGLISH = Context(t=lambda key: key, number=POINT.number, separators=POINT.separators, look=LIGHT, as_of=2026)
SPANISH = Context(
    t=catalogue("es").gettext,
    number=COMMA.number,
    separators=COMMA.separators,
    look=LIGHT,
    as_of=2026,
    lang="es",
)
COLOMBIA = {
    "time_period": 2026, "origin": 2024, "obs_value": 0.779317, "rank": 68.0,
    "p10": 0.743662, "p50": 0.81326, "p90": 0.876514,
    "rank_p10": 45.0, "rank_p50": 64.0, "rank_p90": 77.0, "p_better_rank": 0.63, "p_worse_rank": 0.329,
    "p_low": 0.0, "p_middle": 0.0, "p_high": 0.129, "p_very_high": 0.871,
}  # fmt: skip
SHARES = st.floats(0, 1)


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


def test_a_rank_and_a_value_stand_with_their_band():
    assert words.row_place(COLOMBIA, ENGLISH) == "64 (45 to 77)"
    assert words.row_place(COLOMBIA, SPANISH) == "64 (45 a 77)"
    assert words.row_value(COLOMBIA, EGDI, ENGLISH).striptags() == "0.81 (0.74 to 0.88)"
    assert words.row_value(COLOMBIA, EGDI, SPANISH).striptags() == "0,81 (0,74 a 0,88)"


@pytest.mark.parametrize("lost", ["rank_p10", "rank_p50", "rank_p90"])
@pytest.mark.parametrize("missing", [None, float("nan")])
def test_there_is_no_rank_without_its_band(lost, missing):
    assert words.row_place(COLOMBIA | {lost: missing}, ENGLISH) == MISSING


@pytest.mark.parametrize("lost", ["p10", "p50", "p90"])
def test_there_is_no_value_without_its_band(lost):
    assert words.row_value(COLOMBIA | {lost: float("nan")}, EGDI, ENGLISH) == MISSING


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted))
def test_the_band_as_written_holds_the_middle_as_written(ends):
    low, middle, high = ends
    written = numbers(words.value(middle, low, high, EGDI, 2026, ENGLISH).striptags())
    assert written[1] <= written[0] <= written[2]
    assert written == [round(number, 2) for number in written]


@given(st.lists(st.integers(1, 193), min_size=3, max_size=3).map(sorted))
def test_the_band_of_a_rank_holds_the_rank(ends):
    low, middle, high = ends
    assert numbers(words.place(middle, low, high, ENGLISH)) == [middle, low, high]


def test_a_value_is_marked_as_one_of_a_coming_year():
    html = words.row_value(COLOMBIA, EGDI, ENGLISH)
    assert html.count('data-year="2026" data-old="ahead"') == 3


def test_decimals_are_those_that_a_band_supports():
    assert words.coarse(EGDI).precision == 2
    assert words.coarse(replace(EGDI, most=100.0, precision=1)).precision == 0
    assert words.coarse(replace(EGDI, precision=1)).precision == 1


@pytest.mark.parametrize(
    ("share", "english", "spanish"),
    [
        (0.63, "63%", "63 %"),
        (0.0, "under 5%", "menos del 5 %"),
        (0.0499, "under 5%", "menos del 5 %"),
        (0.05, "5%", "5 %"),
        (0.95, "95%", "95 %"),
        (0.9501, "over 95%", "más del 95 %"),
        (1.0, "over 95%", "más del 95 %"),
        (None, MISSING, MISSING),
        (float("nan"), MISSING, MISSING),
    ],
)
def test_chances_are_whole_per_cent_and_never_sure(share, english, spanish):
    assert words.chance(share, ENGLISH) == english
    assert words.chance(share, SPANISH).replace("\u00a0", " ") == spanish


@given(SHARES, SHARES)
def test_a_larger_chance_never_reads_as_a_smaller_one(one, other):
    low, high = sorted((one, other))

    def order(share: float) -> float:
        text = words.chance(share, ENGLISH)
        [number] = numbers(text)
        return number - 0.5 if "under" in text else number + 0.5 if "over" in text else number

    assert order(low) <= order(high)


def test_the_answer_in_english_and_in_spanish():
    assert words.outlook("Colombia", COLOMBIA, ENGLISH) == (
        "Colombia: if nothing new happens, around rank 64 in 2026; 8 of 10 such forecasts for all "
        "countries ended within their band, here 45 to 77. Keeping the rank of 2024, 68, as a guess is "
        "almost as good."
    )
    assert words.outlook("Colombia", COLOMBIA, SPANISH) == (
        "Colombia: si no ocurre nada nuevo, alrededor del puesto 64 en 2026; 8 de cada 10 pronósticos como "
        "este, de todos los países, terminaron dentro de su banda, aquí del 45 al 77. Suponer que se "
        "mantiene el puesto de 2024, el 68, es una conjetura casi igual de buena."
    )


def test_near_the_top_the_rank_of_today_is_as_good_a_guess():
    assert "almost" not in words.as_today(COLOMBIA | {"rank": 10.0}, ENGLISH)
    assert "almost" in words.as_today(COLOMBIA | {"rank": 11.0}, ENGLISH)


def test_a_forecast_of_the_same_rank_is_not_set_against_it():
    said = words.as_today(COLOMBIA | {"rank_p50": 68.0}, ENGLISH)
    assert said == "That is the rank of 2024 again: what a forecast adds is the band."


def test_a_headline_has_the_band_too():
    assert words.in_short(COLOMBIA, SPANISH) == (
        "Si no ocurre nada nuevo, alrededor del puesto 64 en 2026 (8 de cada 10: entre el 45 y el 77)"
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({}, "Chance of a better rank than 68 in 2026: 63%; of a worse one: 33%."),
        (
            {"rank": 1.0, "p_better_rank": 0.0, "p_worse_rank": 0.8215},
            "Chance of keeping rank 1 in 2026: 18%.",
        ),
        (
            {"rank": 193.0, "p_better_rank": 0.4045, "p_worse_rank": 0.0},
            "Chance of a better rank than 193 in 2026: 40%. There is no worse one.",
        ),
    ],
)
def test_the_chance_of_a_rank_at_the_ends_says_only_what_can_happen(row, sentence):
    assert words.chance_of_rank(COLOMBIA | row, 193, ENGLISH) == sentence


@pytest.mark.parametrize(
    ("value", "shares", "sentence"),
    [
        (
            0.78, (0, 0, 0.13, 0.87),
            "Chance of staying in the highest UN group (very high EGDI) in 2026: 87%.",
        ),
        (0.58, (0, 0.02, 0.97, 0.01), "Chance of a higher UN group (very high EGDI) in 2026: under 5%."),
        (
            0.52, (0, 0.25, 0.70, 0.05),
            "Chance of a higher UN group (very high EGDI) in 2026: 5%. Chance of a lower one: 25%.",
        ),
        (0.21, (0.6, 0.38, 0.02, 0), "Chance of a higher UN group (middle EGDI or above) in 2026: 40%."),
        (0.75, (0, 0, 0.5, 0.5), "Chance of staying in the highest UN group (very high EGDI) in 2026: 50%."),
    ],
)  # fmt: skip
def test_the_chance_of_a_group_begins_at_the_group_of_today(value, shares, sentence):
    names = ("p_low", "p_middle", "p_high", "p_very_high")
    row = COLOMBIA | dict(zip(names, shares, strict=True)) | {"obs_value": value}
    assert words.chance_of_group(row, EGDI, ENGLISH) == sentence


def test_without_an_index_today_nothing_is_compared_with_it():
    """As where the UN printed the parts of EGDI and no EGDI."""
    unranked = COLOMBIA | {"rank": nan, "obs_value": nan, "p_better_rank": nan, "p_worse_rank": nan}
    said = words.outlook("Colombia", unranked, ENGLISH)
    assert said.startswith("Colombia: if nothing new happens")
    assert "Keeping" not in said
    assert words.chance_of_rank(unranked, 193, ENGLISH) == ""
    assert words.chance_of_group(unranked, EGDI, ENGLISH) == ""
    assert words.others_move(unranked, ENGLISH) == ""


def test_other_classes_have_no_chance_of_a_group():
    assert words.chance_of_group(COLOMBIA, replace(EGDI, bounds=(0.3, 0.5, 0.75)), ENGLISH) == ""
    assert words.chance_of_group(COLOMBIA, replace(EGDI, class_names=()), ENGLISH) == ""


@pytest.mark.parametrize(
    ("median", "rank", "is_said"),
    [(0.81, 64.0, False), (0.81, 68.0, True), (0.81, 70.0, True), (0.77, 70.0, False)],
)
def test_a_rising_value_without_a_better_rank_is_explained(median, rank, is_said):
    said = words.others_move(COLOMBIA | {"p50": median, "rank_p50": rank}, ENGLISH)
    assert bool(said) == is_said


def test_what_the_forecast_does_without_is_said_only_then():
    assert len(words.notes(True, ENGLISH)) == 1
    assert "does without them" in words.notes(False, ENGLISH)[1]
    assert "prescinde de ellos" in words.notes(False, SPANISH)[1]


def test_a_country_without_forecast_hears_what_is_missing():
    assert words.no_forecast("Haiti", ["TII", "HCI"], 2024, ENGLISH) == (
        "No forecast for Haiti: TII, HCI of 2024 is not published."
    )
    assert "no se ha publicado TII de 2024" in words.no_forecast("Haití", ["TII"], 2024, SPANISH)
