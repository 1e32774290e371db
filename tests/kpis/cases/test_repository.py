"""The cases and what stands beside them: both languages, whole rows, no link that leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis import cases
from kpis.cases.repository import split
from kpis.catalogue import Catalogue
from kpis.errors import DataError, RequestError
from kpis.paths import data_dir
from kpis.sources.csvio import read_rows
from kpis.stages import STAGES, load_gates


def test_every_case_has_both_languages_and_spanish_is_marked_as_our_translation() -> None:
    english, spanish = cases.load(), cases.load("es")
    assert len(english) == len(spanish) == 177
    assert not english["translated"].any()
    assert spanish["translated"].all()
    for column in ("name", "summary"):
        assert english[column].ne("").all()
        assert spanish[column].ne("").all()
    assert spanish["summary"].ne(english["summary"]).all()
    assert spanish["source_url"].equals(english["source_url"])


@pytest.mark.parametrize(
    ("read", "column"), [(cases.actions, "action"), (cases.lessons, "lesson"), (cases.linkage, "mechanism")]
)
def test_the_methodology_is_whole_in_spanish(read, column) -> None:
    english, spanish = read(lang="en"), read(lang="es")
    assert spanish["translated"].all()
    assert spanish[column].ne("").all()
    assert spanish.index.equals(english.index)


def test_unknown_stays_empty_and_lists_are_lists() -> None:
    row = cases.load().loc["alb-e-albania"]
    assert cases.load()["start_year"].isna().sum() == 76  # empty cells of the file
    assert row["sdg_targets"] == ("16.6",)
    assert row["channel"] == ("web",)
    assert not row["verified"]


def test_a_case_has_the_dimensions_of_its_theme_its_type_and_the_actions_that_cite_it() -> None:
    held = cases.load()["dimensions"]
    cited = cases.actions()
    citing = cited[cited["case_ids"].map(lambda ids: "est-x-road" in ids)]["dimension"]
    assert held["est-x-road"] == tuple(citing.unique())  # theme "other": only by the actions that cite it
    assert len(held["est-x-road"]) == 3
    assert set(held["bra-mt-xvia"]) >= {"legal"}
    assert set(held.explode().dropna()) <= set(cases.dimensions())


def test_namibia_and_other_texts_like_missing_are_kept() -> None:
    assert (data_dir() / "cases" / "cases.csv").is_file()
    assert not cases.load().drop(columns="start_year").isna().any().any()


def test_a_broken_row_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (data_dir() / "cases" / "cases.csv").read_text(encoding="utf-8")
    (tmp_path / "cases").mkdir()
    twice = text + text.splitlines()[1] + "\n"
    (tmp_path / "cases" / "cases.csv").write_text(twice, encoding="utf-8")
    monkeypatch.setenv("ESCALA_DATA", str(tmp_path))
    with pytest.raises(DataError, match="afg-police-mobile-pay"):
        cases.load()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: cases.load("xx"),
        lambda: cases.actions("nothing"),
        lambda: cases.actions(to_stage="emerging"),
        lambda: cases.actions_for_gate("OSI", dimension="nothing"),
        lambda: cases.actions_for_gate("OSI", dimension="services", stage="emerging"),
        lambda: cases.lessons("WORLD"),
        lambda: cases.linkage(target="99.9"),
        lambda: cases.themes("nothing"),
    ],
)
def test_an_unknown_code_is_named(ask) -> None:
    with pytest.raises(RequestError, match="is not known"):
        ask()


def test_lessons_for_a_group_include_those_for_both() -> None:
    assert set(cases.lessons("SIDS")["group"]) == {"SIDS", "both"}
    assert len(cases.lessons()) == 12


def test_links_of_a_kpi_and_of_a_target() -> None:
    assert cases.linkage("OSI")["component"].eq("EGDI_OSI").all()  # the code of the methodology
    assert set(cases.linkage("OSI")["sdg_target"]) == {"16.6", "16.10", "1.4"}
    measured = cases.linkage("SDG_16.9.1")
    assert measured["evidence_kind"].tolist() == ["measured"]
    assert set(cases.linkage(target="16.9")["theme"]) == {"", "digital-id", "civil-registration"}
    assert cases.linkage("NOTHING").empty


# No link leads nowhere -------------------------------------------------------------------------------


def test_actions_and_lessons_cite_cases_that_exist() -> None:
    checked_codes = set(cases.load().index)
    for table in (cases.actions(), cases.lessons()):
        assert set(table["case_ids"].explode().dropna()) <= checked_codes


def test_actions_stand_at_steps_that_the_gates_know() -> None:
    actions, gates = cases.actions(), load_gates()
    assert set(actions["dimension"]) == set(gates["dimension"])
    steps = [
        (STAGES.index(a), STAGES.index(b))
        for a, b in zip(actions["from_stage"], actions["to_stage"], strict=True)
    ]
    assert len(steps) == len(actions) > 80
    assert all(end == start + 1 for start, end in steps)


def test_every_gate_of_every_stage_leads_to_an_action_and_a_case() -> None:
    for gate in load_gates().to_dict("records"):
        for stage in STAGES[1:]:
            kpi, dimension = gate["kpi"], gate["dimension"]
            actions = cases.actions_for_gate(kpi, dimension=dimension, stage=stage)
            assert actions["for_kpi"].iloc[0] == kpi  # its own first
            found = cases.for_gate(kpi, dimension=dimension, stage=stage)
            assert not found.empty, kpi
            held = actions.loc[actions["for_kpi"] == kpi, "case_ids"].explode().dropna()
            assert found["example"].iloc[0] == bool(len(held)), kpi


def test_actions_name_gates_of_their_own_dimension_or_none() -> None:
    actions, gates = cases.actions(), load_gates()
    own = {dimension: set(part["kpi"]) for dimension, part in gates.groupby("dimension")}
    assert len(actions) == 91
    for row in actions.to_dict("records"):
        assert set(row["kpis"]) <= own[row["dimension"]]
    assert (actions["scope"] == "general").sum() == 16
    assert actions["case_ids"].map(len).eq(0).sum() == 18  # no case in the file truly did it


def test_actions_of_a_gate_are_its_own_then_general_ones_and_no_others() -> None:
    found = cases.actions_for_gate("GCI_LEGAL", dimension="legal", stage="transactional")
    assert found.index.tolist() == ["legal-transactional-3", "legal-transactional-1", "legal-transactional-2"]
    assert found["for_kpi"].tolist() == ["GCI_LEGAL", "", ""]
    assert found["scope"].tolist() == ["kpi", "general", "general"]
    assert not found["from_other_step"].any()


def test_the_nearest_step_stands_in_where_a_gate_has_no_action_at_its_own() -> None:
    found = cases.actions_for_gate("OSI_IF", dimension="institutional", stage="connected")
    own = found[found["for_kpi"] == "OSI_IF"]
    assert own.index.tolist() == ["institutional-enhanced-1", "institutional-enhanced-3"]
    assert own["from_other_step"].all()
    assert found.index[-1] == "institutional-connected-1"  # the general one is of the step asked for
    assert not found["from_other_step"].iloc[-1]


def test_a_kpi_without_actions_has_the_general_ones() -> None:
    found = cases.actions_for_gate("EGDI", dimension="legal", stage="connected", lang="es")
    assert found["scope"].tolist() == ["general"]
    assert found["translated"].all()


def test_themes_components_targets_and_countries_exist(catalogue: Catalogue) -> None:
    held = cases.load()
    assert set(held["theme"]) == set(cases.themes("case").index)
    assert set(held["innovation_type"]) <= set(cases.themes("type").index)
    areas = {
        row["ref_area"] for row in read_rows(data_dir() / "reference" / "area.csv") if row["un_member"] == "1"
    }
    assert set(held["country_iso3"]) <= areas
    links = cases.linkage()
    assert set(links.loc[links["kpi"] != "", "kpi"]) <= set(catalogue.kpis)
    assert set(links["evidence_kind"]) == set(cases.EVIDENCE)
    for target in {*held["sdg_targets"].explode(), *links["sdg_target"]}:
        goal, _dot, rest = target.partition(".")
        assert 1 <= int(goal) <= 17
        assert rest


def test_the_four_themes_of_the_papers_lead_somewhere(catalogue: Catalogue) -> None:
    papers = cases.themes("paper")
    assert len(papers) == 4
    groups = {row["group_id"] for row in read_rows(data_dir() / "reference" / "group.csv")}
    for row in papers.to_dict("records"):
        assert row["dimensions"] or row["group_id"] in groups
        assert set(row["dimensions"]) <= set(cases.dimensions())
        assert set(row["lesson_ids"]) <= set(cases.lessons().index)
        assert row["note"]
        assert not row["kpi_group"] or row["kpi_group"] in catalogue.kpi_groups


def test_cells_that_list_several_are_split() -> None:
    assert split("a; b;;c ") == ("a", "b", "c")
    assert split("") == ()
