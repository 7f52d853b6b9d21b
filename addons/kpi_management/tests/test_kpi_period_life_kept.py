import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .change_case import ChangeCase
from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiClosedKept(KpiCase):
    """What the figures of a closed March are shown in, counted by and taken from."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.figure = cls.enter("t_revenue", cls.binh, 80)
        cls.file = cls._attach(cls.figure, "report.txt")
        cls.april_figure = cls.enter("t_revenue", cls.binh, 70, cls.make_period("2026-04-01"))
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 100, 100)])
        cls.month.with_user(cls.officer).action_close()

    @classmethod
    def _attach(cls, figure, name):
        return cls.env["ir.attachment"].create(
            {"name": name, "raw": b"80 million", "res_model": figure._name, "res_id": figure.id}
        )

    def test_a_kpi_keeps_its_unit_and_direction(self):
        for user in (self.officer, self.admin):
            kpi = self.revenue.with_user(user)
            for vals in ({"unit": "percent"}, {"direction": "lower"}):
                with self.subTest(user.login, **vals), self.refused(UserError, "on closed scorecards"):
                    kpi.write(vals)
            kpi.write({"unit": "currency", "direction": "higher", "name": "Revenue"})
        self.assertFalse(self.revenue.load([".id", "unit"], [[str(self.revenue.id), "percent"]])["ids"])
        copy = self.revenue.with_user(self.admin).copy()
        copy.unit = "percent"
        self.complaints.with_user(self.officer).unit = "percent"
        self.assertEqual((self.card.line_ids.unit, copy.unit, self.complaints.unit), ("currency", "percent", "percent"))

    def test_a_company_keeps_its_currency(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        with self.refused(UserError, "amounts in VND"):
            self.company.currency_id = dollar
        self.company.currency_id = self.company.currency_id
        self.other_company.currency_id = dollar
        self.assertEqual((self.company.currency_id.name, self.other_company.currency_id.name), ("VND", "USD"))

    def test_what_a_figure_was_taken_from_is_kept(self):
        april = self._attach(self.april_figure, "april.txt")
        for user in (self.officer, self.admin, self.env.user):
            file = self.file.with_user(user)
            for attempt, change in {
                "content": lambda file=file: file.write({"raw": b"90 million"}),
                "name": lambda file=file: file.write({"name": "other.txt"}),
                "taken to April": lambda file=file: file.write({"res_id": self.april_figure.id}),
                "taken elsewhere": lambda file=file: file.write({"res_model": False, "res_id": False}),
                "deleted": file.unlink,
                "from the figure": lambda user=user: self.figure.with_user(user).write(
                    {"attachment_ids": [Command.delete(self.file.id)]}
                ),
            }.items():
                with self.subTest(attempt, by=user.login), self.assertRaises(UserError):
                    change()
        self.assertEqual(
            (self.file.raw, self.file.name, self.file.res_id), (b"80 million", "report.txt", self.figure.id)
        )
        april.with_user(self.officer).write({"raw": b"70 million"})
        april.with_user(self.officer).unlink()

    def test_more_may_be_said_about_a_closed_figure(self):
        self.figure.with_user(self.officer).message_post(body="See this", attachments=[("more.txt", b"more")])
        self.assertEqual(set(self.figure.attachment_ids.mapped("name")), {"report.txt", "more.txt"})

    def test_files_move_to_other_storage_as_they_are(self):
        self.file.write({"raw": b"80 million", "mimetype": self.file.mimetype})
        self.assertEqual(self.file.raw, b"80 million")

    def test_agreed_targets_are_for_their_days_and_company(self):
        april, may = self.april_figure.period_id, self.make_period("2026-05-01")
        self.make_card(self.binh, [("T_REVENUE", 100, 100)], may)
        june = self.make_period("2026-06-01")
        self.make_card(self.binh, [("T_REVENUE", 100, 100)], june, agreed=False)
        for label, period, vals in (
            ("figures", april, {"date_start": "2026-07-01", "date_end": "2026-07-31"}),
            ("agreed", may, {"date_start": "2026-07-01", "date_end": "2026-07-31"}),
            ("another type", may, {"period_type": "half", "date_start": "2026-01-01", "date_end": "2026-06-30"}),
            ("a company", may, {"company_id": self.other_company.id}),
            ("a company, drafts", june, {"company_id": self.other_company.id}),
        ):
            with self.subTest(label), self.assertRaises(UserError):
                period.with_user(self.officer).write({**vals, "parent_id": False})
        june.with_user(self.officer).write({"date_start": "2026-07-01", "date_end": "2026-07-31", "parent_id": False})
        self.assertEqual(june.scorecard_ids.line_ids.mapped("date_start"), [june.date_start])
        may.with_user(self.officer).write({"name": "Lễ hội", "date_start": "2026-05-01"})
        self.assertEqual(may.name, "Lễ hội")

    def test_shorter_periods_within_are_told_of_before_closing(self):
        quarter = self.month.parent_id
        february, week = self.make_period("2026-02-01"), self.make_period("2026-03-09", "week")
        across = self.make_period("2026-03-30", "week")  # to 5 April
        self.make_period("2026-01-01")  # without scorecards
        for period in (quarter, february, week, across):
            self.make_card(self.chi, [("T_REVENUE", 100, 100)], period)
        items = {item["code"]: item for item in quarter.with_user(self.officer).checklist}
        self.assertEqual((items["parts"]["count"], items["parts"]["blocking"]), (2, False))
        action = quarter.with_user(self.officer).action_open_check("parts")
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), february | week)


@tagged("post_install", "-at_install")
class TestKpiClosedChoices(KpiCase):
    """A KPI counts what is chosen on it; March was closed with Vietnam."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parameter = cls.env["kpi.parameter"].create(
            {"name": "Country", "code": "t_country", "model_id": cls.env["ir.model"]._get("res.country").id}
        )
        cls.make_measure(
            "t_partners",
            source="query",
            model_id=cls.env["ir.model"]._get("res.partner").id,
            aggregate="count",
            domain="[('is_company', '=', True)]",
            date_field="create_date",
            employee_path="user_id",
            company_path="company_id",
            parameter_ids=[Command.create({"parameter_id": parameter.id, "path": "country_id"})],
        )
        cls.partners = cls.make_kpi("T_PARTNERS", "t_partners")
        cls.choice = cls.env["kpi.parameter.value"].create(
            {
                "definition_id": cls.partners.id,
                "parameter_id": parameter.id,
                "value_ref": f"res.country,{cls.env.ref('base.vn').id}",
            }
        )
        countries = ["base.vn", "base.vn", "base.us"]
        cls.made = cls.env["res.partner"].create(
            [
                {
                    "name": f"T {number}",
                    "is_company": True,
                    "company_id": cls.company.id,
                    "user_id": cls.binh_user.id,
                    "country_id": cls.env.ref(country).id,
                }
                for number, country in enumerate(countries)
            ]
        )
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE res_partner SET create_date = '2026-03-10' WHERE id IN %s", [cls.made._ids])
        cls.card = cls.make_card(cls.binh, [("T_PARTNERS", 100, 4)])
        cls.month.with_user(cls.officer).action_close()

    def test_another_choice_on_the_kpi_is_no_late_data(self):
        self.assertEqual(self.card.line_ids.actual, 2)
        self.choice.with_user(self.admin).value_ref = self.env.ref("base.us")
        self.month.with_user(self.officer).action_check_late_data()
        self.assertFalse(self.card.has_late_data)
        self.choice.with_user(self.admin).unlink()
        self.month.with_user(self.officer).action_check_late_data()
        self.assertFalse(self.card.has_late_data)

    def test_the_records_that_were_counted_open(self):
        self.choice.with_user(self.admin).value_ref = self.env.ref("base.us")
        self.partners.with_user(self.admin).formula = "1"
        action = self.card.line_ids.with_user(self.officer).action_open_records()
        self.assertEqual(self.env["res.partner"].search(action["domain"]), self.made[:2])


