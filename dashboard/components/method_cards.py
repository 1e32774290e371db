"""Method cards: rule, where it stands, how close it comes, how far it can be trusted."""

from __future__ import annotations

import re
from html import escape

import pandas as pd

from dashboard import data
from dashboard.components import frame
from dashboard.components.kpi_cards import FEW, matches
from dashboard.components.language import text as _
from dashboard.components.method_names import NAMES
from dashboard.components.shell import Reader


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


def name(card: str) -> str:
    """A card's name as HTML: in the reader's language, else marked as English."""
    if card in NAMES:
        return escape(_(NAMES[card]))
    return f'<span lang="en">{escape(card)}</span>'


def tolerance(said: str) -> str:
    """A tolerance as HTML: the short ones in the reader's language, the others as they stand."""
    if said == "exact":
        return escape(_("exact"))
    if relative := re.fullmatch(r"relative (\S+)", said):
        return escape(_("relative difference up to {x}").format(x=relative.group(1)))
    return f'<span lang="en">{escape(said)}</span>'


def show(reader: Reader, words: str) -> None:
    """The cards by part of the library."""
    cards = data.method_cards()
    titles = rooms()
    if words:
        heard = [
            matches(words, f"{row.name} {_(NAMES.get(row.name, row.name))} {row.formula} {row.source} "
                    f"{titles.get(row.room, row.room)} {status(row.status)}")
            for row in cards.itertuples(index=False)
        ]  # fmt: skip
        cards = cards[heard]
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
    frame.table_only(title, _html(reader, cards, titles), cards, "escala_methods")


def _html(reader: Reader, cards: pd.DataFrame, titles: dict[str, str]) -> str:
    meaning = _(
        "Verified: recomputed against published figures. Read: taken from the source’s text. Working rule: "
        "of this project, open to revision. Unconfirmed: general knowledge, not found in a source."
    )
    note = _("The texts of the cards stand in English.") if reader.lang != "en" else ""
    parts = [f'<p class="e-foot">{escape(f"{meaning} {note}".strip())}</p><div class="e-cards">']
    for room in [*titles, *(set(cards["room"]) - set(titles))]:
        chosen = cards[cards["room"] == room]
        if not chosen.empty:
            parts.append(f'<h3 class="e-section">{escape(titles.get(room, room))}</h3>')
        parts += [_card(row, opened=len(cards) <= FEW) for row in chosen.itertuples(index=False)]
    return "".join(parts) + "</div>"


def _card(row: object, *, opened: bool) -> str:
    facts = [
        (_("Formula"), f'<span lang="en">{escape(row.formula)}</span>'),
        (_("Source"), f'<span lang="en">{escape(row.source)}</span>'),
        (_("Tolerance"), tolerance(row.tolerance)),
        (_("Status"), escape(status(row.status))),
    ]
    body = "".join(f"<dt>{escape(term)}</dt><dd>{said}</dd>" for term, said in facts)
    return (
        f"<details{' open' if opened else ''}><summary>{name(row.name)} "
        f'<span class="e-mark">{escape(status(row.status))}</span></summary>'
        f'<dl class="e-facts">{body}</dl></details>'
    )
