"""Every room's cards are of one class and can be told apart."""

from __future__ import annotations

from kpis.cards import MethodCard
from kpis.methods import ROOMS


def test_cards_are_of_one_class_with_ids_of_their_own() -> None:
    for room, cards in ROOMS.items():
        ids = [card.id for card in cards if isinstance(card, MethodCard)]
        assert len(ids) == len(list(cards)), room
        assert len(ids) == len(set(ids)), room
