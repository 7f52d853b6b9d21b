"""What changed from one version of a plan to another."""

from odoo import api, fields, models
from odoo.tools import html2plaintext

#: Which version a plan is says nothing about what it pays.
NOT_TERMS = {"company_id"}


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    compare_id = fields.Many2one(
        "kpi.bonus.plan", string="Compare with", compute="_compute_compare_id", readonly=False, store=False
    )
    version_ids = fields.Many2many("kpi.bonus.plan", compute="_compute_version_ids", string="Other versions")
    changes_html = fields.Html(compute="_compute_changes_html", string="What changed", sanitize=False)

    @api.depends("previous_id", "next_ids")
    def _compute_compare_id(self):
        for plan in self:
            plan.compare_id = plan.previous_id or plan.next_ids[:1]

    @api.depends("origin_id", "previous_id", "next_ids")
    def _compute_version_ids(self):
        for plan in self:
            alone = not plan.origin_id and not plan.next_ids
            plan.version_ids = False if alone else plan._chain() - plan._origin

    @api.depends("compare_id")
    @api.depends_context("lang")
    def _compute_changes_html(self):
        for plan in self:
            other = plan.compare_id
            if not other:
                plan.changes_html = False
                continue
            old, new = sorted((other._origin, plan), key=lambda version: version.version)
            plan.changes_html = self.env["ir.qweb"]._render(
                "kpi_hr_bonus.plan_changes", {"old": old, "new": new, "rows": new._changes_from(old)}
            )

    def _changes_from(self, other):
        """The terms in which this plan differs from another.

        :return: [(label, text of the other, text of this one)]
        """
        self.ensure_one()
        rows = []
        for name in self._term_names():
            before, after = other._term_value(name), self._term_value(name)
            if before != after:
                label = self._fields[name]._description_string(self.env)
                rows.append((label, before or "–", after or "–"))
        return rows

    @api.model
    def _term_names(self):
        """The fields that make up the terms: what a duplicate takes over."""
        return [
            name
            for name, field in self._fields.items()
            if field.store
            and field.copy
            and name not in NOT_TERMS | set(models.MAGIC_COLUMNS)
            and not name.startswith(("message_", "activity_", "website_message_", "rating_"))
        ]

    def _term_value(self, name):
        """A term in words.

        :return: str, empty for none
        """
        field, value = self._fields[name], self[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type == "monetary":
            return self._money_text(value) if value else ""
        if field.type in ("float", "integer"):
            return self._number_text(value) if value else ""
        if field.type == "date":
            return self._date_text(value) if value else ""
        if field.type == "one2many":
            return ", ".join(row._term_text() for row in value)
        if field.relational:
            # sudo: names that the regulation itself gives, of departments, jobs and people.
            return ", ".join(value.sudo().mapped("display_name"))
        return html2plaintext(value or "").strip() if field.type == "html" else value or ""
