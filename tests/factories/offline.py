"""Filled templates without the file: what one said, and a write-shop with a seat for a case."""

from django.utils import timezone

from casestudies.models import CaseStudyPage, FilledTemplate, Workshop, WorkshopSeat
from casestudies.offline.identity import Identity, Size
from casestudies.offline.understanding import Understood
from casestudies.services.offline import fill_in, hand_in
from portal.directory.models import User


def said(case: CaseStudyPage) -> Understood:
    """Give what a file says that was made for a case."""
    identity = Identity("en", Size.SNAPSHOT, str(case.number))
    return Understood(identity, {"funding": ["Own budget"]}, ["funding"])


def workshop_with(case: CaseStudyPage) -> Workshop:
    """Give a write-shop of the case's region, in which its draft was opened."""
    seat = WorkshopSeat.objects.filter(case=case).select_related("workshop").first()
    if seat:
        return seat.workshop
    workshop = Workshop.objects.create(
        region=case.administration.region,
        title="Write-shop",
        day=timezone.localdate(),
        opened_by=case.owner,
    )
    WorkshopSeat.objects.create(
        workshop=workshop, person=case.owner, administration=case.administration, case=case
    )
    return workshop


def fill_in_file(case: CaseStudyPage, by: User) -> FilledTemplate:
    """Take a file into a case, as this person."""
    return fill_in(case=case, author=by, said=said(case), file_name="answers.docx")


def hand_in_file(case: CaseStudyPage, by: User) -> FilledTemplate:
    """Hand a file in for a case, as this person."""
    shop = workshop_with(case)
    return hand_in(workshop=shop, case=case, by=by, said=said(case), file_name="answers.docx")
