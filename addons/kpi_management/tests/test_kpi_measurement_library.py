from datetime import date

from odoo.tests import BaseCase, tagged

from ..models.kpi_figure_text import read_number, read_period
from .common import KpiCase


class TestFigureText(BaseCase):
    """Numbers and periods as people write them."""

    def test_periods(self):
        names = {"march": 3, "mar": 3}
        for text, expected in {
            "2026-03": ("month", date(2026, 3, 1)),
            "03/2026": ("month", date(2026, 3, 1)),
            "3-2026": ("month", date(2026, 3, 1)),
            "March 2026": ("month", date(2026, 3, 1)),
            "MAR. 2026": ("month", date(2026, 3, 1)),
            "Tháng 3 năm 2026": ("month", date(2026, 3, 1)),
            "T3/2026": ("month", date(2026, 3, 1)),
            "2026-Q2": ("quarter", date(2026, 4, 1)),
            "Q4 2026": ("quarter", date(2026, 10, 1)),
            "Quý III/2026": ("quarter", date(2026, 7, 1)),
            "Quý 1 năm 2026": ("quarter", date(2026, 1, 1)),
            "H2 2026": ("half", date(2026, 7, 1)),
            "Nửa năm 1 2026": ("half", date(2026, 1, 1)),
            "2026": ("year", date(2026, 1, 1)),
            "Năm 2026": ("year", date(2026, 1, 1)),
            "2026-W01": ("week", date(2025, 12, 29)),
            "Tuần 53/2026": ("week", date(2026, 12, 28)),
            "2026-03-31": ("month", date(2026, 3, 1)),
            "2026-03-01 00:00:00": ("month", date(2026, 3, 1)),
            "week 2026-03-18": ("week", date(2026, 3, 16)),
            "quý 2026-03-18": ("quarter", date(2026, 1, 1)),
        }.items():
            with self.subTest(text):
                self.assertEqual(read_period(text, names), expected)
        self.assertEqual(read_period(date(2026, 3, 18), {}), ("month", date(2026, 3, 1)))

    def test_what_is_no_period(self):
        for text in (
            "",
            "?",
            "2026-13",
            "13/2026",
            "0/2026",
            "Q5 2026",
            "W54 2026",
            "Marz 2026",
            "2026-02-30",
            "03/01/2026",
        ):
            with self.subTest(text):
                self.assertIsNone(read_period(text, {"march": 3}))

    def test_numbers(self):
        for value, expected in (("1234.5", 1234.5), (" -3 ", -3), ("+.5", 0.5), ("1e-05", 0.00001), (7, 7), ("0", 0)):
            with self.subTest(value):
                self.assertEqual(read_number(value), expected)
        for value in (
            "",
            "12a",
            "1_000",
            "1,5",
            "0x1f",
            "nan",
            "-inf",
            "1e999",
            "１２",
            True,
            None,
            [],
            1e15,
            float("nan"),
        ):
            with self.subTest(value), self.assertRaises(ValueError):
                read_number(value)


@tagged("post_install", "-at_install")
class TestTypedKpis(KpiCase):
    """The KPIs of the core that are measured by figures from outside, over a month and over a quarter."""

    # code → direction target; figures of January, February, March by measure
    figures = {
        "social_followers": (100, 130, 120),
        "market_share": (10, 11, 15),
        "report_days": (9, 8, 4),
        "audits_passed": (1, 0, 5),
        "audits_held": (2, 0, 6),
        "violations": (0, 2, 1),
        "quality_score": (90, 95, 97),
        "social_engagements": (10, 20, 30),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code, values in cls.figures.items():
            for month, value in enumerate(values, 1):
                cls.enter(code, cls.company, value, cls.make_period(f"2026-{month:02}-01"))

    def actuals(self, period, *lines):
        weight = round(100 / len(lines), 2)
        card = self.make_card(self.company, [(code, weight, target) for code, target in lines], period, agreed=False)
        self.env["kpi.computation"]._run(card)
        return {line.definition_id.code: (line.result, line.actual, line.attainment) for line in card.line_ids}

    lines = (
        ("MKT_FOLLOWERS", 120),
        ("MKT_MARKET_SHARE", 12),
        ("ACC_REPORT_DAYS", 7),
        ("ACC_AUDIT_PASS_RATE", 75),
        ("ACC_VIOLATIONS", 0),
        ("OPS_QUALITY", 94),
        ("MKT_ENGAGEMENTS", 60),
    )

    def test_a_month_has_its_own_figures(self):
        actuals = self.actuals(self.month, *self.lines)
        expected = {
            "MKT_FOLLOWERS": 120,
            "MKT_MARKET_SHARE": 15,
            "ACC_REPORT_DAYS": 4,
            "ACC_AUDIT_PASS_RATE": 83.333333,  # 100 × 5 / 6
            "ACC_VIOLATIONS": 1,
            "OPS_QUALITY": 97,
            "MKT_ENGAGEMENTS": 30,
        }
        self.assertEqual({code: actual for code, (_result, actual, _) in actuals.items()}, expected)
        # 3 violations earn 0 %, none 100 %: 1 earns 100 × (3 − 1) / 3
        self.assertEqual(actuals["ACC_VIOLATIONS"], ("ok", 1.0, 66.67))

    def test_a_quarter_is_made_of_its_months(self):
        actuals = self.actuals(self.make_period("2026-03-01", "quarter"), *self.lines)
        expected = {
            "MKT_FOLLOWERS": 120,  # the last
            "MKT_MARKET_SHARE": 12,  # (10 + 11 + 15) / 3
            "ACC_REPORT_DAYS": 7,  # (9 + 8 + 4) / 3
            "ACC_AUDIT_PASS_RATE": 75,  # 100 × (1 + 0 + 5) / (2 + 0 + 6)
            "ACC_VIOLATIONS": 3,
            "OPS_QUALITY": 94,  # (90 + 95 + 97) / 3
            "MKT_ENGAGEMENTS": 60,
        }
        self.assertEqual({code: actual for code, (_result, actual, _) in actuals.items()}, expected)
        self.assertEqual(actuals["ACC_VIOLATIONS"], ("ok", 3.0, 0.0))

    def test_no_audit_is_no_data_and_no_figure_is_not_zero(self):
        february = self.actuals(self.make_period("2026-02-01"), ("ACC_AUDIT_PASS_RATE", 75))
        self.assertEqual(february["ACC_AUDIT_PASS_RATE"][0], "no_data")
        april = self.actuals(self.make_period("2026-04-01"), ("ACC_VIOLATIONS", 0), ("MKT_FOLLOWERS", 100))
        self.assertEqual(april["ACC_VIOLATIONS"][0], "no_data")
        self.assertEqual(april["MKT_FOLLOWERS"][:2], ("ok", 120.0), "the last one known")

    def test_each_is_classified_and_explained(self):
        for code in dict(self.lines):
            kpi = self.kpi(code)
            with self.subTest(code):
                self.assertTrue(
                    all([kpi.description, kpi.department_kind, kpi.business, kpi.timing, kpi.flow, kpi.level])
                )
                self.assertEqual(set(kpi.measure_ids.mapped("source")), {"input"})
                self.assertTrue(all(kpi.measure_ids.mapped("description")))
