from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import KpiCase
from .crowd import make_crowd


class ActionCase(KpiCase):
    """In March Bình made 60 of 100 revenue (60 %) and 12 complaints for a target of 10 (80 %)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 60, 100), ("T_COMPLAINTS", 40, 10)])
        cls.figure = cls.enter("t_revenue", cls.binh, 60)
        cls.enter("t_complaints", cls.binh, 12)
        cls.card.action_compute()
        cls.revenue_line = cls.line(cls.card, "T_REVENUE")
        cls.complaints_line = cls.line(cls.card, "T_COMPLAINTS")

    @classmethod
    def act(cls, user, line=None, **vals):
        """An action of a user about a line, or about whom the values say."""
        vals = {"name": "Call back", "cause": "people", "deadline": "2026-04-20", **vals}
        vals = {"responsible_id": cls.binh.id, "line_id": line and line.id, **vals}
        return cls.env["kpi.action"].with_user(user).create(vals)

    @classmethod
    def measure_month(cls, day, revenue, complaints):
        """Bình's figures of another month, with the same targets."""
        period = cls.make_period(day)
        card = cls.card.copy({"period_id": period.id})
        card.action_agree()
        cls.enter("t_revenue", cls.binh, revenue, period)
        cls.enter("t_complaints", cls.binh, complaints, period)
        card.action_compute()
        return card


