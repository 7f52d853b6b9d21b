"""Figures from outside: a program with an API key sends them, again and again, and each counts once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from json2 import Refused

MEASURE, MONTH = "social_followers", "2026-11"
PEOPLE = ("Trần Thị Bé", "Nguyễn Hữu Nghĩa", "Nguyễn Hữu Nghĩa")


def make(client, model, **vals):
    return client.call(model, "create", vals_list=[vals])[0]


def user(admin, login, *groups):
    refs = admin.call(
        "ir.model.data", "search_read", domain=[["model", "=", "res.groups"], ["name", "in", groups]], fields=["res_id"]
    )
    return make(admin, "res.users", name=login, login=login, group_ids=[[6, 0, [ref["res_id"] for ref in refs]]])


@pytest.fixture(scope="module")
def officer(admin, client_of):
    """A program that acts as a KPI officer, and the people and month its figures are about."""
    user(admin, "figures.e2e", "group_user", "group_kpi_officer")
    for number, name in enumerate(PEOPLE):
        make(admin, "hr.employee", name=name, work_email=f"figures{number}@e2e.example")
    for day in ("2026-11-01", "2026-12-01"):
        if not admin.call("kpi.period", "search", domain=[["name", "=", f"{day[5:7]}/2026"]]):
            make(admin, "kpi.period", period_type="month", date_start=day)
    return client_of("figures.e2e")


@pytest.fixture
def stored(officer):
    """Reads what is stored of the month; afterwards it is empty again."""

    def read(measure=MEASURE):
        found = officer.call(
            "kpi.measurement",
            "search_read",
            domain=[["measure_id.code", "=", measure], ["period_id.name", "=", "11/2026"]],
            fields=["value", "source", "subject_name", "note"],
            order="id",
        )
        return [{key: figure[key] for key in ("value", "source", "subject_name", "note")} for figure in found]

    yield read
    left = officer.call("kpi.measurement", "search", domain=[["period_id.name", "=", "11/2026"]])
    officer.call("kpi.measurement", "unlink", ids=left)


def send(client, *figures):
    rows = [{"measure_id": MEASURE, "period_id": MONTH, **figure} for figure in figures]
    return client.call("kpi.measurement", "create", vals_list=rows)


def refusal_of(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.status, refusal.value.answer["message"]


def test_figures_are_sent_by_name(officer, stored):
    send(
        officer,
        {"value": 12500, "note": "All channels"},
        {"employee_id": "Trần Thị Bé", "value": "315.5"},
        {"measure_id": "MKT_FOLLOWERS", "employee_id": "figures1@e2e.example", "value": 7},
    )
    company = officer.call("res.company", "search_read", domain=[], fields=["name"], order="id")[0]["name"]
    assert stored() == [
        {"value": 12500, "source": "api", "subject_name": company, "note": "All channels"},
        {"value": 315.5, "source": "api", "subject_name": "Trần Thị Bé", "note": False},
        {"value": 7, "source": "api", "subject_name": "Nguyễn Hữu Nghĩa", "note": False},
    ]


def test_sent_again_a_figure_counts_once(officer, stored):
    person = {"employee_id": "Trần Thị Bé"}
    first = send(officer, {**person, "value": 5})
    assert send(officer, {**person, "value": 5}, {**person, "value": 5}) == first * 2
    assert send(officer, {**person, "value": 6, "source": "typed"}) == first
    assert [(figure["value"], figure["source"]) for figure in stored()] == [(6, "api")]
    messages = officer.call(
        "mail.message",
        "search_read",
        domain=[["model", "=", "kpi.measurement"], ["res_id", "=", first[0]], ["body", "ilike", "Came in again"]],
        fields=["author_id"],
    )
    assert [message["author_id"][1] for message in messages] == ["figures.e2e"]


def test_what_is_wrong_is_said_and_nothing_is_entered(officer, stored):
    status, message = refusal_of(
        lambda: send(
            officer,
            {"value": 1},
            {"measure_id": "NO_SUCH", "value": 1},
            {"employee_id": "Nobody at all", "value": 1},
            {"employee_id": "Nguyễn Hữu Nghĩa", "value": 1},
            {"period_id": "2066-01", "value": 1},
            {"employee_id": "Trần Thị Bé", "value": "12a"},
        )
    )
    assert status == 422
    lines = message.splitlines()
    assert [line.split(":")[0] for line in lines] == ["Item 2", "Item 3", "Item 4", "Item 5", "Item 6"]
    for line, reason in zip(
        lines,
        ("no KPI or measure “NO_SUCH”", "nobody called", "2 people are called", "no period “2066-01”", "“12a” is not"),
        strict=True,
    ):
        assert reason in line
    assert stored() == []


def test_a_list_is_loaded_whole_or_not_at_all(officer, stored):
    columns = ["measure_id", "period_id", "employee_id", "value"]
    good = ["MKT_FOLLOWERS", "11/2026", "Trần Thị Bé", "9"]
    answer = officer.call("kpi.measurement", "load", fields=columns, data=[good, [*good[:3], "x"]])
    assert answer["ids"] is False
    assert [(message["rows"], message["message"][:7]) for message in answer["messages"]] == [
        ({"from": 1, "to": 1}, "Row 2: ")
    ]
    assert stored() == []
    answer = officer.call("kpi.measurement", "load", fields=columns, data=[good, good])
    assert answer["messages"] == []
    assert [figure["value"] for figure in stored()] == [9]


def test_two_at_the_same_moment_leave_one_figure(officer, stored):
    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda value: send(officer, {"value": value}), (1, 2, 3, 4)))
    assert ids == ids[:1] * 4
    assert len(stored()) == 1


def test_a_closed_period_takes_nothing(officer):
    # long over: it can be closed on any day this test runs
    period = make(officer, "kpi.period", period_type="month", date_start="2024-05-01")
    figure = send(officer, {"period_id": "05/2024", "value": 5})
    officer.call("kpi.period", "action_close", ids=[period])
    for change in (
        lambda: send(officer, {"period_id": "2024-05", "value": 5}),
        lambda: send(officer, {"period_id": "2024-05", "value": 6}),
        lambda: officer.call("kpi.measurement", "write", ids=figure, vals={"value": 6}),
        lambda: officer.call("kpi.measurement", "unlink", ids=figure),
    ):
        status, message = refusal_of(change)
        assert (status, "05/2024 is closed" in message) == (422, True)
    assert officer.call("kpi.measurement", "read", ids=figure, fields=["value"])[0]["value"] == 5


def test_who_is_no_officer_sends_nothing(admin, client_of, officer, stored):
    user(admin, "employee.e2e", "group_user")
    employee = client_of("employee.e2e")
    for call in (
        lambda: send(employee, {"value": 1}),
        lambda: employee.call(
            "kpi.measurement", "load", fields=["measure_id", "period_id", "value"], data=[[MEASURE, MONTH, "1"]]
        ),
    ):
        assert refusal_of(call)[0] == 403
    assert stored() == []
