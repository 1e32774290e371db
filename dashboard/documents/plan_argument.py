"""What speaks for a plan and against it: precedents by name, risks, the SDG targets that it serves."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard.charts import evidence_words
from dashboard.components.language import text as _
from dashboard.documents.content import Block, Bullets, Cell, Column, Heading, Paragraph, Table
from dashboard.documents.plan_tables import binding
from dashboard.reads.reader import Reader
from kpis import cases
from kpis.freshness import USUAL_LIMIT, is_old
from kpis.plan import Increment, Outlook, Plan, mobile_first, still, words
from kpis.plan.writing import Names, doubts, mobile_text, probable
from kpis.texts import say

MOST_PRECEDENTS, MOST_NAMED, MOST_CASES = 3, 6, 4
MOST_OLD, MOST_GOALS = 8, 5


def mobile(plan: Plan, names: Names) -> Iterator[Block]:
    """What a mobile-first plan begins with; nothing of any other plan."""
    if not plan.mobile_first:
        return
    all_cases = cases.load(names.lang, names.further)
    rows = mobile_first(plan.area, names.lang, names.store, further=names.further).to_dict("records")
    yield Heading(2, say(words.MOBILE, names.lang))
    yield Paragraph(say(words.MOBILE_LEAD, names.lang))
    yield Bullets(
        tuple(
            f"{say(words.LEADS[row['lead']], names.lang)}: {mobile_text(row, names, all_cases)}"
            for row in rows
        )
    )


def precedents(outlook: Outlook | None, increments: list[Increment], names: Names) -> Iterator[Block]:
    """Countries that did it in that time, hardest gates first, and cases by name; nothing without any."""
    items = [*_countries(outlook, names), *_cases(increments, names)]
    if items:
        yield Heading(2, _("Who did it"))
        yield Bullets(tuple(items))


def _countries(outlook: Outlook | None, names: Names) -> Iterator[str]:
    if outlook is None:
        return
    did = outlook.needed[outlook.needed["n_did"] > 0]
    share = (did["n_did"] / did["n_stood"]).astype(float)
    for row in did.loc[share.sort_values(kind="stable").index].head(MOST_PRECEDENTS).to_dict("records"):
        who = ", ".join(names.area(code) for code in row["who"][:MOST_NAMED])
        text = (
            _("{kpi}: one of {n} countries that stood there did it in that time: {who}")
            if int(row["n_did"]) == 1
            else _("{kpi}: {k} of {n} countries that stood there did it in that time: {who}")
        )
        yield text.format(
            kpi=names.kpi(str(row["kpi"])),
            k=int(row["n_did"]),
            n=int(row["n_stood"]),
            who=f"{who} …" if len(row["who"]) > MOST_NAMED else who,
        )


def _cases(increments: list[Increment], names: Names) -> Iterator[str]:
    """Cases of the steps, verified examples first, each once."""
    if not increments:
        return
    found = pd.concat([each.cases for each in increments])
    found = found[~found.index.duplicated()]
    order = found.sort_values(["example", "verified"], ascending=False, kind="stable")
    for row in order.head(MOST_CASES).to_dict("records"):
        doubt = "" if row["verified"] else f" ({say(words.UNVERIFIED, names.lang)})"
        why = f". {row['why']}" if row["example"] and row["why"] else ""
        yield (
            _("Case: {name}, {country}{doubt}").format(
                name=row["name"], country=names.area(str(row["country_iso3"])), doubt=doubt
            )
            + why
        )


def risks(plan: Plan, outlook: Outlook | None, names: Names) -> Iterator[Block]:
    """Old figures, gates without any, gates that nobody passed in that time, what the plan cannot move."""
    yield Heading(2, _("Risks"))
    items = [*_old(plan, names), *probable(outlook, names), *doubts(outlook, names)]
    if unmoved := still(plan, names.store):
        kpis = _listed([names.kpi(kpi) for kpi in unmoved])
        items.append(
            _("Moves no part of EGDI, so no edition of the survey shows it: {kpis}.").format(kpis=kpis)
        )
    items.append(_("No plan moves the other countries: an EGDI is relative, and ranks shift with them."))
    yield Bullets(tuple(items))


def _old(plan: Plan, names: Names) -> Iterator[str]:
    """The figures older than their limit, each with its year, called old."""
    as_of = names.store.as_of
    old = {
        row.kpi: row.base_year
        for row in plan.targets
        if is_old(row.base_year, names.limits.get(row.kpi, USUAL_LIMIT), as_of)
    }
    if old:
        each = [f"{names.kpi(kpi)} ({year})" for kpi, year in sorted(old.items(), key=lambda pair: pair[1])]
        yield _("Old figures, on which the gap and the pace rest: {kpis}.").format(kpis=_listed(each))


def _listed(each: list[str]) -> str:
    """Names with commas, the first ones where there are many, with how many more."""
    shown = ", ".join(each[:MOST_OLD])
    rest = len(each) - MOST_OLD
    return shown if rest <= 0 else _("{names} and {n} more").format(names=shown, n=rest)


def goals(reader: Reader, plan: Plan, names: Names) -> Iterator[Block]:
    """The SDG targets that the KPIs of the plan measure, serve or enable, and how; official ones first."""
    linkage = cases.linkage(lang=reader.lang)
    order = {row.kpi: n for n, row in enumerate(binding(plan, None, len(plan.targets)))}
    rows = linkage[linkage["kpi"].isin(order)]
    rows = rows.assign(
        kind=rows["evidence_kind"].map(list(cases.EVIDENCE).index), place=rows["kpi"].map(order)
    )
    rows = rows.sort_values(["kind", "place"], kind="stable").drop_duplicates("sdg_target").head(MOST_GOALS)
    yield Heading(2, _("What it does for the SDGs"))
    body = tuple(
        (
            Cell(str(row["sdg_target"])),
            Cell(names.kpi(str(row["kpi"]))),
            Cell(reader.ctx.t(evidence_words.KINDS[str(row["evidence_kind"])])),
            Cell(str(row["mechanism"])),
        )
        for row in rows.to_dict("records")
    )
    columns = (
        Column(_("SDG target"), width=0.9),
        Column("KPI", width=2.4),
        Column(_("Evidence"), width=1.0),
        Column(_("How"), width=4.2),
    )
    yield Table(
        _("SDG targets that the KPIs of this plan serve"), columns, body,
        _("The methodology states no link of these KPIs to an SDG target."),
    )  # fmt: skip
    if body:
        text = _(
            "Measured: an official indicator of the target. Enabling: a condition among others, no effect."
        )
        yield Paragraph(text, "note")
