"""Plans to and from files and links: whole, old, cut short, edited, hostile; planned beside actual."""

from __future__ import annotations

import base64
import contextlib
import json
import zlib
from pathlib import Path

import pytest

from kpis import cases, plan, stages
from kpis.errors import RequestError
from kpis.plan import phrases
from kpis.plan.document import Milestone, Plan, Target
from kpis.plan.files import mended
from kpis.queries import Warehouse


@pytest.fixture(scope="module")
def made(wh: Warehouse) -> Plan:
    found = plan.outlook("HTI", stage="transactional", store=wh.tables)
    return plan.make(
        found, owners={"services.enhanced": "MTPTC | <b>"}, notes={"plan": "Año uno"}, store=wh.tables
    )


def test_a_file_and_a_link_come_back_as_they_were(made):
    assert plan.load(plan.save(made)) == plan.Loaded(made, ())
    back = plan.load_link(plan.link(made))
    assert back.problems == ()
    assert back.plan.targets == made.targets
    assert back.plan.owners == made.owners


def test_levers_come_back_from_file_and_link_and_are_written(wh):
    found = plan.outlook("COL", stage="connected", by=2030, store=wh.tables)
    mine = plan.make(found, levers={"OSI_SP": 0.9}, store=wh.tables)
    (lever,) = mine.levers
    assert (lever.dimension, lever.base_year, lever.base_value, lever.target) == (
        "services", 2024, pytest.approx(0.6747), 0.9,
    )  # fmt: skip
    assert plan.load(plan.save(mine)) == plan.Loaded(mine, ())
    assert plan.load_link(plan.link(mine)).plan.levers == mine.levers
    assert "| Prestación de servicios (OSI) | servicios | 0,6747 |" in plan.markdown(mine, "es", wh.tables)
    rows = plan.rows(mine, "en", wh.tables)
    assert rows["kind"].tolist()[:2] == ["lever", "target"]
    assert rows.loc[0, ["kpi", "base_value", "time_period", "value"]].tolist() == [
        "OSI_SP",
        0.6747,
        2030,
        0.9,
    ]


def test_a_lever_that_a_country_does_not_have_is_refused(wh):
    found = plan.outlook("COL", stage="connected", by=2030, store=wh.tables)
    with pytest.raises(RequestError, match="OSI_XX"):
        plan.make(found, levers={"OSI_XX": 0.9}, store=wh.tables)


def test_a_link_fits_the_server(made):
    full = made.model_copy(update={"notes": {}, "owners": {}})
    assert len(plan.link(full)) < plan.LINK_LIMIT


@pytest.mark.parametrize("share", [0.2, 0.35, 0.5, 0.7, 0.9, 0.99])
def test_what_comes_before_a_cut_is_kept(made, share):
    text = plan.save(made)
    loaded = plan.load(text[: int(len(text) * share)])
    assert loaded.problems[0][0] == "cut"
    assert loaded.plan.area == "HTI"
    assert loaded.plan.targets == made.targets[: len(loaded.plan.targets)]


