"""Assessments of a case: one's own, level by level; when both are in, side by side with the decision.

What a reviewer has chosen and written is kept as a draft, which nobody else sees, until it is handed in.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge import compared, facts, said, words
from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components.language import text as _
from kpis.workspace import LOCAL, Role
from kpis.workspace.drafts import Draft, draft_of, drop_draft, for_step, keep_draft
from kpis.workspace.knowledge import desk as steps
from kpis.workspace.knowledge import rules
from kpis.workspace.knowledge.case import Case
from kpis.workspace.knowledge.rubric import Criterion, load_rubric
from kpis.workspace.knowledge.rules import Assessment, State


def show(desk: Desk, case: Case) -> None:
    """What was decided or is open, then the form where the person may assess."""
    compared.show(desk, case)
    if case.state not in (State.CAPTURED, State.ASSESSED):
        if case.state is State.PROPOSED:
            st.html(words.note(_("It is assessed once it is captured.")))
        return
    why = steps.may_assess(desk.person, case)
    if not desk.may(Role.REVIEWER):
        st.html(words.not_offered(desk.person.role, Role.REVIEWER, _("Assess")))
    elif why:
        if case.state is not State.ASSESSED:
            st.html(words.note(_(why)))
    else:
        _form(desk, case)


def _key(case: Case, name: str) -> str:
    return f"as_{case.item.id}_{case.round}_{case.n_assessments if name == 'name' else ''}_{name}"


def _about(case: Case) -> str:
    """Under which the draft is kept: a new round begins with an empty form."""
    return for_step("assessment", case.item.id, case.round)


def _begun(case: Case, draft: Draft | None) -> Assessment | None:
    """What the form begins with: the draft, else the assessment that was handed in."""
    if draft is None:
        return case.mine
    cells = draft.cells
    return Assessment(
        reviewer="",
        implemented=cells.get("implemented") != "no",
        points={name: int(cells[name]) for name in load_rubric().ids if cells.get(name)},
        argument=cells.get("argument", ""),
        name=cells.get("name", ""),
    )


def _form(desk: Desk, case: Case) -> None:
    mine, draft = case.mine, draft_of(desk.workspace, desk.person, _about(case))
    begun = _begun(case, draft)
    title = _("Write down an assessment") if desk.person == LOCAL else _("Your assessment")
    if mine is not None:
        title = _("Your assessment, which you may change until the other is in")
    st.html(words.section(title))
    if desk.person == LOCAL:
        alone = _(
            "Without a log-in this workspace has one user. Write down what two reviewers found on their own, "
            "each with their name."
        )
        st.html(words.note(alone))
        st.session_state.setdefault(_key(case, "name"), begun.name if begun else "")
        st.text_input(
            _("Name of the reviewer"),
            key=_key(case, "name"),
            max_chars=100,
            on_change=_keep,
            args=(desk, case),
        )
    left, right = st.columns([1.6, 1], gap="large")
    with right:
        facts.show(desk, case)
    with left:
        _questions(desk, case, begun)
        with st.container(horizontal=True, gap="small"):
            st.button(
                _("Hand in my assessment"),
                key="hand_in_assessment",
                type="primary",
                on_click=_take,
                args=(desk, case),
            )
            if draft:
                st.button(_("Drop the draft"), key="drop_draft", on_click=_drop, args=(desk, case))
        if draft:
            st.html(words.kept_draft(draft.item.changed))
            if draft.version != case.item.version:
                changed = _("The record was changed since you began: look at it once more.")
                st.html(words.note(changed))


def _questions(desk: Desk, case: Case, begun: Assessment | None) -> None:
    """Gate, criteria with the score so far, argument."""
    if _gate(desk, case, begun):
        with st.container(key="knowledge_assess"):
            for criterion in load_rubric().criteria:
                _criterion(desk, case, criterion, begun)
        _running(desk, case)
    st.session_state.setdefault(_key(case, "argument"), begun.argument if begun else "")
    st.text_area(
        _("What your points rest on"),
        key=_key(case, "argument"),
        max_chars=steps.MOST_TEXT,
        height=120,
        on_change=_keep,
        args=(desk, case),
    )


def _gate(desk: Desk, case: Case, begun: Assessment | None) -> bool:
    """The gate: whether it is implemented."""
    key = _key(case, "implemented")
    st.session_state.setdefault(key, "yes" if begun is None or begun.implemented else "no")
    labels = {"yes": _("Yes, it has begun to reach people"), "no": _("No, it is only announced: no score")}
    st.radio(
        _("Is it implemented?"),
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=_keep,
        args=(desk, case),
    )
    return bool(st.session_state[key] == "yes")


def _criterion(desk: Desk, case: Case, criterion: Criterion, begun: Assessment | None) -> None:
    lang, key = desk.reader.lang, _key(case, criterion.id)
    if begun is not None and key not in st.session_state:
        st.session_state[key] = begun.points.get(criterion.id)
    levels = criterion.levels[lang]
    label = _("{name} ({weight} of 100): {question}").format(
        name=criterion.name[lang], weight=criterion.weight, question=criterion.question[lang]
    )
    st.radio(
        label, range(len(levels)), index=None, format_func=lambda n: f"{n} – {levels[n]}", key=key,
        on_change=_keep, args=(desk, case),
    )  # fmt: skip


def _points(case: Case) -> dict[str, int]:
    """The points that are chosen so far."""
    chosen = {name: st.session_state.get(_key(case, name)) for name in load_rubric().ids}
    return {name: int(points) for name, points in chosen.items() if points is not None}


def _running(desk: Desk, case: Case) -> None:
    """The score of what is chosen so far."""
    rubric, points = load_rubric(), _points(case)
    so_far = rules.score(dict.fromkeys(rubric.ids, 0) | points, rubric)
    text = _("Score so far: {score} of 100, with {k} of {n} criteria.").format(
        score=desk.reader.ctx.number(float(so_far), 1), k=len(points), n=len(rubric.ids)
    )
    st.html(Markup('<p class="e-lead" role="status">{}</p>').format(text))


def _given(case: Case) -> Assessment:
    """The assessment as it stands in the controls."""
    return Assessment(
        reviewer="",
        implemented=st.session_state[_key(case, "implemented")] == "yes",
        points=_points(case),
        argument=str(st.session_state.get(_key(case, "argument"), "")),
        name=str(st.session_state.get(_key(case, "name"), "")),
    )


def _keep(desk: Desk, case: Case) -> None:
    """Callback of every control: what was chosen and written becomes the draft."""
    given, before = _given(case), draft_of(desk.workspace, desk.person, _about(case))
    cells = dict(before.cells) if before else {}  # points stay while the gate hides their controls
    cells |= {name: str(points) for name, points in given.points.items()}
    cells |= {"implemented": "yes" if given.implemented else "no"}
    cells |= {"argument": given.argument, "name": given.name}
    version = before.version if before else case.item.version
    desk.do(lambda: keep_draft(desk.workspace, desk.person, _about(case), cells, version), "")


def _take(desk: Desk, case: Case) -> None:
    """Callback: the assessment is handed in; the draft is kept first, so that a refusal loses nothing."""
    _keep(desk, case)
    given = _given(case)
    done = _("Handed in. It is compared when the other assessment is in.")
    if desk.attempt(lambda: steps.assess(desk.workspace, desk.person, case, given), done):
        _forget(desk, case)


def _drop(desk: Desk, case: Case) -> None:
    """Callback: the draft is given up."""
    _forget(desk, case)
    said.keep(_("The draft was dropped."))


def _forget(desk: Desk, case: Case) -> None:
    """Takes the draft away; the form begins anew, without log-in for the next reviewer."""
    drop_draft(desk.workspace, desk.person, _about(case))
    for name in (*load_rubric().ids, "implemented", "argument", "name"):
        st.session_state.pop(_key(case, name), None)
