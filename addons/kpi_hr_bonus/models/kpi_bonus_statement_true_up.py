"""True-ups: an approved statement, computed again on today's records by the rule it was approved with."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.kpi_management.engine import number_text, to_decimal
from odoo.addons.kpi_management.models.guard import trusted

from ..engine import input_from, pool_dict, replay, share, split_pool, to_currency
from .kpi_bonus_statement import SETTLED_STATES


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"  # pylint: disable=consider-merging-classes-inherited

    true_up_ids = fields.One2many("kpi.bonus.true.up", "statement_id", string="Corrections")
    true_up_at = fields.Datetime(readonly=True, copy=False, help="When it was last compared with today's records.")

    def _refresh_true_ups(self):
        """Compare settled statements with today's records; what differs waits for the next statement.

        Constant queries however many there are.
        """
        settled = trusted(self).filtered(lambda statement: statement.state in SETTLED_STATES and statement.explanation)
        settled = settled._with_whole_pools()
        if not settled:
            return
        figures = self.env["kpi.bonus.today"]._figures(settled)
        steps = {statement: figures.steps(statement) for statement in settled}
        for (plan, _period), group in settled._by_plan_and_period():
            if plan.basis == "pool":
                group._split_pool_today(steps, figures)
        settled._keep_true_ups({statement: replay(steps[statement]) for statement in settled}, figures)
        settled.write({"true_up_at": fields.Datetime.now()})

    def _with_whole_pools(self):
        """These statements and those that share a pool with them; a pool waits until all of it is settled."""
        by_pool = self.filtered(lambda statement: statement.plan_id.basis == "pool")
        if not by_pool:
            return self
        whole = self.search(
            [
                ("plan_id", "in", by_pool.plan_id.ids),
                ("period_id", "in", by_pool.period_id.ids),
                ("state", "!=", "cancelled"),
            ]
        )
        result = self - by_pool
        for _key, group in whole._by_plan_and_period():
            if group & by_pool and set(group.mapped("state")) <= set(SETTLED_STATES):
                result |= group
        return result

    def _split_pool_today(self, steps, figures):
        """Split what these people got of a pool, and what was added to it since, anew in proportion to today's shares.

        :param dict steps: {statement: steps}, whose pool is replaced
        """
        group = self.sorted(lambda statement: statement.employee_id.id)
        rounding = to_decimal(group.currency_id.rounding)
        amount = sum(to_decimal(statement.computed_amount) for statement in group) + figures.pool_growth(group[0])
        inputs = [input_from(steps[statement]) for statement in group]
        shares = [share(inp) for inp in inputs]
        pools = split_pool(to_currency(max(amount, to_decimal(0)), rounding), shares, rounding)
        for statement, pool, own in zip(group, pools, shares, strict=True):
            steps[statement]["pool"] = pool_dict(pool, own)

    def _keep_true_ups(self, today, figures):
        """Store the differences.

        :param dict today: {statement: engine Payout on today's records, without adjustments and rests}
        """
        TrueUp = trusted(self.env["kpi.bonus.true.up"])
        late = TrueUp.search([("statement_id", "in", self.ids), ("origin", "=", "late")]).grouped("statement_id")
        new, gone = [], TrueUp
        for statement, payout in today.items():
            known = late.get(statement, TrueUp)
            waiting = known.filtered(lambda true_up: not true_up.settled_id)
            settled = sum((to_decimal(true_up.amount) for true_up in known - waiting), to_decimal(0))
            difference = float(payout.capped - to_decimal(statement.capped_amount) - settled)
            if waiting and not difference:
                gone |= waiting
            elif not waiting and difference:
                new.append({"statement_id": statement.id, **statement._prepare_true_up(difference, payout, figures)})
            elif waiting and statement.currency_id.compare_amounts(waiting.amount, difference):
                waiting.write(statement._prepare_true_up(difference, payout, figures))
        TrueUp.create(new)
        # One that a draft shows stays with nothing in it until that is computed again.
        shown = self.env["kpi.bonus.statement.line"].sudo().search([("true_up_id", "in", gone.ids)]).true_up_id
        (gone & shown).write({"amount": 0})
        (gone - shown).unlink()

    def _prepare_true_up(self, difference, payout, figures):
        explanation = {
            "card": figures.compared(self),
            "score": [self.explanation["payout"]["score"], payout.explanation["score"]],
            "payout_percent": [self.explanation["payout"]["payout_percent"], number_text(payout.payout_percent)],
            "gate_factor": [self.explanation["payout"]["gate_factor"], number_text(payout.gate_factor)],
            "amount": [number_text(to_decimal(self.capped_amount)), number_text(payout.capped)],
            "settled": number_text(payout.capped - to_decimal(self.capped_amount) - to_decimal(difference)),
        }
        return {"amount": difference, "explanation": explanation, "author_id": SUPERUSER_ID}

    # ------------------------------------------------------------- settling

    def _outdated_carry(self):
        """Extend: nor may what corrects earlier periods have changed, or go to two statements at once."""
        outdated, taken = super()._outdated_carry(), self.env["kpi.bonus.true.up"]
        for statement in self.sudo().sorted("date_end"):
            lines = statement.line_ids.filtered(lambda line: line.kind == "true_up")
            fresh = all(
                not line.true_up_id.settled_id
                and not line.currency_id.compare_amounts(line.amount, line.true_up_id.amount)
                for line in lines
            )
            if not fresh or lines.true_up_id & taken:
                outdated |= self & statement
            taken |= lines.true_up_id
        return outdated

    def _settle_rests(self):
        """Extend: what these statements took of earlier corrections is settled."""
        result = super()._settle_rests()
        for statement in trusted(self):
            lines = statement.line_ids.filtered(lambda line: line.kind == "true_up")
            lines.true_up_id.write({"settled_id": statement.id})
        return result

    @api.model
    def _release_taken(self, statements):
        result = super()._release_taken(statements)
        TrueUp = trusted(self.env["kpi.bonus.true.up"])
        TrueUp.search([("settled_id", "in", statements.ids)]).write({"settled_id": False})
        # Of a cancelled statement there is nothing to correct: it is computed anew.
        waiting = TrueUp.search([("statement_id", "in", statements.ids), ("settled_id", "=", False)])
        waiting.write({"amount": 0})
        return result

    def _check_cancellable(self):
        """Extend: a correction that a later statement settled would be left hanging."""
        result = super()._check_cancellable()
        if self.state in SETTLED_STATES and (later := self.sudo().true_up_ids.settled_id):
            raise UserError(
                self.env._(
                    "A correction of %(name)s was settled by %(other)s. Cancel that one first.",
                    name=self.display_name,
                    other=later[0].display_name,
                )
            )
        return result
