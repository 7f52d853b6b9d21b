from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError

# From the best to the worst: a KPI on many scorecards shows the worst of them, and how many that are.
STATUSES = ("none", "on_track", "at_risk", "behind")
LEVELS_SHOWN = ("strategic", "short_term")


class KpiStrategy(models.Model):
    """What the strategy map shows: perspectives, the KPIs in them, and which drives which."""

    _inherit = "kpi.strategy"

    @api.model
    @api.readonly
    def get_map(self, period_id=False):
        """The map of the current company, as far as the user may read scorecards and objectives.

        :param int period_id: a period of the company; by default the last one that has begun and has scorecards
        :return: dict of ``strategy``, ``periods``, ``period_id`` and ``bands``: perspectives with their ``objectives``
            (progress in percent) and ``kpis`` (attainment in percent or False, ``status``, ``drives``: ids of KPIs)
        :raises AccessError: for portal users
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("The strategy map is for employees."))
        periods = self._map_periods()
        period = periods.filtered(lambda each: each.id == period_id) or periods.filtered(lambda each: each._has_begun())
        period = period[:1] or periods[:1]
        today = self.env.company._kpi_today()
        objectives = self._map_objectives(period.date_start or today, period.date_end or today)
        kpis = self._map_kpis(period)
        strategy = self.search(
            [
                ("company_id", "=", self.env.company.id),
                ("state", "=", "active"),
                ("date_start", "<=", period.date_end or today),
                ("date_end", ">=", period.date_start or today),
            ],
            limit=1,
        )
        return {
            "company": self.env.company.name,
            "strategy": strategy and {"id": strategy.id, "name": strategy.name, "vision": strategy.vision},
            "periods": [{"id": each.id, "name": each.name} for each in periods],
            "period_id": period.id,
            "bands": self._map_bands(objectives, kpis),
        }

    @api.model
    def _map_periods(self):
        """The periods with scorecards that the user may see, the latest first, of the same start the shortest."""
        Line = self.env["kpi.scorecard.line"]
        groups = Line._read_group([("company_id", "=", self.env.company.id)], ["period_id"])
        periods = self.env["kpi.period"].union(*(period for (period,) in groups))
        return periods.sorted(lambda period: (-period.date_start.toordinal(), period.date_end))

    @api.model
    def _map_objectives(self, start, end):
        return self.env["kpi.objective"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("level", "in", LEVELS_SHOWN),
                ("state", "!=", "cancelled"),
                ("date_start", "<=", end),
                ("date_end", ">=", start),
            ],
            order="level, sequence, id",
        )

    @api.model
    def _map_kpis(self, period):
        """{KPI: figures}, for those on a scorecard of the period."""
        groups = self.env["kpi.scorecard.line"]._read_group(
            [("company_id", "=", self.env.company.id), ("period_id", "=", period.id)],
            ["definition_id", "subject_type", "status", "result"],
            ["__count", "attainment:avg"],
        )
        rows = defaultdict(list)
        for definition, subject_type, *figures in groups:
            rows[definition].append((subject_type == "company", *figures))
        return {definition: self._map_figures(found) for definition, found in rows.items()}

    @api.model
    def _map_figures(self, rows):
        """The company's own figure where there is one; else those of all whom the user may see, together."""
        own = [row for row in rows if row[0]]
        counts, weighted, measured = defaultdict(int), 0.0, 0
        for _is_company, status, result, count, attainment in own or rows:
            counts["behind" if result == "error" else status or "none"] += count
            if result == "ok":
                weighted += (attainment or 0) * count
                measured += count
        worst = max(counts, key=STATUSES.index)
        return {
            "attainment": round(weighted / measured, 2) if measured else False,
            "status": worst,
            "status_count": counts[worst],
            "line_count": sum(counts.values()),
        }

    @api.model
    def _map_bands(self, objectives, kpis):
        definitions = self.env["kpi.definition"].union(*kpis)
        perspectives = self.env["kpi.perspective"].search([])
        perspectives |= (definitions.perspective_id | objectives.perspective_id).sorted()
        shown = set(definitions.ids)
        # What drives or is driven stands first, so that arrows are short.
        linked = set((definitions.drives_ids & definitions).ids)
        linked |= set(definitions.filtered(lambda each: each.drives_ids & definitions).ids)
        ordered = definitions.sorted(lambda each: (each.id not in linked, each.timing != "leading", each.code))
        bands = [
            {
                "id": perspective.id,
                "name": perspective.name or self.env._("No perspective"),
                "color": perspective.color,
                "objectives": [
                    {"id": objective.id, "name": objective.name, "progress": objective.progress}
                    for objective in objectives
                    if objective.perspective_id == perspective
                ],
                "kpis": [
                    {
                        **kpis[definition],
                        "id": definition.id,
                        "name": definition.name,
                        "timing": definition.timing,
                        "drives": [lagging for lagging in definition.drives_ids.ids if lagging in shown],
                    }
                    for definition in ordered
                    if definition.perspective_id == perspective
                ],
            }
            for perspective in (*perspectives, self.env["kpi.perspective"])
        ]
        return [band for band in bands if band["id"] or band["objectives"] or band["kpis"]]
