"""Fills the database when the module is installed."""

import logging

from .generator import COMPLETE, generate

_logger = logging.getLogger(__name__)


def post_init_hook(env):
    """Make the demo company once, and only in a database that has no business of its own yet.

    :param env: environment of the installation
    """
    if env["ir.config_parameter"].sudo().get_param(COMPLETE):
        return
    company = env.ref("base.main_company")
    if any(_has_records(env[model], company) for model in ("sale.order", "account.move")):
        _logger.info("%s has business of its own: the demo company is only made in an empty database.", company.name)
        return
    if env.registry.loaded:
        generate(env)
    else:
        # The books need a chart of accounts, and Odoo loads one only when all modules are there: the company is made at
        # that moment, and with its own chart. The generic one would make the US dollar the company's currency.
        env.registry._auto_install_template = generate


def _has_records(model, company):
    records = model.sudo().with_context(active_test=False)
    return records.search_count([("company_id", "=", company.id)], limit=1)
