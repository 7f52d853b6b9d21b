"""What people answer in a review, each on the own form, by what everybody thinks of the person."""

from odoo import Command

from . import review_story as story
from . import review_words as words
from .seed import chance

RATINGS = "12345"
CANNOT_SAY = "0"


def answer(world, cycle, complete=True):
    """Let everybody who is asked with a login answer.

    :param cycle: `kpi.review.cycle` that is running
    :param bool complete: whether all of it is in, but for the few that are never shown; else as far as the story is
    """
    for rater in [key for key, user in world.users.items() if user.active]:
        Feedback = world.as_user(rater)["kpi.review.feedback"]
        rows = Feedback.search([("cycle_id", "=", cycle.id), ("user_id", "=", Feedback.env.uid)], order="id")
        work = _work_all if complete else _work_partly
        rows.filtered(lambda row, rater=rater, work=work: work(world, cycle, row, rater)).action_submit()


def answer_outside(world, cycle):
    """Let the clients answer by the links in their mails."""
    rows = world.env["kpi.review.feedback"].search([("cycle_id", "=", cycle.id), ("rater_email", "!=", False)])
    for row in rows:
        link = world.env["kpi.review.feedback"]._by_token(row.id, row.access_token)
        link._begin()
        form = {}
        for draft, values in _answers(world, cycle, link, _about(world, row), row.rater_email).items():
            form[f"rating_{draft.template_line_id.id}"] = values.get("rating")
            form[f"text_{draft.template_line_id.id}"] = values.get("text")
        link._take_form(form)
        link.action_submit()


def words_about(world, key, name):
    """(what is done well, what could be better) about somebody, each a list in an order of its own.

    :param str key: the person
    :param name: whose order
    """
    department = _department(world, key)
    rng = chance("words", key, name)
    return [rng.sample(found[department], len(found[department])) for found in (words.GOOD, words.BETTER)]


def _about(world, row):
    return world.key(row.with_env(world.env).employee_id)


def _department(world, key):
    department = world.employees[key].department_id
    while department.parent_id:
        department = department.parent_id
    return next(name for name, found in world.departments.items() if found == department)


def _work_all(world, cycle, row, rater):
    """Write all answers, or decline; return whether they are to be given."""
    about = _about(world, row)
    # Two of the colleagues of a few people alone: fewer than may be shown.
    if row.side == "peer" and about in story.THIN and not _is_early(world, cycle, about, rater):
        row.action_decline()
        return False
    return _write(world, cycle, row, about, rater)


def _is_early(world, cycle, about, rater):
    """Whether somebody is one of the first two asked about a person."""
    first = world.env["kpi.review.feedback"].search(
        [("cycle_id", "=", cycle.id), ("employee_id", "=", world.employees[about].id), ("side", "=", "peer")],
        order="id",
        limit=2,
    )
    return world.users[rater] in first.user_id


def _work_partly(world, cycle, row, rater):
    """Write all answers, some, or none; return whether they are to be given."""
    about = _about(world, row)
    rng = chance("answered", cycle.name, about, row.side, rater)
    gives, begins = rng.randrange(100) < story.ANSWERED[row.side], rng.randrange(100) < story.BEGUN
    if rater in story.OWED_BY:
        return False
    if rater in story.GIVEN_BY or (gives and rater not in story.BEGUN_BY):
        return _write(world, cycle, row, about, rater)
    if begins or rater in story.BEGUN_BY:
        _write(world, cycle, row, about, rater, first=3)
    return False


def _write(world, cycle, row, about, rater, first=None):
    """Write answers as they are typed, to all questions or the first ones.

    :return: whether they are still to be given; a questionnaire that is filled in to its end is given by that
    """
    row.action_fill()
    answers = list(_answers(world, cycle, row, about, rater).items())[:first]
    if not row.by_survey:
        row.write({"draft_ids": [Command.update(draft.id, values) for draft, values in answers]})
        return True
    sheet = row._survey_inputs()
    for draft, values in answers:
        question = draft.with_env(world.env).template_line_id.survey_question_id
        rating = values.get("rating", "").replace(CANNOT_SAY, "")
        sheet._save_lines(question, values.get("text", "") if draft.kind == "text" else rating)
    if not first:
        sheet._mark_done()
        sheet._kpi_hand_in()
    return False


def _answers(world, cycle, row, about, rater):
    """{draft: {rating, text}} for all questions of a rater"""
    rng = chance("answers", cycle.name, about, row.side, rater)
    good, better = words_about(world, about, f"{cycle.name} {rater}")
    said = [good[0], better[0], rng.choice(words.SUPPORT)]
    answers = {}
    for draft in row.draft_ids:
        if draft.kind == "text":
            # Not everybody finds words for everything.
            text = said.pop(0) if said else ""
            silent = row.side not in ("self", "manager") and rng.random() < 0.25
            answers[draft] = {"text": "" if silent else text}
            continue
        rating = _rating(rng, about, row.side)
        remark = words.COMMENTS.get(rating) if rng.random() < 0.12 else None
        answers[draft] = {"rating": rating, **({"text": rng.choice(remark)} if remark else {})}
    return answers


def _rating(rng, about, side):
    if side == "peer" and rng.random() < 0.05:
        return CANNOT_SAY
    usual = story.LEVELS.get(about) or 3.3 + chance("level", about).uniform(-0.6, 0.6)
    level = round(usual + story.LEAN[side] + rng.gauss(0, 0.45))
    return RATINGS[min(max(level, 1), 5) - 1]
