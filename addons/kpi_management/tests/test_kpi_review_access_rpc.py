from odoo.tests import freeze_time, tagged

from .common import PASSWORD
from .review_case import ReviewCase
from .rpc_case import RpcCase


@tagged("post_install", "-at_install")
class TestKpiReviewOverHttp(RpcCase, ReviewCase):
    """What each of the people in a review may do, by the web client's calls."""

    refusals = ("odoo.exceptions.AccessError", "odoo.exceptions.UserError")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.action_launch()
        cls.mine, cls.led = cls.review(cls.binh), cls.review(cls.an)
        cls.review(cls.binh, user=cls.an_user).action_ask("peer", (cls.dung | cls.giang | cls.chi).ids)

    def setUp(self):
        super().setUp()
        with freeze_time("2026-04-02 02:00:00"):
            self.answer(self.asked(self.binh, "peer", self.dung_user), 2, 2, "A secret", submit=False)
            self.answer(self.asked(self.binh, "manager", self.an_user), 1, 1, "Weak", submit=True)
        self.secret = self.asked(self.binh, "peer", self.dung_user).sudo()
        self.manager_row = self.asked(self.binh, "manager", self.an_user).sudo()
        self.env.flush_all()

    def secrets(self):
        """Ways to who said what, or whether."""
        row, draft = self.secret.id, self.secret.draft_ids[0].id
        own = [("user_id", "=", self.env.uid)]
        return {
            "row": lambda: self.call("kpi.review.feedback", "read", [row], ["state"]),
            "row by web_read": lambda: self.call(
                "kpi.review.feedback", "web_read", [row], specification={"rater_id": {"fields": {"name": {}}}}
            ),
            "export": lambda: self.call("kpi.review.feedback", "export_data", [row], ["rater_id/name", "write_date"]),
            "token": lambda: self.call("kpi.review.feedback", "search_read", own, ["access_token"]),
            "draft": lambda: self.call("kpi.review.draft", "read", [draft], ["rating", "text"]),
            "draft written": lambda: self.call("kpi.review.draft", "write", [draft], {"text": "Other"}),
            "answering for him": lambda: self.call("kpi.review.feedback", "action_submit", [row]),
            "opening his answers": lambda: self.call("kpi.review.feedback", "action_fill", [row]),
            "taking him off": lambda: self.call("kpi.review.feedback", "unlink", [row]),
            "metadata": lambda: self.call("kpi.review.draft", "get_metadata", [draft]),
        }

    def check_nothing_found(self):
        peers = [("side", "=", "peer"), ("employee_id", "=", self.binh.id)]
        raters = [*peers, ("rater_id", "in", (self.dung | self.giang | self.chi).ids)]
        self.assertEqual(self.call("kpi.review.feedback", "search_read", raters, ["state"]), [])
        self.assertEqual(self.call("kpi.review.feedback", "search_count", peers), 0)
        groups = self.call("kpi.review.feedback", "formatted_read_group", peers, ["rater_id"], ["__count"])
        self.assertEqual(groups, [])
        self.assertEqual(self.call("kpi.review.draft", "search_count", [("text", "ilike", "secret")]), 0)
        self.assertEqual(self.call("kpi.review.answer", "search_count", [("text", "ilike", "secret")]), 0)
        activities = [("res_model", "=", "kpi.review.feedback"), ("res_id", "in", self.asked(self.binh, "peer").ids)]
        self.assertEqual(self.call("mail.activity", "search_count", activities), 0)

    def test_no_peer_is_found_by_anybody(self):
        for user in (self.binh_user, self.an_user, self.hang_user, self.officer, self.admin, self.stranger):
            self.authenticate(user.login, PASSWORD)
            with self.subTest(user.login):
                self.check_nothing_found()
                self.check_refused(self.secrets())

    def test_an_employee_and_the_managers_part(self):
        self.authenticate(self.binh_user.login, PASSWORD)
        row, review = self.manager_row.id, self.mine.id
        self.assertEqual(self.call("kpi.review", "search_read", [], ["answer_ids"]), [{"id": review, "answer_ids": []}])
        self.assertEqual(self.call("kpi.review.feedback", "read", [row], ["state"])[0]["state"], "done")
        self.assertEqual(self.call("kpi.review.feedback", "read", [row], ["draft_ids"])[0]["draft_ids"], [])
        chart = self.call("kpi.review", "competency_chart", [review])
        self.assertEqual(chart["sides"], [])
        context = {"kpi_trusted": True, "tracking_disable": True, "su": True}
        drafts = self.manager_row.draft_ids.ids
        self.check_refused(
            {
                "answers": lambda: self.call("kpi.review.draft", "read", drafts, ["rating"]),
                "changing them": lambda: self.call(
                    "kpi.review.draft", "write", drafts, {"rating": "5"}, context=context
                ),
                "through the row": lambda: self.call(
                    "kpi.review.feedback", "write", [row], {"draft_ids": [[1, drafts[0], {"rating": "5"}]]}
                ),
                "score": lambda: self.call("kpi.review", "write", [review], {"score": 120}, context=context),
                "summary": lambda: self.call("kpi.review", "write", [review], {"summary": "Great"}),
                "manager": lambda: self.call("kpi.review", "write", [review], {"manager_id": self.chi.id}),
                "grade": lambda: self.call("kpi.review", "action_propose_grade", [review], 1, "Great"),
                "calibrating": lambda: self.call("kpi.review", "action_move_grade", [review], 1, "Great"),
                "signing for the manager": lambda: self.call("kpi.review", "write", [review], {"manager_signed_by": 2}),
                "asking friends": lambda: self.call("kpi.review", "action_ask", [review], "peer", self.chi.ids),
                "an answer": lambda: self.call(
                    "kpi.review.answer", "create", [{"review_id": review, "side": "peer", "rating": "5"}]
                ),
                "a row": lambda: self.call(
                    "kpi.review.feedback", "create", [{"review_id": review, "side": "peer"}], context=context
                ),
                "a review": lambda: self.call("kpi.review", "create", [{"cycle_id": self.cycle.id}], context=context),
                "deleting it": lambda: self.call("kpi.review", "unlink", [review]),
                "the cycle": lambda: self.call("kpi.review.cycle", "write", [self.cycle.id], {"talk_date": False}),
                "ending it": lambda: self.call("kpi.review.cycle", "action_calibrate", [self.cycle.id]),
                "a colleague's": lambda: self.call("kpi.review", "read", self.review(self.dung).ids, ["score"]),
            }
        )

    def test_a_manager_sees_the_team_alone(self):
        self.authenticate(self.an_user.login, PASSWORD)
        people = {row["employee_id"][0] for row in self.call("kpi.review", "search_read", [], ["employee_id"])}
        self.assertEqual(people, set((self.an | self.binh | self.dung | self.giang).ids))
        other = self.review(self.chi).id
        self.check_refused(
            {
                "another team's": lambda: self.call("kpi.review", "read", [other], ["score"]),
                "its summary": lambda: self.call("kpi.review", "write", [other], {"summary": "Bad"}),
                "one's own summary": lambda: self.call("kpi.review", "write", [self.led.id], {"summary": "Great"}),
                "the team's score": lambda: self.call("kpi.review", "write", [self.mine.id], {"score": 1}),
                "the promise": lambda: self.call("kpi.review.cycle", "write", [self.cycle.id], {"anonymous": False}),
                "the self-assessment": lambda: self.call(
                    "kpi.review.feedback", "action_submit", self.asked(self.binh, "self").ids
                ),
            }
        )
        self.call("kpi.review", "write", [self.mine.id], {"summary": "<p>To be talked about</p>"})

    def test_officers_keep_the_promise_too(self):
        self.authenticate(self.admin.login, PASSWORD)
        self.check_refused(
            {
                "the promise": lambda: self.call("kpi.review.cycle", "write", [self.cycle.id], {"anonymous": False}),
                "the row's": lambda: self.call("kpi.review.feedback", "write", [self.secret.id], {"anonymous": False}),
                "showing early": lambda: self.call("kpi.review", "write", [self.mine.id], {"shown": {}}),
                "the state": lambda: self.call("kpi.review.cycle", "write", [self.cycle.id], {"state": "draft"}),
                "a move": lambda: self.call("kpi.review.move", "create", [{"review_id": self.mine.id}]),
            }
        )

    def test_a_stranger_sees_nothing(self):
        self.authenticate(self.stranger.login, PASSWORD)
        for model in ("cycle", "feedback", "answer", "move", "draft", "note", "template", "template.line"):
            with self.subTest(model):
                # What comes with the add-on is there for every company.
                domain = [("company_id", "!=", False)] if model.startswith("template") else []
                self.assertEqual(self.call(f"kpi.review.{model}", "search_count", domain), 0)
        self.assertEqual(self.call("kpi.review", "search_count", []), 0)
        self.check_refused(
            {
                "a review": lambda: self.call("kpi.review", "read", [self.mine.id], ["score"]),
                "the board": lambda: self.call("kpi.review.cycle", "calibration_board", self.cycle.id),
                "the chart": lambda: self.call("kpi.review", "competency_chart", [self.mine.id]),
            }
        )

    def test_private_notes_are_the_authors(self):
        self.authenticate(self.an_user.login, PASSWORD)
        self.call("kpi.review", "web_save", [self.mine.id], {"note_ids": [[0, 0, {"text": "Tired"}]]}, specification={})
        note = self.env["kpi.review.note"].search([("review_id", "=", self.mine.id)])
        self.assertEqual(note.author_id, self.an_user)
        for user in (self.binh_user, self.hang_user, self.officer, self.admin):
            self.authenticate(user.login, PASSWORD)
            with self.subTest(user.login):
                self.assertEqual(self.call("kpi.review.note", "search_count", []), 0)
                found = self.call("kpi.review", "search_count", [("note_ids.text", "ilike", "Tired")])
                self.assertEqual(found, 0)
                self.check_refused(
                    {
                        "note": lambda: self.call("kpi.review.note", "read", [note.id], ["text"]),
                        "author": lambda user=user: self.call(
                            "kpi.review.note", "write", [note.id], {"author_id": user.id}
                        ),
                    }
                )
