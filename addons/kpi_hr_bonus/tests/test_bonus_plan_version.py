from contextlib import contextmanager

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import BonusCase

CURVE = [(0, 0, {"score": 80, "payout": 50}), (0, 0, {"score": 100, "payout": 100})]
FROZEN = "no longer change|không còn thay đổi"  # in either language


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestBonusPlanVersion(BonusCase):
    """A published plan does not change; what changes is its next version, from a period on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.april = cls.make_period("2026-04-15")
        cls.plan = cls.make_plan(
            curve_ids=CURVE, gate_ids=[(0, 0, {"definition_id": cls.safety.id, "minimum": 90})], note="<p>Fair.</p>"
        )

    def new_version(self, plan=None, **vals):
        """The next version as the officer makes it: by default in draft from 1 April."""
        plan = (plan or self.plan).with_user(self.officer)
        version = plan.browse(plan.action_new_version()["res_id"])
        if vals:
            version.write(vals)
        return version

    @contextmanager
    def assertRefused(self, error, text):
        """Odoo rolls back what an ``assertRaises`` refuses, but not what an ``assertRaisesRegex`` does."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), text)

    # ------------------------------------------------------------ frozen

    def test_published_terms_are_frozen_at_every_door(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        draft = self.make_plan(state="draft", name="Draft", curve_ids=[(0, 0, {"score": 90, "payout": 90})])
        point, gate = self.plan.curve_ids[0], self.plan.gate_ids
        for user in (self.officer, self.env.user):
            plan = self.plan.with_user(user)
            doors = {
                "amount": lambda plan=plan: plan.write({"amount": 1}),
                "name": lambda plan=plan: plan.write({"name": "Other"}),
                "in Vietnamese": lambda plan=plan: plan.with_context(lang="vi_VN").write({"name": "Khác"}),
                "population": lambda plan=plan: plan.write({"department_ids": [(5,)]}),
                "regulation": lambda plan=plan: plan.write({"note": "<p>Unfair.</p>"}),
                "several": lambda plan=plan: plan.write({"date_end": "2026-12-31", "amount": 1}),
                "translation": lambda plan=plan: plan.update_field_translations("name", {"vi_VN": "Khác"}),
                "point through the plan": lambda plan=plan: plan.write({"curve_ids": [(1, point.id, {"payout": 99})]}),
                "points gone": lambda plan=plan: plan.write({"curve_ids": [(5,)]}),
                "point": lambda user=user: point.with_user(user).write({"payout": 99}),
                "point deleted": lambda user=user: point.with_user(user).unlink(),
                "point added": lambda user=user: point.with_user(user).create(
                    {"plan_id": self.plan.id, "score": 90, "payout": 99}
                ),
                "point moved in": lambda user=user: draft.curve_ids.with_user(user).write({"plan_id": self.plan.id}),
                "point moved out": lambda user=user: point.with_user(user).write({"plan_id": draft.id}),
                "gate": lambda user=user: gate.with_user(user).write({"factor": 1}),
                "tier": lambda user=user: (
                    self.env["kpi.bonus.tier"]
                    .with_user(user)
                    .create({"plan_id": self.plan.id, "value_from": 0, "rate": 1})
                ),
            }
            for label, door in doors.items():
                with self.subTest(label, user=user.login), self.assertRefused(UserError, FROZEN):
                    door()
        self.assertEqual(self.plan.curve_ids.mapped("payout"), [50, 100])

    def test_import_changes_nothing(self):
        answer = self.plan.with_user(self.officer).load([".id", "amount"], [[str(self.plan.id), "9"]])
        self.assertFalse(answer["ids"])
        self.assertIn("no longer change", answer["messages"][0]["message"])
        self.assertEqual(self.plan.amount, 5_000_000)

    def test_the_state_changes_by_the_buttons_alone(self):
        plan = self.plan.with_user(self.officer)
        for vals in ({"state": "draft"}, {"version": 7}, {"previous_id": False}, {"published_by_id": 1}):
            with self.subTest(vals), self.assertRefused(AccessError, "Use the buttons"):
                plan.write(vals)
        with self.assertRefused(AccessError, "New Version"):
            self.make_plan(version=2)

    def test_a_plan_made_published_goes_the_way_of_the_button(self):
        with self.assertRefused(UserError, "worth"):
            self.make_plan(amount=0)
        plan = self.make_plan()
        self.assertEqual((plan.state, plan.published_by_id), ("published", self.env.user))
        self.assertEqual(plan.acknowledgement_ids.employee_id, self.hang | self.an | self.binh)

    def test_an_archived_department_still_limits_the_plan(self):
        plan = self.make_plan(department_ids=[(6, 0, self.production.ids)])
        self.production.active = False
        plan.invalidate_recordset()
        self.assertEqual(plan.department_ids, self.production)
        self.assertEqual(set(plan._covered_employees()), set((self.cuong | self.lan | self.minh).ids))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.production.unlink()

    # ---------------------------------------------------------- take back

    def test_taken_back_while_nobody_relies_on_it(self):
        plan = self.plan.with_user(self.officer)
        plan.action_draft()
        self.assertEqual((plan.state, plan.acknowledgement_ids.ids), ("draft", []))
        plan.amount = 6_000_000
        plan.action_publish()
        self.plan.acknowledgement_ids.filtered(lambda ack: ack.employee_id == self.an).with_user(
            self.an_user
        ).action_acknowledge()
        with self.assertRefused(UserError, "1 people acknowledged"):
            plan.action_draft()
        with self.assertRefused(UserError, "1 people acknowledged"):
            plan.unlink()

    def test_not_taken_back_once_computed(self):
        self.make_card(self.an, 80.0)
        self.compute(self.plan)
        with self.assertRefused(UserError, "were computed"):
            self.plan.with_user(self.officer).action_draft()

    # ----------------------------------------------------------- versions

    def test_the_next_version_takes_over(self):
        version = self.new_version()
        self.assertRecordValues(
            version,
            [
                {
                    "name": "Sales bonus",
                    "state": "draft",
                    "version": 2,
                    "previous_id": self.plan.id,
                    "date_start": self.date("2026-04-01"),
                    "date_end": False,
                }
            ],
        )
        self.assertEqual(version.curve_ids.mapped("payout"), [50, 100])
        self.assertEqual(version.gate_ids.definition_id, self.safety)
        # asked again, it is the same draft
        self.assertEqual(self.plan.with_user(self.officer).action_new_version()["res_id"], version.id)
        version.amount = 7_000_000
        version.action_publish()
        self.assertEqual(self.plan.date_end, self.date("2026-03-31"))
        self.assertEqual(self.plan.display_name, "Sales bonus (version 1)")
        self.assertEqual(version.display_name, "Sales bonus (version 2)")
        self.assertEqual((self.plan.version_count, version.version_count), (2, 2))

    def test_each_period_is_paid_by_its_version(self):
        version = self.new_version(amount=7_000_000, gate_ids=[(5,)])
        version.action_publish()
        for period in (self.march, self.april):
            self.make_card(self.an, 100.0, period)
        # March: the gate's KPI was not measured, factor 0; April: 7,000,000 × 100 %
        self.march.with_user(self.officer).action_compute_bonuses()
        self.april.with_user(self.officer).action_compute_bonuses()
        self.assertEqual(self.plan.statement_ids.period_id, self.march)
        self.assertEqual(version.statement_ids.period_id, self.april)
        self.assertEqual(version.statement_ids.amount, 7_000_000)
        self.assertEqual(version.statement_ids.display_name, f"An · Sales bonus (version 2) · {self.april.name}")
        with self.assertRefused(UserError, rf"{self.april.name} is paid by Sales bonus \(version 2\)"):
            self.plan.with_user(self.officer).action_compute(self.april.id)

    def test_a_version_begins_with_a_period(self):
        version = self.new_version(date_start="2026-04-16")
        with self.assertRefused(UserError, "within a period.*04/01/2026 or 05/01/2026"):
            version.action_publish()
        # a quarter may not begin in the middle of one either: 1 May is the first day of a month only
        version.write({"date_start": "2026-05-01", "period_type": "quarter"})
        with self.assertRefused(UserError, "04/01/2026 or 07/01/2026"):
            version.action_publish()
        version.date_start = "2026-01-01"
        with self.assertRefused(UserError, "must begin after"):
            version.action_publish()
        self.assertEqual((version.state, self.plan.date_end), ("draft", False))

    def test_a_version_does_not_take_what_is_computed(self):
        self.make_card(self.an, 80.0, self.april)
        version = self.new_version()
        statement = self.compute(self.plan, self.april)[self.an]
        with self.assertRefused(UserError, f"Bonuses of {self.april.name} were computed"):
            version.action_publish()
        statement.with_user(self.officer).action_cancel()
        version.action_publish()
        self.assertEqual(version.state, "published")

    def test_a_later_version_begins_after_what_is_computed(self):
        self.make_card(self.an, 80.0, self.april)
        self.compute(self.plan, self.april)
        self.assertEqual(self.new_version().date_start, self.date("2026-05-01"))

    def test_taking_the_next_version_back_gives_the_end_back(self):
        version = self.new_version()
        version.action_publish()
        with self.assertRefused(ValidationError, "takes over"):
            self.plan.with_user(self.officer).date_end = False
        with self.assertRefused(UserError, "later version"):
            self.plan.with_user(self.officer).action_draft()
        version.action_draft()
        self.assertFalse(self.plan.date_end)
        version.unlink()
        self.assertEqual(self.new_version().version, 2)

    def test_ending_a_plan_keeps_what_it_paid(self):
        self.make_card(self.an, 80.0)
        self.compute(self.plan)
        plan = self.plan.with_user(self.officer)
        with self.assertRefused(ValidationError, f"bonuses of {self.march.name}"):
            plan.date_end = "2026-03-30"
        plan.date_end = "2026-03-31"
        self.assertEqual(plan.state, "published")

    def test_a_debt_goes_over_to_the_next_version(self):
        # March: 0 − 300,000 → nothing paid, 300,000 carried; April by version 2: 5,000,000 − 300,000
        version = self.new_version(gate_ids=[(5,)], curve_ids=[(5,)])
        version.action_publish()
        self.make_card(self.an, 0.0)
        statement = self.compute(self.plan)[self.an]
        statement.with_user(self.officer).line_ids = [(0, 0, {"name": "Lost sample", "amount": -300_000})]
        statement.with_user(self.officer).action_submit()
        statement.with_user(self.approver).action_approve()
        self.make_card(self.an, 100.0, self.april)
        self.assertEqual(self.compute(version, self.april)[self.an].amount, 4_700_000)

    def test_what_changed_is_told(self):
        version = self.new_version(
            amount=7_000_000,
            curve_ids=[(5,), (0, 0, {"score": 70, "payout": 40})],
            department_ids=[(6, 0, self.production.ids)],
        )
        changes = {label: (before, after) for label, before, after in version._changes_from(self.plan)}
        self.assertEqual(changes.keys(), {"From", "Amount at 100 %", "Payout curve", "Departments"})
        self.assertEqual(changes["Payout curve"], ("80 % → 50 %, 100 % → 100 %", "70 % → 40 %"))
        self.assertEqual(changes["Departments"], ("Sales", "Production"))
        self.assertIn("70 % → 40 %", version.changes_html)
        self.assertEqual(version.compare_id, self.plan)

    def test_only_officers_make_versions(self):
        for user in (self.approver, self.an_user):
            for call in ("action_new_version", "action_publish", "action_archive", "action_draft"):
                with self.subTest(call, user=user.login), self.assertRaises(AccessError):
                    getattr(self.plan.with_user(user), call)()
