from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .kpi_period import AGREED
from .kpi_weights_mixin import makes_whole


class KpiPeriod(models.Model):
    """What is open before a period can be closed, each with the records it is about."""

    _inherit = "kpi.period"

    checklist = fields.Json(compute="_compute_checklist")

    def _compute_checklist(self):
        shown = self.env.user.has_group("kpi_management.group_kpi_officer")
        for period in self:
            items = period._origin._checklist_items() if shown and period._origin.state in ("open", "review") else []
            period.checklist = [
                {"period_id": period._origin.id, **{key: item[key] for key in ("code", "text", "count", "blocking")}}
                for item in items
            ]

    def action_close(self):
        """Override: what was asked for and not decided comes too late."""
        result = super().action_close()
        self.sudo().scorecard_ids.change_ids._lapse()  # sudo: officers of the company, checked by the closing
        return result

    def action_ask_close(self):
        """Close when nothing is open; else show the checklist and ask."""
        self.ensure_one()
        self._check_officer()
        if not self._checklist_items():
            self.action_close()
            return True
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close %s", self.name),
            "res_model": "kpi.period.close",
            "view_mode": "form",
            "target": "new",
            "context": {"default_period_id": self.id},
        }

    def action_open_check(self, code):
        """Open exactly the records of an item of the checklist.

        :param str code: of the item
        :raises UserError: when there is nothing to open (any more)
        """
        self.ensure_one()
        self.check_access("read")
        item = next((item for item in self._checklist_items() if item["code"] == code), None)
        if not item or not item["opens"]:
            raise UserError(self.env._("This is settled already."))
        xmlid, values = item["opens"]
        return {**self.env["ir.actions.act_window"]._for_xml_id(xmlid), "context": {}, **values}

    def _checklist_items(self):
        """What is open in this period; other add-ons add theirs.

        :return: [{"code", "text" in words, "count", "blocking": whether it must be settled before closing, "opens":
            (external id of a window action, its values for these records), or None}]; nothing for what is in order
        """
        self.ensure_one()
        items = [
            self._check_ended(),
            self._check_parts(),
            self._check_agreed(),
            self._check_weights(),
            self._check_changes(),
            self._check_figures(),
            self._check_computed(),
            *self._check_results(),
        ]
        return [item for item in items if item]

    def _checklist_item(self, code, text, count, blocking=False, opens=None):
        """An item, or nothing when there is nothing of it."""
        return count and {"code": code, "text": text, "count": count, "blocking": blocking, "opens": opens}

    def _checklist_records(self, code, text, model, domain, xmlid, blocking=False):
        """An item about the records of a model that a domain finds."""
        opens = (f"kpi_management.{xmlid}", {"name": text, "domain": domain})
        return self._checklist_item(code, text, self.env[model].search_count(domain), blocking, opens)

    def _check_ended(self):
        text = self.env._("The period ends on %s.", format_date(self.env, self.date_end))
        return self._checklist_item("not_ended", text, not self._has_ended() and 1, blocking=True)

    def _check_parts(self):
        """Weeks and months that lie within: what is typed for them would still reach this period's figures."""
        domain = [
            ("company_id", "=", self.company_id.id),
            ("date_start", ">=", self.date_start),
            ("date_end", "<=", self.date_end),
            ("id", "!=", self.id),
            ("state", "!=", "closed"),
            ("scorecard_ids", "!=", False),
        ]
        text = self.env._("Shorter periods within it, not closed")
        return self._checklist_records("parts", text, "kpi.period", domain, "action_kpi_period")

    def _check_agreed(self):
        domain = [("period_id", "=", self.id), ("state", "not in", AGREED)]
        return self._checklist_cards("not_agreed", self.env._("Scorecards not agreed"), domain, blocking=True)

    def _check_weights(self):
        groups = self.env["kpi.scorecard.line"]._read_group(
            [("period_id", "=", self.id)], ["scorecard_id"], ["weight:sum"]
        )
        wrong = [card.id for card, total in groups if not makes_whole(total)]
        domain = [("id", "in", wrong)]
        return wrong and self._checklist_cards("weights", self.env._("Weights that do not make 100"), domain)

    def _check_computed(self):
        domain = [("period_id", "=", self.id), ("computed_at", "=", False), ("line_ids", "!=", False)]
        return self._checklist_cards("not_computed", self.env._("Scorecards never computed"), domain)

    def _check_results(self):
        texts = {"error": self.env._("KPIs in error"), "no_data": self.env._("KPIs without data")}
        for result, text in texts.items():
            domain = [("period_id", "=", self.id), ("result", "=", result)]
            yield self._checklist_records(result, text, "kpi.scorecard.line", domain, "action_kpi_scorecard_line")

    def _check_changes(self):
        domain = [("period_id", "=", self.id), ("state", "=", "requested")]
        text = self.env._("Target changes to be decided")
        return self._checklist_records("changes", text, "kpi.target.change", domain, "action_kpi_target_change")

    def _check_figures(self):
        """The list to type them in holds exactly the missing ones."""
        # sudo: the figures themselves are not handed out; the window opens under the viewer's own rights.
        missing = self.env["kpi.figure.entry"].sudo().new({"period_id": self.id})._prepare_missing()
        opens = ("kpi_management.action_kpi_figure_entry", {"context": {"default_period_id": self.id}})
        return self._checklist_item("figures", self.env._("Figures not typed"), len(missing), opens=opens)

    def _checklist_cards(self, code, text, domain, blocking=False):
        return self._checklist_records(code, text, "kpi.scorecard", domain, "action_kpi_scorecard", blocking)
