from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.guard import trusted
from .common import KpiCase

USERS = ("binh", "an", "hang", "chi", "lan", "minh", "eve")
# r(ead) w(rite) c(reate) d(elete). Bình sells, An leads him and Hằng leads An; Chi is a colleague of Bình's in another
# part of Sales; Lan is KPI officer, Minh KPI administrator, Eve works for another company. A model's records come from
# TestKpiAccess.records. An employee's own card is read only, for his managers it is theirs to agree.
MATRIX = """
                          binh an   hang chi  lan  minh eve
period                    r    r    r    r    rwcd rwcd -
perspective               r    r    r    r    rwcd rwcd r
measure                   r    r    r    r    r    rwcd r
definition                r    r    r    r    rw   rwcd r
shared scale              r    r    r    r    rwcd rwcd r
shared grade              r    r    r    r    rwcd rwcd r
company's scale           r    r    r    r    rwcd rwcd -
company's grade           r    r    r    r    rwcd rwcd -
agreed company objective  r    r    r    r    rwcd rwcd -
draft company objective   -    -    -    -    rwcd rwcd -
draft objective of Bình   rwcd rwcd rwcd -    rwcd rwcd -
draft objective of An     -    rwcd rwcd -    rwcd rwcd -
draft objective of North  -    -    r    -    rwcd rwcd -
card of Bình              r    rwcd rwcd -    rwcd rwcd -
line of Bình              r    rwcd rwcd -    rwcd rwcd -
figure of Bình            r    r    r    -    rwcd rwcd -
card of An                -    r    rwcd -    rwcd rwcd -
line of An                -    r    rwcd -    rwcd rwcd -
figure of An              -    r    r    -    rwcd rwcd -
card of Hằng              -    -    r    -    rwcd rwcd -
line of Hằng              -    -    r    -    rwcd rwcd -
card of North             -    -    r    -    rwcd rwcd -
line of North             -    -    r    -    rwcd rwcd -
figure of North           -    -    r    -    rwcd rwcd -
card of the company       -    -    -    -    rwcd rwcd -
line of the company       -    -    -    -    rwcd rwcd -
figure of the company     -    -    -    -    rwcd rwcd -
employment of Bình        -    -    -    -    -    -    -
"""
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}


