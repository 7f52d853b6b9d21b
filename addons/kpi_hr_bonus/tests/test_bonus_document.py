from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


def plain(text):
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


@tagged("post_install", "-at_install")
class TestBonusDocument(BonusCase):
    """The statement in words, on paper and by mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()

    def draft(self, employee=None, score=80.0, plan=None, **card):
        employee = employee or self.an
        self.make_card(employee, score, **card)
        return self.compute(plan or self.plan)[employee]

    def test_in_short(self):
        statement = self.draft()
        self.assertEqual(plain(statement.summary), "The score is 80 %, which pays 80 % of 5,000,000 ₫.")
        statement.with_user(self.officer).line_ids = [(0, 0, {"name": "Fair", "amount": -5_000_000})]
        self.assertIn("Adjustments: -5,000,000 ₫.", plain(statement.summary))
        self.assertIn("-1,000,000 ₫ is left for the next bonus to settle", plain(statement.summary))

    def test_in_short_with_days_gate_and_cap(self):
        # joined on the 17th: 15 of 31 days; safety 70 % is below 95 %; 120 % × 0.5 × 5,000,000 × 0.4839 = 1,451,700
        plan = self.make_plan(
            cap_amount=1_000_000,
            gate_ids=[(0, 0, {"definition_id": self.safety.id, "minimum": 95, "factor": 0.5})],
        )
        joiner = self.make_employee("Joiner", self.sales, start="2026-03-17")
        statement = self.draft(joiner, 120.0, plan, attainments={self.revenue: 170.0, self.safety: 70.0})
        self.assertEqual(statement.amount, 1_000_000)
        self.assertEqual(
            plain(statement.summary),
            "The score is 120 %, which pays 120 % of 5,000,000 ₫. Safety is below 95 %: × 0.5. 15 of 31 days count. "
            "The cap of 1,000,000 ₫ holds.",
        )

    def test_in_short_of_rate_pool_and_nothing(self):
        rate = self.make_plan(
            basis="rate",
            apply_on="kpi",
            definition_id=self.revenue.id,
            prorate=False,
            tier_ids=[(0, 0, {"value_from": 0, "rate": 2})],
        )
        self.assertEqual(plain(self.draft(plan=rate).summary), "The measured value is worth 16,000,000 ₫ by its rates.")
        pool = self.make_plan(basis="pool", amount=900_000)
        self.assertEqual(
            plain(self.draft(self.binh, 50.0, pool).summary),
            "The score is 50 %: that counts as 50 % in the split of 900,000 ₫.",
        )
        self.assertIn("Nothing was measured", self.draft(self.hang, None).summary)

    def test_kpis_open_under_the_viewers_own_rights(self):
        statement = self.draft()
        statement.with_user(self.officer).action_submit()
        line = statement.scorecard_id.line_ids
        self.assertIn(f'data-kpi-line="{line.id}"', statement.with_user(self.an_user).explanation_html)
        mine = statement.with_user(self.an_user)
        self.assertEqual(mine.action_open_kpi(line.id)["res_model"], "kpi.scorecard.line")
        self.assertEqual(mine.action_open_kpi(line.id, records=True)["type"], "ir.actions.act_window")
        with self.assertRaises(AccessError):
            statement.with_user(self.binh_user).action_open_kpi(line.id)
        other = self.make_card(self.binh, 50.0).line_ids
        self.assertEqual(mine.action_open_kpi(other.id)["tag"], "display_notification", "not out of this statement")

    def test_printed_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.an_user.lang = "vi_VN"
        both = self.draft() | self.draft(self.binh, 60.0)
        both.with_user(self.officer).action_submit()
        report = self.env["ir.actions.report"].with_user(self.officer)
        html, _kind = report._render_qweb_html("kpi_hr_bonus.action_report_statement", both.ids)
        text = plain(html.decode())
        # 4.000.000 in Vietnamese, 3,000,000 in English
        self.assertIn("4.000.000 ₫", text)
        self.assertIn("3,000,000 ₫", text)
        self.assertIn('data-oe-lang="vi_VN"', text)
        self.assertIn("Bình", text)
        self.assertNotIn("data-kpi-line", text)
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.binh_user)._render_qweb_html(
                "kpi_hr_bonus.action_report_statement", both[0].ids
            )

    def mails(self):
        return self.env["mail.mail"].sudo().search([("model", "=", "kpi.bonus.statement")])

    def test_the_person_is_told_by_mail(self):
        self.an_user.email = "an@example.com"
        statement = self.draft()
        statement.with_user(self.officer).action_submit()
        mail = self.mails()
        self.assertEqual(mail.recipient_ids, self.an_user.partner_id)
        self.assertIn("submitted for approval", mail.body_html)
        self.assertIn(f"/odoo/kpi-my-bonus/{statement.id}", mail.body_html)
        self.assertNotIn("4,000,000", mail.body_html, "no amount travels by mail")
        self.assertFalse(mail.attachment_ids)
        told = mail.mail_message_id
        mail.unlink()  # as Odoo's queue does once it is sent
        self.assertIn("Told by mail.", told.exists().body, "the thread keeps that the person was told")
        statement.with_user(self.approver).action_approve()
        self.assertIn("is approved", self.mails().body_html)

    def test_each_mail_can_be_switched_off(self):
        self.an_user.email = "an@example.com"
        self.company.kpi_bonus_mail_submitted = False
        statement = self.draft()
        statement.with_user(self.officer).action_submit()
        self.assertFalse(self.mails())
        statement.with_user(self.approver).action_approve()
        self.assertEqual(len(self.mails()), 1)

    def test_the_statement_goes_with_it_where_the_company_wants(self):
        self.an_user.email = "an@example.com"
        self.company.kpi_bonus_mail_pdf = True
        statement = self.draft()
        statement.with_user(self.officer).action_submit()
        mail = self.mails()
        self.assertFalse(mail.attachment_ids, "printing waits for Odoo's mail queue")
        for _attempt in range(2):
            sent = mail._prepare_outgoing_list()
            self.assertEqual([name for name, _content, _kind in sent[0]["attachments"]], [f"{statement.reference}.pdf"])

    def test_the_same_adjustment_for_several(self):
        both = self.draft() | self.draft(self.binh, 60.0)
        submitted = self.draft(self.hang, 50.0)
        submitted.with_user(self.officer).action_submit()
        action = (both | submitted).with_user(self.officer).action_adjust()
        Wizard = self.env["kpi.bonus.adjust"].with_user(self.officer).with_context(**action["context"])
        wizard = Wizard.create({"amount": 100_000, "name": "Trade fair"})
        self.assertRecordValues(wizard, [{"draft_count": 2, "fixed_count": 1}])
        self.assertIn("2 adjusted, 1 left", wizard.action_confirm()["params"]["message"])
        self.assertEqual((both | submitted).mapped("amount"), [4_100_000, 3_100_000, 2_500_000])
        with self.assertRaisesRegex(UserError, "by how much"):
            Wizard.create({"amount": 0, "name": "Nothing"}).action_confirm()
        with self.assertRaises(AccessError):
            Wizard.with_user(self.approver).create({"amount": 1, "name": "Mine"})

    def test_adjustments_are_imported_all_or_none(self):
        both = self.draft() | self.draft(self.binh, 60.0)
        Line = self.env["kpi.bonus.statement.line"].with_user(self.officer)
        fields = ["statement_id", "amount", "name"]
        rows = [[both[0].reference, "50000", "Fair"], [both[1].reference, "-20000", "Lost sample"]]
        answer = Line.load(fields, rows)
        self.assertFalse(answer["messages"])
        self.assertEqual(both.mapped("amount"), [4_050_000, 2_980_000])
        both[1].with_user(self.officer).action_submit()
        answer = Line.load(fields, rows)
        self.assertFalse(answer["ids"])
        self.assertIn("no longer a draft", answer["messages"][0]["message"])
        self.assertEqual(both.mapped("amount"), [4_050_000, 2_980_000])
        answer = Line.load([*fields, "kind"], [[both[0].reference, "1", "Mine", "computed"]])
        self.assertFalse(answer["ids"])

    def test_the_stored_arithmetic_replays_with_true_ups(self):
        statement = self.draft()
        april = self.make_period("2026-04-15")
        statement.with_user(self.officer).action_submit()
        statement.with_user(self.approver).action_approve()
        vals = {"statement_id": statement.id, "origin": "contest", "name": "Right", "amount": -300_000}
        trusted(self.env["kpi.bonus.true.up"]).create(vals)
        self.make_card(self.an, 100.0, april)
        draft = self.compute(self.plan, april)[self.an]
        draft.with_user(self.officer).line_ids = [(0, 0, {"name": "Fair", "amount": 100_000})]
        # 5,000,000 − 300,000 + 100,000
        self.assertRecordValues(
            draft, [{"true_up_amount": -300_000, "adjustment_amount": 100_000, "amount": 4_800_000}]
        )
        self.assertEqual(sum(draft.line_ids.mapped("amount")), draft.amount)
        self.assertEqual(draft.explanation["payout"]["adjustments"], "-200000")
