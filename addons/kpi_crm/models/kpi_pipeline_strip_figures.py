from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import float_round

# KPIs side by side in the strip: more would not fit on a line.
MOST_KPIS = 4


class KpiPipelineStrip(models.AbstractModel):
    """The figures of the strip: per person and team, and for all people together."""

    _inherit = "kpi.pipeline.strip"

    @api.model
    def _names(self, rows, lines):
        """{("card" | "line", id): name} of what is shown, each kind read at once and nothing but its name."""
        # sudo: plain users may not read employees; whoever may read a scorecard may know whose it is, and of what.
        people = self._read_names("hr.employee", [row.employee_id for row in rows if row.team_id is None])
        teams = self._read_names("crm.team", [row.team_id for row in rows if row.team_id is not None])
        shown = {line.id: line for row in rows for line in lines[row.id][:MOST_KPIS]}
        names = {("line", line.id): line.kpi.name for line in shown.values()}
        # The same KPI may be on a scorecard twice, each with its own choices.
        chosen = self.env["kpi.parameter.value"].sudo().search([("line_id", "in", list(shown))]).line_id
        names.update({("line", line.id): line.display_name for line in chosen})
        names.update(
            {("card", row.id): people[row.employee_id] if row.team_id is None else teams[row.team_id] for row in rows}
        )
        return names

    def _read_names(self, model_name, ids):
        model = self.env[model_name].sudo().with_context(active_test=False)  # sudo: see _names
        return {record.id: record.name for record in model.search_fetch([("id", "in", ids)], ["name"])}

    @api.model
    def _row(self, row, lines, pipeline, names):
        """One row of the strip.

        :param row: the scorecard of a person or a team
        :param lines: its lines, in the order in which they are shown
        :param pipeline: as of ``_pipeline``
        :param names: as of ``_names``
        :return: dict with ``scorecard_id``, ``name``, ``is_me``, ``kpis`` (see ``_kpi``), ``more`` (KPIs left out),
            ``pipeline`` (``count`` of open deals expected to close in the period, their ``weighted`` revenue in the
            company's currency, and see ``_covered``)
        """
        key = ("user", row.user_id) if row.team_id is None else ("team", row.team_id)
        count, weighted = pipeline.get(key, (0, 0.0))
        kpis = [self._kpi(line, names) for line in lines[:MOST_KPIS]]
        return {
            "scorecard_id": row.id,
            "name": names["card", row.id],
            "is_me": row.user_id == self.env.uid,
            "kpis": kpis,
            "more": len(lines) - len(kpis),
            "pipeline": {"count": count, "weighted": weighted, **self._covered(self._first_gap(lines), weighted)},
        }

    @api.model
    def _kpi(self, line, names):
        """A KPI of the strip: the figures of its line, and the gap to the target."""
        return {
            "line_id": line.id,
            "definition_id": line.kpi.id,
            "name": names["line", line.id],
            "unit": line.kpi.unit,
            "target": line.target is not None and float(line.target),
            "actual": _number(line.actual),
            "result": line.result or False,
            "attainment": _number(line.attainment),
            "forecast": _number(line.forecast),
            "status": line.status,
            "gap": self._gap(line),
        }

    @api.model
    def _gap(self, line):
        """What is missing to a target in money: 0 where it is reached, False for other KPIs and for errors."""
        if line.kpi.unit != "currency" or line.kpi.direction != "higher" or line.result == "error":
            return False
        return max(_number(line.target) - _number(line.actual), 0.0)

    @api.model
    def _first_gap(self, lines):
        """The gap that the pipeline is compared with: that of the first KPI in money."""
        return next((gap for line in lines if (gap := self._gap(line)) is not False), False)

    @api.model
    def _covered(self, gap, weighted):
        """How far the weighted pipeline closes a gap.

        :return: dict with ``gap`` (False without a target in money), ``coverage`` (percent; False without a gap) and
            ``missing`` (what is short even if the pipeline comes in as weighted)
        """
        if gap is False:
            return {"gap": False, "coverage": False, "missing": 0.0}
        return {
            "gap": gap,
            # Down, so that 100 % is said of a gap that is covered alone.
            "coverage": float_round(100 * weighted / gap, 0, rounding_method="DOWN") if gap else False,
            "missing": max(gap - weighted, 0.0),
        }

    @api.model
    def _together(self, rows, lines, pipeline):
        """All people taken together: what adds up is added up, the pipeline against the sum of the gaps.

        :return: dict with ``kpis`` ({KPI: target and actual of everybody}, those in money alone: other figures are no
            sums of the people's), ``count``, ``weighted`` and see ``_covered``
        """
        totals, gaps, count, weighted = {}, [], 0, 0.0
        for row in rows:
            for line in lines[row.id]:
                if self._gap(line) is not False:
                    total = totals.setdefault(line.kpi.id, {"target": 0.0, "actual": 0.0})
                    total["target"] += _number(line.target)
                    total["actual"] += _number(line.actual)
            if (gap := self._first_gap(lines[row.id])) is not False:
                gaps.append(gap)
            deals, revenue = pipeline.get(("user", row.user_id), (0, 0.0))
            count, weighted = count + deals, weighted + revenue
        return {
            "kpis": totals,
            "count": count,
            "weighted": weighted,
            **self._covered(sum(gaps) if gaps else False, weighted),
        }

    @api.model
    def _changed_at(self, rows, lines):
        """When records that these KPIs count changed last, where the scorecards were not measured since.

        The client measures once for each such moment: of scorecards that the user may not measure it stays.

        :return: the moment as text; False where nothing changed since
        """
        if any(row.computed_at is None for row in rows if lines[row.id]):
            return "never"
        since = min((row.computed_at for row in rows if lines[row.id]), default=None)
        kpis = {line.kpi.id for row in rows for line in lines[row.id]}
        moments = [self._changed_in(name, found, rows, since) for name, found in self._measures(kpis).items()]
        last = max((moment for moment in moments if moment), default=False)
        return last and fields.Datetime.to_string(last)

    def _measures(self, kpi_ids):
        """{model: measures that count its records for these KPIs}"""
        # sudo: plain users may not read measures; only when something changed is asked, of records that count for
        # people the user sees.
        found = self.env["kpi.definition"].sudo().browse(kpi_ids).measure_ids
        names = ["source", "model_id", "employee_path", "team_path"]
        measures = found.search_fetch([("id", "in", found.ids), ("source", "=", "query")], names)
        self.env["ir.model"].sudo().search_fetch([("id", "in", measures.model_id.ids)], ["model"])
        return measures.grouped("model_name")

    def _changed_in(self, model_name, measures, rows, since):
        """When a record of the model that counts for somebody in the rows changed, after a moment; else False."""
        model = self.env.get(model_name)
        if model is None or not model._auto or not model._log_access:
            return False
        whose = Domain.OR(self._counts_for(measure, rows) for measure in measures)
        # sudo: as in _measures.
        records = model.sudo().with_context(active_test=False)
        ((moment,),) = records._read_group(whose & Domain("write_date", ">", since), [], ["write_date:max"])
        return moment

    def _counts_for(self, measure, rows):
        """The domain of the records that a measure counts for people and teams."""
        path, team_path = measure.employee_path, measure.team_path
        domain, last = Domain.FALSE, path and measure._path_field(path)
        if last:
            name = "user_id" if last.comodel_name == "res.users" else "employee_id"
            domain = Domain(path, "in", [getattr(row, name) for row in rows if row.team_id is None])
        team_ids = [row.team_id for row in rows if row.team_id is not None]
        return domain | Domain(team_path, "in", team_ids) if team_path and team_ids else domain


def _number(value):
    """A numeric column, which is none where nothing was computed, as JSON has it."""
    return float(value or 0.0)
