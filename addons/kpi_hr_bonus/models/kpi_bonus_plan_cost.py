"""What a plan would have cost over the scores of a period, published or not: computed, shown and forgotten."""

from collections import defaultdict, namedtuple
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..engine import payout

PERIODS_SHOWN = 24
#: As many bars as a distribution has at most, besides that of nothing.
BARS = 10
NOTHING = Decimal(0)

#: What a trial run found. `payouts`: {employee id: engine Payout}; `missing`: people without an agreed scorecard.
Trial = namedtuple("Trial", "facts payouts missing")


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    @api.readonly
    def read_cost(self, period_id=False, other_id=False):
        """What this plan would pay on the scorecards of a period, beside another plan. Nothing is stored.

        Adjustments and rests of earlier statements are left out: they are no matter of the plan. The dates of the plan
        do not count either; who is covered, does.

        :param int period_id: False: the last closed period with scorecards, or else the last one at all
        :param int other_id: plan to compare with; None: none; False: the one in force in the period
        :return: dict of JSON values: ``total``, ``people``, ``missing``, ``departments``, ``bars``, …
        :raises AccessError: when the user is neither bonus officer nor approver
        :raises UserError: when there is no plan, e.g. behind an address that names none
        """
        if not self.id:
            raise UserError(self.env._("Open the cost from the bonus plan it is about."))
        self.ensure_one()
        self._check_bonus_reader()
        self.check_access("read")
        periods = self._cost_periods()
        period = periods.filtered(lambda period: period.id == period_id) or self._cost_period(periods)
        others = self._cost_others()
        other = self._cost_other(others, period, other_id)
        by_review = self.score_source == "review"
        answer = {
            "plan": {"id": self.id, "name": self.display_name, "state": self.state},
            "currency_id": self.currency_id.id,
            "by_review": by_review,
            "periods": [{"id": p.id, "name": p.name, "is_closed": by_review or p.state == "closed"} for p in periods],
            "period_id": period.id,
            "others": [{"id": plan.id, "name": plan.display_name, "state": plan.state} for plan in others],
            "other_id": other.id,
        }
        return {**answer, **self._cost_figures(period, other)} if period else answer

    def action_open_cost(self):
        """Open what the plan would have cost over the scores of the last period."""
        self.ensure_one()
        self._check_bonus_reader()
        action = self.env["ir.actions.actions"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_plan_cost")
        return {**action, "context": {"active_model": self._name, "active_id": self.id}}

    def action_what_if(self):
        """Open the dialog that asks what this plan would pay a person, published or not.

        :raises UserError: when nobody it covers has a scorecard
        """
        self.ensure_one()
        self._check_bonus_reader()
        choice = self.what_if_people()
        if not choice["people"]:
            raise UserError(
                self.env._(
                    "Nobody covered by %s has a scorecard of such a period yet. Make one first.", self.display_name
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "kpi_bonus_what_if",
            "name": self.env._("What if: %s", self.display_name),
            "target": "new",
            "params": {"plan_id": self.id, "scorecard_id": choice["people"][0]["scorecard_id"], "choice": choice},
        }

    @api.readonly
    def what_if_people(self, period_id=False):
        """Whom to try this plan on: the people it covers who have a scorecard of a period.

        :param int period_id: False: the last period with scorecards
        :return: dict with ``periods``, ``period_id`` and ``people``: ids and names, and the ids of their scorecards
        :raises AccessError: when the user is neither bonus officer nor approver
        """
        self.ensure_one()
        self._check_bonus_reader()
        self.check_access("read")
        periods = self._cost_periods()
        period = periods.filtered(lambda period: period.id == period_id) or periods[:1]
        # sudo: a bonus officer need not be an HR officer to see who is covered.
        covered = self.sudo()._coverage(period) if period else {}
        cards = (
            self.env["kpi.scorecard"]
            .sudo()
            .search([("period_id", "=", period.id), ("subject_type", "=", "employee"), ("line_ids", "!=", False)])
            .filtered(lambda card: card.employee_id.id in covered)
        )
        people = [{"id": card.employee_id.id, "name": card.employee_id.name, "scorecard_id": card.id} for card in cards]
        return {
            "periods": [{"id": p.id, "name": p.name} for p in periods],
            "period_id": period.id,
            "people": sorted(people, key=lambda person: person["name"]),
        }

    # ------------------------------------------------------------ what is asked

    def _check_bonus_reader(self):
        """Refuse whoever may not see everybody's bonus.

        :raises AccessError: saying whom to ask
        """
        groups = ("kpi_hr_bonus.group_bonus_officer", "kpi_hr_bonus.group_bonus_approver")
        if not (self.env.su or any(self.env.user.has_group(group) for group in groups)):
            raise AccessError(
                self.env._("Only bonus officers and approvers see what a plan costs. Ask one of them to look.")
            )

    @api.model
    def _in_force(self, period):
        """The published plans that pay for a period, as far as the user may read them."""
        domain = Domain("state", "=", "published") & Domain("company_id", "=", period.company_id.id)
        plans = self.search(domain & Domain("period_type", "=", period.period_type), order="name, id")
        return plans.filtered(lambda plan: plan._covers_period(period))

    def _cost_periods(self):
        """Periods of the plan's kind that have begun and have scorecards of people, the last first."""
        domain = Domain("period_type", "=", self.period_type) & Domain("company_id", "=", self.company_id.id)
        cards = Domain("subject_type", "=", "employee")
        # sudo: a bonus officer need not be a KPI officer to choose a period.
        Period = self.env["kpi.period"].sudo()
        domain &= Domain("scorecard_ids", "any", list(cards))
        return Period.search(domain & Domain("date_start", "<=", "today"), order="date_start desc", limit=PERIODS_SHOWN)

    def _cost_period(self, periods):
        """The last period whose scores no longer change, or else the last that has ended, or else the last."""
        closed = periods.filtered(lambda period: period.state == "closed")
        return (closed or periods.filtered(lambda period: period._has_ended()) or periods)[:1]

    def _cost_others(self):
        domain = Domain("company_id", "=", self.company_id.id) & Domain("period_type", "=", self.period_type)
        domain &= Domain("currency_id", "=", self.currency_id.id) & Domain("id", "!=", self.id)
        return self.search(domain, order="date_start desc, name, id")

    def _cost_other(self, others, period, other_id):
        """The plan to compare with; by default the version before, or the one in force then for the same departments."""
        if other_id is not False:
            return others.filtered(lambda plan: plan.id == other_id)
        if self.previous_id in others:
            return self.previous_id
        in_force = others.filtered(lambda plan: period and plan._covers_period(period))
        alike = in_force.filtered(lambda plan: plan.department_ids == self.department_ids)
        return (alike or in_force)[:1]

    # ---------------------------------------------------------------- answer

    def _try(self, period):
        """Compute the plan on the scorecards of a period as if there were no statements yet.

        :return: Trial
        """
        facts = self._gather_facts(period)._replace(existing={}, carried={})
        payouts = {key: payout(inputs) for key, inputs in self._payout_inputs(period, facts).items()}
        return Trial(facts, payouts, len(facts.coverage) - len(payouts))

    def _cost_figures(self, period, other):
        # sudo: wages and scorecards of everybody are read by the system; the user may see all statements.
        trial = self.sudo()._try(period.sudo())
        compared = other.sudo()._try(period.sudo()) if other else None
        amounts = _amounts(trial)
        before = _amounts(compared) if compared else {}
        return {
            **_summary(amounts),
            "missing": trial.missing,
            "other": {**_summary(before), "missing": compared.missing} if compared else False,
            "departments": self._cost_departments(trial, compared),
            "bars": _bars(amounts.values(), before.values()),
            "unmeasured": sum(result.explanation["reason"] is not None for result in trial.payouts.values()),
        }

    def _cost_departments(self, trial, compared):
        """A row for each department somebody of either plan works in, the dearest first."""
        rows = defaultdict(lambda: {"people": 0, "total": NOTHING, "other_people": 0, "other_total": NOTHING})
        for found, prefix in ((trial, ""), (compared, "other_")):
            for employee_id, amount in _amounts(found).items() if found else ():
                row = rows[found.facts.coverage[employee_id].department_id or 0]
                row[prefix + "people"] += 1
                row[prefix + "total"] += amount
        names = {department.id: department.name for department in self._cost_names(rows.keys())}
        table = [
            {
                **{name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()},
                "id": department_id,
                "name": names.get(department_id, self.env._("No department")),
            }
            for department_id, row in rows.items()
        ]
        return sorted(table, key=lambda row: (-row["total"], row["name"]))

    def _cost_names(self, department_ids):
        # sudo: names only.
        departments = self.env["hr.department"].sudo().browse(key for key in department_ids if key)
        departments.fetch(["name"])
        return departments


def _amounts(trial):
    return {employee_id: result.amount for employee_id, result in trial.payouts.items()}


def _summary(amounts):
    """Totals of {employee id: Decimal}."""
    paid = sorted(amount for amount in amounts.values() if amount)
    total = sum(paid, NOTHING)
    return {
        "total": float(total),
        "people": len(amounts),
        "paid": len(paid),
        "median": float((paid[(len(paid) - 1) // 2] + paid[len(paid) // 2]) / 2) if paid else 0.0,
        "highest": float(paid[-1]) if paid else 0.0,
    }


def _bars(amounts, before):
    """How many people get how much: nothing, then equal steps of a round width, the first value of each included."""
    amounts, before = list(amounts), list(before)
    highest = max([*amounts, *before], default=NOTHING)
    if not highest:
        return [{"start": 0.0, "end": 0.0, "people": len(amounts), "other": len(before)}] if amounts or before else []
    width = _round_width(highest / BARS)
    bars = [{"start": 0.0, "end": 0.0, "people": amounts.count(0), "other": before.count(0)}]
    for place in range(int(highest // width) + 1):
        start, end = place * width, (place + 1) * width
        inside = [sum(1 for amount in group if amount and start <= amount < end) for group in (amounts, before)]
        bars.append({"start": float(start), "end": float(end), "people": inside[0], "other": inside[1]})
    return bars


def _round_width(least):
    """The next 1, 2 or 5 × a power of ten."""
    power = Decimal(10) ** least.adjusted()
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least)
