import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import band_for


class KpiComputation(models.AbstractModel):
    """From results to records."""

    _inherit = "kpi.computation"

    @api.model
    def _write(self, cards, results):
        """Store what changed.

        :param results: {scorecard id: engine CardResult}
        """
        bands = {company: self.env["kpi.grade.scale"]._for_company(company)._bands() for company in cards.company_id}
        line_results = [line for result in results.values() for line in result.lines]
        self._store("kpi.scorecard.line", {line.key: self._prepare_line_vals(line) for line in line_results})
        changed = self._store(
            "kpi.scorecard",
            {card.id: self._prepare_card_vals(results[card.id].score, bands[card.company_id]) for card in cards},
        )
        self._stamp(cards - changed)

    @api.model
    def _stamp(self, cards):
        """When scorecards were measured last, those too that stay as they were; a line says when it changed."""
        now = fields.Datetime.now()
        self.env.cr.execute(SQL("UPDATE kpi_scorecard SET computed_at = %s WHERE id = ANY(%s)", now, cards.ids))
        cards.invalidate_recordset(["computed_at"], flush=False)

    def _prepare_line_vals(self, result):
        return {
            "actual": result.actual or 0,
            "attainment": result.attainment or 0,
            "forecast": result.forecast or 0,
            "status": result.status,
            "result": result.result,
            "error_message": self._error_text(result.error) if result.error else None,
            "explanation": result.explanation,
        }

    def _prepare_card_vals(self, score, bands):
        return {"score": score or 0, "has_score": score is not None, "grade_id": band_for(score, bands)}

    def _store(self, model_name, values, stamp="computed_at"):
        """Write stored fields of many records, each its own values, in one statement; the time of those that changed.

        The rows travel as one JSON text: ``write()`` would take a statement's work for each record, and hold what was
        there before only to find out whether it differs.

        :param values: {record id: {field name: value}}, the same fields for all
        :param stamp: the field of the time
        :return: the records that changed (sudo)
        """
        if not values:
            return self.env[model_name].sudo()
        model = self.env[model_name].sudo()  # sudo: computed figures are the system's, see _run
        names = list(next(iter(values.values())))
        model.flush_model(names)
        rows = json.dumps([{"id": record_id, **vals} for record_id, vals in values.items()], default=str)
        changed = self.env.execute_query(_update(model, names, rows, stamp))
        records = model.browse([row[0] for row in changed])
        records.invalidate_recordset([*names, stamp], flush=False)
        records.modified([*names, stamp])
        return records


def _update(model, names, rows, stamp):
    """The statement that writes rows where they differ from what is there, and returns the ids of those.

    What was never computed is stamped even where it stays as it is: no data is a result, too.
    """
    columns = [SQL.identifier(name) for name in names]
    types = [SQL("%s %s", SQL.identifier(name), SQL(model._fields[name].column_type[1])) for name in names]
    return SQL(
        """
        UPDATE %(table)s AS kept
           SET (%(columns)s, %(stamp)s, write_date, write_uid) = (%(new)s, %(now)s, %(now)s, %(user)s)
          FROM jsonb_to_recordset(%(rows)s::jsonb) AS new(id integer, %(types)s)
         WHERE kept.id = new.id AND ((%(kept)s) IS DISTINCT FROM (%(new)s) OR kept.computed_at IS NULL)
     RETURNING kept.id
        """,
        table=SQL.identifier(model._table),
        columns=SQL(", ").join(columns),
        new=SQL(", ").join(SQL("new.%s", column) for column in columns),
        kept=SQL(", ").join(SQL("kept.%s", column) for column in columns),
        types=SQL(", ").join(types),
        stamp=SQL.identifier(stamp),
        now=fields.Datetime.now(),
        user=model.env.uid,
        rows=rows,
    )
