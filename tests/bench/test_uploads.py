"""Twenty photographs sent one after the other, and what other readers notice of it."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from tests.bench.officers import Officers, make_officers
from tests.bench.report import Figure, Limit, Report
from tests.bench.running import Portal, fetch
from tests.bench.timing import Samples, milliseconds

pytestmark = pytest.mark.bench
PHOTOGRAPHS, PAGES, THREADS = 20, 100, 4
SIZE = (4000, 3000)
PAGE, ADDRESS = "/en/about/", "/en/workspace/library/send/"
TOKEN = "0" * 32


def test_photographs_do_not_hold_other_requests_up(portal: Portal, report: Report) -> None:
    sending = Sending(make_officers())
    with portal.server(threads=THREADS) as reading:
        fetch(reading, PAGE)
        alone = Samples(milliseconds(lambda: fetch(reading, PAGE)) for _number in range(PAGES))
        taken = Samples()
        with asking(reading) as meanwhile:
            for _number in range(PHOTOGRAPHS):
                taken.append(milliseconds(lambda: sending.send(reading.host, reading.port)))
    report.add(
        "uploads",
        Figure("A photograph of 12 megapixels taken, p50", taken.p50, "ms"),
        Figure("… the slowest of them", max(taken), "ms", goal=Limit(1500)),
        Figure("A page while photographs come, p50", meanwhile.p50, "ms", alone.p50),
        Figure("A page while photographs come, p95", meanwhile.p95, "ms", alone.p95),
        Figure("… beside a photograph", meanwhile.p95, "ms", taken.p50, Limit(0.5, of="ratio")),
    )


@contextmanager
def asking(connection: http.client.HTTPConnection) -> Iterator[Samples]:
    """Ask for the page again and again meanwhile."""
    found, done = Samples(), threading.Event()

    def ask() -> None:
        while not done.is_set():
            found.append(milliseconds(lambda: fetch(connection, PAGE)))

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        yield found
    finally:
        done.set()
        asker.join()


class Sending:
    """An officer's browser that sends one photograph, as the script on the page does."""

    def __init__(self, officers: Officers) -> None:
        browser = Client()
        browser.force_login(officers.author)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        self.headers = {"Content-Type": MULTIPART_CONTENT, "Cookie": cookies}
        fields = {
            "csrfmiddlewaretoken": TOKEN,
            "of": officers.administration.iso2,
            "kind": "pictures",
            "file": SimpleUploadedFile("photograph.jpg", drawn(), "image/jpeg"),
        }
        self.body = encode_multipart(BOUNDARY, fields)

    def send(self, host: str, port: int) -> None:
        """Send it over a connection of its own, and read the answer."""
        with closing(http.client.HTTPConnection(host, port)) as connection:
            connection.request("POST", ADDRESS, self.body, self.headers)
            response = connection.getresponse()
            answer = response.read()
        assert response.status == 201, answer[:300]


def drawn() -> bytes:
    """Give a photograph with as much in it as one has: noise, coarse enough to be seen."""
    out = BytesIO()
    coarse = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 4), 60).convert("RGB")
    coarse.resize(SIZE, Image.Resampling.BICUBIC).save(out, format="JPEG", quality=90)
    return out.getvalue()
