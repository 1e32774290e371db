"""What can be wrong with a plan's file or link, in both languages."""

from __future__ import annotations

from kpis.errors import RequestError
from kpis.languages import language

WORDS = {
    "en": {
        "too_large": "The plan is larger than {limit} KB. Load a plan saved here, or shorten its notes.",
        "no_text": "The plan is not text in UTF-8. Load a .json file saved here.",
        "no_plan": "This is no plan: {reason}. Load a .json file or a link saved here.",
        "no_link": "The link does not hold a plan that can be read ({reason}). Copy it again, whole.",
        "link_long": "The plan is too long for a link ({size} characters, at most {limit}). "
        "Shorten its notes or save it as a file.",
        "no_core": "The plan lacks {name}, or its value cannot be: {value}. "
        "A plan needs country, goal and year.",
        "no_goal": "The goal {kind} {value} cannot be. {allowed}",
        "cut": "The plan was cut short; what came before the cut is kept.",
        "older": "The plan comes from an older version; it was read as far as it is known.",
        "newer": "The plan comes from a newer version; what this version does not know was left out.",
        "key": "{name} is not known and was left out.",
        "keys": "Further keys that are not known and were left out: {n}.",
        "row": "{name}: {n} rows could not be read and were left out.",
        "text": "{name} was cut to {limit} characters.",
        "value": "{name} could not be read and was left out.",
        "closed": "{name} was left out: it rests on the edition of {year}, which is closed.",
    },
    "es": {
        "too_large": "El plan supera los {limit} KB. Cargue un plan guardado aquí o acorte sus notas.",
        "no_text": "El plan no es texto en UTF-8. Cargue un archivo .json guardado aquí.",
        "no_plan": "Esto no es un plan: {reason}. Cargue un archivo .json o un enlace guardado aquí.",
        "no_link": "El enlace no contiene un plan legible ({reason}). Cópielo de nuevo, completo.",
        "link_long": "El plan es demasiado largo para un enlace ({size} caracteres; máximo {limit}). "
        "Acorte sus notas o guárdelo como archivo.",
        "no_core": "Al plan le falta {name}, o su valor no es posible: {value}. "
        "Un plan necesita país, objetivo y año.",
        "no_goal": "El objetivo {kind} {value} no es posible. {allowed}",
        "cut": "El plan estaba cortado; se conserva lo anterior al corte.",
        "older": "El plan proviene de una versión anterior; se leyó hasta donde se conoce.",
        "newer": "El plan proviene de una versión posterior; se omitió lo que esta versión no conoce.",
        "key": "No se conoce {name} y se omitió.",
        "keys": "Otras claves desconocidas que se omitieron: {n}.",
        "row": "{name}: {n} filas no se pudieron leer y se omitieron.",
        "text": "{name} se acortó a {limit} caracteres.",
        "value": "{name} no se pudo leer y se omitió.",
        "closed": "Se omitió {name}: se apoya en la edición de {year}, que está cerrada.",
    },
}

CORE_NAMES = {
    "en": {"area": "the country", "kind": "the kind of goal", "value": "the goal", "by": "the year"},
    "es": {"area": "el país", "kind": "el tipo de objetivo", "value": "el objetivo", "by": "el año"},
}

GOALS = {
    "en": {
        "stage": ("stage", "Give 1 (enhanced), 2 (transactional) or 3 (connected)."),
        "egdi": ("EGDI", "Give a number above 0 and up to 1."),
        "rank": ("rank", "Give a whole number from 1 to {most}."),
    },
    "es": {
        "stage": ("de etapa", "Indique 1 (mejorada), 2 (transaccional) o 3 (conectada)."),
        "egdi": ("de EGDI", "Indique un número mayor que 0 y hasta 1."),
        "rank": ("de puesto", "Indique un número entero de 1 a {most}."),
    },
}


class PlanError(RequestError):
    """A plan that cannot be read or written; `code` and `details` give the message in another language."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(said(code, "en", **details))
        self.code, self.details = code, details

    def text(self, lang: str) -> str:
        """The message in a language."""
        return said(self.code, lang, **self.details)


def said(code: str, lang: str, **details: object) -> str:
    """A message in a language; values of the file are cut, so that none fills the screen.

    Raises RequestError for a language that is not held.
    """
    lang = language(lang)
    shown = {name: str(value)[:60] for name, value in details.items()}
    if code == "no_goal":
        kind, allowed = GOALS[lang][shown["kind"]]
        shown |= {"kind": kind, "allowed": allowed.format(**shown)}
    if code == "no_core":
        shown["name"] = CORE_NAMES[lang].get(shown["name"], shown["name"])
    return WORDS[lang][code].format(**shown)
