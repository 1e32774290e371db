"""Knowledge: which cases does the centre collect, assess and publish, and what waits for whom?"""

from __future__ import annotations

from collections.abc import Callable

from dashboard.app_pages.knowledge import board, exchange, propose, record, review, rubric, said
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import pickers, shell, state, workspace
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

VIEWS: dict[str, Callable[[Desk], None]] = {
    "board": board.show,
    "propose": propose.show,
    "review": review.show,
    "exchange": exchange.show,
    "rubric": rubric.show,
}


def draw(reader: Reader) -> None:
    """The page: a case where one is chosen, else the board or one of the views beside it."""
    access = workspace.access(reader.lang)
    if not access.is_open or access.workspace is None or access.person is None:
        for name in ("record", "show"):  # the address leads to the same place after the log-in
            state.store().free(name)
        shell.headline(_("Cases of your own: proposed, assessed by two, published"))
        workspace.say_if_off(access)
        rubric.table(reader)
        return
    desk = Desk(reader, access.workspace, access.person)
    said.show()
    ids = [case.item.id for case in desk.cases]
    chosen = state.store().single("record", ids, None, say=_("ids of entries, as on the board"))
    if chosen is not None:
        record.show(desk, chosen)
        return
    labels = {
        "board": _("Board"),
        "propose": _("Propose a case"),
        "review": _("Yearly review"),
        "exchange": _("Exchange"),
        "rubric": _("How a case is assessed"),
    }
    shell.headline(board.headline(desk))
    view = pickers.switch(_("View"), "show", list(VIEWS), "board", labels.__getitem__)
    VIEWS[view](desk)
