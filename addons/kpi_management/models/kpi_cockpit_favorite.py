import ast
import json

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

ACTION = "kpi_management.action_kpi_cockpit"
# Characters of a view that is kept: some ten times what the screen has to say.
MOST_OPTIONS = 4000


class KpiCockpit(models.AbstractModel):
    """Favourite views of the cockpit: filters of its action, as Odoo keeps those of any list."""

    _inherit = "kpi.cockpit"

    @api.model
    def favorites(self):
        """Views the user saved, and those shared with everybody.

        :return: list of dicts with ``id``, ``name``, ``is_default``, ``is_mine``, ``options`` (as they were saved)
        """
        saved = self.env["ir.filters"].search(self._favorite_domain(), order="name, id")
        # Odoo lets everybody make filters for everybody; here those of officers alone are.
        # sudo: who made a filter is looked at, not told.
        saved = saved.filtered(lambda favorite: favorite.user_ids or self._is_officer(favorite.sudo().create_uid))
        return [
            {
                "id": favorite.id,
                "name": favorite.name,
                "is_default": favorite.is_default,
                "is_mine": self.env.user in favorite.user_ids,
                "options": options,
            }
            for favorite in saved
            if (options := _options(favorite))
        ]

    @api.model
    def save_favorite(self, name, options, is_default=False, is_shared=False):
        """Keep a view under a name; one of the same name, and of the same people, is replaced.

        :param str name: not empty
        :param dict options: what the screen needs to show it again
        :param bool is_default: opens by itself; whichever did so before no longer does
        :param bool is_shared: for everybody; KPI officers alone
        :return: the ``favorites`` afterwards
        :raises UserError: without a name, or with options that are no view
        :raises AccessError: for others than officers, where it is shared
        """
        name = name.strip() if isinstance(name, str) else ""
        if not name:
            raise UserError(self.env._("Give the view a name."))
        if is_shared:
            self._check_may_share()
        users = self.env["res.users"] if is_shared else self.env.user
        values = {
            "name": name,
            "context": self._options_text(options),
            "is_default": bool(is_default),
            "user_ids": [Command.set(users.ids)],
        }
        # What somebody shares with some people is theirs together: nobody replaces it.
        alike = self.env["ir.filters"].search(self._favorite_domain())
        alike = alike.filtered(lambda favorite: favorite.user_ids == users)
        if is_default:
            alike.is_default = False
        same = alike.filtered(lambda favorite: favorite.name == name)
        if same:
            same.write(values)
        else:
            action = self.env.ref(ACTION)
            same.create({**values, "model_id": "kpi.scorecard", "action_id": action.id})
        return self.favorites()

    @api.model
    def delete_favorite(self, favorite_id):
        """Forget a view; one that is shared with some people is forgotten for oneself.

        :return: the ``favorites`` that are left
        :raises AccessError: for others than officers, where it is shared
        """
        favorites = self.env["ir.filters"].search(self._favorite_domain())
        favorite = favorites.filtered(lambda favorite: favorite.id == favorite_id)
        if favorite and not favorite.user_ids:
            self._check_may_share()
        if favorite.user_ids - self.env.user:
            # sudo: the view is shared with the user, who only leaves it to the others.
            favorite.sudo().user_ids -= self.env.user
        else:
            favorite.unlink()
        return self.favorites()

    @api.model
    def _options_text(self, options):
        """A view as a filter keeps it: a literal of plain values."""
        try:
            text = json.dumps(options, allow_nan=False)
        except (TypeError, ValueError):
            text = ""
        if not isinstance(options, dict) or not 0 < len(text) <= MOST_OPTIONS:
            raise UserError(self.env._("This is no view of the cockpit: it cannot be kept."))
        return repr(json.loads(text))

    @api.model
    def _favorite_domain(self):
        return (
            Domain("model_id", "=", "kpi.scorecard")
            & Domain("action_id", "=", self.env.ref(ACTION).id)
            & Domain("user_ids", "in", [self.env.uid, False])
        )

    @api.model
    def _check_may_share(self):
        if not self._is_officer():
            raise AccessError(self.env._("Only KPI officers change views that are shared with everybody."))


def _options(favorite):
    """The view a filter holds; None where somebody made something else of it in the settings."""
    try:
        options = ast.literal_eval(favorite.context)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return options if isinstance(options, dict) else None
