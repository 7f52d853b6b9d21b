from odoo.fields import Command

from .common import KpiCase


class ReviewCase(KpiCase):
    """A review cycle for March 2026, not launched yet.

    Everybody is rated on Care (weight 2) and Drive (weight 1), and asked in words what comes next. Beside Bình, whom
    An leads, Dũng and Giang sell in the North. KPIs count 50, the manager 30, colleagues 20.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What comes with the add-on, a company may have changed: 20 per step, and templates of their own.
        cls.env["kpi.review.template"].search([("company_id", "=", False)]).active = False
        cls.env["kpi.rating.level"].create(
            [
                {"company_id": cls.company.id, "rating": str(step), "name": f"Step {step}", "percent": 20 * step}
                for step in range(1, 6)
            ]
        )
        cls.dung_user, cls.giang_user = map(cls.make_user, ("dung", "giang"))
        cls.dung = cls.make_employee("Dũng", cls.north, user=cls.dung_user, parent_id=cls.an.id)
        cls.giang = cls.make_employee("Giang", cls.north, user=cls.giang_user, parent_id=cls.an.id)
        cls.care, cls.drive = cls.env["kpi.competency"].create(
            [
                {"name": "Care", "anchor_ids": [Command.create({"rating": "5", "description": "Calls back first"})]},
                {"name": "Drive"},
            ]
        )
        cls.template = cls.make_template("Everybody")
        cls.cycle = cls.make_cycle()

    @classmethod
    def make_template(cls, name, **vals):
        lines = [
            {"competency_id": cls.care.id, "weight": 2, "for_external": True},
            {"competency_id": cls.drive.id, "weight": 1},
            {"kind": "text", "question": "What comes next?", "weight": 0, "for_external": True},
        ]
        return cls.env["kpi.review.template"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "line_ids": [Command.create(line) for line in lines],
                **vals,
            }
        )

    @classmethod
    def make_cycle(cls, user=None, **vals):
        return (
            cls.env["kpi.review.cycle"]
            .with_user(user or cls.officer)
            .create(
                {
                    "name": "March",
                    "company_id": cls.company.id,
                    "period_id": cls.month.id,
                    "use_peer": True,
                    "kpi_weight": 50,
                    "manager_weight": 30,
                    "peer_weight": 20,
                    **vals,
                }
            )
        )

    @classmethod
    def review(cls, employee, cycle=None, user=None):
        """The person's review, as a user; by default as the system."""
        reviews = (cycle or cls.cycle).sudo().review_ids.filtered(lambda review: review.employee_id == employee)
        return reviews.with_user(user).sudo(False) if user else reviews

    def asked(self, employee, side, user=None, cycle=None):
        """What a user is asked about somebody; without a user, all that is asked."""
        domain = [
            ("employee_id", "=", employee.id),
            ("side", "=", side),
            ("cycle_id", "=", (cycle or self.cycle).id),
        ]
        Feedback = self.env["kpi.review.feedback"]
        if user:
            return Feedback.with_user(user).search([*domain, ("user_id", "=", user.id)])
        return Feedback.sudo().search(domain)

    def answer(self, feedback, care, drive, words="", submit=True):
        """Rate and write as the rater whose row it is."""
        feedback.action_fill()
        values = {"Care": {"rating": str(care)}, "Drive": {"rating": str(drive)}, "What comes next?": {"text": words}}
        for draft in feedback.draft_ids:
            draft.write(values[draft.template_line_id.display_name])
        if submit:
            feedback.action_submit()

    def ask_peers(self, cycle=None):
        """An asks Dũng, Giang and Chi about Bình."""
        review = self.review(self.binh, cycle, user=self.an_user)
        return review.action_ask("peer", [self.dung.id, self.giang.id, self.chi.id])

    def finish(self, cycle=None):
        """From the assessments to the end."""
        cycle = (cycle or self.cycle).with_user(self.officer)
        cycle.action_calibrate()
        cycle.action_talk()
        cycle.action_close()
