from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class KpiDossier(models.Model):
    """One row per employee: what KPI keeps about the person, over the years, as far as the viewer may see it."""

    _name = "kpi.dossier"
    _description = "KPI Dossier"
    _auto = False
    _order = "name, id"
    _rec_name = "name"
    _depends = {
        "hr.employee": ["name", "user_id", "company_id", "current_version_id", "active"],
        "hr.version": ["department_id", "job_id"],
        "kpi.anonymization": ["employee_ref"],
    }

    name = fields.Char(readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", string="Job Position", readonly=True)
    active = fields.Boolean(readonly=True)
    anonymized = fields.Boolean(readonly=True)
    scorecard_ids = fields.One2many("kpi.scorecard", string="Scorecards", compute="_compute_records")
    objective_ids = fields.One2many("kpi.objective", string="Objectives", compute="_compute_records")
    action_ids = fields.One2many("kpi.action", string="Actions", compute="_compute_records")
    kudos_ids = fields.One2many("kpi.kudos", compute="_compute_records")
    talk_ids = fields.One2many("kpi.one.on.one", string="One-on-ones", compute="_compute_records")
    can_export = fields.Boolean(compute="_compute_can", help="Whether the current user may export the person's data.")
    can_anonymize = fields.Boolean(compute="_compute_can")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT e.id, e.id AS employee_id, e.name, e.user_id, e.company_id, e.active, v.department_id, v.job_id,
                   EXISTS (SELECT 1 FROM kpi_anonymization a WHERE a.employee_ref = e.id) AS anonymized
              FROM hr_employee e
              LEFT JOIN hr_version v ON v.id = e.current_version_id
            """
        )

    @api.model
    def _records_shown(self):
        """{field of the dossier: the field of its records that says whom they are about}"""
        return {
            "scorecard_ids": "employee_id",
            "objective_ids": "owner_id",
            "action_ids": "employee_id",
            "kudos_ids": "employee_id",
            "talk_ids": "employee_id",
        }

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_records(self):
        for name, about in self._records_shown().items():
            # Under the viewer's own rights.
            found = self.env[self._fields[name].comodel_name].search([(about, "in", self.ids)])
            # sudo: a plain user may not read hr.employee; only whose a record is is.
            by_person = found.sudo().grouped(lambda record, about=about: record[about].id)
            for dossier in self:
                dossier[name] = found.browse(by_person.get(dossier._origin.id, found.browse())._ids)

    @api.depends("user_id", "active", "anonymized")
    @api.depends_context("uid")
    def _compute_can(self):
        officer = self.env.user.has_group("kpi_management.group_kpi_officer")
        admin = self.env.user.has_group("kpi_management.group_kpi_admin")
        for dossier in self:
            dossier.can_export = officer or dossier.user_id == self.env.user
            dossier.can_anonymize = admin and not dossier.active and not dossier.anonymized

    @api.model
    def action_open_mine(self):
        """Open the dossier of the current user.

        :raises AccessError: for a user who is nobody's employee
        """
        # sudo: only who it is is asked.
        employee = self.env.user.sudo().employee_id
        if not employee:
            raise AccessError(self.env._("Your login is not linked to an employee here. Ask HR to link them."))
        return self.browse(employee.id).action_open()

    def action_open(self):
        """Open this dossier."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_dossier")
        return {**action, "res_id": self.id, "view_mode": "form", "views": [(False, "form")]}

    def action_open_scores(self):
        """Open the person's scores over the periods, as a graph."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_score_history")
        title = self.env._("Scores · %s", self.name)
        return {
            **action,
            "name": title,
            "display_name": title,
            "domain": [("employee_id", "=", self.id)],
            "context": {"graph_groupbys": ["date_start:month"], "graph_measure": "score", "pivot_measures": ["score"]},
        }

    def action_export(self):
        """Download all that is held about the person, as far as the current user may see it."""
        self.ensure_one()
        return self.env["kpi.personal.export"]._prepare(self).action_download()

    def action_give_kudos(self):
        """Praise the person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_kudos_give")
        return {**action, "context": {"default_employee_id": self.id}}

    def action_open_talks(self):
        """Open the talks with the person; in one's own dossier those with the manager."""
        self.ensure_one()
        return self.env["kpi.one.on.one"]._prepare_talks(self.employee_id)

    def action_anonymize(self):
        """Ask once more, then empty what was written about the person."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Anonymise %s", self.name),
            "res_model": "kpi.anonymize",
            "view_mode": "form",
            "target": "new",
            "context": {"default_dossier_id": self.id},
        }


class KpiDossierMixin(models.AbstractModel):
    """Employees, as HR and as everybody sees them: their dossier has the same id."""

    _name = "kpi.dossier.mixin"
    _description = "Person with a KPI Dossier"

    kpi_sees_dossier = fields.Boolean(compute="_compute_kpi_sees_dossier")

    @api.depends_context("uid")
    def _compute_kpi_sees_dossier(self):
        """Whether the current user may see the dossier."""
        found = self.env["kpi.dossier"].with_context(active_test=False).search([("id", "in", self.ids)])
        seen = set(found._ids)
        for person in self:
            person.kpi_sees_dossier = person._origin.id in seen

    def action_open_kpi_dossier(self):
        """Open what KPI keeps about the person."""
        return self.env["kpi.dossier"].browse(self.id).action_open()


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "kpi.dossier.mixin"]


class HrEmployeePublic(models.Model):
    _name = "hr.employee.public"
    _inherit = ["hr.employee.public", "kpi.dossier.mixin"]

    def action_give_kpi_kudos(self):
        """Praise the person."""
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_kudos_give")
        return {**action, "context": {"default_employee_id": self.id}}
