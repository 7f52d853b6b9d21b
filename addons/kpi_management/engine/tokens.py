"""The first look at a formula: characters, words, numbers and parentheses, each mistake with its place.

It runs before Python's own parser sees the text, so that what is too deep or too long for that one never gets
there, and so that it has nothing left to warn about.
"""

import keyword
import re

from .errors import FormulaError

MAX_LENGTH = 500
MAX_NAME_LENGTH = 64
#: whole and decimal digits of a number in a formula
MAX_DIGITS = 20
#: open parentheses at one place
MAX_OPEN = 25

FUNCTIONS = frozenset({"abs", "max", "min", "round"})
SCOPES = frozenset({"previous", "year_to_date"})
#: words that cannot be the code of a measure or of a KPI
RESERVED_NAMES = FUNCTIONS | SCOPES | frozenset(keyword.kwlist)

_WORDS = frozenset({"if", "else"})
_TOKEN = re.compile(
    r"""(?P<space>\ +)
      | (?P<number>[0-9.][0-9A-Za-z_.]*)
      | (?P<word>[A-Za-z][A-Za-z0-9_]*)
      | (?P<sign><=|>=|==|!=|[-+<>,]|\*(?!\*)|/(?!/))
      | (?P<open>\()
      | (?P<close>\))
      | (?P<refused>\*\*|//|.)""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")


def is_code(text: str) -> bool:
    """Whether a text can be the code of a measure or KPI: a letter, then letters, digits and underscores, at
    most 64, and none of :data:`RESERVED_NAMES`.

    >>> is_code("leads_won"), is_code("2nd"), is_code("min")
    (True, False, False)
    """
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", text) is not None
    return plain and len(text) <= MAX_NAME_LENGTH and text not in RESERVED_NAMES


def check_tokens(text: str) -> str:
    """Look at each token of a formula.

    :return: the text on one line, each character still in its column
    :raises FormulaError: at the first token that has no place in a formula
    """
    if not isinstance(text, str) or not text.strip():
        raise FormulaError("formula_empty")
    if len(text) > MAX_LENGTH:
        raise FormulaError("formula_too_long", position=MAX_LENGTH, length=len(text), limit=MAX_LENGTH)
    line = re.sub(r"[\t\r\n]", " ", text)
    opened: list[int] = []
    for match in _TOKEN.finditer(line):
        position, token = match.start(), match.group()
        if match.lastgroup == "open":
            opened.append(position)
            if len(opened) > MAX_OPEN:
                raise FormulaError("formula_too_deep", position=position, text=token)
        elif match.lastgroup == "close":
            if not opened:
                raise FormulaError("formula_parenthesis", position=position, text=token)
            opened.pop()
        else:
            _check_token(match.lastgroup, position, token)
    if opened:
        raise FormulaError("formula_parenthesis", position=opened[-1], text="(")
    return line


def _check_token(group: str, position: int, token: str) -> None:
    if group == "refused":
        raise FormulaError("formula_character", position=position, text=token)
    if token[0] == "." and not token[1:2].isdigit():
        # a point that is no decimal point reaches for an attribute
        raise FormulaError("formula_character", position=position, text=".")
    if group == "number":
        digits = sum(character.isdigit() for character in token)
        if not _NUMBER.fullmatch(token) or digits > MAX_DIGITS:
            raise FormulaError("formula_number", position=position, text=token)
    if group == "word":
        if len(token) > MAX_NAME_LENGTH:
            raise FormulaError("formula_name_too_long", position=position, text=token, limit=MAX_NAME_LENGTH)
        if keyword.iskeyword(token) and token not in _WORDS:
            raise FormulaError("formula_keyword", position=position, text=token)
