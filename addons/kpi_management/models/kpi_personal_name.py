import json
import re
from collections import defaultdict

from markupsafe import escape

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

WORDS = ("char", "text", "html")
# Where Odoo keeps words about a record: (model, field of the record's model, fields).
AROUND = (
    ("mail.message", "model", ("subject", "body")),
    ("mail.activity", "res_model", ("res_name", "summary", "note")),
)


class KpiPersonalData(models.AbstractModel):
    """The name of a person who was anonymised, wherever KPI still says it."""

    _inherit = "kpi.personal.data"

    @api.model
    def _forget_name(self, employee, found, new):
        """Replace the person's names in the words of records on which the person stands, and around them.

        Records that do not name the person by a link are left alone: somebody else may have the same name.

        :param employee: ``hr.employee``
        :param found: {model name: records about the person}
        :param new: what stands there instead
        :return: what was done, in words
        """
        self.env.flush_all()
        # The longest first: it may hold a shorter one.
        names = {employee.name, employee.legal_name, employee.user_id.name} - {False}
        count = sum(self._forget_one_name(employee, found, old, new) for old in sorted(names, key=len, reverse=True))
        self._forget_tracked(employee, new)
        self._forget_address(employee)
        self.env.invalidate_all()
        return [self.env._("The name, where it still stood (%s)", count)] if count else []

    def _forget_one_name(self, employee, found, old, new):
        count = 0
        for name, records in self._records_linked(employee, found).items():
            if not name.startswith(self._kept_as_evidence()):
                count += self._replace(records, old, new)
            for model, link, names in AROUND:
                around = self.env[model].search([(link, "=", name), ("res_id", "in", records.ids)])
                count += self._replace(around, old, new, names)
        return count

    @api.model
    def _records_linked(self, employee, found):
        """{model name: records} about the person, or on which the person stands."""
        ids = self._ids_of(employee)
        linked = {}
        for model in self._models():
            names = [name for name in self._naming_fields(model) if ids[model._fields[name].comodel_name]]
            domain = Domain.OR([(name, "=", ids[model._fields[name].comodel_name])] for name in names)
            records = found.get(model._name, model) | model.with_context(active_test=False).search(domain)
            if records:
                linked[model._name] = records
        return linked

    def _replace(self, records, old, new, names=None):
        """Replace a name in the words of records; by SQL, so that every language has it. Returns how often."""
        count = 0
        for name, field in records._fields.items():
            if not records or not field.store or field.type not in WORDS or (names and name not in names):
                continue
            table, column = SQL.identifier(records._table), SQL.identifier(name)
            kept = self._as_kept(field, old)
            pattern = re.compile(rf"(?<!\w){re.escape(kept)}(?!\w)")
            query = SQL(
                "SELECT id, %s::text FROM %s WHERE id IN %s AND position(%s in %s::text) > 0",
                *(column, table, records._ids, kept, column),
            )
            changed = defaultdict(list)
            for record_id, words in self.env.execute_query(query):
                changed[pattern.sub(lambda _match, field=field: self._as_kept(field, new), words)].append(record_id)
            for words, record_ids in changed.items():
                value = SQL("%s::jsonb", words) if field.translate else SQL("%s", words)
                self.env.cr.execute(
                    SQL("UPDATE %s SET %s = %s WHERE id IN %s", table, column, value, tuple(record_ids))
                )
                count += len(record_ids)
        return count

    def _as_kept(self, field, name):
        """A name as it is written in a column: HTML and JSON have their own ways."""
        name = str(escape(name)) if field.type == "html" else name
        return json.dumps(name, ensure_ascii=False)[1:-1] if field.translate else name

    def _forget_tracked(self, employee, new):
        """In what was tracked on KPI's records: once responsible, the person may stand there no more."""
        ids = self._ids_of(employee)
        for side in ("old", "new"):
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE mail_tracking_value v
                       SET %(text)s = %(new)s
                      FROM mail_message m, ir_model_fields f
                     WHERE m.id = v.mail_message_id AND m.model LIKE 'kpi.%%' AND f.id = v.field_id
                       AND (f.relation IN ('hr.employee', 'hr.employee.public') AND v.%(id)s = %(employee)s
                            OR f.relation = 'res.users' AND v.%(id)s = %(user)s)
                    """,
                    text=SQL.identifier(f"{side}_value_char"),
                    id=SQL.identifier(f"{side}_value_integer"),
                    new=new,
                    employee=ids["hr.employee"],
                    user=ids["res.users"],
                )
            )

    def _forget_address(self, employee):
        """What the person wrote to others stays with them; the address beside it goes."""
        if partner_id := self._ids_of(employee)["res.partner"]:
            sent = self.env["mail.message"].search([("author_id", "=", partner_id), ("model", "=like", "kpi.%")])
            sent.write({"email_from": False, "reply_to": False})
