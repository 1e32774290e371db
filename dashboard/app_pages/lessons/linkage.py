"""What serves which SDG target: KPIs and themes, with the kind of evidence, how, and by which source."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts.scalars import Row, records
from dashboard.components import frame, links, pickers, shell, table
from dashboard.components.container import Container
from dashboard.components.frame import Table
from dashboard.components.knowledge import reads, words
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.cases import EVIDENCE
from kpis.links.sdg import target_order

ANY = "any"


KpiIds = tuple[str, ...] | None  # those of a theme; None for all


def pick_kpi(reader: Reader, kpi_ids: KpiIds) -> str:
    """The KPI to show links of, of those of a theme, or `ANY`."""
    kpis, with_link = reader.kpis, set(_all_links(reader)["kpi"])
    if kpi_ids is not None:
        with_link &= set(kpi_ids)
    options = [ANY, *(kpi_id for kpi_id in kpis if kpi_id in with_link)]
    return _pick("KPI", "kpi", options, lambda kpi_id: kpis[kpi_id].name)


def pick_target(reader: Reader) -> str:
    """The SDG target to show links to, or `ANY`."""
    options = [ANY, *sorted(set(_all_links(reader)["sdg_target"]), key=target_order)]
    return _pick(_("SDG target"), "target", options, str)


def _pick(label: str, name: str, options: list[str], say: pickers.Say) -> str:
    def option(code: str) -> str:
        return _("any") if code == ANY else say(code)

    return pickers.choose(label, name, options, ANY, option) or ANY


def show(reader: Reader, top: Container, kpi_id: str, target: str, kpi_ids: KpiIds) -> None:
    """The sentence under `top`, and the table."""
    rows = _some_links(reader, kpi_id, target, kpi_ids)
    with top:
        shell.headline(
            _headline(reader, rows),
            lead=_(
                "Measured: the KPI is an official SDG indicator. Direct: it delivers what the target names. "
                "Enabling: one condition among others, never an effect."
            ),
        )
    if rows.empty:
        frame.sentence_only(
            _("No link"), _("Neither methodology nor catalogue links this KPI to this target.")
        )
        return
    frame.table_only(*links_table(reader, kpi_id, target, kpi_ids))
    frame.foot_only(_("Only measured links may enter an SDG score. Source: methodology of the Centre, C."))


def _headline(reader: Reader, rows: pd.DataFrame) -> str:
    """How many links, by kind of evidence."""
    number, counts = reader.ctx.number, rows["evidence_kind"].value_counts()
    by_kind = {kind: number(counts.get(kind, 0)) for kind in EVIDENCE}
    template = _("{n} links to SDG targets: {measured} measured, {direct} direct, {enabling} enabling.")
    return template.format(n=number(len(rows)), **by_kind)


def _some_links(reader: Reader, kpi_id: str, target: str, kpi_ids: KpiIds) -> pd.DataFrame:
    rows = _all_links(reader)
    if kpi_ids is not None:
        rows = rows[rows["kpi"].isin(kpi_ids)]
    if kpi_id != ANY:
        rows = rows[rows["kpi"] == kpi_id]
    if target != ANY:
        rows = rows[rows["sdg_target"] == target]
    return rows


@worded(data.FEW)
def _all_links(reader: Reader) -> pd.DataFrame:
    """The links of the methodology, then those of the catalogue alone, which have no mechanism."""
    stated = reads.linkage(reader.lang)
    stated_pairs = set(zip(stated["kpi"], stated["sdg_target"], strict=True))
    sdg_links = data.sdg_links(reader.warehouse)
    sdg_links = sdg_links.rename(columns={"target": "sdg_target", "evidence": "evidence_kind"})
    pairs = zip(sdg_links["kpi"], sdg_links["sdg_target"], strict=True)
    is_new = [pair not in stated_pairs for pair in pairs]
    new = sdg_links.loc[is_new, ["kpi", "sdg_target", "evidence_kind"]]
    new = new.assign(component="", theme="", mechanism="", source_url="", translated=False)
    return pd.concat([stated, new], ignore_index=True)


@worded(frame.CACHED_FRAMES)
def links_table(reader: Reader, kpi_id: str, target: str, kpi_ids: KpiIds = None) -> Table:
    """The links as a table; `ANY` for all KPIs or targets, kpi_ids for those of a theme."""
    columns = [
        Column(_("KPI or theme")),
        Column(_("SDG target")),
        Column(_("Kind of evidence")),
        Column(_("How")),
        Column(_("Source")),
    ]
    themes = pd.concat([reads.themes(reader.lang, kind) for kind in ("case", "component")])
    names = {str(theme_id): str(name) for theme_id, name in themes["name"].items()}
    body = [_cells(reader, row, names) for row in records(_some_links(reader, kpi_id, target, kpi_ids))]
    title = _("What serves which SDG target")
    return (
        title,
        table.html(title, columns, body, tall=True, style="e-linkage"),
        lambda: _some_links(reader, kpi_id, target, kpi_ids),
        "escala_sdg_links",
    )


def _cells(reader: Reader, link: Row, theme_names: dict[str, str]) -> list[Cell]:
    return [
        links.kpi_link(reader, link["kpi"]) if link["kpi"] else _theme(reader, link["theme"], theme_names),
        links.target_link(reader, link["sdg_target"]),
        words.evidence(link["evidence_kind"]),
        link["mechanism"] or _("The methodology states no mechanism for this link."),
        links.external_link(_("Source"), link["source_url"]) if link["source_url"] else "",
    ]


def _theme(reader: Reader, theme_id: str, names: dict[str, str]) -> Markup:
    """A theme, linked to its cases where cases have it."""
    name = names[theme_id]
    if theme_id in reads.themes(reader.lang).index:
        name = links.to(reader, "cases", name, theme=theme_id)
    return Markup("{}: {}").format(_("Theme"), name)
