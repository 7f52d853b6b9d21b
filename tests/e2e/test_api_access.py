"""Who gets in: the API answers to a key and to nobody else."""

import pytest
from json2 import Json2Client, Refused


def test_key_opens_the_api(admin):
    answer = admin.post("res.users", "context_get", {})
    assert answer.status_code == 200
    assert answer.json()["lang"] == "en_US"


def test_without_key_nothing_is_answered(nobody):
    answer = nobody.post("res.users", "context_get", {})
    assert answer.status_code == 401


def test_wrong_key_is_refused(base_url):
    with pytest.raises(Refused) as refusal:
        Json2Client(base_url, key="0" * 40).call("res.users", "context_get")
    assert refusal.value.status == 401


def test_add_ons_are_installed(admin):
    found = admin.call(
        "ir.module.module", "search_read", domain=[["name", "=", "kpi_management"]], fields=["name", "state"]
    )
    assert [module["state"] for module in found] == ["installed"]


def test_health_needs_no_key(nobody):
    answer = nobody.session.get(f"{nobody.address}/web/health", timeout=30)
    assert answer.status_code == 200
    assert answer.json()["status"] == "pass"