@tagged("post_install", "-at_install")
class TestKpiAccess(KpiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subjects = {
            "Bình": cls.binh,
            "An": cls.an,
            "Hằng": cls.hang,
            "North": cls.north,
            "the company": cls.company,
        }
        cls.cards = {
            name: cls.make_card(subject, [("T_REVENUE", 100, 1000)], agreed=False)
            for name, subject in cls.subjects.items()
        }
        cls.figures = {name: cls.enter("t_revenue", subject, 800) for name, subject in cls.subjects.items()}
        cls.users = dict(
            zip(
                USERS,
                (cls.binh_user, cls.an_user, cls.hang_user, cls.chi_user, cls.officer, cls.admin, cls.stranger),
                strict=True,
            )
        )

    def make_objective(self, name, **vals):
        vals = {"name": name, "date_start": "2026-01-01", "date_end": "2026-12-31", **vals}
        return self.env["kpi.objective"].create(vals)

    def as_agreed(self, objective):
        trusted(objective).state = "agreed"
        return objective

    def records(self):
        """The records of the matrix by their names there."""
        scale = self.env["kpi.grade.scale"].create(
            {
                "name": "Own",
                "company_id": self.company.id,
                "grade_ids": [Command.create({"name": "Pass", "min_score": 0})],
            }
        )
        return {
            "period": self.month,
            "perspective": self.env.ref("kpi_management.perspective_financial"),
            "measure": self.revenue.measure_ids,
            "definition": self.revenue,
            "shared scale": self.env.ref("kpi_management.grade_scale_default"),
            "shared grade": self.env.ref("kpi_management.grade_good"),
            "company's scale": scale,
            "company's grade": scale.grade_ids,
            "agreed company objective": self.as_agreed(self.make_objective("Grow")),
            "draft company objective": self.make_objective("Grow"),
            "draft objective of Bình": self.make_objective("Sell", level="individual", owner_id=self.binh.id),
            "draft objective of An": self.make_objective("Lead", level="individual", owner_id=self.an.id),
            "draft objective of North": self.make_objective("Grow", level="department", department_id=self.north.id),
            **{f"card of {name}": card for name, card in self.cards.items()},
            **{f"line of {name}": card.line_ids for name, card in self.cards.items()},
            **{f"figure of {name}": figure for name, figure in self.figures.items()},
            "employment of Bình": self.env["kpi.employment"].search([("employee_id", "=", self.binh.id)]),
        }

    def test_everybody_may_do_what_the_matrix_says(self):
        records = self.records()
        header, *rows = MATRIX.strip("\n").splitlines()
        self.assertEqual(tuple(header.split()), USERS)
        for row in rows:
            name, *granted = row[:26].strip(), *row[26:].split()
            for login, rights in zip(USERS, granted, strict=True):
                record = records[name].with_user(self.users[login])
                actual = "".join(letter for letter, operation in OPERATIONS.items() if record.has_access(operation))
                with self.subTest(name, user=login):
                    self.assertEqual(actual or "-", rights)

    def test_a_search_finds_what_may_be_read(self):
        for login, names in {
            "binh": {"Bình"},
            "an": {"Bình", "An"},
            "hang": {"Bình", "An", "Hằng", "North"},
            "chi": set(),
            "lan": set(self.subjects),
            "eve": set(),
        }.items():
            for model, ours in (
                ("kpi.scorecard", self.cards),
                ("kpi.scorecard.line", {name: card.line_ids for name, card in self.cards.items()}),
                ("kpi.measurement", self.figures),
            ):
                with self.subTest(login, model=model):
                    found = self.env[model].with_user(self.users[login]).search([])
                    self.assertEqual({name for name, record in ours.items() if record in found}, names)

    def test_the_manager_of_a_department_sees_it_without_being_anybody_s_superior(self):
        self.south.manager_id = self.lan
        lan = self.make_user("lan_plain")
        self.lan.user_id = lan
        card = self.make_card(self.south, [("T_REVENUE", 100, 1000)])
        self.assertTrue(card.with_user(lan).has_access("read"))
        self.assertFalse(self.cards["North"].with_user(lan).has_access("read"))
        self.south.manager_id = self.an
        self.env.invalidate_all()  # as for the next request
        self.assertFalse(card.with_user(lan).has_access("read"))
        self.assertTrue(card.with_user(self.an_user).has_access("read"))

    def test_who_leaves_a_team_is_no_longer_seen_by_its_leader(self):
        card = self.cards["Bình"]
        self.assertTrue(card.with_user(self.an_user).has_access("write"))
        self.binh.parent_id = self.chi
        self.env.flush_all()
        self.assertFalse(card.with_user(self.an_user).has_access("read"))
        self.assertTrue(card.with_user(self.chi_user).has_access("write"))


@tagged("post_install", "-at_install")
class TestKpiAbuse(KpiCase):
    """The ways in which somebody might set his own target or raise his own score."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card_binh = cls.make_card(cls.binh, [("T_REVENUE", 100, 1000)], agreed=False)
        cls.card_an = cls.make_card(cls.an, [("T_REVENUE", 100, 1000)], agreed=False)
        cls.enter("t_revenue", cls.an, 800)

    def test_an_employee_changes_nothing_of_his_own_scorecard(self):
        card, figure = self.card_binh.with_user(self.binh_user), self.enter("t_revenue", self.binh, 1)
        line = card.line_ids
        for attempt, change in {
            "target": lambda: line.write({"target": 1}),
            "weight": lambda: line.write({"weight": 1}),
            "actual": lambda: line.write({"actual": 5000}),
            "score": lambda: card.write({"score": 120}),
            "line": lambda: card.write({"line_ids": [Command.create(self._line_vals("T_STOCK", 1, 1))]}),
            "deletion": lambda: card.unlink(),
            "agreement": lambda: card.action_agree(),
            "figure": lambda: figure.with_user(self.binh_user).write({"value": 5000}),
            "new figure": lambda: self.enter("t_stock", self.binh.with_user(self.binh_user), 5000),
            "new card": lambda: self.make_card(
                self.binh.with_user(self.binh_user), [("T_STOCK", 100, 1)], self.make_period("2026-04-01"), agreed=False
            ),
        }.items():
            with self.subTest(attempt), self.assertRaises(UserError):
                change()

    def test_a_draft_stays_as_it_is_when_the_employee_presses_agree_on_another_state(self):
        # only scorecards in draft are agreed: nothing to do, nothing to refuse
        self.card_binh.action_agree()
        self.card_binh.with_user(self.binh_user).action_agree()
        self.assertEqual(self.card_binh.state, "agreed")

    def test_a_manager_neither_writes_nor_creates_nor_takes_over_what_scores_him(self):
        own, team = self.card_an.with_user(self.an_user), self.card_binh.with_user(self.an_user)
        april = self.make_period("2026-04-01")
        april_card = self.make_card(self.binh, [("T_STOCK", 100, 1)], april, agreed=False).with_user(self.an_user)
        for attempt, change in {
            "write the target": lambda: own.line_ids.write({"target": 1}),
            "write the actual": lambda: own.line_ids.write({"actual": 5000}),
            "add a line": lambda: own.write({"line_ids": [Command.create(self._line_vals("T_STOCK", 1, 1))]}),
            "create a line": lambda: (
                self.env["kpi.scorecard.line"]
                .with_user(self.an_user)
                .create({"scorecard_id": own.id, **self._line_vals("T_STOCK", 1, 1)})
            ),
            "move a line of the team over": lambda: april_card.line_ids.write({"scorecard_id": own.id}),
            "link a line of the team": lambda: own.write({"line_ids": [Command.link(april_card.line_ids.id)]}),
            "make the team's scorecard one's own": lambda: april_card.write({"employee_id": self.an.id}),
            "make it the company's": lambda: april_card.write({"subject_type": "company", "employee_id": False}),
            "create one's own": lambda: self.make_card(
                self.an.with_user(self.an_user), [("T_STOCK", 100, 1)], april, agreed=False
            ),
            "agree with oneself": lambda: own.action_agree(),
            "enter one's own figure": lambda: self.enter("t_stock", self.an.with_user(self.an_user), 5000),
            "make the KPI easier": lambda: self.revenue.with_user(self.an_user).write({"cap": 500}),
            "change how it is counted": lambda: self.revenue.measure_ids.with_user(self.an_user).write(
                {"aggregate": "max"}
            ),
            "reopen the period": lambda: self.month.with_user(self.an_user).action_reopen("for me"),
            "write the team's actual": lambda: team.line_ids.write({"actual": 5000}),
        }.items():
            with self.subTest(attempt), self.assertRaises(UserError):
                change()
        team.line_ids.target = 900
        team.action_agree()
        self.assertEqual((team.state, team.line_ids.target), ("proposed", 900), "the other side has not agreed")

    def test_a_manager_hands_a_draft_to_another_of_the_team(self):
        card = self.make_card(self.an, [("T_STOCK", 100, 1)], self.make_period("2026-04-01"), agreed=False)
        card.with_user(self.hang_user).employee_id = self.chi
        self.assertEqual(card.user_id, self.chi_user)

    def test_an_agreed_scorecard_is_not_given_to_another_nor_moved(self):
        self.card_binh.action_agree()
        card = self.card_binh.with_user(self.officer)
        for vals in ({"employee_id": self.chi.id}, {"period_id": self.make_period("2026-04-01").id}):
            with self.subTest(vals), self.refused(UserError, "Take it back to draft"):
                card.write(vals)

    def test_a_context_is_no_pass(self):
        for value in (True, 1, "1", "_MARK", {}, object()):
            card = self.card_binh.with_user(self.officer).with_context(kpi_trusted=value)
            for change in (
                lambda card=card: card.write({"score": 120}),
                lambda card=card: card.line_ids.write({"actual": 5000}),
                lambda card=card: card.write({"state": "closed"}),
                lambda card=card: card.period_id.write({"state": "closed"}),
            ):
                with self.subTest(value=value), self.assertRaises(AccessError):
                    change()

    def test_a_stranger_creates_nothing_in_another_company(self):
        stranger = self.env["kpi.scorecard"].with_user(self.stranger)
        with self.assertRaises(UserError):
            stranger.create({**self._subject_vals(self.binh), "period_id": self.make_period("2026-04-01").id})
        with self.assertRaises(UserError):
            self.env["kpi.objective"].with_user(self.stranger).create(
                {
                    "name": "Ours",
                    "company_id": self.company.id,
                    "owner_id": self.binh.id,
                    "level": "individual",
                    "date_end": "2026-12-31",
                }
            )

    def test_everybody_who_reads_a_scorecard_may_talk_about_it(self):
        message = self.card_binh.with_user(self.binh_user).message_post(body="The target is too high")
        self.assertIn(message, self.card_binh.message_ids)
        with self.assertRaises(AccessError):
            self.card_binh.with_user(self.chi_user).message_post(body="I think so too")
