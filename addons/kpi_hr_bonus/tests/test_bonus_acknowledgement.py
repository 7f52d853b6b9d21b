import base64

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_management.models.guard import trusted
from odoo.addons.kpi_management.tests.crowd import make_crowd

from .common import BonusCase

SHEET = base64.b64encode(b"%PDF-1.4 signed")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestBonusAcknowledgement(BonusCase):
    """Everybody covered reads the plan and says so; nobody in another's name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # without a login, in Sales
        cls.tam = cls.make_employee("Tâm", cls.sales)
        cls.plan = cls.make_plan(note="<p>Be fair.</p>")
        cls.acks = cls.plan.acknowledgement_ids.grouped("employee_id")

    def activities(self, user):
        return self.env["mail.activity"].search(
            [("res_model", "=", "kpi.bonus.acknowledgement"), ("user_id", "=", user.id)]
        )

    def paper(self, employee, user=None, **vals):
        wizard = self.env["kpi.bonus.paper"].with_user(user or self.officer)
        values = {"acknowledgement_id": self.acks[employee].id, "signature": SHEET, "signature_name": "tam.pdf", **vals}
        return wizard.create(values).action_confirm()

    def test_publication_asks_everybody_covered(self):
        self.assertEqual(set(self.acks), {self.hang, self.an, self.binh, self.tam})
        self.assertEqual(self.plan.acknowledgement_text, "0 of 4")
        self.assertEqual(self.plan.population_count, 4)
        activity = self.activities(self.an_user)
        self.assertEqual(activity.res_id, self.acks[self.an].id)
        self.assertEqual(activity.date_deadline, self.date("2026-03-17"))
        self.assertFalse(self.activities(self.officer))

    def test_one_button_after_reading(self):
        mine = self.acks[self.an].with_user(self.an_user)
        self.assertIn("Be fair.", mine.regulation_html)
        self.assertIn("Departments: Sales", mine.regulation_html)
        self.assertEqual(self.plan.with_user(self.an_user).my_acknowledgement_id, mine)
        mine.action_acknowledge()
        self.assertRecordValues(
            mine, [{"state": "acknowledged", "acknowledged_by_id": self.an_user.id, "on_paper": False}]
        )
        self.assertEqual(mine.date.date(), self.date("2026-03-10"))
        self.assertFalse(self.activities(self.an_user))
        self.assertEqual(self.plan.acknowledgement_text, "1 of 4")
        self.assertFalse(self.plan.with_user(self.an_user).my_acknowledgement_id)
        # once is enough
        mine.action_acknowledge()
        self.assertEqual(self.plan.acknowledgement_text, "1 of 4")

    def test_nobody_in_anothers_name(self):
        ack = self.acks[self.binh]
        # the manager of the person, the officer, the approver, and the system
        for user in (self.an_user, self.officer, self.approver, self.env.user):
            with self.subTest(user=user.login), self.assertRaisesRegex(AccessError, "Only Bình"):
                ack.with_user(user).action_acknowledge()
        for user in (self.an_user, self.officer, self.binh_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                ack.with_user(user).write({"state": "acknowledged"})
        with self.assertRaisesRegex(AccessError, "another's name"):
            ack.sudo().write({"state": "acknowledged", "acknowledged_by_id": self.binh_user.id})
        with self.assertRaises(AccessError):
            ack.with_user(self.officer).create({"plan_id": self.plan.id, "employee_id": self.cuong.id})
        with self.assertRaisesRegex(AccessError, "nobody writes it by hand"):
            ack.sudo().create({"plan_id": self.plan.id, "employee_id": self.cuong.id})
        with self.assertRaisesRegex(UserError, "no longer change"):
            self.plan.write({"acknowledgement_ids": [(1, ack.id, {"state": "acknowledged"})]})
        self.assertEqual(ack.state, "waiting")

    def test_given_it_stays(self):
        ack = self.acks[self.an]
        ack.with_user(self.an_user).action_acknowledge()
        for user in (self.an_user, self.officer):
            with self.assertRaises(AccessError):
                ack.with_user(user).unlink()
        with self.assertRaisesRegex(UserError, "is kept"):
            ack.sudo().unlink()
        with self.assertRaises(UserError):
            ack.sudo().copy()
        self.plan.with_user(self.officer).action_archive()
        self.assertEqual(self.plan.acknowledgement_ids, ack)
        self.assertFalse(self.activities(self.binh_user))

    def test_who_has_no_login_signs_on_paper(self):
        self.paper(self.tam, signed_on="2026-03-09")
        ack = self.acks[self.tam]
        self.assertRecordValues(
            ack,
            [
                {
                    "state": "acknowledged",
                    "on_paper": True,
                    "acknowledged_by_id": self.officer.id,
                    "signed_on": self.date("2026-03-09"),
                    "signature": SHEET,
                }
            ],
        )
        self.assertEqual(self.plan.acknowledgement_text, "1 of 4")
        with self.assertRaisesRegex(UserError, "already"):
            self.paper(self.tam)

    def test_paper_is_no_way_around(self):
        with self.assertRaisesRegex(UserError, "Bình has a login"):
            self.paper(self.binh)
        with self.assertRaisesRegex(UserError, "future"):
            self.paper(self.tam, signed_on="2026-03-11")
        for user in (self.an_user, self.approver):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.paper(self.tam, user=user)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.paper(self.tam, signature=False)
        self.assertEqual(self.acks[self.tam].state, "waiting")

    def test_joiners_are_asked_by_night_and_leavers_no_more(self):
        newcomer = self.make_user("newcomer")
        joiner = self.make_employee("Joiner", self.sales, start="2026-03-05", user_id=newcomer.id)
        self.tam.user_id = self.make_user("tam")
        self.acks[self.an].with_user(self.an_user).action_acknowledge()
        (self.binh | self.an).version_id.contract_date_end = "2026-03-05"
        with self.enter_registry_test_mode():
            self.env.ref("kpi_hr_bonus.cron_ask_acknowledgements").method_direct_trigger()
        asked = self.plan.acknowledgement_ids
        # Bình left without an answer; what An said is kept
        self.assertEqual(asked.employee_id, self.hang | self.an | self.tam | joiner)
        self.assertEqual(len(self.activities(newcomer)), 1)
        self.assertEqual(len(self.activities(self.tam.user_id)), 1)
        self.assertEqual(len(self.activities(self.hang_user)), 1, "asked once")
        self.assertEqual(self.plan.acknowledgement_text, "1 of 4")

    def test_a_new_version_is_acknowledged_anew(self):
        self.acks[self.an].with_user(self.an_user).action_acknowledge()
        plan = self.plan.with_user(self.officer)
        version = plan.browse(plan.action_new_version()["res_id"])
        version.action_publish()
        self.assertEqual((plan.acknowledgement_text, version.acknowledgement_text), ("1 of 4", "0 of 4"))

    def test_reminder(self):
        self.acks[self.an].with_user(self.an_user).action_acknowledge()
        before = self.env["mail.message"].search([("model", "=", "kpi.bonus.plan")])
        answer = self.plan.with_user(self.officer).action_remind()
        message = self.env["mail.message"].search([("model", "=", "kpi.bonus.plan")]) - before
        self.assertEqual(message.notified_partner_ids, (self.hang_user | self.binh_user).partner_id)
        self.assertEqual(answer["params"]["message"], "Reminded: 2. Without a login, to sign on paper: 1.")
        with self.assertRaises(AccessError):
            self.plan.with_user(self.approver).action_remind()
        for employee in (self.hang, self.binh):
            self.acks[employee].with_user(employee.user_id).action_acknowledge()
        self.paper(self.tam)
        with self.assertRaisesRegex(UserError, "nobody to remind"):
            self.plan.with_user(self.officer).action_remind()

    def test_who_sees_what(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_user("stranger", "kpi_hr_bonus.group_bonus_officer", company=other)
        everybody = self.hang | self.an | self.binh | self.tam
        for user, expected in (
            (self.officer, everybody),
            (self.approver, everybody),
            (self.hang_user, self.hang | self.an | self.binh),
            (self.binh_user, self.binh),
            (self.make_user("nobody"), self.env["hr.employee"]),
            (stranger, self.env["hr.employee"]),
        ):
            with self.subTest(user=user.login):
                Ack = self.env["kpi.bonus.acknowledgement"].with_user(user)
                seen = Ack.with_context(allowed_company_ids=user.company_ids.ids).search([])
                self.assertEqual(seen.sudo().employee_id, expected)
        with self.assertRaises(AccessError):
            self.acks[self.an].with_user(self.binh_user).read(["state"])

    def test_the_printed_plan(self):
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.an_user)
            ._render_qweb_html("kpi_hr_bonus.report_bonus_plan", self.plan.ids)
        )
        text = html.decode()
        for part in ("Sales bonus", "Be fair.", "Departments: Sales", "Signature"):
            self.assertIn(part, text)

    def test_a_thousand_people_in_as_many_queries_as_ten(self):
        counts = []
        for size in (10, 1000):
            self.env.cr.execute("SAVEPOINT crowd")
            crowd = make_crowd(self.binh, size)
            plan = self.make_plan(state="draft", employee_ids=[(6, 0, crowd.ids)], department_ids=False)
            plan = plan.with_user(self.officer)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            plan.action_publish()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(plan.acknowledgement_ids), size)
            activities = self.env["mail.activity"].search_count(
                [("res_model", "=", "kpi.bonus.acknowledgement"), ("res_id", "in", plan.acknowledgement_ids.ids)]
            )
            self.assertEqual(activities, size)
            self.env.invalidate_all()
            with self.assertQueryCount(40):
                plan.read(["acknowledgement_text", "missing_count", "population_count"])
            self.env.cr.execute("ROLLBACK TO SAVEPOINT crowd")
            self.env.invalidate_all(flush=False)
        # Odoo inserts and checks in batches of a thousand and less.
        self.assertLessEqual(counts[1], counts[0] + 25, counts)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestBonusPopulation(BonusCase):
    """Who is covered, told before a plan is published."""

    def test_a_draft_tells_whom_it_would_cover(self):
        plan = self.make_plan(state="draft").with_user(self.officer)
        self.assertEqual(plan.population_count, 3)
        self.assertIn("3 people on 03/10/2026", plan.population_text)
        action = plan.action_open_population()
        rows = self.env["kpi.employment"].with_user(self.officer).search(action["domain"])
        self.assertEqual(rows.sudo().employee_id, self.hang | self.an | self.binh)
        self.assertEqual(rows.with_user(self.officer).read(["date_from"])[0]["date_from"], self.date("2025-01-01"))
        plan.department_ids = self.sales_north
        self.assertEqual(plan.population_count, 1)
        plan.write({"department_ids": False, "employee_ids": [(6, 0, (self.an | self.cuong).ids)]})
        self.assertEqual(plan.population_count, 2)

    def test_counted_within_the_dates_of_the_plan(self):
        joiner = self.make_employee("Joiner", self.sales, start="2026-05-01")
        plan = self.make_plan(state="draft")
        self.assertNotIn(joiner.id, plan._covered_employees())
        plan.date_start = "2026-05-01"
        self.assertIn(joiner.id, plan._covered_employees())
        self.an.version_id.contract_date_end = "2026-02-10"
        plan.write({"date_start": "2026-01-01", "date_end": "2026-01-31"})
        self.assertIn(self.an.id, plan._covered_employees())

    def test_two_plans_of_the_same_kind_are_told(self):
        self.make_plan(name="Team bonus", department_ids=[(6, 0, self.sales_north.ids)])
        plan = self.make_plan(state="draft").with_user(self.officer)
        self.assertEqual(plan.overlap_text, "1 people are paid for the same by Team bonus as well.")
        rows = self.env["kpi.employment"].search(plan.action_open_overlap()["domain"])
        self.assertEqual(rows.employee_id, self.binh)
        for vals in (
            {"period_type": "quarter"},
            {"apply_on": "kpi", "definition_id": self.safety.id},
            {"department_ids": [(6, 0, self.production.ids)]},
            {"in_insurance_base": True},
        ):
            other = self.make_plan(state="draft", **vals)
            self.assertFalse(other.overlap_text, vals)

    def test_versions_do_not_overlap_each_other(self):
        plan = self.make_plan().with_user(self.officer)
        version = plan.browse(plan.action_new_version()["res_id"])
        self.assertFalse(version.overlap_text)
        trusted(plan).date_end = "2026-12-31"
        self.assertFalse(version.overlap_text)
