from odoo import models

# What shows nobody but oneself to whoever leads nobody.
OF_LEADERS = (
    "kpi_management.menu_dossier",
    "kpi_management.menu_calibration_board",
    "kpi_management.menu_review_team",
)


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Override: one's own dossier has a menu of its own; that of the team's is for those who lead one."""
        hidden = super()._load_menus_blacklist()
        if not self.env.user._kpi_writes_targets():
            menus = (self.env.ref(name, raise_if_not_found=False) for name in OF_LEADERS)
            hidden.extend(menu.id for menu in menus if menu)
        return hidden
