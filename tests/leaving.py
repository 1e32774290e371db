"""Every way in which something of the workspace can leave, once: what is not named here fails the tests.

Who adds a page, a download, an address, a command or a reading function says here whether it hands out what
people keep; `tests/test_leaving.py` compares with the code, `tests/browser/test_log_in.py` tries them.
"""

from __future__ import annotations

PAGES = {
    **dict.fromkeys(
        ("world", "progress", "robustness", "gaps", "releases", "explore"), "own groups in lists"
    ),
    "country": "own figures of the country",
    "compare": "own figures of its countries, own groups",
    "plan": "plans that are followed",
    "cases": "published cases",
    "methods": "own groups",
    "mydata": "own figures",
    "knowledge": "cases under review",
    "exercise": "exercises",
}
"""Pages that show something of the workspace to who may see it, and what; the others show nothing of it."""

DOWNLOADS = {
    "briefs: brief_{}_{}": "exercise: its result; of countries, groups and plans: what the page shows",
    "exercise/result: exercise_csv": "increments of an exercise",
    "mydata/shelf: mydata_csv_{}": "own figures",
    "mydata/review: mydata_report": "",  # of the file that the reader has just brought
    "mydata/bring: template_xlsx": "",
    "mydata/bring: template_csv": "",
    "exercise/start: exercise_standard": "",
    "knowledge/exchange: case_template": "",
    "knowledge/exchange: case_report": "",  # of the file that the reader has just brought
    "knowledge/exchange: cases_csv": "published cases",
    "knowledge/exchange: cases_json": "published cases",
    "plan/files: plan_{}": "",  # the plan that is on the page
    "plan/follow: plan_ics": "dates of a plan that is followed",
    "country/all_kpis: csv_all": "own figures of the country",
    "methods/source_list: cite_{}": "",
    "present/own: story_json": "",  # what the browser of the reader keeps
    "takeaway: {}_{}": "what the page shows",
}
"""Downloads by module and key, each made where its page is drawn; what of the workspace they hold."""

COMMANDS = {
    "import": "keeps figures",
    "exercise report": "an exercise",
    "knowledge export": "published cases",
    "knowledge import": "adds cases",
    "knowledge list": "cases under review",
    "workspace backup": "everything",
    "workspace erase": "deletes",
    "workspace people": "names",
    "workspace restore": "replaces everything",
    "workspace status": "counts",
    "story": "what its pages show to whoever runs it",
}
"""Commands that open the workspace of this machine, which the file system guards; no other may open it."""

FREE_COMMANDS = {
    *("build", "cases", "doctor", "exercise check", "exercise questionnaire", "forecast", "index", "picture"),
    *("plan", "progress", "report", "serve", "simulate", "site", "stages", "values", "verify"),
}
"""All other commands: what they print is the same for everybody."""

WITHOUT_PERSON = {
    "backup.held": "counts, for the command",
    "exercises.guests.admit": "asks for an invitation instead, and is given one exercise and one answer",
    "exercises.conduct._signed": "an invitation that was read before",
    "knowledge.published.stamp": "a text that tells only that something changed",
    "store.Workspace.secret": "signs invitations; no page shows it",
    "store.Workspace.stamp": "a text that tells only that something changed",
}
"""Functions of `kpis.workspace` that look into a workspace without being told for whom, and why they may."""
