"""What is done about KPIs that lag, praise, and talks between two people through the year."""

from datetime import timedelta

from . import improvement_story as story


def build_improvement(world):
    """Actions with their look back, kudos with and without badges, one-on-ones with private notes."""
    for step in story.STEPS:
        _take_step(world, step)
    for key, row in story.FROM_REVIEW.items():
        _learn(world, key, *row)
    for row in story.KUDOS:
        _praise(world, *row)
    for row in story.TALKS:
        _talk(world, *row)


def _take_step(world, step):
    line = _worst(world, step)
    is_over = step.result or step.dropped
    begun = line.date_end + timedelta(days=2)
    deadline = (line.date_end if is_over else world.clock.today) + timedelta(days=step.days)
    with world.happening(world.clock.utc(begun, 9)):
        action = world.as_user(step.author)["kpi.action"].create(
            {
                "line_id": line.id,
                "name": step.name,
                "kind": step.kind,
                "cause": step.cause,
                "cause_note": step.note,
                "responsible_id": world.employees[step.responsible].id,
                "deadline": deadline,
            }
        )
    world.backdate(action.with_env(world.env), create_date=[world.clock.utc(begun, 9)])
    if is_over:
        _end(world, action, step, deadline - timedelta(days=2))


def _end(world, action, step, day):
    key = step.author if step.dropped else step.responsible
    with world.happening(world.clock.utc(day, 16)):
        own = action.with_env(world.as_user(key))
        if step.dropped:
            own.action_cancel()
            return
        own.outcome = step.result
        own.action_done()
    world.backdate(action.with_env(world.env), done_on=[world.clock.utc(day, 16)])


def _worst(world, step):
    """The line of the KPI in the month in which it did worst."""
    if step.about in world.departments:
        subject = ("scorecard_id.department_id", "=", world.departments[step.about].id)
        kind = "department"
    else:
        subject = ("scorecard_id.employee_id", "=", world.employees[step.about].id)
        kind = "employee"
    starts = [world.clock.current.shift(ago).start for ago in step.months]
    lines = world.env["kpi.scorecard.line"].search(
        [
            subject,
            ("scorecard_id.subject_type", "=", kind),
            ("definition_id.code", "=", step.code),
            ("period_type", "=", "month"),
            ("date_start", "in", starts),
            ("result", "=", "ok"),
        ],
        order="date_start",
    )
    return min(lines, key=lambda line: line.attainment)


def _learn(world, key, kind, name, days):
    """What the last talk led to."""
    review = world.env["kpi.review"].search(
        [("employee_id", "=", world.employees[key].id), ("state", "=", "closed")], limit=1
    )
    talked = review.manager_signed_on
    with world.happening(talked):
        action = world.as_user(world.user_key(review.manager_user_id))["kpi.action"].create(
            {
                "review_id": review.id,
                "name": name,
                "kind": kind,
                "cause": "people",
                "responsible_id": world.employees[key].id,
                "deadline": world.clock.today + timedelta(days=days),
            }
        )
    world.backdate(action.with_env(world.env), create_date=[talked])


def _praise(world, sender, key, code, ago, words, badge):
    day = world.clock.today - timedelta(days=ago)
    line = code and world.env["kpi.scorecard.line"].search(
        [
            ("scorecard_id.employee_id", "=", world.employees[key].id),
            ("definition_id.code", "=", code),
            ("period_type", "=", "month"),
            ("date_end", "<=", day),
        ],
        order="date_end desc",
        limit=1,
    )
    moment = world.clock.utc(day, 15)
    with world.happening(moment):
        kudos = world.as_user(sender)["kpi.kudos"].create(
            {
                "employee_id": world.employees[key].id,
                "line_id": line.id if line else False,
                "message": words,
                "badge_id": world.env.ref(f"gamification.{badge}").id if badge else False,
            }
        )
    kudos = kudos.with_env(world.env)
    world.backdate(kudos, date=[moment], create_date=[moment])
    badges = world.env["gamification.badge.user"].search([("create_date", ">=", world.clock.now)])
    world.backdate(badges, create_date=[moment] * len(badges))


def _talk(world, leader, key, ago, then, topics, notes, leader_note, own_note):
    day = world.clock.today - timedelta(days=ago)
    talk = world.as_user(leader)["kpi.one.on.one"].create(
        {
            "employee_id": world.employees[key].id,
            "manager_id": world.employees[leader].id,
            "date": day,
            "next_date": day + timedelta(days=then) if then else False,
            "topics": topics,
            "notes": notes,
        }
    )
    for person, note in ((leader, leader_note), (key, own_note)):
        if note:
            talk.with_env(world.as_user(person)).my_note = note
    moment = world.clock.utc(day, 14)
    world.backdate(talk.with_env(world.env), create_date=[moment])
