"""The main company becomes Sao Mai: name, country, currency, hours, exchange rates."""

from odoo import Command

from . import staff
from .clock import TIMEZONE
from .seed import chance

ADDRESS = {
    "street": "Số 128, đường Nguyễn Văn Linh",
    "street2": "Phường Tân Phong, Quận 7",
    "city": "TP. Hồ Chí Minh",
    "zip": "700000",
    "phone": "+84 28 5410 1234",
    "email": "lienhe@saomai.example",
    "website": "https://www.saomai.example",
}
# Dong per US dollar around which the demo's rates move; an illustration, not a quotation.
DONG_PER_DOLLAR = 25_800


def build_company(world):
    """Turn the main company into the demo company."""
    env, company = world.env, world.company
    _activate_languages(env)
    currency = env.ref("base.VND")
    currency.active = True
    env.ref("base.USD").active = True
    company.write({"name": staff.COMPANY, "currency_id": currency.id, "country_id": env.ref("base.vn").id, **ADDRESS})
    # Odoo's default, Lato, has no letters such as ạ or ế.
    company.font = "Roboto"
    company.partner_id.write({"tz": TIMEZONE, "lang": "vi_VN"})
    company.resource_calendar_id.tz = TIMEZONE
    env.ref("base.user_admin").write({"tz": TIMEZONE, "lang": "en_US"})
    env["account.chart.template"].try_loading("vn", company)
    _set_pricelists(world)
    _set_rates(world)
    _set_features(env)
    _stop_mails(env)


def _activate_languages(env):
    """Vietnamese beside English, with its translations where the set-up has not loaded them.

    A set-up that loads Vietnamese first leaves English switched off.
    """
    env["res.lang"]._activate_lang("en_US")
    if not env["res.lang"]._lang_get("vi_VN").id:
        language = env["res.lang"]._activate_lang("vi_VN")
        env["base.language.install"].create({"lang_ids": [Command.set(language.ids)]}).lang_install()


def _set_pricelists(world):
    """Odoo makes a general price list when a second currency is switched on, in the currency of that moment."""
    general = [("item_ids", "=", False), ("company_id", "in", [False, world.company.id])]
    world.env["product.pricelist"].search(general).currency_id = world.company.currency_id


def _set_rates(world):
    """A US dollar rate for the first day of each month; without them an export order has no value in dong."""
    rng = chance("rates")
    dollar = world.env.ref("base.USD")
    dollar.rate_ids.filtered(lambda rate: rate.company_id == world.company).unlink()
    world.env["res.currency.rate"].create(
        [
            {
                "currency_id": dollar.id,
                "company_id": world.company.id,
                "name": month.start,
                "inverse_company_rate": DONG_PER_DOLLAR + rng.randint(-25, 25) * 10,
            }
            for month in [world.clock.months[0].shift(-1), *world.clock.months]
        ]
    )


def _set_features(env):
    """Leads beside opportunities: marketing hands them over to sales."""
    env.ref("base.group_user").write({"implied_ids": [Command.link(env.ref("crm.group_use_lead").id)]})


def _stop_mails(env):
    """Nobody of the story has a mailbox or a telephone: no weekly digest goes out, no message on a delivery."""
    env["ir.config_parameter"].set_param("digest.default_digest_emails", False)
    env["digest.digest"].search([]).action_deactivate()
    env.ref("base.main_company").write({"stock_text_confirmation": False, "kpi_digest": False})
