"""Recruitment: those who were hired during the year, those who were not, and the openings that are left."""

from datetime import timedelta

from . import staff
from .sales_plan import months_ago
from .seed import chance

RECRUITERS = ("yen", "khoi")
REFUSED_PER_MONTH = (2, 6)
# Positions that are still open: job, how many, days since they were opened.
OPENINGS = (("carpenter", 1, 40), ("salesperson", 1, 25))
APPLICANTS = (
    "Nguyễn Văn Hậu",
    "Trần Thị Kiều",
    "Lê Quốc Bình",
    "Phạm Thị Thanh",
    "Hoàng Văn Phúc",
    "Võ Thị Hồng",
    "Đặng Minh Đức",
    "Bùi Thị Nga",
    "Đỗ Văn Quý",
    "Hồ Thị Diễm",
    "Ngô Văn Tấn",
    "Dương Thị Lệ",
)


def build_recruitment(world):
    """Create applicants with the dates on which they applied and were hired or refused."""
    rows = [*_hired(world), *_refused(world)]
    stages = world.env["hr.recruitment.stage"].search([], order="sequence")
    hired, met = stages.filtered("hired_stage")[:1], stages[1]
    reasons = world.env["hr.applicant.refuse.reason"].search([], order="sequence, id")[:2]
    applicants = world.env["hr.applicant"].create(
        [_applicant_values(world, row, hired if row["hired"] else met, reasons) for row in rows]
    )
    world.backdate(
        applicants,
        create_date=[row["applied"] for row in rows],
        date_open=[row["applied"] + timedelta(hours=20) for row in rows],
        date_last_stage_update=[row["decided"] for row in rows],
        date_closed=[row["decided"] if row["hired"] else None for row in rows],
    )
    _open_positions(world)


def _hired(world):
    """Whoever joined in the year applied some weeks before and signed some days before the first day."""
    for person in staff.PEOPLE:
        first = months_ago(world.clock, *person.since)
        if first < world.clock.months[0].start:
            continue
        rng = chance("hired", person.key)
        signed = first - timedelta(days=rng.randint(1, 4))
        yield {
            "name": person.name,
            "job": person.job,
            "department": person.department,
            "employee": world.employees[person.key],
            "applied": world.clock.utc(signed - timedelta(days=rng.randint(16, 44)), rng.randint(8, 20)),
            "decided": world.clock.utc(signed, rng.randint(9, 16)),
            "hired": True,
            "recruiter": rng.choice(RECRUITERS),
        }


def _refused(world):
    for month in world.clock.months:
        rng = chance("refused", month.key)
        days = world.clock.month_days(month)
        for _number in range(rng.randint(*REFUSED_PER_MONTH)):
            day, job = rng.choice(days), rng.choice(("carpenter", "salesperson", "project_engineer"))
            department = {"carpenter": "production", "salesperson": "sales_hcm"}.get(job, "projects")
            yield {
                "name": rng.choice(APPLICANTS),
                "job": job,
                "department": department,
                "employee": world.env["hr.employee"],
                "applied": world.clock.utc(day, rng.randint(8, 20)),
                "decided": world.clock.utc(day + timedelta(days=rng.randint(3, 15)), 11),
                "hired": False,
                "recruiter": rng.choice(RECRUITERS),
            }


def _applicant_values(world, row, stage, reasons):
    refused = not row["hired"] and row["decided"] < world.clock.now
    reason = chance("reason", row["name"], row["applied"]).choice(reasons) if refused else reasons[:0]
    return {
        "partner_name": row["name"],
        "job_id": world.jobs[row["job"]].id,
        "department_id": world.departments[row["department"]].id,
        "company_id": world.company.id,
        "user_id": world.users[row["recruiter"]].id,
        "stage_id": stage.id,
        "employee_id": row["employee"].id,
        "refuse_reason_id": reason.id,
        "active": not refused,
    }


def _open_positions(world):
    """Openings are counted down with every hire, so they are set when everybody has been hired."""
    for job in world.jobs.values():
        job.no_of_recruitment = 0
    for key, positions, days in OPENINGS:
        world.jobs[key].write({"no_of_recruitment": positions, "user_id": world.users[RECRUITERS[0]].id})
        opened = world.clock.utc(world.clock.today - timedelta(days=days), 9)
        world.backdate(world.jobs[key], create_date=[opened])
