# ruff: noqa: E501
"""The words of a written plan, in both languages."""

from __future__ import annotations

from typing import Any

from kpis.languages import language

STAGES = {
    "en": ("emerging", "enhanced", "transactional", "connected"),
    "es": ("emergente", "mejorada", "transaccional", "conectada"),
}
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "{area}: plan to {goal} by {by}",
        "goal_stage": "the {stage} stage in {dimension}",
        "all": "all dimensions",
        "goal_egdi": "an EGDI of {value}",
        "goal_rank": "rank {value} in EGDI",
        "met": "The goal is already met with the figures of {year}. What remains is to keep it: stages are "
        "computed anew every year.",
        "impossible": "The goal cannot be met: even with every component at its limit, EGDI would be "
        "{egdi} and the rank {rank}.",
        "needs": "KPIs to bring to their target: {n}. At the pace of the past five years, in time: {own}; "
        "at the pace of the best quarter of the peers: {peers}; without a known pace: {unknown}.",
        "probably": "Probably reached already, but no figure shows it: {kpis}.",
        "probably_one": "{kpi} (the figure of {year} is missing)",
        "hardest": "Hardest, as far as known: {kpi}. Of {n} countries that stood there, {k} did it in that time.",
        "never": "Without precedent: of the countries that stood there, none passed these gates in that time: {kpis}.",
        "unassessed": "Not assessed for lack of figures, so not in this plan: {dimensions}.",
        "nodata": "Gates without figures, not counted and not assumed: {kpis}.",
        "targets": "Targets",
        "head_targets": "KPI|Dimension|Baseline|Year and age|Target|Change|A year|Past pace arrives|"
        "Best quarter arrives|Did it in that time",
        "milestones": "Milestones",
        "head_milestones": "KPI|Dimension|{years}|Next publication",
        "milestone_years": "One value a year on the straight line from the baseline; {n} of {all} years are shown, "
        "all of them in the table (CSV).",
        "steps": "Increments",
        "entry": "Entry condition: {dimension} at the {stage} stage.",
        "exit": "Exit: {kpis}.",
        "exit_none": "Exit: nothing left to pass at this step; the target comes with the next one.",
        "owner": "Owner: {owner}",
        "no_owner": "not named yet",
        "actions_kpi": "Actions for {kpi}",
        "actions_other_step": "Actions for {kpi} (from another step: this one has none)",
        "actions_general": "General actions of this step, which serve the dimension and no single KPI",
        "duration": "{duration}",
        "cases_example": "Cases that did one of these actions",
        "cases_dimension": "Cases in this dimension",
        "unverified": "not verified",
        "note": "Note",
        "mobile": "Mobile first",
        "mobile_lead": "People who only have a basic phone come first.",
        "coverage": "Coverage",
        "ownership": "Phones of women",
        "accounts": "Accounts (bank or mobile money)",
        "services": "Services by USSD and SMS",
        "assisted": "Assisted access",
        "no_value": "no usable figure",
        "no_case": "no case held",
        "next_bar": "next bar {bar}",
        "at_top": "all bars passed",
        "lessons": "Lessons for LDCs and SIDS that apply",
        "sequence": "How each increment runs",
        "method": "Method: incremental methodology of the Centre, second edition, B.2 to B.4. Gaps and paces are "
        "counted from the year of each figure, on a straight line; ages are counted to {year}. An EGDI is "
        "relative: others move too. Precedents are no forecast, and durations are planning assumptions.",
        "figures": "Figures: Escala, data version {version}, {year}.",
        "none": "–",
        "never_arrives": "never",
        "probably_reached": "probably reached already; the figure of {year} is missing",
        "stepwise": "an answer, no pace",
        "age": "{year}, {age} years old",
        "age_one": "{year}, 1 year old",
        "age_none": "{year}",
        "age_old": "{year}, {age} years old: old",
        "stated_rhythm": "by the publisher’s stated rhythm",
        "observed_rhythm": "by the rhythm observed",
        "not_announced": "date not announced",
        "not_held": "edition of {year} published, not held here; then {then}",
        "exit_one": "{kpi} {sign} {bar} (now {value}; {age})",
        "after": "after {year}",
        "not_known": "not known",
        "of": "{k} of {n}",
    },
    "es": {
        "title": "{area}: plan para alcanzar {goal} en {by}",
        "goal_stage": "la etapa {stage} en {dimension}",
        "all": "todas las dimensiones",
        "goal_egdi": "un EGDI de {value}",
        "goal_rank": "el puesto {value} en el EGDI",
        "met": "El objetivo ya se cumple con las cifras de {year}. Queda mantenerlo: las etapas se calculan "
        "de nuevo cada año.",
        "impossible": "El objetivo no se puede cumplir: aun con todos los componentes en su límite, el EGDI "
        "sería {egdi} y el puesto, {rank}.",
        "needs": "KPI que faltan por llevar a su meta: {n}. A tiempo, con el ritmo de los últimos cinco años: "
        "{own}; con el ritmo del mejor cuarto de los países comparables: {peers}; sin ritmo conocido: {unknown}.",
        "probably": "Probablemente ya alcanzados, pero ninguna cifra lo muestra: {kpis}.",
        "probably_one": "{kpi} (falta la cifra de {year})",
        "hardest": "Lo más difícil, hasta donde se sabe: {kpi}. De {n} países que estuvieron en ese nivel, lo lograron en ese plazo: {k}.",
        "never": "Sin precedentes: ningún país que estuvo en ese nivel superó en ese plazo los umbrales "
        "siguientes: {kpis}.",
        "unassessed": "Sin evaluar por falta de cifras y, por tanto, fuera de este plan: {dimensions}.",
        "nodata": "Umbrales sin cifras, que no se cuentan ni se suponen: {kpis}.",
        "targets": "Metas",
        "head_targets": "KPI|Dimensión|Línea de base|Año y antigüedad|Meta|Cambio|Por año|Llega al ritmo pasado|"
        "Llega al ritmo del mejor cuarto|Lo lograron en ese plazo",
        "milestones": "Hitos",
        "head_milestones": "KPI|Dimensión|{years}|Próxima publicación",
        "milestone_years": "Un valor por año en la línea recta desde la línea de base; se muestran {n} de {all} años, "
        "todos en la tabla (CSV).",
        "steps": "Incrementos",
        "entry": "Condición de entrada: {dimension} en la etapa {stage}.",
        "exit": "Condición de salida: {kpis}.",
        "exit_none": "Salida: no queda ningún umbral en este paso; la meta llega con el siguiente.",
        "owner": "Responsable: {owner}",
        "no_owner": "aún sin nombrar",
        "actions_kpi": "Acciones para {kpi}",
        "actions_other_step": "Acciones para {kpi} (de otro paso: este no tiene ninguna)",
        "actions_general": "Acciones generales de este paso, que sirven a la dimensión y a ningún KPI en particular",
        "duration": "{duration}",
        "cases_example": "Casos que hicieron una de estas acciones",
        "cases_dimension": "Casos en esta dimensión",
        "unverified": "sin verificar",
        "note": "Nota",
        "mobile": "Prioridad al móvil",
        "mobile_lead": "Se empieza por quienes solo tienen un teléfono básico.",
        "coverage": "Cobertura",
        "ownership": "Teléfonos de las mujeres",
        "accounts": "Cuentas (bancarias o de dinero móvil)",
        "services": "Servicios por USSD y SMS",
        "assisted": "Acceso asistido",
        "no_value": "sin cifra utilizable",
        "no_case": "ningún caso disponible",
        "next_bar": "próximo umbral {bar}",
        "at_top": "todos los umbrales superados",
        "lessons": "Lecciones aplicables para PMA y PEID",
        "sequence": "Cómo transcurre cada incremento",
        "method": "Método: metodología incremental del Centro, segunda edición, B.2 a B.4. Las brechas y los ritmos se "
        "cuentan desde el año de cada cifra, en línea recta; la antigüedad se cuenta hasta {year}. El EGDI es "
        "relativo: los demás también se mueven. Los precedentes no son un pronóstico y las duraciones son "
        "supuestos de planificación.",
        "figures": "Cifras: Escala, versión de los datos {version}, {year}.",
        "none": "–",
        "never_arrives": "nunca",
        "probably_reached": "probablemente ya alcanzado; falta la cifra de {year}",
        "stepwise": "una respuesta, sin ritmo",
        "age": "{year}, de hace {age} años",
        "age_one": "{year}, de hace 1 año",
        "age_none": "{year}",
        "age_old": "{year}, de hace {age} años: antiguo",
        "stated_rhythm": "según el ritmo que declara el editor",
        "observed_rhythm": "según el ritmo observado",
        "not_announced": "fecha no anunciada",
        "not_held": "edición de {year} publicada, no disponible aquí; después, {then}",
        "exit_one": "{kpi} {sign} {bar} (ahora {value}; {age})",
        "after": "después de {year}",
        "not_known": "se desconoce",
        "of": "{k} de {n}",
    },
}
SEQUENCE = {
    "en": (
        ("Baseline (0–3 months)", "Compute the profile; publish gaps as gaps."),
        ("One bottleneck, two services", "Prefer high-volume services for people in poverty; test the gap "
         "between design and reality."),
        ("First increment (3–9 months)", "Ship on channels people already use; simplify before digitising."),
        ("Measure", "Use, completion, time and cost for the user, satisfaction, by sex and place."),
        ("Decide", "Scale, adapt or stop. A stopped pilot with a published lesson counts as a result."),
        ("Institutionalise (9–24 months)", "Law, budget line, operations team; then the next bottleneck."),
    ),
    "es": (
        ("Línea de base (0–3 meses)", "Calcular el perfil; publicar las brechas como brechas."),
        ("Un cuello de botella, dos servicios", "Preferir servicios de gran volumen para personas en "
         "situación de pobreza; comprobar la brecha entre el diseño y la realidad."),
        ("Primer incremento (3–9 meses)", "Entregar por los canales que la gente ya usa; simplificar antes "
         "de digitalizar."),
        ("Medir", "Uso, trámites concluidos, tiempo y costo para la persona usuaria, satisfacción, por sexo "
         "y lugar."),
        ("Decidir", "Ampliar, adaptar o detener. Un piloto detenido con una lección publicada es un "
         "resultado."),
        ("Institucionalizar (9–24 meses)", "Ley, partida presupuestaria, equipo de operación; después, el "
         "siguiente cuello de botella."),
    ),
}  # fmt: skip


def say(key: str, lang: str, **values: Any) -> str:
    """A text in a language. Raises RequestError for a language that is not held."""
    return WORDS[language(lang)][key].format(**values)


def number(value: float | None, digits: int, lang: str, *, sign: bool = False) -> str:
    """A number as the language writes it, with a true minus; a dash where it is missing."""
    if value is None or value != value:
        return "–"
    text = f"{value:+,.{digits}f}" if sign else f"{value:,.{digits}f}"
    text = text.replace("-", "−")
    return text.translate(str.maketrans(",.", ".,")) if lang == "es" else text
