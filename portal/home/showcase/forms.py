"""The forms of the design page: one empty, one with everything that can go wrong."""

from typing import Any

from django import forms
from django.forms import BaseFormSet

TEXT = {
    "en": {
        "title": "Title of the experience",
        "summary": "What changed, in three sentences",
        "stage": "How far has it come?",
        "topics": "Topics",
        "blocks": "Building blocks",
        "year": "Year put into practice",
        "agree": "My administration has cleared this text for publication",
        "indicator": "Indicator",
        "before": "Before",
        "after": "After",
        "missing": "Enter the title of the experience",
        "long": "Shorten this text to 60 characters",
        "choose": "Say how far it has come",
        "confirm": "Confirm that your administration has cleared the text",
        "typed": "One declaration for release, sent once and read by nine agencies at the border",
    },
    "ar": {
        "title": "عنوان التجربة",
        "summary": "ما الذي تغيّر، في ثلاث جمل",
        "stage": "إلى أي مرحلة وصلت؟",
        "topics": "المواضيع",
        "blocks": "اللبنات الأساسية",
        "year": "سنة بدء التطبيق",
        "agree": "وافقت إدارتي على نشر هذا النص",
        "indicator": "المؤشر",
        "before": "قبل",
        "after": "بعد",
        "missing": "أدخل عنوان التجربة",
        "long": "اختصر هذا النص إلى 60 حرفًا",
        "choose": "حدّد المرحلة التي وصلت إليها",
        "confirm": "أكّد أن إدارتك وافقت على النص",
        "typed": "بيان واحد للإفراج يُرسل مرة واحدة وتقرؤه تسع جهات على الحدود في الوقت نفسه",
    },
}
CHOICES: dict[str, dict[str, list[Any]]] = {
    "en": {
        "stages": ["Idea", "Design", "Pilot", "In operation", "Discontinued"],
        "Facilitation and procedures": ["Single Window", "Transit", "Advance rulings"],
        "Control, security, protection of society": ["Risk management", "Laboratories"],
        "blocks": ["Integrity", "Capacity building", "Enabling powers", "Enabling technology"],
    },
    "ar": {
        "stages": ["فكرة", "تصميم", "تجربة", "قيد التشغيل", "متوقفة"],
        "التيسير والإجراءات": ["النافذة الواحدة", "العبور", "الأحكام المسبقة"],
        "الرقابة والأمن وحماية المجتمع": ["إدارة المخاطر", "المختبرات"],
        "blocks": ["النزاهة", "بناء القدرات", "الصلاحيات اللازمة", "التقنيات الداعمة"],
    },
}


def _pairs(labels: list[str]) -> list[tuple[str, str]]:
    return [(str(index), label) for index, label in enumerate(labels)]


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField()
    summary = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    stage = forms.ChoiceField(widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    blocks = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    year = forms.IntegerField(required=False)
    agree = forms.BooleanField()

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts, choices = TEXT[language], CHOICES[language]
        for name, field in self.fields.items():
            field.label = texts[name]
        groups = [name for name in choices if name not in ("stages", "blocks")]
        self.fields["stage"].choices = _pairs(choices["stages"])  # type: ignore[attr-defined]
        self.fields["blocks"].choices = _pairs(choices["blocks"])  # type: ignore[attr-defined]
        self.fields["topics"].choices = [  # type: ignore[attr-defined]
            (name, _pairs(choices[name])) for name in groups
        ]


class FailingForm(SampleForm):
    """The same questions, answered wrongly."""

    @classmethod
    def filled(cls, language: str) -> "FailingForm":
        """Give the form with nothing right in it."""
        texts = TEXT[language]
        form = cls({"bad-summary": texts["typed"]}, language=language, prefix="bad")
        for name, key in (("title", "missing"), ("stage", "choose"), ("agree", "confirm")):
            form.fields[name].error_messages["required"] = texts[key]
        for name in ("topics", "blocks", "year"):
            form.fields.pop(name)
        form.is_valid()
        form.add_error("summary", texts["long"])
        return form


class RowForm(forms.Form):
    """One row of a repeated group."""

    indicator = forms.CharField(required=False)
    before = forms.CharField(required=False)
    after = forms.CharField(required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = TEXT[language][name]


def sample_rows(language: str) -> BaseFormSet:
    """Give a repeated group with one row."""
    rows = forms.formset_factory(RowForm, extra=1, max_num=6)
    return rows(prefix="rows", form_kwargs={"language": language})
