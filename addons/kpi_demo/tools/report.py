"""What `make demo` prints: scorecards, bonus statements and KPI pay on the pay slips, out of the database."""

import sys

from odoo import fields
from odoo.tools.misc import formatLang

from ..generator.staff import PEOPLE
from .table import table

SUBJECT_ORDER = ("company", "department", "team", "employee")
UNITS = {"percent": "\N{NO-BREAK SPACE}%", "hours": "\N{NO-BREAK SPACE}h", "days": "\N{NO-BREAK SPACE}d"}


def print_report(env, lang="en_US"):
    """Print the demo company's results to the terminal.

    :param env: environment of a database with the demo company, as `odoo shell` gives it
    :param str lang: language of the words; numbers are written the Vietnamese way
    """
    company = env.ref("base.main_company")
    env = env(su=True, context={"lang": lang, "allowed_company_ids": company.ids, "active_test": False})
    for title, text in _sections(env, company.with_env(env)):
        sys.stdout.write(f"\n{title}\n\n{text}\n")


def _sections(env, company):
    month, year = _last_month(env, company), _business_year(env, company)
    yield (
        env._(
            "%(company)s: scorecards of %(period)s (%(state)s)",
            company=company.name,
            period=month.name,
            state=_label(month, "state"),
        ),
        _scorecards(month.scorecard_ids),
    )
    yield (
        env._("The company in %s, up to today", year.name),
        _scorecards(year.scorecard_ids.filtered(lambda card: card.subject_type == "company")),
    )
    yield env._("Bonus statements"), _statements(env, company)
    yield env._("KPI pay on the pay slips"), _payslips(env, company)
    yield env._("Reviews"), _reviews(env, company)
    yield env._("Who can log in"), _logins(env)


def _last_month(env, company):
    """The last month that is over."""
    today = fields.Date.context_today(env.user.with_context(tz=company.partner_id.tz))
    domain = [("company_id", "=", company.id), ("period_type", "=", "month"), ("date_end", "<", today)]
    return env["kpi.period"].search(domain, order="date_end desc", limit=1)


def _business_year(env, company):
    domain = [("company_id", "=", company.id), ("period_type", "=", "year"), ("scorecard_ids", "!=", False)]
    return env["kpi.period"].search(domain, order="date_end desc", limit=1)


def _scorecards(cards):
    env = cards.env
    rows = []
    for card in cards.sorted(lambda card: (SUBJECT_ORDER.index(card.subject_type), card.id)):
        name = card._subject().display_name
        for line in card.line_ids:
            rows.append([name, line.display_name, *_line_figures(line)])
            name = ""
        score = _percent(env, card.score) if card.has_score else env._("no data")
        rows.append(["", env._("Score"), "", "", score, card.grade_id.name or ""])
    headings = [
        env._("Scorecard"),
        env._("KPI"),
        env._("Target"),
        env._("Actual"),
        env._("Attainment"),
        env._("Status"),
    ]
    return table(headings, rows, right=(2, 3, 4))


def _line_figures(line):
    """Target, actual, attainment and status of a scorecard line as texts."""
    target = _value(line, line.target)
    if line.result != "ok":
        return [target, _label(line, "result"), "", line.error_message or ""]
    return [target, _value(line, line.actual), _percent(line.env, line.attainment), _label(line, "status")]


def _value(line, value):
    if line.unit == "currency":
        return _money(line.company_id.currency_id, value)
    return _number(line.env, value, 0 if float(value).is_integer() else 2) + UNITS.get(line.unit, "")


def _statements(env, company):
    statements = env["kpi.bonus.statement"].search([("company_id", "=", company.id), ("state", "!=", "cancelled")])
    rows = [
        [
            statement.period_id.name,
            statement.employee_id.name,
            statement.plan_id.display_name,
            _percent(env, statement.score) if statement.has_score else env._("no data"),
            _percent(env, statement.payout_percent),
            f"{statement.days_covered}/{statement.days_total}",
            _money(statement.currency_id, statement.amount),
            _label(statement, "state"),
        ]
        for statement in statements.sorted(lambda paid: (paid.date_start, paid.plan_id.id, paid.employee_id.id))
    ]
    headings = [
        env._("Period"),
        env._("Person"),
        env._("Bonus plan"),
        env._("Score"),
        env._("Payout"),
        env._("Days"),
        env._("Amount"),
        env._("State"),
    ]
    return table(headings, rows, right=(3, 4, 5, 6))


def _payslips(env, company):
    domain = [("code", "in", ("KPI_BONUS", "KPI_ALLOWANCE")), ("slip_id.company_id", "=", company.id)]
    lines = env["hr.payslip.line"].search(domain)
    rows = [
        [
            line.slip_id.number,
            line.slip_id.employee_id.name,
            f"{line.slip_id.date_from:%d/%m/%Y} – {line.slip_id.date_to:%d/%m/%Y}",
            line.code,
            _money(company.currency_id, line.total),
            _label(line.slip_id, "state"),
        ]
        for line in lines.sorted(lambda line: (line.slip_id.date_from, line.slip_id.number, line.sequence))
    ]
    headings = [env._("Pay slip"), env._("Person"), env._("Dates"), env._("Line"), env._("Amount"), env._("State")]
    return table(headings, rows, right=(4,))


def _reviews(env, company):
    """How far the reviews of each cycle are, with how many answers were given of those asked for."""
    cycles = env["kpi.review.cycle"].search([("company_id", "=", company.id)], order="date_end, id")
    rows = []
    for cycle in cycles:
        asked = env["kpi.review.feedback"].search([("cycle_id", "=", cycle.id)])
        given = asked.filtered(lambda feedback: feedback.state == "done")
        signed = cycle.review_ids.filtered(lambda review: review.employee_signed_on and review.manager_signed_on)
        moved = cycle.review_ids.move_ids.filtered(lambda move: move.kind == "calibration")
        figures = [f"{len(given)}/{len(asked)}", len(moved), len(signed)]
        for state, found in sorted(cycle.review_ids.grouped("state").items(), key=lambda group: len(group[1])):
            mean = [review.score for review in found if review.has_score]
            score = _percent(env, sum(mean) / len(mean)) if mean else env._("no data")
            label = dict(found._fields["state"]._description_selection(env))[state]
            rows.append([cycle.name, _label(cycle, "state"), label, len(found), score, *figures])
    headings = [
        env._("Review cycle"),
        env._("Phase"),
        env._("Reviews"),
        env._("People"),
        env._("Score"),
        env._("Answers"),
        env._("Grades moved"),
        env._("Signed"),
    ]
    return table(headings, rows, right=(3, 4, 5, 6, 7))


def _logins(env):
    """Everybody who may log in, with the password they were given."""
    users = {user.login: user for user in env["res.users"].search([("active", "=", True)])}
    guests = [users[person.login] for person in PEOPLE if person.roles and person.login in users]
    jobs = {user: user.employee_ids[:1].job_id.name for user in guests}
    rows = [["admin", "admin", users["admin"].name, env._("may do everything")]]
    rows += [[user.login, user.login, user.name, jobs[user]] for user in guests]
    return table([env._("Login"), env._("Password"), env._("Name"), env._("Job")], rows)


def _label(record, field):
    """A selection value as the user reads it."""
    return dict(record._fields[field]._description_selection(record.env)).get(record[field], "")


def _money(currency, value):
    return formatLang(currency.env(context={"lang": "vi_VN"}), value, currency_obj=currency)


def _number(env, value, digits):
    return formatLang(env(context={"lang": "vi_VN"}), value, digits=digits)


def _percent(env, value):
    return _number(env, value, 2) + UNITS["percent"]
