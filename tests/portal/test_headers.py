"""What every answer tells the browser to refuse."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.widgets import AdminDateInput

from casestudies.models import RelatedCase
from portal.directory.models import Administration
from tests.factories.cases import make_case, make_tree
from tests.factories.review import make_world

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGES = ("/en/", "/ar/search/", "/en/accounts/login/", "/en/share/", "/en/design/", "/fr/nothing/")


@pytest.mark.parametrize("address", PAGES)
def test_public_page_allows_nothing_inline_and_no_other_host(client, address):
    make_tree()
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]


class TestAdmin:
    """The editors' desk runs its own scripts alone: each inline one carries its page's nonce."""

    @pytest.fixture
    def editor(self, client: Client) -> Client:
        world = make_world()
        client.force_login(world["expert"], BACKEND)
        return client

    @pytest.fixture
    def edit_page(self, editor: Client) -> str:
        malta = Administration.objects.get(slug="malta")
        case = make_case("<script>alert(1)</script>", administration=malta, live=False)
        case.related_cases = [RelatedCase(kind="builds_on", target=make_case(case.title))]
        case.save_revision()
        return reverse("wagtailadmin_pages:edit", args=[case.pk])

    def test_the_policy_allows_no_inline_script_without_the_nonce(self, editor, edit_page):
        answer = editor.get(edit_page)
        (allowed,) = re.findall(r"script-src ([^;]+)", answer["Content-Security-Policy"])
        own, nonce = allowed.split()
        assert own == "'self'"
        assert re.fullmatch(r"'nonce-[\w+/]{22}=='", nonce)

    def test_every_script_of_the_edit_page_carries_it_and_what_people_typed_does_not(
        self, editor, edit_page
    ):
        answer = editor.get(edit_page)
        (nonce,) = re.findall(r"'nonce-([^']+)'", answer["Content-Security-Policy"])
        scripts = re.findall(r"<script([^>]*)>(.*?)</script>", answer.content.decode(), re.DOTALL)
        inline = [(attributes, text) for attributes, text in scripts if is_code(attributes)]
        assert {attributes for attributes, _text in inline} == {f' nonce="{nonce}"'}
        for start in ("initDateChooser", "new InlinePanel", "new PageChooser", "new ImageChooser"):
            assert [text for _attributes, text in inline if start in text], start
        assert not [text for _attributes, text in inline if "alert(1)" in text]

    def test_a_page_without_inline_scripts_has_no_nonce_to_be_stolen(self, editor):
        answer = editor.get("/admin/account/")
        assert "script-src 'self';" in answer["Content-Security-Policy"] + ";"

    def test_every_answer_has_a_nonce_of_its_own(self, editor, edit_page):
        found = {editor.get(edit_page)["Content-Security-Policy"] for _ in range(2)}
        assert len(found) == 2

    def test_widgets_drawn_outside_the_admin_have_none(self):
        drawn = AdminDateInput().render("day", None, {"id": "id_day"})
        assert "<script>" in drawn


def is_code(attributes: str) -> bool:
    """Tell a script that would run in the page from a file and from data."""
    return "src=" not in attributes and "json" not in attributes
