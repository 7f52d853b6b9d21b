from collections import Counter

from odoo import api, models

# Whose board is wanted first.
BOARD_FIRST = ("calibration", "running", "talks", "closed", "draft")


class KpiReviewCycle(models.Model):
    """What the calibration board shows."""

    _inherit = "kpi.review.cycle"

    @api.model
    @api.readonly
    def calibration_board(self, cycle_id=False, department_id=False):
        """Grades as columns and people as cards; of the reviews the user may see, without his own.

        :param int cycle_id: the cycle; none: the one in calibration, or else the last one
        :param int department_id: only this department and those below it; none: all
        :return: dict with

            - ``cycle``: ``id``, ``name``, ``state`` and ``phase`` (its name) of the cycle; False without any
            - ``cycles``: ``id`` and ``name`` of those to choose from
            - ``can_move``: whether the user may move cards now (``kpi.review.action_move_grade``)
            - ``leads``: whether there can be reviews for the user to see, besides his own
            - ``has_own``: whether his own review was left out
            - ``total``: people with a grade or without, in the department
            - ``columns``: the scale's grades from the best down, and last one with id False for people without a
              score: ``id``, ``name``, ``color``, ``count``, ``percent`` (share of the total), ``min_percent`` and
              ``max_percent`` of the guideline (None without one), ``fits`` (below, within, above; None without)
            - ``cards``: ``id`` of the review, ``employee_id``, ``employee``, ``department``, ``manager``, ``score``
              (None without), ids of ``computed``, ``proposed``, ``calibrated`` and ``column`` (where the card stands),
              ``reason`` of the proposal
            - ``departments``: ``id`` and ``name`` of those to choose from
        """
        cycles = self._board_cycles()
        cycle = self.browse(cycle_id) if cycle_id else cycles.sorted(lambda each: BOARD_FIRST.index(each.state))[:1]
        cycle.check_access("read")
        mine = [("cycle_id", "=", cycle.id), ("user_id", "!=", self.env.uid)]
        domain = [*mine, ("department_id", "child_of", department_id)] if department_id else mine
        reviews = self.env["kpi.review"].search(domain, order="has_score desc, score desc, id")
        # sudo: names of those whose reviews the user sees.
        departments = self.env["kpi.review"].search(mine).sudo().department_id.sorted("complete_name")
        cards = [review._board_card() for review in reviews]
        officer = self.env.user.has_group("kpi_management.group_kpi_officer")
        return {
            "cycle": cycle._board_cycle(),
            "cycles": [{"id": each.id, "name": each.name} for each in cycles | cycle],
            "can_move": officer and cycle.state == "calibration",
            "leads": self._leads(),
            "has_own": bool(
                self.env["kpi.review"].search_count(
                    [("cycle_id", "=", cycle.id), ("user_id", "=", self.env.uid)], limit=1
                )
            ),
            "total": len(cards),
            "columns": cycle._board_columns(cards),
            "cards": cards,
            "departments": [{"id": each.id, "name": each.complete_name} for each in departments],
        }

    def action_open_board(self):
        """Open the calibration board of this cycle."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("kpi_management.action_kpi_calibration_board")
        return {**action, "params": {"cycle_id": self.id}}

    @api.model
    def _board_cycles(self):
        """The launched cycles with reviews for the user to see, besides his own; the latest first."""
        groups = self.env["kpi.review"]._read_group([("user_id", "!=", self.env.uid)], ["cycle_id"])
        return self.browse(cycle.id for (cycle,) in groups).sorted(lambda each: (each.date_end, each.id), reverse=True)

    def _board_cycle(self):
        if not self:
            return False
        phases = dict(self._fields["state"]._description_selection(self.env))
        return {"id": self.id, "name": self.name, "state": self.state, "phase": phases[self.state]}

    def _board_columns(self, cards):
        counts = Counter(card["column"] for card in cards)
        ranges = {each.grade_id.id: (each.min_percent, each.max_percent) for each in self.guideline_ids}
        columns = []
        for grade in [*self.scale_id.grade_ids, self.env["kpi.grade"]]:
            percent = round(100 * counts[grade.id] / len(cards), 2) if cards else 0.0
            least, most = ranges.get(grade.id, (None, None))
            columns.append(
                {
                    "id": grade.id,
                    "name": grade.name or self.env._("No score"),
                    "color": grade.color,
                    "count": counts[grade.id],
                    "percent": percent,
                    "min_percent": least,
                    "max_percent": most,
                    "fits": None if least is None or not cards else self._fits(percent, least, most),
                }
            )
        return columns

    @api.model
    def _fits(self, percent, least, most):
        if percent < least:
            return "below"
        return "above" if percent > most else "within"


class KpiReview(models.Model):
    _inherit = "kpi.review"

    def _board_card(self):
        # sudo: names alone; a plain manager may not read hr.employee.
        named = self.sudo()
        return {
            "id": self.id,
            "employee_id": self.employee_id.id,
            "employee": named.employee_id.name,
            "department": named.department_id.name or "",
            "manager": named.manager_id.name or "",
            "score": self.score if self.has_score else None,
            "computed": self.grade_id.id,
            "proposed": self.proposed_grade_id.id,
            "calibrated": self.calibrated_grade_id.id,
            "column": self.current_grade_id.id,
            "reason": self.proposed_reason or "",
        }
