from odoo.addons.kpi_management.tests.common import KpiCase


class TeamCase(KpiCase):
    """Two sales teams: Hằng leads Hà Nội, Chi leads Huế."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hanoi, cls.hue = cls.env["crm.team"].create(
            [
                {"name": "Hà Nội", "company_id": cls.company.id, "user_id": cls.hang_user.id},
                {"name": "Huế", "company_id": cls.company.id, "user_id": cls.chi_user.id},
            ]
        )
