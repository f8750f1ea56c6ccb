"""What every answer tells the browser to refuse."""

import pytest

from tests.factories.cases import make_tree

pytestmark = pytest.mark.django_db
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
