from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import float_compare


class KpiScorecardLine(models.Model):
    """From the rows of a sheet to targets: what is wrong with them, and what they change."""

    _inherit = "kpi.scorecard.line"

    @api.model
    def _sheet_problems(self, rows):
        """What is wrong with rows that could be read: [(position, text)]."""
        cards = self._sheet_cards(rows)
        changed = self.union(*(row.line for row in rows if self._row_changes(row)))
        writable = changed._filtered_access("write")
        problems, seen = [], {}
        for row in rows:
            text = self._row_problem(row, cards.get(row.key[:3]), row.line and row.line not in writable)
            if row.key in seen:
                text = self.env._("The same target as in an earlier row.")
            seen[row.key] = row
            if text:
                problems.append((row.position, text))
        return problems

    def _row_problem(self, row, card, refused):
        """:param refused: whether the user may not change the line"""
        if row.line and row.line._line_key() != row.key:
            return self.env._("The external ID belongs to another target: empty it, or name that one.")
        if row.line and not self._row_changes(row):
            return False
        period = self.env["kpi.period"].browse(row.key[0])
        if period.state == "closed" or (card and card.state == "closed"):
            return self.env._("%s is closed and no longer changes.", (card or period).display_name)
        if card and card.state != "draft":
            return self.env._("%s is no longer in draft: take it back to draft first.", card.display_name)
        if refused:
            return self.env._("You may not change the targets of %s.", card.display_name)
        return self._terms_problem(row)

    def _terms_problem(self, row):
        """What the check of the terms will say, so that it is said by row."""
        values = {"definition_id": row.key[3], **self._row_terms(row)}
        try:
            self.new({**(row.line.read(list(self._term_names()))[0] if row.line else {}), **values})._check_target()
        except ValidationError as error:
            return error.args[0]
        return False

    @api.model
    def _term_names(self):
        return ("target", *self.env["kpi.target.mixin"]._fields.keys() & self._fields.keys() - {"id", "display_name"})

    @api.model
    def _row_terms(self, row):
        """The values of a new line; of one that is there, those of the row."""
        if row.line:
            return row.numbers
        definition = self.env["kpi.definition"].browse(row.key[3])
        return {**self._prepare_default_terms(definition), **row.numbers}

    @api.model
    def _row_changes(self, row):
        """What a row changes on the line that is there."""
        return {
            name: value
            for name, value in row.numbers.items()
            if row.line and float_compare(row.line[name], value, self._fields[name].get_digits(self.env)[1])
        }

    @api.model
    def _sheet_cards(self, rows):
        """{(period id, kind, subject id): scorecard} that are there"""
        # sudo: found whoever sees it, so that no second one is made; it is changed with the user's own rights.
        cards = self.env["kpi.scorecard"].sudo().search([("period_id", "in", [row.key[0] for row in rows])])
        return {(card.period_id.id, card.subject_type, card._subject().id): card.with_env(self.env) for card in cards}

    @api.model
    def _take_rows(self, rows):
        """Change and make what the rows say.

        :return: the line of each row, in order
        """
        changes = {row.line: changed for row in rows if (changed := self._row_changes(row))}
        self.union(*changes)._write_terms_each(changes)
        cards, new = self._sheet_cards(rows), [row for row in rows if not row.line]
        onto_cards = [row for row in new if row.key[:3] in cards]
        created = self.create([{**self._prepare_row(row), "scorecard_id": cards[row.key[:3]].id} for row in onto_cards])
        created |= self._create_cards([row for row in new if row.key[:3] not in cards]).line_ids
        made = {line._line_key(): line for line in created}
        return self.browse((row.line or made[row.key]).id for row in rows)

    def _create_cards(self, rows):
        by_place = {}
        for row in rows:
            by_place.setdefault(row.key[:3], []).append(row)
        names = self.env["kpi.scorecard"]._subject_fields()
        return (
            self.env["kpi.scorecard"]
            .with_context(mail_create_nosubscribe=True)
            .create(
                [
                    {
                        "period_id": period_id,
                        "subject_type": kind,
                        "company_id": group[0].vals["company_id"],
                        names[kind]: subject_id,
                        "line_ids": [Command.create(self._prepare_row(row)) for row in group],
                    }
                    for (period_id, kind, subject_id), group in by_place.items()
                ]
            )
        )

    def _prepare_row(self, row):
        """The values of a new line."""
        parameters = self.env["kpi.parameter"].sudo()  # sudo: the name of the model only
        choices = [
            Command.create(
                {
                    "parameter_id": parameter_id,
                    "value_ref": f"{parameters.browse(parameter_id).model_name},{record_id}",
                }
            )
            for parameter_id, record_id in row.vals["choices"].items()
        ]
        return {"definition_id": row.key[3], "parameter_value_ids": choices, "weight": 0, **self._row_terms(row)}
