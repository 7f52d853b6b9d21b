"""A statement in a few plain sentences, and what a correction is made of."""

from decimal import Decimal

from odoo import api, fields, models

from ..engine import rate_from


class KpiBonusExplanation(models.AbstractModel):
    _inherit = "kpi.bonus.explanation"

    @api.model
    def _summary(self, statement):
        """Why a statement pays what it pays, in the viewer's language.

        :return: list of sentences, the most important first
        """
        told, payout = statement.explanation, statement.explanation["payout"]
        # sudo: names of KPIs only, see _prepare_values
        statement = statement.sudo()
        sentences = [self._reason_sentence(payout) or self._basis_sentence(statement, told)]
        if not payout["reason"]:
            sentences += self._gate_sentences(told)
            if payout["prorate"] and Decimal(payout["proration"]) < 1:
                days = {"days": self._number(payout["days_covered"]), "total": self._number(payout["days_total"])}
                sentences.append(self.env._("%(days)s of %(total)s days count.", **days))
            if Decimal(payout["capped"]) < Decimal(payout["computed"]):
                sentences.append(self.env._("The cap of %s holds.", self._money(statement, payout["capped"])))
        return sentences + self._addition_sentences(statement)

    def _reason_sentence(self, payout):
        return {
            "no_score": self.env._("Nothing was measured, so there is no score and nothing is paid by the plan."),
            "no_value": self.env._("Nothing was measured, so nothing is paid by the plan."),
            "pool_empty": self.env._("There was no money in the pool."),
            "pool_without_shares": self.env._("Nobody had a share in the pool."),
        }.get(payout["reason"])

    def _basis_sentence(self, statement, told):
        payout = told["payout"]
        percent = self._number(payout["payout_percent"])
        by_score = {"score": self._number(payout["score"]), "percent": percent}
        if told["basis"] == "rate":
            rate = rate_from(payout["rate"])
            values = {"amount": self._money(statement, rate.money), "percent": percent}
            if payout["curve"]:
                return self.env._(
                    "The measured value is worth %(amount)s by its rates; %(percent)s %% of it is paid.", **values
                )
            return self.env._("The measured value is worth %(amount)s by its rates.", **values)
        if told["basis"] == "pool":
            values = {**by_score, "amount": self._money(statement, payout["pool"]["amount"])}
            if told["apply_on"] == "kpi":
                return self.env._(
                    "The KPI reached %(score)s %%: that counts as %(percent)s %% in the split of %(amount)s.", **values
                )
            return self.env._(
                "The score is %(score)s %%: that counts as %(percent)s %% in the split of %(amount)s.", **values
            )
        values = {**by_score, "amount": self._money(statement, payout["basis"])}
        if told["apply_on"] == "kpi":
            return self.env._("The KPI reached %(score)s %%, which pays %(percent)s %% of %(amount)s.", **values)
        return self.env._("The score is %(score)s %%, which pays %(percent)s %% of %(amount)s.", **values)

    def _gate_sentences(self, told):
        ids = [gate["definition_id"] for gate in told["gates"]]
        # sudo: names only, see _prepare_values
        names = {kpi.id: kpi.name for kpi in self.env["kpi.definition"].sudo().browse(ids).exists()}
        gates = [self._prepare_gate(entry, names) for entry in told["gates"]]
        return [
            self.env._(
                "%(kpi)s is below %(minimum)s %%: × %(factor)s.",
                kpi=gate["name"],
                minimum=gate["minimum"],
                factor=gate["factor"],
            )
            for gate in gates
            if not gate["passed"]
        ]

    def _addition_sentences(self, statement):
        """What was added to what the plan pays, or taken off."""
        sums = [
            (statement.adjustment_amount, self.env._("Adjustments: %s.")),
            (statement.true_up_amount, self.env._("Corrections of earlier periods: %s.")),
            (statement.carried_in, self.env._("Left over from earlier statements: %s.")),
            (statement.carried_out, self.env._("%s is left for the next bonus to settle; wages are not touched.")),
        ]
        return [text % self._signed(statement, amount) for amount, text in sums if amount]

    def _signed(self, statement, amount):
        return ("+" if amount > 0 else "") + self._money(statement, amount)

    # -------------------------------------------------------------- true-up

    @api.model
    def _render_true_up(self, true_up):
        """What a correction is made of, as HTML."""
        told = true_up.explanation
        # sudo: names of KPIs only
        ids = [entry["definition_id"] for entry in told["card"]]
        names = {kpi.id: kpi.name for kpi in self.env["kpi.definition"].sudo().browse(ids).exists()}
        currency = true_up.sudo().currency_id
        values = {
            "kpis": [self._prepare_compared(entry, names, currency) for entry in told["card"]],
            "rows": self._prepare_true_up_rows(true_up.sudo(), told),
            "settled": Decimal(told["settled"]) and self._signed(true_up.sudo(), float(told["settled"])),
            "difference": self._signed(true_up.sudo(), true_up.amount),
        }
        return self.env["ir.qweb"]._render("kpi_hr_bonus.true_up_arithmetic", values)

    def _prepare_compared(self, entry, names, currency):
        def pair(value, percent):
            return [value, percent and percent + " %"]

        return {
            "name": names.get(entry["definition_id"], entry["code"]),
            "then": pair(self._value(entry["actual"], entry["unit"], currency), self._number(entry["attainment"])),
            "now": pair(
                self._value(entry["actual_now"], entry["unit"], currency), self._number(entry["attainment_now"])
            ),
        }

    def _prepare_true_up_rows(self, true_up, told):
        def percent(text):
            return self.env._("No data") if text is None else self._number(text) + " %"

        rows = [
            (self.env._("Score"), *map(percent, told["score"])),
            (self.env._("Payout"), *map(percent, told["payout_percent"])),
            (self.env._("Gates ×"), *map(self._number, told["gate_factor"])),
        ]
        changed = [row for row in rows if row[1] != row[2]]
        return [*changed, (self.env._("By the plan"), *(self._money(true_up, text) for text in told["amount"]))]


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    summary = fields.Text(compute="_compute_summary", string="In short")

    @api.depends_context("lang")
    @api.depends("explanation", "adjustment_amount", "true_up_amount", "carried_in", "carried_out")
    def _compute_summary(self):
        renderer = self.env["kpi.bonus.explanation"]
        for statement in self:
            statement.summary = " ".join(renderer._summary(statement)) if statement.explanation else False

    def action_open_kpi(self, line_id, records=False):
        """Open how a KPI of this statement was measured, or the records counted, under the viewer's own rights.

        :param int line_id: of ``kpi.scorecard.line``, out of this statement's arithmetic
        :param bool records: the records themselves
        :return: a window action
        """
        self.ensure_one()
        self.check_access("read")
        known = {entry["line_id"] for entry in (self.explanation or {}).get("card", ())}
        line = self.env["kpi.scorecard.line"].browse(line_id if line_id in known else ()).exists()
        if not line:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {"message": self.env._("This KPI is no longer on the scorecard."), "type": "warning"},
            }
        line.check_access("read")
        return line.action_open_records() if records else line.action_open_explanation()

    def _print(self):
        """This statement as a PDF: (file name, bytes)."""
        self.ensure_one()
        # sudo: whoever may have the statement mailed may print it.
        report = self.env["ir.actions.report"].sudo()
        content, _kind = report._render_qweb_pdf("kpi_hr_bonus.action_report_statement", self.ids)
        return f"{self.reference}.pdf", content
