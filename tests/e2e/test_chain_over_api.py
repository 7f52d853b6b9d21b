"""The whole chain as an outside program drives it: a figure goes in over the API, a bonus comes out on a pay slip."""

import pytest
from json2 import Refused

MONTH = ("2026-09-01", "2026-09-30")


def ref(client, xmlid):
    """The database id behind an external id."""
    module, name = xmlid.split(".")
    found = client.call(
        "ir.model.data", "search_read", domain=[["module", "=", module], ["name", "=", name]], fields=["res_id"]
    )
    return found[0]["res_id"]


def create(client, model, **vals):
    return client.call(model, "create", vals_list=[vals])[0]


def read(client, model, record_id, *names):
    return client.call(model, "read", ids=[record_id], fields=list(names))[0]


@pytest.fixture(scope="module")
def approver(admin, client_of):
    """The second person: may approve bonuses, and computed none."""
    groups = [ref(admin, "base.group_user"), ref(admin, "kpi_hr_bonus.group_bonus_approver")]
    create(admin, "res.users", name="Trần Thị Duyệt", login="duyet.e2e", group_ids=[[6, 0, groups]])
    return client_of("duyet.e2e")


@pytest.fixture(scope="module")
def officer(admin):
    """The administrator, given the roles that compute bonuses and make pay slips."""
    groups = ("kpi_hr_bonus.group_bonus_officer", "payroll.group_payroll_manager", "hr.group_hr_manager")
    user = admin.call("res.users", "search", domain=[["login", "=", "admin"]])
    admin.call("res.users", "write", ids=user, vals={"group_ids": [[4, ref(admin, group)] for group in groups]})
    return admin


@pytest.fixture(scope="module")
def employee(officer):
    """An employee on a monthly wage of 20 million, whose pay slips follow a structure of wage and bonus."""
    structure = create(officer, "hr.payroll.structure", name="API", code="API_E2E")
    return create(
        officer,
        "hr.employee",
        name="Nguyễn Văn An",
        date_version="2025-01-01",
        contract_date_start="2025-01-01",
        wage=20_000_000,
        struct_id=structure,
    )


@pytest.fixture(scope="module")
def scorecard(officer, employee):
    """September: 80,000 of 100,000 social engagements, sent over the API, agreed and computed."""
    period = create(officer, "kpi.period", period_type="month", date_start=MONTH[0])
    create(
        officer,
        "kpi.measurement",
        measure_id=ref(officer, "kpi_management.measure_social_engagements"),
        period_id=period,
        subject_type="employee",
        employee_id=employee,
        value=80_000,
        source="api",
    )
    line = {
        "definition_id": ref(officer, "kpi_management.definition_mkt_engagements"),
        "weight": 100,
        "target": 100_000,
    }
    card = create(
        officer,
        "kpi.scorecard",
        period_id=period,
        subject_type="employee",
        employee_id=employee,
        line_ids=[[0, 0, line]],
    )
    officer.call("kpi.scorecard", "action_agree", ids=[card])
    officer.call("kpi.period", "action_compute", ids=[period])
    return read(officer, "kpi.scorecard", card, "period_id", "line_ids", "score", "has_score")


@pytest.fixture(scope="module")
def statement(officer, employee, scorecard):
    """5 million at 100 %, proportional: the statement of September, submitted."""
    plan = create(officer, "kpi.bonus.plan", name="API plan", amount=5_000_000, employee_ids=[[6, 0, [employee]]])
    officer.call("kpi.bonus.plan", "action_publish", ids=[plan])
    officer.call("kpi.bonus.plan", "action_compute", ids=[plan], period=scorecard["period_id"][0])
    found = officer.call("kpi.bonus.statement", "search", domain=[["plan_id", "=", plan]])
    officer.call("kpi.bonus.statement", "action_submit", ids=found)
    return found[0]


def test_figure_becomes_score(officer, scorecard):
    # 80,000 of 100,000 is 80 %, the only KPI, so the score is 80 %.
    line = read(officer, "kpi.scorecard.line", scorecard["line_ids"][0], "actual", "attainment", "result")
    assert (line["actual"], line["attainment"], line["result"]) == (80_000, 80, "ok")
    assert (scorecard["score"], scorecard["has_score"]) == (80, True)


def test_same_figure_is_not_taken_twice(officer, employee, scorecard):
    figures = officer.call("kpi.measurement", "search", domain=[["employee_id", "=", employee]])
    again = create(
        officer,
        "kpi.measurement",
        measure_id=ref(officer, "kpi_management.measure_social_engagements"),
        period_id=scorecard["period_id"][0],
        employee_id=employee,
        value=80_000,
    )
    assert figures == [again]


def test_nobody_writes_an_actual(officer, scorecard):
    with pytest.raises(Refused) as refusal:
        officer.call(
            "kpi.scorecard.line",
            "write",
            ids=scorecard["line_ids"],
            vals={"actual": 100_000},
            context={"kpi_trusted": True},
        )
    assert refusal.value.status == 403
    assert read(officer, "kpi.scorecard.line", scorecard["line_ids"][0], "actual")["actual"] == 80_000


def test_click_through_lists_the_figure(officer, employee, scorecard):
    action = officer.call("kpi.scorecard.line", "action_open_records", ids=scorecard["line_ids"][:1])
    assert action["res_model"] == "kpi.measurement"
    found = officer.call("kpi.measurement", "search_read", domain=action["domain"], fields=["value", "employee_id"])
    assert [(figure["value"], figure["employee_id"][0]) for figure in found] == [(80_000, employee)]


def test_second_person_approves_and_payroll_pays_once(officer, approver, employee, statement):
    # 80 % of 5,000,000
    assert read(officer, "kpi.bonus.statement", statement, "amount", "state") == {
        "id": statement,
        "amount": 4_000_000,
        "state": "submitted",
    }
    with pytest.raises(Refused):
        officer.call("kpi.bonus.statement", "action_approve", ids=[statement])
    approver.call("kpi.bonus.statement", "action_approve", ids=[statement])

    version = read(officer, "hr.employee", employee, "current_version_id")["current_version_id"][0]
    slip = create(
        officer,
        "hr.payslip",
        employee_id=employee,
        contract_id=version,
        struct_id=officer.call("hr.payroll.structure", "search", domain=[["code", "=", "API_E2E"]])[0],
        date_from=MONTH[0],
        date_to=MONTH[1],
    )
    for _again in range(2):
        officer.call("hr.payslip", "compute_sheet", ids=[slip])
        lines = officer.call(
            "hr.payslip.line",
            "search_read",
            domain=[["slip_id", "=", slip], ["code", "=", "KPI_BONUS"]],
            fields=["total"],
        )
        assert [line["total"] for line in lines] == [4_000_000]
    officer.call("hr.payslip", "action_payslip_done", ids=[slip])
    paid = read(officer, "kpi.bonus.statement", statement, "state", "payslip_id")
    assert (paid["state"], paid["payslip_id"][0]) == ("paid", slip)
