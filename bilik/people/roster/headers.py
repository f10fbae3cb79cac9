"""The words of a list, in the four languages: of headings, of roles, of languages."""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, ...]] = {
    "external_id": (
        "external id", "id", "identifier", "xarici id", "kod", "tashqi id", "внешний id", "идентификатор", "код",
    ),
    "name": (
        "name", "display name", "full name", "ad soyad", "ad və soyad", "adı", "ad", "soyadı adı", "ism familiya",
        "ism sharif", "ism", "f.i.sh.", "имя", "фио", "ф.и.о.", "имя и фамилия",
    ),
    "given_name": ("given name", "first name", "öz adı", "birinci ad", "ismi", "личное имя"),
    "family_name": ("family name", "last name", "surname", "soyad", "soyadı", "familiya", "familiyasi", "фамилия"),
    "email": (
        "e-mail", "email", "mail", "e-poçt", "elektron poçt", "e-pochta", "elektron pochta", "почта",
        "электронная почта", "эл. почта",
    ),
    "username": ("username", "user name", "login", "istifadəçi adı", "foydalanuvchi nomi", "имя пользователя", "логин"),
    "birth_year": (
        "birth year", "year of birth", "doğum ili", "doğulduğu il", "tugʻilgan yili", "tugʻilgan yil", "год рождения",
    ),
    "birth_month": (
        "birth month", "month of birth", "doğum ayı", "doğulduğu ay", "tugʻilgan oyi", "tugʻilgan oy", "месяц рождения",
    ),
    "role": ("role", "rol", "rolu", "vəzifə", "roli", "роль"),
    "organisation": (
        "organisation", "organization", "organisation slug", "school", "təşkilat", "məktəb", "tashkilot", "maktab",
        "организация", "школа",
    ),
    "language": ("language", "dil", "dili", "til", "tili", "язык"),
    "guardian_email": (
        "guardian e-mail", "guardian email", "parent e-mail", "parent email", "valideynin e-poçtu",
        "valideyn e-poçtu",
        "ota-ona e-pochtasi", "ota-onaning e-pochtasi", "e-mail родителя", "почта родителя",
        "электронная почта родителя",
    ),
    "guardian_name": (
        "guardian name", "parent name", "guardian", "parent", "valideynin adı", "valideyn", "ota-ona ismi",
        "ota-onaning ismi", "имя родителя", "родитель",
    ),
    "class": (
        "class", "class name", "group", "sinif", "sinfi", "qrup", "sinf", "sinfi nomi", "guruh", "класс", "группа",
    ),
}  # fmt: skip

ROLES: dict[str, tuple[str, ...]] = {
    "learner": ("learner", "pupil", "student", "öyrənən", "şagird", "tələbə", "oʻrganuvchi", "oʻquvchi", "talaba",
                "учащийся", "ученик", "ученица", "студент"),
    "trainer": ("trainer", "teacher", "trener", "təlimçi", "müəllim", "murabbiy", "oʻqituvchi", "тренер", "учитель",
                "преподаватель"),
    "centre_manager": ("centre manager", "center manager", "centre_manager", "mərkəz rəhbəri", "markaz rahbari",
                       "руководитель центра"),
    "organiser": ("organiser", "organizer", "təşkilatçı", "tashkilotchi", "организатор"),
    "employer": ("employer", "işəgötürən", "ish beruvchi", "работодатель"),
    "programme_manager": ("programme manager", "program manager", "programme_manager", "proqram rəhbəri",
                          "dastur rahbari", "руководитель программы"),
    "administrator": ("administrator", "admin", "администратор"),
}  # fmt: skip

LANGUAGES: dict[str, tuple[str, ...]] = {
    "az": ("az", "aze", "azerbaijani", "azərbaycanca", "azərbaycan dili", "ozarbayjoncha", "азербайджанский"),
    "uz": ("uz", "uzb", "uzbek", "oʻzbekcha", "oʻzbek tili", "özbəkcə", "узбекский"),
    "ru": ("ru", "rus", "russian", "русский", "rusca", "rus dili", "ruscha", "rus tili"),
    "en": ("en", "eng", "english", "ingiliscə", "inglizcha", "ingliz tili", "английский"),
}

_SAME = str.maketrans({"İ": "i", "I": "i", "ı": "i", **dict.fromkeys("ʻʼ'’‘`", None)})


def plain_word(text: str) -> str:
    """A word as headings are compared: no case, no dots on İ or off ı, no apostrophes, spaces or signs."""
    return "".join(letter for letter in text.translate(_SAME).casefold() if letter.isalnum())


def _by_word(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain_word(word): meaning for meaning, words in table.items() for word in words}


COLUMN_OF = _by_word(COLUMNS)
ROLE_OF = _by_word(ROLES)
LANGUAGE_OF = _by_word(LANGUAGES)
