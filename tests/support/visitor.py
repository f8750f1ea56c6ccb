"""A person whose browser runs no scripts: opens pages, fills in their forms, presses buttons."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client


def signed_in(person: Any) -> Client:
    """Give a client signed in as this person."""
    client = Client()
    client.force_login(person)
    return client


class Visitor:
    """Sends forms exactly as the page offers them; nothing is sent that is not on it."""

    def __init__(self, person: Any = None) -> None:
        self.client = Client() if person is None else signed_in(person)
        self.address, self.status = "", 0
        self.page = BeautifulSoup("", "html.parser")

    def open(self, address: str) -> Visitor:
        """Open an address, following redirects."""
        return self._arrive(self.client.get(address, follow=True))

    def fill_in(self, **answers: Any) -> Visitor:
        """Write answers into the page's fields, by name; KeyError for a field that is not there."""
        for name, answer in answers.items():
            self._answer(name.replace("__", "-"), answer)
        return self

    def press(self, words: str) -> Visitor:
        """Press the button with these words, and send its form."""
        target, sent = self.form_of(words)
        return self._arrive(self.client.post(target, sent, follow=True))

    def form_of(self, words: str) -> tuple[str, dict[str, list[str]]]:
        """Give what the button with these words sends, and to which address."""
        buttons = self.page.select("main button")
        button = next((item for item in buttons if item.get_text(strip=True) == words), None)
        if button is None:
            raise KeyError(f"{self.address} has no button “{words}”")
        named = button.get("form")
        form = self.page.find(id=str(named)) if named else button.find_parent("form")
        assert isinstance(form, Tag)
        data = _values(form)
        if button.get("name"):
            data.append((str(button["name"]), str(button.get("value", ""))))
        sent: dict[str, list[str]] = {}
        for name, value in data:
            sent.setdefault(name, []).append(value)
        return str(form.get("action") or self.address), sent

    @property
    def text(self) -> str:
        """What the main part of the page says."""
        return " ".join((self.page.find("main") or self.page).get_text(" ").split())

    def links(self) -> dict[str, str]:
        """Give the addresses of the main part's links by their words."""
        found = self.page.select("main a[href]")
        return {" ".join(item.get_text(" ").split()): str(item["href"]) for item in found}

    def _arrive(self, response: Any) -> Visitor:
        self.status = response.status_code
        chain = getattr(response, "redirect_chain", [])
        self.address = chain[-1][0] if chain else response.request["PATH_INFO"]
        query = response.request.get("QUERY_STRING")
        if query and "?" not in self.address:
            self.address = f"{self.address}?{query}"
        self.page = BeautifulSoup(response.content, "html.parser")
        return self

    def _answer(self, name: str, answer: Any) -> None:
        fields = self.page.select(f'main [name="{name}"]')
        if not fields:
            raise KeyError(f"{self.address} asks no “{name}”")
        first = fields[0]
        if first.name == "textarea":
            first.string = str(answer)
        elif first.name == "select":
            for option in first.select("option"):
                option.attrs.pop("selected", None)
                if option.get("value") == str(answer):
                    option["selected"] = ""
        elif first.get("type") in ("checkbox", "radio"):
            wanted = {str(item) for item in (answer if isinstance(answer, list) else [answer])}
            for field in fields:
                field.attrs.pop("checked", None)
                if answer is True or str(field.get("value")) in wanted:
                    field["checked"] = ""
        else:
            first["value"] = str(answer)


def _values(form: Tag) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), field.get("type")
        if field.name == "textarea":
            found.append((name, field.get_text()))
        elif field.name == "select":
            chosen = field.select("option[selected]") or field.select("option")[:1]
            found += [(name, str(option.get("value", ""))) for option in chosen]
        elif kind in ("checkbox", "radio"):
            found += [(name, str(field.get("value", "on")))] if field.has_attr("checked") else []
        elif kind not in ("file", "submit", "button"):
            found.append((name, str(field.get("value", ""))))
    return found
