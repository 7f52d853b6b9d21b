import io

import xlsxwriter

from odoo import api, models

COUNTED = ("on_track", "at_risk", "behind", "no_data", "error")


class KpiReportXlsx(models.AbstractModel):
    """A workbook of scorecards: one sheet with a row for each, one with all their KPIs, to be filtered and added up."""

    _name = "kpi.report.xlsx"
    _description = "KPI Workbook"

    @api.model
    def _workbook(self, cards):
        """The workbook as a file.

        :param list[dict] cards: as of ``kpi.report.figures._cards``
        :return: the content of the .xlsx file
        :rtype: bytes
        """
        stream = io.BytesIO()
        # Each row goes to a file as soon as the next one begins: there may be some hundred thousand.
        with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
            formats = {}
            self._add_sheet(book, formats, self.env._("Scorecards"), self._card_columns(), cards)
            rows = ({**line, "card": card} for card in cards for line in card["lines"])
            self._add_sheet(book, formats, self.env._("KPIs"), self._line_columns(), rows)
        return stream.getvalue()

    def _card_columns(self):
        """[(heading, width, row → value, (row, value) → number format)]"""
        names = self.env["kpi.report.figures"]._status_names()
        texts = [
            (self.env._("Subject"), 30, lambda card: card["name"], _text),
            (self.env._("Level"), 12, lambda card: card["kind_name"], _text),
            (self.env._("Department"), 24, lambda card: card["department"], _text),
            (self.env._("Company"), 24, lambda card: card["company"], _text),
            (self.env._("Period"), 12, lambda card: card["period"], _text),
            (self.env._("State"), 12, lambda card: card["state_name"], _text),
            (self.env._("Score"), 11, lambda card: _share(card["score"]), _percent),
            (self.env._("Grade"), 16, lambda card: card["grade"], _text),
            (self.env._("KPIs"), 8, lambda card: len(card["lines"]), _number),
        ]
        counts = [
            (names[status], 13, lambda card, status=status: card["counts"][status], _number) for status in COUNTED
        ]
        return texts + counts

    def _line_columns(self):
        """[(heading, width, row → value, (row, value) → number format)]"""
        return [
            (self.env._("Subject"), 30, lambda line: line["card"]["name"], _text),
            (self.env._("Level"), 12, lambda line: line["card"]["kind_name"], _text),
            (self.env._("Department"), 24, lambda line: line["card"]["department"], _text),
            (self.env._("Period"), 12, lambda line: line["card"]["period"], _text),
            (self.env._("KPI"), 40, lambda line: line["kpi"], _text),
            (self.env._("Weight"), 11, lambda line: _share(line["weight"]), _percent),
            (self.env._("Target"), 20, self._target, _in_unit),
            (self.env._("Actual"), 20, lambda line: _in_units(line, line["actual"]), _in_unit),
            (self.env._("Attainment"), 13, lambda line: _share(line["attainment"]), _percent),
            (self.env._("Forecast"), 20, lambda line: _in_units(line, line["forecast"]), _in_unit),
            (self.env._("Status"), 14, lambda line: line["status_name"], _text),
            (self.env._("Points lost"), 12, lambda line: line["lost"], _number),
            (self.env._("Error"), 30, lambda line: line["error"], _text),
        ]

    def _target(self, line):
        """A number, or the text of a band's edges."""
        if line["band"]:
            return self.env["kpi.report.figures"]._shown(line, "target")
        return _in_units(line, line["target"])

    @api.model
    def _add_sheet(self, book, formats, title, columns, rows):
        """A sheet with a heading that stays in sight and can be filtered by; numbers are numbers, texts never formulas.

        :param columns: [(heading, width, row → value, (row, value) → number format)]
        :param rows: an iterable of what the columns read
        """
        sheet = book.add_worksheet(title[:31])
        for x, (heading, width, _value, number_format) in enumerate(columns):
            sheet.set_column(x, x, width)
            sheet.write_string(0, x, heading, _style(book, formats, heading=True, right=number_format is not _text))
        y = 1
        for y, row in enumerate(rows, start=1):
            for x, (_heading, _width, read, number_format) in enumerate(columns):
                value = read(row)
                right = number_format is not _text
                _write(sheet, y, x, value, _style(book, formats, number_format(row, value), right=right))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, y, len(columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def _write(sheet, y, x, value, style):
    if isinstance(value, (int, float)):
        sheet.write_number(y, x, value, style)
    elif value is not None:
        sheet.write_string(y, x, value[:32767], style)


def _style(book, formats, number_format=None, heading=False, right=False):
    key = number_format, heading, right
    if key not in formats:
        look = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"} if heading else {}
        look |= {"num_format": number_format} if number_format else {}
        formats[key] = book.add_format(look | ({"align": "right"} if right else {}))
    return formats[key]


def _share(percent):
    """A percentage as a spreadsheet holds it: 0.925 is shown as 92.5 %."""
    return None if percent is None else round(percent / 100, 10)


def _in_units(line, value):
    """A figure of a KPI as a spreadsheet holds it."""
    return _share(value) if line["unit"] == "percent" else value


def _text(_row, _value):
    return None


def _number(_row, value):
    """Grouped, and without decimals where there are none."""
    return "#,##0" if value is None or float(value).is_integer() else "#,##0.00"


def _percent(_row, _value):
    return "0.00%"


def _in_unit(line, value):
    """The number format of a KPI's figure: money with the decimals of its currency; a text has none."""
    if isinstance(value, str):
        return None
    if line["unit"] == "percent":
        return "0.00%"
    return _money(line["currency"]) if line["unit"] == "currency" else _number(line, value)


def _money(currency):
    number = "#,##0" + ("." + "0" * currency.decimal_places if currency.decimal_places else "")
    symbol = '"' + (currency.symbol or currency.name).replace('"', "") + '"'
    return f"{symbol}{number}" if currency.position == "before" else f"{number} {symbol}"
