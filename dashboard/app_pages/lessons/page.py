"""Lessons: what has been learnt in LDCs and SIDS, and how does a KPI serve the SDGs?"""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.app_pages.lessons import lesson_list
from dashboard.app_pages.lessons import theme as theme_page
from dashboard.components import frame, links, pickers, shell, state
from dashboard.components.frame import Table
from dashboard.components.knowledge import reads
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.cases import EVIDENCE
from kpis.links.sdg import target_order

VIEWS = ["lessons", "links"]
ANY = "any"


def draw(reader: Reader) -> None:
    """The page."""
    papers = reads.themes(reader.lang, "paper")["name"]
    theme = state.store().one("theme", list(papers.index), None)
    if theme is not None:
        st.html(f"<p>{links.to(reader, 'lessons', '← ' + _('All lessons and themes'))}</p>")
        theme_page.show(reader, theme)
        return
    top = st.container()
    _doors(reader, papers)
    with st.container(key="controls_lessons"):
        first, second, third = st.columns([1.6, 1.2, 1.2], vertical_alignment="bottom")
        with first:
            labels = {"lessons": _("Lessons"), "links": _("KPIs and SDG targets")}
            view = pickers.switch(_("View"), "show", VIEWS, "lessons", labels.__getitem__)
        if view == "lessons":
            group = _pick_group(second)
        else:
            kpi, target = _pick_links(reader, second, third)
    if view == "lessons":  # outside of the controls, which are not printed
        _lessons(reader, top, group)
    else:
        _links(reader, top, kpi, target)


def _doors(reader: Reader, papers: pd.Series) -> None:
    """The four themes of the Centre's papers as ways in."""
    items = "".join(
        f"<li>{links.to(reader, 'lessons', str(name), theme=str(theme))}</li>"
        for theme, name in papers.items()
    )
    head = escape(_("Themes of the Centre’s papers"))
    st.html(f'<nav aria-label="{head}"><ul class="e-doors"><li>{head}:</li>{items}</ul></nav>')


def _groups() -> dict[str, str]:
    """For whom lessons are, as the list shows it, by code."""
    return {ANY: _("LDCs and SIDS"), "LDC": _("LDCs"), "SIDS": _("SIDS")}


def _pick_group(place: st.delta_generator.DeltaGenerator) -> str:
    labels = _groups()
    with place:
        return pickers.choose(_("For"), "scope", list(labels), ANY, labels.__getitem__) or ANY


def _lessons(reader: Reader, top: st.delta_generator.DeltaGenerator, group: str) -> None:
    lessons = _of_group(reader, group)
    cases = lessons["case_ids"].explode().dropna().nunique()
    with top:
        shell.headline(
            _("{n} lessons for {group}, drawn from {k} cases.").format(
                n=reader.ctx.number(len(lessons)), group=_groups()[group], k=reader.ctx.number(cases)
            ),
            lead=_("A lesson is what its cases and source suggest; it is no rule and no measured effect."),
        )
    frame.table_only(*_lesson_table(reader, group))


def _of_group(reader: Reader, group: str) -> pd.DataFrame:
    lessons = reads.lessons(reader.lang)
    return lessons if group == ANY else lessons[lessons["group"].isin([group, "both"])]


@cached(frame.CACHED_FRAMES)
def _lesson_table(reader: Reader, group: str) -> Table:
    def export() -> pd.DataFrame:
        return _of_group(reader, group).reset_index().assign(case_ids=lambda t: t["case_ids"].map(";".join))

    return _("Lessons"), lesson_list.html(reader, _of_group(reader, group)), export, "escala_lessons"


def _pick_links(
    reader: Reader,
    second: st.delta_generator.DeltaGenerator,
    third: st.delta_generator.DeltaGenerator,
) -> tuple[str, str]:
    """The KPI and the SDG target to show links of, `ANY` for all."""
    linkage = _all_links(reader)
    kpis = reader.kpis
    kpi_ids = [kpi_id for kpi_id in kpis if kpi_id in set(linkage["kpi"])]
    with second:
        kpi = pickers.choose(
            "KPI", "kpi", [ANY, *kpi_ids], ANY, lambda code: _("any") if code == ANY else kpis[code].name
        )
    targets = sorted(set(linkage["sdg_target"]), key=target_order)
    with third:
        target = pickers.choose(
            _("SDG target"),
            "target",
            [ANY, *targets],
            ANY,
            lambda code: _("any") if code == ANY else code,
        )
    return kpi or ANY, target or ANY


def _some_links(reader: Reader, kpi: str, target: str) -> pd.DataFrame:
    linkage = _all_links(reader)
    if kpi != ANY:
        linkage = linkage[linkage["kpi"] == kpi]
    if target != ANY:
        linkage = linkage[linkage["sdg_target"] == target]
    return linkage


@cached(frame.CACHED_FRAMES)
def _link_table(reader: Reader, kpi: str, target: str) -> Table:
    markup = lesson_list.links_table(reader, _some_links(reader, kpi, target))
    return (
        _("What serves which SDG target"),
        markup,
        lambda: _some_links(reader, kpi, target),
        "escala_sdg_links",
    )


@cached(data.FEW)
def _all_links(reader: Reader) -> pd.DataFrame:
    """The links of the methodology, then those of the catalogue alone, which have no mechanism."""
    stated = reads.linkage(reader.lang)
    catalogue_links = data.sdg_links(reader.warehouse)
    catalogue_links = catalogue_links.rename(columns={"target": "sdg_target", "evidence": "evidence_kind"})
    stated_pairs = set(zip(stated["kpi"], stated["sdg_target"], strict=True))
    is_new = [
        pair not in stated_pairs
        for pair in zip(catalogue_links["kpi"], catalogue_links["sdg_target"], strict=True)
    ]
    added = catalogue_links.loc[is_new, ["kpi", "sdg_target", "evidence_kind"]]
    blank = added.assign(component="", theme="", mechanism="", source_url="", translated=False)
    return pd.concat([stated, blank], ignore_index=True)


def _links(reader: Reader, top: st.delta_generator.DeltaGenerator, kpi: str, target: str) -> None:
    rows = _some_links(reader, kpi, target)
    number = reader.ctx.number
    kinds = rows["evidence_kind"].value_counts()
    with top:
        shell.headline(
            _("{n} links to SDG targets: {measured} measured, {direct} direct, {enabling} enabling.").format(
                n=number(len(rows)), **{kind: number(kinds.get(kind, 0)) for kind in EVIDENCE}
            ),
            lead=_(
                "Measured: the KPI is an official SDG indicator. Direct: it delivers what the target names. "
                "Enabling: one condition among others, never an effect."
            ),
        )
    if rows.empty:
        frame.said_only(_("No link"), _("Neither methodology nor catalogue links this KPI to this target."))
        return
    frame.table_only(*_link_table(reader, kpi, target))
    frame.foot_only(_("Only measured links may enter an SDG score. Source: methodology of the Centre, C."))
