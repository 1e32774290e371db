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
from kpis.links.sdg import EVIDENCE, target_order

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
            said = {"lessons": _("Lessons"), "links": _("KPIs and SDG targets")}
            view = pickers.switch(_("View"), "show", VIEWS, "lessons", lambda one: said[one])
        if view == "lessons":
            group = _chosen_group(second)
        else:
            kpi, target = _chosen_links(reader, second, third)
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


def _chosen_group(place: st.delta_generator.DeltaGenerator) -> str:
    said = _groups()
    with place:
        return pickers.choose(_("For"), "scope", list(said), ANY, said.__getitem__) or ANY


def _lessons(reader: Reader, top: st.delta_generator.DeltaGenerator, group: str) -> None:
    shown = _of_group(reader, group)
    cases = shown["case_ids"].explode().dropna().nunique()
    with top:
        shell.headline(
            _("{n} lessons for {group}, drawn from {k} cases.").format(
                n=reader.ctx.number(len(shown)), group=_groups()[group], k=reader.ctx.number(cases)
            ),
            lead=_("A lesson is what its cases and source suggest; it is no rule and no measured effect."),
        )
    frame.table_only(*_listed(reader, group))


def _of_group(reader: Reader, group: str) -> pd.DataFrame:
    every = reads.lessons(reader.lang)
    return every if group == ANY else every[every["group"].isin([group, "both"])]


@cached(frame.CACHED_FRAMES)
def _listed(reader: Reader, group: str) -> Table:
    def export() -> pd.DataFrame:
        return _of_group(reader, group).reset_index().assign(case_ids=lambda t: t["case_ids"].map(";".join))

    return _("Lessons"), lesson_list.html(reader, _of_group(reader, group)), export, "escala_lessons"


def _chosen_links(
    reader: Reader,
    second: st.delta_generator.DeltaGenerator,
    third: st.delta_generator.DeltaGenerator,
) -> tuple[str, str]:
    """The KPI and the target whose links are asked for."""
    every = _every_link(reader)
    listed = reader.kpis
    kpis = [one for one in listed if one in set(every["kpi"])]
    with second:
        kpi = pickers.choose(
            "KPI", "kpi", [ANY, *kpis], ANY, lambda one: _("any") if one == ANY else listed[one].name
        )
    targets = sorted(set(every["sdg_target"]), key=target_order)
    with third:
        target = pickers.choose(
            _("SDG target"),
            "target",
            [ANY, *targets],
            ANY,
            lambda one: _("any") if one == ANY else one,
        )
    return kpi or ANY, target or ANY


def _some_links(reader: Reader, kpi: str, target: str) -> pd.DataFrame:
    every = _every_link(reader)
    if kpi != ANY:
        every = every[every["kpi"] == kpi]
    if target != ANY:
        every = every[every["sdg_target"] == target]
    return every


@cached(frame.CACHED_FRAMES)
def list_links(reader: Reader, kpi: str, target: str) -> Table:
    markup = lesson_list.links_table(reader, _some_links(reader, kpi, target))
    return (
        _("What serves which SDG target"),
        markup,
        lambda: _some_links(reader, kpi, target),
        "escala_sdg_links",
    )


@cached(data.FEW)
def _every_link(reader: Reader) -> pd.DataFrame:
    """The links of the methodology, and those that only the catalogue states, without a mechanism."""
    stated = reads.linkage(reader.lang)
    held = data.sdg_links(reader.warehouse).rename(
        columns={"target": "sdg_target", "evidence": "evidence_kind"}
    )
    known = set(zip(stated["kpi"], stated["sdg_target"], strict=True))
    new = [pair not in known for pair in zip(held["kpi"], held["sdg_target"], strict=True)]
    other = held.loc[new, ["kpi", "sdg_target", "evidence_kind"]]
    blank = {"component": "", "theme": "", "mechanism": "", "source_url": "", "translated": False}
    return pd.concat([stated, other.assign(**blank)], ignore_index=True)


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
    frame.table_only(*list_links(reader, kpi, target))
    frame.foot_only(_("Only measured links may enter an SDG score. Source: methodology of the Centre, C."))
