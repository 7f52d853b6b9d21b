from typing import NamedTuple

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .guard import as_system, hold, trusted

CHUNK = 500
# More reviews than this are made in the background: a request is cut off after a while.
AT_ONCE = 1000


class Todo(NamedTuple):
    """A review to make; ids, 0 for none."""

    employee_id: int
    manager_id: int
    department_id: int
    job_id: int
    template_id: int


class KpiReviewCycle(models.Model):
    """Launching: a review for everybody concerned who has none yet, so that joiners come by launching again."""

    _inherit = "kpi.review.cycle"

    queued = fields.Boolean(readonly=True, copy=False, help="The reviews are being made in the background.")
    failure = fields.Text(readonly=True, copy=False)
    review_count = fields.Integer(compute="_compute_review_count")

    def _compute_review_count(self):
        groups = self.env["kpi.review"]._read_group([("cycle_id", "in", self.ids)], ["cycle_id"], ["__count"])
        counts = dict(groups)
        for cycle in self:
            cycle.review_count = counts.get(cycle, 0)

    def action_launch(self):
        """Make the reviews that are missing and ask everybody concerned; many of them in the background.

        :return: a notification with how many were made, and for how many people there is no template
        :raises UserError: when the cycle is not ready, or there is nobody to make a review for
        """
        self.ensure_one()
        self._check_may_launch()
        self._check_ready()
        if self.queued or not self.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("%s is being launched already. Try again in a moment.", self.name))
        # Nor do its assessments end meanwhile.
        hold(self)
        todo, missing = self._plan()
        asked = self._lacking()._ask_first()
        if not todo and not asked:
            self._refuse_nobody(missing)
        background = len(todo) > AT_ONCE
        trusted(self).write({"state": "running", "queued": background, "failure": False})
        if background:
            # sudo: whoever may launch need not be allowed to run crons.
            self.env.ref("kpi_management.cron_review_launch").sudo()._trigger()
        else:
            self._make(todo)
        return self._launched(len(todo), len(missing), background, asked)

    @api.model
    def _cron_launch(self):
        """Work off what is queued; what breaks off goes on where it stopped, as those who have a review are left."""
        for cycle in self.search([("queued", "=", True)], order="id"):
            todo, _missing = cycle._plan()
            self.env["ir.cron"]._commit_progress(remaining=len(todo))
            try:
                finished = cycle._make(todo, commit=True)
            except (UserError, IntegrityError) as error:
                self.env.cr.rollback()
                trusted(cycle).write({"queued": False, "failure": str(error)})
                finished = True
            else:
                trusted(cycle).queued = not finished
            self.env["ir.cron"]._commit_progress(0)
            if not finished:
                return

    # ---------------------------------------------------------------- who

    def _plan(self):
        """Who gets a review now, and the employees for whom there is no template: (list of Todo, list of ids)"""
        people = self._people()
        # sudo: a manager need not be in HR to launch; of the employee only who leads him is used.
        Employee = self.env["hr.employee"].sudo()
        domain = [("id", "in", list(people))]
        if self.leader_id:
            domain += [("id", "child_of", self.leader_id.id), ("id", "!=", self.leader_id.id)]
        employees = Employee.search_fetch(domain, ["parent_id", "user_id"], order="id")
        # sudo: a person has one review in a cycle, seen or not.
        taken = set(self.sudo().review_ids.employee_id.ids)
        templates = self._templates_of({each.id: people[each.id] for each in employees if each.id not in taken})
        todo = [
            Todo(each.id, leader.id, people[each.id].department_id, people[each.id].job_id, templates[each.id])
            for each, leader in ((each, self.env["kpi.review"]._leader_of(each)) for each in employees)
            if templates.get(each.id)
        ]
        return todo, [employee_id for employee_id, template_id in templates.items() if not template_id]

    def _people(self):
        """The people employed in the period: {employee id: Person}, see the making of scorecards."""
        # sudo: who works where; the same for everybody who may launch.
        Batch = self.env["kpi.scorecard.batch"].sudo()
        batch = Batch.new({"period_id": self.period_id.id, "department_ids": self.department_ids.ids})
        return batch._people(batch._scope())

    def _templates_of(self, people):
        """The template that counts for each: {employee id: template id or False}"""
        templates = self.template_ids._origin.filtered("active") or self.env["kpi.review.template"]._in_use(
            self.company_id
        )
        # sudo: see _plan; only who leads somebody, and where the department lies, is read.
        Employee, Department, Job = (self.env[name].sudo() for name in ("hr.employee", "hr.department", "hr.job"))
        leaders = {each.id for (each,) in Employee._read_group([("parent_id", "in", list(people))], ["parent_id"])}
        places = {key: (person.department_id, person.job_id, key in leaders) for key, person in people.items()}
        best = {
            place: templates._fitting(Department.browse(place[0] or ()), Job.browse(place[1] or ()), place[2]).id
            for place in set(places.values())
        }
        return {key: best[place] for key, place in places.items()}

    # ---------------------------------------------------------------- make

    def _make(self, todo, commit=False):
        """Make reviews, and ask whoever is to be asked from the start.

        :param todo: list of Todo
        :param bool commit: commit after each chunk (cron only), leaving out who got a review meanwhile
        :return: whether all were made; False when the cron's time is over
        """
        for start in range(0, len(todo), CHUNK):
            taken = set(self.sudo().review_ids.employee_id.ids) if commit else ()
            chunk = [each for each in todo[start : start + CHUNK] if each.employee_id not in taken]
            # as_system: the caller was checked; reviews are made here alone.
            reviews = as_system(self.env["kpi.review"]).create([self._prepare_review(each) for each in chunk])
            reviews._refresh_result(("kpi",))
            reviews._ask_first()
            if commit and not self.env["ir.cron"]._commit_progress(CHUNK):
                return False
        return True

    def _prepare_review(self, todo):
        return {
            "cycle_id": self.id,
            "employee_id": todo.employee_id,
            "manager_id": todo.manager_id,
            "department_id": todo.department_id,
            "job_id": todo.job_id,
            "template_id": todo.template_id,
            "state": "open",
            "score": 0,
            "has_score": False,
        }

    # ---------------------------------------------------------------- checks

    def _check_may_launch(self):
        """The check for those for whom reviews are then made with the module's own mark."""
        self.check_access("write")
        user = self.env.user
        if self.env.su or user.has_group("kpi_management.group_kpi_officer") or self.leader_user_id == user:
            return
        raise AccessError(self.env._("Only a KPI officer, or the manager of the team, may launch the cycle."))

    def _check_ready(self):
        if self.state not in ("draft", "running"):
            raise UserError(self.env._("%s is past its assessments: nobody can join it any more.", self.name))
        if abs(self.weight_total - 100) > 0.005:
            raise ValidationError(
                self.env._(
                    "The weights of %(cycle)s add up to %(total)s instead of 100. Adjust those of the sides asked.",
                    cycle=self.name,
                    total=round(self.weight_total, 2),
                )
            )
        if not self._sides():
            raise ValidationError(self.env._("Choose at least one side that gives its assessment."))

    def _refuse_nobody(self, missing):
        if missing:
            raise UserError(
                self.env._(
                    "No review template fits the %s people concerned. Make one, or widen its jobs.", len(missing)
                )
            )
        if self.review_ids:
            raise UserError(self.env._("Everybody concerned has a review already."))
        raise UserError(self.env._("Nobody of those concerned was employed in %s.", self.period_id.name))

    def _launched(self, made, missing, background, asked):
        parts = []
        if background:
            parts.append(self.env._("%s reviews are being made in the background.", made))
        elif made:
            parts.append(self.env._("%s reviews were made.", made))
        if asked:
            parts.append(self.env._("%s people were asked who could not be asked before.", asked))
        if missing:
            parts.append(self.env._("For %s people there is no template.", missing))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if missing else "success",
                "message": " ".join(parts),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
