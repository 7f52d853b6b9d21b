from odoo import api, fields, models
from odoo.fields import Domain

# Periods to choose from.
MOST_PERIODS = 60
# Scorecards that a refresh measures in one request: some seconds each, so that the progress moves.
CHUNK = 200


class KpiCockpit(models.AbstractModel):
    """What the cockpit shows: a subject of a period, its KPIs, and who is below it.

    Everything is read with the user's own rights, by a number of queries that does not grow with the people.
    """

    _name = "kpi.cockpit"
    _description = "KPI Cockpit"

    @api.model
    @api.readonly
    def load(self, period_id=None, compare="previous", subject=None, period_type=None):
        """The cockpit of a subject in a period.

        :param int period_id: without one the running period, the latest where none is running
        :param compare: ``previous`` (the period before), ``year`` (the same a year before), the id of a period, False
        :param dict subject: ``type`` and ``id``; without one, or without anything to see there, the widest subject
            that holds all the user may see
        :param str period_type: of the running period, as of ``kpi.period``; by default the shortest
        :return: dict; ``empty`` says why there is nothing. Of each figure see the methods of the same name.
        """
        chosen = {"favorites": self.favorites(), "may_share": self._is_officer()}
        periods = self._periods()
        period = self._period(periods, period_id, period_type)
        if not period:
            return {"empty": "no_scorecards", "can_start": self._is_officer(), "periods": [], **chosen}
        other = self._compared(period, compare)
        # Of the period compared with the scores alone are told.
        tree, past = self._tree(period), self._tree(other, with_counts=False)
        here = self._here(tree, period, subject)
        return {
            "period": self._period_values(period),
            "periods": [self._period_choice(choice) for choice in (periods[:MOST_PERIODS] | period)],
            "compare": {"key": self._compare_key(compare), "id": other.id, "name": other.name},
            **self._subject(tree, past, here, period),
            **self._below(tree, past, here),
            "computed_at": self._computed_at(tree, here),
            "refresh_count": sum(map(len, self._to_refresh(tree, here, period))),
            **chosen,
        }

    @api.model
    def refresh_ids(self, period_id, subject=None):
        """Which scorecards a refresh of a subject measures again: its own and those below it.

        :return: ids in chunks, each to be passed to ``kpi.scorecard.action_compute``; nothing in a closed period
        """
        period = self.env["kpi.period"].search([("id", "=", period_id)]) if _is_id(period_id) else None
        if not period:
            return []
        tree = self._tree(period)
        return self._to_refresh(tree, self._here(tree, period, subject), period)

    # ---------------------------------------------------------------- subject

    @api.model
    def _here(self, tree, period, subject):
        """The subject asked for; the widest one where there is nothing to see of it.

        Any company means that of the period: whoever chooses a period of another company looks at that one.
        """
        kind, key = (subject.get("type"), subject.get("id")) if isinstance(subject, dict) else (None, None)
        root = ("company", period.company_id.id)
        if kind == "company":
            return root
        asked = (kind, key) if isinstance(kind, str) and _is_id(key) else None
        return asked if asked and tree.knows(asked) else tree.widest(root)

    @api.model
    def _to_refresh(self, tree, here, period):
        if period.state == "closed":
            return []
        ids = sorted(tree.cards_of(here))
        return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]

    @api.model
    def _is_officer(self, user=None):
        return (user or self.env.user).has_group("kpi_management.group_kpi_officer")

    # ---------------------------------------------------------------- period

    @api.model
    def _periods(self):
        """Periods with scorecards that the user may see, the latest first, of the companies that are switched on."""
        ours = Domain("company_id", "in", self.env.companies.ids)
        return self.env["kpi.period"].search(
            ours & Domain("scorecard_ids", "any", ours), order="date_start desc, date_end desc, id desc"
        )

    @api.model
    def _period(self, periods, period_id, period_type):
        """The period asked for, else the running one, else the latest that has begun, else the next."""
        asked = periods.filtered(lambda period: period.id == period_id)
        if asked:
            return asked
        periods = periods.filtered(lambda period: period.company_id == self.env.company) or periods
        periods = periods.filtered(lambda period: period.period_type == period_type) or periods
        today = {company: company._kpi_today() for company in periods.company_id}
        begun = periods.filtered(lambda period: period.date_start <= today[period.company_id])
        running = begun.filtered(lambda period: period.date_end >= today[period.company_id])
        return running.sorted(lambda period: (period.date_end, -period.id))[:1] or begun[:1] or periods[-1:]

    @api.model
    def _compared(self, period, compare):
        """The period to compare with: of the same company and type; an empty one where there is none."""
        if not compare:
            return period.browse()
        if _is_id(compare):
            domain = Domain("id", "=", compare)
        elif compare == "year":
            back = {"weeks": 52} if period.period_type == "week" else {"years": 1}
            domain = Domain("date_start", "=", fields.Date.subtract(period.date_start, **back))
        else:
            domain = Domain("date_start", "<", period.date_start)
        alike = Domain("company_id", "=", period.company_id.id) & Domain("period_type", "=", period.period_type)
        return period.search(domain & alike, limit=1)

    @api.model
    def _compare_key(self, compare):
        return compare if compare in ("previous", "year", False) else "other"

    @api.model
    def _period_choice(self, period):
        types = dict(period._fields["period_type"]._description_selection(self.env))
        name = period.name
        if len(self.env.companies) > 1:
            name = f"{name} · {period.company_id.name}"
        return {
            "id": period.id,
            "name": name,
            "type": period.period_type,
            "type_name": types[period.period_type],
            "company_id": period.company_id.id,
        }

    @api.model
    def _period_values(self, period):
        """The choice, how far it has gone, and its state."""
        states = dict(period._fields["state"]._description_selection(self.env))
        return {
            **self._period_choice(period),
            **period._progress(),
            "date_start": fields.Date.to_string(period.date_start),
            "state": period.state,
            "state_name": states[period.state],
            "is_running": period._has_begun() and not period._has_ended(),
        }


def _is_id(value):
    """Whether what a client sent may be the id of a record."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
