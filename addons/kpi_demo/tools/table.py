"""Tables of plain text for the terminal, aligned by what a character takes up on the screen."""

import unicodedata

GAP = "  "


def width(text):
    """Columns a text takes up on the screen: wide characters take two, marks on the letter before none.

    >>> width("Doanh số"), width("漢字"), width("e" + chr(0x301))
    (8, 4, 1)
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def table(headings, rows, right=()):
    r"""Lay out rows under headings.

    >>> print(table(["KPI", "Actual"], [["Doanh số", "8 ₫"]], right=[1]))
    KPI       Actual
    ────────  ──────
    Doanh số     8 ₫

    :param list headings: one text per column
    :param rows: lists of texts, as many as there are headings
    :param right: numbers of the columns that are aligned to the right
    :rtype: str
    """
    rows = [[str(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(headings, *rows, strict=True)]
    lines = [headings, ["─" * size for size in widths], *rows]
    return "\n".join(_line(cells, widths, right) for cells in lines)


def _line(cells, widths, right):
    parts = []
    for number, (cell, size) in enumerate(zip(cells, widths, strict=True)):
        blank = " " * (size - width(cell))
        parts.append(blank + cell if number in right else cell + blank)
    return GAP.join(parts).rstrip()
