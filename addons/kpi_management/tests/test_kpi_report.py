import io

import openpyxl

from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext

from .crowd import make_crowd
from .report_case import ReportCase


@freeze_time("2026-04-02 02:00:00")
@tagged("post_install", "-at_install")
class TestKpiReport(ReportCase):
    def names(self, cards):
        return [card["name"] for card in cards]

    def test_a_scorecard_in_plain_values(self):
        (card,) = self.env["kpi.report.figures"].with_user(self.officer)._cards(self.card.with_user(self.officer))
        self.assertEqual((card["name"], card["period"], card["department"]), ("Bình", "03/2026", "North"))
        self.assertEqual((card["score"], card["state"]), (53.0, "agreed"))
        revenue, stock = card["lines"]
        self.assertEqual(
            (revenue["target"], revenue["actual"], revenue["attainment"], revenue["lost"]), (1000.0, 300.0, 30.0, 42.0)
        )
        self.assertEqual((stock["attainment"], stock["lost"]), (87.5, 5.0))
        self.assertEqual((revenue["status"], revenue["status_name"]), ("behind", "Behind"))
        self.assertEqual((stock["status"], stock["mark"]), ("at_risk", "●"))
        self.assertEqual((card["counts"]["behind"], card["counts"]["at_risk"], card["counts"]["on_track"]), (1, 1, 0))

    def test_what_was_not_measured_is_no_zero(self):
        card = self.make_card(self.an, [("T_STOCK", 100, 8)])
        card.action_compute()
        (values,) = self.env["kpi.report.figures"]._cards(card)
        self.assertIsNone(values["score"])
        (line,) = values["lines"]
        self.assertEqual((line["actual"], line["attainment"], line["lost"]), (None, None, 0.0))
        self.assertEqual((line["status"], line["status_name"]), ("no_data", "No data"))
        self.assertEqual(self.env["kpi.report.figures"]._shown(line, "actual"), "–")

    def test_a_band_is_told_by_its_edges(self):
        self.make_kpi("T_BAND", direction="band")
        terms = {"band_low": 10, "band_high": 12.5, "band_tolerance": 5}
        card = self.make_card(self.an, [("T_BAND", 100, 0, terms)])
        (values,) = self.env["kpi.report.figures"]._cards(card)
        self.assertIsNone(values["lines"][0]["target"])
        self.assertEqual(self.env["kpi.report.figures"]._shown(values["lines"][0], "target"), "10 – 12.5")

    def test_the_department_s_report(self):
        report = self.prepare(self.sales)
        self.assertEqual(report["own"]["score"], 50.0)
        self.assertEqual(self.names(report["people"]), ["Chi", "Bình"])
        self.assertEqual((report["counts"]["behind"], report["counts"]["at_risk"]), (2, 1))
        self.assertEqual(report["mean_score"], 54.0)
        # what costs most comes first, what is at risk after what is behind: 45, 42, then 5 points
        self.assertEqual(
            [(name, line["kpi"], line["lost"]) for name, line in report["attention"]],
            [("Chi", "T_REVENUE", 45.0), ("Bình", "T_REVENUE", 42.0), ("Bình", "T_STOCK", 5.0)],
        )

    def test_the_company_s_report_has_its_departments(self):
        report = self.prepare(self.company)
        self.assertIsNone(report["own"])
        self.assertEqual(self.names(report["units"]), ["Sales"])
        self.assertEqual(self.names(report["people"]), ["Chi", "Bình"])

    def test_each_reader_sees_his_own(self):
        self.assertEqual(self.names(self.prepare(self.sales, self.hang_user)["people"]), ["Chi", "Bình"])
        ans = self.prepare(self.sales, self.an_user)
        self.assertEqual(self.names(ans["people"]), ["Bình"])
        self.assertIsNone(ans["own"])
        self.assertEqual(ans["mean_score"], 53.0)
        self.assertEqual(self.names(self.prepare(self.sales, self.chi_user)["people"]), ["Chi"])
        own = self.prepare(self.hang, self.hang_user)
        self.assertEqual((own["subject"], self.names(own["people"])), ("Team of Hằng", ["Chi", "Bình"]))

    def test_who_moved_counts_where_he_was_at_the_end(self):
        self.chi.create_version({"date_version": "2026-03-16", "department_id": self.office.id})
        self.chi.create_version({"date_version": "2026-04-01", "department_id": self.north.id})
        self.assertFalse(self.prepare(self.south)["people"])
        self.assertEqual(self.names(self.prepare(self.north)["people"]), ["Bình"])
        (chi,) = self.prepare(self.office)["people"]
        self.assertEqual((chi["name"], chi["department"]), ("Chi", "Office"))
        with freeze_time("2026-03-15 02:00:00"):  # while the period runs: today
            (chi,) = self.prepare(self.south)["people"]
            self.assertEqual(chi["department"], "South")
            self.assertFalse(self.prepare(self.office)["people"])

    def test_who_left_stays_in_the_reports_of_the_period(self):
        self.binh.with_context(no_wizard=True).action_archive()
        for subject, user in (
            (self.an, self.an_user),
            (self.hang, self.hang_user),
            (self.north, self.officer),
            (self.sales, self.hang_user),
            (self.company, self.officer),
        ):
            with self.subTest(subject.display_name):
                self.assertIn("Bình", self.names(self.prepare(subject, user)["people"]))

    def test_a_department_that_was_closed_since_stays_in_the_report_above_it(self):
        card = self.make_card(self.north, [("T_REVENUE", 100, 1000)])
        self.north.active = False
        report = self.prepare(self.sales)
        self.assertEqual([unit["id"] for unit in report["units"]], card.ids)
        self.assertEqual(self.names(report["people"]), ["Chi", "Bình"])
        self.assertEqual([card["department"] for card in report["people"]], ["South", "North"])

    def test_the_order_and_the_places_are_the_cockpit_s(self):
        self.enter("t_revenue", self.lan, 1000)
        measured = self.make_card(self.lan, [("T_REVENUE", 100, 1000)])
        measured.action_compute()
        unmeasured = self.make_card(self.an, [("T_COMPLAINTS", 100, 1)])
        unmeasured.action_compute()
        # all wrong, half of it wrong, nothing to judge by, well
        people = ["Chi", "Bình", "An", "Lan"]
        cockpit = self.env["kpi.cockpit"].with_user(self.officer)
        screen = cockpit.load(self.month.id, subject={"type": "company", "id": self.company.id})
        self.assertEqual([row["name"] for row in screen["heat"]["rows"]], people)
        paper = self.prepare(self.company)["people"]
        self.assertEqual(self.names(paper), people)
        self.assertEqual([card["department"] for card in paper], [row["department"] for row in screen["heat"]["rows"]])
        mine = cockpit.load(self.month.id, subject={"type": "employee", "id": self.binh.id})
        lost = {line["id"]: line["lost"] for card in paper for line in card["lines"]}
        self.assertEqual([lost[line["id"]] for line in mine["cards"]], [line["lost"] for line in mine["cards"]])

    def test_what_nobody_agreed_to_yet_says_so(self):
        self.make_card(self.north, [("T_REVENUE", 100, 1000)], agreed=False)
        self.make_card(self.an, [("T_REVENUE", 100, 1000)], agreed=False)
        for subject, drafts in ((self.sales, 2), (self.north, 2), (self.south, 0)):
            request = (
                self.env["kpi.report.request"]
                .with_user(self.officer)
                .create({"kind": "department", "department_id": subject.id, "period_id": self.month.id})
            )
            text = self.html("kpi_management.action_report_department", request.ids, self.officer)
            with self.subTest(subject.name):
                self.assertEqual(text.count("Draft"), drafts)

    def test_the_workbook_has_numbers(self):
        request = self.env["kpi.report.request"].with_user(self.officer)
        book = openpyxl.load_workbook(io.BytesIO(request._workbook_of((self.card | self.chis).with_user(self.officer))))
        cards, lines = book.worksheets
        self.assertEqual((cards.title, lines.title), ("Scorecards", "KPIs"))
        self.assertEqual((cards.freeze_panes, lines.freeze_panes), ("B2", "B2"))
        self.assertEqual((cards.auto_filter.ref, lines.auto_filter.ref), ("A1:N3", "A1:M4"))
        rows = [dict(zip([cell.value for cell in lines[1]], row, strict=True)) for row in lines.iter_rows(min_row=2)]
        revenue = rows[0]
        self.assertEqual((revenue["Subject"].value, revenue["KPI"].value), ("Bình", "T_REVENUE"))
        self.assertEqual((revenue["Actual"].value, revenue["Actual"].number_format), (300, '#,##0 "₫"'))
        self.assertEqual((revenue["Attainment"].value, revenue["Attainment"].number_format), (0.3, "0.00%"))
        self.assertEqual(revenue["Points lost"].value, 42)
        self.assertEqual(rows[1]["Attainment"].value, 0.875)
        score = dict(zip([cell.value for cell in cards[1]], cards[2], strict=True))
        self.assertEqual((score["Score"].value, score["Behind"].value, score["At risk"].value), (0.53, 1, 1))

    def test_no_text_is_taken_for_a_formula(self):
        self.binh.name = "=1+1"
        book = openpyxl.load_workbook(io.BytesIO(self.env["kpi.report.request"]._workbook_of(self.card)))
        self.assertEqual((book.worksheets[0]["A2"].value, book.worksheets[0]["A2"].data_type), ("=1+1", "s"))

    def html(self, report, ids, user):
        report = self.env["ir.actions.report"].with_user(user)._render_qweb_html(report, ids)[0]
        # without the emphasis, and without the logo, whose data it lists at the end
        return " ".join(html2plaintext(report.decode()).replace("*", "").partition("data:image")[0].split())

    def test_the_scorecard_on_paper(self):
        self.card.note = "<p>Agreed with care.</p>"
        text = self.html("kpi_management.action_report_scorecard", (self.card | self.chis).ids, self.officer)
        for part in ("Bình", "03/2026", "53 %", "87.5 %", "▼ Behind", "● At risk", "Agreed with care.", "Chi", "55 %"):
            with self.subTest(part):
                self.assertIn(part, text)
        self.assertRegex(text, r"300\s₫")
        self.assertIn("Agreed on 04/02/2026, by OdooBot", text)

    def test_the_last_periods_are_drawn(self):
        before = self.make_period("2026-02-15")
        self.enter("t_revenue", self.chi, 500, before)
        old = self.make_card(self.chi, [("T_REVENUE", 100, 1000)], period=before)
        old.action_compute()
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("kpi_management.action_report_scorecard", self.chis.ids)[0]
            .decode()
        )
        # 50 % and 55 % of a picture of 22 points that ends at 125 %: 8.8 and 9.68 high
        self.assertRegex(html, r'<rect[^>]+height="8\.8')
        self.assertRegex(html, r'<rect[^>]+height="9\.68')

    def test_the_department_on_paper(self):
        request = (
            self.env["kpi.report.request"]
            .with_user(self.hang_user)
            .create({"kind": "department", "department_id": self.sales.id, "period_id": self.month.id})
        )
        text = self.html("kpi_management.action_report_department", request.ids, self.hang_user)
        for part in ("Sales", "Own KPIs", "54 %", "2 behind", "1 at risk", "What needs attention first", "Chi", "Bình"):
            with self.subTest(part):
                self.assertIn(part, text)

    def test_hundreds_of_people_cost_no_more_queries_than_ten(self):
        counts = []
        crowd = make_crowd(self.binh, 1010)
        for people in (crowd[:10], crowd[10:]):
            period = self.make_period("2026-02-15" if people == crowd[:10] else "2026-01-15")
            cards = self.env["kpi.scorecard"].create(
                [{"employee_id": person.id, "period_id": period.id, "subject_type": "employee"} for person in people]
            )
            self.env["kpi.scorecard.line"].create(
                [
                    {"scorecard_id": card.id, **self._line_vals(code, 50, 10)}
                    for card in cards
                    for code in ("T_REVENUE", "T_STOCK")
                ]
            )
            counts.append(self._queries(period))
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[0], 44)

    def _queries(self, period):
        """The queries of the report on Sales, with cold caches."""
        self.env.flush_all()
        self.env.invalidate_all()
        report = self.env["kpi.report.department"].with_user(self.officer)
        before = self.env.cr.sql_log_count
        found = report._prepare(self.sales.with_user(self.officer), period.with_user(self.officer))
        count = self.env.cr.sql_log_count - before
        self.assertGreaterEqual(len(found["people"]), 10)
        return count
