from datetime import datetime
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.kpi_management.models.kpi_period import PERIOD_TYPES

# People in the strip; whoever leads more looks at them by team, or in the scorecards.
MOST_PEOPLE = 40


class Row(NamedTuple):
    """A scorecard: its fields by name; ``team_id`` is None for a person, ``computed_at`` where it never was."""

    id: int
    user_id: int | None
    employee_id: int | None
    team_id: int | None
    period_id: int
    period_type: str
    computed_at: datetime | None


class Kpi(NamedTuple):
    """What has to be known of a KPI."""

    id: int
    name: str
    unit: str
    direction: str
    is_of_sales: bool


class Line(NamedTuple):
    """A line of a scorecard; figures are None where nothing was computed, the target is where there is no single one."""

    kpi: Kpi
    id: int
    target: float | None
    actual: float | None
    attainment: float | None
    forecast: float | None
    status: str
    result: str | None


class KpiPipelineStrip(models.AbstractModel):
    """What the strip above the CRM pipeline says: KPIs of the running period, and what the pipeline does about them.

    Everything is read with the user's own rights. Scorecards, lines and deals of everybody are read as rows, each kind
    by one query; only who is shown becomes records, so that the number of queries does not grow with the people.
    """

    _name = "kpi.pipeline.strip"
    _description = "KPIs beside the Pipeline"

    @api.model
    def load(self, domain=(), period_type=None):
        """What there is to show beside a pipeline filtered by a domain.

        Of the domain only what says whose deals they are counts (salesperson, sales team): a search for a customer
        changes neither targets nor the pipeline they are compared with.

        :param domain: of the pipeline (``crm.lead``)
        :param str period_type: as of ``kpi.period``; without one, or without scorecards of it, the shortest there is
        :return: False where there is nothing to show; else dict with ``period`` (``id``, ``name``, ``date_end``,
            ``days_left``, ``elapsed``: percent of its working time), ``period_type``, ``period_types`` ([(key, name)]
            to choose from), ``currency_id``, ``people`` and ``teams`` (see ``_row``; whoever needs attention first,
            oneself before all), ``together`` (the totals of more than one person, see ``_together``), ``more`` (how
            many people are left out), ``stale`` (see ``_changed_at``: call ``refresh``)
        """
        types, period_type, rows = self._chosen(domain, period_type)
        if not rows:
            return False
        period = self.env["kpi.period"].browse(rows[0].period_id)
        progress = period._progress()
        lines = self._lines(rows)
        pipeline = self._pipeline(rows, period)
        people, teams = self._shown(rows, lines)
        names = self._names(people + teams, lines)
        everybody = [row for row in rows if row.team_id is None]
        return {
            "period": {"id": period.id, "name": period.name, **progress},
            "period_type": period_type,
            "period_types": types,
            "currency_id": period.company_id.currency_id.id,
            "people": [self._row(row, lines[row.id], pipeline, names) for row in people],
            "teams": [self._row(row, lines[row.id], pipeline, names) for row in teams],
            "more": len(everybody) - len(people),
            "together": self._together(everybody, lines, pipeline) if len(everybody) > 1 else False,
            "stale": self._changed_at(people + teams, lines),
        }

    @api.model
    def refresh(self, domain=(), period_type=None):
        """Measure the scorecards that ``load`` shows anew.

        A won deal is told to all who follow it at once. Only one of them measures a period at a time: others would
        wait for the rows it writes, and then have to begin again.

        :return: what ``load`` returns; with ``busy`` set while somebody else measures: ask again in a moment
        """
        _types, _period_type, rows = self._chosen(domain, period_type)
        people, teams = self._shown(rows, self._lines(rows))
        cards = self.env["kpi.scorecard"].browse(row.id for row in people + teams)
        # sudo: a lock changes nothing; who may measure is asked below, by the scorecards.
        is_free = bool(cards.period_id.sudo().try_lock_for_update(allow_referencing=True))
        if is_free:
            cards.filtered(lambda card: card.period_id.state != "closed").action_compute()
        told = self.load(domain, period_type)
        return told and {**told, "busy": not is_free}

    # ---------------------------------------------------------------- whose

    @api.model
    def _chosen(self, domain, period_type):
        """The scorecards beside a pipeline, of one period.

        :return: ([(period type, its name)] there are, the one that counts, its rows; see ``_rows``)
        """
        if not self.env["crm.lead"].has_access("read"):
            return [], False, []
        rows = self._rows(domain)
        there = {row.period_type for row in rows}
        names = dict(self.env["kpi.period"]._fields["period_type"]._description_selection(self.env))
        types = [(key, names[key]) for key, _name in PERIOD_TYPES if key in there]
        if types and (not isinstance(period_type, str) or period_type not in there):
            period_type = types[0][0]
        rows = [row for row in rows if row.period_type == period_type]
        return types, period_type, [row for row in rows if row.period_id == rows[0].period_id]

    @api.model
    def _running(self):
        """The domain of the scorecards that run today, in the first allowed company."""
        company = self.env.company
        return Domain("company_id", "=", company.id) & self.env["kpi.scorecard"]._running_domain(company)

    @api.model
    def _rows(self, domain):
        """Running scorecards of the salespeople and sales teams whose deals the pipeline shows.

        :return: list of Row
        """
        # Made canonical first: paths become "any", and a negation moves to the conditions it negates.
        domain = Domain(domain or ()).optimize(self.env["crm.lead"])
        sells = Domain("user_id", "=", self.env.uid) | Domain("user_id.crm_team_member_ids", "!=", False)
        people = Domain("subject_type", "=", "employee") & sells & Domain("user_id", "any", _people(domain))
        teams = Domain("subject_type", "=", "team") & Domain("team_id", "any", _teams(domain))
        cards = self.env["kpi.scorecard"]
        query = cards._search(self._running() & (people | teams), order="date_start desc, id")
        return [Row(*values) for values in self._read_values(cards, query, Row._fields)]

    @api.model
    def _read_values(self, model, query, names, *more):
        """The values of these fields, as the database has them, of what a query of a model finds.

        :param SQL more: columns beside them
        """
        columns = [model._field_to_sql(model._table, name, query) for name in names]
        return self.env.execute_query(query.select(*columns, *more))

    @api.model
    def _shown(self, rows, lines):
        """The rows of people and of teams that are shown: oneself first, then whoever is furthest from a target."""

        def place(row):
            measured = (line.attainment or 0.0 for line in lines[row.id] if line.result == "ok")
            return row.user_id != self.env.uid, min(measured, default=0.0), row.id

        ordered = sorted(rows, key=place)
        people = [row for row in ordered if row.team_id is None]
        teams = [row for row in ordered if row.team_id is not None]
        return people[:MOST_PEOPLE], teams[:MOST_PEOPLE]

    # ---------------------------------------------------------------- what

    @api.model
    def _lines(self, rows):
        """{scorecard id: its lines, those of sales before the others}"""
        model = self.env["kpi.scorecard.line"]
        query = model._search([("scorecard_id", "in", [row.id for row in rows])], order="sequence, id")
        self.env["kpi.target.change"].flush_model(["line_id"])
        is_changed = SQL("EXISTS (SELECT FROM kpi_target_change change WHERE change.line_id = kpi_scorecard_line.id)")
        lines = self._read_values(model, query, ("scorecard_id", "definition_id", *Line._fields[1:]), is_changed)
        kpis = {
            kpi.id: Kpi(kpi.id, kpi.name, kpi.unit, kpi.direction, kpi.department_kind == "sales")
            for kpi in self.env["kpi.definition"].browse({definition_id for _card_id, definition_id, *_rest in lines})
        }
        by_card = {row.id: [] for row in rows}
        changed = model.browse([line_id for _card_id, _kpi_id, line_id, *_rest, is_changed in lines if is_changed])
        aims = {line.id: line.effective_target for line in changed}
        for card_id, definition_id, line_id, target, *rest, _is_changed in lines:
            kpi = kpis[definition_id]
            aim = None if kpi.direction == "band" else aims.get(line_id, target)
            by_card[card_id].append(Line(kpi, line_id, aim, *rest))
        for own in by_card.values():
            own.sort(key=lambda line: not line.kpi.is_of_sales)
        return by_card

    @api.model
    def _pipeline(self, rows, period):
        """Open deals expected to close in the period, as the user may see them.

        :return: {("user" | "team", id): (number of deals, their weighted revenue)}
        """
        user_ids = [row.user_id for row in rows if row.team_id is None]
        team_ids = [row.team_id for row in rows if row.team_id is not None]
        groups = self.env["crm.lead"]._read_grouping_sets(
            self._closing(period) & (Domain("user_id", "in", user_ids) | Domain("team_id", "in", team_ids)),
            [["user_id"], ["team_id"]] if team_ids else [["user_id"]],
            ["__count", "prorated_revenue:sum"],
        )
        return {
            (key, record.id): (count, weighted)
            for key, found in zip(("user", "team"), groups, strict=False)
            for record, count, weighted in found
        }

    @api.model
    def _closing(self, period):
        """The domain of the open opportunities expected to close in a period."""
        return (
            Domain("type", "=", "opportunity")
            & Domain("won_status", "=", "pending")
            & Domain("company_id", "in", (False, period.company_id.id))
            & Domain("date_deadline", ">=", period.date_start)
            & Domain("date_deadline", "<=", period.date_end)
        )


def _people(domain):
    """The domain on users that says whose deals a pipeline's domain lets through.

    :param Domain domain: on ``crm.lead``, optimized
    """

    def translate(condition):
        name, _dot, rest = condition.field_expr.partition(".")
        if name == "user_id":
            return _of_target(condition, rest)
        if name == "team_id":
            path = f"crm_team_ids.{rest}" if rest else "crm_team_ids"
            return Domain(path, condition.operator, condition.value)
        return Domain.TRUE

    return domain.map_conditions(translate)


def _teams(domain):
    """The same for sales teams; a team's target is none of a pipeline of single salespeople."""

    def translate(condition):
        name, _dot, rest = condition.field_expr.partition(".")
        if name == "user_id":
            return Domain.FALSE
        return _of_target(condition, rest) if name == "team_id" else Domain.TRUE

    return domain.map_conditions(translate)


def _of_target(condition, rest):
    """A condition on what a many2one refers to, as one of that model itself."""
    if not rest and condition.operator in ("any", "not any"):
        return condition.value if condition.operator == "any" else ~condition.value
    return Domain(rest or "id", condition.operator, condition.value)
