"""Driving the Wagtail admin as a browser would: the form as it was drawn, then changed and sent."""

import json

from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from casestudies.models import CaseStudyPage
from portal.directory.models import User
from tests.factories.review import task_state_of


def admin(person: User) -> Client:
    """Give a client signed in as this person."""
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def edit_url(case: CaseStudyPage) -> str:
    """Give the address of a case's edit page."""
    return reverse("wagtailadmin_pages:edit", args=[case.pk])


def edit_data(client: Client, case: CaseStudyPage) -> QueryDict:
    """Open the edit page and give what its form would send, unchanged."""
    response = client.get(edit_url(case))
    assert response.status_code == 200, response.status_code
    data = querydict_from_html(response.content.decode(), form_id="page-edit-form").copy()
    for name in [name for name in data if name.startswith("action-")]:
        del data[name]
    # A browser says "on" for a ticked box without a value of its own.
    for name in {"cleared", "no_sensitive_detail"} & data.keys():
        data[name] = "on"
    return data


def save(client: Client, case: CaseStudyPage, data: QueryDict, **fields: str) -> HttpResponse:
    """Send the edit form with some fields changed."""
    for name, value in fields.items():
        data[name.replace("__", "-")] = value
    return client.post(edit_url(case), data)


def decide_in_edit_page(
    client: Client, case: CaseStudyPage, data: QueryDict, action: str, **extra: object
) -> HttpResponse:
    """Send the edit form with a workflow action, as the button's small window has prepared it."""
    data["action-workflow-action"] = "true"
    data["workflow-action-name"] = action
    data["workflow-action-extra-data"] = json.dumps(extra)
    return client.post(edit_url(case), data)


def modal_url(case: CaseStudyPage, action: str, owner: CaseStudyPage | None = None) -> str:
    """Give the address of the deciding window; `owner` is the case whose task state is named."""
    state = task_state_of(owner or case)
    return reverse("wagtailadmin_pages:workflow_action", args=[case.pk, action, state.pk])
