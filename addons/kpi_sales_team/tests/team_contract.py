"""What a measure keeps besides, when its records belong to sales teams."""

from odoo.addons.kpi_management.tests.credit_contract import CreditContract


class TeamContract(CreditContract):
    """Tests of one measure with a way to a team; ``make_counted`` puts the record into ``self.team``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hanoi, cls.hue = cls.env["crm.team"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("Hà Nội", "Huế")]
        )

    def count_in(self, team, person, local, amount=1):
        self.team = team
        record = self.count(person, local, amount)
        self.team = None
        return record

    def test_a_team_counts_its_own_records_whoever_made_them(self):
        first = self.count_in(self.hanoi, self.an, "2026-03-01 00:00:00", 5)
        second = self.count_in(self.hanoi, self.chi, "2026-03-31 23:59:59", 6)
        self.count_in(self.hue, self.an, "2026-03-10 09:00:00", 7)
        self.count_in(self.hanoi, self.an, "2026-04-01 00:00:00", 8)
        self.exclude(self.count_in(self.hanoi, self.an, "2026-03-11 09:00:00", 9))
        self.archive(second)
        self.assertEqual(
            self.figures(self.hanoi | self.hue), {self.hanoi.id: self.worth(5, 6), self.hue.id: self.worth(7)}
        )
        line = self.computed_line(self.hanoi)
        self.assertEqual(line.actual, self.worth(5, 6))
        self.assertEqual(self.opened(line), first | second)

    def test_a_team_without_records_has_none(self):
        self.count_in(self.hanoi, self.an, "2026-03-10 09:00:00", 5)
        self.assertEqual(self.figures(self.hue), {})
        self.assertEqual(self.computed_line(self.hue).actual, 0)
