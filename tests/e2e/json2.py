"""A client of Odoo's JSON-2 API, as an outside program would write one."""

from __future__ import annotations

from typing import Any

import requests


class Refused(Exception):
    """The server's answer was an error."""

    def __init__(self, status: int, answer: Any) -> None:
        super().__init__(f"{status}: {answer}")
        self.status = status
        self.answer = answer


class Json2Client:
    """Calls methods of models on a running Odoo.

    :param address: the server's base address
    :param key: an API key; left out, calls are made by nobody
    """

    def __init__(self, address: str, key: str | None = None, timeout: float = 120) -> None:
        self.address = address
        self.timeout = timeout
        self.session = requests.Session()
        if key:
            self.session.headers["Authorization"] = f"Bearer {key}"

    def post(self, model: str, method: str, body: dict[str, Any]) -> requests.Response:
        """Send one call and return the answer as it came."""
        return self.session.post(f"{self.address}/json/2/{model}/{method}", json=body, timeout=self.timeout)

    def call(self, model: str, method: str, ids: list[int] | None = None, **arguments: Any) -> Any:
        """Call a method and return what it returned; each call is a transaction of its own.

        :param ids: the records to call it on; left out for a method of the model itself
        :param arguments: the method's arguments, all by name
        :raises Refused: when the server answers with an error
        """
        body = arguments if ids is None else {"ids": ids, **arguments}
        answer = self.post(model, method, body)
        content = answer.json() if answer.content else None
        if answer.status_code != 200:
            raise Refused(answer.status_code, content)
        return content
