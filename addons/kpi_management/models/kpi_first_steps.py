from markupsafe import Markup

from odoo import api, models

STEP = Markup("<li class='mb-2'><a type='action' name='kpi_management.{action}' class='{css}'>{text}</a>{done}</li>")


class KpiScorecard(models.Model):
    """Where a company has no scorecard yet, its KPI officer is shown the way to the first ones, step by step."""

    _inherit = "kpi.scorecard"

    @api.model
    def get_empty_list_help(self, help_message):
        """The help of an empty list; for the officer of a company without scorecards, what to do first.

        :param str help_message: HTML
        :rtype: str
        """
        help_message = super().get_empty_list_help(help_message)
        own = [("company_id", "=", self.env.company.id)]
        officer = self.env.user.has_group("kpi_management.group_kpi_officer")
        if not officer or self.search_count(own, limit=1):
            return help_message
        return self._first_steps(own)

    @api.model
    def _first_steps(self, own):
        """HTML of the steps, the next one in front.

        :param list own: domain of what belongs to the user's company
        """
        steps = [
            ("action_kpi_period_generate", self.env._("Create the periods of the year"), "kpi.period", own),
            (
                "action_kpi_scorecard_template",
                self.env._("Put a template into use: KPIs, weights and targets of a job"),
                "kpi.scorecard.template",
                [*own, ("state", "=", "active")],
            ),
            ("action_kpi_scorecard_batch_new", self.env._("Create everybody's scorecards"), False, []),
        ]
        done = [bool(model) and bool(self.env[model].search_count(domain, limit=1)) for *_, model, domain in steps]
        rows = [
            STEP.format(
                action=action,
                text=text,
                css="btn btn-primary" if number == done.index(False) else "",
                done=Markup(" <i class='fa fa-check text-success' title='%s'></i>") % self.env._("Done")
                if done[number]
                else "",
            )
            for number, (action, text, _model, _domain) in enumerate(steps)
        ]
        title = self.env._("Three steps to the first scorecards")
        last = self.env._("Then the managers propose them, and everybody agrees to his own or answers.")
        return Markup(
            "<p class='o_view_nocontent_smiling_face'>%s</p><ol class='text-start d-inline-block'>%s</ol><p>%s</p>"
        ) % (title, Markup("").join(rows), last)
