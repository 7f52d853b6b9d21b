from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, html2plaintext
from odoo.tools.safe_eval import safe_eval

from odoo.addons.kpi_management.tests.common import KpiCase
from odoo.addons.kpi_management.tests.crowd import multiply, one_by_one

# Nights in Vietnam: 02:00 there is 19:00 UTC of the day before.
NIGHTS = {"2026-03-09 19:00:00": (500, 2), "2026-03-15 19:00:00": (300, 5), "2026-03-16 19:00:00": (300, 7)}


@freeze_time("2026-03-17 02:00:00")
@tagged("post_install", "-at_install")
class TestKpiDigest(KpiCase):
    """Mid-March 2026, seen on Tuesday the 17th at 9 in the morning in Vietnam.

    Half of March is over on the nights that matter. Bình: revenue of 1,000 and stock of 8; Chi: revenue 1,000, always 900.

    - night of the 17th: 30 % (behind), 7 of 8 (87.5 %, at risk), 90 % (on track): mean 69.17, 1 of 3 on track, 1 behind
    - night of the 16th: 30 % (behind), 5 of 8 (62.5 %, behind), 90 %: mean 60.83, 1 of 3 on track, 2 behind
    - night of the 10th: 50 % (on track), 2 of 8 (25 %, behind), 90 %: mean 55, 2 of 3 on track, 1 behind
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 60, 1000), ("T_STOCK", 40, 8)])
        cls.chis = cls.make_card(cls.chi, [("T_REVENUE", 100, 1000)])
        revenue_of_binh, stock_of_binh = cls.enter("t_revenue", cls.binh, 0), cls.enter("t_stock", cls.binh, 0)
        cls.enter("t_revenue", cls.chi, 900)
        for night, (revenue, stock) in NIGHTS.items():
            with freeze_time(night):
                revenue_of_binh.value, stock_of_binh.value = revenue, stock
                (cls.card | cls.chis).action_compute()
                cls.env["kpi.scorecard.snapshot"]._take()
        cls.digest = cls.env["digest.digest"].create(
            {
                "name": "KPI Digest",
                "periodicity": "weekly",
                "company_id": cls.company.id,
                "user_ids": [Command.set(cls.officer.ids)],
                "kpi_running_attainment": True,
                "kpi_running_on_track": True,
                "kpi_running_behind": True,
                "kpi_scorecards_waiting": True,
            }
        )

    def figures(self, user):
        """{name of the KPI: ((value, margin) of a day, a week and a month)} in a user's mail"""
        kpis = self.digest._compute_kpis(self.company, user)
        return {
            kpi["kpi_name"]: [(kpi[f"kpi_col{n}"]["value"], kpi[f"kpi_col{n}"]["margin"]) for n in (1, 2, 3)]
            for kpi in kpis
            if kpi["kpi_name"].startswith(("kpi_running", "kpi_scorecards"))
        }

    def test_an_officer_reads_the_company_s(self):
        figures = self.figures(self.officer)
        # 69.17 after 60.83 the night before and 55 a week before; nothing is known of a month before
        self.assertEqual(figures["kpi_running_attainment"], [("69.17", 13.7), ("69.17", 25.76), ("69.17", 0.0)])
        # one of three, as the night before; two of three a week before
        self.assertEqual(figures["kpi_running_on_track"], [("33.33", 0.0), ("33.33", -50.0), ("33.33", 0.0)])
        self.assertEqual(figures["kpi_running_behind"], [(1, -50.0), (1, 0.0), (1, 0.0)])

    def test_on_the_first_of_a_month_the_end_of_the_last_one_counts(self):
        april = self.make_card(self.chi, [("T_REVENUE", 100, 1000)], period=self.make_period("2026-04-15"))
        with freeze_time("2026-03-31 19:00:00"):
            (self.card | self.chis | april).action_compute()
            self.env["kpi.scorecard.snapshot"]._take()
        self.assertEqual(april.line_ids.result, "no_data")
        with freeze_time("2026-04-01 02:00:00"):
            figures = self.figures(self.officer)
        # At the end of March 30, 87.5 and 90 %; 30 % and 87.5 % are behind then, as they had 31 days.
        self.assertEqual(figures["kpi_running_attainment"], [("69.17", 0.0), ("69.17", 0.0), ("69.17", 0.0)])

    def test_nothing_for_a_month_is_nothing(self):
        with freeze_time("2026-04-16 02:00:00"):
            self.assertEqual(self.figures(self.officer)["kpi_running_attainment"][0], ("69.17", 0.0))
        with freeze_time("2026-04-17 02:00:00"):
            self.assertEqual(self.figures(self.officer)["kpi_running_attainment"][0][0], "0.00")

    def test_read_by_itself_it_is_as_of_now(self):
        digest = self.digest.with_user(self.officer).with_company(self.company)
        self.assertEqual((digest.kpi_running_behind_value, round(digest.kpi_running_attainment_value, 2)), (1, 69.17))

    def test_the_nights_are_read_as_often_for_three_figures_of_1000_kpis_as_for_one_of_3(self):
        # Now, a day and a week ago there is a night to find and to add up; a month ago there is none.
        self.assertEqual((self.reads(self.officer), self.reads(self.an_user)), (7, 7))
        lines = multiply(self.chis.line_ids, 997)
        for snapshot in self.chis.line_ids[0].snapshot_ids:
            multiply(snapshot, 997, line_id=one_by_one(lines))
        self.assertEqual((self.reads(self.officer), self.reads(self.an_user)), (7, 7))
        # 30, 87.5 and 998 times 90 %
        self.assertEqual(self.figures(self.officer)["kpi_running_attainment"][0][0], "89.94")
        self.digest.write({"kpi_running_on_track": False, "kpi_running_behind": False})
        self.assertEqual(self.reads(self.officer), 7)

    def reads(self, user):
        """How many queries read the nights' figures for a user's mail."""
        cursor, queries = type(self.env.cr), []
        execute = cursor.execute

        def noted(cr, query, *args, **kwargs):
            queries.append(query.code if isinstance(query, SQL) else query)
            return execute(cr, query, *args, **kwargs)

        self.env.invalidate_all()
        with patch.object(cursor, "execute", noted):
            self.figures(user)
        return sum('FROM "kpi_scorecard_snapshot"' in query for query in queries)

    def test_a_manager_reads_the_team_s(self):
        # An leads Bình: 30 % and 87.5 %
        figures = self.figures(self.an_user)
        self.assertEqual(figures["kpi_running_attainment"][0][0], "58.75")
        self.assertEqual(figures["kpi_running_on_track"][0][0], "0.00")
        self.assertEqual(figures["kpi_running_behind"][0][0], 1)

    def test_others_read_nothing_of_it(self):
        self.assertEqual(self.figures(self.binh_user), {})
        with self.assertRaises(AccessError):
            self.digest.with_user(self.binh_user).kpi_scorecards_waiting_value  # noqa: B018

    def test_scorecards_that_wait(self):
        self.make_card(self.an, [("T_STOCK", 100, 8)], agreed=False)
        # not begun, so nobody waits for it
        self.make_card(self.an, [("T_STOCK", 100, 8)], period=self.make_period("2026-04-15"), agreed=False)
        self.assertEqual(self.figures(self.officer)["kpi_scorecards_waiting"][0], (1, 0.0))
        self.assertEqual(self.figures(self.hang_user)["kpi_scorecards_waiting"][0], (1, 0.0))

    def test_another_company_s_digest_is_empty(self):
        self.officer.company_ids = [Command.link(self.other_company.id)]
        self.digest.company_id = self.other_company
        kpis = self.digest._compute_kpis(self.other_company, self.officer)
        values = {kpi["kpi_name"]: kpi["kpi_col1"]["value"] for kpi in kpis}
        self.assertEqual((values["kpi_running_attainment"], values["kpi_running_behind"]), ("0.00", 0))

    def test_the_weekly_mail(self):
        self.officer.email = "lan@example.com"
        self.digest.action_send_manual()
        mail = self.env["mail.mail"].search([("email_to", "=", self.officer.email_formatted)], order="id desc", limit=1)
        text = " ".join(html2plaintext(mail.body_html).split())
        for part in ("Mean attainment of KPIs (%)", "69.17", "KPIs on track (%)", "33.33", "KPIs behind"):
            with self.subTest(part):
                self.assertIn(part, text)
        self.assertIn("/odoo/action-kpi_digest.action_kpi_behind", mail.body_html)

    def test_the_figures_lead_to_what_is_behind_them(self):
        actions = self.digest._compute_kpis_actions(self.company, self.officer)
        self.make_card(self.an, [("T_STOCK", 100, 8)], agreed=False)
        for name, count in (
            ("kpi_running_attainment", 3),
            ("kpi_running_on_track", 3),
            ("kpi_running_behind", 1),
            ("kpi_scorecards_waiting", 1),
        ):
            with self.subTest(name):
                action = self.env.ref(actions[name].partition("?")[0])
                Model = self.env[action.res_model].with_user(self.officer)
                self.assertEqual(Model.search_count(safe_eval(action.domain)), count)
