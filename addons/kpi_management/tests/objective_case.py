from odoo.fields import Command

from ..models.guard import trusted
from .common import KpiCase


class ObjectiveCase(KpiCase):
    """The company wants to grow, by its North (weight 3) and its South (weight 1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.growth = cls.make_objective("Grow", "strategic")
        cls.north_growth = cls.make_objective(
            "Grow in the North", "department", cls.growth, weight=3, department_id=cls.north.id
        )
        cls.south_growth = cls.make_objective(
            "Grow in the South", "department", cls.growth, weight=1, department_id=cls.south.id
        )

    @classmethod
    def make_objective(cls, name, level, parent=None, user=None, **vals):
        """An objective of 2026, made by the user where one is given."""
        objectives = cls.env["kpi.objective"]
        return (objectives.with_user(user) if user else objectives).create(
            {
                "name": name,
                "level": level,
                "parent_id": parent and parent.id,
                "company_id": cls.company.id,
                "date_start": "2026-01-01",
                "date_end": "2026-12-31",
                **vals,
            }
        )

    @classmethod
    def make_smart(cls, name, level="individual", parent=None, user=None, **vals):
        """An objective that lacks nothing: by default it serves the company's growth and has one typed key result."""
        return cls.make_objective(
            name,
            level,
            parent or cls.growth,
            user,
            **{
                "description": "<p>More visits</p>",
                "target_group": "Our customers",
                "key_result_ids": [Command.create({"name": "Visits", "target": 100})],
                **vals,
            },
        )

    @classmethod
    def as_agreed(cls, objectives, state="agreed"):
        """Objectives as they are after the agreement, whose steps are tested elsewhere."""
        trusted(objectives).write({"state": state, "agreed_date": "2026-01-02 03:00:00"})
        return objectives
