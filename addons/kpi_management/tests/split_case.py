from odoo.tests import freeze_time
from odoo.tools import remove_accents

from .common import KpiCase


@freeze_time("2025-12-15 02:00:00")
class SplitCase(KpiCase):
    """December 2025: the targets of 2026 are split. Dong have no fraction, and so have its parts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = cls.make_period("2026-01-01", "year")
        cls.january = cls.make_period("2026-01-01")

    @classmethod
    def whole(cls, subject, target, code="T_REVENUE", period=None, terms=None, agreed=True):
        """The line of a new scorecard with one KPI."""
        card = cls.make_card(subject, [(code, 100, target, terms or {})], period or cls.year, agreed=agreed)
        return card.line_ids

    @classmethod
    def make_split(cls, line, user=None, **options):
        split = cls.env["kpi.target.split"].with_user(user or cls.officer)
        return split.create({"line_id": line.id, **options})

    @classmethod
    def split(cls, line, user=None, **options):
        """Split at once.

        :return: the parts of the line
        """
        cls.make_split(line, user, **options).action_confirm()
        return line.child_line_ids.sorted(lambda part: (part.date_start, remove_accents(part.subject_name)))

    def shown(self, split):
        return [(part.name, part.target) for part in split.part_ids]
