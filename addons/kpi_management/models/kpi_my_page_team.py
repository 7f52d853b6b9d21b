from odoo import api, models
from odoo.fields import Domain
from odoo.tools import is_html_empty


class KpiMyPage(models.AbstractModel):
    """What the user's team waits for: a row with a number for each kind, however many people there are."""

    _inherit = "kpi.my.page"

    @api.model
    def _team_todo(self):
        """What people wait for from the user as their manager.

        :return: list of dicts: ``key``, ``icon``, ``title``, ``count`` and ``open`` as of ``_todo``
        """
        return [row for name in self._team_kinds() if (row := getattr(self, f"_team_{name}")())]

    @api.model
    def _team_kinds(self):
        """Names of the methods ``_team_<name>``, in the order in which they are shown."""
        return ["agree", "propose", "changes", "assess", "sign", "behind"]

    @api.model
    def _team_row(self, key, title, icon, count, open_):
        return {"key": key, "icon": icon, "title": title, "count": count, "open": open_} if count else None

    @api.model
    def _team_cards(self, domain):
        """(domain, how many) of the scorecards whose manager the user is."""
        domain = [("manager_user_id", "=", self.env.uid), *domain]
        return domain, self.env["kpi.scorecard"].search_count(domain)

    @api.model
    def _team_agree(self):
        """Scorecards on which the other side has agreed, or offered other figures."""
        domain, count = self._team_cards([("state", "=", "proposed"), ("waiting_for", "=", "manager")])
        open_ = {"action": "kpi_management.action_kpi_scorecard", "domain": domain, "context": {}}
        return self._team_row("agree", self.env._("Scorecards to agree on"), "fa-handshake-o", count, open_)

    @api.model
    def _team_propose(self):
        """Drafts of periods that have begun: nobody agreed on these targets yet."""
        domain, count = self._team_cards(
            [("state", "=", "draft"), ("date_start", "<=", self._today()), ("period_id.state", "!=", "closed")]
        )
        open_ = {"action": "kpi_management.action_kpi_scorecard", "domain": domain, "context": {}}
        return self._team_row("propose", self.env._("Scorecards to propose"), "fa-file-text-o", count, open_)

    @api.model
    def _team_changes(self):
        """Changes of targets that the user was asked to decide."""
        kind = self.env.ref("kpi_management.mail_activity_target_change")
        asked = self.env["mail.activity"].search([("user_id", "=", self.env.uid), ("activity_type_id", "=", kind.id)])
        changes = self.env["kpi.target.change"].search(
            [("state", "=", "requested"), ("scorecard_id", "in", asked.mapped("res_id"))]
        )
        changes = changes.filtered("can_approve")
        open_ = self._window("kpi_management.action_kpi_target_change", changes)
        return self._team_row("changes", self.env._("Target changes to decide"), "fa-exchange", len(changes), open_)

    @api.model
    def _team_assess(self):
        """Assessments that the user has to give as a manager."""
        asked = self._asked(["manager"])
        open_ = self._window("kpi_management.action_kpi_review_feedback_mine", asked)
        return self._team_row("assess", self.env._("Assessments to write"), "fa-comments-o", len(asked), open_)

    @api.model
    def _team_sign(self):
        """Reviews to talk about, and to sign once it is written what was agreed."""
        reviews = self.env["kpi.review"].search([("state", "=", "talk"), ("manager_user_id", "=", self.env.uid)])
        reviews = reviews.filtered(lambda review: review.can_sign or is_html_empty(review.summary))
        open_ = self._window("kpi_management.action_kpi_review", reviews)
        title = self.env._("Reviews to talk about and sign")
        return self._team_row("sign", title, "fa-pencil-square-o", len(reviews), open_)

    @api.model
    def _team_behind(self):
        """People of whom a KPI falls behind in a period that runs."""
        today = self._today()
        behind = Domain("status", "=", "behind") & Domain("scorecard_id.manager_user_id", "=", self.env.uid)
        behind &= Domain("scorecard_id.state", "in", ("agreed", "running"))
        behind &= Domain("date_start", "<=", today) & Domain("date_end", ">=", today)
        groups = self.env["kpi.scorecard.line"]._read_group(behind, [], ["scorecard_id:count_distinct"])
        open_ = {
            "action": "kpi_management.action_kpi_scorecard_line",
            "domain": list(behind),
            "context": {"search_default_group_employee": 1},
        }
        title = self.env._("Scorecards with a KPI that falls behind")
        return self._team_row("behind", title, "fa-arrow-circle-down", groups[0][0], open_)
