"""Method cards: rule, where it stands, how close it comes, how far it can be trusted."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import pandas as pd

from dashboard.app_pages.methods.kpi_cards import FEW, matches
from dashboard.components import frame, language
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader


def rooms() -> dict[str, str]:
    """Parts of the library in words, in the order of the page."""
    return {
        "egdi": _("EGDI and its parts"),
        "stages": _("Stages"),
        "progress": _("Progress to a target"),
        "peers": _("Peers"),
        "plan": _("Plan"),
        "association": _("Association"),
        "changes": _("Changes explained"),
        "composite": _("Composite indices"),
    }


def status(code: str) -> str:
    """How far a rule can be trusted, in one word."""
    return {
        "verified": _("verified"),
        "read": _("read"),
        "working": _("working rule"),
        "unconfirmed": _("unconfirmed"),
    }.get(code, code)


def tolerance(english: str) -> str:
    """A tolerance as HTML in the reader's language; "relative 1e-09" has words of its own."""
    if relative := re.fullmatch(r"relative (\S+)", english):
        power = f"{float(relative.group(1)):.0e}".replace("e-0", "e-")  # no decimal mark to choose
        return escape(_("relative difference up to {x}").format(x=power))
    return language.html(english)


def heard(row: Any, words: str, title: str) -> bool:
    """Whether a card fits the reader's words, in English or in the reader's language."""
    texts = [row.name, row.formula, row.source, row.tolerance]
    return matches(words, " ".join([*texts, *map(_, texts), title, status(row.status)]))


def show(reader: Reader, words: str) -> None:
    """The cards by part of the library."""
    cards = data.method_cards()
    titles = rooms()
    if words:
        cards = cards[[heard(row, words, titles.get(row.room, "")) for row in cards.itertuples(index=False)]]
    title = _(
        "Rules: {n}. Verified {verified}, read {read}, working rules {working}, unconfirmed {open}"
    ).format(
        n=reader.ctx.number(len(cards)),
        verified=reader.ctx.number((cards["status"] == "verified").sum()),
        read=reader.ctx.number((cards["status"] == "read").sum()),
        working=reader.ctx.number((cards["status"] == "working").sum()),
        open=reader.ctx.number((cards["status"] == "unconfirmed").sum()),
    )
    if cards.empty:
        said = _("Try fewer letters, or the name of a method such as Shapley or Copeland.")
        frame.said_only(title, said)
        return
    frame.table_only(title, _html(cards, titles), cards, "escala_methods")


def _html(cards: pd.DataFrame, titles: dict[str, str]) -> str:
    meaning = _(
        "Verified: recomputed against published figures. Read: taken from the source’s text. Working rule: "
        "of this project, open to revision. Unconfirmed: general knowledge, not found in a source."
    )
    parts = [f'<p class="e-foot">{escape(meaning)}</p><div class="e-cards">']
    for room in [*titles, *(set(cards["room"]) - set(titles))]:
        chosen = cards[cards["room"] == room]
        if not chosen.empty:
            parts.append(f'<h3 class="e-section">{escape(titles.get(room, room))}</h3>')
        parts += [_card(row, opened=len(cards) <= FEW) for row in chosen.itertuples(index=False)]
    return "".join(parts) + "</div>"


def _card(row: Any, *, opened: bool) -> str:
    name = language.html(row.name)
    facts = [
        (_("Formula"), language.html(row.formula)),
        (_("Source"), language.html(row.source)),
        (_("Tolerance"), tolerance(row.tolerance)),
        (_("Status"), escape(status(row.status))),
    ]
    body = "".join(f"<dt>{escape(term)}</dt><dd>{said}</dd>" for term, said in facts)
    return (
        f"<details{' open' if opened else ''}><summary>{name} "
        f'<span class="e-mark">{escape(status(row.status))}</span></summary>'
        f'<dl class="e-facts">{body}</dl></details>'
    )