@tagged("post_install", "-at_install")
class TestKpiAction(ActionCase):
    """What is done about a KPI that lags, and whether it helped."""

    def test_it_keeps_how_the_kpi_stood(self):
        action = self.act(self.an_user, self.revenue_line)
        self.figure.value = 90
        self.card.action_compute()
        self.assertEqual(self.revenue_line.attainment, 90)
        self.assertRecordValues(
            action, [{"has_before": True, "actual_before": 60, "attainment_before": 60, "employee_id": self.binh.id}]
        )
        self.assertEqual((action.company_id, action.period_id), (self.company, self.month))

    def test_better_same_and_worse_in_the_period_after_the_deadline(self):
        revenue = self.act(self.an_user, self.revenue_line)
        complaints = self.act(self.an_user, self.complaints_line)
        trained = self.act(self.an_user, self.revenue_line, deadline="2026-05-31", kind="training")
        self.measure_month("2026-04-01", 10, 30)  # the month of the deadline: not looked at
        self.measure_month("2026-05-01", 75, 14)
        self.measure_month("2026-06-01", 60, 12)
        actions = revenue | complaints | trained
        self.assertEqual(actions.mapped("effect"), ["unknown"] * 3)
        actions.action_done()
        # complaints: 14 of a target of 10, none at 20 → 60 %, after 80 %
        self.assertEqual(actions.mapped("attainment_after"), [75, 60, 60])
        self.assertEqual(actions.mapped("actual_after"), [75, 14, 60])
        self.assertEqual(actions.mapped("effect"), ["better", "worse", "same"])

    def test_the_effect_can_be_searched(self):
        revenue = self.act(self.an_user, self.revenue_line)
        complaints = self.act(self.an_user, self.complaints_line)
        still_open = self.act(self.an_user, self.revenue_line)
        (revenue | complaints).action_done()
        self.measure_month("2026-05-01", 75, 14)
        Action = self.env["kpi.action"].with_user(self.binh_user)
        self.assertEqual(Action.search([("effect", "=", "better")]), revenue)
        self.assertEqual(Action.search([("effect", "in", ["better", "worse"])]), revenue | complaints)
        self.assertEqual(Action.search([("effect", "=", "unknown")]), still_open)
        self.assertEqual(Action.search([("effect", "!=", "better")]), complaints | still_open)

    def test_it_is_not_known_before_the_next_period_is_measured(self):
        action = self.act(self.an_user, self.revenue_line)
        action.action_done()
        self.make_card(self.binh, [("T_REVENUE", 100, 100)], self.make_period("2026-05-01"))
        self.measure_month("2026-06-01", 75, 14)
        self.assertRecordValues(action, [{"has_after": False, "effect": "unknown", "attainment_after": 0}])

    def test_a_deadline_before_the_period_looks_at_the_period_after(self):
        action = self.act(self.an_user, self.revenue_line, deadline="2026-02-10")
        action.action_done()
        self.measure_month("2026-04-01", 80, 12)
        self.assertEqual((action.attainment_after, action.effect), (80, "better"))

    def test_the_same_kpi_of_somebody_else_or_of_another_length_is_not_looked_at(self):
        action = self.act(self.an_user, self.revenue_line)
        action.action_done()
        for subject, period in (
            (self.chi, self.make_period("2026-05-01")),
            (self.north, self.make_period("2026-05-01")),
        ):
            self.enter("t_revenue", subject, 99, period)
            self.make_card(subject, [("T_REVENUE", 100, 100)], period).action_compute()
        self.assertFalse(action.has_after)

    def test_a_quarter_is_compared_with_the_next_one(self):
        quarter = self.make_period("2026-01-01", "quarter")
        card = self.make_card(self.binh, [("T_REVENUE", 100, 100)], quarter)
        self.enter("t_revenue", self.binh, 40, quarter)
        card.action_compute()
        before = card.line_ids.attainment
        action = self.act(self.an_user, card.line_ids)
        action.action_done()
        following = self.make_period("2026-07-01", "quarter")
        after = self.make_card(self.binh, [("T_REVENUE", 100, 200)], following)
        self.enter("t_revenue", self.binh, 300, following)
        after.action_compute()
        self.measure_month("2026-05-01", 1, 12)
        self.assertEqual((action.attainment_before, action.line_after_id), (before, after.line_ids))
        self.assertEqual(action.effect, "better")

    def test_a_kpi_without_figures_has_no_before(self):
        card = self.make_card(self.chi, [("T_REVENUE", 100, 100)])
        action = self.act(self.hang_user, card.line_ids, responsible_id=self.chi.id)
        action.action_done()
        self.assertRecordValues(action, [{"has_before": False, "effect": "unknown"}])

    def test_the_responsible_finds_an_activity(self):
        action = self.act(self.an_user, self.revenue_line)
        self.assertRecordValues(
            action.activity_ids,
            [{"user_id": self.binh_user.id, "summary": "Call back", "date_deadline": action.deadline}],
        )
        action.write({"responsible_id": self.an.id, "deadline": "2026-04-30"})
        self.assertRecordValues(
            action.sudo().activity_ids, [{"user_id": self.an_user.id, "date_deadline": action.deadline}]
        )
        action.action_cancel()
        self.assertFalse(action.sudo().activity_ids)
        action.action_reopen()
        self.assertEqual(action.sudo().activity_ids.user_id, self.an_user)

    def test_ticking_the_activity_off_does_the_action(self):
        action = self.act(self.an_user, self.revenue_line)
        action.with_user(self.binh_user).activity_ids.action_feedback("Called them all")
        self.assertEqual((action.state, str(action.done_on)), ("done", "2026-04-02"))
        self.assertFalse(action.activity_ids)

    def test_an_activity_of_one_s_own_is_no_action(self):
        action = self.act(self.an_user, self.revenue_line)
        other = action.activity_schedule("mail.mail_activity_data_todo", user_id=self.an_user.id)
        other.with_user(self.an_user).action_done()
        self.assertEqual(action.state, "open")

    def test_it_is_about_something(self):
        with self.refused(ValidationError, "Say what the action is about"):
            self.act(self.officer)
        action = self.act(self.an_user, employee_id=self.binh.id, kind="training")
        self.assertRecordValues(action, [{"company_id": self.company.id, "line_id": False, "effect": "unknown"}])

    def test_it_stays_with_what_it_is_about(self):
        action = self.act(self.an_user, self.revenue_line)
        for vals in ({"line_id": self.complaints_line.id}, {"employee_id": self.chi.id}):
            for user in (self.an_user, self.officer):
                with self.subTest(user.login, **vals), self.refused(UserError, "stays with what it is about"):
                    action.with_user(user).write(vals)

    def test_what_was_done_is_kept(self):
        action = self.act(self.an_user, self.revenue_line)
        action.action_done()
        with self.refused(UserError, "is kept"):
            action.unlink()
        with self.refused(UserError, "closed|agreed"):
            self.card.unlink()
        action.action_reopen()
        self.assertFalse(action.done_on)
        action.unlink()

    def test_a_copy_begins_anew(self):
        action = self.act(self.an_user, self.revenue_line)
        action.action_done()
        self.figure.value = 90
        self.card.action_compute()
        self.assertRecordValues(action.copy(), [{"state": "open", "done_on": False, "attainment_before": 90}])

    def test_from_the_line_and_the_card(self):
        opened = self.revenue_line.with_user(self.an_user).action_open_actions()
        self.assertEqual(opened["view_mode"], "form")
        action = self.env["kpi.action"].with_user(self.an_user).with_context(**opened["context"])
        action = action.create({"name": "Call back", "deadline": "2026-04-20"})
        self.assertEqual((action.line_id, action.responsible_id), (self.revenue_line, self.binh))
        self.revenue_line.invalidate_recordset()
        again = self.revenue_line.with_user(self.binh_user).action_open_actions()
        self.assertNotEqual(again["view_mode"], "form")
        self.assertEqual(self.env["kpi.action"].with_user(self.binh_user).search(again["domain"]), action)
        self.assertEqual(self.card.with_user(self.binh_user).action_ids, action)

    def test_on_the_form_the_manager_says_who_does_what_until_when(self):
        opened = self.revenue_line.with_user(self.an_user).action_open_actions()
        form = Form(self.env["kpi.action"].with_user(self.an_user).with_context(**opened["context"]))
        self.assertEqual(
            (form.line_id, form.employee_id, form.responsible_id), (self.revenue_line, self.binh, self.binh)
        )
        form.name, form.cause = "Call back", "people"
        form.deadline, form.cause_note = "2026-04-20", "Nobody answers"
        action = form.save()
        self.assertRecordValues(action, [{"cause_note": "Nobody answers", "attainment_before": 60}])
        with Form(action.with_user(self.binh_user)) as again:
            again.deadline = "2026-04-25"
        self.assertEqual(str(action.deadline), "2026-04-25")

    def test_of_a_department_the_manager_is_responsible(self):
        card = self.make_card(self.sales, [("T_REVENUE", 100, 100)])
        action = self.env["kpi.action"].with_user(self.officer).with_context(default_line_id=card.line_ids.id)
        action = action.create({"name": "Hire", "deadline": "2026-04-20"})
        self.assertEqual((action.responsible_id, action.department_id), (self.hang, self.sales))
        self.assertFalse(action.employee_id)

    def test_thousands_cost_as_many_queries_as_ten(self):
        """The effects of a list, whose KPIs belong to as many people."""
        crowd = make_crowd(self.binh, 300)
        may = self.make_period("2026-05-01")
        for person in crowd:
            for period in (self.month, may):
                self.card.copy({"employee_id": person.id, "period_id": period.id})
        cards = self.env["kpi.scorecard"].search([("employee_id", "in", crowd.ids)])
        self.env.cr.execute(
            "UPDATE kpi_scorecard_line SET result = 'ok', attainment = 50 WHERE scorecard_id IN %s", [cards._ids]
        )
        self.env.invalidate_all()
        lines = cards.filtered(lambda card: card.period_id == self.month).line_ids
        actions = self.env["kpi.action"].create(
            [
                {
                    "name": "Call back",
                    "deadline": "2026-04-20",
                    "line_id": line.id,
                    "responsible_id": line.employee_id.id,
                }
                for line in lines
            ]
        )
        actions.action_done()
        counts = []
        for some in (actions[:10], actions[:10], actions):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            shown = self.env["kpi.action"].with_user(self.officer).browse(some.ids)
            self.assertEqual(set(shown.mapped("effect")), {"same"})
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(actions), 600)
        self.assertEqual(*counts[1:])

    def test_making_hundreds_costs_as_many_queries_as_ten(self):
        """For as many people: each finds an activity."""
        crowd = make_crowd(self.binh, 1000)
        counts = []
        for some in (crowd[:10], crowd[10:20], crowd[20:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            actions = (
                self.env["kpi.action"]
                .with_user(self.officer)
                .create(
                    [
                        {"name": "Course", "deadline": "2026-04-20", "employee_id": id_, "responsible_id": id_}
                        for id_ in some.ids
                    ]
                )
            )
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(actions.sudo().activity_ids), 980)
        self.assertEqual(actions.sudo().message_partner_ids, actions.sudo().responsible_user_id.partner_id)
        # Odoo inserts a hundred rows at a time, in each of the tables.
        self.assertLess(counts[2], counts[1] + 100)
