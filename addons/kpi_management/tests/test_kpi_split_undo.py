from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .split_case import SplitCase


@tagged("post_install", "-at_install")
class TestKpiSplitUndo(SplitCase):
    """A split is taken back as a whole."""

    def undo(self, action, user=None):
        context = action["params"]["next"]["context"]
        return (
            self.env["kpi.scorecard.line"].with_user(user or self.officer).with_context(**context).action_undo_split()
        )

    def state(self):
        """Everything that a split could touch."""
        lines = self.env["kpi.scorecard.line"].search([("company_id", "=", self.company.id)])
        names = ("target", "baseline", "weight", "threshold", "stretch")
        return sorted(
            (
                line.scorecard_id.id,
                line.definition_id.code,
                line.parent_line_id.id,
                tuple(line._choices().items()),
                tuple(line[name] for name in names),
            )
            for line in lines
        ), self.env["kpi.scorecard"].search_count([])

    def test_new_parts_disappear_with_their_scorecards(self):
        line = self.whole(self.company, 1000, period=self.make_period("2026-01-01", "quarter"))
        before = self.state()
        split = self.make_split(line, time_type="month", subject_kind="department")
        action = split.action_confirm()
        # 3 months of the company, and 2 departments in each
        self.assertEqual(len(split.done["created"]), 9)
        self.undo(action)
        self.assertEqual(self.state(), before)
        with self.refused(UserError, "undone already"):
            self.undo(action)

    def test_changed_linked_and_removed_drafts_are_as_before(self):
        parameter = self.env["kpi.parameter"].create(
            {"name": "Partner", "code": "t_partner", "model_id": self.env.ref("base.model_res_partner").id}
        )
        chosen = {"parameter_id": parameter.id, "value_ref": f"res.partner,{self.company.partner_id.id}"}
        line = self.whole(self.company, 1000, period=self.january, agreed=False)
        line.parameter_value_ids = [Command.create(chosen)]
        self.split(line, subject_kind="department", weight=70)
        # Office: 500 with a threshold of its own; Sales: 500, no part of anything yet
        office, sales = line.child_line_ids.sorted("subject_name")
        office.threshold = 100
        sales.parent_line_id = False
        before = self.state()
        split = self.make_split(line, subject_kind="department")
        split.part_ids[0].target, split.part_ids[1].target = 0, 1000
        action = split.action_confirm()
        self.assertFalse(office.exists())
        self.assertRecordValues(sales, [{"target": 1000, "parent_line_id": line.id}])
        self.undo(action)
        self.assertEqual(self.state(), before)

    def test_an_agreed_part_that_was_counted_in_is_let_go(self):
        self.whole(self.sales, 300, period=self.january)
        line = self.whole(self.company, 1000, period=self.january)
        before = self.state()
        action = self.make_split(line, subject_kind="department").action_confirm()
        # Office, Sales
        self.assertEqual(line.child_line_ids.sorted("subject_name").mapped("target"), [700, 300])
        self.undo(action)
        self.assertEqual(self.state(), before)

    def test_what_is_agreed_since_is_not_undone_and_nothing_is_half_done(self):
        line = self.whole(self.company, 1000, period=self.january)
        action = self.make_split(line, subject_kind="department").action_confirm()
        line.child_line_ids[1].scorecard_id.action_agree()
        after = self.state()
        with self.refused(UserError, "draft"):
            self.undo(action)
        self.assertEqual(self.state(), after)

    def test_nobody_else_undoes_it_and_no_right_comes_with_it(self):
        line = self.whole(self.north, 900, period=self.january)
        split = self.make_split(line, subject_kind="employee")
        action = split.action_confirm()
        for user in (self.binh_user, self.an_user, self.stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.undo(action, user)
        self.north.manager_id = self.an
        part = line.child_line_ids.filtered(lambda part: part.employee_id == self.an)
        forged = self.make_split(line, self.an_user, subject_kind="employee", leave_open=True)
        forged.done = {"created": [], "removed": {}, "before": {part.id: {"target": 1}}}
        with self.assertRaises(AccessError):
            forged.action_undo()
        part = line.child_line_ids.filtered(lambda part: part.employee_id == self.binh)
        forged.done = {"created": [], "removed": {}, "before": {part.id: {"actual": 1, "attainment": 100, "weight": 9}}}
        forged.action_undo()
        self.assertRecordValues(part, [{"actual": 0, "attainment": 0, "weight": 100}])
