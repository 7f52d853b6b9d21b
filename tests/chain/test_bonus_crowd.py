"""Some hundred people with random cards and plans in one database: their statements are the oracle's, to the dong."""

import random
import sys
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_hr_bonus.engine import replay
from odoo.addons.kpi_management.models.guard import trusted
from odoo.addons.kpi_management.tests.common import KpiCase

sys.path.append(str(Path(__file__).parents[1] / "engine"))
import oracle_bonus as oracle

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
OTHERS = ("T_COMPLAINTS", "T_ZONE", "T_DONE")
DIRECTIONS = {"T_REVENUE": "higher", "T_COMPLAINTS": "lower", "T_ZONE": "band", "T_DONE": "binary"}
TERMS = ("baseline", "threshold", "stretch", "band_low", "band_high", "band_tolerance")
PEOPLE, PER_PLAN = 240, 12


def exact(value):
    """The fraction a person reads in a number of Odoo's."""
    return Fraction(repr(value))


@tagged("post_install", "-at_install")
class TestBonusCrowd(KpiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bonus_officer = cls.make_user("quynh", "kpi_hr_bonus.group_bonus_officer")
        cls.make_kpi("T_ZONE", direction="band", band_low=90, band_high=110, band_tolerance=20)
        cls.make_kpi("T_DONE", direction="binary")
        cls.chance = random.Random(20260301)
        cls.people = [cls.make_person(place) for place in range(PEOPLE)]
        cls.hire()
        cls.measure()
        cls.plans = [cls.make_plan(place) for place in range(PEOPLE // PER_PLAN)]

    # ------------------------------------------------------------------ people

    @classmethod
    def make_person(cls, place):
        """What is known of one person, as plain numbers."""
        chance = cls.chance
        start = chance.choice((date(2025, 1, 1), date(2025, 1, 1), FIRST + timedelta(chance.randint(0, 30))))
        end = chance.choice((None, None, None, LAST - timedelta(chance.randint(0, 30))))
        weight = chance.randint(10, 90)
        return {
            "name": f"Người {place}",
            "start": start,
            "end": end if end is None or end >= start else None,
            "wage": chance.randint(5_000, 60_000) * 1_000,
            "lines": [cls.make_line("T_REVENUE", weight), cls.make_line(chance.choice(OTHERS), 100 - weight)],
        }

    @classmethod
    def make_line(cls, code, weight):
        chance, target = cls.chance, float(cls.chance.randint(1, 400) * 5)
        line = {"code": code, "weight": weight, "target": target, "changed": None, "terms": {}}
        line["value"] = round(target * chance.randint(30, 140) / 100, 4)
        if code == "T_ZONE":
            line["terms"] = {"band_low": target, "band_high": target + 20, "band_tolerance": 25.0}
        elif code == "T_REVENUE" and chance.random() < 0.3:
            line["terms"] = {"threshold": round(target * 0.6, 4)}
        if code in ("T_REVENUE", "T_COMPLAINTS") and chance.random() < 0.3:
            # from a day on another target
            line["changed"] = (chance.randint(2, 31), float(target + chance.randint(1, 40) * 5))
        return line

    @classmethod
    def hire(cls):
        employees = cls.env["hr.employee"].create(
            [
                {
                    "name": person["name"],
                    "company_id": cls.company.id,
                    "department_id": cls.office.id,
                    "date_version": person["start"],
                    "contract_date_start": person["start"],
                    "contract_date_end": person["end"],
                    "wage": person["wage"],
                }
                for person in cls.people
            ]
        )
        for person, employee in zip(cls.people, employees, strict=True):
            person["employee"] = employee

    @classmethod
    def measure(cls):
        """Cards, entered figures, approved changes of targets; then everything is computed."""
        kpis = {code: cls.kpi(code) for code in DIRECTIONS}
        cards = cls.env["kpi.scorecard"].create(
            [
                {
                    **cls._subject_vals(person["employee"]),
                    "period_id": cls.month.id,
                    "line_ids": [
                        Command.create(cls._line_vals(line["code"], line["weight"], line["target"], line["terms"]))
                        for line in person["lines"]
                    ],
                }
                for person in cls.people
            ]
        )
        cls.env["kpi.measurement"].create(
            [
                {
                    **cls._subject_vals(person["employee"]),
                    "measure_id": kpis[line["code"]].measure_ids.id,
                    "period_id": cls.month.id,
                    "value": line["value"],
                }
                for person in cls.people
                for line in person["lines"]
            ]
        )
        for person, card in zip(cls.people, cards, strict=True):
            for line in person["lines"]:
                if line["changed"]:
                    cls.change(cls.line(card, line["code"]), *line["changed"])
        trusted(cards).state = "running"
        cards.action_compute()

    @classmethod
    def change(cls, line, day, target):
        change = cls.env["kpi.target.change"].create(
            {
                "line_id": line.id,
                "date_effective": FIRST.replace(day=day),
                "reason_id": cls.env.ref("kpi_management.change_reason_market").id,
                "new_target": target,
            }
        )
        # What approving it writes, without a mail for each.
        trusted(change).write({"state": "approved", "approved_on": "2026-03-31 01:00:00"})
        trusted(line).target = target

    # ------------------------------------------------------------------- plans

    @classmethod
    def make_plan(cls, place):
        chance, basis = cls.chance, ("fixed", "wage", "rate", "pool")[place % 4]
        people = cls.people[place * PER_PLAN : (place + 1) * PER_PLAN]
        scores = sorted(chance.sample(range(50, 130), chance.choice((0, 1, 3))))
        starts = sorted(chance.sample(range(0, 1500, 50), chance.randint(1, 3)))
        vals = {
            "name": f"Quy chế {place}",
            "company_id": cls.company.id,
            "date_start": "2026-01-01",
            "state": "published",
            "basis": basis,
            "amount": chance.randint(1, 9_999_999) if basis in ("fixed", "pool") else 0,
            "wage_percent": chance.randint(1, 4_000) / 100 if basis == "wage" else 0,
            "apply_on": "kpi" if basis == "rate" or chance.random() < 0.3 else "score",
            "definition_id": cls.kpi("T_REVENUE").id,
            "curve_mode": chance.choice(("interpolated", "step")),
            "curve_ids": [Command.create({"score": x, "payout": chance.randint(0, 20_000) / 100}) for x in scores],
            "gate_ids": [
                Command.create(
                    {"definition_id": cls.kpi("T_REVENUE").id, "minimum": chance.randint(50, 110), "factor": 0.3333}
                )
                for _gate in range(chance.choice((0, 1)))
            ],
            "tier_mode": chance.choice(("marginal", "whole")),
            "tier_ids": [
                Command.create({"value_from": start, "rate": chance.randint(1, 999_999) / 10_000}) for start in starts
            ],
            "pool_key": chance.choice(("equal", "wage")),
            "cap_amount": chance.choice((0, 0, chance.randint(100_000, 5_000_000))),
            "cap_wage_percent": chance.choice((0, 0, chance.randint(1, 3_000) / 100)),
            "prorate": chance.random() < 0.8,
            "employee_ids": [Command.set([person["employee"].id for person in people])],
        }
        return cls.env["kpi.bonus.plan"].create(vals), people

    # ------------------------------------------------------------------ oracle

    def oracle_card(self, person):
        """({KPI code: attainment}, score)"""
        lines = {}
        for line in person["lines"]:
            terms = {name: exact(line["terms"][name]) if name in line["terms"] else None for name in TERMS}
            terms |= {"threshold_attainment": Fraction(50), "cap": Fraction(120), "floor": Fraction(0)}
            spells = [(31, {**terms, "target": exact(line["target"])})]
            if line["changed"]:
                day, target = line["changed"]
                spells = [(day - 1, spells[0][1]), (32 - day, {**terms, "target": exact(target)})]
            terms = oracle.by_days(spells)
            lines[line["code"]] = oracle.attainment(DIRECTIONS[line["code"]], exact(line["value"]), terms)
        weights = {line["code"]: Fraction(line["weight"]) for line in person["lines"]}
        return lines, oracle.score([(weights[code], reached, "exclude") for code, reached in lines.items()])

    def oracle_person(self, plan, person):
        attained, score = self.oracle_card(person)
        first, last = max(person["start"], FIRST), min(person["end"] or LAST, LAST)
        return {
            "reached": score if plan.apply_on == "score" else attained["T_REVENUE"],
            "value": exact(person["lines"][0]["value"]),
            "gates": [(attained["T_REVENUE"], exact(gate.minimum), exact(gate.factor)) for gate in plan.gate_ids],
            "wage": Fraction(person["wage"]),
            "days": (last - first).days + 1,
            "adjustments": Fraction(0),
            "carried_in": Fraction(0),
        }

    def oracle_plan(self, plan):
        numbers = ("amount", "wage_percent", "cap_amount", "cap_wage_percent")
        return {
            **{name: exact(plan[name]) for name in numbers},
            **{name: plan[name] for name in ("basis", "curve_mode", "prorate", "tier_mode", "rate_per", "pool_key")},
            "curve": [(exact(point.score), exact(point.payout)) for point in plan.curve_ids.sorted("score")],
            "tiers": [(exact(tier.value_from), exact(tier.rate)) for tier in plan.tier_ids],
            "pool": exact(plan.amount),
            "settled": Fraction(0),
            "days": 31,
            "unit": Fraction(1),
        }

    # -------------------------------------------------------------------- test

    def test_statements_are_the_oracles_and_stay_so(self):
        amounts = []
        for plan, people in self.plans:
            plan.with_user(self.bonus_officer).action_compute(self.month)
            statements = plan.statement_ids.grouped("employee_id")
            covered = [person for person in people if (person["end"] or LAST) >= FIRST and person["start"] <= LAST]
            covered.sort(key=lambda person: person["employee"].id)
            self.assertEqual(len(statements), len(covered))
            expected = oracle.bonuses(self.oracle_plan(plan), [self.oracle_person(plan, person) for person in covered])
            for person, truth in zip(covered, expected, strict=True):
                statement = statements[person["employee"]]
                replayed = replay(statement.explanation["payout"])
                for figures in (
                    (statement.computed_amount, statement.capped_amount, statement.amount),
                    (replayed.computed, replayed.capped, replayed.amount),
                ):
                    told = tuple(Fraction(str(figure)) for figure in figures)
                    self.assertEqual(told, (truth["computed"], truth["capped"], truth["amount"]), (plan.name, person))
                amounts.append(statement.amount)
            again = plan.with_user(self.bonus_officer)._compute_statements(self.month)
            self.assertEqual((again.created, again.updated, again.unchanged), (0, 0, len(covered)))
        changed = self.env["kpi.scorecard.line"].search([("period_id", "=", self.month.id)])
        self.assertTrue(any((line.explanation or {}).get("spans") for line in changed), "targets changed by days")
        # Most are paid something, and hardly two the same.
        self.assertGreater(len(set(amounts)), PEOPLE / 2)
