"""Sentences about Customs in six languages, drawn by chance, for texts that tests only count."""

import random

SENTENCES: dict[str, tuple[str, ...]] = {
    "en": (
        "Traders had to hand in the same declaration at {n} offices before {name} began.",
        "Risk management now selects {n} per cent of the consignments for inspection.",
        "Officers of the port and of the border agencies share one single window called {name}.",
        "The release time of goods fell after {n} months of work with the private sector.",
        "We trained {n} officers, and they taught their colleagues at the land borders.",
        "The pilot showed that transit guarantees could be returned on the same day.",
        "Nobody had asked the carriers, and the first version of {name} failed at the airport.",
        "Post-clearance audit replaced many of the physical controls of authorized operators.",
        "The law had to be amended so that electronic documents have the same value as paper.",
        "Scanner images from {name} are compared with the manifest before the ship arrives.",
    ),
    "fr": (
        "Les opérateurs déposaient la même déclaration dans {n} bureaux avant le projet {name}.",
        "La gestion des risques oriente désormais {n} pour cent des envois vers la visite.",
        "Le guichet unique {name} réunit la douane, le port et les services de contrôle.",
        "Le délai de mainlevée a baissé après {n} mois de travail avec le secteur privé.",
        "Nous avons formé {n} agents, qui ont formé leurs collègues aux frontières terrestres.",
        "L'expérience pilote a montré que les garanties de transit pouvaient être libérées vite.",
        "Personne n'avait consulté les transporteurs et la première version a échoué.",
        "Le contrôle a posteriori remplace une grande partie des contrôles physiques.",
    ),
    "es": (
        "Los operadores presentaban la misma declaración en {n} oficinas antes de {name}.",
        "La gestión de riesgos selecciona ahora el {n} por ciento de los envíos.",
        "La ventanilla única {name} reúne a la aduana, al puerto y a los demás organismos.",
        "El tiempo de despacho bajó después de {n} meses de trabajo con el sector privado.",
        "Capacitamos a {n} funcionarios, que enseñaron a sus colegas en las fronteras.",
        "El plan piloto mostró que las garantías del tránsito podían devolverse el mismo día.",
        "La auditoría posterior al despacho sustituye muchos de los controles físicos.",
    ),
    "ar": (
        "كان المتعاملون يقدمون البيان الجمركي نفسه في {n} مكاتب قبل بدء {name}.",
        "تختار إدارة المخاطر الآن {n} في المائة من الشحنات للمعاينة.",
        "تجمع النافذة الواحدة {name} الجمارك والميناء والجهات الرقابية الأخرى.",
        "انخفض زمن الإفراج عن البضائع بعد {n} شهرًا من العمل مع القطاع الخاص.",
        "درّبنا {n} موظفًا، ثم درّبوا زملاءهم في المنافذ البرية.",
        "أظهرت التجربة أن ضمانات العبور يمكن أن تُرد في اليوم نفسه.",
    ),
    "ru": (
        "До запуска {name} участники торговли подавали одну декларацию в {n} отделениях.",
        "Система управления рисками отбирает для досмотра {n} процентов партий товаров.",
        "Единое окно {name} объединяет таможню, порт и другие контролирующие органы.",
        "Время выпуска товаров сократилось после {n} месяцев работы с бизнесом.",
        "Мы обучили {n} сотрудников, и они обучили коллег на пограничных переходах.",
        "Пилотный проект показал, что гарантии транзита можно возвращать в тот же день.",
    ),
    "pt": (
        "Os operadores entregavam a mesma declaração em {n} serviços antes do projeto {name}.",
        "A gestão de risco seleciona agora {n} por cento das remessas para verificação.",
        "A janela única {name} junta a alfândega, o porto e os outros serviços.",
        "O tempo de desalfandegamento diminuiu depois de {n} meses de trabalho conjunto.",
        "Formámos {n} funcionários, que ensinaram os colegas nas fronteiras terrestres.",
        "A auditoria posterior substitui muitos dos controlos físicos.",
    ),
}
TITLES: dict[str, tuple[str, ...]] = {
    "en": ("{name}: a single window for {n} agencies", "Risk management at the port: “{name}”"),
    "fr": ("{name} : un guichet unique pour {n} services", "L'œuvre commune : « {name} »"),
    "es": ("{name}: ¿cómo reducir el tiempo de despacho?", "El tránsito en {n} horas: {name}"),
    "ar": ("{name}: نافذة واحدة لعدد {n} من الجهات", "إدارة المخاطر في الميناء «{name}»"),
    "ru": ("{name}: единое окно для {n} ведомств", "Управление рисками в порту «{name}»"),
    "pt": ("{name}: uma janela única para {n} serviços", "Gestão de risco no porto — {name}"),
}
# Marks of every kind that a text of the field may hold: precomposed and not, wide, outside the
# first plane, and two that turn the direction of writing.
ODDITIES = ("", "", "", "", " — Ångström", " (e\u0301tude)", " 海关", " 🚢", " \u2067שלום\u2069")
_SYLLABLES = ("ba", "ce", "do", "fi", "gu", "ka", "le", "mo", "ni", "pra", "sto", "tri", "vel")


def _name(dice: random.Random) -> str:
    return "".join(dice.choices(_SYLLABLES, k=3)).capitalize()


def _filled(pattern: str, dice: random.Random) -> str:
    return pattern.format(n=dice.randint(2, 90), name=_name(dice))


def title_of(language: str, dice: random.Random) -> str:
    """Give a title in a language."""
    return _filled(dice.choice(TITLES[language]), dice) + dice.choice(ODDITIES)


def paragraph(language: str, sentences: int, dice: random.Random) -> str:
    """Give about so many sentences in a language."""
    count = max(1, sentences + dice.randint(-2, 2))
    return " ".join(_filled(dice.choice(SENTENCES[language]), dice) for _each in range(count))
