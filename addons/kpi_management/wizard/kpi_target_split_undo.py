from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.kpi_target_mixin import SCORING_FIELDS

TERMS = ("target", *SCORING_FIELDS)


class KpiTargetSplit(models.TransientModel):
    """Takes a split back, with the user's own rights: all of it or nothing."""

    _inherit = "kpi.target.split"

    done = fields.Json(readonly=True, copy=False, help="What the split made, took away and changed.")

    def action_undo(self):
        """Delete what was made, make again what was taken away, and give changed drafts their targets back.

        :raises UserError: when there is nothing to undo, or something of it is no longer in draft
        """
        self.ensure_one()
        Line = self.env["kpi.scorecard.line"]
        if not self.done:
            raise UserError(self.env._("This split is undone already."))
        done = {name: {int(key): vals for key, vals in self.done[name].items()} for name in ("removed", "before")}
        Line.browse(self.done["created"]).exists().action_delete_parts()
        Line.create([_as_commands(vals) for vals in done["removed"].values()])
        self._give_back(Line.browse(done["before"]).exists(), done["before"])
        self.done = False
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("The split is undone."),
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _give_back(self, lines, before):
        """:param dict before: {line id: values that it had}"""
        # Whoever forges what is remembered writes no more than the terms that he may write anyway.
        terms = {line: {name: vals[name] for name in TERMS if name in (vals := before[line.id])} for line in lines}
        changed = {line: vals for line, vals in terms.items() if vals}
        lines.browse().union(*changed)._write_terms_each(changed)
        linked = lines.filtered(lambda line: "parent_line_id" in before[line.id])
        for parent_id, group in linked.grouped(lambda line: before[line.id]["parent_line_id"]).items():
            group.parent_line_id = lines.browse(parent_id).exists()

    def _remember(self, outcome):
        """Keep what is needed to undo it."""
        self.done = {"created": outcome.created.ids, "removed": outcome.removed, "before": outcome.before}


def _as_commands(vals):
    """Values as ``create`` takes them: JSON knows no tuples."""
    choices = vals.get("parameter_value_ids") or []
    return {**vals, "parameter_value_ids": [Command.create(values) for _code, _id, values in choices]}
