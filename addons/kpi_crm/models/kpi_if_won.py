from contextlib import contextmanager
from decimal import Decimal

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.kpi_management.engine import EngineError, round_half_up, to_decimal


class CrmLead(models.Model):
    """What winning an opportunity does to the salesperson's KPIs."""

    _inherit = "crm.lead"

    def kpi_if_won(self, revenue=None):
        """What the salesperson's running scorecards say now, and what they would say had this deal been won now.

        The deal is won, measured and taken back within a savepoint, so that each KPI counts it by its own rules. KPIs
        of orders count what a won deal is still expected to bring (``kpi.measure.won_deal``) beside the orders that
        are confirmed already.

        :param float revenue: the expected revenue, where it is not saved yet
        :return: False where nothing can be said; else dict with ``name`` of the salesperson, ``is_mine``,
            ``currency_id`` and ``cards``: list of dict with ``scorecard_id``, ``period``, ``score`` and ``lines``; a
            score is {"now", "then"}, a line {"line_id", "name", "unit", "actual", "attainment"}, figures as {"now",
            "then"}; only lines that change
        :raises AccessError: when the user may not read the opportunity
        """
        self.ensure_one()
        self.check_access("read")
        cards = self._kpi_cards()
        if not cards:
            return False
        try:
            told = self._kpi_if_won(cards, _revenue(self.expected_revenue if revenue is None else revenue))
        except EngineError:
            return False  # the amount being typed, or what a KPI makes of it, is no figure
        return bool(told) and {
            "name": self.user_id.name,
            "is_mine": self.user_id == self.env.user,
            "currency_id": cards.company_id.currency_id.id,
            "cards": told,
        }

    def _kpi_cards(self):
        """The salesperson's running scorecards, those that the user may read."""
        if self.type != "opportunity" or self.won_status != "pending" or not self.user_id:
            return self.env["kpi.scorecard"]
        strip = self.env["kpi.pipeline.strip"].with_company(self.company_id or self.env.company)
        domain = strip._running() & Domain("subject_type", "=", "employee") & Domain("user_id", "=", self.user_id.id)
        return self.env["kpi.scorecard"].search(domain, order="date_end, date_start desc, id")

    def _kpi_if_won(self, cards, amount):
        """What winning the deal changes on scorecards, see ``kpi_if_won``; nothing is stored."""
        # sudo: whoever may read a scorecard may know what it says; figures are measured as the nightly run does.
        computation, cards = self.env["kpi.computation"].sudo(), cards.sudo()
        library, company = computation._library(), cards.company_id
        plan = computation._plan(cards, library)
        elapsed = dict.fromkeys(cards.period_id, Decimal(1))  # for forecasts alone, which nobody asks for here
        figures = computation._query(company, plan)
        now = computation._evaluate(cards, library, figures, elapsed)
        self._kpi_count_deal(computation, company, plan, figures, amount)
        self._kpi_count_order(plan, figures, to_decimal(amount))
        then = computation._evaluate(cards, library, figures, elapsed)
        changes = [self._kpi_changes(card, now[card.id], then[card.id]) for card in cards]
        return [change for change in changes if change["lines"]]

    def _kpi_count_deal(self, computation, company, plan, figures, amount):
        """Replace the figures that deals are counted for by what they were with this one won.

        Counts of other records cannot change: they are not measured a second time.

        :param plan: as of ``kpi.computation._plan``
        :param figures: as of ``kpi.computation._query``, changed in place
        """
        codes = self._kpi_codes_of_deals({code for code, _window, _kind, _choices in plan})
        changing = {need: ids for need, ids in plan.items() if need[0] in codes}
        if not changing:  # KPIs of orders alone, say: no lock and no version of the deal's row for nothing
            return
        with self._kpi_won(amount):
            measured = computation._query(company, changing)
        for (code, window, kind, choices), ids in changing.items():
            for subject_id in ids:
                # A figure without records is missing: the old one must not stay in its place.
                figures[kind, subject_id, choices].pop((code, window), None)
        for subject, values in measured.items():
            figures[subject].update(values)

    def _kpi_codes_of_deals(self, codes):
        """Those of the measures that a change of a deal may reach: they count deals, or a view."""
        # sudo: plain users may not read measures; only which records they count is asked.
        measures = self.env["kpi.measure"].sudo().with_context(active_test=False).search([("code", "in", list(codes))])

        def reaches(measure):
            model = measure.source == "query" and self.env.get(measure.model_name)
            return model is not None and model is not False and (model._name == "crm.lead" or not model._auto)

        return {measure.code for measure in measures if reaches(measure)}

    @contextmanager
    def _kpi_won(self, amount):
        """Within it the deal is won in the database, for this transaction alone.

        Nothing of it stays, and nobody hears of it:

        - The columns are written by SQL, past ``write()``: no chatter, mail, activity, automation, frequency of the
          predictive scoring or message on the bus is made, as no code runs that would make them, now or on commit.
        - The savepoint is rolled back in any case; that drops Odoo's cache as well, so that nothing read meanwhile
          remains (its pending writes went to the database before the savepoint).
        - No other transaction sees the row: it is never committed. Its lock ends with the savepoint, some
          milliseconds later; whoever saves the deal just then waits that long, and whoever saved it just before makes
          this request start anew, as Odoo does with any.
        """
        stage = self._stage_find(team_id=self.team_id.id, domain=[("is_won", "=", True)])
        won = SQL(
            """
            UPDATE crm_lead
               SET won_status = 'won', active = true, probability = 100, automated_probability = 100,
                   expected_revenue = %(amount)s, prorated_revenue = %(amount)s,
                   stage_id = %(stage)s, date_last_stage_update = %(now)s, date_closed = %(now)s,
                   day_close = floor(abs(extract(epoch FROM %(now)s - create_date)) / 86400)
             WHERE id = %(id)s
            """,
            amount=amount,
            stage=stage.id or self.stage_id.id or None,
            now=fields.Datetime.now(),
            id=self.id,
        )
        savepoint = self.env.cr.savepoint()
        try:
            self.env.cr.execute(won)
            yield
        finally:
            savepoint.close(rollback=True)

    def _kpi_count_order(self, plan, figures, amount):
        """Add what the deal is expected to bring to the measures of orders, in the windows that hold today."""
        # sudo: plain users may not read measures; only what they add is used.
        measures = self.env["kpi.measure"].sudo().search([("won_deal", "!=", False)])
        ordered, orders = self._kpi_ordered()
        still = {"amount": max(amount - ordered, Decimal(0)), "one": Decimal(not orders)}
        adds = {measure.code: still[measure.won_deal] for measure in measures}
        company = self.company_id or self.env.company
        today = company._kpi_today()
        for (code, window, kind, choices), ids in plan.items():
            if code not in adds or choices or not window.start <= today <= window.end:
                continue
            for subject_id in ids:
                measured = figures[kind, subject_id, choices]
                value = measured.get((code, window)) or Decimal(0)  # without orders yet there is no figure
                if isinstance(value, Decimal):
                    measured[code, window] = round_half_up(value + adds[code], 6)

    def _kpi_ordered(self):
        """What is ordered of the deal already, and counted: the amount without taxes, and how many orders."""
        if "sale_order_count" not in self._fields:  # without Odoo's own link between CRM and Sales
            return Decimal(0), 0
        # sudo: the salesperson's own figures, which the viewer may read, count these orders, whoever may read them.
        deal = self.sudo()
        return to_decimal(deal.sale_amount_total), deal.sale_order_count

    def _kpi_changes(self, card, now, then):
        """What differs between two results of a scorecard.

        :param now: engine ``CardResult`` as it stands
        :param then: the same with the deal won
        """
        results = {before.key: (before, after) for before, after in zip(now.lines, then.lines, strict=True)}
        return {
            "scorecard_id": card.id,
            "period": card.period_id.name,
            "score": {"now": _plain(now.score), "then": _plain(then.score)},
            "lines": [
                {
                    "line_id": line.id,
                    "name": line.display_name,
                    "unit": line.unit,
                    "actual": {"now": _plain(before.actual), "then": _plain(after.actual)},
                    "attainment": {"now": _plain(before.attainment), "then": _plain(after.attainment)},
                }
                for line in card.line_ids
                for before, after in [results[line.id]]
                if before.actual != after.actual and after.result == "ok"
            ],
        }


def _revenue(value):
    """An amount that a client sent.

    :raises EngineError: when it is no number
    """
    return float(to_decimal(value or 0))


def _plain(value):
    """A Decimal as JSON has it; False for none."""
    return False if value is None else float(value)
