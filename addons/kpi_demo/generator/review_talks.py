"""What comes after the assessments: proposals, calibration, talks with their signatures and what was agreed."""

from odoo import fields

from . import review_story as story
from . import review_words as words
from .review_answers import words_about
from .seed import chance
from .strategy import OFFICER, agree_objectives, backdate_agreement, create_objective, create_results


def propose_grades(world, cycle, rows, moment):
    """Let managers propose other grades than the computed ones.

    :param dict rows: {person: (grades up, reason)}
    """
    _regrade(world, cycle, rows, moment, "action_propose_grade", lambda review: world.user_key(review.manager_user_id))


def move_grades(world, cycle, rows, moment):
    """Let human resources move people to other grades."""
    _regrade(world, cycle, rows, moment, "action_move_grade", lambda review: OFFICER)


def hold_talks(world, cycle, moment):
    """Let manager and person talk, write down what they agreed on, and sign it."""
    for key, review in _by_person(world, cycle).items():
        leader, person = world.user_key(review.manager_user_id), world.user_key(review.user_id)
        if not leader:
            continue
        talked = moment("calibration", 2 + chance("talk", key).randrange(12))
        with world.happening(talked):
            own = review.with_env(world.as_user(leader))
            own.summary = _summary(world, key)
            own.action_sign()
            if person and key not in story.UNSIGNED:
                review.with_env(world.as_user(person)).action_sign(words.REMARKS.get(key))
        signed = [f"{role}_signed_on" for role in ("manager", "employee") if review[f"{role}_signed_on"]]
        world.backdate(review, **{name: [talked] for name in signed})
        if key in story.NEXT:
            _agree_on(world, review, key, talked.date())


def _by_person(world, cycle):
    """{person: review with the system's rights}"""
    return {world.key(review.employee_id): review for review in cycle.with_env(world.env).review_ids}


def _regrade(world, cycle, rows, moment, action, actor):
    reviews = _by_person(world, cycle)
    Move = world.env["kpi.review.move"]
    for key, (step, reason) in rows.items():
        review = reviews[key].with_env(world.as_user(actor(reviews[key])))
        grades = cycle.scale_id.grade_ids.sorted("min_score")
        place = grades.ids.index(review.current_grade_id.id) + step if review.current_grade_id else -1
        # On top or at the bottom of the scale there is nowhere to go.
        if 0 <= place < len(grades):
            getattr(review, action)(grades[place].id, reason)
    moves = Move.search([("review_id.cycle_id", "=", cycle.id), ("date", ">=", world.clock.now)])
    world.backdate(moves, date=[moment] * len(moves), create_date=[moment] * len(moves))


def _summary(world, key):
    good, better = words_about(world, key, "talk")
    support = chance("support", key).choice(words.SUPPORT)
    return words.SUMMARY.format(good=good[0], better=better[0], support=support)


def _agree_on(world, review, key, day):
    """Make an objective of what was agreed on, for the rest of the period that comes after the one reviewed."""
    row = story.NEXT[key]
    following = review.action_new_objective()["context"]
    end = fields.Date.to_date(following["default_date_end"])
    objective = create_objective(world, row, {}, min(day, end), end)
    objective.write({"review_id": review.id, "strategy_id": world.env["kpi.strategy"].search([], limit=1).id})
    create_results(world, {objective: row.results})
    agree_objectives(world, {key: objective})
    backdate_agreement(world, {objective: day})
