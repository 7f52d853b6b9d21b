"""The newsletter: one mailing a month to everybody who asked for it, with what became of each email."""

from datetime import timedelta

from odoo import Command

from .seed import chance

READERS = 110
HEAD = "thao"
SUBJECT = "Bản tin nội thất Sao Mai tháng {month:%m/%Y}"
BODY = "<p>Kính gửi Quý khách, mời Quý khách xem các mẫu nội thất mới và dự án vừa hoàn thành của Sao Mai.</p>"
# Of a hundred emails so many bounce; of those delivered, opened and clicked in an average month.
BOUNCED, OPENED, CLICKED = 3, 33, 7


def build_mailings(world):
    """Create the readers, a mailing for each full month and its traces."""
    env = world.on_behalf(HEAD)
    readers = _build_readers(world, env)
    months = world.clock.full_months
    mailings = env["mailing.mailing"].create([_mailing_values(world, env, readers, month) for month in months])
    sent = [world.clock.utc(month.day(12), 9) for month in months]
    mailings.write({"state": "done"})
    for mailing, moment in zip(mailings, sent, strict=True):
        mailing.sent_date = moment
    world.backdate(mailings, create_date=[moment - timedelta(days=3) for moment in sent])
    env["mailing.trace"].create(
        [
            _trace_values(mailing, reader, moment, chance("mail", month.key, number), month)
            for mailing, month, moment in zip(mailings, months, sent, strict=True)
            for number, reader in enumerate(readers)
        ]
    )


def _build_readers(world, env):
    addresses = [f"docgia{number:03d}@khachhang.example" for number in range(1, READERS + 1)]
    lists = env["mailing.list"].create({"name": "Bản tin nội thất", "is_public": True})
    return env["mailing.contact"].create(
        [
            {"name": address.split("@")[0], "email": address, "list_ids": [Command.set(lists.ids)]}
            for address in addresses
        ]
    )


def _mailing_values(world, env, readers, month):
    return {
        "subject": SUBJECT.format(month=month.start),
        "body_html": BODY,
        "body_arch": BODY,
        "mailing_type": "mail",
        "mailing_model_id": env["ir.model"]._get_id("mailing.list"),
        "contact_list_ids": [Command.set(readers.list_ids.ids)],
        "user_id": world.users[HEAD].id,
    }


def _trace_values(mailing, reader, sent, rng, month):
    status, opened, clicked = "sent", None, None
    # Readers like the newsletter a little better month by month.
    liking = 1 + (month.start.month % 6) / 30
    fate = rng.uniform(0, 100)
    if fate < BOUNCED:
        status = "bounce"
    elif fate < BOUNCED + OPENED * liking:
        status, opened = "open", sent + timedelta(minutes=rng.randint(5, 4000))
        if fate < BOUNCED + CLICKED * liking:
            clicked = opened + timedelta(minutes=2)
    return {
        "mass_mailing_id": mailing.id,
        "model": reader._name,
        "res_id": reader.id,
        "email": reader.email,
        "trace_status": status,
        "sent_datetime": sent,
        "open_datetime": opened,
        "links_click_datetime": clicked,
    }
