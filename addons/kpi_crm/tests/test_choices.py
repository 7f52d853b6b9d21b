from odoo.fields import Command
from odoo.tests import tagged

from .test_responses import ResponseCase


@tagged("post_install", "-at_install")
class TestChoices(ResponseCase):
    """A tag or a team is chosen on the KPI; without a choice all count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vip, cls.export = cls.env["crm.tag"].create([{"name": "Khách lớn"}, {"name": "Xuất khẩu"}])
        cls.hanoi = cls.env["crm.team"].create({"name": "Hà Nội", "company_id": cls.company.id})

    def setUp(self):
        super().setUp()
        self.opportunity(1, self.vip)
        self.opportunity(2, self.vip | self.export)
        self.opportunity(4, self.export, team_id=self.hanoi.id)
        self.opportunity(8, self.env["crm.tag"])

    def opportunity(self, hours, tags, **vals):
        row = self.assign(self.an, self.utc("2026-03-10 09:00:00"), hours, **vals)
        row.lead_id.tag_ids = [Command.set(tags.ids)]
        row.lead_id.active = False
        return row

    def actuals(self, code, *choices):
        """What one KPI comes to, on a scorecard where it stands once for each choice."""
        lines = [
            (
                code,
                100 / len(choices),
                100,
                {"parameter_value_ids": [Command.create(self.value(record))] if record else []},
            )
            for record in choices
        ]
        card = self.make_card(self.an, lines)
        card.action_compute()
        return card.line_ids.mapped("actual")

    def value(self, record):
        parameter = {
            "crm.tag": "kpi_crm.parameter_crm_tag",
            "crm.team": "kpi_sales_team.parameter_sales_team",
        }[record._name]
        return {"parameter_id": self.env.ref(parameter).id, "value_ref": f"{record._name},{record.id}"}

    def test_one_kpi_for_two_tags_on_one_scorecard(self):
        self.assertEqual(self.actuals("SAL_OPPORTUNITIES", self.vip, self.export), [2, 2])

    def test_an_opportunity_with_two_tags_counts_once(self):
        self.assertEqual(self.actuals("SAL_OPPORTUNITIES", None), [4])

    def test_a_tag_is_found_by_way_of_the_lead_even_of_an_archived_one(self):
        self.assertEqual(self.actuals("SAL_RESPONSE_TIME", self.vip, self.export), [1.5, 3])

    def test_a_team_is_chosen_likewise(self):
        self.assertEqual(self.actuals("SAL_RESPONSE_TIME", self.hanoi), [4])
