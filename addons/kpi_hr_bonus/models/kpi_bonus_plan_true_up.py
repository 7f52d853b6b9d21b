"""What the plan knows of true-ups: which statements to look at again, and what waits for the next statement."""

from decimal import Decimal

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.kpi_management.engine import to_decimal
from odoo.addons.kpi_management.models.guard import trusted

from .kpi_bonus_statement import SETTLED_STATES


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    def _plan_chain(self):
        """Hook: this plan with its other versions: what one left over is settled by the statements of the next."""
        return self

    def _compute_statements(self, period, employee_ids=None):
        """Extend: look first at what became of the statements approved before."""
        self.sudo()._moved_statements(period, employee_ids)._refresh_true_ups()
        return super()._compute_statements(period, employee_ids)

    def _moved_statements(self, period, employee_ids=None):
        """Settled statements of earlier periods whose figures were stored anew since they were last looked at.

        One query; the figures are those of the scorecard and, for gates and pools, of the company's.
        """
        for model in ("kpi.bonus.statement", "kpi.scorecard", "kpi.scorecard.line"):
            self.env[model].flush_model()
        whose = SQL("TRUE") if employee_ids is None else SQL("st.employee_id = ANY(%s)", list(employee_ids))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT st.id
                  FROM kpi_bonus_statement st
                 WHERE st.plan_id = ANY(%(plans)s) AND st.state IN %(states)s AND st.date_end < %(start)s AND %(whose)s
                   AND (EXISTS (%(own)s) OR EXISTS (%(company)s))
                """,
                plans=self._plan_chain().ids,
                states=SETTLED_STATES,
                start=period.date_start,
                whose=whose,
                own=_stored_since(SQL("card.id = st.scorecard_id")),
                company=_stored_since(
                    SQL(
                        "card.period_id = st.period_id AND card.company_id = st.company_id"
                        " AND card.subject_type = 'company'"
                    )
                ),
            )
        )
        return trusted(self.env["kpi.bonus.statement"]).browse([row[0] for row in rows])

    def _open_true_ups(self, period, employee_ids):
        """{employee id: ``kpi.bonus.true.up`` that no settled statement has taken yet}"""
        return self.env["kpi.bonus.true.up"].sudo()._open(self, period, employee_ids)

    def _true_up_amount(self, facts, employee_id):
        """What a person's open true-ups come to.

        :return: Decimal
        """
        open_ones = facts.true_ups.get(employee_id, ())
        return sum((to_decimal(true_up.amount) for true_up in open_ones), Decimal(0))

    def _prepare_true_up_lines(self, facts, employee_id):
        return [true_up._prepare_line() for true_up in facts.true_ups.get(employee_id, ())]

    def _true_up_domain(self, period, employee_ids):
        domain = Domain("plan_id", "in", self._plan_chain().ids) & Domain("employee_id", "in", employee_ids)
        return domain & Domain("date_end", "<", period.date_start)


def _stored_since(condition):
    """Sub-query: lines of a scorecard that were stored since a statement ``st`` was last looked at."""
    return SQL(
        """
        SELECT 1 FROM kpi_scorecard card JOIN kpi_scorecard_line line ON line.scorecard_id = card.id
         WHERE %s AND GREATEST(line.computed_at, line.late_at) >= COALESCE(st.true_up_at, st.computed_date)
        """,
        condition,
    )
