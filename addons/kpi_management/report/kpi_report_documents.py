from odoo import api, fields, models
from odoo.tools import format_date

# How a document looks: text rows of a page, letters of a KPI's name on a row, columns of a trend in its picture.
PAGE_ROWS, ROW_LETTERS = 36, 46
COLUMN, GAP, HEIGHT, TOP = 5, 2, 22, 125
# Keeps an empty row as high as one with text.
NOTHING = "\u00a0"


class KpiReportDocument(models.AbstractModel):
    """What the documents of scorecards and departments have in common."""

    _name = "kpi.report.document"
    _description = "KPI Document"

    @api.model
    def _values(self, docs, **more):
        """The values of a document about records the user may read, with the words and pictures of figures.

        :raises AccessError: when the user may not
        """
        docs.check_access("read")
        figures = self.env["kpi.report.figures"]
        return {
            "doc_ids": docs.ids,
            "doc_model": docs._name,
            "docs": docs,
            "shown": figures._shown,
            "percent": figures._percent,
            "bar": lambda line: min(max(line["attainment"] or 0, 0), 125) / 1.25,
            "columns": _columns,
            "drawn": _is_drawn,
            "day": lambda day: format_date(self.env, day),
            **more,
        }


class ReportScorecard(models.AbstractModel):
    _name = "report.kpi_management.report_scorecard"
    _description = "Scorecard Document"
    _inherit = ["kpi.report.document"]

    @api.model
    def _get_report_values(self, docids, data=None):
        cards = self.env["kpi.scorecard"].browse(docids)
        figures = self.env["kpi.report.figures"]._cards(cards, trend=cards)
        return self._values(cards, values={card["id"]: card for card in figures}, signatures=self._signatures)

    @api.model
    def _signatures(self, card):
        """For each side its title, who it is, and who agreed for it on which day; nobody did: a line to sign on."""
        # sudo: whoever reads a scorecard may know who agreed to it.
        card = card.sudo()
        sides = {"holder": self.env._("The holder"), "manager": self.env._("The manager")}
        names = {"holder": card.holder_user_id.name or card.subject_name, "manager": card.manager_user_id.name}
        return [
            {"title": title, "name": names[side] or NOTHING, "agreed": self._agreed(card, side, names[side])}
            for side, title in sides.items()
        ]

    def _agreed(self, card, side, name):
        date, by = card[f"{side}_agreed_date"], card[f"{side}_agreed_by_id"].name
        if not date:
            return NOTHING
        day = format_date(self.env, fields.Datetime.context_timestamp(self, date).date())
        if by == name:
            return self.env._("Agreed on %s", day)
        return self.env._("Agreed on %(date)s, by %(name)s", date=day, name=by)


class ReportDepartment(models.AbstractModel):
    _name = "report.kpi_management.report_department"
    _description = "Department Document"
    _inherit = ["kpi.report.document"]

    @api.model
    def _get_report_values(self, docids, data=None):
        requests = self.env["kpi.report.request"].browse(docids)
        Report = self.env["kpi.report.department"]
        reports = {request.id: Report._prepare(request._subject(), request.period_id) for request in requests}
        return self._values(requests, reports=reports, pages=_pages)


def _is_drawn(line):
    """Whether there is something to see of a KPI's last periods."""
    return len(line["trend"]) > 1 and any(point["result"] == "ok" for point in line["trend"])


def _columns(trend):
    """The columns of a trend's picture: [(x, top, height, status)], and where 100 % lies.

    :param trend: as of ``kpi.scorecard.line.trend``
    """
    columns = []
    for n, point in enumerate(trend):
        measured = point["result"] == "ok"
        height = max(min(point["attainment"], TOP) / TOP * HEIGHT, 1) if measured else 0
        columns.append((n * (COLUMN + GAP), HEIGHT - height, height, point["status"]))
    return {
        "columns": columns,
        "width": max(len(trend) * (COLUMN + GAP) - GAP, 0),
        "column": COLUMN,
        "height": HEIGHT,
        "target": HEIGHT - 100 / TOP * HEIGHT,
    }


def _pages(people):
    """People in groups that fill a page each, never one person on two where that can be helped.

    The heading of a table does not repeat itself on the next page in every build of wkhtmltopdf.

    :param list[dict] people: values of scorecards
    :rtype: list[list[dict]]
    """
    pages, room = [], 0
    for card in people:
        rows = 1.2 + sum(-(-len(line["kpi"]) // ROW_LETTERS) for line in card["lines"])
        if not pages or rows > room:
            pages.append([])
            room = PAGE_ROWS
        pages[-1].append(card)
        room -= rows
    return pages