def test_a_link_cut_short_keeps_its_goal_or_says_why(made):
    packed = plan.link(made)
    for end in range(1, len(packed), 37):
        with contextlib.suppress(plan.PlanError):  # nothing else may be raised
            loaded = plan.load_link(packed[:end])
            assert loaded.plan.area == "HTI"
            assert loaded.problems
    assert plan.load_link(packed[: len(packed) * 9 // 10]).plan.targets


def test_an_old_and_a_hand_edited_plan_are_read_as_far_as_known(made):
    raw = json.loads(plan.save(made))
    del raw["schema_version"]
    raw["colour"], raw["targets"][0]["target"], raw["rank"] = "red", "much", [1]
    loaded = plan.load(json.dumps(raw))
    assert {code for code, _ in loaded.problems} == {"older", "key", "row", "value"}
    assert loaded.plan.targets == made.targets[1:]
    assert all(loaded.messages("es"))
    newer = plan.load(json.dumps(raw | {"schema_version": 9}))
    assert ("newer", {}) in newer.problems


def test_a_plan_saved_by_an_earlier_version_is_read_and_written(wh):
    """Saved by 0.2.2: milestones every two years, and a gate on the closed edition of the GCI of 2020."""
    loaded = plan.load((Path(__file__).parent / "saved_by_0_2_2.json").read_bytes())
    assert loaded.problems == (("closed", {"name": "GCI_ORG", "year": 2020}),)
    assert "edición de 2020, que está cerrada" in loaded.messages("es")[0]
    mine = loaded.plan
    assert len(mine.targets) == len(mine.milestones) == 10
    assert "GCI_ORG" not in {one.kpi for one in (*mine.targets, *mine.milestones)}
    assert (mine.owners["services.enhanced"], mine.notes["plan"]) == ("MTPTC", "Año uno")
    assert len(plan.review(mine, wh.tables)) == 10
    assert plan.increments(mine, "en", wh.tables)
    assert "Haiti: plan" in plan.markdown(mine, "en", wh.tables)
    assert plan.load(plan.save(mine)).problems == ()


def test_figures_of_another_series_are_not_compared(wh):
    """A baseline that the figures held now do not go back to says that the series was replaced."""
    target = Target(
        dimension="legal", kpi="GCI_LEGAL", stage="connected", base_year=2021, base_value=9, target=17
    )
    mine = Plan(area="COL", kind="stage", value=3, by=2028, made=2022, targets=(target,), milestones=())
    rows = plan.review(mine, wh.tables)
    assert rows["time_period"].tolist() == [2023, 2024, 2025, 2026, 2027, 2028]
    assert rows["status"].eq("other_series").all()
    assert rows["actual"].isna().all()


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[1, 2]", b"\xff\xfe\x00", b"[" * 60_000, b'{"a":' * 10_000, b"x" * 70_000, b"PK\x03\x04",
     b'{"area": "COL"}', b'{"area": "../../etc", "kind": "stage", "value": 3, "by": 2030}',
     b'{"area": "COL", "kind": "stage", "value": NaN, "by": 2030}',
     b'{"area": "COL", "kind": "eval", "value": 3, "by": 2030}'],
)  # fmt: skip
def test_what_is_no_plan_is_refused_in_words(content):
    with pytest.raises(plan.PlanError) as caught:
        plan.load(content)
    assert caught.value.say("es") != caught.value.say("en")


def test_a_hostile_link_unpacks_no_more_than_the_limit():
    bomb = base64.urlsafe_b64encode(zlib.compress(b"0" * 3_000_000, 9)).decode().rstrip("=")
    for packed in (bomb, "gASVIAAAAAAAAACMBXBvc2l4", "%00<script>", "A" * 20_000, "é"):
        with pytest.raises(plan.PlanError):
            plan.load_link(packed)


def test_hostile_words_are_no_markup(made, wh):
    bad = made.model_copy(update={"notes": {"plan": "<script>x</script> [a](javascript:1) | # b"}})
    written = plan.markdown(bad, "en", wh.tables)
    assert "<script>" not in written
    assert "[a](" not in written


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_plan_is_written_in_both_languages(made, lang, wh):
    written = plan.markdown(made, lang, wh.tables)
    assert written.startswith("# Haiti: plan" if lang == "en" else "# Haití: plan")
    assert "MTPTC" in written
    assert written.count("### ") == len(plan.increments(made, lang, wh.tables))
    rows = plan.rows(made, lang, wh.tables)
    assert len(rows) == len(made.targets) + len(made.milestones)


def test_mended_closes_what_is_open():
    assert json.loads(mended('{"a": "x, y", "b": [1, 2, {"c": "d')) == {"a": "x, y", "b": [1, 2]}


def test_planned_and_actual_by_hand(wh):
    """Uruguay's EGDI: 0.8514 in 2022 to 0.95 in 2030; on the line 2024 is 0.8514 + 2/8 of 0.0986."""
    values = wh.values("EGDI", areas=["URY"]).set_index("time_period")["obs_value"]
    base, actual = float(values[2022]), float(values[2024])
    target = Target(dimension="overall", kpi="EGDI", base_year=2022, base_value=base, target=0.95)
    points = tuple(
        Milestone(dimension="overall", kpi="EGDI", time_period=y, value=base + (y - 2022) / 8 * (0.95 - base))
        for y in (2024, 2026, 2030)
    )
    mine = Plan(area="URY", kind="egdi", value=0.95, by=2030, made=2023, targets=(target,), milestones=points)
    rows = plan.review(mine, wh.tables).set_index("time_period")
    line = base + 0.25 * (0.95 - base)
    assert rows.at[2024, "difference"] == pytest.approx(actual - line, abs=1e-9)  # the same sum
    assert rows.at[2024, "status"] == ("reached" if actual >= line else "behind")
    assert rows.at[2026, "status"] in ("no_figure", "not_due")
    assert rows.at[2030, "status"] == "not_due"
    revised = mine.model_copy(update={"targets": (target.model_copy(update={"base_value": base - 0.1}),)})
    assert plan.review(revised, wh.tables)["baseline_revised"].all()


def test_increments_lead_from_the_baseline_to_the_goal(made, wh):
    steps = plan.increments(made, "en", wh.tables)
    assert {one.id for one in steps if one.dimension == "services"} == {
        "services.enhanced", "services.transactional",
    }  # fmt: skip
    assert all(len(one.actions) and one.to == one.entry + 1 for one in steps)
    mobile = plan.increments(made.model_copy(update={"mobile_first": True}), "en", wh.tables)
    assert mobile[0].dimension == "infrastructure"
    leads = plan.mobile_first("HTI", "es", wh.tables)
    assert leads["lead"].tolist() == ["coverage", "ownership", "accounts", "services", "assisted"]
    assert leads["kpi"].tolist() == ["SDG_9.c.1", "FINDEX_PHONE_WOMEN", "SDG_8.10.2", "", ""]
    assert len(plan.lessons("HTI", "es", wh.tables)) == 12
    assert plan.lessons("EST", "en", wh.tables).empty


@pytest.mark.parametrize("asked", [{"stage": "transactional"}, {"egdi": 0.45}])
def test_no_action_stands_under_a_kpi_that_it_does_not_move(asked, wh):
    """For an EGDI the exits are components; an action names the index that they are part of."""
    mine = plan.make(plan.outlook("HTI", store=wh.tables, **asked), store=wh.tables)
    named = cases.actions()
    for one in plan.increments(mine, "en", wh.tables):
        exits = one.exits["kpi"].tolist()
        own = one.actions[one.actions["scope"] == "kpi"]
        for action, kpi in own["for_kpi"].items():
            assert kpi in named.at[action, "kpis"]
            if "stage" in asked:
                assert kpi in exits
        general = one.actions[one.actions["scope"] == "general"]
        assert general["for_kpi"].eq("").all()
        assert general.index.is_unique
        assert one.actions["scope"].eq("kpi").tolist() == [True] * len(own) + [False] * len(general)
        if "stage" in asked:
            assert set(own["for_kpi"]) == set(exits)  # every exit KPI has its actions
        other = one.actions["to_stage"] != stages.STAGES[one.to]
        assert one.actions["from_other_step"].tolist() == other.tolist()
        held = set(one.actions.loc[one.actions["scope"] == "kpi", "case_ids"].explode().dropna())
        assert set(one.cases.index[one.cases["example"]]) <= held


def test_the_columns_of_a_plan_name_ages_and_next_publications(made, wh):
    rows = plan.rows(made, "es", wh.tables)
    target = rows[rows["kind"].eq("target") & rows["kpi"].eq("OSI")].iloc[0]
    assert (target["base_year"], target["base_age"], target["base_old"]) == (2024, 2, False)
    assert target["next_publication"] == "2026, según el ritmo que declara el editor"
    pillar = rows[rows["kpi"].eq("GCI_ORG")].iloc[0]
    assert pillar["next_publication"] == "fecha no anunciada"
    answer = phrases.publication(plan.next_figures(wh.tables)["GTMI_I38"], "es")
    assert answer == "edición de 2025 publicada, no disponible aquí; después, 2027, según el ritmo observado"


def test_of_many_years_some_are_written_and_all_are_in_the_table(wh):
    found = plan.outlook("HTI", stage="enhanced", dimension="services", by=2046, store=wh.tables)
    mine = plan.make(found, store=wh.tables)
    written = plan.markdown(mine, "en", wh.tables)
    assert "| 2028 | 2031 | 2034 | 2037 | 2040 | 2043 | 2046 |" in written
    assert "7 of 20 years are shown" in written
    points = plan.rows(mine, "en", wh.tables)
    assert points.loc[points["kind"] == "milestone", "time_period"].nunique() == 20


def test_the_largest_plan_fits_its_file(wh):
    found = plan.outlook("SSD", stage="connected", by=2056, store=wh.tables)
    saved = plan.save(plan.make(found, store=wh.tables))
    assert plan.load(saved).problems == ()
    assert len(saved.encode()) < plan.FILE_LIMIT


@pytest.mark.parametrize(
    "asked",
    [{"stage": "emerging"}, {"stage": "connected", "rank": 5}, {}, {"rank": 0}, {"egdi": 1.5},
     {"stage": "connected", "by": 2020}, {"stage": "connected", "dimension": "money"},
     {"rank": 5, "dimension": "legal"}],
)  # fmt: skip
def test_a_goal_that_cannot_be_is_refused(asked, wh):
    from kpis.errors import RequestError

    with pytest.raises(RequestError):
        plan.outlook("COL", store=wh.tables, **asked)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("stage", 4), ("stage", 900), ("stage", 2.5), ("stage", 0.5), ("egdi", 1.2), ("egdi", 75), ("rank", 2.5),
     ("rank", 194), ("rank", 1000), ("rank", 0.1)],
)  # fmt: skip
def test_a_goal_that_cannot_be_is_refused_on_loading(kind, value, made):
    raw = json.loads(plan.save(made)) | {"kind": kind, "value": value, "dimension": "all"}
    packed = base64.urlsafe_b64encode(zlib.compress(json.dumps(raw).encode())).decode()
    for read, content in ((plan.load, json.dumps(raw)), (plan.load_link, packed)):
        with pytest.raises(
            plan.PlanError, match=f"{kind.replace('egdi', 'EGDI')} {value} cannot be"
        ) as caught:
            read(content)
        assert f"{value} no es posible" in caught.value.say("es")
    if kind == "rank":
        assert "from 1 to 193." in caught.value.say("en")


