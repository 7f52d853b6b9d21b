from odoo.fields import Command

from ..models.guard import trusted
from .common import KpiCase


class TrialCase(KpiCase):
    """Objectives begun, seen on 2 April 2026.

    In March Bình began three (weights 1, 2, 4; the last one done), An one (8), Chi two (16 and 32); in February An one
    (64, done). Elsewhere somebody began one (128) in March.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        elsewhere = cls.make_department("Sales", company_id=cls.other_company.id)
        cls.dung = cls.make_employee("Dũng", elsewhere)
        cls.begun = [
            cls.make_objective(*row)
            for row in (
                (cls.binh, "2026-03-01", 1),
                (cls.binh, "2026-03-15", 2),
                (cls.binh, "2026-03-31", 4, "done"),
                (cls.an, "2026-03-15", 8),
                (cls.chi, "2026-03-02", 16),
                (cls.chi, "2026-03-30", 32),
                (cls.an, "2026-02-28", 64, "done"),
                (cls.dung, "2026-03-15", 128),
            )
        ]

    @classmethod
    def make_objective(cls, owner, day, weight, state="agreed"):
        # trusted: the state comes with the agreement, which is not what is tried here
        return trusted(cls.env["kpi.objective"]).create(
            {
                "name": f"Objective of {owner.name}",
                "company_id": owner.company_id.id,
                "owner_id": owner.id,
                "department_id": owner.department_id.id,
                "date_start": day,
                "date_end": "2026-12-31",
                "weight": weight,
                "state": state,
            }
        )

    @classmethod
    def declared(cls, **vals):
        """The values of a measure's form: objectives begun, by owner."""
        return {
            "code": "t_begun",
            "name": "Begun",
            "source": "query",
            "model_id": cls.env["ir.model"]._get_id("kpi.objective"),
            "domain": "[]",
            "aggregate": "count",
            "date_field": "date_start",
            "accumulation": "flow",
            "company_path": "company_id",
            "employee_path": "owner_id",
            "department_path": False,
            "parameter_ids": [],
            **vals,
        }

    @classmethod
    def declare(cls, **vals):
        return cls.env["kpi.measure"].create(cls.declared(**vals))

    @classmethod
    def asked(cls, kind="company", subject=None, month=3, **request):
        last = {1: 31, 2: 28, 3: 31}[month]
        window = {"kind": "month", "start": f"2026-{month:02}-01", "end": f"2026-{month:02}-{last}"}
        return {"window": window, "kind": kind, "subject_id": subject.id if subject else False, **request}

    def measures(self, user=None):
        return self.env["kpi.measure"].with_user(user or self.admin)

    def kpis(self, user=None):
        return self.env["kpi.definition"].with_user(user or self.admin)

    def tried(self, values, *asked, **request):
        """The outcome for a new measure with these values in its form."""
        return self.measures().try_values(values, self.asked(*asked, **request))["outcome"]

    def formula(self, formula, *asked, **request):
        """The outcome for a new KPI with this formula in its form."""
        return self.kpis().try_values({"formula": formula}, self.asked(*asked, **request))["outcome"]

    @classmethod
    def make_parameter(cls):
        return cls.env["kpi.parameter"].create(
            {
                "code": "t_department",
                "name": "Unit",
                "model_id": cls.env["ir.model"]._get_id("hr.department"),
                "operator": "child_of",
            }
        )

    @classmethod
    def taking(cls, parameter, required=True, path="department_id"):
        """Commands of a form that lets the measure take the parameter."""
        return [Command.create({"parameter_id": parameter.id, "path": path, "required": required})]
