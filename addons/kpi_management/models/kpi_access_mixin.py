from odoo import api, fields, models


class KpiAccessMixin(models.AbstractModel):
    """What the screens may offer the user: no button and no "New" that record rules would refuse."""

    _name = "kpi.access.mixin"
    _description = "KPI Access"
    # Buttons above a list for those who write targets.
    _writer_buttons = ("action_agree",)

    can_edit = fields.Boolean(compute="_compute_can_edit", help="Whether the current user may change this record.")

    @api.depends_context("uid")
    def _compute_can_edit(self):
        editable = self._origin._filtered_access("write")
        for record in self:
            record.can_edit = not record._origin or record._origin in editable

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._kpi_offers_writing())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Whoever leads nobody writes nobody's targets: the access rights would allow it, the record rules do not."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self._kpi_offers_writing():
            for name in ("create", "edit", "delete", "duplicate", "import"):
                arch.set(name, "0")
            for button in arch.xpath("/list/header/button"):
                if button.get("name") in self._writer_buttons:
                    button.getparent().remove(button)
        return arch, view

    @api.model
    def _kpi_offers_writing(self):
        """Whether the screens offer the user to write such records at all."""
        return self.env.user._kpi_writes_targets()