@pytest.mark.parametrize(
    ("kind", "value"), [("stage", 1), ("stage", 3.0), ("egdi", 1), ("rank", 193), ("rank", 1)]
)
def test_a_goal_at_the_end_of_its_range_is_kept(kind, value, made):
    raw = json.loads(plan.save(made)) | {"kind": kind, "value": value, "dimension": "all"}
    loaded = plan.load(json.dumps(raw))
    assert (loaded.plan.kind, loaded.plan.value, loaded.problems) == (kind, value, ())


def test_what_the_command_writes_it_reads(made, wh):
    """The plan with its outlook, whole and cut short; a plan alone is no such wrapping."""
    found = plan.outlook("HTI", stage="transactional", store=wh.tables)
    written = json.dumps({"plan": made.model_dump(), "outlook": found.to_dict()}, indent=2)
    assert plan.load(written) == plan.Loaded(made, ())
    assert plan.load(json.dumps({"outlook": {}, "plan": made.model_dump()})).plan == made
    cut = plan.load(written[: int(len(written) * 0.9)])
    assert (cut.plan, cut.problems) == (made, (("cut", {}),))
    for content in ('{"plan": [1]}', '{"plan": {"plan": {}}}', '{"outlook": {}}'):
        with pytest.raises(plan.PlanError):
            plan.load(content)


