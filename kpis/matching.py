"""How texts are compared: folding, words and near misses, for the searches, names of areas and faults.

Likeness runs from 0 to 1: the share of letters that two texts have in common in the same order. The matcher
is imported where it is needed: most commands end without a near miss, and its import takes 10 ms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHORT = 4  # letters; shorter words resemble too many others
NEAR_WORD = 0.75  # likeness from which a word counts as a slip of another: one letter of four
NEAR_NAME = 0.8  # the same for a whole name, whose words most names share ("Republic of …")
NEAR_KEY = 0.6  # the same for a key or code of a closed list, which is only suggested
TIE = 0.05  # likeness by which two words may differ and count as equally like a third
MAX_KEY_LENGTH = 60  # letters of a key that are compared

_ACCENTS = re.compile("[\u0300-\u036f]")
_QUOTES = re.compile("['’‘ʻ`´“”«»]")
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)  # letters that Unicode does not take apart into a plain one and its accent


def fold(text: str) -> str:
    """Text without accents, case, apostrophes and quotation marks.

    >>> fold("Côte d’Ivoire"), fold("Brønnøysund")
    ('cote divoire', 'bronnoysund')
    """
    bare = _QUOTES.sub("", text)
    if not bare.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", bare)).casefold().translate(_LETTERS)
    return bare.casefold()


def words(text: str) -> list[str]:
    """The folded words of a text; every mark parts two words.

    >>> words("Identificación móvil (2014), e-Gov_2")
    ['identificacion', 'movil', '2014', 'e', 'gov', '2']
    """
    return re.findall(r"[^\W_]+", fold(text))


def tokens(text: str) -> list[str]:
    """The folded words of a text in which dots stay within codes and numbers.

    >>> tokens("Meta ODS 16.9."), tokens("EE. UU.")
    (['meta', 'ods', '16.9'], ['ee', 'uu'])
    """
    return [token for part in re.findall(r"(?:[^\W_]|\.)+", fold(text)) if (token := part.strip("."))]


def likeness(text: str, other: str) -> float:
    """How much of two texts is equal, 0 to 1.

    >>> likeness("namibai", "namibia") > 0.85
    True
    """
    from rapidfuzz import fuzz

    return fuzz.ratio(text, other) / 100


def similar(word: str, vocabulary: Iterable[str], cutoff: float = NEAR_WORD) -> dict[str, float]:
    """Words of a vocabulary that `word` may be a slip of, with their likeness, best first; all folded.

    None for a word of fewer than SHORT letters.

    >>> list(similar("brith", ["birth", "death"]))
    ['birth']
    """
    return _scored(word, vocabulary, cutoff) if len(word) >= SHORT else {}


def nearest(word: str, vocabulary: Iterable[str]) -> dict[str, float]:
    """Of the words that `similar` gives, those about as like as the best.

    >>> list(nearest("burkna", ["burkina", "urna"]))
    ['burkina']
    """
    alike = similar(word, vocabulary)
    best = max(alike.values(), default=0.0)
    return {candidate: value for candidate, value in alike.items() if value >= best - TIE}


def near_miss(name: str, allowed: Iterable[str], cutoff: float = NEAR_KEY) -> str | None:
    """The allowed name most like a wrong one, accents and case aside; None if none is like it.

    >>> near_miss("countries", ["country", "kpi"])
    'country'
    """
    by_form = {fold(candidate): candidate for candidate in allowed}
    closest = next(iter(_scored(fold(name[:MAX_KEY_LENGTH]), by_form, cutoff)), None)
    return None if closest is None else by_form[closest]


def _scored(text: str, candidates: Iterable[str], cutoff: float) -> dict[str, float]:
    from rapidfuzz import fuzz, process

    scored = process.extract(text, list(candidates), scorer=fuzz.ratio, score_cutoff=100 * cutoff, limit=None)
    return {candidate: score / 100 for candidate, score, _ in scored}


def is_single_slip(text: str, other: str) -> bool:
    """Whether two texts differ by one letter at most: wrong, missing, too many, or two neighbours exchanged.

    >>> is_single_slip("EGDl", "EGDI"), is_single_slip("GEDI", "EGDI"), is_single_slip("OSI", "EGDI")
    (True, True, False)
    """
    from rapidfuzz.distance import OSA

    return OSA.distance(text, other, score_cutoff=1) <= 1
