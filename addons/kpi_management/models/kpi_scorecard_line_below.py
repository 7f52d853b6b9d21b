from collections import Counter

from odoo import models


class KpiScorecardLine(models.Model):
    """Who is below the subject of a target, and may take on a part of it. Bridges add kinds.

    Everything here works on lines in sudo: a plain manager may not read hr.employee.
    """

    _inherit = "kpi.scorecard.line"

    def _filter_below(self, lines):
        """Those lines of the same company whose subject is this line's or below it. Bridges add kinds."""
        self.ensure_one()
        lines = lines.filtered(lambda line: line.company_id == self.company_id)
        if self.subject_type == "company":
            return lines
        same = lines.filtered(lambda line: line._subject_key() == self._subject_key())
        if self.subject_type == "department":
            return same | self._filter_below_department(lines)
        if self.subject_type == "employee":
            led = self.employee_id.search([("id", "child_of", self.employee_id.id)])
            return same | lines.filtered(lambda line: line.subject_type == "employee" and line.employee_id in led)
        return same

    def _filter_below_department(self, lines):
        """Sub-departments, and people who work in the department on some day of their line's period."""
        departments = self.department_id.search([("id", "child_of", self.department_id.id)])
        people = lines.filtered(lambda line: line.subject_type == "employee")
        stretches = self.env["kpi.employment"].search(
            [("employee_id", "in", people.employee_id.ids), ("department_id", "in", departments.ids)]
        )
        by_person = stretches.grouped("employee_id")
        return lines.filtered(lambda line: line.department_id in departments) | people.filtered(
            lambda line: any(
                (not stretch.credit_from or stretch.credit_from <= line.date_end)
                and (not stretch.credit_to or stretch.credit_to >= line.date_start)
                for stretch in by_person.get(line.employee_id, ())
            )
        )

    def _kinds_below(self):
        """The kinds of subjects that take on parts of this line's, the nearest first. Bridges add kinds."""
        kinds = {"company": ["department", "employee"], "department": ["department", "employee"]}
        return kinds.get(self.subject_type, ["employee"] if self.subject_type == "employee" else [])

    def _split_choices(self):
        """(kinds of periods, kinds of subjects) over which the user may split this line.

        Officers split everything, a manager over his team, and over time what he may write himself.
        """
        times = {"year": ["half", "quarter", "month"], "half": ["quarter", "month"], "quarter": ["month"]}
        over_time = times.get(self.period_id.period_type, [])
        if self.env.su or self.env.user.has_group("kpi_management.group_kpi_officer"):
            return over_time, self._kinds_below()
        return (over_time if self.has_access("write") else []), ["employee"]

    def _split_defaults(self):
        """What a split most likely goes over: months; of a month, those right below."""
        over_time, below = self._split_choices()
        if over_time:
            return {"default_time_type": "month"}
        line = self.sudo()  # sudo: a plain manager may not read hr.employee; only whether there is somebody is used
        kind = next((kind for kind in below if line._subjects_below(kind)), below and below[0])
        return {"default_subject_kind": kind} if kind else {}

    def _subjects_below(self, kind):
        """The subjects of a kind right below this line's: its departments, or all its people of the period."""
        self.ensure_one()
        if kind == "department":
            return self._departments_below()
        if self.subject_type == "employee":
            return self.employee_id.search([("id", "child_of", self.employee_id.id)]) - self.employee_id
        domain = [
            ("company_id", "=", self.company_id.id),
            ("date_from", "<=", self.date_end),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", self.date_start),
        ]
        if self.subject_type == "department":
            domain.append(("department_id", "child_of", self.department_id.id))
        return self.env["kpi.employment"].search(domain).employee_id

    def _departments_below(self):
        domain = [("company_id", "=", self.company_id.id)]
        if self.subject_type == "department":
            domain.append(("parent_id", "=", self.department_id.id))
        elif self.subject_type == "company":
            domain.append(("parent_id", "=", False))
        else:
            return self.env["hr.department"]
        return self.env["hr.department"].search(domain)

    def _headcounts(self, kind, subjects, day):
        """{subject id: people employed there on a day}; a person counts for one."""
        if kind != "department":
            return dict.fromkeys(subjects.ids, 1)
        stretches = self.env["kpi.employment"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )
        counts = Counter()
        for department, people in stretches.grouped("department_id").items():
            for ancestor in (department.parent_path or "").split("/")[:-1]:
                counts[int(ancestor)] += len(people.employee_id)
        return {subject.id: counts[subject.id] for subject in subjects}
