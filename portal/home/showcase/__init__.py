"""The design page: every component with its states, on samples in English and Arabic.

Samples are written out here and not in the catalogues: they are for those who build the portal.
"""

from portal.home.showcase.forms import FailingForm, SampleForm, sample_rows
from portal.home.showcase.samples import samples

__all__ = ["FailingForm", "SampleForm", "sample_rows", "samples", "showcase"]


def showcase(code: str) -> dict[str, object]:
    """Give everything the design page shows, in Arabic for `ar` and in English else."""
    language = "ar" if code == "ar" else "en"
    return {
        "sample": samples(language),
        "form": SampleForm(language=language, prefix="good"),
        "failing": FailingForm.filled(language),
        "formset": sample_rows(language),
        "sample_language": language,
    }
