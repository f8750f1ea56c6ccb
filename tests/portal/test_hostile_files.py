"""Every hostile file is refused for what is wrong with it, in words; every good one is taken."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.uploads import check_document, clean_image
from portal.core.uploads.refusals import WORDS, Fault
from tests.portal.hostile_files.corpus import GOOD, HOSTILE
from tests.portal.hostile_files.specimen import Specimen


def send(specimen: Specimen) -> ContentFile:
    upload = SimpleUploadedFile(specimen.name, specimen.build())
    return clean_image(upload) if specimen.is_picture else check_document(upload)


def beginning(words: object) -> str:
    return str(words).partition("%")[0].partition("(")[0]


@pytest.mark.parametrize("specimen", HOSTILE, ids=lambda each: f"{each.name}: {each.about}")
def test_hostile_file_is_refused_for_what_is_wrong_with_it(specimen: Specimen) -> None:
    with pytest.raises(ValidationError) as refused:
        send(specimen)
    assert specimen.fault
    assert refused.value.code == specimen.fault.value
    (words,) = refused.value.messages
    assert words.startswith(beginning(WORDS[specimen.fault]))
    assert "%(" not in words


@pytest.mark.parametrize("specimen", GOOD, ids=lambda each: f"{each.name}: {each.about}")
def test_good_file_is_taken(specimen: Specimen) -> None:
    assert send(specimen).size


def test_the_corpus_is_large_and_shows_every_fault() -> None:
    assert len(HOSTILE) >= 40
    # The size of a file is judged before anything of it is read: its test is with the limits.
    assert {each.fault for each in HOSTILE} == {*Fault} - {Fault.SIZE}
