from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.tests.change_case import ChangeCase

from .pipeline_case import PipelineCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 02:00:00")
class TestPipelineStripTargets(PipelineCase, ChangeCase):
    """The strip tells the target that counts for the whole period, as the attainment does."""

    def kpi_of_binh(self):
        strip = self.strip(self.binh_user, [("user_id", "=", self.binh_user.id)])
        return strip["people"][0]

    def test_a_target_changed_within_the_period(self):
        # 500 for 15 days, 700 for 15: 600 for April; 450 are won, 100 of weighted pipeline close in April.
        self.change(self.line(self.cards[self.binh], "T_WON"), day="2026-04-16", new_target=700)
        self.make_lead(self.binh, 450).action_set_won()
        self.make_lead(self.binh, 200)
        self.cards[self.binh].action_compute()
        person = self.kpi_of_binh()
        self.assertEqual((person["kpis"][0]["target"], person["kpis"][0]["attainment"]), (600, 75))
        self.assertEqual(person["kpis"][0]["gap"], 150)
        self.assertEqual((person["pipeline"]["coverage"], person["pipeline"]["missing"]), (66, 50))
        # An 900, Bình 600, Chi 800
        total = self.strip(self.hang_user)["together"]["kpis"][self.won.id]
        self.assertEqual(total, {"target": 2_300, "actual": 450})

    def test_a_band_has_no_target(self):
        self.make_kpi("T_DISCOUNT", formula="t_won", unit="percent", direction="band", department_kind="sales")
        card = self.cards[self.binh]
        card.action_draft()
        line = {**self._line_vals("T_DISCOUNT", 100, 6), "band_low": 4, "band_high": 8}
        card.write({"line_ids": [Command.clear(), Command.create(line)]})
        card.action_agree()
        (kpi,) = self.kpi_of_binh()["kpis"]
        self.assertEqual((kpi["name"], kpi["gap"]), ("T_DISCOUNT", False))
        self.assertIs(kpi["target"], False)
