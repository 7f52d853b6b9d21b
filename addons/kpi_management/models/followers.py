"""Many followers at once: activities subscribe their people one by one, with a handful of queries for each."""

from odoo.fields import Command


def follow(records, users):
    """Let each record's user follow it, by one insert for all.

    :param records: of one model, with the rights to write followers
    :param users: the user of each record, in the same order; empty where nobody is to follow
    """
    followers = records.env["mail.followers"]
    known = followers.search([("res_model", "=", records._name), ("res_id", "in", records.ids)])
    followed = {(follower.res_id, follower.partner_id.id) for follower in known}
    subtypes, _internal, _external = records.env["mail.message.subtype"].default_subtypes(records._name)
    pairs = {(record.id, user.partner_id.id) for record, user in zip(records, users, strict=True) if user} - followed
    followers.create(
        [
            {
                "res_model": records._name,
                "res_id": record_id,
                "partner_id": partner_id,
                "subtype_ids": [Command.set(subtypes.ids)],
            }
            for record_id, partner_id in sorted(pairs)
        ]
    )
