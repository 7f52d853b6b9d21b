"""The payout curve as it is typed: its picture, and in words what it makes people do."""

from odoo import api, models

from odoo.addons.kpi_management.engine import EngineError, round_half_up, to_decimal

from ..engine import curve_findings, curve_outline

#: What is pointed out as a mistake rather than told.
WARNED = {"cliff", "falling"}


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.readonly
    def preview_curve(self, points, mode, terms=None):
        """Draw a payout curve that need not be saved; nothing is read but the arguments, and nothing is written.

        :param list points: [score, payout] pairs in percent
        :param str mode: ``interpolated`` or ``step``
        :param dict terms: of the plan, for its cap: ``basis``, ``amount``, ``cap_amount``, ``wage_percent``,
            ``cap_wage_percent``
        :return: dict with ``message`` when the points cannot be used; else ``outline``: [score, payout] corners from
            left to right, ``cap``: payout in percent or False, and ``findings``: dicts of ``kind``, ``warning``
            and ``text``
        :raises AccessError: for users who may not read plans
        """
        self.check_access("read")
        try:
            pairs = [(to_decimal(score), to_decimal(payout)) for score, payout in points]
            cap = self._preview_cap(terms or {})
            outline = curve_outline(pairs, mode)
            findings = curve_findings(pairs, mode, cap)
        except (EngineError, TypeError, ValueError):
            return {"message": self.env._("Give every point a score of its own and a payout of 0 or more.")}
        return {
            "outline": [[float(score), float(payout)] for score, payout in outline],
            "cap": float(cap) if cap is not None else False,
            "findings": [
                {"kind": found.kind, "warning": found.kind in WARNED, "text": self._finding_text(found)}
                for found in findings
            ],
        }

    @api.model
    def _preview_cap(self, terms):
        """The payout at which the cap per person holds, where cap and basis are in the same measure.

        :return: Decimal percent; None: none
        """
        pairs = {"fixed": ("amount", "cap_amount"), "wage": ("wage_percent", "cap_wage_percent")}
        basis, cap = (to_decimal(terms.get(name) or 0) for name in pairs.get(terms.get("basis"), ("", "")))
        return cap * 100 / basis if basis > 0 and cap > 0 else None

    @api.model
    def _finding_text(self, found):
        """What a finding of the engine says to whoever writes the plan."""
        values = {
            # Where a cap begins to hold may be any fraction.
            "start": self._number_text(round_half_up(found.start, 2)),
            "end": self._number_text(found.end or 0),
            "low": self._number_text(found.low),
            "high": self._number_text(found.high),
            "points": self._number_text(found.high - found.low),
        }
        return getattr(self, f"_tell_{found.kind}")(values)

    @api.model
    def _tell_cliff(self, values):
        if values["start"] == values["end"]:
            return self.env._(
                "Cliff at %(start)s %%: the payout jumps by %(points)s points, from %(low)s %% to %(high)s %%. "
                "Just short of it, a small difference costs much.",
                **values,
            )
        return self.env._(
            "Cliff from %(start)s %% to %(end)s %%: the payout rises by %(points)s points, from %(low)s %% to "
            "%(high)s %%. A small difference costs much.",
            **values,
        )

    @api.model
    def _tell_falling(self, values):
        return self.env._(
            "From %(start)s %% to %(end)s %% the payout falls from %(low)s %% to %(high)s %%: who does more gets less.",
            **values,
        )

    @api.model
    def _tell_flat(self, values):
        if values["high"] == "0":
            return self.env._("Below %(end)s %% nothing is paid, whatever is done.", **values)
        return self.env._(
            "From %(start)s %% to %(end)s %% the payout stays at %(high)s %%: doing more pays nothing more.", **values
        )

    @api.model
    def _tell_top(self, values):
        if values["high"] == "0":
            return self.env._("Nothing is paid from %(start)s %% on.", **values)
        return self.env._("From %(start)s %% on the payout stays at %(high)s %%.", **values)

    @api.model
    def _tell_capped(self, values):
        return self.env._("From about %(start)s %% on the cap per person holds: more pays nothing more.", **values)
