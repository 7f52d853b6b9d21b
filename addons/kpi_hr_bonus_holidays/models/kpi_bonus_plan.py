from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import fields, models

DAY, WHOLE = timedelta(days=1), Decimal(1)


class KpiBonusPlan(models.Model):
    """Takes days of unpaid leave out of the days covered.

    Proration counts calendar days, so leave does too: each calendar day from the first to the last of an approved
    request of a type that is unpaid, weekends and public holidays inside it included, those around it not. A request
    for a half day takes half of its first or last day, one for some hours the share of the day that Odoo works out.
    No day counts more than once, and none outside the days the person is covered.
    """

    _inherit = "kpi.bonus.plan"

    exclude_unpaid_leave = fields.Boolean(
        string="Without unpaid leave",
        default=True,
        tracking=True,
        help="Approved time off of a type marked as unpaid is taken out of the days covered: each calendar day of it, "
        "halves included.",
    )

    def _days_text(self):
        """Override: the regulation says that unpaid leave counts as days not covered."""
        text = super()._days_text()
        if not text or not self.exclude_unpaid_leave:
            return text
        return f"{text} {self.env._('Days of unpaid leave do not count as covered.')}"

    def _unpaid_days(self, stretches):
        """Override: the days of approved unpaid leave, by one query."""
        days = super()._unpaid_days(stretches)
        if not self.exclude_unpaid_leave or not stretches:
            return days
        by_day = self._unpaid_leave_by_day(stretches)
        return {
            **days,
            **{employee_id: sum(min(part, WHOLE) for part in parts.values()) for employee_id, parts in by_day.items()},
        }

    def _unpaid_leave_by_day(self, stretches):
        """{employee id: {day among the stretches: Decimal share of it on unpaid leave}}"""
        first = min(start for days in stretches.values() for start, _end in days)
        last = max(end for days in stretches.values() for _start, end in days)
        leaves = self.env["hr.leave"].search_fetch(
            [
                ("employee_id", "in", list(stretches)),
                ("state", "=", "validate"),
                ("holiday_status_id.unpaid", "=", True),
                ("request_date_from", "<=", last),
                ("request_date_to", ">=", first),
            ],
            [
                "employee_id",
                "request_date_from",
                "request_date_to",
                "request_date_from_period",
                "request_date_to_period",
                "request_unit_half",
                "request_unit_hours",
                "number_of_days",
            ],
        )
        result = defaultdict(lambda: defaultdict(Decimal))
        for leave in leaves:
            parts = result[leave.employee_id.id]
            for start, end in stretches[leave.employee_id.id]:
                day, final = max(start, leave.request_date_from), min(end, leave.request_date_to)
                while day <= final:
                    parts[day] += leave._share_of_day(day)
                    day += DAY
        return result
