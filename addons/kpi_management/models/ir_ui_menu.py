from odoo import models

# What shows nobody but oneself to whoever leads nobody.
OF_LEADERS = (
    "kpi_management.menu_dossier",
    "kpi_management.menu_calibration_board",
    "kpi_management.menu_review_team",
)

# What is of use to whoever leads a department without being anybody's manager, too.
OF_DEPARTMENTS = "kpi_management.menu_report_request"


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Override: what is for those who lead is hidden from all others."""
        hidden = super()._load_menus_blacklist()
        user = self.env.user
        if not user._kpi_writes_targets():
            names = OF_LEADERS if user.kpi_department_ids else (*OF_LEADERS, OF_DEPARTMENTS)
            menus = (self.env.ref(name, raise_if_not_found=False) for name in names)
            hidden.extend(menu.id for menu in menus if menu)
        return hidden
