"""The cost of a plan person by person, as a workbook."""

import io

import xlsxwriter

from odoo import models


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    def _cost_file(self, period_id, other_id):
        """What this plan would pay each person, beside another one, as XLSX.

        :return: (file name, bytes)
        :raises AccessError: when the user is neither bonus officer nor approver
        """
        self.ensure_one()
        self._check_bonus_reader()
        self.check_access("read")
        period = self._cost_periods().filtered(lambda period: period.id == period_id)
        other = self._cost_others().filtered(lambda plan: plan.id == other_id)
        rows = self._cost_rows(period, other) if period else []
        name = f"{self.display_name} - {period.name or ''}.xlsx".replace("/", "-")
        return name, self._cost_workbook(rows, other)

    def _cost_rows(self, period, other):
        """[(name, department, score or None, payout percent, amount, amount by the other plan or None)], by name."""
        # sudo: as in read_cost; the user may see the statements of everybody.
        trial = self.sudo()._try(period.sudo())
        before = other.sudo()._try(period.sudo()).payouts if other else {}
        employees = self.env["hr.employee"].sudo().browse(trial.payouts.keys() | before.keys())
        names = {employee.id: employee.name for employee in employees}
        coverage = trial.facts.coverage
        departments = {d.id: d.name for d in self._cost_names({person.department_id for person in coverage.values()})}
        rows = []
        for employee_id, name in names.items():
            result, old = trial.payouts.get(employee_id), before.get(employee_id)
            score = result and result.explanation["score"]
            rows.append(
                (
                    name,
                    departments.get(coverage[employee_id].department_id, "") if employee_id in coverage else "",
                    float(score) if score else None,
                    float(result.payout_percent) if result else None,
                    float(result.amount) if result else None,
                    float(old.amount) if old else None,
                )
            )
        return sorted(rows, key=lambda row: row[0])

    def _cost_workbook(self, rows, other):
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True})
        sheet = book.add_worksheet(self.env._("Cost"))
        digits = self.currency_id.decimal_places
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0" + (f".{'0' * digits}" if digits else "")})
        titles = [self.env._("Employee"), self.env._("Department"), self.env._("Score %"), self.env._("Payout %")]
        titles += [f"{self.display_name} ({self.currency_id.name})"]
        if other:
            titles += [f"{other.display_name} ({other.currency_id.name})", self.env._("Difference")]
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, bold)
        for line, row in enumerate(rows, 1):
            values = [*row[:5], row[5], (row[4] or 0) - (row[5] or 0)] if other else row[:5]
            for column, value in enumerate(values):
                # write_string: no name is taken for a formula
                if isinstance(value, str):
                    sheet.write_string(line, column, value)
                elif value is not None:
                    sheet.write_number(line, column, value, money if column > 3 else None)
        sheet.freeze_panes(1, 1)
        sheet.autofit()
        book.close()
        return output.getvalue()
