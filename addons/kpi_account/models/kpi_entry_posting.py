from odoo import fields, models
from odoo.tools import SQL


class KpiEntryPosting(models.Model):
    """One row per journal entry that was ever posted: how long that took, and whether it stands.

    Odoo stores neither the moment of posting nor a reset to draft of an entry that was posted again afterwards. The
    log of changes in the entry's chatter has both, with the states by their names in the language of whoever made the
    change. An entry without a log of its posting was posted as it was created.
    """

    _name = "kpi.entry.posting"
    _description = "Posting of a Journal Entry"
    _inherit = ["kpi.journal.entry.mixin"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "move_id"
    _depends = {
        "account.move": [
            "move_type",
            "state",
            "posted_before",
            "date",
            "company_id",
            "commercial_partner_id",
            "reversed_entry_id",
        ],
        "mail.message": ["model", "res_id", "date"],
        "mail.tracking.value": ["mail_message_id", "field_id", "old_value_char", "new_value_char"],
        "ir.model.fields.selection": ["field_id", "value", "name"],
    }

    move_type = fields.Selection(
        [
            ("entry", "Journal Entry"),
            ("out_invoice", "Customer Invoice"),
            ("out_refund", "Customer Credit Note"),
            ("in_invoice", "Vendor Bill"),
            ("in_refund", "Vendor Credit Note"),
            ("out_receipt", "Sales Receipt"),
            ("in_receipt", "Purchase Receipt"),
        ],
        string="Type",
        readonly=True,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("posted", "Posted"), ("cancel", "Cancelled")], string="Status", readonly=True
    )
    partner_id = fields.Many2one("res.partner", readonly=True)
    user_id = fields.Many2one(string="Created by")
    date = fields.Date(string="Accounting Date", readonly=True)
    created_at = fields.Datetime(string="Created on", readonly=True)
    posted_at = fields.Datetime(string="Posted on", readonly=True)
    processing_days = fields.Float(readonly=True, aggregator="avg", help="From creation to posting.")
    outcome = fields.Selection(
        [("stands", "Stands"), ("reversed", "Reversed"), ("reset", "Reset to draft")],
        readonly=True,
        help="What became of the entry after it was posted.",
    )

    @property
    def _table_query(self):
        # What a query does not ask for, PostgreSQL does not compute: the log is read where its figures count.
        return SQL(
            """
            SELECT move.id, move.id AS move_id, move.move_type, move.state, move.date, move.company_id,
                   move.commercial_partner_id AS partner_id, move.create_uid AS user_id,
                   move.create_date AS created_at,
                   %(posted_at)s AS posted_at,
                   GREATEST(EXTRACT(EPOCH FROM %(posted_at)s - move.create_date)::numeric / 86400, 0)
                       AS processing_days,
                   CASE WHEN EXISTS (
                            SELECT 1 FROM account_move reversal
                             WHERE reversal.reversed_entry_id = move.id AND reversal.state = 'posted'
                        ) THEN 'reversed'
                        WHEN move.state <> 'posted' OR EXISTS (SELECT 1 %(log)s AND %(away)s) THEN 'reset'
                        ELSE 'stands'
                   END AS outcome
              FROM account_move move
             WHERE move.posted_before OR move.state = 'posted'
            """,
            posted_at=self._posted_at(),
            log=self._log(),
            away=self._is_posted("old_value_char"),
        )

    def _posted_at(self):
        """The moment of the first posting: the first change the log has of it, if that is one to posted.

        A first change away from posted says that the entry was posted as it was created, which the log leaves out.
        """
        return SQL(
            """
            COALESCE((
                SELECT CASE WHEN %(to)s THEN message.date END
                %(log)s AND (%(to)s OR %(away)s)
                 ORDER BY tracking.id LIMIT 1
            ), move.create_date)
            """,
            to=self._is_posted("new_value_char"),
            away=self._is_posted("old_value_char"),
            log=self._log(),
        )

    def _log(self):
        """The logged changes of an entry's state."""
        return SQL(
            """
            FROM mail_message message
            JOIN mail_tracking_value tracking ON tracking.mail_message_id = message.id
           WHERE message.model = 'account.move' AND message.res_id = move.id AND tracking.field_id = %s
            """,
            self._state_field(),
        )

    def _is_posted(self, side):
        """That the old or the new value of a change is posted, in any language."""
        return SQL(
            """
            %s IN (
                SELECT label.value
                  FROM ir_model_fields_selection state, jsonb_each_text(state.name) label
                 WHERE state.field_id = %s AND state.value = 'posted'
            )
            """,
            SQL.identifier("tracking", side),
            self._state_field(),
        )

    def _state_field(self):
        return self.env["ir.model.fields"]._get_ids("account.move")["state"]
