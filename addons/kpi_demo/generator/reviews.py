"""Reviews: a half-year that is closed, a quarter that is being assessed or calibrated, and a month of one team."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.tools import date_utils

from . import review_story as story
from .review_answers import answer, answer_outside
from .review_talks import hold_talks, move_grades, propose_grades
from .seed import chance
from .strategy import OFFICER

RATERS = ("self", "manager", "peer", "upward", "external")
# Empty until now, and read with every answer.
NEW_TABLES = ("kpi_review", "kpi_review_answer", "kpi_review_draft", "kpi_review_feedback", "mail_activity")


def build_reviews(world):
    """Launch four rounds and let everybody do what is his part, as far as each round is."""
    _build_workshop_template(world)
    _build_survey_template(world)
    _tell_closed(world)
    _tell_calibrated(world)
    _tell_running(world)


def reviewed_half(world):
    """A half-year that was over early enough for its reviews to be closed by now."""
    first = world.clock.today - timedelta(days=story.CLOSED_AGO)
    half = date_utils.start_of(first, "quarter")
    if half.month in (4, 10):
        half += relativedelta(months=-3)
    return world.env["kpi.period"]._ensure(world.company, "half", half - timedelta(days=1))


def _tell_closed(world):
    """The half-year: everything is given, calibrated, talked about and signed."""
    period = reviewed_half(world)
    launched = period.date_end + timedelta(days=story.CLOSED_AFTER)
    cycle, moment = _launch(world, story.CLOSED, period, launched)
    answer(world, cycle)
    answer_outside(world, cycle)
    propose_grades(world, cycle, story.PROPOSALS, moment("manager"))
    _phase(world, cycle, "action_calibrate", moment("manager", 1))
    move_grades(world, cycle, story.MOVES, moment("calibration"))
    _phase(world, cycle, "action_talk", moment("calibration", 1))
    hold_talks(world, cycle, moment)
    _phase(world, cycle, "action_close", moment("closed"))
    _backdate(world, cycle, moment("launch"), moment("manager", 1))


def _tell_calibrated(world):
    """The sales round waits for the rest of its moves."""
    cycle, moment = _launch(world, story.CALIBRATED, *_last_quarter(world, story.CALIBRATED_SINCE))
    answer(world, cycle)
    propose_grades(world, cycle, story.SALES_PROPOSALS, moment("manager"))
    _phase(world, cycle, "action_calibrate", moment("manager", 1))
    move_grades(world, cycle, story.SALES_MOVES, moment("manager", 3))
    _backdate(world, cycle, moment("launch"), moment("manager", 1))


def _tell_running(world):
    """Some have answered, some have begun, some owe everything."""
    month = world.env["kpi.period"]._ensure(world.company, "month", world.clock.last_full.start)
    since = max(world.clock.current.start, world.clock.today - timedelta(days=story.TEAM_SINCE))
    quarter = _last_quarter(world, story.RUNNING_SINCE)
    for row, when in ((story.RUNNING, quarter), (story.TEAM, (month, since))):
        cycle, moment = _launch(world, row, *when)
        answer(world, cycle, complete=False)
        _backdate(world, cycle, moment("launch"))


# ---------------------------------------------------------------- launch


def _last_quarter(world, since):
    """The quarter that ended last, and the day of the launch."""
    start = date_utils.start_of(world.clock.today, "quarter")
    period = world.env["kpi.period"]._ensure(world.company, "quarter", start - timedelta(days=1))
    return period, max(start, world.clock.today - timedelta(days=since))


def _launch(world, row, period, launched):
    """Make and launch a cycle as human resources do, or a manager for the own team, and ask colleagues.

    :return: (cycle, moment(phase, days=0): so many days after a phase of it ended, at most now)
    """

    def moment(phase, days=0):
        return world.clock.utc(launched + timedelta(days=row.days.get(phase, 0) + days), 10)

    launcher = world.as_user(row.launcher or OFFICER)
    with world.happening(moment("launch")):
        cycle = launcher["kpi.review.cycle"].create(_cycle_values(world, row, period, launched))
        cycle.action_launch()
    _ask_colleagues(world, cycle)
    _ask_clients(world, cycle, row.clients)
    world.analyze(NEW_TABLES)
    return cycle, moment


def _cycle_values(world, row, period, launched):
    sides = {*row.weights, *row.also}
    days = {f"{phase}_date": launched + timedelta(days=row.days[phase]) for phase in row.days if phase != "closed"}
    return {
        "name": row.name.format(period=period.name),
        "company_id": world.company.id,
        "period_id": period.id,
        "department_ids": [Command.set([world.departments[key].id for key in row.departments])],
        **days,
        **{f"use_{side}": side in sides for side in RATERS},
        **{f"{part}_weight": row.weights.get(part, 0) for part in ("kpi", *RATERS)},
        "guideline_ids": [
            Command.create(
                {
                    "grade_id": world.env.ref(f"kpi_management.grade_{grade}").id,
                    "min_percent": least,
                    "max_percent": most,
                }
            )
            for grade, (least, most) in story.GUIDELINE.items()
        ],
    }


def _ask_colleagues(world, cycle):
    """Each manager chooses colleagues: those who work beside somebody, and others where these are few."""
    for review in cycle.with_env(world.env).review_ids:
        leader = world.user_key(review.manager_user_id)
        if not (leader and cycle.use_peer and review.template_id._asked("peer")):
            continue
        rng = chance("colleagues", cycle.name, world.key(review.employee_id))
        beside, others = _colleagues(world, review.employee_id)
        chosen = rng.sample(beside, min(story.COLLEAGUES, len(beside)))
        chosen += rng.sample(others, story.COLLEAGUES - len(chosen))
        review.with_env(world.as_user(leader)).action_ask("peer", [world.employees[key].id for key in chosen])


def _colleagues(world, employee):
    """Those with a login whom somebody neither leads nor is led by: (keys of those in the department, or under the same
    person; keys of all others)"""
    beside, others = [], []
    for key, user in world.users.items():
        colleague = world.employees[key]
        if not user.active or colleague in (employee, employee.parent_id) or colleague.parent_id == employee:
            continue
        near = colleague.department_id == employee.department_id or colleague.parent_id == employee.parent_id
        (beside if near else others).append(key)
    return beside, others


def _ask_clients(world, cycle, clients):
    """Ask people from outside; nobody of the story has a mailbox, so their mails stay where an administrator sees them."""
    for key, addresses in clients.items():
        employee = world.employees[key]
        review = cycle.review_ids.filtered(lambda review, employee=employee: review.employee_id.id == employee.id)
        review.action_ask("external", emails=addresses)
    mails = world.env["mail.mail"].search([("state", "=", "outgoing"), ("email_to", "!=", False)])
    mails.filtered(lambda mail: "/kpi/feedback/" in (mail.body_html or "")).cancel()


def _phase(world, cycle, action, moment):
    with world.happening(moment):
        getattr(cycle, action)()


def _backdate(world, cycle, launched, shown=None):
    """Tell when a cycle was launched and its answers shown: all at one moment, as the rows themselves have it.

    :param shown: when the assessments ended; None: they run
    """
    cycle = cycle.with_env(world.env)
    reviews = cycle.review_ids
    asked = world.env["kpi.review.feedback"].search([("cycle_id", "=", cycle.id)])
    for records in (cycle, reviews, asked):
        world.backdate(records, create_date=[launched] * len(records))
    if shown:
        world.backdate(asked, write_date=[shown] * len(asked))
        answers = reviews.answer_ids
        world.backdate(answers, create_date=[shown] * len(answers), write_date=[shown] * len(answers))


# ---------------------------------------------------------------- templates


def _build_workshop_template(world):
    """Beside what comes with the suite, one for the workshop: short, and with safety in it."""
    names, texts, anchors = story.SAFETY
    safety = world.env["kpi.competency"].create(
        {
            "name": names[0],
            "description": texts[0],
            "company_id": world.company.id,
            "anchor_ids": [
                Command.create({"rating": str(5 - place), "description": english})
                for place, (english, _vietnamese) in enumerate(anchors)
            ],
        }
    )
    world.tell(safety, {"name": names, "description": texts})
    for anchor in safety.anchor_ids:
        world.tell(anchor, {"description": anchors[5 - int(anchor.rating)]})
    competencies = [world.env.ref(f"kpi_management.{name}") for name in story.WORKSHOP_COMPETENCIES]
    template = world.env["kpi.review.template"].create(
        {
            "name": story.WORKSHOP[0],
            "company_id": world.company.id,
            "job_ids": [Command.set(world.jobs["carpenter"].ids)],
            "line_ids": [
                *(Command.create({"competency_id": each.id, "for_peer": False}) for each in (*competencies, safety)),
                Command.create({"kind": "text", "question": story.REMARK[0], "weight": 0, "for_peer": False}),
            ],
        }
    )
    world.tell(template, {"name": story.WORKSHOP})
    world.tell(template.line_ids[-1], {"question": story.REMARK})


def _build_survey_template(world):
    """Technology answer in an Odoo survey."""
    template = world.env["kpi.review.template"].create(
        {
            "name": story.BY_SURVEY[0],
            "company_id": world.company.id,
            "department_ids": [Command.set(world.departments["technology"].ids)],
            "survey_id": world.env.ref("kpi_survey.review_survey").id,
        }
    )
    world.tell(template, {"name": story.BY_SURVEY})
