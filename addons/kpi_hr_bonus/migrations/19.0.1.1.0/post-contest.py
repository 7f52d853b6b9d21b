"""What was contested so far, out of the statements' own fields."""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    if not column_exists(cr, "kpi_bonus_statement", "contest_reason"):
        return
    cr.execute(
        """
        INSERT INTO kpi_bonus_contest (statement_id, employee_id, user_id, company_id, plan_id, period_id, reason, date,
                                       state, answer, answer_by_id, create_uid, create_date, write_uid, write_date)
        SELECT st.id, st.employee_id, st.user_id, st.company_id, st.plan_id, st.period_id, st.contest_reason,
               COALESCE(st.contest_date, st.write_date),
               CASE WHEN st.contested THEN 'open' WHEN st.contest_answer IS NULL THEN 'void' ELSE 'rejected' END,
               st.contest_answer, st.contest_answer_by_id, st.write_uid, st.write_date, st.write_uid, st.write_date
          FROM kpi_bonus_statement st
         WHERE st.contest_reason IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM kpi_bonus_contest contest WHERE contest.statement_id = st.id)
        """
    )