@tagged("post_install", "-at_install")
class TestKpiTargetChangeWords(ChangeCase):
    """Nobody speaks for another; whoever refuses says why; a meeting is a click away."""

    def test_an_officer_puts_no_words_into_another_s_request(self):
        change = self.draft(self.binh_user, self.revenue_line, new_target=90).with_user(self.officer)
        for attempt, act in {
            "write": lambda: change.write({"new_target": 1}),
            "request": change.action_request,
            "delete": change.unlink,
        }.items():
            with self.subTest(attempt), self.assertRaises(AccessError):
                act()
        change.with_user(self.binh_user).action_request()
        with self.assertRaises(AccessError):
            change.action_take_back()
        self.assertEqual(change.state, "requested")

    def test_whoever_refuses_is_asked_why(self):
        change = self.ask(self.binh_user, self.revenue_line, new_target=90)
        for user in (self.binh_user, self.chi_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                change.with_user(user).action_ask_refuse()
        action = change.with_user(self.an_user).action_ask_refuse()
        wizard = self.env[action["res_model"]].with_user(self.an_user).with_context(**action["context"])
        wizard.create({"reason": "Others reach it"}).action_confirm()
        self.assertEqual((change.state, self.revenue_line.target), ("refused", 100))
        self.assertIn("Others reach it", self.card.message_ids[0].body)
        self.assertIn(self.binh_user.partner_id, self.card.message_ids[0].notified_partner_ids)

    def test_a_refusal_in_another_s_name_is_refused(self):
        change = self.ask(self.binh_user, self.revenue_line, new_target=90)
        wizard = self.env["kpi.target.change.refuse"].with_user(self.binh_user)
        refusal = wizard.create({"change_id": change.id, "reason": "x"})
        with self.assertRaises(AccessError):
            refusal.action_confirm()

    def test_the_holder_plans_a_meeting_from_the_change(self):
        change = self.change(self.revenue_line, new_target=120).with_user(self.binh_user)
        action = change.action_plan_meeting()
        self.assertEqual(action["context"]["active_id"], self.card.id)
        scheduler = self.env[action["res_model"]].with_user(self.binh_user).with_context(**action["context"])
        scheduler.create({}).action_schedule_activities()
        meeting = self.env.ref("mail.mail_activity_data_meeting")
        activity = self.card.activity_ids.filtered(lambda activity: activity.activity_type_id == meeting)
        self.assertEqual(activity.user_id, self.an_user)

    def test_weights_make_100_on_each_day_and_over_the_month(self):
        changes = self.draft(self.an_user, self.revenue_line, "2026-03-21", new_weight=45)
        changes |= self.draft(self.an_user, self.complaints_line, "2026-03-21", new_weight=55)
        changes.action_request()
        changes.with_user(self.officer).action_approve()
        # 20 days of 60 and 11 of 45: 1695 ÷ 31; 20 of 40 and 11 of 55: 1405 ÷ 31; together 3100 ÷ 31
        self.assertAlmostEqual(self.revenue_line.effective_weight, 54.6774194, 6)
        self.assertAlmostEqual(self.complaints_line.effective_weight, 45.3225806, 6)
        self.assertAlmostEqual(sum(self.card.line_ids.mapped("effective_weight")), 100, 9)
        self.assertEqual(self.card.weight_total, 100)

    def test_the_pace_leads_to_what_counts_for_the_month(self):
        self.change(self.revenue_line, "2026-03-15", new_target=120)
        self.enter("t_revenue", self.binh, 50)
        self.env["kpi.computation"]._run(self.card)
        self.env["kpi.scorecard.snapshot"]._take()
        # 14 days of 100 and 17 of 120: 3440 ÷ 31. By Monday 9 o'clock 81 of the 176 working hours are over.
        self.assertAlmostEqual(self.revenue_line.snapshot_ids.pace, 3440 / 31 * 81 / 176, 4)
        pace = self.revenue_line.read_progress()["pace"]
        self.assertAlmostEqual(pace[-1][1], 3440 / 31, 6)

    def test_whoever_agreed_is_not_forgotten(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.env.cr.execute("DELETE FROM res_users WHERE id = %s", [self.card.manager_agreed_by_id.id])
