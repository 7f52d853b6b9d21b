"""A plan is a regulation: it is published, its terms are frozen from then on, and it goes out of force."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from odoo.addons.kpi_management.models.guard import is_trusted, trusted

from .kpi_bonus_statement import CHATTER_PREFIXES

#: Ending a regulation does not change what it says.
OPEN_FIELDS = {"date_end"}
#: Set by the buttons alone.
BUTTON_FIELDS = {"state", "version", "previous_id", "origin_id", "planned_end", "published_date", "published_by_id"}


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    published_date = fields.Datetime(string="Published on", readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users", string="Published by", readonly=True, copy=False, ondelete="restrict"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Plans made in another state than draft, e.g. by an import, go the way of the buttons."""
        if is_trusted(self.env):
            return super().create(vals_list)
        if any((BUTTON_FIELDS - {"state"}) & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("Use the button New Version to make another version of a plan."))
        plans = super().create([{**vals, "state": "draft"} for vals in vals_list])
        states = [vals.get("state") for vals in vals_list]
        for state, action in (("published", "action_publish"), ("archived", "action_archive")):
            if chosen := [plan.id for plan, wanted in zip(plans, states, strict=True) if wanted == state]:
                getattr(plans.browse(chosen), action)()
        return plans

    def write(self, vals):
        if not is_trusted(self.env):
            # Who may not change plans at all is told that first.
            self.check_access("write")
            if BUTTON_FIELDS & vals.keys():
                raise AccessError(
                    self.env._("Use the buttons of the plan to publish it, archive it or take it back to draft.")
                )
            if self._frozen_names(vals):
                self._check_terms_open()
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """A translation is written past ``write``: the terms are frozen here, too."""
        if not is_trusted(self.env) and self._frozen_names([field_name]):
            self._check_terms_open()
        return super()._update_field_translations(field_name, translations, digest, source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.filtered(lambda plan: plan.state != "draft")._check_unused()

    @api.constrains("date_end")
    def _check_end(self):
        """Nobody ends a plan before what it has paid."""
        # sudo: an officer of another company cannot come here; statements are counted, not shown.
        for plan in self.filtered("date_end").sudo():
            late = plan.statement_ids.filtered(
                lambda s, plan=plan: s.state != "cancelled" and s.date_end > plan.date_end
            )
            if late:
                raise ValidationError(
                    self.env._(
                        "%(plan)s has bonuses of %(period)s: it cannot end before. Cancel them, or let it end later.",
                        plan=plan.display_name,
                        period=late.sorted("date_end")[-1].period_id.name,
                    )
                )

    def action_publish(self):
        """Put plans in force, and ask everybody covered to acknowledge them; published ones are left alone.

        :raises AccessError: when the user may not change plans
        :raises UserError: when a payout of 100 % would be worth nothing, or a version cannot take over
        """
        self.check_access("write")
        for plan in self.filtered(lambda plan: plan.state != "published"):
            plan._check_worth()
            plan._check_takes_over()
            trusted(plan).write(
                {
                    "state": "published",
                    "published_date": fields.Datetime.now(),
                    "published_by_id": self.env.uid,
                }
            )
            plan._take_over()
            trusted(plan)._ask_acknowledgements()

    def action_archive(self):
        """Take plans out of force; their statements stay, and nobody is asked to acknowledge them any more."""
        self.check_access("write")
        trusted(self).write({"state": "archived"})
        trusted(self)._withdraw_asks()

    def action_draft(self):
        """Take plans back to draft, to change their terms.

        :raises UserError: when somebody acknowledged them or a bonus was computed with them
        """
        self.check_access("write")
        plans = self.filtered(lambda plan: plan.state != "draft")
        plans._check_unused()
        trusted(plans)._withdraw_asks()
        trusted(plans).write({"state": "draft", "published_date": False, "published_by_id": False})
        plans._give_back()

    def _frozen_names(self, names):
        """Those of these fields that say what the plan is."""
        return {
            name
            for name in names
            if name not in OPEN_FIELDS
            and not name.startswith(CHATTER_PREFIXES)
            and (field := self._fields.get(name))
            and (field.store or field.inverse)
        }

    def _check_terms_open(self):
        """Refuse a change of what people were told.

        :raises UserError: naming the first plan that is not a draft
        """
        if frozen := self.filtered(lambda plan: plan.state != "draft"):
            raise UserError(
                self.env._(
                    "%s is published: its terms no longer change. Make a new version from the day on which the change "
                    "counts.",
                    frozen[0].display_name,
                )
            )

    def _check_unused(self):
        """Refuse to undo a publication that somebody relies on.

        :raises UserError: saying who
        """
        # sudo: only whether there are any is told.
        for plan in self.sudo():
            values = {"plan": plan.display_name}
            if plan.statement_ids:
                raise UserError(
                    self.env._(
                        "Bonuses were computed with %(plan)s. Archive it or make a new version instead of deleting it "
                        "or taking it back.",
                        **values,
                    )
                )
            if signed := plan.acknowledgement_ids.filtered(lambda ack: ack.state == "acknowledged"):
                raise UserError(
                    self.env._(
                        "%(count)s people acknowledged %(plan)s. Archive it or make a new version instead.",
                        count=len(signed),
                        **values,
                    )
                )
            if plan.next_ids:
                raise UserError(self.env._("%(plan)s has a later version: delete that one first.", **values))

    def _date_text(self, day):
        return format_date(self.env, day)
