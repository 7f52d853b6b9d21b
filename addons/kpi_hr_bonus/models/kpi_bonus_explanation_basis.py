"""The steps of a statement's arithmetic that depend on what the plan pays by."""

from decimal import Decimal

from odoo import api, models

from ..engine import rate_from


class KpiBonusExplanation(models.AbstractModel):
    _inherit = "kpi.bonus.explanation"

    @api.model
    def _prepare_basis(self, statement, names):
        """What the template shows between the gates and the amount.

        :param names: {kpi.definition id: name}
        :return: dict of template values; steps are lists of {name, note, value}
        """
        explanation = statement.explanation
        payout = explanation["payout"]
        prepare = getattr(self, f"_prepare_basis_{explanation['basis']}")
        return {
            "payout_note": self._payout_note(payout),
            "basis_steps": prepare(statement, explanation, names),
            "pool_steps": self._prepare_pool_steps(statement, explanation) if payout.get("pool") else [],
            "days_text": self._days_text(explanation),
        }

    def _payout_note(self, payout):
        if payout.get("rate") and not payout["curve"]:
            return self.env._("a rate is paid in full")
        return ""

    def _days_text(self, explanation):
        payout = explanation["payout"]
        text = f"{self._number(payout['days_covered'])} ÷ {payout['days_total']}"
        unpaid = explanation.get("unpaid_days") or "0"
        if Decimal(unpaid):
            text += " " + self.env._("(%s days of unpaid leave taken off)", self._number(unpaid))
        return text

    def _step(self, name, value, note=""):
        return {"name": name, "note": note, "value": value}

    def _prepare_basis_fixed(self, statement, explanation, names):
        money = self._money(statement, explanation["payout"]["basis"])
        return [self._step(self.env._("× Basis"), money, self.env._("amount at 100 %"))]

    def _prepare_basis_wage(self, statement, explanation, names):
        note = self.env._(
            "wage %(wage)s × %(percent)s %%",
            wage=self._money(statement, explanation["wage"]),
            percent=self._number(explanation["wage_percent"]),
        )
        return [self._step(self.env._("× Basis"), self._money(statement, explanation["payout"]["basis"]), note)]

    def _prepare_basis_rate(self, statement, explanation, names):
        """The measured value, each tier's part of it, and what they add up to."""
        rate = rate_from(explanation["payout"]["rate"])
        entry = next(e for e in explanation["card"] if e["definition_id"] == explanation["definition_id"])
        currency = statement.currency_id
        name = names.get(entry["definition_id"], entry["code"])

        def value(number):
            return self._value(str(number), entry["unit"], currency)

        measured = self.env._("No data") if rate.value is None else value(rate.value)
        steps = [self._step(self.env._("Measured: %s", name), measured)]
        steps += [
            self._step(
                self.env._("Tier from %s", value(band.start)),
                self._money(statement, band.money),
                self._band_note(statement, rate, band, value),
            )
            for band in rate.bands
        ]
        note = "" if rate.bands or rate.value is None else self.env._("nothing is paid for this value")
        return [*steps, self._step(self.env._("× Basis"), self._money(statement, rate.money), note)]

    def _band_note(self, statement, rate, band, value):
        if rate.per == "percent":
            worth = self._number(str(band.rate)) + " %"
        else:
            # Not as money: an amount per unit may be less than the smallest coin.
            worth = f"{self._number(str(band.rate))} {statement.currency_id.symbol}"
        return f"{value(band.part)} × {worth}"

    def _prepare_basis_pool(self, statement, explanation, names):
        payout = explanation["payout"]
        if explanation["pool"]["key"] == "wage":
            return [self._step(self.env._("× Wage"), self._money(statement, payout["basis"]))]
        note = self.env._("the same for everybody")
        return [self._step(self.env._("× Share"), self._number(payout["basis"]), note)]

    def _prepare_pool_steps(self, statement, explanation):
        """From the person's share to the part of the pool."""
        pool = explanation["payout"]["pool"]
        return [
            self._step(self.env._("= Own share"), self._number(pool["share"])),
            self._step(self.env._("÷ Shares of everybody"), self._number(pool["shares"])),
            self._step(
                self.env._("× Pool"), self._money(statement, pool["amount"]), self._pool_note(statement, explanation)
            ),
        ]

    def _pool_note(self, statement, explanation):
        origin, pool = explanation["pool"], explanation["payout"]["pool"]
        notes = []
        if origin["percent"] is not None and origin["value"] is not None:
            notes.append(
                self.env._(
                    "%(percent)s %% of %(value)s",
                    percent=self._number(origin["percent"]),
                    value=self._money(statement, origin["value"]),
                )
            )
        if origin["percent"] is not None and origin["value"] is None:
            notes.append(self.env._("no data of the company's KPI"))
        if Decimal(origin["settled"]):
            notes.append(
                self.env._(
                    "%(pool)s less %(settled)s submitted or approved before",
                    pool=self._money(statement, origin["amount"]),
                    settled=self._money(statement, origin["settled"]),
                )
            )
        if pool["extra"]:
            notes.append(self.env._("rounded up, so that the parts add up to the pool"))
        return "; ".join(notes)