@pytest.mark.parametrize("lang", ["fr", "", "pt-BR"])
def test_an_unknown_language_is_refused_in_words(lang, made, wh):
    from kpis.errors import RequestError

    for ask in (
        lambda: plan.markdown(made, lang, wh.tables),
        lambda: plan.rows(made, lang, wh.tables),
        lambda: plan.increments(made, lang, wh.tables),
        lambda: plan.Loaded(made, (("cut", {}),)).messages(lang),
        lambda: plan.PlanError("no_text").say(lang),
    ):
        with pytest.raises(RequestError, match="en, es"):
            ask()


@pytest.mark.parametrize("year", ["x", 9999, None, [], 2030.5])
def test_a_wrong_year_of_making_costs_that_year_only(year, made):
    raw = made.model_dump() | {"made": year}
    loaded = plan.load(json.dumps(raw, default=str))
    assert loaded.plan.area == made.area
    assert loaded.plan.made == made.by
    assert loaded.problems == (("value", {"name": "made"}),)


def test_day_budget_and_status_of_a_step_come_back(wh: Warehouse) -> None:
    found = plan.outlook("HTI", stage="enhanced", by=2030, store=wh.tables)
    step = "services.enhanced"
    made = plan.make(
        found, dues={step: "2027-06-30"}, budgets={step: "USD 2 | <b>"}, statuses={step: "under_way"},
        store=wh.tables,
    )  # fmt: skip
    for back in (plan.load(plan.save(made), wh.tables), plan.load_link(plan.link(made), wh.tables)):
        assert back.problems == ()
        assert (back.plan.dues, back.plan.budgets, back.plan.statuses) == (
            made.dues,
            made.budgets,
            made.statuses,
        )
    row = plan.rows(made, store=wh.tables).set_index("increment").loc[step]
    first = row.iloc[0] if hasattr(row, "columns") else row
    assert (first["due"], first["status"]) == ("2027-06-30", "under_way")
    written = plan.markdown(made, "es", wh.tables)
    assert "- Fecha límite: 2027-06-30" in written
    assert "- Estado: en curso" in written


@pytest.mark.parametrize(("kind", "value"), [("dues", "2027-02-30"), ("dues", "20270630"), ("dues", "soon"),
                                             ("statuses", "paused"), ("statuses", 3)])  # fmt: skip
def test_a_day_or_status_that_cannot_be_is_named_and_left_out(
    wh: Warehouse, kind: str, value: object
) -> None:
    found = plan.outlook("HTI", stage="enhanced", by=2030, store=wh.tables)
    raw = plan.make(found, store=wh.tables).model_dump() | {kind: {"services.enhanced": value}}
    loaded = plan.load(json.dumps(raw), wh.tables)
    assert getattr(loaded.plan, kind) == {}
    assert any(kind in message for message in loaded.messages())
