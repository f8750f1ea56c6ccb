"""The words of the samples, each in English and Arabic."""

from typing import Any

REGIONS = [
    ("americas-caribbean", "Americas and Caribbean", "الأمريكتان والكاريبي", 34, 9),
    ("europe", "Europe", "أوروبا", 52, 38),
    ("asia-pacific", "Asia and Pacific", "آسيا والمحيط الهادئ", 35, 21),
    ("west-central-africa", "West and Central Africa", "غرب ووسط أفريقيا", 24, 7),
    ("north-africa-middle-east", "North Africa and Middle East", "شمال أفريقيا والشرق", 18, 11),
    ("east-southern-africa", "East and Southern Africa", "شرق وجنوب أفريقيا", 24, 1),
]

WORDS: dict[str, tuple[str, str]] = {
    "title": (
        "One declaration for nine agencies: the first year of a single window",
        "بيان واحد لتسع جهات: السنة الأولى من النافذة الواحدة",
    ),
    "administration": ("Malta", "مالطا"),
    "region": ("Europe", "أوروبا"),
    "stage": ("In operation", "قيد التشغيل"),
    "validated": ("Regionally validated", "معتمدة إقليميًا"),
    "shared": ("Shared", "مشاركة"),
    "adopted": ("Adopted elsewhere", "معتمدة في أماكن أخرى"),
    "passage": (
        (
            "… traders sent the same data nine times. The <mark>single window</mark> asks once and "
            "lets each agency see what concerns it …"
        ),
        (
            "… كان التجار يرسلون البيانات نفسها تسع مرات. تسأل <mark>النافذة الواحدة</mark> "
            "مرة واحدة وتتيح لكل جهة ما يعنيها …"
        ),
    ),
    "passage_plain": (
        "Start with the agency that has most to gain, not with the largest one.",
        "ابدأ بالجهة الأكثر استفادة، لا بأكبر جهة.",
    ),
    "comment": (
        "I put this one first because it says plainly what went wrong in the second year.",
        "وضعتُ هذه أولًا لأنها تقول بوضوح ما تعثّر في السنة الثانية.",
    ),
    "curator": ("The regional coordinator", "المنسق الإقليمي"),
    "collection": ("Small administrations, large effects", "إدارات صغيرة وأثر كبير"),
    "lesson_title": ("Lessons learned", "الدروس المستفادة"),
    "lesson": (
        (
            "Agree on the data before the software. Our first pilot failed because two agencies "
            "meant different things by the same word."
        ),
        (
            "اتفقوا على البيانات قبل البرمجيات. فشلت تجربتنا الأولى لأن جهتين قصدتا بالكلمة نفسها "
            "أمرين مختلفين."
        ),
    ),
    "differently_title": ("What we would do differently", "ما كنا سنفعله بشكل مختلف"),
    "example": (
        "Traders sent the same data to nine agencies, on paper, often on the same day.",
        "كان التجار يرسلون البيانات نفسها إلى تسع جهات، على الورق، وغالبًا في اليوم نفسه.",
    ),
    "why": (
        "Readers decide by the title whether a case concerns them.",
        "يقرر القراء من العنوان إن كانت الحالة تعنيهم.",
    ),
    "citation": (
        "Example Customs (2026), One declaration for nine agencies, CS-2026-000123, version 2.",
        "جمارك المثال (2026)، بيان واحد لتسع جهات، CS-2026-000123، الإصدار 2.",
    ),
    "when": ("March 2026", "مارس 2026"),
    "note_title": ("This case is due for review", "حان موعد مراجعة هذه الحالة"),
    "note": (
        "It was last confirmed in March 2024. Figures may have changed since.",
        "آخر تأكيد لها في مارس 2024، وقد تكون الأرقام تغيّرت منذ ذلك الحين.",
    ),
    "translated": (
        "Translated from French, checked by Example Customs.",
        "تُرجمت عن الفرنسية وراجعتها جمارك المثال.",
    ),
}
LISTS: dict[str, tuple[Any, Any]] = {
    "topics": (["Single Window", "Paperless"], ["النافذة الواحدة", "معاملات بلا ورق"]),
    "crumbs": (["Europe", "Malta"], ["أوروبا", "مالطا"]),
    "views": (["List", "Map", "Table"], ["قائمة", "خريطة", "جدول"]),
    "bars": (
        ["Single Window", "Risk management", "Advance rulings", "Canine units"],
        ["النافذة الواحدة", "إدارة المخاطر", "الأحكام المسبقة", "وحدات الكلاب"],
    ),
    "facet": (
        ["Single Window", "Transit", "Valuation", "Origin", "Drones", "Integrity", "Training"],
        ["النافذة الواحدة", "العبور", "القيمة", "المنشأ", "الطائرات", "النزاهة", "التدريب"],
    ),
    "facts": (
        ["Administration", "Malta", "Year", "Topics", "Cost", "Case number"],
        ["الإدارة", "مالطا", "السنة", "المواضيع", "التكلفة", "رقم الحالة"],
    ),
    "results": (
        [
            ("Time from arrival to release", "hours", "2020 to 2022"),
            ("Declarations without paper", "%", "2020 to 2022"),
            ("Traders' satisfaction, not measured before", "", "from 2022"),
        ],
        [
            ("المدة من الوصول إلى الإفراج", "ساعة", "2020 إلى 2022"),
            ("بيانات بلا ورق", "%", "2020 إلى 2022"),
            ("رضا التجار، لم يُقَس من قبل", "", "منذ 2022"),
        ],
    ),
    "figures": (
        ["experiences shared", "administrations on board", "regions"],
        ["تجربة منشورة", "إدارة مشاركة", "أقاليم"],
    ),
    "steps": (
        ["The case", "Classification", "The story", "Results", "Check and send"],
        ["الحالة", "التصنيف", "القصة", "النتائج", "المراجعة والإرسال"],
    ),
    "events": (
        [
            ("Returned with reasons", "Regional coordinator", "Please say how it was measured."),
            ("Cleared", "National contact point", ""),
            ("Sent to the contact point", "Contributor", ""),
        ],
        [
            ("أُعيدت مع الأسباب", "المنسق الإقليمي", "يرجى بيان طريقة القياس."),
            ("تمت الموافقة", "جهة الاتصال الوطنية", ""),
            ("أُرسلت إلى جهة الاتصال", "المساهم", ""),
        ],
    ),
    "titles": (
        [
            "One declaration for nine agencies",
            "Dogs that find wildlife products in parcels",
            "A laboratory shared by three islands",
        ],
        ["بيان واحد لتسع جهات", "كلاب تكشف منتجات الحياة البرية", "مختبر مشترك لثلاث جزر"],
    ),
    "queue": (
        ["18 days", "9 days", "2 days", "You", "Decision", "Decide", "Read", "In review"],
        ["18 يومًا", "9 أيام", "يومان", "أنت", "القرار", "اتخذ القرار", "اقرأ", "قيد المراجعة"],
    ),
}
