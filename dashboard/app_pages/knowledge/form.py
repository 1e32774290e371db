"""The form of a record: what is typed is kept as a draft at once, and handed in with a step of the cycle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard.app_pages.knowledge import conflict, said, words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import messages, state
from dashboard.components.language import text as _
from dashboard.texts import mark
from kpis.workspace import Item
from kpis.workspace.drafts import NEW, draft_of, drop_draft, keep_draft
from kpis.workspace.knowledge import desk as steps
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.record import LONGEST, REQUIRED, has_source, problems, tidied
from kpis.workspace.knowledge.rules import State, next_state
from kpis.workspace.knowledge.vocabulary import allowed

ON_PROPOSAL = ("name", "country_iso3", "summary", "source_title", "source_url")
ON_CAPTURE = (
    *("name", "summary", "source_title", "source_url", "verified", "level", "institution", "start_year"),
    *("status", "channel", "recognition"),
)
ON_CLASSIFICATION = (*ON_CAPTURE, "theme", "innovation_type", "maturity_stage", "sdg_targets")
LISTS = ("channel", "sdg_targets")
SOURCE = ("source_title", "source_url")
LONG = ("summary", "name", *SOURCE, "institution", "recognition")
READ = mark("I have read the page of the source, and it says what the record says")


@dataclass(frozen=True)
class Form:
    """A form for one step. case: None for a new one. done: what is said when it was handed in."""

    desk: Desk
    case: Case | None
    action: str
    fields: tuple[str, ...]
    label: str
    done: str

    @property
    def case_id(self) -> str:
        """Under which the draft is kept."""
        return self.case.item.id if self.case else NEW

    @property
    def version(self) -> int:
        """Of the case as it is seen; 0 of a new one."""
        return self.case.item.version if self.case else 0

    @property
    def target(self) -> State:
        """The state that the step leads to."""
        if self.case is None:
            return State.PROPOSED
        return next_state(self.action, self.case.state) or self.case.state

    def key(self, field: str) -> str:
        """Session key of a control."""
        return f"kn_{self.case_id}_{self.version}_{field}"

    def record(self) -> dict[str, str]:
        """The record that the form began with."""
        return dict(self.case.record) if self.case else tidied({})

    def cells(self) -> dict[str, str]:
        """The record with what stands in the controls now."""
        return self.record() | {
            field: _text(st.session_state[self.key(field)])
            for field in self.fields
            if self.key(field) in st.session_state
        }


def show(form: Form) -> None:
    """The form, or what is to be settled first because somebody else changed the case meanwhile."""
    draft = draft_of(form.desk.workspace, form.desk.person, form.case_id)
    if form.case and draft and draft.version != form.version:
        conflict.show(form.desk, form.case, draft)
        return
    begun: Mapping[str, str] = draft.cells if draft else form.record()
    for field in form.fields:
        st.session_state.setdefault(form.key(field), _value(field, begun.get(field, "")))
    with st.container(key="knowledge_form"):
        left, right = st.columns([1.5, 1], gap="large")
        beside = _beside(form.fields)
        for field in form.fields:
            with right if field in beside else left:
                _control(form, field)
    _missing(form)
    with st.container(horizontal=True, gap="small"):
        st.button(form.label, key="hand_in", type="primary", on_click=_hand_in, args=(form,))
        if draft:
            st.button(_("Drop the draft"), key="drop_draft", on_click=_drop, args=(form,))
    if draft:
        st.html(words.kept_draft(draft.item.changed))


def _beside(fields: tuple[str, ...]) -> list[str]:
    """The fields of the second column: those with short answers; the source too where these are few."""
    short = [field for field in fields if field not in LONG]
    return short if len(short) > len(SOURCE) else [*short, *SOURCE]


def _value(field: str, text: str) -> object:
    """A text as its control holds it."""
    if field == "verified":
        return text == "true"
    if field in LISTS:
        return [part for part in text.split(";") if part in allowed()[field]]
    if field in allowed():
        return text if text in allowed()[field] else None
    return text


def _text(value: object) -> str:
    """What a control holds as the text of the record."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else str(value)


def _control(form: Form, field: str) -> None:
    label = words.field(field) + (" *" if field in REQUIRED[form.target] else "")
    key, args = form.key(field), (form,)
    if field == "verified":
        st.checkbox(_(READ), key=key, on_change=_keep, args=args)
    elif field in allowed():
        _list(form, field, label)
    elif field == "summary":
        st.text_area(
            label, key=key, max_chars=LONGEST[field], height=110, on_change=_keep, args=args,
            placeholder=_("In one or two sentences: what was done, for whom"),
        )  # fmt: skip
    else:
        hint = "https://" if field == "source_url" else None
        most = LONGEST.get(field, len("2026"))
        st.text_input(label, key=key, max_chars=most, placeholder=hint, on_change=_keep, args=args)


def _list(form: Form, field: str, label: str) -> None:
    """A choice of a closed list, of several where the field has several."""
    names = {code: words.value(form.desk.reader, field, code) for code in allowed()[field]}
    codes = sorted(names, key=names.__getitem__) if field == "country_iso3" else list(names)
    key, say = form.key(field), names.__getitem__
    if field in LISTS:
        st.multiselect(
            label, codes, format_func=say, key=key, on_change=_keep, args=(form,), placeholder=_("none yet")
        )
    else:
        st.selectbox(
            label, codes, index=None, format_func=say, key=key, on_change=_keep, args=(form,),
            placeholder=_("not known yet"),
        )  # fmt: skip


def _missing(form: Form) -> None:
    """What the step still lacks, once something was typed; and that without a source it goes no further."""
    record = tidied(form.cells())
    lang, year = form.desk.reader.lang, form.desk.today.year
    found = [each for each in problems(record, form.target, year) if each.field != "case_id"]
    begun = any(record[field] for field in form.fields if field != "verified")
    empty = [words.field(each.field) for each in found if not record[each.field]]
    wrong = [f"{words.field(each.field)}: {each.message.say(lang)}" for each in found if record[each.field]]
    if begun and empty:
        st.html(words.note(_("Still empty: {fields}.").format(fields=", ".join(empty))))
    if wrong:
        messages.warning(" ".join(wrong))
    if begun and not has_source(record):
        st.html(
            words.note(_("Without a page of the web as its source it can be neither assessed nor published."))
        )


def _keep(form: Form) -> None:
    """Callback of every control: what was typed becomes the draft."""
    desk = form.desk
    desk.do(lambda: keep_draft(desk.workspace, desk.person, form.case_id, form.cells(), form.version), "")


def _hand_in(form: Form) -> None:
    """Callback of the step: the draft is kept first, so that a refusal loses nothing."""
    desk, cells = form.desk, form.cells()
    _keep(form)
    made: list[Item] = []
    if form.case is None:
        step: Callable[[], object] = lambda: made.append(  # noqa: E731
            steps.propose(desk.workspace, desk.person, cells, desk.today)
        )
    else:
        case = form.case
        step = lambda: steps.write(  # noqa: E731
            desk.workspace, desk.person, case, form.action, cells, desk.today
        )
    if desk.attempt(step, form.done):
        _forget(form)
    if made:
        state.store().put("record", [made[0].id])


def _drop(form: Form) -> None:
    """Callback: the draft is given up."""
    _forget(form)
    said.keep(_("The draft was dropped."))


def _forget(form: Form) -> None:
    drop_draft(form.desk.workspace, form.desk.person, form.case_id)
    for field in form.fields:
        st.session_state.pop(form.key(field), None)
