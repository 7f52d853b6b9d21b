"""Social engagements: figures from outside Odoo, entered by marketing or sent by a channel."""

from .kpis import CHANNELS, share_out
from .seed import chance

NOTES = {"api": "Gửi từ mạng xã hội qua API", "typed": "Báo cáo tháng của phòng Marketing"}


def build_engagements(world, periods):
    """Enter each full month's figures for every channel, for marketing and for the company.

    Engagements lead: they follow the business of the month after. The running month has none yet, as the figures
    come in when it is over.
    """
    measure = world.env["kpi.measure"].search([("code", "=", "social_engagements")])
    values = []
    for month in world.clock.full_months:
        counts = share_out(world.clock, month, _month_counts(world.clock, month))
        total = sum(counts.values())
        people = [(world.employees[key], count, "api") for key, count in counts.items()]
        rows = [
            *(("employee", "employee_id", *row) for row in [*people, (world.employees["thao"], total, "typed")]),
            ("department", "department_id", world.departments["marketing"], total, "typed"),
            ("company", "company_id", world.company, total, "typed"),
        ]
        values += [
            {
                "measure_id": measure.id,
                "period_id": periods["month"][month].id,
                "subject_type": subject_type,
                "company_id": world.company.id,
                field: subject.id,
                "value": count,
                "source": source,
                "note": NOTES[source],
            }
            for subject_type, field, subject, count, source in rows
        ]
    world.env["kpi.measurement"].create(values)


def _month_counts(clock, month):
    """Engagements of a month by the person whose channel it is."""
    return {
        key: round(usual * clock.season(month.shift(1)) * chance("engagements", key, month.key).uniform(0.9, 1.12))
        for key, (_channel, usual) in CHANNELS.items()
    }
