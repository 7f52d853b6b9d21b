"""From the text of a formula to its tree, by a whitelist of Python's syntax nodes."""

import ast
from decimal import Decimal

from .errors import FormulaError
from .nodes import (
    PREVIOUS,
    YEAR_TO_DATE,
    Binary,
    Call,
    Comparison,
    Conditional,
    Name,
    Node,
    Number,
    Reference,
    Round,
    Unary,
)
from .tokens import FUNCTIONS, SCOPES, check_tokens

#: levels and nodes of the tree
MAX_DEPTH = 60
MAX_NODES = 200
#: digits a formula may round to: billions … billionths
ROUND_DIGITS = (-9, 9)

_SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.UAdd: "+",
    ast.USub: "-",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def read(text: str) -> tuple[Node, frozenset[Reference]]:
    """The tree of a formula and the codes it uses.

    :raises FormulaError: with the position of the mistake
    """
    line = check_tokens(text)
    # Python's parser takes leading blanks for an indentation
    lead = len(line) - len(line.lstrip())
    try:
        expression = ast.parse(line[lead:], mode="eval").body
    except SyntaxError as error:
        # no offset: the parser met the end where it expected more
        position = lead + error.offset - 1 if error.offset else len(line.rstrip())
        raise FormulaError("formula_syntax", position=min(position, len(text))) from None
    except (MemoryError, RecursionError, ValueError):
        raise FormulaError("formula_too_deep") from None
    reader = _Reader(line, lead)
    return reader.node(expression, 1), frozenset(reader.references)


class _Reader:
    """Turns syntax nodes into formula nodes; a kind of node that is not in :data:`_ALLOWED` is refused."""

    def __init__(self, line: str, lead: int):
        self.line = line
        self.lead = lead
        self.count = 0
        self.references: set[Reference] = set()

    def node(self, tree: ast.expr, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            raise self.error("formula_too_many_parts", tree, limit=MAX_NODES)
        if depth > MAX_DEPTH:
            raise self.error("formula_too_deep", tree)
        if type(tree) not in _ALLOWED:
            raise self.error("formula_not_allowed", tree)
        return _ALLOWED[type(tree)](self, tree, depth + 1)

    def number(self, tree: ast.Constant, depth: int) -> Node:
        return Number(Decimal(self.text(tree)))

    def code(self, tree: ast.Name, depth: int) -> Node:
        if tree.id in FUNCTIONS or tree.id in SCOPES:
            raise self.error("formula_reserved", tree)
        return self.name(Reference(tree.id))

    def unary(self, tree: ast.UnaryOp, depth: int) -> Node:
        return Unary(self.sign(tree.op, tree), self.node(tree.operand, depth))

    def binary(self, tree: ast.BinOp, depth: int) -> Node:
        return Binary(self.sign(tree.op, tree), self.node(tree.left, depth), self.node(tree.right, depth))

    def comparison(self, tree: ast.Compare, depth: int) -> Node:
        signs = tuple(self.sign(operator, tree) for operator in tree.ops)
        return Comparison(signs, tuple(self.node(operand, depth) for operand in (tree.left, *tree.comparators)))

    def conditional(self, tree: ast.IfExp, depth: int) -> Node:
        return Conditional(*(self.node(part, depth) for part in (tree.test, tree.body, tree.orelse)))

    def call(self, tree: ast.Call, depth: int) -> Node:
        if not isinstance(tree.func, ast.Name):
            raise self.error("formula_not_allowed", tree.func)
        # f(*a); f(a=1) never gets here, as there is no token = to write it with, and is refused all the same
        refused = [argument for argument in tree.args if isinstance(argument, ast.Starred)]
        refused += [keyword.value for keyword in tree.keywords]
        if refused:
            raise self.error("formula_not_allowed", refused[0])
        name = tree.func.id
        if name in SCOPES:
            return self.scoped(tree, PREVIOUS if name == "previous" else YEAR_TO_DATE)
        if name not in FUNCTIONS:
            raise self.error("formula_function", tree.func)
        if name == "round":
            return self.rounded(tree, depth)
        if len(tree.args) < 2 if name in ("min", "max") else len(tree.args) != 1:
            raise self.error("formula_arguments", tree.func)
        return Call(name, tuple(self.node(argument, depth) for argument in tree.args))

    def scoped(self, tree: ast.Call, scope: str) -> Node:
        if len(tree.args) != 1:
            raise self.error("formula_arguments", tree.func)
        code = tree.args[0]
        if not isinstance(code, ast.Name) or code.id in FUNCTIONS or code.id in SCOPES:
            raise self.error("formula_bare_code", code, text=tree.func.id)
        return self.name(Reference(code.id, scope))

    def rounded(self, tree: ast.Call, depth: int) -> Node:
        if not 1 <= len(tree.args) <= 2:
            raise self.error("formula_arguments", tree.func)
        argument = self.node(tree.args[0], depth)
        return Round(argument, self.digits(tree.args[1])) if len(tree.args) == 2 else Round(argument)

    def digits(self, tree: ast.expr) -> int:
        lowest, highest = ROUND_DIGITS
        negative = isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub)
        literal = tree.operand if negative else tree
        if isinstance(literal, ast.Constant) and type(literal.value) is int:
            digits = -literal.value if negative else literal.value
            if lowest <= digits <= highest:
                return digits
        raise self.error("formula_digits", tree, lowest=lowest, highest=highest)

    def name(self, reference: Reference) -> Node:
        self.references.add(reference)
        return Name(reference)

    def sign(self, operator: ast.AST, tree: ast.expr) -> str:
        if type(operator) not in _SIGNS:
            raise self.error("formula_not_allowed", tree)
        return _SIGNS[type(operator)]

    def text(self, tree: ast.expr) -> str:
        # columns count bytes, which are characters here: the tokens have been checked to be ASCII
        return self.line[self.lead + tree.col_offset : self.lead + tree.end_col_offset]

    def error(self, code: str, tree: ast.expr, **params) -> FormulaError:
        params.setdefault("text", self.text(tree))
        return FormulaError(code, position=self.lead + tree.col_offset, **params)


#: the whitelist
_ALLOWED = {
    ast.Constant: _Reader.number,
    ast.Name: _Reader.code,
    ast.UnaryOp: _Reader.unary,
    ast.BinOp: _Reader.binary,
    ast.Compare: _Reader.comparison,
    ast.IfExp: _Reader.conditional,
    ast.Call: _Reader.call,
}
