"""Projects of the project department: tasks with deadlines, kept and missed, and the hours spent on them."""

from datetime import timedelta

from odoo import Command

from .seed import chance

# English name, Vietnamese name, months ago it started
PROJECTS = (
    ("Hotel Huong Bien, 120 rooms", "Khách sạn Hương Biển – 120 phòng", 14),
    ("Head office of Lam Son Bank", "Trụ sở Ngân hàng Lam Sơn", 11),
    ("Model flats Riverside", "Căn hộ mẫu Riverside", 8),
    ("Viet Xanh international school", "Trường Quốc tế Việt Xanh", 6),
    ("Cafe chain Moc Mien, 15 shops", "Chuỗi cà phê Mộc Miên – 15 cửa hàng", 3),
)
STAGES = (("New", "Mới", False), ("In Progress", "Đang thực hiện", False), ("Done", "Hoàn thành", True))
TASKS = (
    "Khảo sát mặt bằng",
    "Bản vẽ thiết kế 3D",
    "Duyệt vật liệu với khách hàng",
    "Bản vẽ kỹ thuật sản xuất",
    "Đặt hàng phụ kiện",
    "Nghiệm thu mẫu",
    "Giám sát lắp đặt",
    "Nghiệm thu bàn giao",
    "Xử lý bảo hành",
)
# Of a hundred tasks due in a month, how many are done before the month is over.
RELIABILITY = {"viet": 96, "dang": 98, "duong": 93, "khoa": 86, "kiet": 70, "tu": 90}
TASKS_PER_MONTH = (5, 8)
HOURS_PER_DAY = 8


def build_projects(world):
    """Create projects, a year of tasks and a timesheet for every working day."""
    stages = _build_stages(world)
    projects = _build_projects(world, stages)
    tasks = _build_tasks(world, projects, stages)
    world.done_tasks = [(task, plan) for task, plan in tasks if plan["done"]]
    _build_timesheets(world, tasks)


def _build_stages(world):
    stages = world.env["project.task.type"].create(
        [
            {"name": english, "sequence": number, "fold": fold, "user_id": False}
            for number, (english, _vietnamese, fold) in enumerate(STAGES)
        ]
    )
    for stage, (_english, vietnamese, _fold) in zip(stages, STAGES, strict=True):
        world.translate(stage, "name", vietnamese)
    return stages


def _build_projects(world, stages):
    projects = world.env["project.project"].create(
        [
            {
                "name": english,
                "company_id": world.company.id,
                "user_id": world.users["viet"].id,
                "partner_id": world.customers[number].id,
                "date_start": world.clock.current.shift(-started).start,
                "date": world.clock.current.shift(number + 2).end,
                "allow_timesheets": True,
                "type_ids": [Command.set(stages.ids)],
            }
            for number, (english, _vietnamese, started) in enumerate(PROJECTS)
        ]
    )
    for project, (_english, vietnamese, _started) in zip(projects, PROJECTS, strict=True):
        world.translate(project, "name", vietnamese)
    return projects


def _build_tasks(world, projects, stages):
    """Tasks due in each month of the year and in the next one, in the order of their deadline.

    :return: list of (task, person key, first day of work, last day of work)
    """
    plans = [
        plan for month in [*world.clock.months, world.clock.current.shift(1)] for plan in _month_tasks(world, month)
    ]
    running = {
        month.key: [
            project
            for project, (_english, _vietnamese, started) in zip(projects, PROJECTS, strict=True)
            if world.clock.current.shift(-started).start <= month.start
        ]
        for month in {plan["month"] for plan in plans}
    }
    tasks = world.env["project.task"].create([_task_values(world, plan, running, stages) for plan in plans])
    stamps = [plan["done"] or min(plan["created"] + timedelta(days=2), world.clock.now) for plan in plans]
    world.backdate(
        tasks,
        create_date=[plan["created"] for plan in plans],
        date_assign=[plan["created"] for plan in plans],
        date_last_stage_update=stamps,
        date_end=[plan["done"] for plan in plans],
    )
    return list(zip(tasks, plans, strict=True))


def _month_tasks(world, month):
    """What is due in a month: who does it, when it is due, when it was done (None: not yet)."""
    clock = world.clock
    days = clock.working_days(month.start, month.end)
    for key, reliability in RELIABILITY.items():
        rng = chance("tasks", key, month.key)
        for _number in range(rng.randint(*TASKS_PER_MONTH)):
            due = rng.choice(days)
            if rng.randint(1, 100) <= reliability:
                done = min(due + timedelta(days=rng.randint(-6, 1)), month.end)
            else:
                done = month.end + timedelta(days=rng.randint(4, 45))
            start = due - timedelta(days=rng.randint(9, 24))
            yield {
                "month": month,
                "key": key,
                "helper": rng.choice(list(RELIABILITY)) if rng.random() < 0.1 else key,
                "due": due,
                "start": start,
                "created": clock.utc(start, rng.randint(8, 11)),
                "done": clock.utc(done, rng.randint(13, 17), rng.randint(0, 59)) if done < clock.today else None,
                "name": rng.choice(TASKS),
                "hours": rng.choice((8, 16, 16, 24, 40)),
                "project": rng.random(),
            }


def _task_values(world, plan, running, stages):
    projects = running[plan["month"].key]
    people = {plan["key"], plan["helper"]}
    stage = stages[2] if plan["done"] else stages[1] if plan["start"] <= world.clock.today else stages[0]
    return {
        "name": plan["name"],
        "project_id": projects[int(plan["project"] * len(projects))].id,
        "stage_id": stage.id,
        "state": "1_done" if plan["done"] else "01_in_progress",
        "user_ids": [Command.set([world.users[key].id for key in sorted(people)])],
        "date_deadline": world.clock.future(plan["due"]),
        "allocated_hours": plan["hours"],
        "company_id": world.company.id,
    }


def _build_timesheets(world, tasks):
    """Eight hours for every engineer and working day, on a task of that time."""
    values = []
    for key in RELIABILITY:
        own = [(task, plan) for task, plan in tasks if plan["key"] == key]
        rng = chance("hours", key)
        for month in world.clock.months:
            for day in world.clock.month_days(month):
                current = [task for task, plan in own if plan["start"] <= day <= plan["due"]]
                if current:
                    values += _day_values(
                        world, key, day, rng.sample(current, min(len(current), rng.randint(1, 2))), rng
                    )
    world.env["account.analytic.line"].create(values)


def _day_values(world, key, day, tasks, rng):
    first = HOURS_PER_DAY if len(tasks) == 1 else rng.choice((3, 4, 5))
    return [
        {
            "name": task.name,
            "task_id": task.id,
            "project_id": task.project_id.id,
            "employee_id": world.employees[key].id,
            "company_id": world.company.id,
            "date": day,
            "unit_amount": hours,
        }
        for task, hours in zip(tasks, (first, HOURS_PER_DAY - first), strict=False)
    ]
