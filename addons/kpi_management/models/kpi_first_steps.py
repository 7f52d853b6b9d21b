from markupsafe import Markup

from odoo import api, fields, models

STEP = Markup("<li class='mb-2'><a type='action' name='kpi_management.{action}' class='{css}'>{text}</a>{done}</li>")


class ResCompany(models.Model):
    _inherit = "res.company"

    kpi_first_steps_closed = fields.Boolean(help="The first steps are no longer shown above the cockpit.")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    kpi_first_steps_closed = fields.Boolean(related="company_id.kpi_first_steps_closed", readonly=False)


class KpiFirstSteps(models.AbstractModel):
    """The way from nothing to the first computed scorecards of a company, for its KPI officers.

    What is done is read from what is there, so nobody ticks anything off, and whoever begins elsewhere is understood.
    """

    _name = "kpi.first.steps"
    _description = "First Steps"

    @api.model
    def load(self):
        """The steps of the user's company.

        :return: False for others than officers, once all is done, and once an officer closed them; else a list of
            dicts with ``key``, ``title``, ``text``, ``button``, ``action`` (XML id of what the button opens; False
            where the screen itself acts), ``done``, ``is_next``
        """
        if not self._is_officer() or self.env.company.kpi_first_steps_closed:
            return False
        steps = self._steps()
        return False if all(step["done"] for step in steps) else steps

    @api.model
    def close(self):
        """Show the steps no more, to no officer of the company."""
        if self._is_officer():
            # sudo: a KPI officer may not write the company; this one switch is theirs.
            self.env.company.sudo().kpi_first_steps_closed = True

    @api.model
    def _is_officer(self):
        return self.env.user.has_group("kpi_management.group_kpi_officer")

    @api.model
    def _steps(self):
        done = self._done()
        steps = [{**step, "done": step["key"] in done} for step in self._texts()]
        first = next((step["key"] for step in steps if not step["done"]), None)
        return [{**step, "is_next": step["key"] == first} for step in steps]

    @api.model
    def _texts(self):
        return [
            {
                "key": "period",
                "title": self.env._("Periods"),
                "text": self.env._("Create the months, quarters and years for which people have targets."),
                "button": self.env._("Create the periods of the year"),
                "action": "kpi_management.action_kpi_period_generate",
            },
            {
                "key": "template",
                "title": self.env._("KPIs and targets"),
                "text": self.env._("A template says what a job is measured by. One for everybody is enough to begin."),
                "button": self.env._("Put a template into use"),
                "action": "kpi_management.action_kpi_scorecard_template",
            },
            {
                "key": "scorecard",
                "title": self.env._("Scorecards"),
                "text": self.env._("Everybody whom a template fits gets a scorecard of the period."),
                "button": self.env._("Create everybody's scorecards"),
                "action": "kpi_management.action_kpi_scorecard_batch_new",
            },
            {
                "key": "compute",
                "title": self.env._("Figures"),
                "text": self.env._("Odoo counts them every night. The first time, have them now."),
                "button": self.env._("Measure now"),
                "action": False,
            },
            {
                "key": "agree",
                "title": self.env._("Agreement"),
                "text": self.env._("Managers propose the targets, and everybody agrees to their own or answers."),
                "button": self.env._("Open the scorecards"),
                "action": "kpi_management.action_kpi_scorecard",
            },
        ]

    @api.model
    def _done(self):
        """Keys of the steps that are done: also those that a later one shows to be needless."""
        own = [("company_id", "=", self.env.company.id)]
        cards = self.env["kpi.scorecard"]
        facts = {
            "period": lambda: self.env["kpi.period"].search_count(own, limit=1),
            "template": lambda: self.env["kpi.scorecard.template"].search_count(
                [*own, ("state", "=", "active")], limit=1
            ),
            "scorecard": lambda: cards.search_count(own, limit=1),
            "compute": lambda: cards.search_count([*own, ("computed_at", "!=", False)], limit=1),
            "agree": lambda: cards.search_count([*own, ("state", "!=", "draft")], limit=1),
        }
        done = {key for key, ask in facts.items() if ask()}
        return done | ({"period", "template"} if "scorecard" in done else set())


class KpiScorecard(models.Model):
    """Where a company has no scorecard yet, the empty list shows its KPI officer the way to the first ones."""

    _inherit = "kpi.scorecard"

    @api.model
    def get_empty_list_help(self, help_message):
        """The help of an empty list; for the officer of a company without scorecards, what to do first.

        :param str help_message: HTML
        :rtype: str
        """
        help_message = super().get_empty_list_help(help_message)
        guide = self.env["kpi.first.steps"]
        if not guide._is_officer():
            return help_message
        steps = guide._steps()
        if any(step["done"] for step in steps if step["key"] == "scorecard"):
            return help_message
        return self._first_steps([step for step in steps if step["key"] in ("period", "template", "scorecard")])

    @api.model
    def _first_steps(self, steps):
        """HTML of the steps to the first scorecards, the next one in front."""
        done = Markup(" <i class='fa fa-check text-success' title='%s'></i>") % self.env._("Done")
        rows = [
            STEP.format(
                action=step["action"].removeprefix("kpi_management."),
                text=step["button"],
                css="btn btn-primary" if step["is_next"] else "",
                done=done if step["done"] else "",
            )
            for step in steps
        ]
        title = self.env._("Three steps to the first scorecards")
        last = self.env._("Then the managers propose them, and everybody agrees to their own or answers.")
        return Markup(
            "<p class='o_view_nocontent_smiling_face'>%s</p><ol class='text-start d-inline-block'>%s</ol><p>%s</p>"
        ) % (title, Markup("").join(rows), last)
