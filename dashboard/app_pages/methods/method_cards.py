"""Method cards: rule, where it stands, how close it comes, how far it can be trusted."""

from __future__ import annotations

import re

import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.methods import listing
from dashboard.app_pages.methods.kpi_cards import FEW, details, matches
from dashboard.charts.context import Context
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, language
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader


def rooms() -> dict[str, str]:
    """Parts of the library in words, in the order of the page."""
    return {
        "egdi": _("EGDI and its parts"),
        "stages": _("Stages"),
        "progress": _("Progress to a target"),
        "forecast": _("Forecast"),
        "peers": _("Peers"),
        "plan": _("Plan"),
        "exercise": _("Exercise"),
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


def tolerance(english: str) -> Markup:
    """A tolerance as HTML in the reader's language; "relative 1e-09" has words of its own."""
    if relative := re.fullmatch(r"relative (\S+)", english):
        power = f"{float(relative.group(1)):.0e}".replace("e-0", "e-")  # no decimal mark to choose
        return escape(_("relative difference up to {x}").format(x=power))
    return language.html(english)


def fits(card: Row, words: str, title: str) -> bool:
    """Whether a card has the words of a search, in English or in the reader's language."""
    texts = [card["name"], card["formula"], card["source"], card["tolerance"]]
    return matches(words, " ".join([*texts, *map(_, texts), title, status(card["status"])]))


def show(reader: Reader, words: str) -> None:
    """The cards by part of the library."""
    title, markup, cards = _listed(reader, words)
    if cards.empty:
        advice = _("Try fewer letters, or the name of a method such as Shapley or Copeland.")
        frame.sentence_only(title, advice)
        return
    frame.table_only(title, markup, cards, "escala_methods")


@worded(8)  # two hundred kilobytes each
def _listed(reader: Reader, words: str) -> tuple[str, Markup, pd.DataFrame]:
    """Title, list and rows of the cards that have the words of a search; all where there are none."""
    cards, titles = data.method_cards(), rooms()
    if words:
        cards = cards[[fits(card, words, titles.get(card["room"], "")) for card in records(cards)]]
    return _title(cards["status"], reader.ctx), _html(cards, titles), cards


def _title(statuses: pd.Series[str], ctx: Context) -> str:
    """How many rules there are, and how far they can be trusted."""
    counts = statuses.value_counts()
    verified, read, working, unconfirmed = (
        ctx.number(counts.get(code, 0)) for code in ("verified", "read", "working", "unconfirmed")
    )
    return _(
        "Rules: {n}. Verified {verified}, read {read}, working rules {working}, unconfirmed {open}"
    ).format(n=ctx.number(len(statuses)), verified=verified, read=read, working=working, open=unconfirmed)


def _html(cards: pd.DataFrame, titles: dict[str, str]) -> Markup:
    meaning = _(
        "Verified: recomputed against published figures. Read: taken from the source’s text. Working rule: "
        "of this project, open to revision. Unconfirmed: general knowledge, not found in a source."
    )
    sections = []
    for room in [*titles, *(set(cards["room"]) - set(titles))]:
        in_room = records(cards[cards["room"] == room])
        if in_room:
            lines = [_card(card, opened=len(cards) <= FEW) for card in in_room]
            sections.append(listing.Section(room, titles.get(room, room), lines))
    return listing.html(sections, hint=meaning)


def _card(card: Row, *, opened: bool) -> Markup:
    summary = Markup('{} <span class="e-mark">{}</span>')
    facts = [
        (_("Formula"), language.html(card["formula"])),
        (_("Source"), language.html(card["source"])),
        (_("Tolerance"), tolerance(card["tolerance"])),
        (_("Status"), status(card["status"])),
    ]
    return details(summary.format(language.html(card["name"]), status(card["status"])), facts, opened=opened)
