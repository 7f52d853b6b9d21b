from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import float_round

# Own periods to choose from, the latest first.
MOST_PERIODS = 60


class KpiMyPage(models.AbstractModel):
    """My KPIs: how the user's own period stands, and what is to be done next.

    Everything is read with the user's own rights, by a number of queries that grows neither with the KPIs nor with the
    people the user leads.
    """

    _name = "kpi.my.page"
    _description = "My KPIs"

    @api.model
    @api.readonly
    def load(self, period_id=None):
        """The user's page.

        :param int period_id: one of the own periods; by default the running one, else the latest that has begun
        :return: dict of JSON values: ``name`` of the user, ``avatar_url``, ``empty`` (why there is no scorecard:
            ``no_employee``, ``no_scorecard``, or False), ``may_link`` and ``may_prepare`` (whether the user may mend
            that), ``periods`` to choose from, ``period`` and ``card`` (see ``_card_values``), ``lines`` (see
            ``_line_values``), ``led`` (scorecards of departments the user answers for), ``todo`` and ``team`` (see
            ``_todo`` and ``_team_todo``)
        """
        cards = self._cards()
        card = self._card(cards, period_id)
        cockpit = self.env["kpi.cockpit"]
        return {
            "name": self.env.user.name,
            "avatar_url": f"/web/image/res.users/{self.env.uid}/avatar_128",
            "empty": False if card else self._why_empty(),
            "may_link": self.env.user.has_group("hr.group_hr_user"),
            "may_prepare": self.env.user._kpi_writes_targets(),
            "periods": [cockpit._period_choice(period) for period in cards.period_id],
            "period": cockpit._period_values(card.period_id) if card else False,
            "card": self._card_values(card) if card else False,
            "lines": self._lines(card),
            "led": self._led(card.period_id),
            "todo": self._todo(),
            "team": self._team_todo(),
        }

    # ---------------------------------------------------------------- which period

    @api.model
    def _cards(self):
        """The user's own scorecards, the latest period first."""
        mine = Domain("user_id", "=", self.env.uid) & Domain("subject_type", "=", "employee")
        here = Domain("company_id", "in", self.env.companies.ids)
        return self.env["kpi.scorecard"].search(mine & here, order="date_start desc, date_end, id", limit=MOST_PERIODS)

    @api.model
    def _card(self, cards, period_id):
        """The scorecard of the period asked for, else of the running one."""
        period = self.env["kpi.cockpit"]._period(cards.period_id, period_id, None)
        return cards.filtered(lambda card: card.period_id == period)[:1]

    @api.model
    def _why_empty(self):
        # sudo: a plain user may not read hr.employee; only whether there is one of his own is asked.
        return "no_scorecard" if self.env.user.sudo().employee_ids else "no_employee"

    # ---------------------------------------------------------------- how it stands

    @api.model
    def _card_values(self, card):
        """The scorecard as a whole.

        :return: dict with ``score`` (percent, False without data), ``grade``, where the agreement is, ``can_compute``
            and ``trend``: the scores of the last periods as the points of a chart, the own last
        """
        states = dict(card._fields["state"]._description_selection(self.env))
        return {
            "id": card.id,
            "name": card.display_name,
            "state": card.state,
            "state_name": states[card.state],
            "score": card.score if card.has_score else False,
            "grade": card.grade_id.name,
            "grade_color": card.grade_id.color,
            "computed_at": fields.Datetime.to_string(card.computed_at) if card.computed_at else False,
            "can_compute": card.state != "closed" and card.period_id._has_begun(),
            "trend": [
                {"period": past["period"], "attainment": past["score"], "result": past["score"] is not False and "ok"}
                for past in self.env["kpi.cockpit"]._score_trend(card)
            ],
        }

    @api.model
    def _lines(self, card):
        """The KPIs of a scorecard, what needs attention first: as in the cockpit, and ``_line_values``."""
        more = {line.id: self._line_values(line) for line in card.line_ids}
        return [{**line, **more[line["id"]]} for line in self.env["kpi.cockpit"]._lines(card, None)]

    @api.model
    def _line_values(self, line):
        """What the page says of a KPI beyond the cockpit.

        :return: dict with ``terms`` (the changes of the target in words), ``gap`` (what is missing to the target in the
            KPI's unit; False when it is reached, not measured or has no single target)
        """
        target = line.effective_target if line.terms_by_day else line.target
        missing = {"higher": target - line.actual, "lower": line.actual - target}.get(line.direction, 0)
        is_short = line.result == "ok" and line.attainment < 100 and missing > 0
        return {
            "terms": line.terms_by_day,
            "gap": float_round(missing, 4) if is_short else False,
        }

    @api.model
    def _led(self, period):
        """Scorecards of departments that the user answers for: of a period, or of those that run where there is none."""
        today = fields.Date.context_today(self)
        when = Domain("period_id", "=", period.id)
        if not period:
            when = Domain("date_start", "<=", today) & Domain("date_end", ">=", today)
        led = Domain("holder_user_id", "=", self.env.uid) & Domain("subject_type", "=", "department")
        return [
            {
                "id": card.id,
                "name": card.subject_name,
                "period": card.period_id.name,
                "score": card.score if card.has_score else False,
                "grade": card.grade_id.name,
                "grade_color": card.grade_id.color,
            }
            for card in self.env["kpi.scorecard"].search(led & when, order="date_end, department_id, id")
        ]
