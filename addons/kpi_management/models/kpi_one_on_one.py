from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from .guard import is_trusted

# What a talk is about and between whom stays once it is written down.
SIDES = {"employee_id", "manager_id"}


class KpiOneOnOne(models.Model):
    """A talk between two people through the period: what both wrote down, and what each keeps for himself.

    Nobody but the two reads it, not even KPI officers.
    """

    _name = "kpi.one.on.one"
    _description = "One-on-one"
    _inherit = ["mail.thread", "mail.activity.mixin", "kpi.meeting.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self._default_employee_id(),
    )
    manager_id = fields.Many2one(
        "hr.employee",
        required=True,
        compute="_compute_manager_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        string="With",
        help="Who talks with the employee: the manager, or whoever is chosen.",
    )
    user_id = fields.Many2one(
        "res.users", compute="_compute_users", store=True, compute_sudo=True, index="btree_not_null"
    )
    manager_user_id = fields.Many2one(
        "res.users", compute="_compute_users", store=True, compute_sudo=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, required=True, index=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    next_date = fields.Date(string="Next talk")
    topics = fields.Text(string="What to talk about", help="Both write it before the talk, and both read it.")
    notes = fields.Text(string="What was said", help="Both write it, and both read it.")
    note_ids = fields.One2many("kpi.one.on.one.note", "talk_id", string="Private notes")
    my_note = fields.Text(
        string="My private notes",
        compute="_compute_my_note",
        inverse="_inverse_my_note",
        help="Nobody but you reads them: neither the other one, nor a KPI officer. "
        "Whoever runs the database could by technical means.",
    )

    _two_people = models.Constraint(
        "CHECK(employee_id <> manager_id)", "A one-on-one is between two people. Choose somebody else."
    )
    _next_after = models.Constraint(
        "CHECK(next_date IS NULL OR next_date > date)", "The next talk comes after this one: choose a later day."
    )

    def _default_employee_id(self):
        # sudo: only who it is, and whether somebody reports to him, is asked.
        mine = self.env.user.sudo().employee_id
        return (mine.browse() if mine.child_ids else mine).sudo(False)

    @api.depends("employee_id")
    def _compute_manager_id(self):
        for talk in self:
            # sudo: a plain user may not read hr.employee; only who the manager is is.
            talk.manager_id = talk.manager_id or talk.employee_id.sudo().parent_id.sudo(False)

    @api.depends("employee_id.user_id", "manager_id.user_id")
    def _compute_users(self):
        for talk in self:
            talk.user_id = talk.employee_id.user_id
            talk.manager_user_id = talk.manager_id.user_id

    @api.depends("employee_id")
    def _compute_company_id(self):
        # sudo: the company of a colleague is no secret.
        for talk in self.sudo():
            talk.company_id = talk.employee_id.company_id or self.env.company

    @api.depends("employee_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for talk in self:
            date = talk.date and format_date(self.env, talk.date)
            talk.display_name = " · ".join(filter(None, (talk.employee_id.display_name, date)))

    @api.depends("note_ids.text")
    @api.depends_context("uid")
    def _compute_my_note(self):
        notes = self.env["kpi.one.on.one.note"].search([("talk_id", "in", self.ids), ("author_id", "=", self.env.uid)])
        texts = {note.talk_id.id: note.text for note in notes}
        for talk in self:
            talk.my_note = texts.get(talk._origin.id)

    def _inverse_my_note(self):
        Note = self.env["kpi.one.on.one.note"]
        there = Note.search([("talk_id", "in", self.ids), ("author_id", "=", self.env.uid)]).grouped("talk_id")
        for talk in self:
            if talk in there:
                there[talk].text = talk.my_note
            elif talk.my_note:
                Note.create({"talk_id": talk.id, "text": talk.my_note})

    @api.constrains("employee_id", "manager_id")
    def _check_has_user(self):
        for talk in self.sudo():
            if not (talk.user_id or talk.manager_user_id):
                raise ValidationError(self.env._("One of the two needs a login, or nobody could read the talk."))

    def write(self, vals):
        if not is_trusted(self.env):
            for name in SIDES & vals.keys():
                if any(talk[name].id != vals[name] for talk in self.sudo()):
                    raise UserError(self.env._("A talk stays with the two who had it. Make another one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_written(self):
        # sudo: only whether anybody wrote anything is asked, so that nobody deletes what the other one wrote.
        if not is_trusted(self.env) and any(talk.topics or talk.notes or talk.note_ids for talk in self.sudo()):
            raise UserError(self.env._("A talk with notes is kept. Only an empty one can be deleted."))

    @api.model
    def _prepare_talks(self, employee):
        """The window of the talks of a person; a new one there is with the current user."""
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_one_on_one")
        # sudo: only who it is is asked.
        mine = self.env.user.sudo().employee_id
        context = {"default_employee_id": employee.id}
        if mine != employee:
            context["default_manager_id"] = mine.id
        # sudo: of the person only the name is shown.
        title = self.env._("One-on-ones · %s", employee.sudo().name)
        return {**action, "name": title, "domain": [("employee_id", "=", employee.id)], "context": context}

    def action_open_scorecards(self):
        """Open the employee's scorecards, as far as one may see them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_scorecard")
        return {**action, "domain": [("employee_id", "=", self.employee_id.id)], "context": {}}


class KpiOneOnOneNote(models.Model):
    """What one of the two keeps for himself about a talk."""

    _name = "kpi.one.on.one.note"
    _description = "Private Note of a One-on-one"
    _order = "id"
    _rec_name = "talk_id"

    talk_id = fields.Many2one("kpi.one.on.one", required=True, index=True, ondelete="cascade", readonly=True)
    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user, ondelete="restrict"
    )
    text = fields.Text()

    _one_each = models.UniqueIndex("(talk_id, author_id)", "Your private notes of this talk are there already.")

    @api.model_create_multi
    def create(self, vals_list):
        """Notes of the current user, of talks of his own."""
        notes = super().create([{**vals, "author_id": self.env.uid} for vals in vals_list])
        notes.talk_id.with_env(self.env).check_access("read")
        return notes

    def write(self, vals):
        if not is_trusted(self.env) and {"talk_id", "author_id"} & vals.keys():
            raise UserError(self.env._("A note stays with its talk and its author."))
        return super().write(vals)
