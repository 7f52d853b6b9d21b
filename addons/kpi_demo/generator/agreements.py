"""Who agreed to what, and when: scorecards by the person above and the holder, before each period begins."""

from datetime import timedelta

from .strategy import DIRECTOR, OFFICER
from .world import grouped

# Days before a period begins.
PROPOSED, AGREED = timedelta(days=4), timedelta(days=2)


def agree_scorecards(world, cards):
    """Let the manager propose and the holder accept, each with the rights they have.

    Those of the company and its departments the director proposes, as a KPI officer. What nobody holds with a login (the company's, those of people who left) human resources accept for them.

    :param cards: `kpi.scorecard` records in draft
    """
    for proposer, found in grouped(cards, lambda card: _proposer(world, card)).items():
        found.with_env(world.as_user(proposer)).action_propose()
    for holder, found in grouped(cards, lambda card: world.user_key(card.holder_user_id) or OFFICER).items():
        found.with_env(world.as_user(holder)).action_agree()
    _backdate(world, cards)


def _proposer(world, card):
    return (card.subject_type == "employee" and world.user_key(card.manager_user_id)) or DIRECTOR


def _backdate(world, cards):
    proposed = {card: world.clock.utc(card.date_start - PROPOSED, 9) for card in cards}
    agreed = {card: world.clock.utc(card.date_start - AGREED, 10) for card in cards}
    world.backdate(
        cards,
        create_date=list(proposed.values()),
        proposed_date=list(proposed.values()),
        manager_agreed_date=list(proposed.values()),
        holder_agreed_date=list(agreed.values()),
    )
    notes = world.env["mail.message"].search([("model", "=", cards._name), ("res_id", "in", cards.ids)], order="id")
    days, seen = [], set()
    for note in notes:
        days.append((agreed if note.res_id in seen else proposed)[cards.browse(note.res_id)])
        seen.add(note.res_id)
    world.backdate(notes, date=days, create_date=days)
